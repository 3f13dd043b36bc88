//! `verify`: whether a file is what `build` writes from its source, and what cannot be known.

use std::fs;

use hongtou::build::{ISSUE, Options, Recipe, Source};
use hongtou::diagnostic::Sources;
use hongtou::layout;
use hongtou::pdf::{self, Attachment, Relationship};
use hongtou::verify::{Report, Verdict, read, verify};

use crate::dice::Dice;
use crate::generator;
use crate::support::desk::{self, Desk};
use crate::support::pages::{ISSUE_155, bundled, compose, fonts};

const OUT: &str = "out/青山区工作快报第7期.pdf";

pub fn source(issue: &str) -> Source {
    Source {
        issue: issue.as_bytes().to_vec(),
        config: None,
        layout: layout::bundled("kuaibao").expect("a bundled layout").to_owned(),
        layout_name: "kuaibao".to_owned(),
    }
}

/// The PDF of a source with the source inside.
pub fn embedded(source: &Source) -> Vec<u8> {
    made(source, Recipe { embed: Some(Default::default()), ..Recipe::default() })
}

pub fn made(source: &Source, recipe: Recipe) -> Vec<u8> {
    let options = Options { pdf: Some(recipe), source: Some(source.clone()), ..Options::default() };
    let composed = source.compose(&mut Sources::default()).expect("a good source");
    composed.finish(fonts(), &options).expect("it can be made").pdf.expect("a PDF")
}

/// The pages of one issue with other files inside.
pub fn forged(pages_of: &str, files: &[(String, Vec<u8>)], creator: &str) -> Vec<u8> {
    let composed = compose(pages_of, bundled("kuaibao"));
    let pages = hongtou::page::paginate(&composed.document, &composed.layout, fonts());
    let attachments = files
        .iter()
        .map(|(name, bytes)| Attachment {
            name: name.clone(),
            mime: "application/yaml".to_owned(),
            description: name.clone(),
            bytes: bytes.clone(),
            relationship: Relationship::Source,
        })
        .collect();
    let options =
        pdf::Options { attachments, creator: creator.to_owned(), ..pdf::Options::default() };
    pdf::write(&pages.expect("pages"), &composed.layout, fonts(), &options).expect("a PDF")
}

pub fn checked(bytes: Vec<u8>, given: Option<&Source>) -> Report {
    verify(&read(bytes).expect("a PDF"), given, fonts()).expect("a good source")
}

#[track_caller]
pub fn says(report: &Report, verdict: Verdict, words: &str) {
    assert_eq!(report.verdict, verdict, "{report:?}");
    assert!(report.notes.iter().any(|note| note.contains(words)), "{words}: {report:?}");
}

#[test]
fn what_was_built_is_the_same() {
    let own = source(ISSUE_155);
    let bytes = embedded(&own);
    let report = checked(bytes.clone(), None);
    assert_eq!(
        (report.verdict, report.text, report.bytes),
        (Verdict::Same, Some(true), Some(true))
    );
    assert_eq!(checked(bytes, Some(&own)).verdict, Verdict::Same);
    for recipe in ["archive", "print --ink process --marks --bleed 2.5mm", "screen --draft --grid"]
    {
        let recipe = Recipe::parse(&format!("hongtou build --profile {recipe}")).expect("a recipe");
        assert_eq!(checked(made(&own, recipe), Some(&own)).verdict, Verdict::Same);
    }
}

#[test]
fn generated_issues_are_the_same_as_what_they_were_built_from() {
    for seed in 0..12 {
        let own = source(&generator::issue(seed));
        let file = read(embedded(&own)).expect("a PDF");
        assert_eq!(file.attachment(ISSUE), Some(own.issue.as_slice()), "seed {seed}");
        let report = verify(&file, None, fonts()).expect("a good source");
        assert_eq!(report.verdict, Verdict::Same, "seed {seed}: {report:?}");
    }
}

/// The reader of `verify` and that of the tests, which is another, take the same text out.
#[test]
fn the_text_that_is_compared_is_the_text_of_the_file() {
    for yaml in [ISSUE_155.to_owned(), generator::issue(3), generator::issue(8)] {
        let bytes = made(&source(&yaml), Recipe::default());
        let other = crate::support::pdf::read(&bytes);
        let pages = other.pages.iter();
        let text: Vec<String> = pages
            .map(|page| page.glyphs.iter().map(|glyph| glyph.text.as_str()).collect())
            .collect();
        assert_eq!(read(bytes).expect("a PDF").pages, text);
        let mapped = other
            .pages
            .iter()
            .map(|page| page.glyphs.iter().map(|glyph| glyph.mapped.as_str()).collect::<String>());
        assert_eq!(
            read(made(&source(&yaml), Recipe::default())).expect("a PDF").drawn,
            mapped.collect::<Vec<_>>()
        );
    }
}

#[test]
fn one_changed_character_is_found_and_shown() {
    let changed = ISSUE_155.replacen("24座旱厕", "25座旱厕", 1);
    assert_ne!(changed, ISSUE_155);
    let own = source(ISSUE_155);
    let files = read(embedded(&own)).expect("a PDF").attachments;
    // The page says 25, the source inside 24.
    let creator = "hongtou build --profile archive --embed-source";
    let report = checked(forged(&changed, &files, creator), None);
    says(&report, Verdict::Different, "第1页文字不同");
    says(&report, Verdict::Different, "25座");
    assert_eq!(report.text, Some(false));
    // And the other way round: another source than the one it was built from.
    let report = checked(embedded(&source(&changed)), Some(&own));
    says(&report, Verdict::Different, "应是");
    says(&report, Verdict::Different, "嵌入的“issue.yaml”与源文件不同");
    // A comment changes no word on the page, but is another source.
    let report = checked(embedded(&own), Some(&source(&format!("{ISSUE_155}# 改\n"))));
    says(&report, Verdict::Different, "文字相同，字节不同");
    // The file is as it was made, and is not said to have been changed.
    assert!(!report.notes.iter().any(|note| note.contains("改动过")), "{:?}", report.notes);
}

/// Whichever byte is changed: never the same, never a panic.
#[test]
fn one_changed_byte_is_found_wherever_it_is() {
    let bytes = embedded(&source(desk::ISSUE));
    let (mut different, mut unreadable, mut open) = (0, 0, 0);
    const TRIES: usize = 60;
    for index in 0..TRIES {
        let mut changed = bytes.clone();
        let at = index * (bytes.len() - 1) / (TRIES - 1);
        changed[at] ^= 0x04;
        match read(changed) {
            Err(_) => unreadable += 1,
            Ok(file) => match verify(&file, None, fonts()).expect("nothing was given").verdict {
                Verdict::Same => panic!("byte {at} was changed"),
                Verdict::Different => different += 1,
                Verdict::Older | Verdict::Newer | Verdict::Unknown => open += 1,
            },
        }
    }
    println!("different {different}, unreadable {unreadable}, not to be known {open}");
    assert!(different > TRIES / 2, "{different} {unreadable} {open}");
}

/// Files that are damaged in many places, or end too soon, are read as far as they go.
#[test]
fn damaged_files_are_no_reason_to_panic() {
    let bytes = embedded(&source(desk::ISSUE));
    let mut dice = Dice::new(7);
    let mut unreadable = 0;
    for round in 0..400 {
        let mut damaged = bytes.clone();
        if round % 4 == 0 {
            damaged.truncate(dice.range(0, bytes.len() - 1));
        }
        for _ in 0..dice.range(1, 40) {
            let at = dice.range(0, damaged.len().max(1) - 1);
            if let Some(byte) = damaged.get_mut(at) {
                *byte = dice.next() as u8;
            }
        }
        unreadable += usize::from(read(damaged).is_err());
    }
    println!("{unreadable} of 400 could not be read");
}

#[test]
fn bytes_after_the_end_are_a_difference() {
    let mut bytes = embedded(&source(desk::ISSUE));
    bytes.extend(b"\n% \n");
    says(&checked(bytes, None), Verdict::Different, "文字相同，字节不同");
}

#[test]
fn other_fonts_leave_the_verdict_open_for_what_they_explain() {
    let own = source(ISSUE_155);
    let files = read(embedded(&own)).expect("a PDF").attachments;
    let with_other_fonts = |pages_of: &str| {
        let mut files = files.clone();
        let record = files.iter_mut().find(|file| file.0 == "build.json").expect("a record");
        let text = String::from_utf8(record.1.clone()).expect("text");
        record.1 = text.replacen("\"sha256\": \"", "\"sha256\": \"0", 1).into_bytes();
        checked(forged(pages_of, &files, "hongtou build --profile archive --embed-source"), None)
    };
    let report = with_other_fonts(ISSUE_155);
    says(&report, Verdict::Unknown, "字体不同");
    assert_eq!(report.text, Some(true), "the text can be compared all the same");
    // No font makes 25 of 24.
    let report = with_other_fonts(&ISSUE_155.replacen("24座旱厕", "25座旱厕", 1));
    says(&report, Verdict::Different, "25座");
    says(&report, Verdict::Different, "不是版本或字体的缘故");
}

#[test]
fn a_file_that_says_nothing_of_its_making_is_not_judged() {
    let own = source(ISSUE_155);
    let report = checked(made(&own, Recipe::default()), None);
    says(&report, Verdict::Unknown, "--source");
    assert_eq!((report.text, report.bytes), (None, None));
    let report = checked(forged(ISSUE_155, &[], "Word"), Some(&own));
    says(&report, Verdict::Different, "可能不是hongtou生成的");
    assert!(read(b"%PDF-1.7 and no more".to_vec()).is_err());
    assert!(read(Vec::new()).is_err());
}

/// On the command line: settings and layout of the office are inside, mail and recipients are not;
/// the file is verified anywhere.
#[test]
fn an_embedded_source_is_complete_and_comes_out_byte_for_byte() {
    let desk = Desk::new();
    desk.write(
        "hongtou.yaml",
        "defaults:\n  masthead: {owner: 青山区, name: 工作快报}\n  issue: {office: 青山区办公室}\n  \
         layout: ./mine.yaml\nmail: {sender: 不可外传@example.cn}\n",
    );
    let layout = layout::bundled("kuaibao").expect("a layout").replace("before: 【", "before: 〖");
    desk.write("mine.yaml", &layout);
    let issue = "\u{feff}issue: {number: 7, date: 2019-03-14}\r\ntext: 甲乙。 # 备注\r\n";
    desk.write("期/甲.yaml", issue);
    let arguments = ["build", "期/甲.yaml", "--embed-source=yaml,docx"];
    desk.run(&arguments).code(0);
    let bytes = fs::read(desk.path(OUT)).expect("written");
    let pdf = crate::support::pdf::read(&bytes);
    let of = |name: &str| {
        let file = pdf.attachments.iter().find(|file| file.name == name);
        file.unwrap_or_else(|| panic!("{name} is not inside"))
    };
    assert_eq!(of("issue.yaml").bytes, issue.as_bytes());
    assert_eq!(of("layout.yaml").bytes, layout.as_bytes());
    let docx = fs::read(desk.path("out/青山区工作快报第7期.docx")).expect("written");
    assert!(of("青山区工作快报第7期.docx").bytes == docx);
    let config = String::from_utf8(of("hongtou.yaml").bytes.clone()).expect("text");
    assert!(config.contains("青山区") && !config.contains("不可外传"), "{config}");
    let relationship = |name: &str| (of(name).relationship.clone(), of(name).associated);
    assert_eq!(relationship("issue.yaml"), ("Source".to_owned(), true));
    assert_eq!(relationship("build.json"), ("Data".to_owned(), true));
    assert_eq!(relationship("青山区工作快报第7期.docx"), ("Alternative".to_owned(), true));
    // Elsewhere, without any of the files that it was made of.
    let elsewhere = Desk::new();
    elsewhere.write("存.pdf", &bytes);
    elsewhere.run(&["verify", "存.pdf"]).code(0).reports(&["存.pdf：一致", "字节相同"]);
    // Taken out into a folder, the files are an issue that can be built.
    for name in ["issue.yaml", "hongtou.yaml"] {
        elsewhere.write(&format!("取/{name}"), &of(name).bytes);
    }
    elsewhere.write("取/mine.yaml", &of("layout.yaml").bytes);
    elsewhere.run(&["build", "取/issue.yaml"]).code(0);
    assert_eq!(elsewhere.files("out").len(), 2);
    // The same again, and the same as from the file that was given.
    desk.run(&["verify", OUT, "--source", "期/甲.yaml"]).code(0);
    desk.run(&["build", "期/甲.yaml", "--embed-source=yaml,docx"]).code(0);
    assert!(fs::read(desk.path(OUT)).expect("written") == bytes);
}

/// A DOCX with fonts in it is made again too, from what the PDF says of its making alone.
#[test]
fn a_docx_with_fonts_inside_is_made_again() {
    let desk = Desk::with_issue();
    desk.write("hongtou.yaml", "字体: {文档字体: open, 嵌入: 是}\n");
    desk.run(&["build", "甲.yaml", "--embed-source=yaml,docx"]).code(0).reports(&["嵌入字体后"]);
    let bytes = fs::read(desk.path(OUT)).expect("written");
    let pdf = crate::support::pdf::read(&bytes);
    assert!(pdf.info["Creator"].contains("--docx-fonts open --docx-embed=used"));
    let docx = pdf.attachments.iter().find(|file| file.name.ends_with(".docx")).expect("a DOCX");
    assert!(crate::support::docx::parts(&docx.bytes).iter().any(|part| part.ends_with(".odttf")));
    let elsewhere = Desk::new();
    elsewhere.write("存.pdf", &bytes);
    elsewhere.run(&["verify", "存.pdf"]).code(0).reports(&["字节相同"]);
    desk.run(&["build", "甲.yaml", "--docx-embed", "--docx-fonts", "gb2312"])
        .code(2)
        .says(&["--docx-fonts open"]);
}

#[test]
fn exit_codes_tell_same_different_and_unknown() {
    let desk = Desk::with_issue();
    desk.run(&["build", "甲.yaml", "--to", "pdf"]).code(0);
    desk.run(&["verify", OUT]).code(3).reports(&["不能断定", "--source"]);
    desk.run(&["verify", OUT, "--source", "甲.yaml"]).code(0).reports(&["一致", "“甲.yaml”"]);
    desk.write("乙.yaml", desk::ISSUE.replace("活动", "慰问"));
    let ended = desk.run(&["verify", OUT, "--source", "乙.yaml"]).code(4);
    ended.reports(&["不一致", "第1页文字不同", "开展活动。", "开展慰问。"]);
    desk.write("丙.yaml", desk::ISSUE.replace("number: 7", "number: 八"));
    desk.run(&["verify", OUT, "--source", "丙.yaml"]).code(1).says(&["丙.yaml:2:17", "没有核对"]);
    desk.run(&["verify", "甲.yaml"]).code(3).says(&["不是PDF"]);
    desk.run(&["verify", "无.pdf"]).code(3).says(&["找不到文件"]);
    desk.run(&["verify", OUT, OUT, "--source", "甲.yaml"]).code(2).says(&["--source"]);
    desk.run(&["verify"]).code(2).says(&["缺少<文件>"]);
    let ended = desk.run(&["verify", OUT, "--source", "乙.yaml", "--format", "json"]).code(4);
    let json: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    let file = &json["files"][0];
    assert_eq!(
        (&file["result"], &file["text"], &file["bytes"]),
        (&"different".into(), &"different".into(), &"different".into())
    );
}

/// Settings beside a PDF may have come with it: they choose nothing that is read here. Fonts that a
/// file was made with are named on the command line.
#[test]
fn fonts_come_from_the_command_line_alone() {
    let desk = Desk::with_issue();
    let own = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name);
        // The same font in another file.
        [fs::read(path).expect("a font"), vec![0]].concat()
    };
    desk.write("字体/仿宋.ttf", own("LXGWZhuqueFangsong-Regular.ttf"));
    desk.write("hongtou.yaml", "字体: {路径: ./字体}\n");
    desk.run(&["build", "甲.yaml", "--embed-source", "--to", "pdf"]).code(0);
    for source in [&[][..], &["--source", "甲.yaml"]] {
        let verify = |more: &[&str]| desk.run(&[&["verify", OUT], source, more].concat());
        verify(&[]).code(3).reports(&["不能断定", "字体不同", "--font-path"]);
        verify(&["--font-path", "字体"]).code(0).reports(&["字节相同"]);
        // What the settings name is not even looked at.
        let own = fs::read(desk.path("字体/仿宋.ttf")).expect("there");
        desk.write("字体/仿宋.ttf", "不是字体");
        verify(&[]).code(3).reports(&["不能断定", "字体不同"]);
        desk.write("字体/仿宋.ttf", own);
    }
    // Settings that cannot be read at all are no reason not to verify what has its source inside.
    desk.write("hongtou.yaml", "\u{0}");
    desk.run(&["verify", OUT, "--font-path", "字体"]).code(0).reports(&["字节相同"]);
}
