//! How a paragraph of the Word document stands.

use super::metrics::{self, Sheet};
use crate::layout::{Align, Layout, Role, Style};
use crate::unit::Length;

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
