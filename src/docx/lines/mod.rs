//! As many lines as in our pages.
//!
//! Our pages fit whole paragraphs: they squeeze marks so that no character is left alone on a last
//! line, and set a paragraph a line longer or shorter where the last page wants it. Word
//! processors fill line by line. So each paragraph's lines are chosen here as they are there, by
//! the same engine but with the widths that the characters of every Chinese font have (`nominal`);
//! a word processor's lines are estimated (`office`); and where their number differs, the end of
//! the paragraph is set a little tighter or wider, as an editor does by hand in Word (字符间距,
//! 紧缩). Full lines are spread to the measure all the same: what changes is where they break.

mod nominal;
mod office;

use super::metrics::{self, Sheet, twips};
use super::para::{Para, Piece};
use super::stand::style;
use crate::compose::{Paragraph, Run};
use crate::flow::{self, Frame, Solution, TooTall};
use crate::layout::{Align, Layout, Role, Style};
use crate::text::Fit;
use crate::unit::Length;
use nominal::{Nominal, Setter};
use office::{LIBREOFFICE, Room, WORD};

/// Characters may stand so much closer than their style says, as a share of their size: 1.2 pt in
/// 三号.
const TIGHTEST: i64 = 13;
/// Or so much wider: 0.6 pt in 三号.
const WIDEST: i64 = 26;
/// Paragraphs of more lines are left as they are: nobody counts them, and trying takes time.
const LONGEST: usize = 100;
/// Spare room that an estimate should leave, twips: fonts differ. Rather less than nothing done.
const SPARE: [i64; 2] = [24, 4];

/// The lines of the text.
pub(super) struct Lines<'a> {
    paragraphs: Vec<Set<'a>>,
}

struct Set<'a> {
    role: Role,
    nominal: Nominal,
    style: &'a Style,
    /// The ways our pages may set it, the best first.
    fits: Vec<Fit>,
    /// The way they do.
    way: usize,
    /// Indent of the first line and of the others.
    indents: (Length, Length),
    /// Whether the ways a line shorter and longer are known.
    varied: bool,
}

impl<'a> Lines<'a> {
    /// The lines of a text, each paragraph at its best.
    pub fn new(text: &[Paragraph], layout: &'a Layout) -> Lines<'a> {
        let setter = Setter::new(layout);
        let mut paragraphs = Vec::with_capacity(text.len());
        for paragraph in text {
            let Some(style) = style(layout, paragraph.role) else { break };
            let nominal = setter.measure(&paragraph.runs);
            let fits = setter.fits(&nominal, style, 0);
            let first = metrics::em(layout, style).thousandths(style.indent);
            let indents = (first, Length::ZERO);
            paragraphs.push(Set {
                role: paragraph.role,
                nominal,
                style,
                fits,
                way: 0,
                indents,
                varied: false,
            });
        }
        Lines { paragraphs }
    }

    /// Finds the page breaks as our pages do.
    pub fn settle(
        &mut self,
        body: &[Paragraph],
        layout: &Layout,
        frame: &Frame,
    ) -> Result<Solution, TooTall> {
        let natural = self.blocks(layout, body);
        flow::settle(&natural, frame, || {
            layout.typography.vary_paragraphs.then(|| {
                let setter = Setter::new(layout);
                let text = |set: &&mut Set<'_>| is_text(set.style) && !set.varied;
                for set in self.paragraphs.iter_mut().filter(text) {
                    set.fits = setter.fits(&set.nominal, set.style, 1);
                    set.varied = true;
                }
                self.blocks(layout, body)
            })
        })
    }

    /// Takes the lines of a solution.
    pub fn take(&mut self, solution: &Solution) {
        for (set, at) in self.paragraphs.iter_mut().zip(&solution.placements) {
            set.way = at.way.min(set.fits.len().saturating_sub(1));
        }
    }

    fn blocks(&self, layout: &Layout, body: &[Paragraph]) -> Vec<flow::FlowBlock> {
        let above = std::iter::once(None).chain(body.iter().map(Some));
        let all = self.paragraphs.iter().zip(body).zip(above);
        all.map(|((set, paragraph), above)| {
            let attach = above.is_some_and(|above| above.role == paragraph.role);
            flow::block(
                &layout.page,
                (paragraph.role, set.style),
                &set.fits,
                attach,
                paragraph.new_page,
            )
        })
        .collect()
    }

    /// How many paragraphs stand before the first text: titles.
    pub fn titles(&self) -> usize {
        self.paragraphs.iter().take_while(|set| set.role.is_title()).count()
    }

    /// How many lines a paragraph has.
    pub fn count(&self, index: usize) -> i64 {
        self.paragraphs.get(index).map_or(1, Set::count)
    }

    /// Has word processors set the paragraphs in as many lines.
    pub fn coax(&self, planned: &mut [Para<'_>], layout: &Layout, sheet: &Sheet) {
        for (set, para) in self.paragraphs.iter().zip(planned) {
            if is_text(set.style) {
                set.coax(para, layout, sheet);
            }
        }
    }
}

/// The lines of an entry of the colophon, which our pages set by the same rules. A line more would
/// lift every rule above it.
pub(super) struct EntryLines<'a>(Set<'a>);

impl<'a> EntryLines<'a> {
    /// Chooses the lines of an entry that hang so far in under the first name.
    pub fn new(
        runs: &[Run],
        hang: Length,
        (role, style): (Role, &'a Style),
        layout: &'a Layout,
    ) -> EntryLines<'a> {
        let setter = Setter::new(layout);
        let nominal = setter.measure(runs);
        let fits = setter.hanging(&nominal, style, hang);
        let indents = (Length::ZERO, hang);
        EntryLines(Set { role, nominal, style, fits, way: 0, indents, varied: false })
    }

    /// How many they are.
    pub fn count(&self) -> i64 {
        self.0.count()
    }

    /// Has word processors set the entry in as many lines.
    pub fn coax(&self, planned: &mut Para<'_>, layout: &Layout, sheet: &Sheet) {
        self.0.coax(planned, layout, sheet);
    }
}

/// Whether it is text of the grid's size, line below line.
fn is_text(style: &Style) -> bool {
    style.align == Align::Justify && style.pitch.is_none()
}

impl Set<'_> {
    fn count(&self) -> i64 {
        self.fits.get(self.way).map_or(1, |fit| fit.lines.len().max(1) as i64)
    }

    fn coax(&self, planned: &mut Para<'_>, layout: &Layout, sheet: &Sheet) {
        if let Some((from, spacing)) = self.coaxed(self.count(), layout, sheet) {
            space_out(planned, from, spacing);
        }
    }

    /// From which byte on which spacing, twips, gives the paragraph so many lines.
    fn coaxed(&self, wanted: i64, layout: &Layout, sheet: &Sheet) -> Option<(usize, i64)> {
        let style = self.style;
        let em = metrics::em(layout, style);
        let side = |share: i64| twips(em.thousandths(share));
        let room = Room {
            measure: sheet.measure - side(style.left) - side(style.right),
            first: twips(self.indents.0),
            rest: twips(self.indents.1),
        };
        let base = metrics::spacing(layout, style);
        let wanted = wanted as usize;
        let natural = LIBREOFFICE.lines(&self.nominal, &room, |_| base);
        if natural.len() == wanted || natural.len() > LONGEST {
            return None;
        }
        let tighten = natural.len() > wanted;
        let (most, step) = match tighten {
            true => (twips(style.size) / TIGHTEST, -1),
            false => (twips(style.size) / WIDEST, 1),
        };
        let agrees = |program: &office::Program, spare: i64, (from, spacing): (usize, i64)| {
            let at = |atom: usize| if atom < from { base } else { spacing };
            let room = Room { measure: room.measure + spare * step, ..room };
            program.lines(&self.nominal, &room, at).len() == wanted
        };
        // The least that does; of that, for the shortest end of the paragraph. Best where it does
        // no harm in Word, which leaves no gap beside figures and squeezes marks at line ends.
        let tries = || {
            (1..=most).flat_map(|by| {
                let tails = (2..=natural.len()).map(|lines| natural[natural.len() - lines]);
                let tails = tails.chain((natural.len() == 1).then_some(0));
                tails.map(move |from| (from, base + by * step))
            })
        };
        let found = SPARE.iter().find_map(|&spare| {
            let libreoffice = |&way: &(usize, i64)| agrees(&LIBREOFFICE, spare, way);
            let both = |way: &(usize, i64)| libreoffice(way) && agrees(&WORD, spare, *way);
            tries().find(both).or_else(|| tries().find(libreoffice))
        });
        let (from, spacing) = found?;
        Some((self.nominal.analysis.atoms[from].range.start, spacing))
    }
}

/// Sets what a paragraph says from a byte on with this spacing.
fn space_out(para: &mut Para<'_>, from: usize, spacing: i64) {
    let mut at = 0;
    let mut pieces = Vec::with_capacity(para.pieces.len() + 1);
    for piece in para.pieces.drain(..) {
        let Piece::Run { run, text, size, .. } = piece else {
            pieces.push(piece);
            continue;
        };
        let (before, after) = text.split_at(from.saturating_sub(at).min(text.len()));
        at += text.len();
        for (text, spacing) in [(before, None), (after, Some(spacing))] {
            if !text.is_empty() {
                pieces.push(Piece::Run { run, text, size, spacing });
            }
        }
    }
    para.pieces = pieces;
}
