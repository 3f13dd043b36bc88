//! A colophon whose lines stand closer, to save a page or a rule.

use crate::unit::Length;

/// Setting the lines of the colophon closer at all: rather than more than five empty rows.
const CLOSER: u64 = 500;
/// Each point of it.
const CLOSER_BY_A_POINT: u64 = 100;

/// Solves with the lines of the colophon at their own pitch and, where that costs much (a rule that
/// gives way, most of a page left empty because the text has to go along with the colophon), with
/// lines a point closer and another, down to the least pitch. Takes what costs least in all.
///
/// `solve` gives what it found with its cost.
///
/// # Errors
/// Those at the colophon's own pitch, when nothing is found at any.
pub fn tighten<T, E>(
    pitch: Length,
    least: Length,
    mut solve: impl FnMut(Length) -> Result<(u64, T), E>,
) -> Result<T, E> {
    let mut best = solve(pitch);
    let mut closer = pitch;
    for points in 1.. {
        let price = CLOSER + CLOSER_BY_A_POINT * points;
        if closer <= least || best.as_ref().is_ok_and(|(cost, _)| *cost <= price) {
            break;
        }
        closer = (closer - Length::from_pt(1.0)).max(least);
        if let Ok((cost, found)) = solve(closer)
            && best.as_ref().map_or(true, |(known, _)| cost + price < *known)
        {
            best = Ok((cost + price, found));
        }
    }
    best.map(|(_, found)| found)
}
