//! What an editor is told: every `tests/data/issue/NAME.yaml` is read (with `NAME.hongtou.yaml` when
//! there is one), and the findings must be those of `NAME.txt`, with the codes that `codes` has.
//! `HONGTOU_BLESS=1` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use hongtou::diagnostic::{Diagnostic, Sources, render, to_json};
use hongtou::issue;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/issue")
}

fn findings(sources: &mut Sources, yaml: &Path) -> Vec<Diagnostic> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let own = yaml.with_extension("hongtou.yaml");
    let mut config = None;
    if own.exists() {
        let file = sources.add(name(&own), fs::read_to_string(&own).unwrap());
        match issue::read_config(sources, file) {
            Ok(read) => config = Some(read),
            Err(findings) => return findings,
        }
    }
    let file = sources.add(name(yaml), fs::read_to_string(yaml).unwrap());
    match issue::read_issue(sources, file, config.as_ref()) {
        Ok((_, warnings)) => warnings,
        Err(findings) => findings,
    }
}

#[test]
fn findings_are_as_written_beside_the_inputs() {
    let mut inputs: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .filter(|path| !path.to_string_lossy().ends_with(".hongtou.yaml"))
        .collect();
    inputs.sort();
    assert!(inputs.len() >= 11);
    let bless = std::env::var_os("HONGTOU_BLESS").is_some();
    let mut wrong = Vec::new();
    let mut codes = String::new();
    for input in inputs {
        let mut sources = Sources::default();
        let found = findings(&mut sources, &input);
        let name = input.file_stem().unwrap().to_string_lossy();
        found.iter().for_each(|one| codes.push_str(&format!("{name} {}\n", one.code)));
        let found = render(&sources, &found, false).to_string();
        let expected = input.with_extension("txt");
        if bless {
            fs::write(&expected, &found).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let expected = folder().join("codes");
    if bless {
        fs::write(&expected, &codes).unwrap();
    }
    assert_eq!(codes, fs::read_to_string(&expected).unwrap_or_default());
}

#[test]
fn programs_get_json_and_terminals_colour() {
    let mut sources = Sources::default();
    let found = findings(&mut sources, &folder().join("refs.yaml"));
    let json: serde_json::Value = serde_json::from_str(&to_json(&sources, &found)).unwrap();
    let first = &json[0];
    assert_eq!(first["code"], "issue/bad-value");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["file"], "refs.yaml");
    assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(5), Some(12)));
    assert_eq!(first["end_column"].as_u64(), Some(26));
    assert!(first["help"].as_str().unwrap().contains("Ⅲ-58"));
    let colour = render(&sources, &found, true);
    assert!(colour.contains("\u{1b}[") && !render(&sources, &found, false).contains('\u{1b}'));
}

fn read(text: &str) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let head = "masthead: {owner: 青山区, name: 工作快报}\n\
                issue: {number: 7, date: 2019-03-14, office: 青山区办公室}\n";
    let file = sources.add("a.yaml", format!("{head}{text}"));
    let found = issue::read_issue(&sources, file, None).err().unwrap_or_default();
    (sources, found)
}

fn said(text: &str) -> String {
    let (sources, found) = read(text);
    render(&sources, &found, false).to_string()
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).1.iter().map(|finding| finding.code.name()).collect()
}

#[test]
fn one_fault_is_one_error_when_a_text_begins_with_a_sign() {
    for text in ["文字: *重要*会议\n", "文字: &重要会议\n", "文字: &重要 会议\n"]
    {
        let report = said(text);
        assert_eq!(codes(text), ["yaml/sign"], "{report}");
        assert!(report.contains("单引号"), "{report}");
        assert!(report.contains("a.yaml:3:5"), "{report}");
    }
}

#[test]
fn a_part_of_a_key_is_named_before_another_place() {
    let text = "sections:\n  - 栏目: 生活\n    items: [{text: 甲。}]\n";
    let report = said(text);
    assert_eq!(codes(text), ["issue/unknown-key"], "{report}");
    assert!(report.contains("是否应为“栏目名”？不是的话，“栏目”写在“最外层”"), "{report}");
    assert_eq!(said("items: [{题目: 甲, text: 乙。}]\ncontact: {联系电话: '61806756'}\n"), "");
    assert!(said("联系电话: 1\ntext: 甲。\n").contains("联系方式（contact）"));
}

/// What parts names for the eye and not for YAML: not one of them is printed for two.
#[test]
fn names_that_run_together_are_refused() {
    let with = |field: &str| format!("text: 甲。\n{field}\n");
    for (field, place, help) in [
        ("distribution:\n  superiors: [区委，区政府]", "a.yaml:5:17", "半角逗号"),
        ("分送: {报: [甲区委，乙区委, 丙]}", "a.yaml:4:13", "半角逗号"),
        ("refs: [Ⅲ-58 城市，Ⅲ-55 规划]", "a.yaml:4:15", "半角逗号"),
        ("distribution:\n  peers:\n    区委\n    区政府", "a.yaml:6:5", "前面加“- ”"),
    ] {
        let said = said(&with(field));
        assert_eq!(codes(&with(field)), ["issue/joined-list"], "{said}");
        assert!(said.contains(place) && said.contains(help), "{field}: {said}");
    }
    let field = with("sections:\n  title: 简讯\n  items: [甲]");
    assert!(codes(&field).contains(&"issue/wrong-kind"));
    assert!(said(&field).contains("在“title”前加“- ”"));
    for field in [
        "distribution:\n  superiors: [区委, 区政府]",
        "distribution:\n  superiors: ['区委，区政府', 区人大]",
        "distribution:\n  superiors:\n    - 区委，区政府\n    - 区人大",
        "distribution:\n  superiors: 区委、区政府",
        "distribution:\n  superiors: >\n    区委\n    区政府\n",
        "paragraphs: [甲，乙。, 丙。]",
    ] {
        assert!(!codes(&with(field)).contains(&"issue/joined-list"), "{field}");
    }
}
