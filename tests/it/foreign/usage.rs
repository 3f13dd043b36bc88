//! Arguments, as they are echoed.

use super::{EVIL, MARK, check, walk};
use crate::support::desk::{Desk, ISSUE};

#[test]
fn echoed_arguments_are_harmless() {
    let desk = Desk::new();
    let option = format!("--{EVIL}");
    let marks = &[MARK][..];
    for (what, arguments) in [
        ("no such command", &[EVIL][..]),
        ("no such command of archive", &["archive", EVIL]),
        ("no such option", &["build", &option]),
        ("a value that is none of the list", &["build", "甲.yaml", "--to", EVIL]),
        ("a number that is none", &["archive", "list", "--year", EVIL]),
        ("a day that is none", &["archive", "search", "甲", "--from", EVIL]),
        ("a length that is none", &["build", "甲.yaml", "--profile", "print", "--bleed", EVIL]),
        ("a word too many", &["archive", "list", EVIL]),
        ("a word too many behind a file", &["send", "甲.yaml", EVIL]),
        ("a colour that is none", &["layouts", "--color", EVIL]),
    ] {
        check(what, &desk.run(arguments), arguments, marks);
    }
}

/// Each character that is asked about is named, not printed as it is.
#[test]
fn characters_that_are_asked_about_are_harmless() {
    let desk = Desk::new();
    walk(&desk, "characters", &["fonts", EVIL], &["‹U+001B›（U+001B）", "‹U+202E›（U+202E）"]);
}

/// Advice is followed to the letter: a name is one word of the command, whatever is in it.
#[test]
fn a_command_that_is_advised_can_be_typed() {
    let desk = Desk::new();
    desk.write("hongtou.yaml", "series: qs\n");
    desk.write("第7期 终;echo 丙.yaml", ISSUE);
    let ended = desk.run(&["send", "第7期 终;echo 丙.yaml"]).code(3);
    ended.says(&["“hongtou archive add '第7期 终;echo 丙.yaml'”"]);
}
