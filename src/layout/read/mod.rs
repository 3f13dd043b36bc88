//! Reads a layout file. What is wrong with it is reported all together, each with its place.

mod body;
mod colophon;
mod context;
mod head;
mod merge;
mod page;
mod slot;
mod style;

use std::collections::BTreeMap;

#[cfg(test)]
pub(super) use self::head::places;

use self::context::Context;
use self::style::Resolved;
use super::{Field, Ink, Layout, Role, Style, keys};
use crate::diagnostic::{Code, Diagnostic, FileId, FileKind, Sources, Spanned};
use crate::yaml::{Fields, Node, Reader, nearest};

/// Reads the layout file `file`; `name` is what the layout is called (`kuaibao`, or the stem of an
/// own file). Sources are added when it builds on a bundled layout (`base: kuaibao`).
///
/// # Errors
/// Everything that is wrong with the file, in the order of its lines.
pub fn read(sources: &mut Sources, file: FileId, name: &str) -> Result<Layout, Vec<Diagnostic>> {
    let bases = merge::add_bases(sources, file);
    let mut reader = Reader::new(sources, FileKind::Layout);
    reader.set_hint(keys::hint);
    let mut cx = Context::new(reader);
    let layout = read_tree(&mut cx, file, &bases).and_then(|root| layout(&mut cx, &root, name));
    match (cx.reader.finish(), layout) {
        (Ok(_), Some(layout)) => Ok(layout),
        (Ok(_), None) => Err(vec![Diagnostic::general(Code::Fault, "版式没有读成")]),
        (Err(errors), _) => Err(errors),
    }
}

/// Reads a bundled layout; `None` when there is none of this name.
///
/// # Errors
/// Never for the layouts of a released program: a test reads them all.
pub fn read_bundled(sources: &mut Sources, name: &str) -> Option<Result<Layout, Vec<Diagnostic>>> {
    let file = sources.add(format!("内置版式{name}.yaml"), super::bundled(name)?);
    Some(read(sources, file, name))
}

/// The file's tree over those of its bases.
fn read_tree(cx: &mut Context<'_>, file: FileId, bases: &[FileId]) -> Option<Node> {
    let mut root = cx.reader.parse(file)?;
    for base in bases {
        let base = cx.reader.parse(*base)?;
        root = merge::over(root, base);
    }
    Some(root)
}

fn layout(cx: &mut Context<'_>, root: &Node, name: &str) -> Option<Layout> {
    let fields = cx.mapping(root, "版式", keys::TOP)?;
    if let Some(node) = fields.node("base") {
        check_base(cx, node)?;
    }
    check_complete(cx, &fields, root)?;
    let title = fields.node("title").and_then(|node| cx.reader.text(node, "title"));
    let raw_page = fields.node("page").and_then(|node| page::page(cx, node));
    let inks = fields.node("inks").and_then(|node| page::inks(cx, node));
    let styles = fields.node("styles").and_then(|node| style::styles(cx, node));
    let head = fields.node("head").and_then(|node| head::head(cx, node));
    let head_gap = fields.node("head-gap").and_then(|node| cx.rows(node, "head-gap", 40));
    let order = fields.node("order").and_then(|node| body::order(cx, node));
    let item = fields.node("item").and_then(|node| body::item(cx, node));
    let numbers = fields.node("numbers").and_then(|node| body::numbers(cx, node));
    let labels = fields.node("labels").and_then(|node| body::labels(cx, node));
    let colophon = fields.node("colophon").and_then(|node| colophon::colophon(cx, node));
    let number = fields.node("page-number").and_then(|node| page::page_number(cx, node));
    let typography = fields.node("typography").and_then(|node| page::typography(cx, node));
    if let Some(inks) = &inks {
        check_inks(cx, inks);
    }
    if let Some(styles) = &styles {
        check_roles(cx, styles);
    }
    if head.is_some() && colophon.is_some() {
        check_fields(cx, root);
    }
    let styles = styles?;
    let geometry = raw_page.and_then(|raw| {
        let size = styles.get(&Role::Body)?.style.size;
        raw.geometry(cx, size, root.span.file)
    })?;
    style::check(cx, &styles, &geometry);
    let head_gap = head_gap?;
    let head = head::resolve(cx, head?, &geometry, &styles);
    head::check(cx, &head, &head_gap, &styles, &geometry);
    let (colophon, span) = colophon?;
    colophon::check(cx, &Spanned { value: &colophon, span }, &styles, &geometry);
    let (page_number, span) = number?;
    let styles = all_styles(&styles);
    page::check_number(cx, &page_number, span, &styles[&Role::PageNumber], &geometry);
    Some(Layout {
        name: name.to_owned(),
        title: title?.value,
        page: geometry,
        inks: inks?,
        styles,
        head,
        head_gap: head_gap.value,
        order: order?,
        item: item?,
        numbers: numbers?,
        labels: labels?,
        colophon,
        page_number,
        typography: typography?,
    })
}

/// The bases that are there have been merged: only a wrong name is left to report, and then alone,
/// since everything else would be missing.
fn check_base(cx: &mut Context<'_>, node: &Node) -> Option<()> {
    let name = cx.reader.text(node, "base")?;
    if super::bundled(&name.value).is_some() {
        return Some(());
    }
    let names = || super::bundled_names();
    let help = nearest(&name.value, names()).map_or_else(
        || format!("可用的有：{}", names().collect::<Vec<_>>().join("、")),
        |name| format!("是否应为“{name}”？"),
    );
    cx.error(Code::LayoutNotFound, node.span, format!("没有“{}”这个内置版式", name.value), help);
    None
}

/// Reports the sections that are missing, in one finding.
fn check_complete(cx: &mut Context<'_>, fields: &Fields<'_>, root: &Node) -> Option<()> {
    let needed = keys::TOP.iter().map(|key| key.name).filter(|name| *name != "base");
    let missing: Vec<String> =
        needed.filter(|name| !fields.has(name)).map(|name| format!("“{name}”")).collect();
    if missing.is_empty() {
        return Some(());
    }
    let span = cx.reader.first_line(root.span);
    cx.error(
        Code::MissingKey(FileKind::Layout),
        span,
        format!("版式缺少{}", missing.join("")),
        "补上这些部分；或在开头写“base: kuaibao”沿用工作快报的版式，只写不同之处",
    );
    // What is there is still read, unless it is next to nothing.
    (missing.len() < keys::TOP.len() / 2).then_some(())
}

fn check_inks(cx: &mut Context<'_>, inks: &BTreeMap<String, Ink>) {
    let used = std::mem::take(&mut cx.inks);
    for name in used.iter().filter(|name| !inks.contains_key(&name.value)) {
        let help = nearest(&name.value, inks.keys().map(String::as_str)).map_or_else(
            || format!("可用的有：{}", inks.keys().cloned().collect::<Vec<_>>().join("、")),
            |name| format!("是否应为“{name}”？"),
        );
        cx.error(
            Code::LayoutUnknownInk,
            name.span,
            format!("“inks”里没有“{}”这种颜色", name.value),
            help,
        );
    }
}

/// A role that the layout prints must have a style, so that nobody forgets one.
fn check_roles(cx: &mut Context<'_>, styles: &BTreeMap<Role, Resolved>) {
    let used: BTreeMap<Role, _> =
        cx.roles.iter().rev().map(|role| (role.value, role.span)).collect();
    for (role, span) in used {
        if !styles.contains_key(&role) {
            let key = role.key();
            cx.error(
                Code::LayoutNoStyle,
                span,
                format!("“{key}”（{}）没有样式", role.chinese()),
                format!("在styles里加上“{key}: {{base: body}}”，再写与正文不同之处"),
            );
        }
    }
}

/// Every issue has a name, a number, an office and a date: a layout without a place for one of
/// them could print none.
fn check_fields(cx: &mut Context<'_>, root: &Node) {
    for field in [Field::Name, Field::Number, Field::Office, Field::Date] {
        if !cx.fields.contains(&field) {
            let span = cx.reader.first_line(root.span);
            cx.error(
                Code::LayoutNoPlace,
                span,
                format!("版式里没有“{{{}}}”（{}）的位置", field.key(), field.chinese()),
                "每一期都有这一项：在head或colophon里给它一个位置",
            );
        }
    }
}

/// The styles of all roles: those that the layout does not print look like the body.
fn all_styles(styles: &BTreeMap<Role, Resolved>) -> BTreeMap<Role, Style> {
    let of = |role: &Role| styles.get(role).or(styles.get(&Role::Body));
    Role::ALL.iter().filter_map(|role| Some((*role, of(role)?.style.clone()))).collect()
}
