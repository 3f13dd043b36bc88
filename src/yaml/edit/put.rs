//! A value in the place of another, outside brackets.

use super::change::Part;
use super::extent::{extent, gone};
use super::lines::{column, indent, is_blank, join, line_end, line_start, newline, next_line};
use super::marks::Style;
use super::render::indented;
use super::scalar::{STEP, Written};
use super::slot::{Owner, Slot};

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
