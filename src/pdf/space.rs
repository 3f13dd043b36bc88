//! White space that has no glyph.

use std::collections::BTreeMap;

use crate::page::{Element, GlyphRun, Page, Pages};

/// White space that a block has between two of its runs and neither of them: a space that fell
/// away at a line end still parts two words for whoever takes the text out.
pub(super) fn spaces(pages: &Pages) -> BTreeMap<(usize, usize), String> {
    let mut spaces = BTreeMap::new();
    // How far each block has been read, and where its last run is. `None`: it does not read on.
    type Reading = Option<(usize, Option<(usize, usize)>)>;
    let mut read: Vec<Reading> = vec![Some((0, None)); pages.blocks.len()];
    for (index, page) in pages.pages.iter().enumerate() {
        for (element, run) in runs(page) {
            let Some(block) = run.block.filter(|&block| block < read.len()) else { continue };
            let Some((at, last)) = read[block] else { continue };
            let rest = &pages.blocks[block].text[at..];
            let gap = rest.len() - rest.trim_start().len();
            let skipped = [0, gap].into_iter().find(|&skip| rest[skip..].starts_with(&run.text));
            read[block] = skipped.map(|skip| {
                if let Some(last) = last.filter(|_| skip > 0) {
                    spaces.insert(last, rest[..skip].to_owned());
                }
                (at + skip + run.text.len(), Some((index, element)))
            });
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
