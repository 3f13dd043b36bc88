//! Where the text ends and the colophon stands.

use super::weight::{ALONE, Rules};
use super::{Frame, State};

/// A colophon alone on the back of the last sheet: rather than more than two empty rows.
const ON_THE_BACK: u64 = 250;
/// A blank side before it.
const BLANK: u64 = 250;

/// An end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct End {
    pub cost: u64,
    pub state: State,
    /// Page (from 0) of the colophon.
    pub colophon: u32,
}

/// The cheapest end of text that has got to one of these states, at these costs.
pub(super) fn best_end(states: &[(State, u64)], frame: &Frame, rules: Rules) -> Option<End> {
    let ends = states.iter().flat_map(|&(state, cost)| ends(state, cost, frame));
    ends.filter(|end| rules.allow(end.cost)).min()
}

/// Where the colophon can stand below text that ends at a state.
fn ends(state: State, cost: u64, frame: &Frame) -> impl Iterator<Item = End> {
    let (page, row) = state;
    // Pages count from 0, sides from 1.
    let even = page % 2 == 1;
    let fits = row <= frame.last_rows;
    let at = |colophon, extra| Some(End { cost: cost + extra, state, colophon });
    let (with_text, alone) = match (frame.even, even) {
        (false, _) => (at(page, 0).filter(|_| fits), at(page + 1, ALONE)),
        (true, true) if fits => (at(page, 0), None),
        (true, true) => (None, at(page + 2, ON_THE_BACK + BLANK)),
        (true, false) => (None, at(page + 1, ON_THE_BACK)),
    };
    with_text.into_iter().chain(alone)
}
