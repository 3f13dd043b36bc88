//! `head`: the title block, top to bottom.

use std::collections::BTreeMap;

use super::context::{Context, mm, show};
use super::slot::{slot, slots};
use super::style::Resolved;
use crate::diagnostic::{Code, FileKind, Span, Spanned};
use crate::layout::{HeadElement, PageGeometry, Role, Space, keys, units};
use crate::unit::Length;
use crate::yaml::{Entry, Key, Node, Value};

/// Heaviest and lightest rule that prints as one.
pub(super) const WEIGHTS: std::ops::RangeInclusive<f64> = 0.05..=5.0;

/// Where a line stands: given as a length, or as a row of a grid that is not known yet.
#[derive(Clone, Copy)]
enum Top {
    Length(Length),
    Row(u32),
}

/// An element and where it was written. `top` replaces the one inside, which waits for the grid.
pub(super) struct Raw {
    element: HeadElement,
    top: Option<Spanned<Top>>,
    span: Span,
}

pub(super) fn head(cx: &mut Context<'_>, node: &Node) -> Option<Vec<Raw>> {
    let Value::Sequence(nodes) = &node.value else {
        cx.reader.wrong_kind(node, "head", "列表（每条以“- ”开头）");
        return None;
    };
    let elements: Vec<Option<Raw>> = nodes.iter().map(|node| element(cx, node)).collect();
    elements.into_iter().collect()
}

fn element(cx: &mut Context<'_>, node: &Node) -> Option<Raw> {
    let (name, value) = cx.one_of(node, "报头（head）的一条", keys::HEAD_ELEMENT)?;
    let span = cx.reader.first_line(node.span);
    let plain = |element| Some(Raw { element, top: None, span });
    match name {
        "marks" => plain(marks(cx, value)?),
        "line" => line(cx, value, span),
        "row" => plain(row(cx, value)?),
        _ => plain(rule(cx, value)?),
    }
}

fn marks(cx: &mut Context<'_>, node: &Node) -> Option<HeadElement> {
    let fields = cx.mapping(node, "标注（marks）", keys::MARKS)?;
    let left = slots(cx, fields.node("left"), "left");
    let right = slots(cx, fields.node("right"), "right");
    Some(HeadElement::Marks { left: left?, right: right? })
}

/// A line has one role among its keys: `masthead-name: "{name}"`.
fn line(cx: &mut Context<'_>, node: &Node, span: Span) -> Option<Raw> {
    let Value::Mapping(entries) = &node.value else {
        cx.reader.wrong_kind(node, "line", "一组“键: 值”");
        return None;
    };
    let known = |entry: &&Entry| keys::LINE.iter().any(|key: &Key| key.name == entry.key);
    let find = |name: &str| entries.iter().find(|entry| entry.key == name);
    let texts: Vec<&Entry> = entries.iter().filter(|entry| !known(entry)).collect();
    let slot = match texts.as_slice() {
        [] => {
            let span = cx.reader.first_line(node.span);
            cx.error(
                Code::MissingKey(FileKind::Layout),
                span,
                "“line”缺少文字",
                "加上一行“角色: 文字”，如“masthead-name: \"{name}\"”",
            );
            None
        }
        [entry] => slot(cx, entry),
        [_, second, ..] => {
            let names: Vec<&str> = keys::LINE.iter().map(|key| key.name).collect();
            let help = format!("另起一条line；除角色外可用的有：{}", names.join("、"));
            cx.error(
                Code::ConflictingKeys(FileKind::Layout),
                second.key_span,
                "“line”只能有一个角色",
                help,
            );
            None
        }
    };
    let top = find("top").map(|entry| top(cx, &entry.value));
    let gap = gap(cx, find("gap").map(|entry| &entry.value));
    let top = match top {
        Some(top) => Some(top?),
        None => None,
    };
    let element = HeadElement::Line { slot: slot?, top: None, gap: gap? };
    Some(Raw { element, top, span })
}

fn top(cx: &mut Context<'_>, node: &Node) -> Option<Spanned<Top>> {
    let top = cx.scalar(node, "top", |text| match units::grid_row(text) {
        Some(row) => row.map(Top::Row),
        None => units::length(text).map(Top::Length),
    })?;
    if matches!(top.value, Top::Length(length) if length < Length::ZERO) {
        cx.error(
            Code::OutOfRange(FileKind::Layout),
            node.span,
            "“top”超出合理范围",
            "从纸的上边缘量起，不小于0",
        );
        return None;
    }
    Some(top)
}

/// A distance: a length, or rows left empty; none when it is not given.
fn gap(cx: &mut Context<'_>, node: Option<&Node>) -> Option<Space> {
    let Some(node) = node else { return Some(Space::Length(Length::ZERO)) };
    let gap = cx.scalar(node, "gap", |text| {
        if text.ends_with('行') {
            units::rows(text.trim_start_matches('空')).map(Space::Rows)
        } else {
            units::length(text).map(Space::Length)
        }
    })?;
    let sound = match gap.value {
        Space::Length(length) => mm(0.0..=500.0).contains(&length),
        Space::Rows(rows) => rows <= 40,
    };
    if !sound {
        cx.error(
            Code::OutOfRange(FileKind::Layout),
            node.span,
            "“gap”超出合理范围",
            "应在0mm至500mm之间，或不多于40行",
        );
    }
    sound.then_some(gap.value)
}

fn row(cx: &mut Context<'_>, node: &Node) -> Option<HeadElement> {
    let fields = cx.mapping(node, "一行（row）", keys::ROW)?;
    let left = slots(cx, fields.node("left"), "left");
    let right = slots(cx, fields.node("right"), "right");
    let gap = gap(cx, fields.node("gap"));
    let inset = match fields.node("inset") {
        Some(node) => cx.ems(node, "inset", 0..=20_000).map(|ems| ems.value),
        None => Some(0),
    };
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
    Some(HeadElement::Row { left, right, gap: gap?, inset: inset? })
}

fn rule(cx: &mut Context<'_>, node: &Node) -> Option<HeadElement> {
    let fields = cx.mapping(node, "线（rule）", keys::RULE)?;
    let weights = cx.need(&fields, "weight").and_then(|node| weights(cx, node));
    let between = match fields.node("between") {
        Some(node) => cx.length(node, "between", mm(0.0..=20.0)).map(|length| length.value),
        None => Some(Length::ZERO),
    };
    let ink = cx.need(&fields, "ink").and_then(|node| cx.ink(node, "ink"));
    let gap = gap(cx, fields.node("gap"));
    let (weights, between) = (weights?, between?);
    if weights.len() == 2 && between == Length::ZERO {
        let span = fields.entry("weight").map_or(node.span, |entry| entry.key_span);
        cx.error(
            Code::MissingKey(FileKind::Layout),
            span,
            "双线之间没有空白",
            "写明“between”，如“between: 1mm”",
        );
        return None;
    }
    Some(HeadElement::Rule { weights, between, ink: ink?, gap: gap? })
}

fn weights(cx: &mut Context<'_>, node: &Node) -> Option<Vec<Length>> {
    let nodes = match &node.value {
        Value::Sequence(nodes) if nodes.is_empty() || nodes.len() > 2 => {
            cx.error(
                Code::BadValue(FileKind::Layout),
                node.span,
                "“weight”应为一条或两条线的粗细",
                "如“0.7mm”或“[1.5mm, 0.5mm]”",
            );
            return None;
        }
        Value::Sequence(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let weights: Vec<Option<Length>> = nodes
        .iter()
        .map(|node| cx.length(node, "weight", mm(WEIGHTS)).map(|length| length.value))
        .collect();
    weights.into_iter().collect()
}

/// The elements with their rows of the grid turned into lengths.
pub(super) fn resolve(
    cx: &mut Context<'_>,
    raws: Vec<Raw>,
    page: &PageGeometry,
    styles: &BTreeMap<Role, Resolved>,
) -> Vec<HeadElement> {
    raws.into_iter()
        .map(|raw| match (raw.element, raw.top) {
            (HeadElement::Line { slot, gap, .. }, Some(top)) => {
                let at = match top.value {
                    Top::Length(length) => length,
                    Top::Row(row) => page.row_top(row - 1),
                };
                let size = styles.get(&slot.role).map_or(page.size, |style| style.style.size);
                if at + size > page.bottom() {
                    cx.error(
                        Code::LayoutNoRoom,
                        top.span,
                        "“top”超出版心",
                        format!("版心下边缘在{}处", show(page.bottom())),
                    );
                }
                HeadElement::Line { slot, top: Some(at), gap }
            }
            (HeadElement::Row { left, right, gap, inset }, _) => {
                let first = left.first().or(right.first());
                let size = first.and_then(|slot| styles.get(&slot.role));
                let size = size.map_or(page.size, |style| style.style.size);
                if size.thousandths(2 * inset) + size * 2 > page.measure {
                    cx.error(
                        Code::LayoutNoRoom,
                        raw.span,
                        "“inset”太大，一行放不下",
                        "减小“inset”",
                    );
                }
                HeadElement::Row { left, right, gap, inset }
            }
            (element, _) => element,
        })
        .collect()
}

/// Tops and bottoms of the lines, rows and rules of a title block when each has one line and what
/// is `absent` is left out.
pub(crate) fn places(
    head: &[HeadElement],
    absent: impl Fn(Role) -> bool,
    size: impl Fn(Role) -> Length,
    page: &PageGeometry,
) -> Vec<(Length, Length)> {
    let mut bottom = page.top;
    let mut places = Vec::new();
    for element in head {
        let (top, gap, height) = match element {
            HeadElement::Marks { .. } => continue,
            HeadElement::Line { slot, .. } if absent(slot.role) => continue,
            HeadElement::Line { slot, top, gap } => (*top, *gap, size(slot.role)),
            HeadElement::Row { left, right, gap, .. } => {
                let roles = || left.iter().chain(right).map(|slot| slot.role);
                if roles().all(&absent) {
                    continue;
                }
                let height = roles().map(&size).max().unwrap_or(Length::ZERO);
                (None, *gap, height)
            }
            HeadElement::Rule { weights, between, gap, .. } => {
                let height = weights.iter().copied().sum::<Length>()
                    + *between * (weights.len() as i64 - 1).max(0);
                (None, *gap, height)
            }
        };
        let gap = match gap {
            Space::Length(length) => length,
            Space::Rows(rows) => page.pitch() * i64::from(rows),
        };
        let flow = bottom + gap;
        let at = top.map_or(flow, |top| top.max(flow));
        bottom = at + height;
        places.push((at, bottom));
    }
    places
}

/// Reports a title block that leaves no room for text on the first page (GB/T 9704 §7.3.3: the
/// first page shows text).
pub(super) fn check(
    cx: &mut Context<'_>,
    head: &[HeadElement],
    head_gap: &Spanned<u32>,
    styles: &BTreeMap<Role, Resolved>,
    page: &PageGeometry,
) {
    let size = |role: Role| styles.get(&role).map_or(page.size, |style| style.style.size);
    let places = places(head, |_| false, size, page);
    let bottom = places.last().map_or(page.top, |(_, bottom)| *bottom);
    let last = page.row_top(page.lines.saturating_sub(2 + head_gap.value.min(page.lines)));
    if head_gap.value + 2 > page.lines || bottom > last {
        cx.error(
            Code::LayoutNoRoom,
            head_gap.span,
            format!("报头太高（到{}处），首页放不下正文", show(bottom)),
            "首页至少留两行正文：减小报头的字号、“top”或“gap”",
        );
    }
}
