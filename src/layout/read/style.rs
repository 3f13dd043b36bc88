//! `styles`: what each role looks like, by inheritance.

use std::collections::BTreeMap;

use super::context::{Context, mm, show};
use crate::diagnostic::{Code, FileKind, Span, Spanned};
use crate::layout::{Align, Role, Style, Typeface, keys};
use crate::unit::Length;
use crate::yaml::{Entry, Node, Value};

/// Smallest and largest type.
const SIZES: (f64, f64) = (4.0, 200.0);

/// A style as written.
#[derive(Debug)]
pub(super) struct Raw {
    /// The role's key.
    pub span: Span,
    base: Option<Spanned<Role>>,
    typeface: Option<Typeface>,
    size: Option<Spanned<Length>>,
    bold: Option<i64>,
    ink: Option<String>,
    align: Option<Align>,
    indent: Option<Spanned<i64>>,
    left: Option<Spanned<i64>>,
    right: Option<Spanned<i64>>,
    tracking: Option<i64>,
    pitch: Option<Spanned<Length>>,
    rows_before: Option<u32>,
    rows_after: Option<u32>,
    keep_next: Option<u32>,
    before: Option<String>,
    after: Option<String>,
    gap: Option<i64>,
    spread_two: Option<bool>,
    attach: Option<bool>,
    shrink_to: Option<Spanned<Length>>,
}

/// A style with its inheritance resolved, and where to point when it does not fit the page.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub style: Style,
    pub span: Span,
}

pub(super) const ALIGNS: &[(&str, Align)] = &[
    ("两端对齐", Align::Justify),
    ("居左", Align::Left),
    ("居中", Align::Center),
    ("居右", Align::Right),
    ("justify", Align::Justify),
    ("left", Align::Left),
    ("center", Align::Center),
    ("right", Align::Right),
];

/// Reads the mapping and resolves it: styles of all roles that have one.
pub(super) fn styles(cx: &mut Context<'_>, node: &Node) -> Option<BTreeMap<Role, Resolved>> {
    let Value::Mapping(entries) = &node.value else {
        cx.reader.wrong_kind(node, "styles", "一组“角色: 样式”");
        return None;
    };
    let mut raws: BTreeMap<Role, Raw> = BTreeMap::new();
    let mut failed = false;
    for entry in entries {
        let read = cx.role(&entry.key, entry.key_span, "样式（styles）").and_then(|role| {
            if raws.contains_key(&role) {
                let message = format!("“{}”的样式写了两次", role.key());
                cx.error(Code::LayoutTwice, entry.key_span, message, "合成一处");
                return None;
            }
            Some((role, raw(cx, entry, role)?))
        });
        match read {
            Some((role, raw)) => drop(raws.insert(role, raw)),
            None => failed = true,
        }
    }
    if !raws.contains_key(&Role::Body) && !failed {
        let span = cx.reader.first_line(node.span);
        cx.error(
            Code::MissingKey(FileKind::Layout),
            span,
            "样式（styles）缺少“body”",
            "正文的样式是其余样式的底子，必须写明",
        );
    }
    let looped = loops(cx, &raws);
    if failed || looped || !raws.contains_key(&Role::Body) {
        return None;
    }
    let resolved = raws.iter().map(|(role, raw)| {
        let style = resolve(&raws, *role);
        (*role, Resolved { style, span: raw.span })
    });
    Some(resolved.collect())
}

fn raw(cx: &mut Context<'_>, entry: &Entry, role: Role) -> Option<Raw> {
    let what = format!("样式“{}”", entry.key);
    let fields = cx.mapping(&entry.value, &what, keys::STYLE)?;
    let sizes = Length::from_pt(SIZES.0)..=Length::from_pt(SIZES.1);
    let pitches = mm(1.0..=200.0);
    // A macro would hide that each key has limits of its own.
    let base = fields.node("base").and_then(|node| {
        let name = cx.reader.text(node, "base")?;
        let base = cx.role(&name.value, node.span, "样式（styles）")?;
        Some(Spanned { value: base, span: node.span })
    });
    let typefaces = Typeface::ALL.map(|typeface| (typeface.chinese(), typeface));
    let typeface = fields
        .node("font")
        .and_then(|node| cx.reader.choice(node, "font", &typefaces))
        .map(|choice| choice.value);
    let size = fields.node("size").and_then(|node| cx.length(node, "size", sizes.clone()));
    let shrink_to =
        fields.node("shrink-to").and_then(|node| cx.length(node, "shrink-to", sizes.clone()));
    let pitch = fields.node("pitch").and_then(|node| cx.length(node, "pitch", pitches));
    let ink = fields.node("ink").and_then(|node| cx.ink(node, "ink"));
    let align = fields
        .node("align")
        .and_then(|node| cx.reader.choice(node, "align", ALIGNS))
        .map(|choice| choice.value);
    let mut ems = |name: &str, range| fields.node(name).and_then(|node| cx.ems(node, name, range));
    let bold = ems("bold", 0..=80).map(|ems| ems.value);
    let tracking = ems("tracking", -200..=5000).map(|ems| ems.value);
    let gap = ems("gap", 0..=4000).map(|ems| ems.value);
    let indent = ems("indent", -40_000..=40_000);
    let left = ems("left", 0..=40_000);
    let right = ems("right", 0..=40_000);
    let mut rows = |name: &str| {
        let rows = fields.node(name).and_then(|node| cx.rows(node, name, 40));
        rows.map(|rows| rows.value)
    };
    let (rows_before, rows_after) = (rows("rows-before"), rows("rows-after"));
    let keep_next = rows("keep-next");
    let before = fields.node("before").and_then(|node| cx.words(node, "before"));
    let after = fields.node("after").and_then(|node| cx.words(node, "after"));
    let mut choice = |name: &str| {
        let choice = fields.node(name).and_then(|node| cx.reader.boolean(node, name));
        choice.map(|choice| choice.value)
    };
    let (spread_two, attach) = (choice("spread-two"), choice("attach"));
    if role == Role::Body {
        for name in ["font", "size", "ink", "align"] {
            if !fields.has(name) {
                fields.missing(&mut cx.reader, name);
            }
        }
        if let Some(base) = &base {
            cx.error(
                Code::LayoutBase,
                base.span,
                "样式“body”不能有base",
                "正文的样式是其余样式的底子，要直接写全",
            );
        }
    }
    Some(Raw {
        span: entry.key_span,
        base,
        typeface,
        size,
        bold,
        ink,
        align,
        indent,
        left,
        right,
        tracking,
        pitch,
        rows_before,
        rows_after,
        keep_next,
        before,
        after,
        gap,
        spread_two,
        attach,
        shrink_to,
    })
}

/// Reports styles whose bases lead back to them, and bases that have no style.
fn loops(cx: &mut Context<'_>, raws: &BTreeMap<Role, Raw>) -> bool {
    let mut found = false;
    let mut reported: Vec<Role> = Vec::new();
    for (role, raw) in raws {
        let Some(base) = &raw.base else { continue };
        if !raws.contains_key(&base.value) {
            let message = format!("“base”指明的“{}”没有样式", base.value.key());
            cx.error(Code::LayoutBase, base.span, message, "先写出它的样式，或改用“body”");
            found = true;
            continue;
        }
        let mut path = vec![*role];
        let mut next = Some(base.value);
        while let Some(at) = next {
            if at == *role {
                found = true;
                if !path.iter().any(|role| reported.contains(role)) {
                    path.push(at);
                    let names: Vec<&str> = path.iter().map(|role| role.key()).collect();
                    let message = format!("样式互相引用成环：{}", names.join(" → "));
                    cx.error(
                        Code::LayoutBase,
                        base.span,
                        message,
                        "让其中一个不再写base，或改用“body”",
                    );
                }
                reported.extend(&path);
                break;
            }
            if path.contains(&at) {
                break;
            }
            path.push(at);
            next = raws.get(&at).and_then(|raw| raw.base.as_ref()).map(|base| base.value);
        }
    }
    found
}

/// A style over its base: what it does not say is the base's. A style that says how it is aligned
/// starts without indents, so that a centred line does not inherit the paragraph's two ems.
fn resolve(raws: &BTreeMap<Role, Raw>, role: Role) -> Style {
    let raw = &raws[&role];
    let base = match (&raw.base, role) {
        (_, Role::Body) => nothing(),
        (Some(base), _) => resolve(raws, base.value),
        (None, _) => resolve(raws, Role::Body),
    };
    let kept = |ems: i64| if raw.align.is_some() { 0 } else { ems };
    let value = |ems: &Option<Spanned<i64>>| ems.as_ref().map(|ems| ems.value);
    Style {
        typeface: raw.typeface.unwrap_or(base.typeface),
        size: raw.size.as_ref().map_or(base.size, |size| size.value),
        bold: raw.bold.unwrap_or(base.bold),
        ink: raw.ink.clone().unwrap_or(base.ink),
        align: raw.align.unwrap_or(base.align),
        indent: value(&raw.indent).unwrap_or(kept(base.indent)),
        left: value(&raw.left).unwrap_or(kept(base.left)),
        right: value(&raw.right).unwrap_or(kept(base.right)),
        tracking: raw.tracking.unwrap_or(base.tracking),
        pitch: raw.pitch.as_ref().map_or(base.pitch, |pitch| Some(pitch.value)),
        rows_before: raw.rows_before.unwrap_or(base.rows_before),
        rows_after: raw.rows_after.unwrap_or(base.rows_after),
        keep_next: raw.keep_next.unwrap_or(base.keep_next),
        before: raw.before.clone().unwrap_or(base.before),
        after: raw.after.clone().unwrap_or(base.after),
        gap: raw.gap.unwrap_or(base.gap),
        spread_two: raw.spread_two.unwrap_or(base.spread_two),
        attach: raw.attach.unwrap_or(base.attach),
        shrink_to: raw.shrink_to.as_ref().map_or(base.shrink_to, |size| Some(size.value)),
    }
}

/// What the body starts from; it must say what has no natural nothing.
fn nothing() -> Style {
    Style {
        typeface: Typeface::Fangsong,
        size: Length::from_pt(SIZES.0),
        bold: 0,
        ink: String::new(),
        align: Align::Justify,
        indent: 0,
        left: 0,
        right: 0,
        tracking: 0,
        pitch: None,
        rows_before: 0,
        rows_after: 0,
        keep_next: 0,
        before: String::new(),
        after: String::new(),
        gap: 0,
        spread_two: false,
        attach: false,
        shrink_to: None,
    }
}

/// Reports styles that cannot be set in this type area: `measure` wide, rows `pitch` apart, `lines`
/// of them.
pub(super) fn check(
    cx: &mut Context<'_>,
    styles: &BTreeMap<Role, Resolved>,
    page: &crate::layout::PageGeometry,
) {
    for (role, Resolved { style, span }) in styles {
        let name = role.key();
        let pitch = style.pitch.unwrap_or(page.pitch());
        // Marks, numbers and rows of one line need no distance to a next one.
        if style.size > pitch {
            cx.error(
                Code::LayoutNoRoom,
                *span,
                format!("“{name}”的字高{}大于行距{}", show(style.size), show(pitch)),
                "写明“pitch”，不小于字高",
            );
        }
        if style.pitch.is_some_and(|pitch| pitch > page.depth) {
            cx.error(Code::LayoutNoRoom, *span, format!("“{name}”的行距比版心还高"), "减小“pitch”");
        }
        let indents = style.left + style.right + style.indent.max(0);
        let room = page.measure - style.size.thousandths(indents);
        if style.left + style.indent < 0 {
            cx.error(
                Code::LayoutNoRoom,
                *span,
                format!("“{name}”的首行伸出版心之外"),
                "“left”加“indent”不小于0",
            );
        } else if room < style.size * 2 {
            cx.error(Code::LayoutNoRoom, *span, format!("“{name}”每行不足2字"), "减小字号或缩进");
        }
        if style.shrink_to.is_some_and(|least| least > style.size) {
            cx.error(
                Code::LayoutNoRoom,
                *span,
                format!("“{name}”的“shrink-to”大于字号"),
                "应不大于“size”",
            );
        }
        let rows = style.rows_before + style.rows_after + style.keep_next + 1;
        if rows > page.lines {
            cx.error(
                Code::LayoutNoRoom,
                *span,
                format!("“{name}”前后空行太多，一页放不下"),
                "减少空行",
            );
        }
    }
}
