//! The text of a tree as paragraphs: what runs in before them, what runs on after them.
//!
//! The tree says what words are and the layout how they stand; here, and only here, one paragraph
//! is made of a headline, the points that it heads and the units they come from.

use super::tree::{Content, Kind, Node, Stand, Step, Within, Words};
use super::{Run, generated};
use crate::layout::Role;

/// A paragraph of the text, as it is set: words of the tree that stand together.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Its own role, which gives alignment, indent and spacing; runs may have others.
    pub role: Role,
    /// Its text.
    pub runs: Vec<Run>,
    /// Bookmarks that point here, outermost first.
    pub outline: Vec<Bookmark>,
    /// The nodes of the tree that it stands in.
    pub within: Within,
    /// Whether a page begins with it (附件 begins a new side, GB/T 9704 §7.3.7).
    pub new_page: bool,
}

impl Paragraph {
    /// Its words.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// 1 for sections, for the title of a single article and for attachments; 2 for items. An
    /// item that none of these stands above has 1, so that no level is skipped.
    pub level: u8,
    /// What it says.
    pub text: String,
}

/// The paragraphs of a text, in reading order.
pub(super) fn paragraphs(text: &[Node]) -> Vec<Paragraph> {
    let mut flow = Flow::default();
    flow.nodes(text);
    flow.flush();
    flow.paragraphs
}

/// The paragraphs so far.
#[derive(Default)]
struct Flow {
    paragraphs: Vec<Paragraph>,
    /// Runs that wait for the paragraph they run in with.
    prefix: Vec<Run>,
    /// The gap after the words before, set only when text follows.
    gap: Vec<Run>,
    /// Whether the last paragraph is text that more may run on to.
    open: bool,
    /// Whether the words before wait for their paragraph.
    waiting: bool,
    /// Whether the last paragraph ends with words that run on after it.
    ended: bool,
    /// The nodes that are open.
    within: Vec<Step>,
    /// Of those, the bookmarks that point to the next paragraph.
    outline: Vec<Bookmark>,
    /// Whether the next paragraph begins a page.
    new_page: bool,
}

impl Flow {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match &node.content {
                Content::Words(words) => {
                    self.mark(node);
                    self.words(words);
                }
                Content::Nodes(nodes) => self.group(node, nodes),
            }
        }
    }

    fn group(&mut self, node: &Node, nodes: &[Node]) {
        // Nothing runs from one of these into another.
        let closed = matches!(
            node.kind,
            Kind::Contents | Kind::Note | Kind::Section | Kind::Item | Kind::Attachment
        );
        if closed {
            self.flush();
        }
        let marks = self.outline.len();
        self.mark(node);
        // GB/T 9704 §7.3.7: an attachment begins a new side.
        self.new_page |= node.kind == Kind::Attachment;
        self.within.push(Step { id: node.id.clone(), kind: node.kind });
        self.nodes(nodes);
        if closed {
            self.flush();
        }
        self.within.pop();
        // What has no paragraphs cannot be pointed to.
        self.outline.truncate(marks);
        self.new_page &= node.kind != Kind::Attachment;
    }

    fn mark(&mut self, node: &Node) {
        if let (Some(level), Some(text)) = (node.level, &node.name)
            && !text.is_empty()
        {
            self.outline.push(Bookmark { level, text: text.clone() });
        }
    }

    fn words(&mut self, words: &Words) {
        let runs = words.runs.clone();
        let Some(field) = runs.last().map(|run| run.field) else { return };
        let gap = if words.gap { generated(words.role, "\u{3000}", field) } else { Vec::new() };
        match words.stand {
            Stand::Alone(role) => {
                self.flush();
                self.push(role, runs);
            }
            Stand::Begin(role) => {
                self.take_gap();
                let mut all = std::mem::take(&mut self.prefix);
                all.extend(runs);
                self.push(role, all);
                self.gap = gap;
                self.open = true;
            }
            Stand::Closely => {
                if self.gap.is_empty() {
                    self.gap = gap;
                }
                // The gap is no longer part of the headline: as one, it would be a heading without
                // words.
                self.gap.iter_mut().for_each(|run| run.role = words.role);
                self.prefix.extend(runs);
                self.waiting = true;
            }
            Stand::With if !self.waiting => {
                let gap = std::mem::replace(&mut self.gap, gap);
                self.extend(gap.into_iter().chain(runs));
            }
            Stand::After if self.open && self.prefix.is_empty() => {
                self.gap.clear();
                self.ended = true;
                self.extend(runs.into_iter());
            }
            Stand::Before | Stand::After | Stand::With => {
                self.take_gap();
                self.prefix.extend(runs);
                self.gap = gap;
                self.waiting = true;
            }
        }
    }

    /// Adds to the last paragraph, which stands in what both its parts stand in; but what only runs
    /// on after a point leaves it a point.
    fn extend(&mut self, runs: impl Iterator<Item = Run>) {
        if let Some(last) = self.paragraphs.last_mut() {
            last.runs.extend(runs);
            if self.ended {
                return;
            }
            let steps = &mut last.within.0;
            let same = steps.iter().zip(&self.within).take_while(|(one, other)| one == other);
            let same = same.count();
            steps.truncate(same);
        }
    }

    fn take_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if !self.prefix.is_empty() {
            self.prefix.extend(gap);
        }
    }

    /// What still waits for text becomes a paragraph.
    fn flush(&mut self) {
        self.gap.clear();
        let runs = std::mem::take(&mut self.prefix);
        if let Some(first) = runs.first() {
            self.push(first.role, runs);
        }
        self.open = false;
    }

    fn push(&mut self, role: Role, runs: Vec<Run>) {
        self.open = false;
        self.waiting = false;
        self.ended = false;
        self.gap.clear();
        self.paragraphs.push(Paragraph {
            role,
            runs,
            outline: std::mem::take(&mut self.outline),
            within: Within(self.within.clone()),
            new_page: std::mem::take(&mut self.new_page),
        });
    }
}
