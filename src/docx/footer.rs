//! Page numbers (页码): a footer for odd and one for even pages, with a field for the number.

use super::format::{Looks, paragraph_properties};
use super::metrics::{self, Sheet, twips};
use super::package::{NS_RELATIONSHIPS, NS_WORD};
use super::para::{Para, StyleKey};
use super::stand::{Format, style};
use super::styles::{Styles, paragraph_id};
use super::xml::{Element, run_content};
use crate::layout::{Align, Field, Layout, Role, TemplatePart};
use crate::unit::Length;

/// The footers of a document.
pub(super) struct Footers<'a> {
    /// The footers.
    pub list: Vec<Footer<'a>>,
    /// From the lower edge of the paper to the lower edge of the footer's line, twips.
    pub distance: i64,
}

/// A footer.
pub(super) struct Footer<'a> {
    /// `default` (odd pages, where there are even ones) or `even`.
    pub kind: &'static str,
    /// Its relation.
    pub relation: String,
    /// Its file in `word/`.
    pub file: String,
    /// Its paragraph, without text: that is the field's.
    pub paragraph: Para<'a>,
    /// The number to show until the program counts itself.
    sample: u32,
}

impl Footers<'_> {
    /// The footers that a layout asks for; relations are numbered from `first`.
    pub fn new(layout: &Layout, sheet: &Sheet, first: usize) -> Footers<'static> {
        let number = &layout.page_number;
        let Some(style) = style(layout, Role::PageNumber).filter(|_| number.shown) else {
            return Footers { list: Vec::new(), distance: sheet.bottom / 2 };
        };
        let line = metrics::tight_line(style.size);
        let top = number.center - style.size / 2 - metrics::drop_in_line(line, style.size);
        let inset = twips(style.size.thousandths(number.inset));
        let format = |align| Format {
            line: twips(line),
            left: if align == Align::Left { inset } else { 0 },
            right: if align == Align::Right { inset } else { 0 },
            align: Some(align),
            ..Format::default()
        };
        let footer = |kind, index: usize, key, align| Footer {
            kind,
            relation: format!("rId{}", first + index),
            file: format!("footer{}.xml", index + 1),
            paragraph: Para::new(key, format(align), Vec::new()),
            sample: index as u32 + 1,
        };
        let mut list = vec![footer("default", 0, StyleKey::Role(Role::PageNumber), number.odd)];
        if number.odd != number.even {
            list.push(footer("even", 1, StyleKey::EvenPageNumber, number.even));
        }
        Footers { list, distance: (sheet.height - twips(top + line)).max(0) }
    }

    /// Whether even pages have a footer of their own.
    pub fn has_even(&self) -> bool {
        self.list.len() > 1
    }
}

impl Footer<'_> {
    /// The part.
    pub fn part(&self, styles: &Styles, layout: &Layout) -> Vec<u8> {
        let id = paragraph_id(self.paragraph.style);
        let base = styles.format(self.paragraph.style);
        let properties = paragraph_properties(Some(&id), &self.paragraph.format, base);
        let paragraph = Element::new("w:p").child(properties).children(number(layout, self.sample));
        Element::new("w:ftr")
            .attr("xmlns:w", NS_WORD)
            .attr("xmlns:r", NS_RELATIONSHIPS)
            .child(paragraph)
            .into_part()
    }
}

/// The runs of — 1 —.
fn number(layout: &Layout, sample: u32) -> Vec<Element> {
    let parts = &layout.page_number.form.parts;
    let mut runs = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        match part {
            TemplatePart::Words(words) => {
                let field = |at: Option<usize>| {
                    let part = at.and_then(|at| parts.get(at));
                    matches!(part, Some(TemplatePart::Field(Field::Page)))
                };
                let dash = |c: Option<char>| c == Some('—');
                let words = words.trim();
                if field(index.checked_sub(1)) && dash(words.chars().next()) {
                    runs.extend(gap(layout));
                }
                runs.push(Element::new("w:r").child(looks(0)).children(run_content(words)));
                if field(Some(index + 1)) && dash(words.chars().last()) {
                    runs.extend(gap(layout));
                }
            }
            TemplatePart::Field(Field::Page) => runs.extend(page_field(sample)),
            TemplatePart::Field(_) => {}
        }
    }
    runs
}

/// The white between dash and digits: a space, spaced to measure.
fn gap(layout: &Layout) -> Option<Element> {
    let number = &layout.page_number;
    let style = style(layout, Role::PageNumber).filter(|_| number.dash_gap > 0)?;
    // 宋体's own space is half an em, as its digits are.
    let wanted: Length = style.size.thousandths(number.dash_gap);
    let run = Element::new("w:r").child(looks(twips(wanted - style.size / 2)));
    Some(run.children(run_content(" ")))
}

fn looks(spacing: i64) -> Element {
    let properties = Element::new("w:rPr").child(Looks::hint());
    if spacing == 0 { properties } else { properties.child(Element::val("w:spacing", spacing)) }
}

/// The field in full: the short form loses its looks in some programs.
fn page_field(sample: u32) -> Vec<Element> {
    let run = |content: Element| Element::new("w:r").child(looks(0)).child(content);
    let mark = |kind| run(Element::new("w:fldChar").attr("w:fldCharType", kind));
    let code = Element::new("w:instrText").attr("xml:space", "preserve").text(" PAGE ");
    let result = Element::new("w:r").child(looks(0)).children(run_content(&sample.to_string()));
    vec![mark("begin"), run(code), mark("separate"), result, mark("end")]
}
