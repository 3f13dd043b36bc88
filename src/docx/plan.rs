//! The whole document as paragraphs of Word, before it is decided how much of how they stand a
//! style says. [`super::styles`] takes from here what a style can carry; what is left is direct
//! formatting.

use super::lines::Lines;
use super::metrics::Sheet;
use super::para::{Para, TableRow};
use crate::compose::{Document, Paragraph};
use crate::flow::{self, Frame, TooTall};
use crate::layout::Layout;
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
