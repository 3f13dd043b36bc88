//! Lines of a centred title: as few as can be, in the form of a trapezium or a lozenge, parted by
//! sense (GB/T 9704 §7.3.1).

use std::collections::BTreeMap;

use super::justify::Level;
use super::search::Search;

/// Lines of one width: a rectangle.
const RECTANGLE: u64 = 400;
/// A line shorter than both its neighbours: an hourglass.
const HOURGLASS: u64 = 5_000;
/// Difference of neighbouring lines that looks best, tenths of an em.
const BEST_STEP: i64 = 25;
/// Difference below which lines look alike.
const LEAST_STEP: i64 = 8;

/// A title with more lines than this has no form.
const MOST_LINES: usize = 8;

/// The last line of a way that ends at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    lines: usize,
    /// Where the last line begins: its width decides what may follow.
    start: usize,
    /// Whether lines have begun to get shorter.
    narrowing: bool,
}

/// The best way with the fewest lines, as places; `None` when no way is within the limits.
pub(super) fn balanced(search: &Search<'_>, senses: &[u32], em: i64) -> Option<Vec<usize>> {
    let best = search.best()?;
    let fewest = best.len() - 1;
    if fewest == 1 || fewest > MOST_LINES {
        return Some(best);
    }
    let reached = states(search, senses, em, fewest);
    let last = reached.len() - 1;
    let (mut state, _) = reached[last]
        .iter()
        .filter(|(state, _)| state.lines == fewest)
        .min_by_key(|(_, (cost, _))| *cost)?;
    let mut way = vec![last];
    while state.lines > 0 {
        let (_, before) = reached[*way.last()?].get(state)?;
        way.push(state.start);
        state = before;
    }
    way.reverse();
    Some(way)
}

/// The states that a place can be reached in, each with its cost and the state before it.
type Reached = BTreeMap<State, (u64, State)>;

fn states(search: &Search<'_>, senses: &[u32], em: i64, fewest: usize) -> Vec<Reached> {
    let n = search.starts.len();
    let mut reached: Vec<Reached> = vec![BTreeMap::new(); n];
    let root = State { lines: 0, start: 0, narrowing: false };
    reached[0].insert(root, (0, root));
    for end in 1..n {
        let sense = senses.get(search.starts[end]).copied().unwrap_or(0);
        let advice = u64::from(sense) + search.cost_of_break(end);
        let mut here: Reached = BTreeMap::new();
        for start in (0..end).rev() {
            let Some(width) = search.width(start, end) else { break };
            if !search.is_line(start, end) {
                continue;
            }
            for (&state, &(cost, _)) in &reached[start] {
                if state.lines >= fewest {
                    continue;
                }
                // The first line has none to compare with.
                let before = if state.lines == 0 { None } else { search.width(state.start, start) };
                let step = before.map(|before| (width - before) * 10 / em.max(1));
                let form = step.map_or(0, |step| form_cost(step, state.narrowing));
                let narrowing = state.narrowing || step.is_some_and(|step| step < 0);
                let next = State { lines: state.lines + 1, start, narrowing };
                let entry = here.entry(next).or_insert((u64::MAX, state));
                if cost + advice + form < entry.0 {
                    *entry = (cost + advice + form, state);
                }
            }
        }
        reached[end] = here;
    }
    reached
}

/// What two neighbouring lines cost by the difference of their widths, tenths of an em.
fn form_cost(step: i64, narrowing: bool) -> u64 {
    let difference = step.abs();
    let off = (difference - BEST_STEP).min(200);
    let mut cost = (off * off / 20) as u64;
    if difference < LEAST_STEP {
        cost += RECTANGLE;
    }
    if narrowing && step > 0 {
        cost += HOURGLASS;
    }
    cost
}

impl Search<'_> {
    /// Natural width of a line; `None` when it does not fit.
    fn width(&self, start: usize, end: usize) -> Option<i64> {
        let from = self.starts[start];
        let atoms = self.atoms(from, self.starts[end])?;
        let width = self.lines.natural_width(&atoms);
        // Rounding may make it a few units wider.
        (width <= self.lines.room(from) + atoms.len() as i64 || atoms.len() == 1).then_some(width)
    }

    /// Whether this may be a line of a title: not a single character.
    fn is_line(&self, start: usize, end: usize) -> bool {
        let (from, to) = (self.starts[start], self.starts[end]);
        let whole = start == 0 && end + 1 == self.starts.len();
        whole || self.level == Level::Relaxed || self.texts[to] - self.texts[from] > 1
    }

    fn cost_of_break(&self, end: usize) -> u64 {
        self.break_cost(self.starts[end]).unwrap_or(0)
    }
}
