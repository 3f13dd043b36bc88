//! The shortest path over (page, row).

use std::collections::{BTreeMap, BTreeSet};

use super::concession::concessions;
use super::end::{End, best_end};
use super::place::Situation;
use super::tail::Tails;
use super::weight::{BARE, HARM, PARTED, Rules};
use super::{FlowBlock, Frame, Placement, Solution, State};

/// A paragraph set in another number of lines than its best.
const VARIED: u64 = 60;
/// States that are this much worse than the best one of the same harm are not followed.
const BEAM: u64 = 5_000;

/// States of so much more harm than the best one are not followed: a better end saves no more.
const FOLLOWED: u64 = BARE + PARTED;

/// After so many blocks, steps that no state has come by are forgotten: of a long issue nearly all.
const FORGOTTEN: usize = 256;

#[derive(Clone, Debug)]
struct Step {
    cost: u64,
    from: State,
    placement: Placement,
}

/// The cheapest way; `None` when there is none.
pub(super) fn search(blocks: &[FlowBlock], frame: &Frame, rules: Rules) -> Option<Solution> {
    let mut layers: Vec<BTreeMap<State, Step>> = Vec::with_capacity(blocks.len());
    let mut states: Vec<(State, u64)> = vec![((0, frame.first_row), 0)];
    let mut only_titles = true;
    let several = blocks.iter().filter_map(|block| block.ways.first()).map(|way| way.lines);
    let several = several.sum::<u32>() > 1;
    for (index, block) in blocks.iter().enumerate() {
        let ends_text = several && index + 1 == blocks.len();
        let previous = index.checked_sub(1).map(|i| &blocks[i]);
        let mut layer = Layer::default();
        let mut tails = Tails::new(block, frame, rules);
        for &(state, cost) in &states {
            for (way_index, way) in block.ways.iter().enumerate() {
                let situation =
                    Situation { frame, previous, only_titles, block, way, state, rules, ends_text };
                let cost = cost + way.cost + u64::from(way.varied) * VARIED;
                situation.each(&mut tails, &mut |next, extra, pieces| {
                    layer.offer(next, cost + extra, || Step {
                        cost: cost + extra,
                        from: state,
                        placement: Placement { way: way_index, pieces: pieces() },
                    });
                });
            }
        }
        let layer = layer.pruned();
        states = layer.iter().map(|(state, step)| (*state, step.cost)).collect();
        layers.push(layer);
        if layers.len().is_multiple_of(FORGOTTEN) {
            forget(&mut layers);
        }
        only_titles &= block.title;
    }
    let end = best_end(&states, frame, rules)?;
    Some(trace(blocks, &layers, &end, frame))
}

/// Drops the steps that lead to no state of the last layer. What was dropped before is not looked at
/// again, so this costs no more than the search.
fn forget(layers: &mut [BTreeMap<State, Step>]) {
    let mut wanted: Option<BTreeSet<State>> = None;
    let mut above = layers;
    while let Some((layer, below)) = above.split_last_mut() {
        if let Some(wanted) = &wanted {
            layer.retain(|state, _| wanted.contains(state));
        }
        let from: BTreeSet<State> = layer.values().map(|step| step.from).collect();
        if from.len() == 1 && below.last().is_some_and(|layer| layer.len() == 1) {
            break;
        }
        wanted = Some(from);
        above = below;
    }
}

/// The cheapest step to each state, after one more block.
///
/// States that are much worse than others are left out. Harm is weighed apart: one that does some
/// now may save worse at the end, so the best of each amount of it are followed.
#[derive(Default)]
struct Layer {
    steps: BTreeMap<State, Step>,
    /// The least cost of each amount of harm so far.
    best: BTreeMap<u64, u64>,
}

impl Layer {
    /// Takes a step, if it is better than the one known to that state and not much too dear.
    fn offer(&mut self, state: State, cost: u64, step: impl FnOnce() -> Step) {
        if self.steps.get(&state).is_some_and(|known| known.cost <= cost) || !self.follows(cost) {
            return;
        }
        self.steps.insert(state, step());
        let best = self.best.entry(cost / HARM).or_insert(cost);
        *best = cost.min(*best);
    }

    fn follows(&self, cost: u64) -> bool {
        let least = self.best.values().next();
        let alike = self.best.get(&(cost / HARM));
        least.is_none_or(|least| cost <= least + FOLLOWED)
            && alike.is_none_or(|best| cost <= best + BEAM)
    }

    fn pruned(mut self) -> BTreeMap<State, Step> {
        let mut steps = std::mem::take(&mut self.steps);
        steps.retain(|_, step| self.follows(step.cost));
        steps
    }
}

fn trace(
    blocks: &[FlowBlock],
    layers: &[BTreeMap<State, Step>],
    end: &End,
    frame: &Frame,
) -> Solution {
    let mut placements = Vec::with_capacity(layers.len());
    let mut state = end.state;
    for layer in layers.iter().rev() {
        let step = &layer[&state];
        placements.push(step.placement.clone());
        state = step.from;
    }
    placements.reverse();
    let pages = end.state.0 + 1;
    let mut last_row = vec![frame.first_row; pages as usize];
    for piece in placements.iter().flat_map(|placement| &placement.pieces) {
        last_row[piece.page as usize] = piece.row + piece.rows;
    }
    // A page that ends where something wanted a new page is full as it is.
    let mut firsts = BTreeMap::new();
    for (at, block) in placements.iter().zip(blocks) {
        let new = block.new_page && at.pieces[0].row == 0;
        firsts.entry(at.pieces[0].page).or_insert(new);
    }
    let wanted = |page: u32| firsts.get(&page) == Some(&true);
    let empty = (0..pages - 1)
        .filter(|page| !wanted(page + 1))
        .map(|page| (page, frame.rows.saturating_sub(last_row[page as usize])))
        .filter(|(_, rows)| *rows > 0)
        .collect();
    let (cost, colophon) = (end.cost, end.colophon);
    let mut solution =
        Solution { placements, empty, concessions: Vec::new(), cost, pages, colophon };
    solution.concessions = concessions(blocks, frame, &solution);
    solution
}
