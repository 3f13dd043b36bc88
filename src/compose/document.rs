//! The structure of an issue with all its words, ready to be set or written.

use chrono::NaiveDate;

use super::paragraphs::{Paragraph, paragraphs};
use super::run::Run;
use super::tree::Node;
use crate::layout::Role;
use crate::unit::Length;

/// The structure of an issue, and every printed word but the page numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What programs want to know.
    pub metadata: Metadata,
    /// The title block.
    pub head: Vec<HeadBlock>,
    /// The text: contents, note, title, sections with their items, attachments.
    pub body: Vec<Node>,
    /// The foot of the last page, rules that do not apply already taken out.
    pub colophon: Vec<ColophonBlock>,
}

impl Document {
    /// The words as printed, page numbers apart: a line per block, the left and the right side of
    /// a row on lines of their own, left first.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for block in &self.head {
            match block {
                HeadBlock::Marks { left, right } => {
                    lines.extend(left.iter().chain(right).map(Node::text));
                }
                HeadBlock::Line { lines: texts, .. } => lines.extend(texts.iter().map(Node::text)),
                HeadBlock::Row { left, right, .. } => lines.extend(sides(left, right)),
                HeadBlock::Rule { .. } => {}
            }
        }
        lines.extend(self.paragraphs().iter().map(Paragraph::text));
        for block in &self.colophon {
            match block {
                ColophonBlock::Entry { label, names } => {
                    lines.push(text_of(label) + &text_of(names));
                }
                ColophonBlock::Row { left, right } => lines.extend(sides(left, right)),
                ColophonBlock::Rule { .. } => {}
            }
        }
        lines.join("\n")
    }

    /// The text as paragraphs, in reading order.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        paragraphs(&self.body)
    }

    /// Every node of the tree, in reading order: what is made of others before these.
    pub fn nodes(&self) -> Vec<&Node> {
        let head = self.head.iter().flat_map(|block| match block {
            HeadBlock::Marks { left, right } | HeadBlock::Row { left, right, .. } => {
                left.iter().chain(right).collect()
            }
            HeadBlock::Line { lines, .. } => lines.iter().collect(),
            HeadBlock::Rule { .. } => Vec::new(),
        });
        let colophon = self.colophon.iter().flat_map(|block| match block {
            ColophonBlock::Entry { label: left, names: right }
            | ColophonBlock::Row { left, right } => left.iter().chain(right).collect(),
            ColophonBlock::Rule { .. } => Vec::new(),
        });
        head.chain(&self.body).chain(colophon).flat_map(Node::walk).collect()
    }

    /// Every run, in reading order.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        // Nodes of nodes have their runs below them.
        let leaves = self.nodes().into_iter().filter(|node| node.role().is_some());
        leaves.flat_map(Node::runs)
    }
}

/// The sides of a row that have text.
fn sides(left: &[Node], right: &[Node]) -> impl Iterator<Item = String> {
    [text_of(left), text_of(right)].into_iter().filter(|text| !text.is_empty())
}

/// The text of nodes, one after the other.
pub fn text_of(nodes: &[Node]) -> String {
    nodes.iter().map(Node::text).collect()
}

/// What programs want to know of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// 门头沟区创建全国文明城市工作快报第155期.
    pub title: String,
    /// Name of the bulletin without the number: 门头沟区创建全国文明城市工作快报.
    pub bulletin: String,
    /// 第155期, 增刊第2期, 专刊第1期.
    pub subject: String,
    /// The issuing office or offices.
    pub authors: Vec<String>,
    /// Number, sections, units, indicator codes; each once, in the order of the issue.
    pub keywords: Vec<String>,
    /// Date of the issue.
    pub date: NaiveDate,
    /// File stem: title with the characters that file systems refuse replaced, and short enough
    /// for them.
    pub stem: String,
}

/// A block of the title block.
#[derive(Clone, Debug, PartialEq)]
pub enum HeadBlock {
    /// Marks in the top corners: a row each from the first row of the type area.
    Marks {
        /// Flush left.
        left: Vec<Node>,
        /// Flush right.
        right: Vec<Node>,
    },
    /// A text on lines of its own (several when the issue gives several: joint owners).
    Line {
        /// What it is.
        role: Role,
        /// The lines, top to bottom.
        lines: Vec<Node>,
        /// Upper edge from the top of the paper: not higher than this.
        top: Option<Length>,
        /// Distance from what is above.
        gap: crate::layout::Space,
    },
    /// One row, left and right. Slots of one side are parted by an ideographic space.
    Row {
        /// From the left edge.
        left: Vec<Node>,
        /// To the right edge.
        right: Vec<Node>,
        /// Distance from what is above.
        gap: crate::layout::Space,
        /// Space at both sides, thousandths of an em of the row's first style.
        inset: i64,
    },
    /// A rule, or a double one.
    Rule {
        /// Weights from the top.
        weights: Vec<Length>,
        /// White between the two of a double rule.
        between: Length,
        /// Name of the colour.
        ink: String,
        /// Distance from what is above.
        gap: crate::layout::Space,
    },
}

/// A block of the colophon.
#[derive(Clone, Debug, PartialEq)]
pub enum ColophonBlock {
    /// A rule.
    Rule {
        /// Its weight.
        weight: Length,
        /// Name of the colour.
        ink: String,
    },
    /// A label and names that hang after it.
    Entry {
        /// 报：.
        label: Vec<Node>,
        /// Who, with the stop after the last when the layout has one.
        names: Vec<Node>,
    },
    /// A row, left and right. Slots of one side are parted by an ideographic space.
    Row {
        /// From the left edge.
        left: Vec<Node>,
        /// To the right edge.
        right: Vec<Node>,
    },
}
