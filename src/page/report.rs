//! What was done to get to the pages.

use std::cmp::Ordering;

use super::adjusted::{Adjusted, Concession};
use super::body::SetParagraph;
use super::colophon::Colophon;
use crate::compose::Paragraph;
use crate::flow::Solution;
use crate::layout::Layout;

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
