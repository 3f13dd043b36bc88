//! What was done to get to the pages.

use std::cmp::Ordering;

use super::body::SetParagraph;
use super::colophon::Colophon;
use crate::compose::Paragraph;
use crate::flow::{Concession, Solution};
use crate::layout::Layout;
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

/// What gave way first, then what was adjusted.
pub(super) fn adjustments(
    solution: &Solution,
    paragraphs: &[SetParagraph],
    body: &[Paragraph],
) -> Vec<Adjusted> {
    const SHOWN: usize = 8;
    let mut found: Vec<Adjusted> =
        solution.concessions.iter().copied().map(Adjusted::GaveWay).collect();
    for ((set, paragraph), at) in paragraphs.iter().zip(body).zip(&solution.placements) {
        let start = || -> String {
            paragraph.runs.iter().flat_map(|run| run.text.chars()).take(SHOWN).collect()
        };
        match set.variation(at) {
            Ordering::Less => found.push(Adjusted::Tighter(start())),
            Ordering::Equal => {}
            Ordering::Greater => found.push(Adjusted::Looser(start())),
        }
    }
    let empty = solution.empty.iter();
    found.extend(empty.map(|(page, rows)| Adjusted::EmptyRows { page: *page, rows: *rows }));
    found.extend(on_the_back(solution));
    found
}

/// Lines of the colophon that stand closer than the layout has them.
pub(super) fn closer(colophon: &Colophon, layout: &Layout) -> Option<Adjusted> {
    let (own, now) = (layout.colophon.pitch, colophon.pitch);
    (now < own).then_some(Adjusted::ColophonCloser { own, now })
}

/// A colophon without text because the layout wants it on an even page.
fn on_the_back(solution: &Solution) -> Option<Adjusted> {
    let given_way =
        |concession: &Concession| matches!(concession, Concession::ColophonAlone { .. });
    let (text, page) = (solution.pages, solution.colophon);
    if page < text || solution.concessions.iter().any(given_way) {
        return None;
    }
    Some(Adjusted::ColophonBehind { page, blank: page > text })
}
