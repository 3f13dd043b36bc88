//! Page breaking: which rows of the grid each paragraph takes, solved for the whole issue at once.
//!
//! The last page is part of the problem, not an afterthought: the colophon must stand with two
//! lines of text at the least. A shortest path over (page, row) finds the cheapest way that keeps
//! lines together; what it may pay with is, in this order, setting a paragraph a line longer or
//! shorter within the limits of line adjustment, and leaving rows at the foot of a page empty.
//! Lines of text are never spread or set closer; those of the colophon are set closer where that
//! saves most of a page ([`tighten`]).
//!
//! A layout may want the colophon on an even side (GB/T 33476.2 §7.3.1), the back of a sheet. Text
//! that ends on an odd side then leaves it alone on the next one, and text that ends too low on an
//! even side a blank side before it: what GB/T 9704 §7.5 speaks of when it leaves such sides without
//! a number. Both cost, so text goes along with the colophon where little is lost by it.
//!
//! # What gives way
//!
//! A page or two of an issue may hold so little, or its colophon be so tall, that not every rule can
//! be kept. Then the search is made again, and rules give way, as few and as light ones as can be.
//! They weigh:
//!
//! | weight | what gives way | |
//! |---|---|---|
//! | 2 | a single line of a paragraph stands alone at the foot or head of a page | 孤行不成页 |
//! | 3 | a page, the colophon's as a rule, has a single line of text | |
//! | 4 | the colophon stands alone | |
//! | 5 | titles are last on a page, with titles that they head on the next | |
//! | 6 | titles are last on a page, with their text on the next | |
//! | + 4 | and so the first page shows no text | GB/T 9704 §7.3.3 |
//! | 12 | the first page has a title block and nothing else | GB/T 9704 §7.3.3 |
//!
//! So a text of one line under a tall colophon stays on the first page, and the colophon stands
//! alone on the second; of three lines, two go along with it; two that are a paragraph each are
//! shared between the pages, but a paragraph of two is not torn. All that gave way is in
//! [`Solution::concessions`], for the report.
//!
//! There is always a way but for a title that is taller than a page ([`TooTall`]): from any place
//! the next block can go on, or begin the next page, and where it ends, the colophon can stand
//! there or on the page after.

mod block;
mod concession;
mod end;
mod frame;
mod place;
mod rows;
mod search;
mod settings;
mod tail;
mod tighten;
mod weight;

pub use block::{FlowBlock, Way, block, settle};
pub use concession::Concession;
pub use frame::Frame;
pub use rows::Rows;
pub use settings::settings;
pub use tighten::tighten;

use search::search;
use weight::Rules;

/// The next free row: page and row.
type State = (u32, u32);

/// Lines of a block on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Page, from 0.
    pub page: u32,
    /// First row.
    pub row: u32,
    /// How many rows.
    pub rows: u32,
    /// How many lines.
    pub lines: u32,
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
    /// The rules that gave way, in reading order; none as a rule.
    pub concessions: Vec<Concession>,
    /// What it cost; 0 is a natural flow.
    pub cost: u64,
    /// Pages with text.
    pub pages: u32,
    /// Page (from 0) of the colophon: the last with text, or beyond it.
    pub colophon: u32,
}

/// There is no way: these blocks, by index, may not be parted and are taller than a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooTall(pub Vec<usize>);

/// Finds the cheapest way that keeps every rule or, when there is none, the one that does the least
/// harm.
///
/// # Errors
/// When a block that may not be parted is taller than a page. Nothing else is without a way.
pub fn solve(blocks: &[FlowBlock], frame: &Frame) -> Result<Solution, TooTall> {
    let found = search(blocks, frame, Rules::Kept);
    found.or_else(|| search(blocks, frame, Rules::Yielding)).ok_or_else(|| {
        let taller = |block: &FlowBlock| {
            let lines = block.ways.iter().map(|way| way.lines).min().unwrap_or(1);
            block.rows.of(if block.solid { lines } else { 1 }) > frame.rows
        };
        TooTall((0..blocks.len()).filter(|index| taller(&blocks[*index])).collect())
    })
}

#[cfg(test)]
mod tests;
