//! Edits, each with the text expected after it; and any edits of all samples.

#[path = "../../../../tests/it/dice.rs"]
mod dice;
mod kept;
mod random;

use super::*;
use crate::diagnostic::{Sources, render};

/// `a/0/b` as a path: digits are positions.
fn path(written: &str) -> Path {
    let step = |step: &str| step.parse().map_or_else(|_| Step::from(step), Step::Index);
    written.split('/').filter(|step| !step.is_empty()).map(step).collect()
}

fn try_edit(text: &str, operation: &Operation) -> Result<Edited, Refused> {
    edit(FileId(0), text, operation)
}

/// The text after an edit, whose undo gives the same bytes.
fn after(text: &str, operation: &Operation) -> String {
    let edited = match try_edit(text, operation) {
        Ok(edited) => edited,
        Err(refused) => panic!("{operation:?} in\n{text}\n{refused:?}"),
    };
    assert_eq!(edited.change.apply(text).as_deref(), Some(edited.text.as_str()));
    assert_eq!(edited.undo.apply(&edited.text).as_deref(), Some(text), "{operation:?}");
    assert_eq!(edited.undo.inverse(), edited.change);
    edited.text
}

fn set(at: &str, value: impl Into<Content>) -> Operation {
    Operation::Set { at: path(at), value: value.into() }
}

fn entry(to: &str, key: &str, value: impl Into<Content>, place: Place) -> Operation {
    Operation::AddEntry { to: path(to), key: key.to_owned(), value: value.into(), place }
}

fn element(to: &str, value: impl Into<Content>, place: Place) -> Operation {
    Operation::AddElement { to: path(to), value: value.into(), place }
}

fn remove(at: &str) -> Operation {
    Operation::Remove { at: path(at) }
}

fn shift(from: &str, to: &str, place: Place) -> Operation {
    Operation::Move { from: path(from), to: path(to), place }
}

fn rename(at: &str, key: &str) -> Operation {
    Operation::Rename { at: path(at), key: key.to_owned() }
}

fn before(step: impl Into<Step>) -> Place {
    Place::Before(step.into())
}

fn behind(step: impl Into<Step>) -> Place {
    Place::After(step.into())
}

fn map(entries: &[(&str, &str)]) -> Content {
    Content::Map(entries.iter().map(|(k, v)| ((*k).to_owned(), Content::from(*v))).collect())
}

fn list(texts: &[&str]) -> Content {
    Content::List(texts.iter().map(|text| Content::from(*text)).collect())
}

#[track_caller]
fn check(cases: &[(&str, Operation, &str)]) {
    for (text, operation, want) in cases {
        assert_eq!(after(text, operation), *want, "{operation:?} in\n{text}");
    }
}

#[test]
fn a_text_keeps_its_style_and_its_comment() {
    check(&[
        ("a: 甲 # 注\n", set("a", "乙"), "a: 乙 # 注\n"),
        ("a: '甲' # 注\n", set("a", "乙"), "a: '乙' # 注\n"),
        ("a: \"甲\"\n", set("a", "乙\t丙"), "a: \"乙\\t丙\"\n"),
        ("a: 'x'\n", set("a", "it's"), "a: 'it''s'\n"),
        (
            "a: |  # 注\n    甲\n    乙\n\nb: 1\n",
            set("a", "丙\n丁\n"),
            "a: |  # 注\n    丙\n    丁\n\nb: 1\n",
        ),
        ("a: |\n  甲\nb: 1\n", set("a", "乙"), "a: |-\n  乙\nb: 1\n"),
        ("a: >\n  甲\n  乙\nb: 1\n", set("a", "丙\n丁\n"), "a: >\n  丙\n\n  丁\nb: 1\n"),
        ("a: >-\n  甲\n", set("a", "乙"), "a: >-\n  乙\n"),
        ("- 000017\n- \"1\"\n", set("0", "000018"), "- 000018\n- \"1\"\n"),
        ("[a, 'b']\n", set("1", "c"), "[a, 'c']\n"),
        ("a:\n  甲 # 注\nb: 1\n", set("a", "乙"), "a:\n  乙 # 注\nb: 1\n"),
    ]);
}

#[test]
fn quotes_come_where_a_text_would_not_be_read_back() {
    for text in [
        "甲 #1",
        "#1",
        "甲: 乙",
        "甲:",
        ": 甲",
        "- 甲",
        "-",
        "? 甲",
        "[甲]",
        "{甲}",
        "*甲",
        "&甲",
        "!甲",
        "|",
        ">甲",
        "%甲",
        "@甲",
        "`甲`",
        "'甲'",
        "\"甲\"",
        "~",
        "null",
        "Null",
        "",
        " 甲",
        "甲 ",
        "　甲",
        "---",
        "...",
        "甲\t乙",
        "甲\u{85}乙",
        "甲\u{feff}乙",
        "\u{feff}",
        "甲\u{2028}",
        "\u{1}",
        "甲\r乙",
        "\n",
        "\n\n甲",
        " \n",
        "甲\n",
        "甲\n\n",
        "甲\n乙",
        "  甲\n乙",
        "甲 \n乙",
        "甲\n  乙\n 丙",
        "\t甲\n乙",
        "甲\\n",
        "a\"b\\",
        "it's",
        "，甲",
        "：",
        "甲：乙",
        "-5",
        "1.0",
        "yes",
        "<<",
        "=",
        "甲#1",
        "?甲",
        "-甲",
        "http://a.b/c",
        "12:30",
        "、",
        "a,b",
        "a]b",
        "甲，乙",
        "\u{ffff}",
        "\u{1f600}",
        "甲\u{a0}",
        "\u{a0}",
        "!",
        "? ",
        "...甲",
        "# ",
        "甲\r\n乙\r\n",
    ] {
        for (source, at) in [
            ("a: 甲\n", "a"),
            ("a: '甲'\n", "a"),
            ("a: \"甲\"\n", "a"),
            ("a: |\n  甲\n", "a"),
            ("a: >\n  甲\n", "a"),
            ("a:\n", "a"),
            ("a:", "a"),
            ("a: ~ # 注\n", "a"),
            ("a: |\n", "a"),
            ("a: |+\n\n", "a"),
            ("- 甲\n- 乙", "1"),
            ("- - 甲\n  - 乙\n", "0/1"),
            ("[甲, 乙]", "0"),
            ("{a: 甲, b: }", "b"),
            ("{a, b: 甲}", "a"),
            ("a: 甲\nb: 乙", "a"),
            ("a: 甲\n\nb: 乙", "a"),
            ("{\"a\":甲,\"b\":'乙'}", "a"),
            ("甲", ""),
            ("|\n  甲\n", ""),
            ("- |2\n   甲\n-", "0"),
            ("a: 甲\r\n\r\nb: 1\r\n", "a"),
            ("? a\n: 甲\n", "a"),
            ("? a\n", "a"),
            ("- ", "0"),
            ("a:\n- 甲\n- 乙\n", "a/0"),
            ("a: 甲\n  乙\n", "a"),
            ("a: \"甲\n  乙\" # 注\n", "a"),
            ("# 注\n甲 # 注\n# 注\n", ""),
            ("---\na: 甲\n...\n", "a"),
        ] {
            after(source, &set(at, text));
        }
        let key = after("a: 1 # 注\nb: 2\n", &entry("", "新", text, before("b")));
        after(&key, &remove("新"));
        for source in ["a: 1\nb: 2\n", "{a: 1, b: 2}", "- 1\n", "'a': {b: c}"] {
            if source.starts_with('-') {
                after(source, &element("", text, Place::First));
            } else if !text.contains('\n') && !text.starts_with(['\u{3000}', '\u{a0}']) {
                after(source, &rename("a", text));
            }
        }
    }
}

#[test]
fn a_text_of_several_lines_keeps_its_breaks() {
    check(&[
        (
            "a:\n  一二三，\n  四五六\n  七八。 # 注\n",
            set("a", "一二三，四五陆七八。"),
            "a:\n  一二三，\n  四五陆\n  七八。 # 注\n",
        ),
        ("a: \"x y\n  z\"\n", set("a", "x y w z"), "a: \"x y\n  w z\"\n"),
        (
            "a: >\n  一二\n  三四\n\n  五\nb: 1\n",
            set("a", "一二三肆\n五\n"),
            "a: >\n  一二\n  三肆\n\n  五\nb: 1\n",
        ),
        ("a: 'x''y\n  z'\n", set("a", "x'w z"), "a: 'x''w\n  z'\n"),
        ("a: |\n  一\n\n  二\n", set("a", "一\n\n三\n"), "a: |\n  一\n\n  三\n"),
        ("a: 一\r\n  二\r\n", set("a", "一三"), "a: 一\r\n  三\r\n"),
        // Words that no place in the old lines can hold: the text is written anew.
        ("a: 一\n  二\n", set("a", "三\n四"), "a: |-\n  三\n  四\n"),
    ]);
}

#[test]
fn a_new_text_of_several_lines_stands_below() {
    check(&[
        ("a: 甲 # 注\nb: 1\n", set("a", "乙\n丙"), "a: |- # 注\n  乙\n  丙\nb: 1\n"),
        ("- 甲\n- 乙\n", set("0", "丙\n丁\n"), "- |\n  丙\n  丁\n- 乙\n"),
        ("[甲]\n", set("0", "丙\n丁"), "[\"丙\\n丁\"]\n"),
        ("a: 甲\r\nb: 1\r\n", set("a", "乙\n丙\n"), "a: |\r\n  乙\r\n  丙\r\nb: 1\r\n"),
        // Empty lines behind it would become part of the text.
        ("a: 甲\n\nb: 1\n", set("a", "乙\n\n"), "a: \"乙\\n\\n\"\n\nb: 1\n"),
        ("a: |+\n  甲\n\n\nb: 1\n", set("a", "乙\n"), "a: |\n  乙\nb: 1\n"),
    ]);
}

#[test]
fn values_of_other_kinds_take_the_place() {
    check(&[
        ("a: 甲 # 注\nb: 1\n", set("a", list(&["乙", "丙"])), "a: # 注\n  - 乙\n  - 丙\nb: 1\n"),
        ("a: # 注\n  - 甲 # 去\nb: 1\n", set("a", "乙"), "a: 乙 # 注\nb: 1\n"),
        ("a:\n  - 甲\nb: 1\n", set("a", "乙\n丙\n"), "a: |\n  乙\n  丙\nb: 1\n"),
        (
            "a:\n- 甲\nb: 1\n",
            set("a", map(&[("k", "v")])),
            "a:\nk: v\nb: 1\n".replace("\nk", "\n  k").as_str(),
        ),
        ("- a: 1\n  b: 2\n- 甲\n", set("0", "乙"), "- 乙\n- 甲\n"),
        ("- 甲 # 注\n", set("0", map(&[("k", "v"), ("l", "w")])), "- k: v # 注\n  l: w\n"),
        ("a: [甲, 乙] # 注\n", set("a", list(&["丙"])), "a: [丙] # 注\n"),
        ("a: [甲,\n  乙] # 注\n", set("a", "丙"), "a: 丙 # 注\n"),
        ("a: 甲\n", set("a", Content::Null), "a: ~\n"),
        ("a: |\n  甲\nb: 1\n", set("a", map(&[("k", "v")])), "a:\n  k: v\nb: 1\n"),
        ("甲\n", set("", map(&[("k", "v")])), "k: v\n"),
        ("# 注\na: 1\n", set("", "甲"), "# 注\n甲\n"),
        ("# 注\n", set("", map(&[("k", "v")])), "# 注\nk: v\n"),
        ("", set("", list(&["甲"])), "- 甲\n"),
    ]);
}
