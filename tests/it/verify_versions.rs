//! Files that older versions made, as they made them: no later version calls them changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hongtou::build::Recipe;
use hongtou::verify::{Report, Verdict, embedded, read};

use crate::support::desk::Desk;
use crate::support::forge::{Forgery, replaced};
use crate::support::pages::ISSUE_155;
use crate::verify::{checked, forged, made, says, source};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/versions")
}

/// A file of 0.1.0.
pub fn old(name: &str) -> Vec<u8> {
    fs::read(folder().join("0.1.0").join(name).with_extension("pdf")).expect("it is kept")
}

/// The issue of a sample.
fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).with_extension("yaml")
}

fn texts(report: &Report) -> (Verdict, Option<bool>, Option<bool>) {
    (report.verdict, report.text, report.bytes)
}

#[test]
fn files_of_every_older_version_are_told_apart_and_never_called_changed() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for version in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        let name = version.file_name().unwrap().to_str().unwrap().to_owned();
        assert_ne!(name, env!("CARGO_PKG_VERSION"), "it is a version like all others");
        for path in fs::read_dir(&version).unwrap().map(|entry| entry.unwrap().path()) {
            let path = path.to_str().unwrap();
            let stem = Path::new(path).file_stem().unwrap().to_str().unwrap();
            let issue = stem.split_once("-source").or(stem.split_once("-yaml"));
            let issue = issue.or(stem.split_once("-screen")).or(stem.split_once("-print"));
            let issue = issue.or(stem.split_once("-draft")).map_or(stem, |parts| parts.0);
            let issue = sample(issue);
            let desk = Desk::new();
            let inside = embedded(&read(fs::read(path).unwrap()).expect("a PDF")).is_some();
            let ways: [&[&str]; 2] = [&["--source", issue.to_str().unwrap()], &[]];
            for way in if inside { &ways[..] } else { &ways[..1] } {
                let ended = desk.run(&[&["verify", path], *way].concat()).code(3);
                let older = format!("由旧版本（hongtou {name}）生成：文字和画法相同，字节不能比较");
                let ended = ended.reports(&[&older]);
                assert!(!ended.out.contains("不一致"), "{}", ended.out);
                let json = desk.run(&[&["verify", path, "--format", "json"], *way].concat());
                let json: serde_json::Value = serde_json::from_str(&json.code(3).out).unwrap();
                let file = &json["files"][0];
                assert_eq!(file["result"], "older", "{file}");
                assert_eq!(file["text"], "same", "{file}");
                assert_eq!(file["bytes"], "unknown", "{file}");
                assert_eq!(file["drawing"], "same", "{file}");
                assert_eq!(file["maker"], format!("hongtou {name}"), "{file}");
            }
            *seen.entry(name.clone()).or_default() += 1;
        }
    }
    for version in ["0.1.0", "0.2.0"] {
        assert!(seen.get(version).is_some_and(|count| *count >= 5), "{version}: {seen:?}");
    }
}

/// Without a source there is nothing to compare with; the version is said.
#[test]
fn an_older_file_without_its_source_is_asked_for_it() {
    let report = checked(old("mentougou-155"), None);
    says(&report, Verdict::Older, "--source");
    assert_eq!(texts(&report), (Verdict::Older, None, None));
    assert_eq!(report.maker.as_deref(), Some("hongtou 0.1.0"));
}

#[test]
fn a_newer_version_is_told_apart_too() {
    let own = source(ISSUE_155);
    let newer = replaced(
        &made(&own, Recipe::default()),
        concat!("hongtou ", env!("CARGO_PKG_VERSION")),
        "hongtou 9.9.9",
    );
    let report = checked(newer.clone(), Some(&own));
    says(&report, Verdict::Newer, "请用原版本核对");
    assert_eq!(texts(&report), (Verdict::Newer, Some(true), None));
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE_155);
    desk.write("新.pdf", newer);
    desk.run(&["verify", "新.pdf", "--source", "甲.yaml"])
        .code(3)
        .reports(&["由新版本（hongtou 9.9.9）生成：文字和画法相同，字节不能比较"]);
}

/// Whoever changes a word cannot lay it to the version. Numbers that programs make may be laid to
/// it, and that they differ is said.
#[test]
fn words_of_an_editor_that_differ_are_a_difference_in_any_version() {
    let own = source(ISSUE_155);
    for (changed, verdict) in [
        (ISSUE_155.replacen("24座旱厕", "25座旱厕", 1), Verdict::Different),
        (ISSUE_155.replacen("旱厕", "公共厕所", 1), Verdict::Different),
        (ISSUE_155.replacen("旱厕", "", 1), Verdict::Different),
        (ISSUE_155.replacen("座旱厕", "座新的旱厕", 1), Verdict::Different),
        (ISSUE_155.replacen("number: 155", "number: 156", 1), Verdict::Different),
        // A date is written otherwise than in the source, by some version or other.
        (ISSUE_155.replacen("2019-03-14", "2019-03-15", 1), Verdict::Older),
    ] {
        assert_ne!(changed, ISSUE_155);
        let other = made(&source(&changed), Recipe::default());
        let other =
            replaced(&other, concat!("hongtou ", env!("CARGO_PKG_VERSION")), "hongtou 0.1.0");
        let report = checked(other, Some(&own));
        says(&report, verdict, "文字不同：文件里是");
        assert_eq!(report.text, Some(false), "{report:?}");
        if verdict == Verdict::Older {
            says(&report, verdict, "不能断定");
        }
    }
}

/// The version that a file names is no cover for what no version writes.
#[test]
fn other_files_inside_are_a_difference_in_any_version() {
    let old_file = read(old("jianxun-anquan-source")).expect("a PDF");
    let own = embedded(&old_file).expect("a source");
    let mut changed = own.clone();
    changed.issue.extend(b"# \xe6\x94\xb9\n");
    // Another source than the one inside.
    let report = checked(old("jianxun-anquan-source"), Some(&changed));
    says(&report, Verdict::Different, "嵌入的“issue.yaml”与源文件不同");
    // One more file.
    let mut forgery = Forgery::of(&old("jianxun-anquan-source"));
    let spec = forgery.with("(issue.yaml)");
    let object = forgery.object(spec).replace("issue.yaml", "zzz.yaml");
    let more = forgery.add(object);
    let tree = forgery.with("/EmbeddedFiles");
    let names = format!("(zzz.yaml){more} 0 R]");
    let place = forgery.object(tree);
    let at = place.find("/EmbeddedFiles").unwrap();
    let end = at + place[at..].find(']').expect("names in place");
    let object = format!("{}{names}{}", &place[..end], &place[end + 1..]);
    let bytes = forgery.put(tree, object).bytes();
    says(&checked(bytes, None), Verdict::Different, "多嵌入了“zzz.yaml”");
    // Records that do not agree with each other.
    let record = |from: &str, to: &str, creator: &str| {
        let mut files = old_file.attachments.clone();
        let record = files.iter_mut().find(|file| file.0 == "build.json").expect("a record");
        let text = String::from_utf8(record.1.clone()).expect("text");
        assert!(text.contains(from), "{text}");
        record.1 = text.replacen(from, to, 1).into_bytes();
        let issue = String::from_utf8(own.issue.clone()).unwrap();
        checked(forged(&issue, &files, creator), None)
    };
    let creator = "hongtou build --profile archive --embed-source";
    says(&record("hongtou 0.1.0", "hongtou 0.0.9", creator), Verdict::Different, "嵌入的记录说是");
    let grid = "hongtou build --profile archive --embed-source --grid";
    says(&record("hongtou 0.1.0", "hongtou 0.1.0", grid), Verdict::Different, "与嵌入的记录不同");
    says(&record("hongtou 0.1.0", "hongtou 0.1.0", "Word"), Verdict::Different, "与嵌入的记录不同");
}
