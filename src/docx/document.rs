//! `word/document.xml`, and the runs and paragraphs that footers share with it.

use std::collections::BTreeMap;

use super::characters::CharacterStyle;
use super::colophon::strip_format;
use super::footer::Footers;
use super::format::{Looks, paragraph_properties};
use super::metrics::half_points;
use super::package::{NS_RELATIONSHIPS, NS_WORD};
use super::para::{Para, Piece, StyleKey};
use super::plan::Plan;
use super::styles::{Styles, paragraph_id};
use super::xml::{Element, run_content};
use crate::compose::Run;
use crate::layout::Layout;
use crate::unit::Length;

/// The main part, and what its links lead to (relation `rId{first + index}`).
pub(super) struct Main {
    /// `word/document.xml`.
    pub part: Vec<u8>,
    /// Targets of its links, each once.
    pub links: Vec<String>,
}

/// Writes the main part. Relations of links are numbered from `first_link`.
pub(super) fn write(
    plan: &Plan<'_>,
    styles: &Styles,
    footers: &Footers<'_>,
    layout: &Layout,
    first_link: usize,
) -> Main {
    let mut writer = Writer { styles, links: Vec::new(), known: BTreeMap::new(), first_link };
    let mut body = Element::new("w:body");
    for paragraph in plan.head.iter().chain(&plan.body) {
        body = body.child(writer.paragraph(paragraph));
    }
    if !plan.colophon.is_empty() {
        body = body.child(super::colophon::table(&plan.colophon, layout, &plan.sheet, |para| {
            writer.paragraph(para)
        }));
    }
    // A table cannot be the last block, and a floating one needs a paragraph to hold it. An empty
    // document needs one too.
    if !plan.colophon.is_empty() || (plan.head.is_empty() && plan.body.is_empty()) {
        let anchor = Para::new(StyleKey::Anchor, strip_format(), Vec::new());
        body = body.child(writer.paragraph(&anchor));
    }
    body = body.child(section(plan, footers, layout));
    let root = Element::new("w:document")
        .attr("xmlns:w", NS_WORD)
        .attr("xmlns:r", NS_RELATIONSHIPS)
        .child(body);
    Main { part: root.into_part(), links: writer.links }
}

fn section(plan: &Plan<'_>, footers: &Footers<'_>, layout: &Layout) -> Element {
    let sheet = &plan.sheet;
    let gutter = super::colophon::gutter(&plan.colophon, layout, sheet);
    let size = Element::new("w:pgSz").attr("w:w", sheet.width).attr("w:h", sheet.height);
    let margins = Element::new("w:pgMar")
        .attr("w:top", sheet.top)
        .attr("w:right", sheet.outer)
        .attr("w:bottom", sheet.bottom)
        .attr("w:left", sheet.inner - gutter)
        .attr("w:header", sheet.top / 2)
        .attr("w:footer", footers.distance)
        .attr("w:gutter", gutter);
    let title_page = !footers.list.is_empty() && !layout.page_number.first;
    Element::new("w:sectPr")
        .children(footers.list.iter().map(|footer| {
            Element::new("w:footerReference")
                .attr("w:type", footer.kind)
                .attr("r:id", &footer.relation)
        }))
        .child(size)
        .child(margins)
        .child(Element::new("w:cols").attr("w:space", 0))
        .children(title_page.then(|| Element::new("w:titlePg")))
        .child(Element::new("w:docGrid").attr("w:type", "lines").attr("w:linePitch", sheet.pitch))
}

/// Writes paragraphs.
struct Writer<'s> {
    /// What the styles say already.
    styles: &'s Styles,
    /// Targets of links.
    links: Vec<String>,
    /// Where each stands among them.
    known: BTreeMap<String, usize>,
    /// Number of the first link's relation.
    first_link: usize,
}

impl Writer<'_> {
    /// A `w:p`.
    fn paragraph(&mut self, para: &Para<'_>) -> Element {
        let id = paragraph_id(para.style);
        let properties =
            paragraph_properties(Some(&id), &para.format, self.styles.format(para.style));
        let mut paragraph = Element::new("w:p").child(properties);
        for (number, name) in &para.bookmarks {
            let start = Element::new("w:bookmarkStart").attr("w:id", number).attr("w:name", name);
            paragraph = paragraph.child(start);
        }
        for (index, piece) in para.pieces.iter().enumerate() {
            let last = index + 1 == para.pieces.len();
            let plain = Element::new("w:rPr").child(Looks::hint());
            paragraph =
                match piece {
                    Piece::Tab => paragraph
                        .child(Element::new("w:r").child(plain).child(Element::new("w:tab"))),
                    Piece::Break => paragraph
                        .child(Element::new("w:r").child(plain).child(Element::new("w:br"))),
                    Piece::Run { run, text, size, spacing } => {
                        let tight = last && para.tight_end;
                        let spacing = spacing.or(para.spacing);
                        paragraph.children(self.run(run, text, (*size, spacing), para, tight))
                    }
                };
        }
        paragraph
            .children(para.ends.iter().map(|id| Element::new("w:bookmarkEnd").attr("w:id", id)))
    }

    /// A run, within a link if it has one; `tight` sets its last character apart, without the
    /// spacing that would follow it.
    fn run(
        &mut self,
        run: &Run,
        text: &str,
        (size, spacing): (Option<Length>, Option<i64>),
        para: &Para<'_>,
        tight: bool,
    ) -> Vec<Element> {
        let split = text.char_indices().next_back().map_or(0, |(at, _)| at);
        let (text, end) = text.split_at(if tight { split } else { text.len() });
        let mut elements = Vec::new();
        let host = para.role().unwrap_or(run.role);
        let style = CharacterStyle::of(run, Some(host));
        for (text, spacing) in [(text, spacing), (end, Some(0))] {
            for (style, text) in self.styles.in_style(style, host, text) {
                let content = run_content(text);
                if !content.is_empty() {
                    let bold = self.styles.weight(style, host);
                    let properties = run_properties(style, bold, spacing, size);
                    elements.push(Element::new("w:r").child(properties).children(content));
                }
            }
        }
        let Some(target) = run.link.as_ref().filter(|_| !elements.is_empty()) else {
            return elements;
        };
        let index = *self.known.entry(target.clone()).or_insert_with(|| {
            self.links.push(target.clone());
            self.links.len() - 1
        });
        let relation = format!("rId{}", self.first_link + index);
        let link = Element::new("w:hyperlink").attr("r:id", relation).attr("w:history", 1);
        vec![link.children(elements)]
    }
}

fn run_properties(
    style: Option<CharacterStyle>,
    bold: Option<bool>,
    spacing: Option<i64>,
    size: Option<Length>,
) -> Element {
    let size = size.map(half_points);
    Element::new("w:rPr")
        .children(style.map(|style| Element::val("w:rStyle", style.id())))
        .child(Looks::hint())
        .children(bold.map(|bold| Element::flag("w:b", bold)))
        .children(bold.map(|bold| Element::flag("w:bCs", bold)))
        .children(spacing.map(|twips| Element::val("w:spacing", twips)))
        .children(size.map(|size| Element::val("w:sz", size)))
        .children(size.map(|size| Element::val("w:szCs", size)))
}
