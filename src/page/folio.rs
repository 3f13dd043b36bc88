//! Page numbers (页码, GB/T 9704 §7.5): an artifact at the foot of every page, but of blank sides
//! before the colophon and of the side with the colophon after these.

use crate::compose::Run;
use crate::layout::{Align, Role, TemplatePart};
use crate::unit::Length;

use super::builder::Builder;
use super::place::{Spot, place_line};
use super::{Element, Rule, RulePart};

/// Height of the middle of the em box above the baseline, thousandths of an em: where a dash
/// stands, and the middle of digits, near enough.
const MIDDLE: i64 = 380;

/// Numbers pages that are so many with text and end with the colophon's.
pub(crate) fn place(builder: &mut Builder<'_>, text: usize) {
    if !builder.layout.page_number.shown {
        return;
    }
    let all = builder.pages.len();
    let blank = all > text + 1;
    for index in 0..if blank { text } else { all } {
        if index > 0 || builder.layout.page_number.first {
            place_one(builder, index);
        }
    }
}

/// Dashes are drawn: those of fonts are of any length, and the standard's is one em.
fn place_one(builder: &mut Builder<'_>, index: usize) {
    let number = builder.layout.page_number.clone();
    let style = builder.layout.style(Role::PageNumber).clone();
    let page = index as u32 + 1;
    let size = style.size;
    let baseline = number.center + size.thousandths(MIDDLE);
    let gap = size.thousandths(number.dash_gap);
    let mut pieces: Vec<Drawn> = Vec::new();
    for part in &number.form.parts {
        let words = match part {
            TemplatePart::Words(words) => words.clone(),
            TemplatePart::Field(_) => page.to_string(),
        };
        for (position, piece) in words.split('—').enumerate() {
            if position > 0 {
                pieces.push(Drawn::Dash);
            }
            if !piece.trim().is_empty() {
                pieces.push(Drawn::Text(text(builder, piece.trim(), baseline)));
            }
        }
    }
    let widths: Length = pieces.iter().map(|piece| piece.width(size)).sum();
    let width = widths + gap * (pieces.len().max(1) as i64 - 1);
    let align = if page % 2 == 1 { number.odd } else { number.even };
    let inset = size.thousandths(number.inset);
    let left = builder.left(index);
    let measure = builder.layout.page.measure;
    let mut x = match align {
        Align::Left | Align::Justify => left + inset,
        Align::Center => left + (measure - width) / 2,
        Align::Right => left + measure - inset - width,
    };
    let weight = size.thousandths(number.dash_weight);
    for piece in pieces {
        let advance = piece.width(size);
        match piece {
            Drawn::Dash => builder.page(index).elements.push(Element::Rule(Rule {
                x,
                y: number.center - weight / 2,
                width: size,
                height: weight,
                ink: style.ink.clone(),
                part: RulePart::PageNumber,
            })),
            Drawn::Text((elements, _)) => {
                let moved = elements.into_iter().map(|element| shift(element, x));
                let moved: Vec<Element> = moved.collect();
                builder.page(index).elements.extend(moved);
            }
        }
        x += advance + gap;
    }
}

/// A piece of a page number.
enum Drawn {
    Dash,
    /// Elements from x = 0 on, and their width.
    Text((Vec<Element>, Length)),
}

impl Drawn {
    fn width(&self, em: Length) -> Length {
        match self {
            Drawn::Dash => em,
            Drawn::Text((_, width)) => *width,
        }
    }
}

fn text(builder: &mut Builder<'_>, text: &str, baseline: Length) -> (Vec<Element>, Length) {
    let run = Run {
        role: Role::PageNumber,
        text: text.to_owned(),
        span: None,
        field: "页码",
        emphasis: false,
        new_line: false,
        link: None,
    };
    let typeset = builder.setter.typeset(&[run], 1000);
    let Some(line) = builder.setter.one_line(&typeset) else { return (Vec::new(), Length::ZERO) };
    let spot = Spot { x: Length::ZERO, baseline, block: None, line: 0, start: 0 };
    (place_line(&typeset, &line, spot), line.end)
}

fn shift(element: Element, by: Length) -> Element {
    match element {
        Element::Glyphs(mut run) => {
            for glyph in &mut run.glyphs {
                glyph.x += by;
            }
            Element::Glyphs(run)
        }
        other => other,
    }
}
