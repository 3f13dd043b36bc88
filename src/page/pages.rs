//! Finished pages as plain data, for the writers.

use crate::compose::{Metadata, Within};
use crate::font::FaceId;
use crate::layout::Role;
use crate::unit::Length;

/// The pages of an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    /// What programs want to know.
    pub metadata: Metadata,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The logical blocks in reading order; every [`GlyphRun`] but artifacts names one.
    pub blocks: Vec<Block>,
    /// Bookmarks in reading order.
    pub outline: Vec<OutlineEntry>,
    /// What was done to get here.
    pub report: Report,
}

/// One side.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Its number, from 1.
    pub number: u32,
    /// Width of the paper.
    pub width: Length,
    /// Height of the paper.
    pub height: Length,
    /// Left edge of the type area.
    pub left: Length,
    /// What stands on it, in reading order; coordinates from the top left corner of the paper.
    pub elements: Vec<Element>,
}

/// A thing on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// Glyphs on one baseline.
    Glyphs(GlyphRun),
    /// A rule (always an artifact).
    Rule(Rule),
    /// A link over a rectangle of text.
    Link(Link),
}

/// Glyphs of one face, size and colour on one baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// Face in the font book.
    pub face: FaceId,
    /// Size of the type.
    pub size: Length,
    /// Name of the colour in the layout.
    pub ink: String,
    /// Width of the stroke that makes it bolder.
    pub stroke: Length,
    /// Baseline, from the top of the paper.
    pub baseline: Length,
    /// What it is.
    pub role: Role,
    /// The logical block it belongs to, an index into [`Pages::blocks`]; `None` makes it an
    /// artifact (page number).
    pub block: Option<usize>,
    /// Line within the block, from 0.
    pub line: usize,
    /// The byte of the block's text that it begins at. White that a line ends in is in no run.
    pub start: usize,
    /// The text that is set.
    pub text: String,
    /// The glyphs, in the order of the text.
    pub glyphs: Vec<Glyph>,
}

/// One glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its index in the face.
    pub id: u16,
    /// Origin, from the left of the paper.
    pub x: Length,
    /// Advance of the font at this size, for the writer.
    pub advance: Length,
    /// Raised above the baseline.
    pub rise: Length,
    /// Bytes of the run's text that it shows.
    pub range: std::ops::Range<usize>,
}

/// A filled rectangle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Left edge.
    pub x: Length,
    /// Upper edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Weight.
    pub height: Length,
    /// Name of the colour in the layout.
    pub ink: String,
    /// What it belongs to.
    pub part: RulePart,
}

/// What a rule belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulePart {
    /// The title block: left out on paper that has it already.
    Head,
    /// The colophon.
    Colophon,
    /// A dash of the page number.
    PageNumber,
    /// The inspection grid.
    Grid,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Left edge.
    pub x: Length,
    /// Upper edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
    /// Where it leads.
    pub target: String,
    /// The logical block its text belongs to.
    pub block: usize,
}

/// Where a block belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// 报头.
    Head,
    /// 报核.
    Body,
    /// 报尾.
    Colophon,
}

/// A paragraph, a line of the head, an entry of the colophon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Part of the issue.
    pub part: Part,
    /// Its own role; runs in it may have others.
    pub role: Role,
    /// Its whole text as composed.
    pub text: String,
    /// The nodes of the tree that it stands in: its section, item, point.
    pub within: Within,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineEntry {
    /// 1 for sections, 2 for items.
    pub level: u8,
    /// What it says.
    pub text: String,
    /// Index of the page.
    pub page: usize,
    /// Upper edge of the text.
    pub y: Length,
}

/// What was done to get the pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Lines of text, the title block not counted.
    pub lines: Vec<LineReport>,
    /// Characters that a fallback face stepped in for: character, face's name, field.
    pub fallbacks: Vec<Fallback>,
    /// What gave way, and what was adjusted to solve the pages.
    pub adjustments: Vec<super::adjusted::Adjusted>,
}

/// A character that another face stepped in for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fallback {
    /// The character.
    pub character: char,
    /// The face that has it.
    pub face: String,
    /// The field it stands in.
    pub field: &'static str,
}

/// Where a line stands, for `--report` and tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineReport {
    /// Page, from 1.
    pub page: u32,
    /// Row of the grid, from 0.
    pub row: u32,
    /// The block it belongs to, an index into [`Pages::blocks`].
    pub block: usize,
    /// Line within the block, from 0, and how many the block has.
    pub line: usize,
    /// Lines of the block.
    pub of: usize,
    /// Upper edge of the em box from the top of the paper.
    pub top: Length,
    /// Whether it is filled to the measure.
    pub justified: bool,
    /// How it was brought there.
    pub adjustment: crate::text::Adjustment,
    /// Greatest distance of a Han character from its cell of the grid.
    pub off_grid: Length,
    /// Greatest widening of one gap, thousandths of an em.
    pub stretch_per_gap: i64,
    /// Greatest squeeze of one mark, thousandths of an em.
    pub squeeze_per_mark: i64,
    /// The bytes of its block's text that it shows. White that it ends in is not among them.
    pub range: std::ops::Range<usize>,
    /// Its text.
    pub text: String,
}
