//! Where the lines of a title begin: at the places that the editor marked (`|`), as far as no more
//! lines come of it. Word processors fill line by line and know nothing of sense.

use super::metrics;
use super::para::{Piece, pieces};
use crate::compose::Run;
use crate::layout::{Align, Layout, Style};
use crate::unit::Length;

/// The runs of a text on lines of its own, with the line breaks that its editor would have. Text
/// that is filled to the measure has none: a title run in to its paragraph is part of a line.
pub(super) fn pieces_of_title<'a>(
    layout: &Layout,
    style: &Style,
    runs: &[&'a Run],
    size: Option<Length>,
) -> Vec<Piece<'a>> {
    let wanted: Vec<usize> = (1..runs.len()).filter(|&at| runs[at].new_line).collect();
    if wanted.is_empty() || style.align == Align::Justify {
        return pieces(runs.iter().copied(), size);
    }
    let set = size.unwrap_or(style.size);
    let begins = beginnings(&wanted, runs.len(), |from, to| {
        let part = &runs[from..to];
        let width = metrics::text_width(layout, style, part, set);
        (metrics::lines(layout, style, part, set), width)
    });
    let mut all = Vec::new();
    let mut from = 0;
    for to in begins.into_iter().chain([runs.len()]) {
        if from > 0 {
            all.push(Piece::Break);
        }
        all.extend(pieces(runs[from..to].iter().copied(), size));
        from = to;
    }
    all
}

/// How good a way is, the least the best: lines; of all places the ones not used; how uneven its
/// parts are.
type Cost = (i64, usize, i128);

/// Which of the wanted places begin a line: as few lines as without any, as many places as go into
/// them, the parts as even as they can be. `part` tells the lines and the width of what stands
/// between two places.
fn beginnings(
    wanted: &[usize],
    end: usize,
    part: impl Fn(usize, usize) -> (i64, Length),
) -> Vec<usize> {
    let places: Vec<usize> = [0].iter().chain(wanted).copied().chain([end]).collect();
    let mut ways: Vec<(Cost, usize)> = vec![((0, 0, 0), 0)];
    for to in 1..places.len() {
        let way = |from: usize| {
            let (lines, width) = part(places[from], places[to]);
            let (before, unused, uneven) = ways[from].0;
            let width = i128::from(width.0);
            ((before + lines, unused + to - from - 1, uneven + width * width), from)
        };
        // The same cost twice: the longer line first.
        let best = (0..to).map(way).min_by_key(|&(cost, from)| (cost, to - from));
        ways.extend(best);
    }
    let mut begins = Vec::new();
    let mut at = ways[places.len() - 1].1;
    while at > 0 {
        begins.push(places[at]);
        at = ways[at].1;
    }
    begins.reverse();
    begins
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs of so many characters, ten of which fill a line.
    fn begin(lengths: &[i64]) -> Vec<usize> {
        let wanted: Vec<usize> = (1..lengths.len()).collect();
        beginnings(&wanted, lengths.len(), |from, to| {
            let sum: i64 = lengths[from..to].iter().sum();
            ((sum + 9) / 10, Length(sum))
        })
    }

    #[test]
    fn a_title_of_one_line_is_not_broken() {
        assert!(begin(&[5, 5]).is_empty());
        assert!(begin(&[3]).is_empty());
    }

    #[test]
    fn lines_begin_where_the_editor_would_have_them() {
        assert_eq!(begin(&[6, 5]), [1]);
        assert_eq!(begin(&[9, 2]), [1]);
        assert_eq!(begin(&[9, 9, 9]), [1, 2]);
    }

    #[test]
    fn no_line_is_added() {
        // 18 of 20 places are taken in two lines: no break leaves room for both parts.
        assert!(begin(&[3, 12, 3]).is_empty());
        assert!(begin(&[12, 6]).is_empty());
        assert_eq!(begin(&[15, 5, 8]), [2]);
    }

    #[test]
    fn the_more_even_of_two_ways_is_taken() {
        assert_eq!(begin(&[4, 3, 2, 4]), [2]);
        assert_eq!(begin(&[2, 3, 3, 4]), [2]);
    }
}
