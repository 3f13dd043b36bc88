//! The lines of one part of a list or mapping that has a part a line.
//!
//! What belongs to a part: the comment on its last line; the comment lines directly above it that
//! are indented as it is, with no empty line between (but those above the very first part of a file
//! speak of the file); the comment lines below it that are indented deeper. It goes where the part
//! goes.

use super::lines::{
    column, end_above, indent, is_blank, is_comment, leads_line, line_end, line_start, next_line,
};
use super::marks::Mark;
use super::slot::{Owner, Slot};

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
pub(super) fn last_keeps(mark: &Mark<'_>) -> bool {
    mark.items.last().map_or(mark.keeps, |item| last_keeps(&item.mark))
}

/// Whole lines to be taken away, up to the end of a part. At the end of a file that ends without a
/// line break, the one before them goes instead of the one behind.
pub(super) fn gone(text: &str, start: usize, last: &Extent) -> std::ops::Range<usize> {
    let unended = last.next == text.len() && last.stop == text.len();
    let above = end_above(text, start).filter(|_| unended);
    above.unwrap_or(start)..last.next
}
