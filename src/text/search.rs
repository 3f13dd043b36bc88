//! The lines of a whole paragraph, chosen together: a shortest path over the places where a line
//! may begin.

use std::ops::Range;

use super::breaks::EMERGENCY;
use super::justify::{Level, Lines};
use super::width::cells;
use super::{Analysis, Break, Class, Fit, Measured, Settings, Shape};

/// Cost of a last line with a single character (GB/T 15834 §5.1.11), where no way avoids it.
const SINGLE_CHARACTER: u64 = 10_000_000;
/// Cost of a break inside a word that is longer than a line.
const INSIDE_WORD: u64 = 100_000_000;
/// Cost of a break that the standard forbids.
const FORBIDDEN: u64 = 10_000_000_000;
/// Most places that are tried for the beginning of a line: only text without any width has more.
const MOST_STARTS: usize = 300;
const NO_WAY: u64 = u64::MAX;

/// Prepares the search; a paragraph without text has no lines.
pub(super) fn with_search(
    analysis: &Analysis,
    measured: &[Measured],
    shape: &Shape,
    settings: &Settings,
    solve: impl FnOnce(&mut Search<'_>) -> Vec<Fit>,
) -> Vec<Fit> {
    let cells = cells(analysis, measured, settings);
    let lines = Lines::new(&cells, shape, settings);
    let ends = ends(analysis);
    let texts = texts(analysis);
    let mut search = Search {
        analysis,
        lines: &lines,
        ends: &ends,
        texts: &texts,
        level: Level::Strict,
        starts: Vec::new(),
    };
    if analysis.atoms.is_empty() || ends[analysis.atoms.len()] == 0 {
        return vec![Fit { lines: Vec::new(), cost: 0, overfull: false }];
    }
    search.starts = search.places();
    solve(&mut search)
}

/// For each place where a line may end: one past its last atom that is no space.
fn ends(analysis: &Analysis) -> Vec<usize> {
    let mut ends = vec![0];
    for (i, atom) in analysis.atoms.iter().enumerate() {
        let space = matches!(atom.class, Class::Space | Class::IdeographicSpace);
        ends.push(if space { ends[i] } else { i + 1 });
    }
    ends
}

/// Characters that are no marks, counted up to each place.
fn texts(analysis: &Analysis) -> Vec<usize> {
    let mut texts = vec![0];
    for (i, atom) in analysis.atoms.iter().enumerate() {
        let text = matches!(
            atom.class,
            Class::Han
                | Class::Iteration
                | Class::Number
                | Class::Latin
                | Class::Roman
                | Class::Circled
                | Class::Prefix
                | Class::Postfix
        );
        texts.push(texts[i] + usize::from(text));
    }
    texts
}

/// The search for the best way.
pub(super) struct Search<'a> {
    analysis: &'a Analysis,
    pub lines: &'a Lines<'a>,
    ends: &'a [usize],
    /// Characters that are no marks, counted up to each atom.
    pub texts: &'a [usize],
    pub level: Level,
    /// Where lines may begin, 0 first, and the end of the paragraph.
    pub starts: Vec<usize>,
}

impl Search<'_> {
    fn len(&self) -> usize {
        self.analysis.atoms.len()
    }

    /// The places where lines may begin at this level, and the end.
    fn places(&self) -> Vec<usize> {
        let mut places = vec![0];
        places.extend((1..self.len()).filter(|&i| self.break_cost(i).is_some()));
        places.push(self.len());
        places
    }

    /// What it costs to begin a line with atom `i`.
    pub fn break_cost(&self, i: usize) -> Option<u64> {
        if i == self.len() {
            return Some(0);
        }
        let relaxed = self.level == Level::Relaxed;
        match self.analysis.breaks[i] {
            Break::Allowed(cost) if cost < EMERGENCY || relaxed => Some(u64::from(cost)),
            Break::Never if relaxed => {
                // Spaces hang at the end of the line before, whatever happens.
                let space = self.ends[i + 1] <= i;
                let cost = if self.analysis.solid[i] { INSIDE_WORD } else { FORBIDDEN };
                (!space).then_some(cost)
            }
            _ => None,
        }
    }

    /// The atoms of a line from one place to another, without the spaces at its end.
    pub fn atoms(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let end = self.ends[end];
        (end > start).then_some(start..end)
    }

    /// What a line costs with the break after it.
    fn cost(&self, start: usize, end: usize) -> Option<u64> {
        let atoms = self.atoms(start, end)?;
        let last = end == self.len() || self.ends[self.len()] <= end;
        let plan = self.lines.plan(&atoms, last, self.level)?;
        let mut cost = plan.cost + self.break_cost(end)?;
        if last && start > 0 && self.texts[end] - self.texts[start] <= 1 && self.texts[end] > 1 {
            match self.level {
                Level::Strict => return None,
                Level::Relaxed => cost += SINGLE_CHARACTER,
            }
        }
        Some(cost)
    }

    /// The lines that can end at a place: index of their start, latest first, and their cost.
    fn lines_to(&self, end: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
        let to = self.starts[end];
        let widest = self.lines.room(0).max(self.lines.room(1));
        (0..end)
            .rev()
            .take(MOST_STARTS)
            .take_while(move |&from| {
                let from = self.starts[from];
                let Some(atoms) = self.atoms(from, to) else { return true };
                // A single atom may stick out; the edges may give another em.
                let inner = atoms.start + 1..(atoms.end - 1).max(atoms.start + 1);
                inner.is_empty() || self.lines.least_width(&inner) <= widest
            })
            .filter(move |&from| !self.is_too_short(self.starts[from], to))
            .filter_map(move |from| Some((from, self.cost(self.starts[from], to)?)))
    }

    /// Whether a line is so short that it need not be looked at closely: half of them are.
    fn is_too_short(&self, start: usize, end: usize) -> bool {
        let (to, len) = (self.ends[end], self.len());
        self.level == Level::Strict
            && self.ends[len] > to
            && to > start
            && self.lines.greatest_width(&(start..to)) < self.lines.room(start)
    }

    /// The best way: the places where its lines begin, and the end.
    pub fn best(&self) -> Option<Vec<usize>> {
        let n = self.starts.len();
        let mut costs = vec![NO_WAY; n];
        let mut previous = vec![0; n];
        costs[0] = 0;
        for end in 1..n {
            for (start, cost) in self.lines_to(end) {
                let total = costs[start].saturating_add(cost);
                if total < costs[end] {
                    costs[end] = total;
                    previous[end] = start;
                }
            }
        }
        if costs[n - 1] == NO_WAY {
            return None;
        }
        let mut way = vec![n - 1];
        while let Some(&place) = way.last()
            && place > 0
        {
            way.push(previous[place]);
        }
        way.reverse();
        Some(way)
    }

    /// The best way, and the best with up to `slack` lines fewer and more.
    ///
    /// The state is the place and how many lines more than the best way has there; it never needs
    /// to be further away than one line beyond `slack`, which keeps the search linear.
    pub fn with_slack(&self, best: Vec<usize>, slack: usize) -> Vec<Fit> {
        let n = self.starts.len();
        let reach = slack as i64 + 1;
        let width = 2 * reach as usize + 1;
        let pace = pace(&best, n);
        let state = |place: usize, lines: i64| {
            let away = lines - pace[place];
            (away.abs() <= reach).then(|| place * width + (away + reach) as usize)
        };
        let mut costs = vec![NO_WAY; n * width];
        let mut previous = vec![0; n * width];
        costs[reach as usize] = 0;
        for end in 1..n {
            for (start, cost) in self.lines_to(end) {
                for away in 0..width {
                    let from = start * width + away;
                    if costs[from] == NO_WAY {
                        continue;
                    }
                    let lines = pace[start] + away as i64 - reach + 1;
                    let Some(to) = state(end, lines) else { continue };
                    let total = costs[from].saturating_add(cost);
                    if total < costs[to] {
                        costs[to] = total;
                        previous[to] = from;
                    }
                }
            }
        }
        let most = best.len() as i64 - 1;
        let mut fits = Vec::new();
        for lines in most - slack as i64..=most + slack as i64 {
            if lines == most {
                fits.push(self.fit(&best));
            } else if let Some(last) = state(n - 1, lines)
                && costs[last] != NO_WAY
            {
                let mut way = vec![last];
                while let Some(&from) = way.last()
                    && from >= width
                {
                    way.push(previous[from]);
                }
                let way: Vec<usize> = way.iter().rev().map(|state| state / width).collect();
                fits.push(self.fit(&way));
            }
        }
        fits
    }

    /// The best way where none is within the limits.
    pub fn beyond_limits(&mut self) -> Fit {
        self.level = Level::Relaxed;
        self.starts = self.places();
        let way = self.best().unwrap_or_else(|| self.greedy());
        self.fit(&way)
    }

    /// First fit, for what nothing else can set: text without width, marks without end.
    fn greedy(&self) -> Vec<usize> {
        let n = self.starts.len();
        let mut way = vec![0];
        let mut start = 0;
        for end in 1..n {
            let fits = self.atoms(self.starts[start], self.starts[end]).is_none_or(|atoms| {
                self.lines.natural_width(&atoms) <= self.lines.room(atoms.start)
            });
            if !fits
                && end - 1 > start
                && self.atoms(self.starts[start], self.starts[end - 1]).is_some()
            {
                start = end - 1;
                way.push(start);
            }
        }
        way.push(n - 1);
        way
    }

    /// Sets the lines of a way.
    pub fn fit(&self, way: &[usize]) -> Fit {
        let mut fit = Fit { lines: Vec::new(), cost: 0, overfull: false };
        for pair in way.windows(2) {
            let (start, end) = (self.starts[pair[0]], self.starts[pair[1]]);
            let Some(atoms) = self.atoms(start, end) else { continue };
            let last = end == self.len() || self.ends[self.len()] <= end;
            let cost = self.cost(start, end);
            let plan = self.lines.plan(&atoms, last, self.level);
            fit.overfull |= plan.is_none_or(|plan| plan.beyond)
                || self.level == Level::Relaxed && cost.is_none_or(|c| c >= EMERGENCY.into());
            fit.cost = fit.cost.saturating_add(cost.unwrap_or(FORBIDDEN));
            let plan = plan.unwrap_or_else(|| self.lines.natural(&atoms));
            fit.lines.push(self.lines.set(atoms, &plan));
        }
        fit
    }
}

/// How many lines the best way has had at each place.
fn pace(best: &[usize], places: usize) -> Vec<i64> {
    let mut pace = Vec::with_capacity(places);
    let mut lines = 0;
    for place in 0..places {
        if best.get(lines as usize).is_some_and(|&end| end < place) {
            lines += 1;
        }
        pace.push(lines);
    }
    pace
}
