//! The lines of a block that do not stand where it begins: from the head of a page on.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::weight::{EMPTY_ROW, LONE_LINE, Rules};
use super::{FlowBlock, Frame, Piece};

/// Splits that leave more rows than this empty are not tried (moving the whole paragraph is).
const SPLIT_RANGE: u32 = 8;

/// One way to part lines over pages, from the head of one on.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    pub cost: u64,
    /// Pages that it fills.
    full: u32,
    /// Lines on each page after these.
    takes: Vec<u32>,
}

impl Tail {
    /// Pages it stands on.
    pub fn pages(&self) -> u32 {
        self.full + self.takes.len() as u32
    }

    /// Lines on its last page.
    pub fn last(&self) -> u32 {
        self.takes.last().copied().unwrap_or(0)
    }
}

/// The tails of a block, each worked out once: they are the same wherever it begins.
pub(super) struct Tails<'a> {
    block: &'a FlowBlock,
    frame: &'a Frame,
    rules: Rules,
    known: BTreeMap<u32, Rc<[Tail]>>,
}

impl<'a> Tails<'a> {
    pub fn new(block: &'a FlowBlock, frame: &'a Frame, rules: Rules) -> Tails<'a> {
        Tails { block, frame, rules, known: BTreeMap::new() }
    }

    /// The ways to set so many lines from the head of a page on: of those that end at one place,
    /// the cheapest.
    pub fn of(&mut self, lines: u32) -> Rc<[Tail]> {
        if let Some(known) = self.known.get(&lines) {
            return known.clone();
        }
        let page = self.page();
        let tails: Rc<[Tail]> = if self.far(lines) && page > 0 && !self.block.solid {
            // To where the end is near, every page is full.
            let full = (lines - 2 * page).div_ceil(page);
            let empty = self.frame.rows.saturating_sub(self.block.rows.of(page));
            let lone = if page == 1 { LONE_LINE } else { 0 };
            let cost = u64::from(full) * (u64::from(empty) * EMPTY_ROW + lone);
            let near = self.of(lines - full * page);
            near.iter()
                .map(|tail| Tail { cost: tail.cost + cost, full, ..tail.clone() })
                .filter(|tail| self.rules.allow(tail.cost))
                .collect()
        } else {
            self.near(lines)
        };
        self.known.insert(lines, tails.clone());
        tails
    }

    fn near(&mut self, lines: u32) -> Rc<[Tail]> {
        let mut tails: Vec<Tail> = Vec::new();
        if self.block.rows.of(lines) <= self.frame.rows {
            tails.push(Tail { cost: 0, full: 0, takes: vec![lines] });
        }
        for (take, cost) in self.splits(lines, self.frame.rows) {
            for rest in self.of(lines - take).iter() {
                let takes = std::iter::once(take).chain(rest.takes.iter().copied()).collect();
                let tail = Tail { cost: cost + rest.cost, full: 0, takes };
                let same = |known: &&mut Tail| {
                    (known.pages(), known.last()) == (tail.pages(), tail.last())
                };
                match tails.iter_mut().find(same) {
                    Some(known) if known.cost <= tail.cost => {}
                    Some(known) => *known = tail,
                    None => tails.push(tail),
                }
            }
        }
        tails.into()
    }

    /// How many of so many lines may stay where `free` rows are free, with the cost; some always
    /// remain for the next page. Two lines of a paragraph stay together at both sides of a break.
    pub fn splits(&self, lines: u32, free: u32) -> impl Iterator<Item = (u32, u64)> + use<> {
        let (rows, rules) = (self.block.rows, self.rules);
        let most = if self.block.solid { 0 } else { rows.hold(free).min(lines.saturating_sub(1)) };
        let least = if self.far(lines) { most } else { most.saturating_sub(SPLIT_RANGE) };
        (least.max(1)..=most).rev().filter_map(move |take| {
            let lone = u64::from(take == 1) + u64::from(lines - take == 1);
            let empty = free.saturating_sub(rows.of(take));
            let cost = u64::from(empty) * EMPTY_ROW + lone * LONE_LINE;
            rules.allow(cost).then_some((take, cost))
        })
    }

    /// The pieces of a tail that begins with a page.
    pub fn pieces(&self, tail: &Tail, page: u32) -> impl Iterator<Item = Piece> {
        let rows = self.block.rows;
        let full = std::iter::repeat_n(self.page(), tail.full as usize);
        let lines = full.chain(tail.takes.iter().copied());
        lines.zip(page..).map(move |(lines, page)| Piece {
            page,
            row: 0,
            rows: rows.of(lines),
            lines,
        })
    }

    /// Lines of a full page.
    fn page(&self) -> u32 {
        self.block.rows.hold(self.frame.rows)
    }

    /// Far from the end of a paragraph there is no reason to leave a row empty.
    fn far(&self, lines: u32) -> bool {
        lines > 2 * self.page()
    }
}
