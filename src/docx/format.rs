//! `w:pPr` and `w:rPr`: only what differs from what is inherited is written, in the order of the
//! schema.

use super::fonts::FontProfile;
use super::metrics;
use super::stand::{Border, Format, color, style};
use super::xml::Element;
use crate::layout::{Align, Layout, Role, Typeface};

/// What a paragraph says beyond its style (or a style beyond the one it is based on).
pub(super) fn paragraph_properties(
    style_id: Option<&str>,
    format: &Format,
    base: &Format,
) -> Element {
    let mut properties = Element::new("w:pPr");
    if let Some(id) = style_id {
        properties = properties.child(Element::val("w:pStyle", id));
    }
    for (name, own, inherited) in [
        ("w:keepNext", format.keep_next, base.keep_next),
        ("w:keepLines", format.keep_lines, base.keep_lines),
        ("w:pageBreakBefore", format.new_page, base.new_page),
    ] {
        if own != inherited {
            properties = properties.child(Element::flag(name, own));
        }
    }
    if format.borders != base.borders {
        properties = properties.child(borders(format));
    }
    if format.tab != base.tab {
        properties = properties.child(tabs(format.tab, base.tab));
    }
    let space = |format: &Format| (format.before, format.after, format.line);
    if space(format) != space(base) {
        properties = properties.child(spacing(format));
    }
    let indent = |format: &Format| (format.left, format.right, format.first, format.first_chars);
    if indent(format) != indent(base) {
        properties = properties.child(indents(format));
    }
    if format.align != base.align {
        properties = properties.child(Element::val("w:jc", justification(format.align)));
    }
    if format.outline != base.outline {
        let level = format.outline.unwrap_or(9);
        properties = properties.child(Element::val("w:outlineLvl", level));
    }
    properties
}

fn borders(format: &Format) -> Element {
    let line = |name, border: &Option<Border>| match border {
        Some(border) => Element::val(name, "single")
            .attr("w:sz", border.weight)
            .attr("w:space", 0)
            .attr("w:color", &border.color),
        None => Element::val(name, "nil"),
    };
    Element::new("w:pBdr")
        .child(line("w:top", &format.borders.0))
        .child(line("w:bottom", &format.borders.1))
}

fn tabs(own: Option<i64>, inherited: Option<i64>) -> Element {
    let clear = inherited.map(|at| Element::val("w:tab", "clear").attr("w:pos", at));
    let set = own.map(|at| Element::val("w:tab", "right").attr("w:pos", at));
    Element::new("w:tabs").children(clear).children(set)
}

fn spacing(format: &Format) -> Element {
    Element::new("w:spacing")
        .attr("w:before", format.before)
        .attr("w:after", format.after)
        .attr("w:line", format.line)
        .attr("w:lineRule", "exact")
}

/// Word goes by the characters where there are any, everything else by the twips.
fn indents(format: &Format) -> Element {
    let indent = Element::new("w:ind").attr("w:left", format.left).attr("w:right", format.right);
    if format.first < 0 {
        return indent.attr("w:hanging", -format.first);
    }
    indent.attr("w:firstLineChars", format.first_chars).attr("w:firstLine", format.first)
}

fn justification(align: Option<Align>) -> &'static str {
    match align {
        Some(Align::Justify) | None => "both",
        Some(Align::Left) => "left",
        Some(Align::Center) => "center",
        Some(Align::Right) => "right",
    }
}

/// The looks of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Looks {
    /// Font of Chinese characters.
    pub east_asia: &'static str,
    /// Font of all others.
    pub latin: &'static str,
    /// Whether bold.
    pub bold: bool,
    /// Whether letters and digits must be bold where the Chinese type is not: those of 小标宋 and 黑体
    /// would look grey beside it, on our pages as here.
    pub latin_is_bolder: bool,
    /// Colour, RRGGBB.
    pub color: String,
    /// Space between characters, twips.
    pub spacing: i64,
    /// Size in half points.
    pub size: i64,
}

impl Looks {
    /// The looks of a role.
    pub fn new(layout: &Layout, fonts: FontProfile, role: Role) -> Option<Looks> {
        let style = style(layout, role)?;
        let face = fonts.face(style.typeface);
        // GB/T 9704 §7.5: the page number's digits are those of 宋体, half an em wide.
        let own_digits = role == Role::PageNumber && fonts != FontProfile::Open;
        let latin = if own_digits { face } else { fonts.latin() };
        let bold = face.bold || style.bold > 0;
        let dark = matches!(style.typeface, Typeface::Xiaobiaosong | Typeface::Heiti);
        Some(Looks {
            east_asia: face.name,
            latin: latin.name,
            bold,
            latin_is_bolder: dark && !bold,
            color: color(layout, &style.ink),
            spacing: metrics::spacing(layout, style),
            size: metrics::half_points(style.size),
        })
    }

    /// What every run says: without it, “ ” ‘ ’ … — · × would take the Latin font. It does not
    /// work from a style.
    pub fn hint() -> Element {
        Element::new("w:rFonts").attr("w:hint", "eastAsia")
    }

    /// The fonts of all four kinds of characters.
    pub fn fonts(&self) -> Element {
        Looks::hint()
            .attr("w:ascii", self.latin)
            .attr("w:hAnsi", self.latin)
            .attr("w:eastAsia", self.east_asia)
            .attr("w:cs", self.latin)
    }

    /// Bold or not.
    pub fn weight(&self) -> [Element; 2] {
        [Element::flag("w:b", self.bold), Element::flag("w:bCs", self.bold)]
    }

    /// The face alone: emphasis changes nothing else.
    pub fn face_properties(&self) -> Vec<Element> {
        let mut properties = vec![self.fonts()];
        properties.extend(self.weight());
        properties
    }

    /// Size and nothing else, for the default of a document.
    pub fn sizes(&self) -> [Element; 2] {
        [Element::val("w:sz", self.size), Element::val("w:szCs", self.size)]
    }

    /// All of it as a `w:rPr`.
    pub fn properties(&self) -> Element {
        Element::new("w:rPr")
            .child(self.fonts())
            .children(self.weight())
            .child(Element::val("w:color", &self.color))
            .child(Element::val("w:spacing", self.spacing))
            .children(self.sizes())
    }

    /// What of it differs from any of the hosts: a change of the host's style then goes through
    /// to the characters wherever they agree.
    pub fn properties_within(&self, hosts: &[Looks]) -> Element {
        let differs = |same: fn(&Looks, &Looks) -> bool| hosts.iter().any(|host| !same(self, host));
        let mut properties = Element::new("w:rPr");
        if differs(|a, b| a.east_asia == b.east_asia && a.latin == b.latin) {
            properties = properties.child(self.fonts());
        }
        if differs(|a, b| a.bold == b.bold) {
            properties = properties.children(self.weight());
        }
        if differs(|a, b| a.color == b.color) {
            properties = properties.child(Element::val("w:color", &self.color));
        }
        if differs(|a, b| a.spacing == b.spacing) {
            properties = properties.child(Element::val("w:spacing", self.spacing));
        }
        if differs(|a, b| a.size == b.size) {
            properties = properties.children(self.sizes());
        }
        properties
    }
}
