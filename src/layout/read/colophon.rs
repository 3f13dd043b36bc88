//! `colophon`: the block at the foot of the last page (GB/T 9704 §7.4).

use std::collections::BTreeMap;

use super::context::{Context, mm, show};
use super::head::WEIGHTS;
use super::slot::{implied, slots};
use super::style::Resolved;
use crate::diagnostic::{Code, FileKind, Span, Spanned};
use crate::layout::{Colophon, ColophonElement, PageGeometry, Role, Slot, keys};
use crate::unit::Length;
use crate::yaml::{Node, Value};

pub(super) fn colophon(cx: &mut Context<'_>, node: &Node) -> Option<(Colophon, Span)> {
    let fields = cx.mapping(node, "报尾（colophon）", keys::COLOPHON)?;
    let mut length =
        |name, range| cx.need(&fields, name).and_then(|n| cx.length(n, name, mm(range)));
    let pitch = length("pitch", 2.0..=50.0);
    let padding = length("padding", 0.0..=20.0);
    let clearance = length("clearance", 0.0..=100.0);
    let between = cx
        .need(&fields, "between")
        .and_then(|node| cx.ems(node, "between", 0..=20_000).map(|ems| ems.value));
    let pitch_min = fields.node("pitch-min");
    let pitch_min = pitch_min
        .and_then(|node| cx.length(node, "pitch-min", mm(2.0..=50.0)))
        .map(|min| min.value);
    let even_page =
        cx.need(&fields, "even-page").and_then(|node| cx.reader.boolean(node, "even-page"));
    let end = match fields.node("end") {
        Some(node) => cx.words(node, "end").unwrap_or_default(),
        None => String::new(),
    };
    let elements = cx.need(&fields, "elements").and_then(|node| elements(cx, node, &end));
    let pitch = pitch?;
    let colophon = Colophon {
        pitch: pitch.value,
        pitch_min: pitch_min.unwrap_or(pitch.value).min(pitch.value),
        padding: padding?.value,
        clearance: clearance?.value,
        between: between?,
        elements: elements?,
        even_page: even_page?.value,
    };
    Some((colophon, pitch.span))
}

fn elements(cx: &mut Context<'_>, node: &Node, end: &str) -> Option<Vec<ColophonElement>> {
    let Value::Sequence(nodes) = &node.value else {
        cx.reader.wrong_kind(node, "elements", "列表（每条以“- ”开头）");
        return None;
    };
    let elements: Vec<Option<ColophonElement>> =
        nodes.iter().map(|node| element(cx, node, end)).collect();
    elements.into_iter().collect()
}

fn element(cx: &mut Context<'_>, node: &Node, end: &str) -> Option<ColophonElement> {
    let what = "报尾（colophon）的一条";
    match cx.one_of(node, what, keys::COLOPHON_ELEMENT)? {
        ("rule", value) => rule(cx, value),
        ("entry", value) => entry(cx, value, end),
        ("row", value) => row(cx, value),
        (_, value) => pairs(cx, value),
    }
}

fn rule(cx: &mut Context<'_>, node: &Node) -> Option<ColophonElement> {
    let fields = cx.mapping(node, "线（rule）", keys::COLOPHON_RULE)?;
    let weight = cx.need(&fields, "weight").and_then(|node| cx.length(node, "weight", mm(WEIGHTS)));
    let ink = cx.need(&fields, "ink").and_then(|node| cx.ink(node, "ink"));
    Some(ColophonElement::Rule { weight: weight?.value, ink: ink? })
}

/// `end` is what the colophon's entries end with unless they say otherwise.
fn entry(cx: &mut Context<'_>, node: &Node, end: &str) -> Option<ColophonElement> {
    let fields = cx.mapping(node, "分送（entry）", keys::ENTRY)?;
    let label = cx
        .need(&fields, "label")
        .and_then(|node| implied(cx, node, "label", Role::DistributionLabel));
    let names = cx
        .need(&fields, "names")
        .and_then(|node| implied(cx, node, "names", Role::DistributionNames));
    let end = match fields.node("end") {
        Some(node) => cx.words(node, "end"),
        None => Some(end.to_owned()),
    };
    Some(ColophonElement::Entry { label: label?, names: names?, end: end? })
}

fn row(cx: &mut Context<'_>, node: &Node) -> Option<ColophonElement> {
    let fields = cx.mapping(node, "一行（row）", keys::COLOPHON_ROW)?;
    let left = slots(cx, fields.node("left"), "left");
    let right = slots(cx, fields.node("right"), "right");
    let (left, right) = (left?, right?);
    if left.is_empty() && right.is_empty() {
        let span = cx.reader.first_line(node.span);
        cx.error(
            Code::EmptyValue(FileKind::Layout),
            span,
            "“row”左右都没有文字",
            "写明“left”或“right”，或删去这一条",
        );
        return None;
    }
    Some(ColophonElement::Row { left, right })
}

fn pairs(cx: &mut Context<'_>, node: &Node) -> Option<ColophonElement> {
    let slots = slots(cx, Some(node), "pairs")?;
    if slots.is_empty() {
        cx.error(
            Code::EmptyValue(FileKind::Layout),
            node.span,
            "“pairs”没有文字",
            "每条写“角色: 文字”，或删去这一条",
        );
        return None;
    }
    Some(ColophonElement::Pairs(slots))
}

/// Reports a colophon whose lines overlap or that cannot stand on a page even with one line each.
pub(super) fn check(
    cx: &mut Context<'_>,
    colophon: &Spanned<&Colophon>,
    styles: &BTreeMap<Role, Resolved>,
    page: &PageGeometry,
) {
    let mut height = Length::ZERO;
    for element in &colophon.elements {
        height += match element {
            ColophonElement::Rule { weight, .. } => *weight,
            ColophonElement::Pairs(slots) => colophon.pitch * slots.len().div_ceil(2) as i64,
            _ => colophon.pitch,
        };
        let slots: Vec<&Slot> = match element {
            ColophonElement::Rule { .. } => Vec::new(),
            ColophonElement::Entry { label, names, .. } => vec![label, names],
            ColophonElement::Row { left, right } => left.iter().chain(right).collect(),
            ColophonElement::Pairs(slots) => slots.iter().collect(),
        };
        let sizes = slots.iter().filter_map(|slot| styles.get(&slot.role));
        if let Some(style) = sizes.max_by_key(|style| style.style.size)
            && style.style.size > colophon.pitch_min
        {
            let key = if style.style.size > colophon.pitch { "pitch" } else { "pitch-min" };
            let pitch = if key == "pitch" { colophon.pitch } else { colophon.pitch_min };
            cx.error(
                Code::LayoutNoRoom,
                colophon.span,
                format!("报尾的行距{}小于字高{}", show(pitch), show(style.style.size)),
                format!("加大“{key}”"),
            );
            return;
        }
    }
    if height + colophon.padding + colophon.clearance > page.depth {
        cx.error(
            Code::LayoutNoRoom,
            colophon.span,
            format!("报尾太高（{}），一页放不下", show(height)),
            "减少报尾的行，或减小行距",
        );
    }
}
