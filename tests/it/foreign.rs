//! Nothing foreign reaches a terminal raw: a walk through every place where the program prints what
//! strangers wrote, with a text that would clear the screen, draw a verdict and turn the line round.
//!
//! Each place is run as a real process, with and without colours, and must show that it was reached:
//! what stands in for the hidden characters is in its output.

mod archive;
mod content;
mod guard;
mod mail;
mod usage;
mod verify;

use serde_json::Value;

use crate::support::desk::{Desk, Ended};

/// What a stranger writes: clears the screen, hides text, begins a line of its own with a verdict,
/// goes back over what stands there, and all the rest that a terminal obeys or does not show.
const EVIL: &str = "坏\u{1b}[2J\u{1b}[8m\n甲.pdf：一致\r\u{8}\u{9b}2K\u{7f}\u{85}\u{202e}\u{2066}\u{200f}\
                    \u{200b}\u{feff}\u{ad}\u{2028}\u{e0041}尾";

/// The same for what must be one line.
const EVIL_LINE: &str = "坏\u{1b}[2J\u{1b}[8m甲.pdf：一致\u{8}\u{9b}2K\u{7f}\u{85}\u{202e}\u{2066}\u{200f}\
                         \u{200b}\u{feff}\u{ad}\u{2028}\u{e0041}尾";

/// The same for what must have no control characters either.
const UNSEEN: &str = "坏\u{202e}\u{2066}\u{200f}\u{200b}\u{feff}\u{ad}\u{e0041}尾";

/// How its beginning is shown.
const MARK: &str = "坏‹U+001B›[2J‹U+001B›[8m‹U+000A›甲.pdf：一致‹U+000D›‹U+0008›‹U+009B›2K";
/// How that of the line is shown.
const LINE_MARK: &str = "坏‹U+001B›[2J‹U+001B›[8m甲.pdf：一致‹U+0008›‹U+009B›2K";
/// How that of the unseen is shown.
const UNSEEN_MARK: &str = "坏‹U+202E›‹U+2066›‹U+200F›‹U+200B›‹U+FEFF›";
/// The same where a text is cut, or its lines are joined.
const BEGINNING: &str = "坏‹U+001B›[2J‹U+001B›[8m";

/// Written in YAML, which has no other place for what is hidden.
fn quoted(text: &str) -> String {
    let written = |c: char| match c {
        c if c > '\u{ffff}' => format!("\\U{:08x}", u32::from(c)),
        c if hidden(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(written).collect::<String>())
}

/// Runs a place with and without colours; it must be reached and be harmless.
#[track_caller]
fn walk(desk: &Desk, what: &str, arguments: &[&str], marks: &[&str]) {
    for color in ["never", "always"] {
        let ended = desk.run(&[&["--color", color], arguments].concat());
        check(what, &ended, arguments, marks);
    }
}

/// What a run said is harmless, and has these words.
#[track_caller]
fn check(what: &str, ended: &Ended, arguments: &[&str], marks: &[&str]) {
    let tabs = ["fonts", "layouts"].contains(&arguments[0]);
    let mut all = String::new();
    for text in [&ended.out, &ended.err] {
        assert!(!text.contains("\u{1b}[8m"), "{what}: a colour that is not ours\n{text:?}");
        let mut text = without_colours(text);
        // A table for Excel has its mark and its ends of lines.
        if let Some(table) = text.strip_prefix('\u{feff}') {
            text = table.replace("\r\n", "\n");
        }
        let found = text.chars().find(|c| hidden(*c) && *c != '\n' && !(tabs && *c == '\t'));
        assert_eq!(found, None, "{what}:\n{text:?}");
        // A verdict stands at the beginning of a line, what belongs to it two columns in.
        let verdict =
            |line: &&str| line.strip_prefix("  ").unwrap_or(line).starts_with("甲.pdf：一致");
        let forged = text.lines().find(verdict);
        assert_eq!(forged, None, "{what}: a line that a stranger drew");
        all.push_str(&text);
    }
    assert!(!all.contains("panicked"), "{what}:\n{all}");
    for mark in marks {
        assert!(all.contains(mark), "{what}: “{mark}” is not in\n{all}");
    }
}

/// Runs a place for programs: nothing hidden either, and the value is what the stranger wrote.
#[track_caller]
fn walk_json(desk: &Desk, what: &str, arguments: &[&str], values: &[&str]) {
    let ended = desk.run(&[arguments, &["--format", "json"]].concat());
    let found = ended.out.trim_end_matches('\n').chars().find(|c| hidden(*c));
    assert_eq!(found, None, "{what}");
    let json: Value =
        ended.out.parse().unwrap_or_else(|why| panic!("{what}: {why}\n{}", ended.out));
    for value in values {
        assert!(holds(&json, value), "{what}: no such value in\n{}", ended.out);
    }
}

fn holds(json: &Value, text: &str) -> bool {
    match json {
        Value::String(string) => string.contains(text),
        Value::Array(list) => list.iter().any(|one| holds(one, text)),
        Value::Object(fields) => fields.values().any(|one| holds(one, text)),
        _ => false,
    }
}

/// Without codes of colours.
fn without_colours(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.find(|c: char| !c.is_ascii_digit() && c != ';') {
            Some(end) if piece[end..].starts_with('m') => bare.push_str(&piece[end + 1..]),
            _ => bare.push_str(&format!("\u{1b}[{piece}")),
        }
    }
    bare
}

/// What may reach no terminal. Written down here once more, so that the program's own list is not
/// believed.
fn hidden(c: char) -> bool {
    c.is_control()
        || "\u{ad}\u{61c}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\
            \u{202c}\u{202d}\u{202e}\u{2060}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}"
            .contains(c)
        || ('\u{e0000}'..='\u{e007f}').contains(&c)
}

#[test]
fn the_walk_itself_finds_what_it_looks_for() {
    let said = |out: &str| Ended { code: 0, out: out.to_owned(), err: String::new() };
    for out in [
        "\u{1b}[2J",
        "a\rb\n",
        "\u{202e}",
        "甲\n  甲.pdf：一致\n",
        "\u{1b}[8m暗\u{1b}[0m\n",
        "没有\n",
        "a\tb 记号\n",
    ] {
        let found = std::panic::catch_unwind(|| check("", &said(out), &["build"], &["记号"]));
        assert!(found.is_err(), "{out:?}");
    }
    check("", &said("\u{1b}[1;31m记号\u{1b}[0m\n"), &["build"], &["记号"]);
    check("", &said("a\tb 记号\n"), &["fonts"], &["记号"]);
}
