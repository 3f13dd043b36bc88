//! Paragraphs in the making: what runs in before them, what runs on after them.

use super::{Bookmark, Paragraph, Run};
use crate::layout::Role;

/// The paragraphs of one item (or attachment) so far.
pub(super) struct Flow {
    paragraphs: Vec<Paragraph>,
    /// Runs that wait for the paragraph they run in with.
    prefix: Vec<Run>,
    /// The gap after them, set only when text follows.
    gap: Vec<Run>,
    /// Whether the last paragraph is text that more may run on to.
    open: bool,
    item: Option<usize>,
}

impl Flow {
    pub(super) fn new(item: Option<usize>) -> Flow {
        Flow { paragraphs: Vec::new(), prefix: Vec::new(), gap: Vec::new(), open: false, item }
    }

    /// Puts runs before the paragraph to come; `gap` is set between them and what follows.
    pub(super) fn run_in(&mut self, runs: Vec<Run>, gap: Vec<Run>) {
        self.take_gap();
        self.prefix.extend(runs);
        self.gap = gap;
    }

    /// As [`Flow::run_in`], directly after what was run in before, whose gap moves behind.
    pub(super) fn run_in_closely(&mut self, runs: Vec<Run>, gap: Vec<Run>) {
        if self.gap.is_empty() {
            self.gap = gap;
        }
        // The gap is no longer part of the headline: as one, it would be a heading without words.
        if let Some(role) = runs.last().map(|run| run.role) {
            self.gap.iter_mut().for_each(|run| run.role = role);
        }
        self.prefix.extend(runs);
    }

    /// A paragraph of text, after what runs in with it.
    pub(super) fn paragraph(&mut self, role: Role, runs: Vec<Run>) {
        if runs.is_empty() {
            return;
        }
        self.take_gap();
        let mut all = std::mem::take(&mut self.prefix);
        all.extend(runs);
        self.push(role, all);
        self.open = true;
    }

    /// A paragraph that nothing runs in or on with: a heading.
    pub(super) fn block(&mut self, role: Role, runs: Vec<Run>) {
        if !runs.is_empty() {
            self.flush();
            self.push(role, runs);
        }
    }

    /// Runs on after the text so far.
    pub(super) fn append(&mut self, runs: Vec<Run>) {
        match self.paragraphs.last_mut() {
            Some(paragraph) if self.open && self.prefix.is_empty() => paragraph.runs.extend(runs),
            _ => self.run_in(runs, Vec::new()),
        }
    }

    /// The paragraphs; what still waits for text becomes one.
    pub(super) fn finish(mut self) -> Vec<Paragraph> {
        self.flush();
        self.paragraphs
    }

    fn take_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if !self.prefix.is_empty() {
            self.prefix.extend(gap);
        }
    }

    fn flush(&mut self) {
        self.gap.clear();
        let runs = std::mem::take(&mut self.prefix);
        if let Some(first) = runs.first() {
            self.push(first.role, runs);
        }
    }

    fn push(&mut self, role: Role, runs: Vec<Run>) {
        self.open = false;
        self.paragraphs.push(paragraph(role, runs, self.item));
    }
}

/// A paragraph without bookmarks.
pub(super) fn paragraph(role: Role, runs: Vec<Run>, item: Option<usize>) -> Paragraph {
    Paragraph { role, runs, outline: Vec::new(), item, new_page: false }
}

/// Lets a bookmark point to the first of some paragraphs.
pub(super) fn bookmark(paragraphs: &mut [Paragraph], level: u8, text: String) {
    if let Some(first) = paragraphs.first_mut()
        && !text.is_empty()
    {
        first.outline.push(Bookmark { level, text });
    }
}
