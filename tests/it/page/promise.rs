//! What page breaking promises of any issue that can be written: there are pages, every paragraph
//! is on them once and in order, no page is empty, the colophon has two lines of text with it and
//! the first page shows text; what cannot be so is said. Also reached by `cargo run --example
//! pages`, which holds it against many more issues.

use std::collections::BTreeMap;

use hongtou::compose::Document;
use hongtou::diagnostic::{Code, Diagnostic};
use hongtou::layout::{Layout, Role};
use hongtou::page::{Adjusted, Concession, Element, LineReport, Pages, Part, RulePart};

/// What of the promise is broken, in words; nothing as a rule.
pub fn broken(document: &Document, layout: &Layout, pages: &Pages) -> Vec<String> {
    let mut wrong = Vec::new();
    words(document, pages, &mut wrong);
    places(layout, pages, &mut wrong);
    company(layout, pages, &mut wrong);
    together(layout, pages, &mut wrong);
    wrong
}

/// Refusals must be for want of room on any page, and say where and what to do.
pub fn unfounded(findings: &[Diagnostic]) -> Vec<String> {
    let founded = |finding: &&Diagnostic| {
        finding.code == Code::PageTooTall && finding.span.is_some() && finding.help.is_some()
    };
    findings.iter().filter(|f| !founded(f)).map(|finding| finding.message.clone()).collect()
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether the report has it.
fn said(pages: &Pages, adjusted: &Adjusted) -> bool {
    pages.report.adjustments.contains(adjusted)
}

fn gave_way(pages: &Pages, concession: Concession) -> bool {
    said(pages, &Adjusted::GaveWay(concession))
}

/// Whether the report says that the colophon has no text above it.
pub fn is_alone(adjusted: &Adjusted) -> bool {
    matches!(
        adjusted,
        Adjusted::ColophonBehind { .. } | Adjusted::GaveWay(Concession::ColophonAlone { .. })
    )
}

/// Every paragraph once and in order: as reported, and as set.
fn words(document: &Document, pages: &Pages, wrong: &mut Vec<String>) {
    let wanted: Vec<String> = document.paragraphs().iter().map(|one| plain(&one.text())).collect();
    let mut reported: BTreeMap<usize, String> = BTreeMap::new();
    for line in &pages.report.lines {
        reported.entry(line.block).or_default().push_str(&plain(&line.text));
    }
    let mut set: BTreeMap<usize, String> = BTreeMap::new();
    for element in pages.pages.iter().flat_map(|page| &page.elements) {
        if let Element::Glyphs(run) = element
            && let Some(block) = run.block.filter(|block| pages.blocks[*block].part == Part::Body)
        {
            set.entry(block).or_default().push_str(&plain(&run.text));
        }
    }
    for (what, found) in [("reported", reported), ("set", set)] {
        if found.values().ne(&wanted) {
            wrong.push(format!("paragraphs {what} are not those of the issue"));
        }
    }
}

/// Lines go on, never back, within the type area; nothing runs into the colophon.
fn places(layout: &Layout, pages: &Pages, wrong: &mut Vec<String>) {
    let lines = &pages.report.lines;
    for pair in lines.windows(2) {
        if (pair[1].page, pair[1].top) <= (pair[0].page, pair[0].top) {
            wrong.push(format!("{} stands before {}", pair[1].text, pair[0].text));
        }
    }
    let last = pages.pages.len() as u32;
    let foot = top_of_colophon(pages).unwrap_or(layout.page.bottom());
    for line in lines {
        let size = layout.style(pages.blocks[line.block].role).size;
        let limit = if line.page == last { foot } else { layout.page.bottom() };
        if line.top < layout.page.top || line.top + size > limit {
            wrong.push(format!("{} is outside of the type area", line.text));
        }
    }
}

fn top_of_colophon(pages: &Pages) -> Option<hongtou::unit::Length> {
    let elements = pages.pages.iter().flat_map(|page| &page.elements);
    let rules = elements.filter_map(|element| match element {
        Element::Rule(rule) if rule.part == RulePart::Colophon => Some(rule.y),
        _ => None,
    });
    rules.min()
}

/// No page is empty, the first one shows text, the colophon is on the last with two lines.
fn company(layout: &Layout, pages: &Pages, wrong: &mut Vec<String>) {
    let lines = &pages.report.lines;
    let last = pages.pages.len() as u32;
    for page in &pages.pages {
        let text = lines.iter().any(|line| line.page == page.number);
        let colophon = page.elements.iter().any(|element| match element {
            Element::Glyphs(run) => {
                run.block.is_some_and(|b| pages.blocks[b].part == Part::Colophon)
            }
            Element::Rule(rule) => rule.part == RulePart::Colophon,
            Element::Link(_) => false,
        });
        let behind = Adjusted::ColophonBehind { page: last - 1, blank: true };
        let blank = layout.colophon.even_page && said(pages, &behind);
        let head = page.number == 1 && gave_way(pages, Concession::NoText);
        let blank = blank && page.number == last - 1;
        if !(text || colophon || head || blank) {
            wrong.push(format!("page {} is empty", page.number));
        }
        if colophon && page.number != last {
            wrong.push(format!("a colophon on page {} of {last}", page.number));
        }
    }
    let is_text = |line: &&LineReport| !pages.blocks[line.block].role.is_title();
    let first = lines.iter().filter(is_text).any(|line| line.page == 1);
    // Text that begins with an attachment wants a new page.
    let next = lines.iter().find(|line| line.page > 1).map(|line| pages.blocks[line.block].role);
    let wanted = matches!(next, None | Some(Role::Attachment));
    if !first && !wanted && !gave_way(pages, Concession::NoText) {
        wrong.push("the first page shows no text".to_owned());
    }
    let with = lines.iter().filter(|line| line.page == last).count();
    let enough = with >= lines.len().min(2) || top_of_colophon(pages).is_none();
    let alone = pages.report.adjustments.iter().any(is_alone);
    let single = gave_way(pages, Concession::SingleLine { page: last - 1 });
    if !enough && !single && !alone {
        wrong.push(format!("{with} lines with the colophon"));
    }
}

/// Lines of a paragraph and titles with what they head.
fn together(layout: &Layout, pages: &Pages, wrong: &mut Vec<String>) {
    let mut blocks: Vec<Vec<&LineReport>> = Vec::new();
    for line in &pages.report.lines {
        match blocks.last_mut().filter(|block| block[0].block == line.block) {
            Some(block) => block.push(line),
            None => blocks.push(vec![line]),
        }
    }
    let on = |block: &[&LineReport], page: u32| block.iter().filter(|l| l.page == page).count();
    for block in &blocks {
        let (first, last) = (block[0].page, block[block.len() - 1].page);
        let lone = |page: u32, concession| {
            first != last && on(block, page) == 1 && !gave_way(pages, concession)
        };
        if lone(first, Concession::FirstLine { page: first - 1 })
            || lone(last, Concession::LastLine { page: last - 1 })
        {
            wrong.push(format!("a single line of {} stands alone", block[0].text));
        }
    }
    for pair in blocks.windows(2) {
        let (title, text) = (&pair[0], &pair[1]);
        let keep = layout.style(pages.blocks[title[0].block].role).keep_next as usize;
        let page = title[title.len() - 1].page;
        let attachment = pages.blocks[text[0].block].role == Role::Attachment;
        if keep == 0 || attachment || on(text, page) >= keep.min(text.len()) {
            continue;
        }
        let first = page == 1 && gave_way(pages, Concession::NoText);
        let index = page - 1;
        let few = gave_way(pages, Concession::FewLines { page: index });
        if !first && !few && !gave_way(pages, Concession::Parted { page: index }) {
            wrong.push(format!("{} is last on page {page}", title[0].text));
        }
    }
}
