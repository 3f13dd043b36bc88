//! Runs: the smallest parts of a document.

use crate::diagnostic::Span;
use crate::layout::Role;

/// Text of one role within a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it is.
    pub role: Role,
    /// What it says, never empty. An ideographic space (U+3000) stands where the page has a gap
    /// that means something: as a run of its own after a run-in text whose style has a gap, and
    /// in a spread title (简　讯).
    pub text: String,
    /// Where an editor wrote it; `None` for generated words. Runs of one text that is partly
    /// emphasised all have the span of the whole text.
    pub span: Option<Span>,
    /// The field in the editor's words, for findings: 标题, 来源.
    pub field: &'static str,
    /// Set bolder: `**…**`.
    pub emphasis: bool,
    /// Whether the editor would rather have a line begin here than elsewhere (`|` in a title) when
    /// the text takes several lines.
    pub new_line: bool,
    /// Where it leads: `mailto:`, `tel:`, or the address of a website.
    pub link: Option<String>,
}
