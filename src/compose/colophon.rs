//! The block at the foot of the last page (版记, 报尾).

use super::{ColophonBlock, Composer, generated};
use crate::layout::ColophonElement;

impl Composer<'_> {
    /// The elements that have content, with the rules that part them.
    pub(super) fn colophon(&mut self) -> Vec<ColophonBlock> {
        let elements = &self.layout.colophon.elements;
        let blocks = elements.iter().filter_map(|element| self.colophon_block(element)).collect();
        let ruled = |element: Option<&ColophonElement>| {
            matches!(element, Some(ColophonElement::Rule { .. }))
        };
        collapse(blocks, ruled(elements.first()), ruled(elements.last()))
    }

    fn colophon_block(&mut self, element: &ColophonElement) -> Option<ColophonBlock> {
        match element {
            ColophonElement::Rule { weight, ink } => {
                Some(ColophonBlock::Rule { weight: *weight, ink: ink.clone() })
            }
            ColophonElement::Entry { label, names, end } => {
                let mut runs = self.slot(names);
                let last = runs.last()?;
                // An editor who ended the names herself gets no second stop.
                if !last.text.ends_with(end.as_str()) {
                    runs.extend(generated(names.role, end, last.field));
                }
                Some(ColophonBlock::Entry { label: self.slot(label), names: runs })
            }
            ColophonElement::Row { left, right } => {
                let (left, right) = (self.side(left), self.side(right));
                (!left.is_empty() || !right.is_empty())
                    .then_some(ColophonBlock::Row { left, right })
            }
        }
    }
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
