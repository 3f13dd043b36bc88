//! What the paragraphs of the Word document are and how each should stand, before it is decided
//! how much of that a style says. [`super::styles`] takes from here what a style can carry; what
//! is left is direct formatting.

use super::lines::Lines;
use super::metrics::{self, Sheet};
use crate::compose::{Document, Node, Paragraph, Run, runs_of};
use crate::flow::{self, Frame, TooTall};
use crate::layout::{Align, Layout, Role, Style};
use crate::unit::Length;

/// The whole document in Word's terms.
pub(super) struct Plan<'a> {
    /// The page.
    pub sheet: Sheet,
    /// The title block.
    pub head: Vec<Para<'a>>,
    /// The text.
    pub body: Vec<Para<'a>>,
    /// The rows of the colophon; none when there is nothing in it.
    pub colophon: Vec<TableRow<'a>>,
}

impl<'a> Plan<'a> {
    /// Plans a document whose text is these paragraphs.
    pub fn new(document: &'a Document, text: &'a [Paragraph], layout: &Layout) -> Plan<'a> {
        let sheet = Sheet::new(&layout.page);
        let (mut head, head_bottom) = super::head::plan(&document.head, layout, &sheet);
        let mut body = super::body::plan(text, layout, &sheet, !head.is_empty());
        let mut lines = Lines::new(text, layout);
        let (colophon, page) = colophon((document, text), layout, &sheet, head_bottom, &mut lines);
        lines.coax(&mut body, layout, &sheet);
        if !colophon.is_empty() {
            let room = super::colophon::rows_above(&colophon, layout, &sheet);
            // On a second page it must not draw all text off the first (GB/T 9704 §7.3.3).
            let stays = if page > 0 { lines.titles() + 1 } else { 0 };
            let count = |index| lines.count(index);
            super::body::keep_with_colophon(&mut body, stays, count, room);
        }
        // Never space below and above where two meet: programs add them, or take the greater.
        if let (Some(last), Some(first)) = (head.last_mut(), body.first_mut()) {
            last.format.after += std::mem::take(&mut first.format.before);
        }
        Plan { sheet, head, body, colophon }
    }

    /// Every paragraph, in the order of the document.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Para<'a>> {
        let rows = self.colophon.iter().map(|row| &row.paragraph);
        self.head.iter().chain(&self.body).chain(rows)
    }
}

/// The rows of the colophon, closer than the layout has them where our pages would have them so,
/// and the page (from 0) that they stand on there; `lines` become those of the text above it.
fn colophon<'a>(
    (document, text): (&'a Document, &[Paragraph]),
    layout: &Layout,
    sheet: &Sheet,
    head_bottom: Option<Length>,
    lines: &mut Lines<'_>,
) -> (Vec<TableRow<'a>>, u32) {
    let (pitch, least) = (layout.colophon.pitch, layout.colophon.pitch_min);
    let mut layout = layout.clone();
    let found = flow::tighten(pitch, least, |pitch| -> Result<_, TooTall> {
        layout.colophon.pitch = pitch;
        let rows = super::colophon::plan(&document.colophon, &layout, sheet);
        let height = super::colophon::height_on_our_pages(&rows, &layout);
        let frame = Frame::new(&layout, head_bottom, height);
        let solution = lines.settle(text, &layout, &frame)?;
        Ok((solution.cost, (rows, solution)))
    });
    match found {
        Ok((rows, solution)) => {
            lines.take(&solution);
            (rows, solution.colophon)
        }
        // What is too tall for a page has no lines to agree with.
        Err(TooTall(_)) => {
            layout.colophon.pitch = pitch;
            (super::colophon::plan(&document.colophon, &layout, sheet), 0)
        }
    }
}

/// Names a paragraph style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StyleKey {
    /// That of a role.
    Role(Role),
    /// A rule of the title block.
    HeadRule,
    /// The page number on even pages.
    EvenPageNumber,
    /// The strip under the last rule of the colophon.
    ColophonEnd,
    /// The paragraph after the colophon, which holds it on its page.
    Anchor,
}

/// A paragraph.
pub(super) struct Para<'a> {
    /// Its style.
    pub style: StyleKey,
    /// How it should stand.
    pub format: Format,
    /// What it says.
    pub pieces: Vec<Piece<'a>>,
    /// Bookmarks that begin before its text: number and name.
    pub bookmarks: Vec<(usize, String)>,
    /// Bookmarks that end after its text.
    pub ends: Vec<usize>,
    /// Whether the last character must not be followed by the spacing between characters: Word
    /// adds it, so that a spaced line would not stand in the middle.
    pub tight_end: bool,
    /// Space between characters, twips, where it is not its style's.
    pub spacing: Option<i64>,
}

impl<'a> Para<'a> {
    /// A paragraph without bookmarks.
    pub fn new(style: StyleKey, format: Format, pieces: Vec<Piece<'a>>) -> Para<'a> {
        Para {
            style,
            format,
            pieces,
            bookmarks: Vec::new(),
            ends: Vec::new(),
            tight_end: false,
            spacing: None,
        }
    }

    /// Its role, if it has one.
    pub fn role(&self) -> Option<Role> {
        match self.style {
            StyleKey::Role(role) => Some(role),
            StyleKey::EvenPageNumber => Some(Role::PageNumber),
            _ => None,
        }
    }
}

/// A piece of a paragraph's text.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// A run, or as much of its text as this; with a size of its own where it had to be shrunk to
    /// fit its line.
    Run {
        run: &'a Run,
        text: &'a str,
        size: Option<Length>,
        /// Space between characters, twips, where it is not the paragraph's.
        spacing: Option<i64>,
    },
    /// A new line.
    Break,
    /// To the right edge.
    Tab,
}

/// Runs as pieces.
pub(super) fn pieces<'a>(
    runs: impl IntoIterator<Item = &'a Run>,
    size: Option<Length>,
) -> Vec<Piece<'a>> {
    let full = runs.into_iter().filter(|run| !run.text.is_empty());
    full.map(|run| Piece::Run { run, text: &run.text, size, spacing: None }).collect()
}

/// Text at the left and at the right of one line, the left one on so many lines.
pub(super) fn left_and_right<'a>(
    left: &'a [Node],
    right: &'a [Node],
    lines: usize,
) -> Vec<Piece<'a>> {
    let mut row = broken(pieces(runs_of(left), None), lines);
    let right = pieces(runs_of(right), None);
    if !right.is_empty() {
        row.push(Piece::Tab);
        row.extend(right);
    }
    row
}

/// Breaks a text into lines of at most so many characters, as even as they can be.
pub(super) fn broken<'a>(pieces: Vec<Piece<'a>>, lines: usize) -> Vec<Piece<'a>> {
    let length = |piece: &Piece<'_>| match piece {
        Piece::Run { text, .. } => text.chars().count(),
        _ => 0,
    };
    let whole: usize = pieces.iter().map(length).sum();
    let line = whole.div_ceil(lines.max(1)).max(1);
    let mut broken = Vec::new();
    let mut at = 0;
    for piece in pieces {
        let Piece::Run { run, mut text, size, spacing } = piece else {
            broken.push(piece);
            continue;
        };
        while let Some((cut, _)) = text.char_indices().nth(line - at) {
            let (head, rest) = text.split_at(cut);
            if !head.is_empty() {
                broken.push(Piece::Run { run, text: head, size, spacing });
            }
            broken.push(Piece::Break);
            (text, at) = (rest, 0);
        }
        at += text.chars().count();
        broken.push(Piece::Run { run, text, size, spacing });
    }
    broken
}

/// How a paragraph stands. Lengths are twips.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Format {
    /// Space above.
    pub before: i64,
    /// Space below.
    pub after: i64,
    /// Line to line, exactly.
    pub line: i64,
    /// Indent on the left.
    pub left: i64,
    /// Indent on the right.
    pub right: i64,
    /// Indent of the first line; negative when the others hang under it.
    pub first: i64,
    /// The same in hundredths of a character, where it is one.
    pub first_chars: i64,
    /// Position of lines.
    pub align: Option<Align>,
    /// Where text at the right ends.
    pub tab: Option<i64>,
    /// Must stand on a page with the next paragraph.
    pub keep_next: bool,
    /// Must not be parted.
    pub keep_lines: bool,
    /// Begins a page.
    pub new_page: bool,
    /// Lines above and below.
    pub borders: (Option<Border>, Option<Border>),
    /// Level in the navigation pane, from 0.
    pub outline: Option<u8>,
}

/// A line at an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Border {
    /// Weight in eighths of a point.
    pub weight: i64,
    /// Colour, RRGGBB.
    pub color: String,
}

impl Border {
    /// A border of this weight in an ink of the layout.
    pub fn new(layout: &Layout, weight: Length, ink: &str) -> Border {
        Border { weight: metrics::eighth_points(weight), color: color(layout, ink) }
    }

    /// Its weight in twips, up to the next: the room it takes.
    pub fn room(&self) -> i64 {
        (self.weight * 20 + 7) / 8
    }
}

/// A row of the colophon.
pub(super) struct TableRow<'a> {
    /// Rule above.
    pub top: Option<Border>,
    /// Rule below.
    pub bottom: Option<Border>,
    /// White above and below the lines.
    pub padding: (i64, i64),
    /// Its text.
    pub paragraph: Para<'a>,
    /// How many lines that takes.
    pub lines: i64,
}

/// A colour as Word writes it. An ink that the layout does not have is black.
pub(super) fn color(layout: &Layout, ink: &str) -> String {
    let [r, g, b] = layout.inks.get(ink).map_or([0; 3], |ink| ink.rgb);
    format!("{r:02X}{g:02X}{b:02X}")
}

/// The looks of a role; those of the text for a role that the layout forgot.
pub(super) fn style(layout: &Layout, role: Role) -> Option<&Style> {
    layout.styles.get(&role).or_else(|| layout.styles.get(&Role::Body))
}

/// How paragraphs of a role stand in the text.
pub(super) fn role_format(layout: &Layout, sheet: &Sheet, role: Role) -> Format {
    let Some(style) = style(layout, role) else { return Format::default() };
    let em = metrics::em(layout, style);
    let rows = |n: u32| sheet.pitch * i64::from(n);
    let indent = |n: i64| metrics::twips(em.thousandths(n));
    let mut format = Format {
        before: rows(style.rows_before),
        after: rows(style.rows_after),
        line: style.pitch.map_or(sheet.pitch, metrics::twips),
        left: indent(style.left),
        right: indent(style.right),
        first: indent(style.indent),
        first_chars: style.indent / 10,
        align: Some(style.align),
        keep_next: style.keep_next > 0,
        keep_lines: style.keep_next > 0,
        outline: role.rank().map(|rank| rank - 1),
        ..Format::default()
    };
    let (above, below) = white_in_rows(layout, sheet, style, 1);
    format.before = (format.before + above).max(0);
    format.after = (format.after + below).max(0);
    format.keep_lines |= style.pitch.is_some();
    format
}

/// Lines of a pitch of their own stand in the middle of as many rows of the grid as hold them, so
/// that what follows is on the grid again: the white above the first line and below the last,
/// twips, less than nothing where they reach into the rows beside.
pub(super) fn white_in_rows(
    layout: &Layout,
    sheet: &Sheet,
    style: &Style,
    lines: i64,
) -> (i64, i64) {
    let Some(pitch) = style.pitch else { return (0, 0) };
    let page = &layout.page;
    let row = page.pitch().0.max(1);
    let height = pitch * (lines - 1) + style.size;
    let rows = ((height.0 + row - 1) / row).max(1);
    let room = page.pitch() * (rows - 1) + page.size;
    let drop = |line, size| metrics::drop_in_line(line, size);
    let above = (room - height) / 2 + drop(page.pitch(), page.size) - drop(pitch, style.size);
    let above = metrics::twips(above);
    (above, sheet.pitch * rows - above - metrics::twips(pitch) * lines)
}
