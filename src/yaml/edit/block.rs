//! Parts added to lists and mappings that have a part a line, and taken away.

use super::change::Part;
use super::extent::{extent, gone, last_keeps};
use super::lines::{
    column, indent, is_blank, join, leads_line, line_end, line_start, newline, next_line,
};
use super::slot::Slot;

/// Takes one of several parts away.
pub(super) fn remove(text: &str, slot: &Slot<'_, '_>, index: usize) -> Vec<Part> {
    let this = extent(text, slot, index);
    if !this.inline(text) {
        // Of a text before it to which its empty lines belong nothing may go; nor may the empty
        // lines behind become part of that.
        let keeps = index > 0 && last_keeps(&slot.mark.items[index - 1].mark);
        let gone_here = this.start..this.next;
        let mut gone = if keeps { gone_here } else { gone(text, this.start, &this) };
        while keeps && gone.end < text.len() && is_blank(text, gone.end) {
            gone.end = next_line(text, gone.end);
        }
        return vec![Part::delete(gone)];
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
