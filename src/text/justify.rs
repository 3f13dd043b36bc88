//! One line: what it takes to bring it to the measure, and where its atoms then stand.

use std::ops::Range;

use super::width::{Cell, STEPS, Step};
use super::{Adjustment, Line, Settings, Shape};
use crate::unit::Length;

/// How far a line may be adjusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Within the limits.
    Strict,
    /// Beyond them, dearly: only where no way is within.
    Relaxed,
}

/// Cost of a ladder step that is used up; a stretch to the limit costs [`FULL`]. Within a line the
/// ladder's order holds: squeeze first. Between ways to break a paragraph a line whose commas are
/// half gone stands out among its neighbours, while gaps 0.04 em wider are not seen: marks cost more.
const STEP_COST: [i64; STEPS] = [1000, 3000, 5000, 6000, 2000, 12000];
/// Cost of all gaps widened to the limit.
const FULL: i64 = 1000;
/// Greatest widening of a gap once the limit had to be passed, thousandths of an em.
const RELAXED_STRETCH: i64 = 500;
/// Cost of a line that passes the limit, before the amount.
const BEYOND: u64 = 10_000;
/// Cost of a line whose 。？！ are squeezed although the settings forbid it, before the amount:
/// compressing marks comes before pulling characters down (GB/T 15834 §5.1.11).
const FORBIDDEN_STOPS: u64 = 5_000;
/// Cost of a line that is left unfilled because nothing in it may be widened.
const RAGGED: u64 = 3_000_000;
/// Cost of a line that sticks out.
const STICKING_OUT: u64 = 100_000_000_000;
/// Cost of each line of a paragraph that is not justified, so that fewest lines win.
const UNJUSTIFIED_LINE: u64 = 100_000;

/// How a line is brought to the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// Not at all.
    Natural,
    /// Units lost to rounding, spread over all gaps.
    Rounding(i64),
    /// So much of each step of the ladder.
    Shrink([i64; STEPS]),
    /// So much of word spaces, of gaps beside Western text, of all gaps.
    Stretch { words: i64, autospaces: i64, gaps: i64 },
}

/// What a line takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub cost: u64,
    pub fill: Fill,
    /// Trim of the last atom.
    end_trim: i64,
    /// Whether a limit is passed.
    pub beyond: bool,
}

/// Sums over the cells of a line.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    width: i64,
    shrink: [i64; STEPS],
    space_stretch: i64,
    gap_stretch: i64,
    weight: i64,
}

impl Sums {
    fn add(&mut self, other: &Sums, sign: i64) {
        self.width += sign * other.width;
        for (mine, theirs) in self.shrink.iter_mut().zip(other.shrink) {
            *mine += sign * theirs;
        }
        self.space_stretch += sign * other.space_stretch;
        self.gap_stretch += sign * other.gap_stretch;
        self.weight += sign * other.weight;
    }

    /// A cell inside a line, without the gap before it.
    fn of_cell(cell: &Cell) -> Sums {
        let mut sums = Sums { width: cell.advance - cell.middle, ..Sums::default() };
        if let Some((step, room)) = cell.shrink {
            sums.shrink[step as usize] = room;
        }
        sums.space_stretch = cell.space_stretch;
        sums
    }

    /// The gap before a cell.
    fn of_gap(cell: &Cell) -> Sums {
        let mut sums = Sums {
            width: cell.gap,
            gap_stretch: cell.gap_stretch,
            weight: cell.weight,
            ..Sums::default()
        };
        sums.shrink[Step::Autospace as usize] = cell.gap_shrink;
        sums
    }
}

/// The lines a paragraph can have.
pub(super) struct Lines<'a> {
    pub cells: &'a [Cell],
    pub shape: &'a Shape,
    pub settings: &'a Settings,
    sums: Vec<Sums>,
}

impl<'a> Lines<'a> {
    pub fn new(cells: &'a [Cell], shape: &'a Shape, settings: &'a Settings) -> Lines<'a> {
        let mut total = Sums::default();
        let mut sums = Vec::with_capacity(cells.len() + 1);
        sums.push(total);
        for cell in cells {
            total.add(&Sums::of_gap(cell), 1);
            total.add(&Sums::of_cell(cell), 1);
            sums.push(total);
        }
        Lines { cells, shape, settings, sums }
    }

    fn indent(&self, start: usize) -> i64 {
        if start == 0 { self.shape.first_indent.0 } else { self.shape.rest_indent.0 }
    }

    /// Room for a line that begins at `start`.
    pub fn room(&self, start: usize) -> i64 {
        self.shape.measure.0 - self.indent(start)
    }

    /// The least width of the atoms inside any line: grows as `start` goes back.
    pub fn least_width(&self, atoms: &Range<usize>) -> i64 {
        let (from, to) = (&self.sums[atoms.start], &self.sums[atoms.end]);
        let shrink = |sums: &Sums| sums.shrink.iter().sum::<i64>();
        (to.width - shrink(to)) - (from.width - shrink(from))
    }

    /// A width that a line cannot reach within the limits; any width when it is not filled.
    pub fn greatest_width(&self, atoms: &Range<usize>) -> i64 {
        if !self.shape.justify {
            return i64::MAX;
        }
        let (from, to) = (&self.sums[atoms.start], &self.sums[atoms.end]);
        let stretch = |sums: &Sums| {
            sums.width
                + sums.space_stretch
                + sums.gap_stretch
                + Length(sums.weight).thousandths(self.settings.stretch_max.max(1)).0
        };
        // The first and the last atom may stand wider than inside a line.
        let edges = self.cells[atoms.start].advance + self.cells[atoms.end - 1].advance;
        stretch(to) - stretch(from) + edges
    }

    /// The sums of a line, its ends set as they are set there, and the trim of its last atom.
    fn line_sums(&self, atoms: &Range<usize>, end_half: bool) -> (Sums, i64) {
        let mut sums = self.sums[atoms.end];
        sums.add(&self.sums[atoms.start], -1);
        let (first, last) = (&self.cells[atoms.start], &self.cells[atoms.end - 1]);
        sums.add(&Sums::of_gap(first), -1);
        let single = atoms.len() == 1;
        sums.add(&Sums::of_cell(first), -1);
        if !single {
            sums.add(&Sums::of_cell(last), -1);
            // Edges are not squeezed: they would no longer be flush.
            sums.width += first.advance - first.start;
        }
        let end_trim = match () {
            () if single && first.start > 0 => first.start,
            () if end_half => last.end + last.end_room,
            () => last.end,
        };
        sums.width += last.advance - end_trim;
        (sums, end_trim)
    }

    /// Natural width of a line.
    pub fn natural_width(&self, atoms: &Range<usize>) -> i64 {
        self.line_sums(atoms, false).0.width
    }

    /// What a line takes; `None` when it cannot be set within the level.
    pub fn plan(&self, atoms: &Range<usize>, last: bool, level: Level) -> Option<Plan> {
        let room = self.room(atoms.start);
        let (mut sums, mut end_trim) = self.line_sums(atoms, false);
        if sums.width > room && self.cells[atoms.end - 1].end_room > 0 {
            (sums, end_trim) = self.line_sums(atoms, true);
        }
        let plan = |cost: u64, fill: Fill, beyond: bool| Plan { cost, fill, end_trim, beyond };
        let rest = room - sums.width;
        let filled = self.shape.justify && !last;
        let line = if self.shape.justify { 0 } else { UNJUSTIFIED_LINE };
        if rest.abs() <= atoms.len() as i64 {
            let fill = if filled && rest != 0 { Fill::Rounding(rest) } else { Fill::Natural };
            return Some(plan(line, fill, false));
        }
        if rest < 0 {
            let shrinks = self.shape.justify || level == Level::Relaxed;
            let shrunk = if shrinks { self.shrink(&sums, -rest, level) } else { None };
            return match shrunk {
                Some((cost, fill)) => Some(plan(line + cost, fill, false)),
                None if level == Level::Relaxed && atoms.len() == 1 => {
                    Some(plan(STICKING_OUT, Fill::Natural, true))
                }
                None => None,
            };
        }
        if !filled {
            let cost = if last { 0 } else { self.raggedness(rest, &self.cells[atoms.start]) };
            return Some(plan(line + cost, Fill::Natural, false));
        }
        let (cost, fill, beyond) = self.stretch(&sums, rest, level)?;
        Some(plan(cost, fill, beyond))
    }

    /// A line as it comes, for what no plan can set.
    pub fn natural(&self, atoms: &Range<usize>) -> Plan {
        let end_trim = self.line_sums(atoms, true).1;
        Plan { cost: STICKING_OUT, fill: Fill::Natural, end_trim, beyond: true }
    }

    /// Squeezes step by step, in the order of CLREQ.
    fn shrink(&self, sums: &Sums, need: i64, level: Level) -> Option<(u64, Fill)> {
        let mut used = [0; STEPS];
        let mut left = need;
        let mut cost = 0;
        let stops = self.settings.squeeze_stops || level == Level::Relaxed;
        for step in 0..STEPS {
            let cap = sums.shrink[step];
            if left == 0 || cap <= 0 || step == Step::Stop as usize && !stops {
                continue;
            }
            used[step] = left.min(cap);
            left -= used[step];
            let ratio = used[step] * 1000 / cap;
            cost += (ratio * ratio * STEP_COST[step] / 1_000_000) as u64;
        }
        if used[Step::Stop as usize] > 0 && !self.settings.squeeze_stops {
            cost += FORBIDDEN_STOPS;
        }
        // A squeeze is never free: lines on the grid come first.
        (left == 0).then_some((cost.max(1), Fill::Shrink(used)))
    }

    /// Widens word spaces, then the gaps beside Western text, then all gaps alike.
    fn stretch(&self, sums: &Sums, need: i64, level: Level) -> Option<(u64, Fill, bool)> {
        let words = need.min(sums.space_stretch);
        let autospaces = (need - words).min(sums.gap_stretch);
        let gaps = need - words - autospaces;
        let square = |used: i64, cap: i64| {
            if used == 0 || cap == 0 {
                0
            } else {
                let r = used * 1000 / cap;
                r * r / 1000
            }
        };
        let mut cost =
            square(words, sums.space_stretch) / 2 + square(autospaces, sums.gap_stretch) * 7 / 10;
        let mut beyond = false;
        if gaps > 0 {
            let limit = Length(sums.weight).thousandths(self.settings.stretch_max.max(1)).0;
            let most = Length(sums.weight).thousandths(RELAXED_STRETCH).0;
            beyond = gaps > limit;
            if gaps > most.max(limit) {
                let ragged = || (RAGGED + need.unsigned_abs() / 65_536, Fill::Natural, true);
                return (level == Level::Relaxed).then(ragged);
            }
            if beyond && level == Level::Strict {
                return None;
            }
            cost += square(gaps, limit.max(1)) * FULL / 1000;
        }
        let fill = Fill::Stretch { words, autospaces, gaps };
        let beyond_cost = if beyond { BEYOND } else { 0 };
        Some((cost.max(1) as u64 + beyond_cost, fill, beyond))
    }

    /// Cost of the white at the end of a line that is not justified.
    fn raggedness(&self, rest: i64, cell: &Cell) -> u64 {
        let tenths = (rest * 10 / cell.em.max(1)).clamp(0, 10_000);
        (tenths * tenths / 10) as u64
    }

    /// Sets a line.
    pub fn set(&self, atoms: Range<usize>, plan: &Plan) -> Line {
        let sums = self.line_sums(&atoms, false).0;
        let mut shares = Shares::new(plan.fill, &sums, atoms.len());
        let mut pen = self.indent(atoms.start);
        let mut x = Vec::with_capacity(atoms.len());
        for i in atoms.clone() {
            let cell = &self.cells[i];
            let first = i == atoms.start;
            let last = i + 1 == atoms.end;
            if !first {
                pen += cell.gap + shares.gap(cell);
            }
            let trim = match () {
                () if last => plan.end_trim,
                () if first => cell.start,
                () => cell.middle + shares.squeeze(cell),
            };
            if !first && !last {
                pen += shares.space(cell);
            }
            let (before, after) = if cell.is_space() { (0, trim) } else { cell.cut(trim) };
            x.push(Length(pen - before));
            pen += cell.advance - before - after;
        }
        Line {
            atoms,
            x,
            end: Length(pen),
            adjustment: shares.adjustment(),
            stretch_per_gap: shares.most_stretch,
            squeeze_per_mark: shares.most_squeeze,
        }
    }
}

/// Parts a total among gaps or marks by their weights, to the unit.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    total: i64,
    weight: i64,
    seen: i64,
    given: i64,
}

impl Share {
    fn new(total: i64, weight: i64) -> Share {
        Share { total, weight, ..Share::default() }
    }

    fn take(&mut self, weight: i64) -> i64 {
        if self.weight == 0 || self.total == 0 || weight == 0 {
            return 0;
        }
        self.seen += weight;
        let due = i128::from(self.total) * i128::from(self.seen) / i128::from(self.weight);
        let part = due as i64 - self.given;
        self.given += part;
        part
    }
}

/// What is handed out along a line.
struct Shares {
    fill: Fill,
    squeeze: [Share; STEPS],
    words: Share,
    autospaces: Share,
    gaps: Share,
    rounding: Share,
    most_stretch: i64,
    most_squeeze: i64,
}

impl Shares {
    fn new(fill: Fill, sums: &Sums, atoms: usize) -> Shares {
        let mut shares = Shares {
            fill,
            squeeze: [Share::default(); STEPS],
            words: Share::default(),
            autospaces: Share::default(),
            gaps: Share::default(),
            rounding: Share::default(),
            most_stretch: 0,
            most_squeeze: 0,
        };
        match fill {
            Fill::Natural => {}
            Fill::Rounding(units) => shares.rounding = Share::new(units, atoms as i64 - 1),
            Fill::Shrink(used) => {
                for (step, share) in shares.squeeze.iter_mut().enumerate() {
                    *share = Share::new(used[step], sums.shrink[step]);
                }
            }
            Fill::Stretch { words, autospaces, gaps } => {
                shares.words = Share::new(words, sums.space_stretch);
                shares.autospaces = Share::new(autospaces, sums.gap_stretch);
                shares.gaps = Share::new(gaps, sums.weight);
            }
        }
        shares
    }

    fn thousandths(amount: i64, em: i64) -> i64 {
        if em == 0 { 0 } else { (amount * 1000 + em - 1) / em }
    }

    /// What the gap before a cell gains.
    fn gap(&mut self, cell: &Cell) -> i64 {
        let wider = self.autospaces.take(cell.gap_stretch) + self.gaps.take(cell.weight);
        self.most_stretch = self.most_stretch.max(Self::thousandths(wider, cell.em));
        let narrower = self.squeeze[Step::Autospace as usize].take(cell.gap_shrink);
        wider - narrower + self.rounding.take(1)
    }

    /// What a mark or space inside the line loses.
    fn squeeze(&mut self, cell: &Cell) -> i64 {
        let Some((step, room)) = cell.shrink else { return 0 };
        let lost = self.squeeze[step as usize].take(room);
        if step != Step::WordSpace {
            self.most_squeeze = self.most_squeeze.max(Self::thousandths(lost, cell.em));
        }
        lost
    }

    /// What a word space inside the line gains.
    fn space(&mut self, cell: &Cell) -> i64 {
        self.words.take(cell.space_stretch)
    }

    fn adjustment(&self) -> Adjustment {
        match self.fill {
            Fill::Natural | Fill::Rounding(_) => Adjustment::None,
            Fill::Shrink(used) => Adjustment::Squeezed(Length(used.iter().sum())),
            Fill::Stretch { words, autospaces, gaps } => {
                Adjustment::Stretched(Length(words + autospaces + gaps))
            }
        }
    }
}
