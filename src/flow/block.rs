//! From the ways to set a paragraph to what page breaking needs to know of it.

use super::{FlowBlock, Frame, Solution, Way, solve};
use crate::layout::{PageGeometry, Style};
use crate::text::{Fit, Line};

/// A paragraph of a style with the ways to set it, the best first. `attach` puts it below what is
/// above without empty rows; `new_page` begins a page with it.
pub fn block(
    page: &PageGeometry,
    style: &Style,
    fits: &[Fit],
    attach: bool,
    new_page: bool,
) -> FlowBlock {
    let best = fits.first().map_or(0, |fit| fit.lines.len());
    let unstrained = fits.first().map_or(0, strain);
    let ways = fits.iter().map(|fit| Way {
        rows: rows(page, style, fit.lines.len()),
        cost: strain(fit).saturating_sub(unstrained),
        varied: fit.lines.len() != best,
    });
    FlowBlock {
        ways: ways.collect(),
        solid: style.pitch.is_some(),
        rows_before: style.rows_before,
        rows_after: style.rows_after,
        attach: style.attach || attach,
        keep_next: style.keep_next,
        new_page,
    }
}

/// Rows of the grid that lines take. Lines of another pitch take as many as hold them, the white
/// between rows included: a title in 二号 needs no more than a row.
pub fn rows(page: &PageGeometry, style: &Style, lines: usize) -> u32 {
    let lines = lines.max(1) as i64;
    let Some(pitch) = style.pitch else { return lines as u32 };
    let height = pitch * (lines - 1) + style.size;
    let row = page.pitch().0.max(1) as u64;
    (height.0.max(1) as u64).div_ceil(row) as u32
}

/// Finds the page breaks: with every paragraph at its best, and, when that leaves rows empty, again
/// with what `vary` gives: paragraphs that may be a line longer or shorter.
pub fn settle(
    natural: &[FlowBlock],
    frame: &Frame,
    vary: impl FnOnce() -> Option<Vec<FlowBlock>>,
) -> Option<Solution> {
    let solution = solve(natural, frame);
    if solution.as_ref().is_some_and(|solution| solution.cost == 0) {
        return solution;
    }
    vary().and_then(|varied| solve(&varied, frame)).or(solution)
}

/// How much worse a way is to look at: what its widest gap and its narrowest mark have beyond what
/// nobody sees.
fn strain(fit: &Fit) -> u64 {
    const UNSEEN_STRETCH: i64 = 40;
    const UNSEEN_SQUEEZE: i64 = 200;
    let worst = |of: fn(&Line) -> i64| fit.lines.iter().map(of).max().unwrap_or(0);
    let stretch = worst(|line| line.stretch_per_gap) - UNSEEN_STRETCH;
    let squeeze = worst(|line| line.squeeze_per_mark) - UNSEEN_SQUEEZE;
    (stretch.max(0) + squeeze.max(0) / 3) as u64
}
