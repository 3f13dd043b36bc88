//! The title block (报头).

use super::{Composer, HeadBlock, Id, Node};
use crate::layout::{HeadElement, Slot};

impl Composer<'_> {
    /// The elements of the layout's head that have content, in its order; rules always stand.
    pub(super) fn head(&mut self) -> Vec<HeadBlock> {
        let head = Id::new("head");
        let elements = self.layout.head.iter().enumerate();
        elements.filter_map(|(index, element)| self.head_block(element, &head.at(index))).collect()
    }

    fn head_block(&mut self, element: &HeadElement, id: &Id) -> Option<HeadBlock> {
        let (on_left, on_right) = (id.field("left"), id.field("right"));
        match element {
            HeadElement::Marks { left, right } => {
                let (left, right) = (self.rows(left, &on_left), self.rows(right, &on_right));
                (!left.is_empty() || !right.is_empty()).then_some(HeadBlock::Marks { left, right })
            }
            HeadElement::Line { slot, top, gap } => {
                let lines = self.slot_lines(slot, id);
                let (role, top, gap) = (slot.role, *top, *gap);
                (!lines.is_empty()).then_some(HeadBlock::Line { role, lines, top, gap })
            }
            HeadElement::Row { left, right, gap, inset } => {
                let (left, right) = (self.side(left, &on_left), self.side(right, &on_right));
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
    fn rows(&mut self, slots: &[Slot], id: &Id) -> Vec<Node> {
        let slots = slots.iter().enumerate();
        slots.filter_map(|(index, slot)| self.slot(slot, &id.at(index))).collect()
    }
}
