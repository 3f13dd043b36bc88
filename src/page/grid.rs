//! The inspection grid: cells and rows of the type area, drawn under the text.

use crate::layout::Layout;
use crate::unit::Length;

use super::{Element, Pages, Rule, RulePart};

/// Name of the grid's colour; writers know it without a layout.
pub const GRID_INK: &str = "grid";

/// Draws the grid of lines × characters under every page's text.
pub fn draw_grid(pages: &mut Pages, layout: &Layout) {
    let weight = Length::from_pt(0.2);
    for page in &mut pages.pages {
        let mut rules = Vec::new();
        let mut rule = |x, y, width, height| {
            let ink = GRID_INK.to_owned();
            rules.push(Element::Rule(Rule { x, y, width, height, ink, part: RulePart::Grid }));
        };
        let geometry = &layout.page;
        for row in 0..geometry.lines {
            let top = geometry.row_top(row);
            for edge in [top, top + geometry.size] {
                rule(page.left, edge - weight / 2, geometry.measure, weight);
            }
            for cell in 0..=i64::from(geometry.characters) {
                let x = page.left + geometry.measure.scale(cell, i64::from(geometry.characters));
                rule(x - weight / 2, top, weight, geometry.size);
            }
        }
        rules.append(&mut page.elements);
        page.elements = rules;
    }
}
