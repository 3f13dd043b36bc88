//! What holds for the pages of any issue.

use std::collections::BTreeMap;

use hongtou::layout::Layout;
use hongtou::page::{Element, LineReport, Pages, Part, RulePart};
use hongtou::unit::Length;

/// Characters that begin no line (GB/T 15834 §5.1).
const NOT_FIRST: &str = "、，；：。．！？’”）》〉】〕〗」』］｝～·—%‰℃";
/// Characters that end no line.
const NOT_LAST: &str = "‘“（《〈【〔〖「『［｛";

/// Checks every rule; panics with the broken one and what the pages are of.
pub fn check(pages: &Pages, layout: &Layout, of: &str) {
    let lines = &pages.report.lines;
    assert!(!lines.is_empty(), "{of}: no lines");
    edges(lines, of);
    paragraphs(pages, layout, of);
    flush(pages, layout, of);
    last_page(pages, layout, of);
}

fn edges(lines: &[LineReport], of: &str) {
    for line in lines {
        let first = line.text.chars().next().expect("no line is empty");
        let last = line.text.chars().last().expect("no line is empty");
        // A dash of two may begin a line, a single one may not.
        let dash = line.text.starts_with("——");
        assert!(
            dash || !NOT_FIRST.contains(first),
            "{of}: a line begins with {first}: {}",
            line.text
        );
        assert!(!NOT_LAST.contains(last), "{of}: a line ends with {last}: {}", line.text);
    }
}

/// 孤字不成行, 孤行不成页, and titles with what they head.
fn paragraphs(pages: &Pages, layout: &Layout, of: &str) {
    let lines = &pages.report.lines;
    let mut blocks: BTreeMap<usize, Vec<&LineReport>> = BTreeMap::new();
    for line in lines {
        blocks.entry(line.block).or_default().push(line);
    }
    for block in blocks.values() {
        let last = block[block.len() - 1];
        assert_eq!(block.len(), last.of, "{of}: lines are missing: {}", last.text);
        if block.len() > 1 {
            let letters = last.text.chars().filter(|c| !NOT_FIRST.contains(*c)).count();
            assert!(letters >= 2, "{of}: a single character on the last line: {}", last.text);
        }
        let mut on_page: BTreeMap<u32, usize> = BTreeMap::new();
        for line in block {
            *on_page.entry(line.page).or_default() += 1;
        }
        if on_page.len() > 1 {
            for (page, count) in on_page {
                assert!(count >= 2, "{of}: a single line on page {page}: {}", block[0].text);
            }
        }
    }
    let order: Vec<&Vec<&LineReport>> = blocks.values().collect();
    for pair in order.windows(2) {
        let (above, below) = (pair[0], pair[1]);
        let keep = layout.style(pages.blocks[above[0].block].role).keep_next;
        if keep > 0 {
            let page = above[above.len() - 1].page;
            assert_eq!(below[0].page, page, "{of}: a title is last on a page: {}", above[0].text);
            let together = below.iter().filter(|line| line.page == page).count();
            assert!(together >= below.len().min(keep as usize), "{of}: {}", above[0].text);
        }
    }
}

/// Lines that are filled end at the edge; no line goes beyond it.
fn flush(pages: &Pages, layout: &Layout, of: &str) {
    for page in &pages.pages {
        let right = page.left + layout.page.measure;
        for element in &page.elements {
            let Element::Glyphs(run) = element else { continue };
            let Some(glyph) = run.glyphs.last() else { continue };
            assert!(
                glyph.x < right + Length::from_pt(0.01),
                "{of}: page {}: {} goes beyond the edge",
                page.number,
                run.text
            );
        }
    }
    for line in &pages.report.lines {
        assert!(line.row < layout.page.lines, "{of}: {} is below the type area", line.text);
        assert!(
            line.stretch_per_gap <= 400,
            "{of}: {} has gaps: {}",
            line.text,
            line.stretch_per_gap
        );
    }
}

/// The colophon stands at the foot of the last page, nowhere else, with two lines at the least; or
/// on an even page, with or without them, where the layout says so.
fn last_page(pages: &Pages, layout: &Layout, of: &str) {
    let last = pages.pages.last().expect("a page");
    let lines = &pages.report.lines;
    let here: Vec<&LineReport> = lines.iter().filter(|line| line.page == last.number).collect();
    let even = layout.colophon.even_page;
    assert!(
        !even || last.number.is_multiple_of(2),
        "{of}: the colophon is on page {}",
        last.number
    );
    let alone = even && here.is_empty();
    assert!(alone || here.len() >= lines.len().min(2), "{of}: the colophon is alone");
    let mut top = layout.page.bottom();
    for page in &pages.pages {
        for element in &page.elements {
            match element {
                Element::Rule(rule) if rule.part == RulePart::Colophon => {
                    assert_eq!(page.number, last.number, "{of}: a colophon before the last page");
                    top = top.min(rule.y);
                }
                Element::Glyphs(run) => {
                    let part = run.block.map(|block| pages.blocks[block].part);
                    assert!(
                        part != Some(Part::Colophon) || page.number == last.number,
                        "{of}: a colophon before the last page"
                    );
                }
                _ => {}
            }
        }
    }
    for line in here {
        let bottom = line.top + layout.page.size;
        assert!(bottom <= top, "{of}: {} runs into the colophon", line.text);
    }
}
