//! From the ways to set a paragraph to what page breaking needs to know of it.

use super::{Frame, Rows, Solution, TooTall, solve};
use crate::layout::{Align, PageGeometry, Role, Style};
use crate::text::{Fit, Line};

/// Something that takes rows.
#[derive(Clone, Debug)]
pub struct FlowBlock {
    /// The ways to set it, best first.
    pub ways: Vec<Way>,
    /// How many rows its lines take.
    pub rows: Rows,
    /// Never parted over pages.
    pub solid: bool,
    /// Rows left empty above, unless at the head of a page.
    pub rows_before: u32,
    /// Rows left empty below.
    pub rows_after: u32,
    /// Follows the block above without empty rows.
    pub attach: bool,
    /// Whether it is a title: no text, whatever must stand below it.
    pub title: bool,
    /// Lines of the next block that must stand on the same page.
    pub keep_next: u32,
    /// Begins a page.
    pub new_page: bool,
}

/// One way to set a block.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Its lines.
    pub lines: u32,
    /// How much worse than the best its lines are; 0 for the best.
    pub cost: u64,
    /// Whether it has another number of lines than the best.
    pub varied: bool,
}

/// A paragraph of a role with the ways to set it, the best first. `attach` puts it below what is
/// above without empty rows; `new_page` begins a page with it.
///
/// Titles, in lines of a pitch of their own and not filled to the measure, are never parted. Text
/// is, whatever its pitch.
pub fn block(
    page: &PageGeometry,
    (role, style): (Role, &Style),
    fits: &[Fit],
    attach: bool,
    new_page: bool,
) -> FlowBlock {
    let best = fits.first().map_or(0, |fit| fit.lines.len());
    let unstrained = fits.first().map_or(0, strain);
    let ways = fits.iter().map(|fit| Way {
        lines: fit.lines.len().max(1) as u32,
        cost: strain(fit).saturating_sub(unstrained),
        varied: fit.lines.len() != best,
    });
    FlowBlock {
        ways: ways.collect(),
        rows: Rows::new(page, style),
        solid: style.pitch.is_some() && style.align != Align::Justify,
        rows_before: style.rows_before,
        rows_after: style.rows_after,
        attach: style.attach || attach,
        title: role.is_title(),
        keep_next: style.keep_next,
        new_page,
    }
}

/// Finds the page breaks: with every paragraph at its best, and, when that leaves rows empty or
/// makes a rule give way, again with what `vary` gives: paragraphs that may be a line longer or
/// shorter.
///
/// # Errors
/// As [`solve`].
pub fn settle(
    natural: &[FlowBlock],
    frame: &Frame,
    vary: impl FnOnce() -> Option<Vec<FlowBlock>>,
) -> Result<Solution, TooTall> {
    let solution = solve(natural, frame)?;
    if solution.cost == 0 {
        return Ok(solution);
    }
    match vary() {
        Some(varied) => solve(&varied, frame),
        None => Ok(solution),
    }
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
