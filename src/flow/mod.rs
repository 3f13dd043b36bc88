//! Page breaking: which rows of the grid each paragraph takes, solved for the whole issue at once.
//!
//! The last page is part of the problem, not an afterthought: the colophon must stand with two
//! lines of text at the least. A shortest path over (page, row) finds the cheapest way that keeps
//! lines together; what it may pay with is, in this order, setting a paragraph a line longer or
//! shorter within the limits of line adjustment, and leaving rows at the foot of a page empty.
//! Lines are never spread.
//!
//! A layout may want the colophon on an even side (GB/T 33476.2 §7.3.1), the back of a sheet. Text
//! that ends on an odd side then leaves it alone on the next one, and text that ends too low on an
//! even side a blank side before it: what GB/T 9704 §7.5 speaks of when it leaves such sides without
//! a number. Both cost, so text goes along with the colophon where little is lost by it.

mod block;
mod frame;
mod settings;

use std::collections::BTreeMap;

pub use block::{block, rows, settle};
pub use frame::Frame;
pub use settings::settings;

/// A row left empty at the foot of a page that is not the last.
const EMPTY_ROW: u64 = 100;
/// A paragraph set in another number of lines than its best.
const VARIED: u64 = 60;
/// A single line of a paragraph alone at the head or foot of a page: only when nothing else is left.
const LONE_LINE: u64 = 1_000_000;
/// A colophon alone on the back of the last sheet: rather than more than two empty rows.
const ALONE: u64 = 250;
/// A blank side before it.
const BLANK: u64 = 250;
/// States that are this much worse than the best one are not followed.
const BEAM: u64 = 5_000;
/// Splits that leave more rows than this empty are not tried (moving the whole paragraph is).
const SPLIT_RANGE: u32 = 8;

/// Something that takes rows.
#[derive(Clone, Debug)]
pub struct FlowBlock {
    /// The ways to set it, best first.
    pub ways: Vec<Way>,
    /// Never parted over pages.
    pub solid: bool,
    /// Rows left empty above, unless at the head of a page.
    pub rows_before: u32,
    /// Rows left empty below.
    pub rows_after: u32,
    /// Follows the block above without empty rows.
    pub attach: bool,
    /// Lines of the next block that must stand on the same page.
    pub keep_next: u32,
    /// Begins a page.
    pub new_page: bool,
}

/// One way to set a block.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Rows it takes.
    pub rows: u32,
    /// How much worse than the best its lines are; 0 for the best.
    pub cost: u64,
    /// Whether it has another number of lines than the best.
    pub varied: bool,
}

/// Lines of a block on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Page, from 0.
    pub page: u32,
    /// First row.
    pub row: u32,
    /// How many rows.
    pub rows: u32,
}

/// Where a block went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Index into [`FlowBlock::ways`].
    pub way: usize,
    /// Its pieces, page by page.
    pub pieces: Vec<Piece>,
}

/// The way through all blocks.
#[derive(Clone, Debug)]
pub struct Solution {
    /// One for each block.
    pub placements: Vec<Placement>,
    /// Pages (from 0) that end with rows left empty, and how many.
    pub empty: Vec<(u32, u32)>,
    /// Whether a single line or a title had to be left alone.
    pub lone_line: bool,
    /// What it cost; 0 is a natural flow.
    pub cost: u64,
    /// Pages with text.
    pub pages: u32,
    /// Page (from 0) of the colophon: the last with text, or beyond it.
    pub colophon: u32,
}

/// The next free row.
type State = (u32, u32);

#[derive(Clone, Debug)]
struct Step {
    cost: u64,
    from: State,
    placement: Placement,
}

/// Finds the cheapest way; `None` when the colophon leaves no room for two lines of text, or a
/// block that may not be parted is taller than a page.
pub fn solve(blocks: &[FlowBlock], frame: &Frame) -> Option<Solution> {
    let levels = [Relax::Nothing, Relax::LoneLines, Relax::Titles];
    levels.into_iter().find_map(|relax| search(blocks, frame, relax))
}

/// What may be given up when a tall colophon leaves no way that keeps everything together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Relax {
    /// All lines stay together.
    Nothing,
    /// Single lines may stand at a page's head or foot.
    LoneLines,
    /// Titles may be last on a page, too.
    Titles,
}

/// The shortest path.
fn search(blocks: &[FlowBlock], frame: &Frame, relax: Relax) -> Option<Solution> {
    let start: State = (0, frame.first_row);
    let mut layers: Vec<BTreeMap<State, Step>> = Vec::with_capacity(blocks.len());
    let mut states: Vec<(State, u64)> = vec![(start, 0)];
    for (index, block) in blocks.iter().enumerate() {
        let previous = index.checked_sub(1).map(|i| &blocks[i]);
        let mut layer: BTreeMap<State, Step> = BTreeMap::new();
        for &(state, cost) in &states {
            for (way_index, way) in block.ways.iter().enumerate() {
                let situation = Situation { frame, previous, block, way, state, relax };
                situation.each(&mut |pieces, extra| {
                    let last = pieces[pieces.len() - 1];
                    let next = (last.page, last.row + last.rows);
                    let cost = cost + way.cost + u64::from(way.varied) * VARIED + extra;
                    if layer.get(&next).is_none_or(|known| cost < known.cost) {
                        let placement = Placement { way: way_index, pieces: pieces.to_vec() };
                        layer.insert(next, Step { cost, from: state, placement });
                    }
                });
            }
        }
        let best = layer.values().map(|step| step.cost).min()?;
        layer.retain(|_, step| relax > Relax::Nothing || step.cost <= best + BEAM);
        states = layer.iter().map(|(state, step)| (*state, step.cost)).collect();
        layers.push(layer);
    }
    // Two lines stand with the colophon, or all there is.
    let text: u32 = blocks.iter().map(|block| block.ways.first().map_or(0, |way| way.rows)).sum();
    let end = best_end(&states, frame, text.min(2))?;
    Some(trace(blocks, &layers, &end, frame))
}

/// Where the text ends and the colophon stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    cost: u64,
    state: State,
    colophon: u32,
}

/// The cheapest end.
fn best_end(states: &[(State, u64)], frame: &Frame, least: u32) -> Option<End> {
    states.iter().filter_map(|&(state, cost)| end(state, cost, frame, least)).min()
}

/// The colophon below text that ends at a state; `None` when it cannot stand there, or would with
/// fewer rows of text than these.
fn end(state: State, cost: u64, frame: &Frame, least: u32) -> Option<End> {
    let (page, row) = state;
    // Pages count from 0, sides from 1.
    let even = page % 2 == 1;
    let fits = row <= frame.last_rows;
    if page > 0 && row < frame.last_rows.min(least) {
        return None;
    }
    match (frame.even, even) {
        (false, _) | (true, true) if fits => Some(End { cost, state, colophon: page }),
        (false, _) => None,
        (true, false) => Some(End { cost: cost + ALONE, state, colophon: page + 1 }),
        (true, true) => Some(End { cost: cost + ALONE + BLANK, state, colophon: page + 2 }),
    }
}

fn trace(
    blocks: &[FlowBlock],
    layers: &[BTreeMap<State, Step>],
    end: &End,
    frame: &Frame,
) -> Solution {
    let mut placements = Vec::with_capacity(layers.len());
    let mut state = end.state;
    for layer in layers.iter().rev() {
        let step = &layer[&state];
        placements.push(step.placement.clone());
        state = step.from;
    }
    placements.reverse();
    let pages = end.state.0 + 1;
    let mut last_row = vec![frame.first_row; pages as usize];
    for piece in placements.iter().flat_map(|placement| &placement.pieces) {
        last_row[piece.page as usize] = piece.row + piece.rows;
    }
    // A page that ends where something wanted a new page is full as it is.
    let wanted = |page: u32| {
        let first = placements.iter().zip(blocks).find(|(at, _)| at.pieces[0].page == page);
        first.is_some_and(|(at, block)| block.new_page && at.pieces[0].row == 0)
    };
    let empty = (0..pages - 1)
        .filter(|page| !wanted(page + 1))
        .map(|page| (page, frame.rows.saturating_sub(last_row[page as usize])))
        .filter(|(_, rows)| *rows > 0)
        .collect();
    let (cost, colophon) = (end.cost, end.colophon);
    Solution { placements, empty, lone_line: cost >= LONE_LINE, cost, pages, colophon }
}

/// A block about to be placed.
struct Situation<'a> {
    frame: &'a Frame,
    previous: Option<&'a FlowBlock>,
    block: &'a FlowBlock,
    way: &'a Way,
    state: State,
    relax: Relax,
}

impl Situation<'_> {
    /// Calls `emit` with every arrangement of pieces worth trying and what it costs.
    fn each(&self, emit: &mut dyn FnMut(&[Piece], u64)) {
        let (page, row) = self.state;
        let frame = self.frame;
        let at_head = row == if page == 0 { frame.first_row } else { 0 };
        // Below a title block the rows above a title are wanted (GB/T 9704 §7.3.1), at the head of
        // a page they are not.
        let below_head = at_head && row > 0;
        let after = self.previous.map_or(0, |previous| previous.rows_after);
        let at_top = at_head && !below_head;
        let gap = if at_top || self.block.attach { 0 } else { self.block.rows_before.max(after) };
        let free = frame.rows.saturating_sub(row + gap);
        let rows = self.way.rows;
        let must = match self.previous {
            Some(previous) if !self.block.new_page && self.relax < Relax::Titles => {
                previous.keep_next.min(rows)
            }
            _ => 0,
        };
        let mut pieces = Vec::with_capacity(2);
        let forced = self.block.new_page && !at_head;
        if !forced {
            if rows <= free {
                emit(&[Piece { page, row: row + gap, rows }], 0);
            }
            if !self.block.solid && rows > 1 {
                for (take, cost) in self.splits(rows, free) {
                    if take >= must.min(rows) {
                        pieces.push(Piece { page, row: row + gap, rows: take });
                        self.rest(page + 1, rows - take, cost, &mut pieces, emit);
                        pieces.pop();
                    }
                }
            }
        }
        // The head of a page is no place to leave, but for the first, which the title block may fill.
        if must == 0 && (!at_head || page == 0) {
            // A new page that is wanted leaves no rows empty for want of room.
            let cost = if forced { 0 } else { u64::from(free) * EMPTY_ROW };
            let parted = self.previous.is_some_and(|previous| previous.keep_next > 0);
            let cost = cost + u64::from(parted && !forced) * LONE_LINE;
            self.rest(page + 1, rows, cost, &mut pieces, emit);
        }
    }

    /// The remaining rows from the head of a page on.
    fn rest(
        &self,
        page: u32,
        rows: u32,
        cost: u64,
        pieces: &mut Vec<Piece>,
        emit: &mut dyn FnMut(&[Piece], u64),
    ) {
        if rows <= self.frame.rows {
            pieces.push(Piece { page, row: 0, rows });
            emit(pieces, cost);
            pieces.pop();
        }
        if self.block.solid {
            return;
        }
        for (take, extra) in self.splits(rows, self.frame.rows) {
            pieces.push(Piece { page, row: 0, rows: take });
            self.rest(page + 1, rows - take, cost + extra, pieces, emit);
            pieces.pop();
        }
    }

    /// How many of `rows` lines may stay where `free` rows are free, with the cost; some always
    /// remain for the next page. Two lines of a paragraph stay together at both sides of a break.
    fn splits(&self, rows: u32, free: u32) -> impl Iterator<Item = (u32, u64)> + use<> {
        let most = free.min(rows.saturating_sub(1));
        // Far from the end of a paragraph there is no reason to leave a row empty.
        let far = rows > 2 * self.frame.rows;
        let least = if far { most } else { most.saturating_sub(SPLIT_RANGE) };
        let lone_allowed = self.relax > Relax::Nothing;
        (least.max(1)..=most).rev().filter_map(move |take| {
            let lone = u64::from(take == 1) + u64::from(rows - take == 1);
            let cost = u64::from(free - take) * EMPTY_ROW + lone * LONE_LINE;
            (lone == 0 || lone_allowed).then_some((take, cost))
        })
    }
}

#[cfg(test)]
mod tests;
