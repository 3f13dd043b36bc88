//! The title block (报头): ordinary paragraphs, each put at its place by the space above it.

use super::metrics::{self, Sheet, twips};
use super::para::{Para, Piece, StyleKey, left_and_right};
use super::stand::{Border, Format, role_format, style};
use super::titles::pieces_of_title;
use crate::compose::{HeadBlock, Node, Run, runs_of};
use crate::layout::{Align, Layout, Role, Space, Style};
use crate::unit::Length;

/// Plans the title block, and says where it ends, if there is one.
pub(super) fn plan<'a>(
    head: &'a [HeadBlock],
    layout: &Layout,
    sheet: &Sheet,
) -> (Vec<Para<'a>>, Option<Length>) {
    let mut planner =
        Planner { layout, sheet, paragraphs: Vec::new(), below: sheet.top, lower: layout.page.top };
    for block in head {
        planner.block(block);
    }
    let bottom = (!planner.paragraphs.is_empty()).then_some(planner.lower);
    (planner.finish(), bottom)
}

/// Left free on the first page, twips (0.3 mm): a page's lines fill its text area to the twip, and
/// programs round the weights of borders up.
const SPARE: i64 = 16;

struct Planner<'a, 'l> {
    layout: &'l Layout,
    sheet: &'l Sheet,
    paragraphs: Vec<Para<'a>>,
    /// Where the last paragraph's room ends, twips from the top of the paper.
    below: i64,
    /// Lower edge of what is above: an em box or a rule.
    lower: Length,
}

impl<'a> Planner<'a, '_> {
    fn block(&mut self, block: &'a HeadBlock) {
        match block {
            HeadBlock::Marks { left, right } => self.marks(left, right),
            HeadBlock::Line { role, lines, top, gap } => {
                let edge = self.after(*gap);
                self.lines(*role, lines, top.map_or(edge, |top| edge.max(top)));
            }
            HeadBlock::Row { left, right, gap, inset } => {
                let edge = self.after(*gap);
                self.row(left, right, edge, *inset);
            }
            HeadBlock::Rule { weights, between, ink, gap } => {
                let edge = self.after(*gap);
                self.rule(weights, *between, ink, edge);
            }
        }
    }

    /// The upper edge of what stands this far below what is above.
    fn after(&self, gap: Space) -> Length {
        match gap {
            Space::Length(length) => self.lower + length,
            Space::Rows(rows) => self.lower + self.layout.page.pitch() * i64::from(rows),
        }
    }

    /// Marks stand on the rows of the grid, from the first.
    fn marks(&mut self, left: &'a [Node], right: &'a [Node]) {
        let mark = |side: &'a [Node], row: usize| side.get(row..row + 1).unwrap_or_default();
        for row in 0..left.len().max(right.len()) {
            let edge = self.layout.page.row_top(row as u32);
            self.row(mark(left, row), mark(right, row), edge, 0);
        }
    }

    fn row(&mut self, left: &'a [Node], right: &'a [Node], edge: Length, inset: i64) {
        let (on_left, on_right) = (runs_of(left), runs_of(right));
        let Some(role) = on_left.iter().chain(&on_right).map(|run| run.role).next() else { return };
        let Some(style) = style(self.layout, role) else { return };
        let em = metrics::em(self.layout, style);
        let width = |runs: &[&Run]| metrics::text_width(self.layout, style, runs, style.size);
        let (left_width, right_width) = (width(&on_left), width(&on_right));
        // A text that is too long for the room between takes that at the sides first.
        let free = (self.layout.page.measure - left_width - right_width - em) / 2;
        let wanted = em.thousandths(inset);
        let inset = if free >= Length::ZERO { wanted.min(free) } else { wanted };
        let room = self.layout.page.measure - inset * 2;
        let format = Format {
            left: twips(inset),
            right: twips(inset),
            tab: Some(self.sheet.measure - twips(inset)),
            align: Some(Align::Left),
            ..Format::default()
        };
        // A left text that does not fit beside the right one takes several lines, about as long
        // as each other, with the right one on the last.
        let beside = if on_right.is_empty() { room } else { room - right_width - em };
        let beside = beside.max(em * 4);
        let rows = ((left_width.0 + beside.0 - 1) / beside.0).max(1);
        let row = left_and_right(left, right, rows as usize);
        let pitch = Some(self.layout.page.pitch());
        self.push(role, format, row, edge, style.size, rows, pitch);
    }

    fn lines(&mut self, role: Role, lines: &'a [Node], edge: Length) {
        let Some(style) = style(self.layout, role) else { return };
        let lines: Vec<Vec<&Run>> = lines.iter().map(Node::runs).collect();
        let fit = fit(self.layout, style, &lines);
        let set = fit.size.unwrap_or(style.size);
        let pitch = style.pitch.map(|pitch| pitch.scale(set.0, style.size.0.max(1)));
        let fitted = Style { tracking: fit.tracking, ..style.clone() };
        let mut edge = edge;
        for runs in lines.iter().filter(|runs| !runs.is_empty()) {
            let rows = metrics::lines(self.layout, &fitted, runs, set);
            let format =
                Format { before: 0, after: 0, ..role_format(self.layout, self.sheet, role) };
            let words = pieces_of_title(self.layout, &fitted, runs, fit.size);
            self.push(role, format, words, edge, set, rows, pitch);
            if let Some(last) = self.paragraphs.last_mut() {
                last.tight_end = style.align == Align::Center && fit.tracking > 0;
                let changed = fit.tracking != style.tracking;
                last.spacing = changed.then(|| metrics::spacing(self.layout, &fitted));
            }
            edge = self.lower + (pitch.unwrap_or(set.thousandths(1250)) - set);
        }
    }

    /// Adds a paragraph whose first em box has its upper edge here.
    #[expect(clippy::too_many_arguments, reason = "one paragraph's whole geometry")]
    fn push(
        &mut self,
        role: Role,
        format: Format,
        pieces: Vec<Piece<'a>>,
        edge: Length,
        size: Length,
        rows: i64,
        pitch: Option<Length>,
    ) {
        // A text on one line gets the line whose place is surest; one that wraps needs its pitch.
        let line = match (rows, pitch) {
            (1, _) => metrics::tight_line(size),
            (_, Some(pitch)) => pitch,
            (_, None) => size.thousandths(1250),
        };
        let top = twips(edge - metrics::drop_in_line(line, size));
        let before = (top - self.below).max(0);
        let format = Format { before, line: twips(line), ..format };
        self.below += before + format.line * rows;
        self.lower = edge + line * (rows - 1) + size;
        self.paragraphs.push(Para::new(StyleKey::Role(role), format, pieces));
    }

    /// A rule is a paragraph of next to no height with a border: its place is exact.
    fn rule(&mut self, weights: &[Length], between: Length, ink: &str, edge: Length) {
        let mut borders = weights.iter().map(|&weight| Border::new(self.layout, weight, ink));
        let borders = (borders.next(), borders.next());
        let line = if borders.1.is_some() { twips(between).max(1) } else { 20 };
        let before = (twips(edge) - self.below).max(0);
        let room = [&borders.0, &borders.1].into_iter().flatten().map(Border::room).sum::<i64>();
        self.below += before + line + room;
        let whole: Length = weights.iter().copied().sum();
        self.lower = edge + whole + if weights.len() > 1 { between } else { Length::ZERO };
        let format = Format { before, line, borders, ..Format::default() };
        self.paragraphs.push(Para::new(StyleKey::HeadRule, format, Vec::new()));
    }

    /// The text begins on the grid: the first free row, and as many more as the layout says.
    fn finish(mut self) -> Vec<Para<'a>> {
        let page = &self.layout.page;
        let row = (0..page.lines).find(|&row| page.row_top(row) >= self.lower);
        let row = row.unwrap_or(page.lines) + self.layout.head_gap;
        let start = self.sheet.top + self.sheet.pitch * i64::from(row);
        if let Some(last) = self.paragraphs.last_mut() {
            last.format.after = (start - self.below - SPARE).max(0);
        }
        self.paragraphs
    }
}

/// How texts that stand on lines of their own are made to fit.
struct Fit {
    /// The size, where it is not the style's.
    size: Option<Length>,
    /// Space between characters, thousandths of an em.
    tracking: i64,
}

/// Makes long texts fit as our pages do: they give up the space between characters, then size,
/// and what is too long even for the least size wraps in the largest that takes no more lines.
fn fit(layout: &Layout, style: &Style, lines: &[Vec<&Run>]) -> Fit {
    let whole = Fit { size: None, tracking: style.tracking };
    let measure = layout.page.measure;
    let widest = |style: &Style| {
        let widths = lines.iter().map(|runs| metrics::text_width(layout, style, runs, style.size));
        widths.max().unwrap_or(Length::ZERO)
    };
    let wide = widest(style);
    let Some(least) = style.shrink_to.filter(|_| wide > measure) else { return whole };
    let narrow = widest(&Style { tracking: 0, ..style.clone() });
    if narrow <= measure {
        let white = (wide - narrow).0.max(1);
        let tracking = style.tracking * (measure - narrow).0 / white;
        return Fit { size: None, tracking };
    }
    // Word knows half points only.
    let half = Length::PER_PT / 2;
    let halves = |size: Length| Length(size.0 / half * half);
    let one_line = style.size.scale(measure.0, narrow.0);
    let size = if one_line >= least {
        one_line
    } else {
        let fewest = (narrow.scale(least.0, style.size.0.max(1)).0 + measure.0 - 1) / measure.0;
        (one_line * fewest * 7 / 8).min(style.size).max(least)
    };
    Fit { size: Some(halves(size)), tracking: 0 }
}
