//! The text between title block and colophon: paragraphs on the rows of the grid.

use crate::compose::Paragraph;
use crate::flow::{self, FlowBlock, Piece, Placement};
use crate::layout::{Align, Style};
use crate::text::{Class, Fit, Line, Shape};
use crate::unit::Length;

use super::builder::Builder;
use super::place::{ASCENT, Spot, align_offset, place_line};
use super::setting::Typeset;
use super::{LineReport, OutlineEntry, Part};

/// How many atoms are kept of an issue; some four bytes of text and four hundred of memory each.
/// Those of paragraphs beyond, of issues of hundreds of pages, are found again when they are needed.
const KEPT: usize = 200_000;

/// A paragraph with its ways to be set.
pub(crate) struct SetParagraph {
    /// `None` for one that is set again when it is needed.
    typeset: Option<Typeset>,
    style: Style,
    /// Em of the paragraph's own role, which its indents count in.
    em: Length,
    /// The best first.
    fits: Vec<Fit>,
    /// Whether those with a line fewer or more are among them.
    varied: bool,
}

/// Sets every paragraph in its best way.
pub(crate) fn set(builder: &mut Builder<'_>, paragraphs: &[Paragraph]) -> Vec<SetParagraph> {
    let mut kept = 0;
    let set = paragraphs.iter().map(|paragraph| {
        let mut set = set_paragraph(builder, paragraph);
        kept += set.typeset.as_ref().map_or(0, |typeset| typeset.shaped.len());
        if kept > KEPT {
            set.typeset = None;
        }
        set
    });
    set.collect()
}

fn set_paragraph(builder: &mut Builder<'_>, paragraph: &Paragraph) -> SetParagraph {
    let style = builder.layout.style(paragraph.role).clone();
    let typeset = builder.setter.typeset(&paragraph.runs, 1000);
    let em = builder.setter.em(style.size);
    let shape = shape(builder, &style, em);
    let fits = match style.align {
        Align::Justify => builder.setter.fits(&typeset, &shape, 0),
        _ => {
            vec![Fit { lines: builder.setter.balanced(&typeset, &shape), cost: 0, overfull: false }]
        }
    };
    SetParagraph { typeset: Some(typeset), style, em, fits, varied: false }
}

fn shape(builder: &Builder<'_>, style: &Style, em: Length) -> Shape {
    Shape {
        measure: builder.layout.page.measure - em.thousandths(style.left + style.right),
        first_indent: em.thousandths(style.indent),
        rest_indent: Length::ZERO,
        justify: style.align == Align::Justify,
    }
}

impl SetParagraph {
    /// Adds the ways with a line fewer and a line more.
    pub fn vary(&mut self, builder: &Builder<'_>, paragraph: &Paragraph) {
        if self.style.align == Align::Justify && !self.varied {
            let shape = shape(builder, &self.style, self.em);
            let kept = self.typeset.is_some();
            let typeset = self.take(builder, paragraph);
            self.fits = builder.setter.fits(&typeset, &shape, 1);
            self.typeset = kept.then_some(typeset);
            self.varied = true;
        }
    }

    /// The paragraph typeset: what was kept of it, else once more.
    fn take(&mut self, builder: &Builder<'_>, paragraph: &Paragraph) -> Typeset {
        self.typeset.take().unwrap_or_else(|| builder.setter.again(&paragraph.runs))
    }

    /// What page breaking needs to know; `above` is the paragraph before. White is between
    /// different things: paragraphs of one role (the entries of the contents) have none.
    pub fn flow(
        &self,
        builder: &Builder<'_>,
        paragraph: &Paragraph,
        above: Option<&Paragraph>,
    ) -> FlowBlock {
        let attach = above.is_some_and(|above| above.role == paragraph.role);
        let page = &builder.layout.page;
        flow::block(page, (paragraph.role, &self.style), &self.fits, attach, paragraph.new_page)
    }

    /// Whether the way taken has fewer or more lines than the best.
    pub fn variation(&self, at: &Placement) -> std::cmp::Ordering {
        let best = self.fits[0].lines.len();
        self.fits[at.way].lines.len().cmp(&best)
    }

    /// Puts it where page breaking wants it.
    pub fn place(mut self, builder: &mut Builder<'_>, paragraph: Paragraph, at: &Placement) {
        let typeset = self.take(builder, &paragraph);
        let block = builder.add_block(Part::Body, paragraph.role, &typeset.text, paragraph.within);
        let fit = &self.fits[at.way];
        let first = at.pieces[0];
        let top = builder.layout.page.row_top(first.row);
        for bookmark in paragraph.outline {
            builder.outline.push(OutlineEntry {
                level: bookmark.level,
                text: bookmark.text,
                page: first.page as usize,
                y: top,
            });
        }
        let mut line = 0;
        for piece in &at.pieces {
            let tops = self.tops(builder, piece);
            for (row, top) in tops {
                let Some(set) = fit.lines.get(line) else { continue };
                let of = fit.lines.len();
                let at = Where { page: piece.page, row, top, block, line, of };
                self.place_line(builder, &typeset, at, set);
                line += 1;
            }
        }
    }

    /// Row and upper edge of each line of a piece. Lines of a pitch of their own stand in the
    /// middle of their rows, and are said to be in the first.
    fn tops(&self, builder: &Builder<'_>, piece: &Piece) -> Vec<(u32, Length)> {
        let page = &builder.layout.page;
        let Some(pitch) = self.style.pitch else {
            let rows = piece.row..piece.row + piece.rows;
            return rows.map(|row| (row, page.row_top(row))).collect();
        };
        let height = pitch * (i64::from(piece.lines) - 1) + self.style.size;
        let first = page.row_top(piece.row);
        let room = page.row_top(piece.row + piece.rows - 1) + page.size - first;
        // In the middle, but not out of the type area.
        let lowest = page.bottom() - height;
        let top = (first + (room - height) / 2).min(lowest).max(page.top);
        (0..i64::from(piece.lines)).map(|line| (piece.row, top + pitch * line)).collect()
    }

    fn place_line(&self, builder: &mut Builder<'_>, typeset: &Typeset, at: Where, set: &Line) {
        let page = at.page as usize;
        let style = &self.style;
        let left = self.em.thousandths(style.left);
        let measure = builder.layout.page.measure - left - self.em.thousandths(style.right);
        let offset = left + align_offset(style.align, typeset, set, measure);
        let spot = Spot {
            x: builder.left(page) + offset,
            baseline: at.top + style.size.thousandths(ASCENT),
            block: Some(at.block),
            line: at.line,
            start: 0,
        };
        let elements = place_line(typeset, set, spot);
        builder.page(page).elements.extend(elements);
        let report = self.report(builder, typeset, at, set, offset);
        builder.report.lines.push(report);
    }

    fn report(
        &self,
        builder: &Builder<'_>,
        typeset: &Typeset,
        at: Where,
        set: &Line,
        offset: Length,
    ) -> LineReport {
        let atoms = &typeset.analysis.atoms;
        let range = match (set.atoms.clone().next(), set.atoms.clone().last()) {
            (Some(first), Some(last)) => atoms[first].range.start..atoms[last].range.end,
            _ => 0..0,
        };
        let text = typeset.text[range.clone()].to_owned();
        let cell = builder.layout.page.cell();
        let off_grid = set
            .atoms
            .clone()
            .zip(&set.x)
            .filter(|(atom, _)| atoms[*atom].class == Class::Han)
            .map(|(_, x)| distance_from_cell(*x + offset, cell))
            .max()
            .unwrap_or(Length::ZERO);
        LineReport {
            page: at.page + 1,
            row: at.row,
            block: at.block,
            line: at.line,
            of: at.of,
            top: at.top,
            justified: self.style.align == Align::Justify && at.line + 1 < at.of,
            adjustment: set.adjustment,
            off_grid,
            stretch_per_gap: set.stretch_per_gap,
            squeeze_per_mark: set.squeeze_per_mark,
            range,
            text,
        }
    }
}

/// The place of a line.
#[derive(Clone, Copy)]
struct Where {
    page: u32,
    row: u32,
    top: Length,
    block: usize,
    line: usize,
    of: usize,
}

/// From the left edge of a character to the nearest edge of a cell.
fn distance_from_cell(x: Length, cell: Length) -> Length {
    let over = Length(x.0.rem_euclid(cell.0.max(1)));
    over.min(cell - over)
}
