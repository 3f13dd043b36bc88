//! White space that has no glyph.

use std::collections::BTreeMap;

use crate::page::{Element, GlyphRun, Page, Pages};

/// White space that a block has between two of its runs and neither of them: a space that fell
/// away at a line end still parts two words for whoever takes the text out.
pub(super) fn spaces(pages: &Pages) -> BTreeMap<(usize, usize), String> {
    let mut spaces = BTreeMap::new();
    // How far each block has been read, and where its last run is.
    let mut read = vec![(0, None); pages.blocks.len()];
    for (index, page) in pages.pages.iter().enumerate() {
        for (element, run) in runs(page) {
            let Some(block) = run.block.filter(|&block| block < read.len()) else { continue };
            let (at, last) = read[block];
            let between = pages.blocks[block].text.get(at..run.start).unwrap_or_default();
            if let Some(last) = last.filter(|_| !between.is_empty() && between.trim().is_empty()) {
                spaces.insert(last, between.to_owned());
            }
            read[block] = (run.start + run.text.len(), Some((index, element)));
        }
    }
    spaces
}

fn runs(page: &Page) -> impl Iterator<Item = (usize, &GlyphRun)> {
    page.elements.iter().enumerate().filter_map(|(index, element)| match element {
        Element::Glyphs(run) => Some((index, run)),
        Element::Rule(_) | Element::Link(_) => None,
    })
}
