//! Edits of lists and mappings that have a part a line, and of values outside brackets.
//!
//! What belongs to a part: the comment on its last line; the comment lines directly above it that
//! are indented as it is, with no empty line between (but those above the very first part of a file
//! speak of the file); the comment lines below it that are indented deeper. It goes where the part
//! goes.

use super::change::Part;
use super::lines::{
    column, end_above, indent, is_blank, is_comment, join, leads_line, line_end, line_start,
    newline, next_line,
};
use super::marks::{Mark, Style};
use super::render::indented;
use super::scalar::{STEP, Written};

/// The lines of one part with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// The start of its first line, comments included; its head when other things stand before it
    /// on that line.
    pub start: usize,
    /// Its dash or key.
    pub head: usize,
    /// The end of its last line, before the break.
    pub stop: usize,
    /// The start of the line after it.
    pub next: usize,
}

impl Extent {
    /// Whether other things stand before it on its line: `- a: 1`.
    pub fn inline(&self, text: &str) -> bool {
        !leads_line(text, self.head)
    }
}

/// What a value hangs at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'m, 'n> {
    pub mark: &'m Mark<'n>,
    /// Behind the colon or dash.
    pub after: usize,
    /// The column of the key or dash.
    pub column: usize,
    pub owner: Owner,
    /// Whether there is a colon or dash.
    pub signed: bool,
}

/// What a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    File,
    Key,
    Dash,
}

/// The extent of one part of a block.
pub(super) fn extent(text: &str, slot: &Slot<'_, '_>, index: usize) -> Extent {
    let items = &slot.mark.items;
    let head = items[index].head;
    let (stop, next) = tail(text, slot.mark, index);
    if !leads_line(text, head) {
        return Extent { start: head, head, stop, next };
    }
    let mut start = line_start(text, head);
    let file = slot.owner == Owner::File && index == 0;
    let floor = match index.checked_sub(1) {
        Some(before) => tail(text, slot.mark, before).1,
        None => next_line(text, slot.after),
    };
    while let Some(above) = end_above(text, start).filter(|_| !file) {
        let line = line_start(text, above);
        let ours =
            line >= floor && indent(text, line) == column(text, head) && is_comment(text, line);
        if !ours {
            break;
        }
        start = line;
    }
    Extent { start, head, stop, next }
}

/// The end of a part's last line and the start of the line after it.
fn tail(text: &str, mark: &Mark<'_>, index: usize) -> (usize, usize) {
    let item = &mark.items[index];
    let column = column(text, item.head);
    let mut stop = line_end(text, item.mark.at.end);
    let mut next = next_line(text, stop);
    while last_keeps(&item.mark) && next < text.len() && is_blank(text, next) {
        (stop, next) = (line_end(text, next), next_line(text, next));
    }
    let mut line = next;
    while line < text.len() {
        if is_comment(text, line) && indent(text, line) > column {
            (stop, next) = (line_end(text, line), next_line(text, line));
        } else if !is_blank(text, line) {
            break;
        }
        line = next_line(text, line);
    }
    (stop, next)
}

/// Whether a value ends in a block text to which the empty lines behind it belong.
fn last_keeps(mark: &Mark<'_>) -> bool {
    mark.items.last().map_or(mark.keeps, |item| last_keeps(&item.mark))
}

/// What comes in the place of a value.
#[derive(Clone, Debug)]
pub(super) enum New {
    /// A text, `~`, `[]` or `{}`.
    Leaf(Written),
    /// The lines of a list or mapping, and by how much it is indented under a key.
    Parts(Vec<String>, usize),
}

/// Writes a value in the place of another. Comments on the line of the key or dash stay there.
pub(super) fn put(text: &str, slot: &Slot<'_, '_>, new: New) -> Vec<Part> {
    let mark = slot.mark;
    match mark.style {
        Style::Absent => fill(text, slot, new),
        Style::Block => put_for_block(text, slot, new),
        Style::Literal | Style::Folded => put_for_text(text, slot, new),
        _ => {
            let (start, end) = (mark.at.start, mark.at.end);
            let below = |lines: &[String], column| {
                Part::insert(line_end(text, end), below(text, lines, column))
            };
            match new {
                New::Leaf(Written::Inline(words)) => vec![Part::replace(start..end, words)],
                New::Leaf(Written::Below(sign, lines)) => {
                    vec![Part::replace(start..end, sign), below(&lines, slot.column + STEP)]
                }
                New::Parts(lines, step) if slot.owner == Owner::Key && same_line(text, slot) => {
                    vec![Part::delete(slot.after..end), below(&lines, slot.column + step)]
                }
                New::Parts(lines, _) => {
                    let (first, rest) = lines.split_first().map_or(("", &[][..]), |(f, r)| (f, r));
                    vec![Part::replace(start..end, first), below(rest, column(text, start))]
                }
            }
        }
    }
}

/// Whether a value begins on the line of its key or dash.
fn same_line(text: &str, slot: &Slot<'_, '_>) -> bool {
    line_start(text, slot.after) == line_start(text, slot.mark.at.start)
}

/// Lines below another one.
fn below(text: &str, lines: &[String], column: usize) -> String {
    // The first stands for the line that is there.
    let mut all = vec![String::new()];
    all.extend_from_slice(lines);
    join(&all, newline(text), column)
}

/// Writes a value where none is.
fn fill(text: &str, slot: &Slot<'_, '_>, new: New) -> Vec<Part> {
    if slot.owner == Owner::File {
        let end = text.len();
        let fresh = line_start(text, end) == end;
        let lines = match new {
            New::Leaf(Written::Inline(words)) => vec![words],
            New::Leaf(Written::Below(sign, lines)) => {
                std::iter::once(sign).chain(indented(lines, STEP)).collect()
            }
            New::Parts(lines, _) => lines,
        };
        let words = join(&lines, newline(text), 0);
        let line = newline(text);
        let words = if fresh { words + line } else { format!("{line}{words}") };
        return vec![Part::insert(end, words)];
    }
    let end = line_end(text, slot.after);
    if !slot.signed {
        // `? key` alone: the colon stands on a line of its own.
        let lines = match new {
            New::Leaf(Written::Inline(words)) => vec![words],
            New::Leaf(Written::Below(sign, lines)) => std::iter::once(sign).chain(lines).collect(),
            New::Parts(lines, _) => lines,
        };
        let mut lines = indented(lines, STEP);
        if let Some(first) = lines.first_mut() {
            first.replace_range(..STEP, ": ");
        }
        return vec![Part::insert(end, below(text, &lines, slot.column))];
    }
    let (words, lines, column) = match new {
        New::Leaf(Written::Inline(words)) => (words, Vec::new(), 0),
        New::Leaf(Written::Below(sign, lines)) => (sign, lines, slot.column + STEP),
        New::Parts(lines, step) if slot.owner == Owner::Key => {
            return vec![Part::insert(end, below(text, &lines, slot.column + step))];
        }
        New::Parts(mut lines, _) => {
            let first = if lines.is_empty() { String::new() } else { lines.remove(0) };
            (first, lines, slot.column + STEP)
        }
    };
    vec![
        Part::insert(slot.after, format!(" {words}")),
        Part::insert(end, below(text, &lines, column)),
    ]
}

fn put_for_text(text: &str, slot: &Slot<'_, '_>, new: New) -> Vec<Part> {
    let mark = slot.mark;
    let (start, end) = (mark.at.start, mark.at.end);
    let line = line_end(text, mark.header);
    let mut content = line..end.max(line);
    let first = next_line(text, mark.header);
    let at = (first < content.end).then(|| indent(text, first)).filter(|at| *at > slot.column);
    while mark.keeps && content.end < text.len() && is_blank(text, next_line(text, content.end)) {
        let next = next_line(text, content.end);
        if next == text.len() {
            break;
        }
        content.end = line_end(text, next);
    }
    match new {
        New::Leaf(Written::Inline(words)) => {
            vec![Part::replace(start..mark.header, words), Part::delete(content)]
        }
        New::Leaf(Written::Below(sign, lines)) => {
            // A text that tells how far it is indented must keep to that.
            let told = sign.contains(|c: char| c.is_ascii_digit());
            let column = at.filter(|_| !told).unwrap_or(slot.column + STEP);
            vec![
                Part::replace(start..mark.header, sign),
                Part::replace(content, below(text, &lines, column)),
            ]
        }
        New::Parts(lines, step) if slot.owner == Owner::Key && same_line(text, slot) => vec![
            Part::delete(slot.after..mark.header),
            Part::replace(content, below(text, &lines, slot.column + step)),
        ],
        New::Parts(lines, _) => {
            let (first, rest) = lines.split_first().map_or(("", &[][..]), |(f, r)| (f, r));
            vec![
                Part::replace(start..mark.header, first),
                Part::replace(content, below(text, rest, column(text, start))),
            ]
        }
    }
}

fn put_for_block(text: &str, slot: &Slot<'_, '_>, new: New) -> Vec<Part> {
    let last = slot.mark.items.len() - 1;
    let (first, last) = (extent(text, slot, 0), extent(text, slot, last));
    let at = column(text, first.head);
    let line = newline(text);
    if first.inline(text) || slot.owner == Owner::File {
        let lines = match new {
            New::Leaf(Written::Inline(words)) => vec![words],
            New::Leaf(Written::Below(sign, lines)) => {
                let by = slot.column + STEP - at.min(slot.column + STEP);
                std::iter::once(sign).chain(indented(lines, by)).collect()
            }
            New::Parts(lines, _) => lines,
        };
        return vec![Part::replace(first.start..last.stop, join(&lines, line, at))];
    }
    let whole = |lines: &[String], column: usize| {
        let indent = " ".repeat(column);
        Part::replace(first.start..last.stop, indent + &join(lines, line, column))
    };
    match new {
        New::Leaf(Written::Inline(words)) => vec![
            Part::insert(slot.after, format!(" {words}")),
            Part::delete(gone(text, first.start, &last)),
        ],
        New::Leaf(Written::Below(sign, lines)) => {
            vec![Part::insert(slot.after, format!(" {sign}")), whole(&lines, slot.column + STEP)]
        }
        // Dashes may stand under the key itself, keys may not.
        New::Parts(lines, step) => {
            let dash = lines.first().is_some_and(|line| line == "-" || line.starts_with("- "));
            let fits = at > slot.column || dash;
            vec![whole(&lines, if fits { at } else { slot.column + step })]
        }
    }
}

/// Whole lines to be taken away, up to the end of a part. At the end of a file that ends without a
/// line break, the one before them goes instead of the one behind.
fn gone(text: &str, start: usize, last: &Extent) -> std::ops::Range<usize> {
    let unended = last.next == text.len() && last.stop == text.len();
    let above = end_above(text, start).filter(|_| unended);
    above.unwrap_or(start)..last.next
}

/// Takes one of several parts away.
pub(super) fn remove(text: &str, slot: &Slot<'_, '_>, index: usize) -> Vec<Part> {
    let this = extent(text, slot, index);
    if !this.inline(text) {
        return vec![Part::delete(gone(text, this.start, &this))];
    }
    // The first of several on the line of their dash: the second moves up, unless comments or
    // empty lines stand between.
    let second = slot.mark.items[index + 1].head;
    if line_start(text, second) == this.next && leads_line(text, second) {
        return vec![Part::delete(this.head..second)];
    }
    let dash = text[..this.head].trim_end_matches(' ').len();
    vec![Part::delete(dash..this.stop)]
}

/// Puts lines before or after one of the parts.
pub(super) fn insert(
    text: &str,
    slot: &Slot<'_, '_>,
    index: usize,
    after: bool,
    lines: &[String],
) -> Vec<Part> {
    let this = extent(text, slot, index);
    let at = column(text, this.head);
    let (line, indent) = (newline(text), " ".repeat(at));
    let words = join(lines, line, at);
    vec![if after && this.next == this.stop {
        Part::insert(this.stop, format!("{line}{indent}{words}"))
    } else if after {
        Part::insert(this.next, format!("{indent}{words}{line}"))
    } else if this.inline(text) {
        Part::insert(this.head, format!("{words}{line}{indent}"))
    } else {
        Part::insert(this.start, format!("{indent}{words}{line}"))
    }]
}

/// The lines of a part with what belongs to it, without their indent.
pub(super) fn lines(text: &str, slot: &Slot<'_, '_>, index: usize) -> Vec<String> {
    let this = extent(text, slot, index);
    let at = column(text, this.head);
    let mut lines = Vec::new();
    let mut start = this.start;
    loop {
        let end = line_end(text, start);
        let spaces = if start == this.head { 0 } else { indent(text, start).min(at) };
        lines.push(text[start + spaces..end].to_owned());
        if end >= this.stop {
            return lines;
        }
        start = next_line(text, end);
    }
}
