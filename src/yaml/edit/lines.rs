//! Lines of a text, and what lies between its values: white space and comments.

use granit_parser::{Scanner, StrInput, TokenType};

const BREAKS: [char; 2] = ['\n', '\r'];

/// The start of the line; behind a byte order mark.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind(BREAKS).map_or(0, |newline| newline + 1);
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start }
}

/// The end of the line, before its break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(BREAKS).map_or(text.len(), |length| at + length)
}

/// The start of the next line, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    let end = line_end(text, at);
    end + break_at(text, end).len()
}

/// The line break that stands here, if one does.
fn break_at(text: &str, at: usize) -> &str {
    ["\r\n", "\n", "\r"].into_iter().find(|mark| text[at..].starts_with(mark)).unwrap_or("")
}

/// The end of the line above the one that begins at `start`; `None` for the first line.
pub(super) fn end_above(text: &str, start: usize) -> Option<usize> {
    let above = ["\r\n", "\n", "\r"].into_iter().find(|mark| text[..start].ends_with(mark))?;
    Some(start - above.len())
}

/// What the file ends its lines with.
pub(super) fn newline(text: &str) -> &str {
    match break_at(text, line_end(text, 0)) {
        "" => "\n",
        found => found,
    }
}

/// How many bytes stand before it on its line. Before the head of a block's part these are spaces
/// and signs, so that it is the column too.
pub(super) fn column(text: &str, at: usize) -> usize {
    at.saturating_sub(line_start(text, at))
}

/// Whether only spaces stand before it on its line.
pub(super) fn leads_line(text: &str, at: usize) -> bool {
    text[line_start(text, at).min(at)..at].bytes().all(|b| b == b' ')
}

/// How many spaces a line begins with.
pub(super) fn indent(text: &str, start: usize) -> usize {
    text[start..].bytes().take_while(|b| *b == b' ').count()
}

/// Whether there is nothing on the line from here on.
pub(super) fn is_blank(text: &str, from: usize) -> bool {
    text[from..line_end(text, from)].trim_matches([' ', '\t']).is_empty()
}

/// Whether nothing but a comment is on the line from here on.
pub(super) fn is_comment(text: &str, from: usize) -> bool {
    text[from..].trim_start_matches([' ', '\t']).starts_with('#')
}

/// Past spaces and tabs.
pub(super) fn skip_spaces(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\t']).len()
}

/// Past white space, line breaks and comments. Between two values a `#` begins a comment.
pub(super) fn skip(text: &str, mut at: usize) -> usize {
    loop {
        at = text.len() - text[at..].trim_start_matches([' ', '\t', '\n', '\r']).len();
        if !text[at..].starts_with('#') {
            return at;
        }
        at = line_end(text, at);
    }
}

/// Lines at a column, the first one without its indent. Empty lines get none.
pub(super) fn join(lines: &[String], newline: &str, column: usize) -> String {
    let mut out = lines.first().cloned().unwrap_or_default();
    for line in lines.iter().skip(1) {
        out += newline;
        if !line.is_empty() {
            out += &" ".repeat(column);
            out += line;
        }
    }
    out
}

/// The places of all comments, in their order.
pub(super) fn comments(text: &str) -> Vec<std::ops::Range<usize>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let offset = text.len() - body.len();
    let tokens = Scanner::new(StrInput::new(body)).map_while(Result::ok);
    let found = tokens.filter_map(|token| match token.into_parts() {
        (span, TokenType::Comment(_)) => span.byte_range(),
        _ => None,
    });
    let mut found: Vec<_> = found.map(|at| at.start + offset..at.end + offset).collect();
    found.sort_by_key(|at| at.start);
    found
}
