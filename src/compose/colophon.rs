//! The block at the foot of the last page (版记, 报尾).

use super::{ColophonBlock, Composer, Id, Node, Run, generated};
use crate::layout::{ColophonElement, Slot};
use crate::unit::Length;

impl Composer<'_> {
    /// The elements that have content, with the rules that part them.
    pub(super) fn colophon(&mut self) -> Vec<ColophonBlock> {
        let elements = &self.layout.colophon.elements;
        let id = Id::new("colophon");
        let blocks = elements.iter().enumerate();
        let blocks = blocks.flat_map(|(index, one)| self.colophon_blocks(one, &id.at(index)));
        let blocks = blocks.collect();
        let ruled = |element: Option<&ColophonElement>| {
            matches!(element, Some(ColophonElement::Rule { .. }))
        };
        collapse(blocks, ruled(elements.first()), ruled(elements.last()))
    }

    fn colophon_blocks(&mut self, element: &ColophonElement, id: &Id) -> Vec<ColophonBlock> {
        match element {
            ColophonElement::Rule { weight, ink } => {
                vec![ColophonBlock::Rule { weight: *weight, ink: ink.clone() }]
            }
            ColophonElement::Entry { label, names, end } => {
                self.entry(label, names, end, id).into_iter().collect()
            }
            ColophonElement::Row { left, right } => {
                let left = self.side(left, &id.field("left"));
                let right = self.side(right, &id.field("right"));
                let empty = left.is_empty() && right.is_empty();
                if empty { Vec::new() } else { vec![ColophonBlock::Row { left, right }] }
            }
            ColophonElement::Pairs(slots) => self.pairs(slots, id),
        }
    }

    fn entry(&mut self, label: &Slot, names: &Slot, end: &str, id: &Id) -> Option<ColophonBlock> {
        let mut list = self.slot(names, &id.field("names"))?;
        let runs = list.last_runs()?;
        let last = runs.last()?;
        // An editor who ended the names herself gets no second stop.
        if !last.text.ends_with(end) {
            let stop = generated(names.role, end, last.field);
            runs.extend(stop);
        }
        let label = self.slot(label, &id.field("label")).into_iter().collect();
        Some(ColophonBlock::Entry { label, names: vec![list] })
    }

    /// Texts two a row. That is decided here, by what the words are likely to be as wide as, and
    /// not where they are set, so that every writer has the same rows.
    fn pairs(&mut self, slots: &[Slot], id: &Id) -> Vec<ColophonBlock> {
        let slots = slots.iter().enumerate();
        let texts: Vec<Node> =
            slots.filter_map(|(index, slot)| self.slot(slot, &id.at(index))).collect();
        let mut texts = texts.into_iter().peekable();
        let mut rows = Vec::new();
        while let Some(left) = texts.next() {
            let right = texts.next_if(|right| self.fit_beside(&left.runs(), &right.runs()));
            rows.push(ColophonBlock::Row { left: vec![left], right: right.into_iter().collect() });
        }
        rows
    }

    /// Whether two texts have room on one row, with the layout's white between them.
    fn fit_beside(&self, left: &[&Run], right: &[&Run]) -> bool {
        let (Some(first), Some(second)) = (left.first(), right.first()) else { return true };
        let (first, second) = (self.layout.style(first.role), self.layout.style(second.role));
        let white = first.size.max(second.size).thousandths(self.layout.colophon.between);
        let insets = first.size.thousandths(first.left) + second.size.thousandths(second.right);
        let width = |runs: &[&Run]| -> Length {
            let em = |run: &&Run| self.layout.style(run.role).size.thousandths(ems(&run.text));
            runs.iter().map(em).sum()
        };
        insets + width(left) + white + width(right) <= self.layout.page.measure
    }
}

/// How wide a text is at the most, but for rare words, thousandths of an em.
fn ems(text: &str) -> i64 {
    let ems = |c: char| match c {
        'A'..='Z' | 'm' | 'w' | '@' | '%' => 850,
        c if c.is_ascii() => 500,
        _ => 1000,
    };
    text.chars().map(ems).sum()
}

/// Rules with nothing between them become one, the heavier; a rule that parts elements from
/// nothing falls away, but the layout's own first and last rules stay.
fn collapse(blocks: Vec<ColophonBlock>, first: bool, last: bool) -> Vec<ColophonBlock> {
    let is_rule = |block: &ColophonBlock| matches!(block, ColophonBlock::Rule { .. });
    if blocks.iter().all(is_rule) {
        return Vec::new();
    }
    let mut kept: Vec<ColophonBlock> = Vec::new();
    for block in blocks {
        if let (ColophonBlock::Rule { weight: new, .. }, Some(ColophonBlock::Rule { weight, .. })) =
            (&block, kept.last())
        {
            if new > weight {
                kept.pop();
                kept.push(block);
            }
        } else {
            kept.push(block);
        }
    }
    if !first && kept.first().is_some_and(is_rule) {
        kept.remove(0);
    }
    if !last && kept.last().is_some_and(is_rule) {
        kept.pop();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Length;

    fn shape(blocks: &[ColophonBlock]) -> String {
        blocks
            .iter()
            .map(|block| match block {
                ColophonBlock::Rule { weight, .. } if weight.0 > 30 => '━',
                ColophonBlock::Rule { .. } => '─',
                _ => 'E',
            })
            .collect()
    }

    fn blocks(shape: &str) -> Vec<ColophonBlock> {
        shape
            .chars()
            .map(|c| match c {
                'E' => ColophonBlock::Row { left: Vec::new(), right: Vec::new() },
                c => ColophonBlock::Rule {
                    weight: Length(if c == '━' { 35 } else { 25 }),
                    ink: "black".into(),
                },
            })
            .collect()
    }

    /// GB/T 9704 §7.4.1: the outer rules are the thick ones, whatever is left out between.
    #[test]
    fn rules_that_meet_become_the_heavier_one() {
        for (given, kept) in [
            ("━E─E━", "━E─E━"),
            ("━E─━", "━E━"),
            ("━─E━", "━E━"),
            ("━──E─E━", "━E─E━"),
            ("━──━", ""),
        ] {
            assert_eq!(shape(&collapse(blocks(given), true, true)), kept, "{given}");
        }
    }

    #[test]
    fn a_rule_between_that_parts_nothing_falls_away() {
        assert_eq!(shape(&collapse(blocks("─E"), false, false)), "E");
        assert_eq!(shape(&collapse(blocks("E─"), false, false)), "E");
        assert_eq!(shape(&collapse(blocks("━E─"), true, false)), "━E");
    }
}
