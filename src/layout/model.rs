//! A layout as data. Lengths are [`Length`], shares of an em are thousandths.

use std::collections::BTreeMap;

use super::{Field, Role};
use crate::unit::Length;

/// Everything about how a bulletin looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// `kuaibao`; the file's stem when it is an own layout.
    pub name: String,
    /// 工作快报.
    pub title: String,
    /// Paper, type area and grid.
    pub page: PageGeometry,
    /// Colours by name.
    pub inks: BTreeMap<String, Ink>,
    /// The looks of every role (all of [`Role::ALL`]).
    pub styles: BTreeMap<Role, Style>,
    /// The title block (报头), top to bottom.
    pub head: Vec<HeadElement>,
    /// Grid rows left empty between the title block and the first line of text.
    pub head_gap: u32,
    /// What stands between head and colophon, in order.
    pub order: Vec<BodyElement>,
    /// How an item is put together.
    pub item: ItemLayout,
    /// Generated numbers.
    pub numbers: Numbers,
    /// Generated words.
    pub labels: Labels,
    /// The block at the foot of the last page (版记, 报尾).
    pub colophon: Colophon,
    /// 页码.
    pub page_number: PageNumber,
    /// Settings of the text engine.
    pub typography: Typography,
}

impl Layout {
    /// The looks of a role.
    pub fn style(&self, role: Role) -> &Style {
        &self.styles[&role]
    }

    /// The colour with this name. The reader has made sure that it is there.
    pub fn ink(&self, name: &str) -> &Ink {
        &self.inks[name]
    }
}

/// Paper, type area (版心) and grid (GB/T 9704 §5.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageGeometry {
    /// Width of the paper.
    pub width: Length,
    /// Height of the paper.
    pub height: Length,
    /// Top of the paper to the top of the type area (天头).
    pub top: Length,
    /// Binding edge to the type area (订口): the left edge of an odd page.
    pub inner: Length,
    /// Width of the type area: the measure.
    pub measure: Length,
    /// Height of the type area: top of the first line's characters to bottom of the last line's.
    pub depth: Length,
    /// Lines on a full page.
    pub lines: u32,
    /// Han characters on a full line.
    pub characters: u32,
    /// Size of the characters that the grid is made for.
    pub size: Length,
    /// Whether even pages have the binding edge on their right.
    pub mirror: bool,
}

impl PageGeometry {
    /// Width of a cell of the grid: the em of text in the grid's size.
    pub fn cell(&self) -> Length {
        self.measure / i64::from(self.characters)
    }

    /// Distance from line to line.
    pub fn pitch(&self) -> Length {
        (self.depth - self.size) / i64::from(self.lines - 1)
    }

    /// Left edge of the type area on a page (1 is the first).
    pub fn left(&self, page: u32) -> Length {
        if self.mirror && page.is_multiple_of(2) {
            self.width - self.inner - self.measure
        } else {
            self.inner
        }
    }

    /// Top edge of the characters of a row of the grid (0 is the first).
    pub fn row_top(&self, row: u32) -> Length {
        // Scaled from the whole depth, so that the last row ends at the foot exactly.
        self.top + (self.depth - self.size).scale(i64::from(row), i64::from(self.lines - 1))
    }

    /// Bottom of the type area.
    pub fn bottom(&self) -> Length {
        self.top + self.depth
    }
}

/// A colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ink {
    /// For screens and office printers.
    pub rgb: [u8; 3],
    /// For the press, per cent of cyan, magenta, yellow, black (GB/T 9704 §6.2).
    pub cmyk: [u8; 4],
    /// Name of the spot colour on the press.
    pub spot: String,
}

/// A kind of type, for which the font book has faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Typeface {
    /// 小标宋.
    Xiaobiaosong,
    /// 仿宋.
    Fangsong,
    /// 楷体.
    Kaiti,
    /// 黑体.
    Heiti,
    /// 宋体.
    Songti,
}

impl Typeface {
    /// All of them, as offices list them.
    pub const ALL: [Typeface; 5] = [
        Typeface::Xiaobiaosong,
        Typeface::Fangsong,
        Typeface::Kaiti,
        Typeface::Heiti,
        Typeface::Songti,
    ];

    /// What offices call it.
    pub fn chinese(self) -> &'static str {
        match self {
            Typeface::Xiaobiaosong => "小标宋",
            Typeface::Fangsong => "仿宋",
            Typeface::Kaiti => "楷体",
            Typeface::Heiti => "黑体",
            Typeface::Songti => "宋体",
        }
    }
}

/// How a line stands in the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Flush on both sides, last line left.
    Justify,
    /// Flush left.
    Left,
    /// Centred.
    Center,
    /// Flush right.
    Right,
}

/// The looks of a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Kind of type; Latin letters and digits take the Latin face that goes with it.
    pub typeface: Typeface,
    /// Size of the type.
    pub size: Length,
    /// Width of the stroke that makes the type bolder, thousandths of an em; 0 for none.
    pub bold: i64,
    /// Name of the colour.
    pub ink: String,
    /// Position of lines, for roles that make paragraphs.
    pub align: Align,
    /// Indent of the first line, thousandths of an em.
    pub indent: i64,
    /// Indent of the whole paragraph on the left, thousandths of an em.
    pub left: i64,
    /// Indent of the whole paragraph on the right, thousandths of an em.
    pub right: i64,
    /// Extra space between characters, thousandths of an em.
    pub tracking: i64,
    /// Distance from line to line; `None` is the grid's.
    pub pitch: Option<Length>,
    /// Grid rows left empty above.
    pub rows_before: u32,
    /// Grid rows left empty below.
    pub rows_after: u32,
    /// Whether it follows what is above without empty rows, whatever that wants below (a subtitle).
    pub attach: bool,
    /// Lines of the next paragraph that must stand on the same page.
    pub keep_next: u32,
    /// Printed before and after the text: 【 and 】.
    pub before: String,
    /// See `before`.
    pub after: String,
    /// Space after a run-in text, thousandths of an em, set as one ideographic space.
    pub gap: i64,
    /// Whether two-character titles are spread by one em (简　讯).
    pub spread_two: bool,
    /// Smallest size when a line must be shrunk to fit the measure; `None`: it wraps.
    pub shrink_to: Option<Length>,
}

/// A text made of words and fields: 第{number}期.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its parts in order.
    pub parts: Vec<TemplatePart>,
}

/// A part of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplatePart {
    /// Words as they are.
    Words(String),
    /// The value of a field.
    Field(Field),
}

/// A text of a role: the first of the templates whose fields the issue has; nothing when none is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What it is.
    pub role: Role,
    /// What it says.
    pub text: Vec<Template>,
}

/// Vertical distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// A length, from the lower edge of what is above to the upper edge of this.
    Length(Length),
    /// Grid rows left empty (空N行).
    Rows(u32),
}

/// An element of the title block.
#[derive(Clone, Debug, PartialEq)]
pub enum HeadElement {
    /// Marks in the top corners of the type area, a row each from the first, closing up.
    Marks {
        /// Flush left.
        left: Vec<Slot>,
        /// Flush right.
        right: Vec<Slot>,
    },
    /// Centred (or as its style says) text, on lines of its own.
    Line {
        /// What it says.
        slot: Slot,
        /// Upper edge from the top of the paper: not higher than this.
        top: Option<Length>,
        /// Distance from what is above.
        gap: Space,
    },
    /// One row with text at the left and at the right.
    Row {
        /// From the left edge.
        left: Vec<Slot>,
        /// To the right edge.
        right: Vec<Slot>,
        /// Distance from what is above.
        gap: Space,
        /// Space at both sides, thousandths of an em of the row's first style (空一字).
        inset: i64,
    },
    /// A rule as wide as the measure.
    Rule {
        /// Its weight; two of them, from the top, make a double rule.
        weights: Vec<Length>,
        /// White between the two of a double rule.
        between: Length,
        /// Name of the colour.
        ink: String,
        /// Distance from what is above.
        gap: Space,
    },
}

/// What can stand in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyElement {
    /// 本期要目.
    Contents,
    /// 编者按.
    EditorNote,
    /// 标题.
    Title,
    /// 副题.
    Subtitle,
    /// 主送.
    Recipients,
    /// 栏目.
    Sections,
    /// 附件.
    Attachments,
}

/// How the parts of an item follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemLayout {
    /// The parts in order; a part that is not named has no place.
    pub order: Vec<ItemPart>,
    /// Whether a headline runs in with the text (else it has lines of its own).
    pub headline_run_in: bool,
    /// Whether 一是 二是 run on in one paragraph (else a paragraph each).
    pub points_run_in: bool,
    /// Whether the notices of a round-up run on in one paragraph (else a paragraph each).
    pub roundup_run_in: bool,
    /// Whether references, source and author run in after the text (else a line of their own).
    pub tail_run_in: bool,
}

/// A part of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemPart {
    /// 分类.
    Category,
    /// 标题.
    Headline,
    /// 副题.
    Subheadline,
    /// 导语.
    Lead,
    /// The text.
    Body,
    /// 测评指标.
    References,
    /// 供稿单位.
    Source,
    /// 作者.
    Author,
}

/// Generated numbers: templates over `{han}` and `{arabic}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// 一是.
    pub point: Template,
    /// 一、（一）1.（1）.
    pub headings: [Template; 4],
    /// 2019年3月14日, a template over `{year}`, `{month}`, `{day}` as words.
    pub date: String,
    /// 1, 2, 3 before an entry of the contents; may be empty.
    pub contents: Option<Template>,
    /// 附件1 (`{arabic}`), when there are several; `attachment_single` when there is one.
    pub attachment: Template,
    /// 附件.
    pub attachment_single: Template,
}

/// Generated words and joiners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Heading of the contents: 本期要目.
    pub contents: String,
    /// 编者按, unless the editor wrote another.
    pub editor_note: String,
    /// After the label of a note: ：.
    pub editor_note_after: String,
    /// After 本刊综合: ：.
    pub roundup_after: String,
    /// After a unit's name: ：.
    pub unit_after: String,
    /// After the recipients: ：.
    pub recipients_after: String,
    /// Between the items of a list: 、.
    pub joiner: String,
    /// Between an indicator's code and its title: nothing, or a space.
    pub reference_gap: String,
}

/// The block at the foot of the last page (GB/T 9704 §7.4).
#[derive(Clone, Debug, PartialEq)]
pub struct Colophon {
    /// Distance from line to line within it.
    pub pitch: Length,
    /// As close as its lines may stand where that saves a page; no less than `pitch` for never.
    pub pitch_min: Length,
    /// White between a rule and the text nearest to it (em box).
    pub padding: Length,
    /// Least white between the text of the page and the first rule.
    pub clearance: Length,
    /// Least white between the left and the right text of a row, thousandths of an em; with less
    /// they take a row each.
    pub between: i64,
    /// Top to bottom. Elements without content fall away, and rules that then meet become one.
    pub elements: Vec<ColophonElement>,
    /// Whether it must stand on an even page (GB/T 33476.2 §7.3.1).
    pub even_page: bool,
}

/// An element of the colophon.
#[derive(Clone, Debug, PartialEq)]
pub enum ColophonElement {
    /// A rule as wide as the measure.
    Rule {
        /// Its weight: 0.35 mm at the ends, 0.25 mm between.
        weight: Length,
        /// Name of the colour.
        ink: String,
    },
    /// A label with names, wrapped lines hanging under the first character after the label.
    Entry {
        /// 报：.
        label: Slot,
        /// Who.
        names: Slot,
        /// Printed after the last name: 。 or nothing.
        end: String,
    },
    /// Text at the left and at the right of one row; wraps when too long.
    Row {
        /// From the left edge.
        left: Vec<Slot>,
        /// To the right edge.
        right: Vec<Slot>,
    },
    /// Texts two a row, left and right: those that the issue has close up. The last of an odd
    /// number stands at the left, as does one too long to have another beside it.
    Pairs(Vec<Slot>),
}

/// 页码 (GB/T 9704 §7.5).
#[derive(Clone, Debug, PartialEq)]
pub struct PageNumber {
    /// Whether pages are numbered.
    pub shown: bool,
    /// Form over `{page}`; each `—` is drawn as a dash one em long.
    pub form: Template,
    /// Middle of the dashes, from the top of the paper.
    pub center: Length,
    /// Space to the edge of the type area, thousandths of an em (空一字).
    pub inset: i64,
    /// Space between dash and digits, thousandths of an em.
    pub dash_gap: i64,
    /// Weight of the dash, thousandths of an em.
    pub dash_weight: i64,
    /// Where odd pages have it.
    pub odd: Align,
    /// Where even pages have it.
    pub even: Align,
    /// Whether the first page has one.
    pub first: bool,
}

/// Settings of the text engine (CLREQ, GB/T 15834 §5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typography {
    /// Gap between Han and Latin letters or digits, thousandths of an em.
    pub autospace: i64,
    /// Least total width of two adjacent marks, thousandths of an em: 1500 or 1000.
    pub pair_min: i64,
    /// Whether a mark at the line end is set half width (GB/T 15834 §5.1.10).
    pub line_end_half: bool,
    /// Whether an opening mark at the line start is set half width.
    pub line_start_half: bool,
    /// Whether an opening mark after the first-line indent is set half width.
    pub indent_half: bool,
    /// Whether 。？！ inside a line may be squeezed.
    pub squeeze_stops: bool,
    /// Whether —— may begin a line.
    pub dash_at_start: bool,
    /// Greatest widening of a gap between characters, thousandths of an em.
    pub stretch_max: i64,
    /// How the last page may be solved: whether paragraphs may be set a line longer or shorter.
    pub vary_paragraphs: bool,
}
