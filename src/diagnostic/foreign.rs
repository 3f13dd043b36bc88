//! What strangers wrote, made harmless for a terminal: the one place.
//!
//! A terminal obeys some characters and does not show others: with them a name or a server's answer
//! could move the cursor, draw another verdict over ours, turn the order of a line round, or look
//! like a name that it is not. Each is shown as what it is, ‹U+001B›; all else stays as it was
//! written, so that what is shown can be copied. Marks that only choose a form (variation selectors)
//! and the joiner within an emoji stay too: real names have them.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use unicode_width::UnicodeWidthChar;

/// Most columns of a value that is shown cut: with what stands around it, about a line of a terminal.
const WIDEST: usize = 48;

/// Whether a terminal would obey a character, or show nothing of it, or show what comes after it in
/// another order.
///
/// Control characters; from Unicode's `Default_Ignorable_Code_Point`, `Bidi_Control` and the two
/// separators of lines and paragraphs; noncharacters. Without the variation selectors.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}'
                | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
                | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
        )
}

/// A text in which nothing is hidden, in one line: a line feed is foreign too, for with it a name
/// could begin a line of its own.
pub fn harmless(text: &str) -> Cow<'_, str> {
    shown(text, "")
}

/// The beginning of a value, harmless: where a long one would push aside what is said of it.
pub fn brief(text: &str) -> String {
    let mut columns = 0;
    let cut = text.char_indices().find(|(_, c)| {
        // A stand-in takes some eight columns; a mark over a letter counts too.
        columns += if is_hidden(*c) { 8 } else { c.width().unwrap_or(0).max(1) };
        columns > WIDEST
    });
    match cut {
        Some((at, _)) => harmless(&text[..at]).into_owned() + "…",
        None => harmless(text).into_owned(),
    }
}

/// A value as one word of a command that is to be typed: in quotation marks unless it is plain, so
/// that a name with a space in it is one name, and one with a `;` is no second command.
pub fn argument(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "/._-:@+%，、。（）《》“”".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(match cfg!(windows) {
        // No name has the mark itself there.
        true => format!("\"{text}\""),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    })
}

/// As [`harmless`]; `kept` are left to whoever shows the text.
pub(super) fn shown<'t>(text: &'t str, kept: &str) -> Cow<'t, str> {
    let hides = |c: char| is_hidden(c) && !kept.contains(c);
    if !text.contains(hides) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\u{200d}' if joins(before, rest.as_str().chars().next()) => out.push(c),
            c if hides(c) => stand_in(&mut out, c),
            c => out.push(c),
        }
        before = Some(c);
    }
    Cow::Owned(out)
}

fn stand_in(out: &mut String, c: char) {
    use fmt::Write;
    // Writing to the memory does not fail.
    let _ = write!(out, "‹U+{:04X}›", u32::from(c));
}

/// Whether a joiner stands within an emoji: between two pictures.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let picture = |c: char| {
        matches!(
            c,
            '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
                | '\u{1f000}'..='\u{1faff}'
        )
    };
    before.is_some_and(|c| picture(c) || c == '\u{fe0f}') && after.is_some_and(picture)
}

/// JSON that a terminal may show and a program reads as the same values: what is hidden is written
/// `\u202e`, as JSON allows. In JSON such characters stand in strings only.
pub fn json(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            let escaped = |unit: &mut u16| format!("\\u{unit:04x}");
            out.extend(c.encode_utf16(&mut [0; 2]).iter_mut().map(escaped));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Lines for a terminal: the line feeds in it are ours, and what is foreign was made harmless on its
/// way in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(String);

impl Lines {
    /// No line yet.
    pub fn new() -> Lines {
        Lines::default()
    }

    /// Adds a line, whatever is in it.
    pub fn line(&mut self, text: &str) {
        self.0.push_str(&harmless(text));
        self.0.push('\n');
    }

    /// Adds lines.
    pub fn lines_of(&mut self, more: &Lines) {
        self.0.push_str(&more.0);
    }

    /// Lines that hold nothing foreign, or nothing that is not harmless already; they may be in
    /// colours. What is hidden in them all the same is shown when they are.
    pub fn ours(text: impl Into<String>) -> Lines {
        Lines(text.into())
    }

    /// The lines as they were put together.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The lines, with nothing hidden in them but line feeds and colours.
    pub fn shown(&self) -> Cow<'_, str> {
        if !self.0.contains(|c| is_hidden(c) && c != '\n') {
            return Cow::Borrowed(&self.0);
        }
        let mut out = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        while let Some(at) = rest.find('\u{1b}') {
            out.push_str(&shown(&rest[..at], "\n"));
            let code = colour(&rest[at..]).unwrap_or("");
            if code.is_empty() {
                stand_in(&mut out, '\u{1b}');
            }
            out.push_str(code);
            rest = &rest[at + code.len().max(1)..];
        }
        out.push_str(&shown(rest, "\n"));
        Cow::Owned(out)
    }
}

/// The code of a colour or a weight that a text begins with: `ESC [ 1 ; 3 1 m`.
fn colour(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("\u{1b}[")?;
    let end = inside.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    inside[end..].starts_with('m').then(|| &text[.."\u{1b}[".len() + end + 1])
}

impl Deref for Lines {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_or_hides_is_shown_as_what_it_is() {
        for (written, expected) in [
            ("a\u{1b}[2Jb", "a‹U+001B›[2Jb"),
            ("甲\n甲.pdf：一致\r", "甲‹U+000A›甲.pdf：一致‹U+000D›"),
            ("\u{9b}2J\u{8}\u{7f}\t\0\u{85}", "‹U+009B›2J‹U+0008›‹U+007F›‹U+0009›‹U+0000›‹U+0085›"),
            ("\u{202e}fdp.甲\u{2066}\u{200f}", "‹U+202E›fdp.甲‹U+2066›‹U+200F›"),
            ("区\u{200b}委\u{feff}\u{ad}\u{2060}", "区‹U+200B›委‹U+FEFF›‹U+00AD›‹U+2060›"),
            ("\u{2028}\u{e0041}\u{3164}", "‹U+2028›‹U+E0041›‹U+3164›"),
            ("区\u{200d}委", "区‹U+200D›委"),
        ] {
            assert_eq!(harmless(written), expected);
            assert_eq!(harmless(expected), expected, "made harmless twice it is the same");
        }
    }

    #[test]
    fn what_editors_use_stays_as_it_is() {
        for text in [
            "区民政局　“ＬＯＧＯ”—— 3.2万㎡",
            "no\u{a0}break",
            "㐂\u{e0101}葛\u{fe00}☎\u{fe0f}",
            "👨\u{200d}👩\u{200d}👧 🏃🏽\u{200d}♀\u{fe0f} ❤\u{fe0f}\u{200d}🔥",
            "e\u{301} ю\u{306} བོད",
            "\u{fffd}\u{e000}",
        ] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_long_value_is_cut() {
        assert_eq!(brief("短"), "短");
        assert_eq!(brief("SourceHanSerifSC-SemiBold"), "SourceHanSerifSC-SemiBold");
        assert_eq!(brief(&"甲".repeat(5000)), "甲".repeat(24) + "…");
        assert_eq!(brief(&"\u{1b}".repeat(5000)), "‹U+001B›".repeat(6) + "…");
        assert!(brief(&"\u{301}".repeat(5000)).chars().count() < 50);
    }

    #[test]
    #[cfg(not(windows))]
    fn a_value_in_a_command_is_one_word() {
        for plain in ["155.yaml", "qs/2019/7/r1", "简报（送审）.yaml", "./密码"] {
            assert_eq!(argument(plain), plain);
        }
        assert_eq!(argument("第7期 终.yaml"), "'第7期 终.yaml'");
        assert_eq!(argument("a;rm b"), "'a;rm b'");
        assert_eq!(argument("a'$(b)"), r"'a'\''$(b)'");
        assert_eq!(argument("-x"), "'-x'");
        assert_eq!(argument(""), "''");
    }

    #[test]
    fn json_keeps_its_values() {
        let value =
            serde_json::json!({"a\u{202e}": "\u{1b}[2J\u{9b}\u{7f}\u{200b}\u{e0041}甲\n😀"});
        let text = value.to_string();
        let safe = json(&text);
        assert!(!safe.contains(is_hidden), "{safe}");
        assert_eq!(safe.parse::<serde_json::Value>().unwrap(), value);
    }

    #[test]
    fn of_lines_only_line_feeds_and_colours_pass() {
        let mut lines =
            Lines::ours("\u{1b}[1;31m红\u{1b}[0m\n\u{1b}[2J\u{1b}]0;x\u{7}\u{1b}[31\u{1b}");
        assert_eq!(
            lines.shown(),
            "\u{1b}[1;31m红\u{1b}[0m\n‹U+001B›[2J‹U+001B›]0;x‹U+0007›‹U+001B›[31‹U+001B›"
        );
        lines = Lines::new();
        lines.line("甲\n乙\u{1b}[0m");
        assert_eq!(lines.shown(), "甲‹U+000A›乙‹U+001B›[0m\n");
    }
}
