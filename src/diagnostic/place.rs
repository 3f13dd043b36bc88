//! Where findings stand: lines and columns.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{FileId, Sources, Span};

/// The files of findings, their lines counted once however many findings there are.
pub(super) struct Texts<'s> {
    sources: &'s Sources,
    /// Where the lines of a file begin, but the first.
    lines: RefCell<BTreeMap<FileId, Vec<usize>>>,
}

/// Where a span stands: its line, and the part of it on that line.
pub(super) struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub line_start: usize,
    pub line_end: usize,
    pub start: usize,
    /// On the same line.
    pub end: usize,
    /// Line and column (from 1, one past the last character) of the span's end.
    pub last: (usize, usize),
}

impl<'s> Texts<'s> {
    pub(super) fn new(sources: &'s Sources) -> Texts<'s> {
        Texts { sources, lines: RefCell::default() }
    }

    pub(super) fn sources(&self) -> &'s Sources {
        self.sources
    }

    pub(super) fn place(&self, span: Span) -> Place {
        let text = &self.sources.get(span.file).text;
        let mut lines = self.lines.borrow_mut();
        let lines = lines
            .entry(span.file)
            .or_insert_with(|| text.match_indices('\n').map(|(newline, _)| newline + 1).collect());
        let start = floor(text, span.start as usize);
        let finish = floor(text, span.end as usize).max(start);
        // A byte order mark is no character of the first line.
        let skip = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        // How many lines begin up to a place, and where the last of these begins.
        let before = |at: usize| lines.partition_point(|begin| *begin <= at);
        let begin = |at: usize| match before(at) {
            0 => skip.min(at),
            number => lines[number - 1],
        };
        let line_start = begin(start);
        let next = lines.get(before(start)).map_or(text.len(), |next| next - 1);
        let line_end = line_start + text[line_start..next].trim_end_matches('\r').len();
        Place {
            line: before(start) + 1,
            column: text[line_start..start.max(line_start)].chars().count() + 1,
            line_start,
            line_end,
            start: start.clamp(line_start, line_end),
            end: finish.clamp(start.clamp(line_start, line_end), line_end),
            last: (before(finish) + 1, text[begin(finish)..finish].chars().count() + 1),
        }
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
