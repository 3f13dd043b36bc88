//! Edits between brackets.

use super::change::Part;
use super::lines::{
    column, end_above, indent, is_blank, is_comment, leads_line, line_end, line_start, newline,
    next_line, skip_spaces,
};
use super::marks::{Mark, Style};

/// Writes a value in the place of another; `after` is behind its colon.
pub(super) fn put(mark: &Mark<'_>, after: usize, signed: bool, words: &str) -> Vec<Part> {
    let sign = if signed { " " } else { ": " };
    match mark.style {
        Style::Absent => vec![Part::insert(after, format!("{sign}{words}"))],
        _ => vec![Part::replace(mark.at.clone(), words)],
    }
}

/// The first sign of a part, or of the comment lines directly above it that are indented as it is.
fn start(text: &str, mark: &Mark<'_>, index: usize) -> usize {
    let head = mark.items[index].head;
    if !leads_line(text, head) {
        return head;
    }
    let before = index.checked_sub(1).map(|before| &mark.items[before]);
    let floor = before.map_or(mark.at.start, |item| item.comma.unwrap_or(item.mark.at.end));
    let mut start = head;
    while let Some(above) = end_above(text, line_start(text, start)) {
        let line = line_start(text, above);
        let ours =
            line > floor && is_comment(text, line) && indent(text, line) == column(text, head);
        if !ours {
            break;
        }
        start = line + column(text, head);
    }
    start
}

/// The end of a part with its comma and the comment behind that.
fn stop(text: &str, mark: &Mark<'_>, index: usize) -> usize {
    let item = &mark.items[index];
    let end = item.comma.map_or(item.mark.at.end, |comma| comma + 1);
    if is_comment(text, end) { line_end(text, end) } else { end }
}

/// The stretch of a part with all that belongs to it.
pub(super) fn extent(text: &str, mark: &Mark<'_>, index: usize) -> std::ops::Range<usize> {
    start(text, mark, index)..stop(text, mark, index)
}

/// Puts a part before or after another, or into empty brackets.
pub(super) fn insert(
    text: &str,
    mark: &Mark<'_>,
    index: usize,
    after: bool,
    words: &str,
) -> Vec<Part> {
    if mark.style == Style::Pair {
        let (front, back) = match after {
            true => ("{".to_owned(), format!(", {words}}}")),
            false => (format!("{{{words}, "), "}".to_owned()),
        };
        return vec![Part::insert(mark.at.start, front), Part::insert(mark.at.end, back)];
    }
    if mark.items.is_empty() {
        return vec![Part::insert(mark.at.start + 1, format!("{words} "))];
    }
    // After one is before the next: so a comment behind a comma stays with its own part.
    if after && index + 1 < mark.items.len() {
        return insert(text, mark, index + 1, false, words);
    }
    let item = &mark.items[index];
    let break_of = |head| format!("{}{}", newline(text), " ".repeat(column(text, head)));
    if !after {
        let gap = if leads_line(text, item.head) { break_of(item.head) } else { " ".to_owned() };
        return vec![Part::insert(start(text, mark, index), format!("{words},{gap}"))];
    }
    let end = item.comma.map_or(item.mark.at.end, |comma| comma + 1);
    let stop = stop(text, mark, index);
    let own = leads_line(text, item.head) && is_blank(text, stop);
    let mut parts = Vec::new();
    if item.comma.is_none() {
        parts.push(Part::insert(end, ","));
    }
    let (at, gap) = if own { (stop, break_of(item.head)) } else { (end, " ".to_owned()) };
    let comma = if item.comma.is_some() { "," } else { "" };
    parts.push(Part::insert(at, format!("{gap}{words}{comma}")));
    parts
}

/// Takes one of several parts away.
pub(super) fn remove(text: &str, mark: &Mark<'_>, index: usize) -> Vec<Part> {
    let range = extent(text, mark, index);
    let item = &mark.items[index];
    let own = leads_line(text, item.head);
    let line = line_start(text, range.start);
    let end = skip_spaces(text, range.end);
    let ends_line = is_blank(text, range.end);
    let mut parts = Vec::new();
    // The last one without a comma takes that of the one before.
    let comma = index.checked_sub(1).and_then(|before| mark.items[before].comma);
    if let (None, Some(comma)) = (item.comma, comma) {
        parts.push(Part::delete(comma..comma + 1));
        let spaces = text[comma + 1..range.start].trim_matches([' ', '\t', '\n', '\r']).is_empty();
        let start = match (own && ends_line, spaces) {
            (true, _) => line,
            (false, true) => comma + 1,
            (false, false) => range.start,
        };
        let end = if own && ends_line { next_line(text, end) } else { range.end };
        parts.push(Part::delete(start..end));
        return parts;
    }
    let last = item.comma.is_some() && index + 1 == mark.items.len();
    parts.push(Part::delete(if own && ends_line {
        line..next_line(text, end)
    } else if ends_line {
        let next = next_line(text, end);
        let joins = !is_blank(text, next) && !is_comment(text, next) && !last;
        range.start..if joins { next + indent(text, next) } else { range.end }
    } else if last {
        text[..range.start].trim_end_matches(' ').len()..range.end
    } else {
        range.start..end
    }));
    parts
}
