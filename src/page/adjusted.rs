//! What was done to get to the pages, as data.

pub use crate::flow::Concession;
use crate::unit::Length;

/// Something that is not as it would be at its best. Pages count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Adjusted {
    /// A rule of page breaking gave way.
    GaveWay(Concession),
    /// A paragraph, which begins so, has a line less than is best for it.
    Tighter(String),
    /// A paragraph, which begins so, has a line more than is best for it.
    Looser(String),
    /// A page ends with empty rows.
    EmptyRows {
        /// The page.
        page: u32,
        /// How many.
        rows: u32,
    },
    /// The colophon stands without text because the layout wants it on an even side.
    ColophonBehind {
        /// Its page.
        page: u32,
        /// Whether the page before is blank.
        blank: bool,
    },
    /// The lines of the colophon stand closer than the layout has them.
    ColophonCloser {
        /// From one to the next in the layout.
        own: Length,
        /// From one to the next on the page.
        now: Length,
    },
}
