//! Texts in YAML's styles.

use super::marks::Style;

/// A text or an empty list or mapping, written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// On the line of its key or dash.
    Inline(String),
    /// `|` or `>` with its signs, and the lines below.
    Below(String, Vec<String>),
}

/// Whether it is a key or stands between brackets, where more signs mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    Block,
    Flow,
    Key,
}

/// A text in the style it had, as far as it can be read back so; a new text, which had none, without
/// quotes if it can.
pub(super) fn write(text: &str, style: Style, ground: Ground) -> Written {
    let inline = Written::Inline;
    let lines = || (ground == Ground::Block).then(|| literal(text)).flatten();
    match style {
        Style::Double => inline(double_quoted(text)),
        Style::Single if single_holds(text) => inline(single(text)),
        Style::Single => lines().unwrap_or_else(|| inline(double_quoted(text))),
        Style::Folded if ground == Ground::Block && folded(text).is_some() => {
            folded(text).unwrap_or_else(|| inline(double_quoted(text)))
        }
        Style::Literal | Style::Folded => lines().unwrap_or_else(|| quoted(text)),
        _ if plain_holds(text, ground) => inline(text.to_owned()),
        _ if text.contains('\n') => lines().unwrap_or_else(|| quoted(text)),
        _ => quoted(text),
    }
}

fn quoted(text: &str) -> Written {
    Written::Inline(if single_holds(text) { single(text) } else { double_quoted(text) })
}

/// A text in double quotes, which hold every text: read back, it is the same.
pub fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out += "\\n",
            '\t' => out += "\\t",
            '\r' => out += "\\r",
            c if !shows(c) && u32::from(c) <= 0xFF => out += &format!("\\x{:02X}", u32::from(c)),
            c if !shows(c) && u32::from(c) <= 0xFFFF => out += &format!("\\u{:04X}", u32::from(c)),
            c if !shows(c) => out += &format!("\\U{:08X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Whether a character may stand as it is. Control characters, the line ends of other systems and
/// a byte order mark within the text are seen by nobody, and some are refused.
pub(super) fn shows(c: char) -> bool {
    let hidden = matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    let none = u32::from(c) & 0xFFFE == 0xFFFE;
    !c.is_control() && !hidden && !none
}

fn single_holds(text: &str) -> bool {
    text.chars().all(shows)
}

/// Whether a text is read back as it is without quotes. Rather too strict: where YAML would
/// allow it and an editor would wonder, quotes stand.
fn plain_holds(text: &str, ground: Ground) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    let second = chars.next();
    let flow = ground == Ground::Flow;
    let bracket = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}');
    let ends = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || flow && bracket(c));
    let sign = bracket(first)
        || matches!(first, '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`')
        || matches!(first, '-' | '?' | ':') && ends(second);
    // Between brackets a text with a full-width comma is taken for two by mistake, and said to be.
    let apart = flow && text.contains(|c| bracket(c) || c == '，');
    // A colon between brackets parts also without a space behind it, beside other signs.
    let colon = text.contains(": ")
        || text.ends_with(':')
        || flow && text.match_indices(':').any(|(at, _)| ends(text[at + 1..].chars().next()));
    let word =
        matches!(text, "~" | "null" | "Null" | "NULL") || ground != Ground::Block && text == "<<";
    let marker = text.starts_with("---") || text.starts_with("...");
    let spaces = text.trim() != text || text.contains(" #");
    !(sign || apart || colon || word || marker || spaces) && text.chars().all(shows)
}

/// `|`: the lines as they are.
fn literal(text: &str) -> Option<Written> {
    let lines = chomp(text)?;
    let sign = format!("|{}", lines.0);
    Some(Written::Below(sign, lines.1.split('\n').map(str::to_owned).collect()))
}

/// `>`: a line a paragraph, with an empty line for each line break.
fn folded(text: &str) -> Option<Written> {
    let (sign, body) = chomp(text)?;
    let paragraphs: Vec<&str> = body.trim_end_matches('\n').split('\n').collect();
    let indented = |line: &&str| line.starts_with([' ', '\t']);
    if paragraphs.iter().any(indented) {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        // Empty lines stand for line breaks themselves.
        if lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
        }
        lines.push(paragraph.to_owned());
    }
    let empty = body.len() - body.trim_end_matches('\n').len();
    lines.extend(vec![String::new(); empty]);
    Some(Written::Below(format!(">{sign}"), lines))
}

/// The sign for the line breaks at the end of a text (and for spaces at its beginning), and the text
/// without its last line break. `None` when a block text cannot hold it.
fn chomp(text: &str) -> Option<(String, &str)> {
    let body = text.trim_end_matches('\n');
    let fits = |c: char| shows(c) || matches!(c, '\n' | '\t');
    if body.trim().is_empty() || !text.chars().all(fits) {
        return None;
    }
    // Lines that begin with spaces before the first one with text: the parser could not tell how
    // far the text is indented.
    let told = text.starts_with([' ', '\n']);
    let digit = if told { STEP.to_string() } else { String::new() };
    match text.len() - body.len() {
        0 => Some((digit + "-", body)),
        1 => Some((digit, body)),
        _ => Some((digit + "+", &text[..text.len() - 1])),
    }
}

/// How far a block text is indented under its key or dash.
pub(super) const STEP: usize = 2;
