//! Archives: names of bulletins and bags, texts of entries, files that lie about, damage.

use std::fs;

use hongtou::archive::{Entry, Folder};

use serde_json::Value;

use super::{BEGINNING, EVIL, EVIL_LINE, LINE_MARK, MARK, check, walk, walk_json};
use crate::support::desk::{Desk, ISSUE};
use crate::support::shelf;

/// An issue in which every word is a stranger's.
fn entry(series: &str, number: u32) -> Entry {
    let mut item = shelf::item(EVIL, EVIL, (EVIL, EVIL), "", 1);
    item.section = Some(EVIL.to_owned());
    item.paragraphs[0].text = format!("志愿服务{EVIL}活动");
    let mut entry = shelf::entry(series, 2019, number, vec![item]);
    for text in [&mut entry.bulletin, &mut entry.subject, &mut entry.title] {
        *text = EVIL.to_owned();
    }
    // A manifest has a line for each file.
    entry.stem = EVIL_LINE.to_owned();
    entry.offices = vec![EVIL.to_owned()];
    entry
}

#[test]
fn texts_of_an_archive_are_harmless() {
    let desk = Desk::new();
    let folder = Folder::new(desk.path("archive"));
    shelf::put(&folder, &entry("qs", 7), b"%PDF-");
    let again = Entry { revision: 2, ..entry("qs", 7) };
    shelf::put(&folder, &again, b"%PDF-");
    let info = format!("更正: qs/2019/7/r1\n更正原因: {}\n", EVIL_LINE);
    desk.write("archive/qs/2019/7/r2/bag-info.txt", info);
    desk.write("archive/qs/2019/7/r1/bag-info.txt", "");
    let (reason, unknown) = (format!("更正：{LINE_MARK}"), format!("无{EVIL}"));
    let whole = &[MARK][..];
    let excerpt = &[MARK, "志愿服务", BEGINNING][..];
    for (what, arguments, marks) in [
        ("a list", &["archive", "list"][..], whole),
        ("an issue", &["archive", "show", "7"], &[MARK, &reason]),
        ("hits", &["archive", "search", "志愿服务"], excerpt),
        ("counts of units", &["archive", "stats"], whole),
        (
            "counts of sections by unit",
            &["archive", "stats", "--per", "section", "--by", "unit"],
            whole,
        ),
        ("counts of indicators", &["archive", "stats", "--per", "ref"], whole),
        ("counts of bulletins", &["archive", "stats", "--per", "series"], whole),
        ("a title of one's own", &["archive", "stats", "--title", EVIL], whole),
        ("files taken out", &["archive", "get", "7", "-o", "取"], &[LINE_MARK]),
        ("a word that is not there", &["archive", "search", EVIL], &[]),
        ("hints", &["archive", "search", "志愿服务", "--unit", &unknown], &["无坏‹U+001B›"]),
    ] {
        walk(&desk, what, arguments, marks);
        if ["list", "search", "stats"].contains(&arguments[1]) {
            walk(&desk, what, &[arguments, &["--format", "csv"]].concat(), &[]);
        }
    }
    for arguments in [
        &["archive", "list"][..],
        &["archive", "show", "7"],
        &["archive", "stats"],
        &["archive", "stats", "--per", "section", "--by", "unit"],
    ] {
        walk_json(&desk, "for programs", arguments, &[EVIL]);
    }
    walk_json(&desk, "hits for programs", &["archive", "search", "志愿服务"], &["坏\u{1b}[2J"]);
    for per in ["unit", "ref", "series"] {
        let table = ["archive", "stats", "--per", per, "--format", "csv"];
        walk(&desk, "a table of counts", &table, &[MARK]);
    }
    walk(&desk, "a table of issues", &["archive", "list", "--format", "csv"], &[MARK]);
    let table = ["archive", "search", "志愿服务", "--format", "csv"];
    walk(&desk, "a table of hits", &table, &[MARK]);
    // What is in the way when files are taken out.
    for name in desk.files("取") {
        desk.write(&format!("取/{name}"), "别的");
    }
    walk(
        &desk,
        "files in the way",
        &["archive", "get", "7", "-o", "取"],
        &[LINE_MARK, "什么都没有取出"],
    );
    // A chart goes into a file of any name, and that is said.
    let chart = format!("{EVIL}.svg");
    walk(&desk, "a chart", &["archive", "stats", "--chart", &chart], &[MARK]);
    walk(&desk, "a page", &["archive", "export", "-o", EVIL], &[MARK]);
    desk.write(&format!("别{EVIL}/别的.html"), "别的");
    let other = format!("别{EVIL}");
    walk(&desk, "a page where others are", &["archive", "export", "-o", &other], &[MARK]);
}

#[test]
fn names_in_an_archive_are_harmless() {
    let desk = Desk::new();
    let folder = Folder::new(desk.path("archive"));
    shelf::put(&folder, &entry(EVIL, 7), b"%PDF-");
    shelf::put(&folder, &shelf::entry("qs", 2019, 7, Vec::new()), b"%PDF-");
    let twice = "不止一期";
    for (what, arguments, marks) in [
        ("names of bulletins", &["archive", "list"][..], &[MARK][..]),
        ("an issue", &["archive", "show", "7", "--series", EVIL], &[MARK]),
        ("several issues", &["archive", "show", "7"], &[MARK, twice]),
        ("an unknown bulletin", &["archive", "list", "--series", &format!("无{EVIL}")], &[MARK]),
        ("the bulletins there are", &["archive", "list", "--series", "abcdefgh"], &[MARK]),
        ("an unknown number", &["archive", "get", EVIL], &[MARK]),
        (
            "an unknown revision",
            &["archive", "get", "7", "--series", EVIL, "--revision", "9"],
            &[MARK],
        ),
        ("what is wrong with it", &["archive", "verify"], &[MARK, "处问题"]),
        ("hits", &["archive", "search", "志愿服务"], &[MARK]),
        ("no archive", &["archive", "--archive", EVIL, "list"], &[MARK]),
        ("no object store", &["archive", "--archive", &format!("s3:{EVIL}"), "list"], &[MARK]),
        ("no such issue to send", &["send", "status", EVIL], &[MARK]),
        ("an issue never sent", &["send", "status", "7", "--series", EVIL], &[MARK]),
        ("a file to keep", &["archive", "add", &format!("{EVIL}.pdf")], &[MARK]),
        ("a missing file to keep", &["archive", "add", &format!("{EVIL}.yaml")], &[MARK]),
    ] {
        walk(&desk, what, arguments, marks);
    }
    walk_json(&desk, "what is wrong", &["archive", "verify"], &[EVIL]);
    // The index lies with the archive, wherever that is.
    fs::rename(desk.path("archive"), desk.path(EVIL)).unwrap();
    walk(&desk, "the place of an index", &["archive", "--archive", EVIL, "index"], &[MARK]);
}

#[test]
fn damage_is_told_harmlessly() {
    let desk = Desk::new();
    let folder = Folder::new(desk.path("archive"));
    shelf::put(&folder, &shelf::entry("qs", 2019, 7, Vec::new()), b"%PDF-");
    let mut broken = shelf::entry("qs", 2019, 8, Vec::new());
    broken.stem = EVIL_LINE.to_owned();
    shelf::put(&folder, &broken, b"%PDF-");
    // What lies among the bags, and within one.
    desk.write(&format!("archive/qs/2019/多{EVIL}"), "");
    desk.write(&format!("archive/qs/2019/8/r1/data/件{EVIL}"), "");
    walk(
        &desk,
        "what lies about",
        &["archive", "verify"],
        &[LINE_MARK, "多坏‹U+001B›", "件坏‹U+001B›"],
    );
    // The reader of JSON quotes what it does not know.
    let place = "archive/qs/2019/8/r1/data/issue.json";
    let text = fs::read_to_string(desk.path(place)).unwrap();
    let text = text.replacen("\"regular\"", &Value::from(EVIL).to_string(), 1);
    assert!(text.contains("\\u001b"), "{text}");
    desk.write(place, text);
    walk(&desk, "a broken entry", &["archive", "list"], &[MARK, "已损坏"]);
    walk(&desk, "a broken entry in the index", &["archive", "search", "甲"], &[MARK, "读不出"]);
    walk_json(&desk, "a broken archive", &["archive", "verify"], &[EVIL]);
}

#[test]
fn what_is_kept_is_told_harmlessly() {
    let desk = Desk::with_issue();
    desk.write("hongtou.yaml", "series: qs\n");
    let (first, file) = (format!("新{EVIL}"), format!("{EVIL}.yaml"));
    desk.write(&file, ISSUE);
    let add = ["archive", "--archive", &first, "add", &file];
    check("a new archive", &desk.run(&add), &add, &["新坏‹U+001B›"]);
    let twice = ["archive", "add", "甲.yaml", &file];
    walk(&desk, "twice the same issue", &twice, &[MARK, "都是"]);
    walk_json(&desk, "twice the same issue", &twice, &[EVIL]);
    let series = ["archive", "--archive", &first, "add", "甲.yaml", "--series", EVIL];
    walk(&desk, "a bulletin of any name", &series, &[MARK]);
}
