//! What the search weighs: rows left empty, and rules that give way.

/// A row left empty at the foot of a page that is not the last.
pub(super) const EMPTY_ROW: u64 = 100;

/// What a rule that gives way weighs; more than all rows of an issue left empty.
pub(super) const HARM: u64 = 1_000_000_000;
/// A single line of a paragraph alone at the head or foot of a page.
pub(super) const LONE_LINE: u64 = 2 * HARM;
/// A page with a single line of text.
pub(super) const SINGLE_LINE: u64 = 3 * HARM;
/// A colophon alone.
pub(super) const ALONE: u64 = 4 * HARM;
/// Titles last on a page, with other titles that they head on the next.
pub(super) const TITLES_PARTED: u64 = 5 * HARM;
/// Titles last on a page, with their text on the next.
pub(super) const PARTED: u64 = 6 * HARM;
/// And that when there is nothing but titles on the first page.
pub(super) const NO_TEXT: u64 = 4 * HARM;
/// A first page with nothing below the title block.
pub(super) const BARE: u64 = 12 * HARM;

/// Whether rules may give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// Every one is kept.
    Kept,
    /// They may, at what they weigh.
    Yielding,
}

impl Rules {
    /// Whether a way that costs so much is one.
    pub fn allow(self, cost: u64) -> bool {
        self == Rules::Yielding || cost < HARM
    }
}
