//! The title block (报头).

use super::{Composer, HeadBlock, Run};
use crate::layout::{HeadElement, Slot};

impl Composer<'_> {
    /// The elements of the layout's head that have content, in its order; rules always stand.
    pub(super) fn head(&mut self) -> Vec<HeadBlock> {
        self.layout.head.iter().filter_map(|element| self.head_block(element)).collect()
    }

    fn head_block(&mut self, element: &HeadElement) -> Option<HeadBlock> {
        match element {
            HeadElement::Marks { left, right } => {
                let (left, right) = (self.rows(left), self.rows(right));
                (!left.is_empty() || !right.is_empty()).then_some(HeadBlock::Marks { left, right })
            }
            HeadElement::Line { slot, top, gap } => {
                let lines = self.slot_lines(slot);
                let (role, top, gap) = (slot.role, *top, *gap);
                (!lines.is_empty()).then_some(HeadBlock::Line { role, lines, top, gap })
            }
            HeadElement::Row { left, right, gap, inset } => {
                let (left, right) = (self.side(left), self.side(right));
                let (gap, inset) = (*gap, *inset);
                (!left.is_empty() || !right.is_empty()).then_some(HeadBlock::Row {
                    left,
                    right,
                    gap,
                    inset,
                })
            }
            HeadElement::Rule { weights, between, ink, gap } => Some(HeadBlock::Rule {
                weights: weights.clone(),
                between: *between,
                ink: ink.clone(),
                gap: *gap,
            }),
        }
    }

    /// A row for each slot with content: marks close up (GB/T 9704 §7.2.1 to §7.2.3).
    fn rows(&mut self, slots: &[Slot]) -> Vec<Vec<Run>> {
        slots.iter().map(|slot| self.slot(slot)).filter(|row| !row.is_empty()).collect()
    }
}
