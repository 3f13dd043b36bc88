//! Files of content, settings, layouts and fonts: their names, their texts, what is found in them.

use std::fs;

use super::{BEGINNING, EVIL, MARK, UNSEEN, quoted, walk, walk_json};
use crate::font::user;
use crate::support::desk::{Desk, ISSUE};

const SHOWN: &[&str] = &[MARK];

#[test]
fn names_of_files_are_harmless() {
    let desk = Desk::with_issue();
    let (folder, inside) = (format!("夹{EVIL}"), format!("夹{EVIL}/甲.yaml"));
    desk.write(&inside, ISSUE.replace("number", "nomber"));
    desk.write(EVIL, b"\xff\xfet\x00");
    desk.write(&format!("{EVIL}.ttf"), "no font");
    let file = format!("无{EVIL}.yaml");
    let below = format!("甲.yaml/{EVIL}");
    for (what, arguments) in [
        ("a file that is missing", &["build", &*file][..]),
        ("a folder for a file", &["build", &folder]),
        ("no text", &["build", EVIL]),
        ("the file of a finding", &["build", &inside]),
        ("a folder that cannot be made", &["build", "甲.yaml", "-o", &below]),
        ("what was made", &["build", "甲.yaml", "--to", "pdf", "-o", &folder]),
        ("fonts that are missing", &["build", "甲.yaml", "--font-path", &file]),
        ("fonts in a folder of none", &["fonts", "--font-path", &folder]),
        ("a font that is none", &["fonts", "--font-path", &format!("{EVIL}.ttf")]),
        ("a table that is missing", &["recipients", "import", &file]),
        ("a list that is missing", &["recipients", "--list", &file]),
        ("a list in a folder", &["recipients", "--list", &folder]),
        ("two issues for one file", &["build", "甲.yaml", "甲.yaml", "-o", &folder]),
    ] {
        walk(&desk, what, arguments, SHOWN);
    }
    walk_json(&desk, "a file that is missing", &["build", &file], &[EVIL]);
    walk_json(&desk, "what was made", &["build", "甲.yaml", "--to", "pdf", "-o", &folder], &[EVIL]);
}

/// Findings: what they say, where, the line itself, what to do.
#[test]
fn texts_in_findings_are_harmless() {
    let desk = Desk::new();
    let (evil, unseen) = (quoted(EVIL), quoted(UNSEEN));
    let raw = EVIL.replace(['\n', '\r', '\u{85}', '\u{2028}'], "");
    // The line as it stands in the file; YAML has no control characters, so it stops at the first.
    let bare: String = raw.chars().filter(|c| !c.is_control()).collect();
    for (what, text, marks) in [
        ("a key", format!("{ISSUE}{evil}: 1\n"), &[BEGINNING][..]),
        ("a name of a layout", format!("{ISSUE}layout: {unseen}\n"), &["没有内置的版式"]),
        (
            "a file of a layout",
            format!("{ISSUE}layout: ./{unseen}\n").replace("./\"", "\"./"),
            &["找不到文件"],
        ),
        ("a choice", ISSUE.replace("number: 7", &format!("number: 7, kind: {evil}")), &[BEGINNING]),
        ("a date", ISSUE.replace("2019-03-14", &unseen), &["“date”不能是"]),
        ("a line with a control", format!("{ISSUE}sorce: {raw}\n"), &["U+001B", "‹U+001B›[2J"]),
        ("a line with the rest", format!("{ISSUE}sorce: {bare}\n"), &["sorce", "‹U+202E›‹U+2066›"]),
    ] {
        desk.write("甲.yaml", text);
        walk(&desk, what, &["build", "甲.yaml"], marks);
    }
    // The column is that of the file, whatever stands in for what is before it.
    desk.write("甲.yaml", "{\"\u{202e}\u{200b}\": 甲, sorce: 乙}");
    walk(&desk, "a column", &["build", "甲.yaml"], &["甲.yaml:1:11\n", "“‹U+202E›‹U+200B›”"]);
    desk.write("hongtou.yaml", format!("{evil}: 1\n"));
    walk(&desk, "a key of the settings", &["build", "甲.yaml"], &["hongtou.yaml", BEGINNING]);
    walk(&desk, "settings of an archive", &["archive", "list"], &["hongtou.yaml", BEGINNING]);
    fs::remove_file(desk.path("hongtou.yaml")).unwrap();
    let layout = hongtou::layout::bundled("kuaibao").unwrap();
    desk.write("我.yaml", layout.replace("lines: 22", &format!("{evil}: 22")));
    desk.write("甲.yaml", ISSUE.replace("text:", "layout: ./我.yaml\ntext:"));
    walk(&desk, "a key of a layout", &["build", "甲.yaml"], &["我.yaml", BEGINNING]);
}

#[test]
fn names_of_fonts_are_harmless() {
    let desk = Desk::with_issue();
    desk.write("字/a.ttf", user::file(EVIL, &['✔', '国']));
    walk(&desk, "a list of fonts", &["fonts", "--font-path", "字"], SHOWN);
    walk(&desk, "the font of a character", &["fonts", "✔", "--font-path", "字"], SHOWN);
    desk.write("甲.yaml", ISSUE.replace("近日", "近日✔"));
    let build = ["build", "甲.yaml", "--to", "pdf", "--font-path", "字"];
    walk(&desk, "a font that stepped in", &build, &[MARK, "代替"]);
    walk_json(&desk, "a font that stepped in", &build, &[EVIL]);
}
