//! The colophon (版记, 报尾): a floating table, pinned to the foot of the last page, so that it
//! stays there when text is added or deleted.

use super::lines::EntryLines;
use super::metrics::{self, Sheet, twips};
use super::para::{Para, StyleKey, TableRow, left_and_right};
use super::stand::{Border, Format, role_format, style};
use super::xml::Element;
use crate::compose::{ColophonBlock, Node, Run, runs_of};
use crate::layout::{Align, Layout, Role};
use crate::unit::Length;

/// Plans the rows of the colophon.
pub(super) fn plan<'a>(
    blocks: &'a [ColophonBlock],
    layout: &Layout,
    sheet: &Sheet,
) -> Vec<TableRow<'a>> {
    let mut rows: Vec<TableRow<'a>> = Vec::new();
    let mut rule: Option<Border> = None;
    for block in blocks {
        let paragraph = match block {
            ColophonBlock::Rule { weight, ink } => {
                let border = Border::new(layout, *weight, ink);
                if let Some(above) = rows.last_mut() {
                    above.bottom = Some(border.clone());
                }
                rule = Some(border);
                continue;
            }
            ColophonBlock::Entry { label, names } => entry(label, names, layout, sheet),
            ColophonBlock::Row { left, right } => row(left, right, layout, sheet),
        };
        if let Some((paragraph, lines)) = paragraph {
            let (top, padding) = (rule.take(), (0, 0));
            rows.push(TableRow { top, bottom: None, padding, paragraph, lines });
        }
    }
    for row in &mut rows {
        row.padding = padding(row, layout);
    }
    rows
}

/// A label with names, and how many lines they take; those after the first hang under the first
/// name.
fn entry<'a>(
    label: &'a [Node],
    names: &'a [Node],
    layout: &Layout,
    sheet: &Sheet,
) -> Option<(Para<'a>, i64)> {
    let (label, names) = (runs_of(label), runs_of(names));
    let role = names.first().or(label.first())?.role;
    let all: Vec<Run> = label.iter().chain(&names).map(|&run| run.clone()).collect();
    let hang = label.iter().map(|run| run_width(run, layout)).sum();
    let lines = EntryLines::new(&all, hang, (role, style(layout, role)?), layout);
    let base = base_format(role, lines.count(), layout, sheet)?;
    let hang = twips(hang);
    let format = Format { left: base.left + hang, first: -hang, ..base };
    let pieces = super::para::pieces(label.into_iter().chain(names), None);
    let mut entry = Para::new(StyleKey::Role(role), format, pieces);
    lines.coax(&mut entry, layout, sheet);
    Some((entry, lines.count()))
}

fn row<'a>(
    left: &'a [Node],
    right: &'a [Node],
    layout: &Layout,
    sheet: &Sheet,
) -> Option<(Para<'a>, i64)> {
    let all = [runs_of(left), runs_of(right)].concat();
    let role = all.first()?.role;
    let own = style(layout, role)?;
    let lines = metrics::lines(layout, own, &all, own.size);
    let base = base_format(role, lines, layout, sheet)?;
    let tab = (!runs_of(right).is_empty()).then_some(sheet.measure - base.right);
    let format = Format { tab, align: Some(Align::Left), ..base };
    Some((Para::new(StyleKey::Role(role), format, left_and_right(left, right, 1)), lines))
}

/// How a row's lines stand. A line is as high as puts its text in the middle of the pitch, and
/// what is left of the pitch stands below the last; several lines share it, so that all together
/// are as high as the layout says.
fn base_format(role: Role, lines: i64, layout: &Layout, sheet: &Sheet) -> Option<Format> {
    let style = style(layout, role)?;
    let pitch = layout.colophon.pitch;
    let left_over = (pitch - metrics::centring_line(pitch, style.size)).max(Length::ZERO);
    let line = pitch - left_over / lines.max(1);
    let own = role_format(layout, sheet, role);
    Some(Format {
        before: 0,
        after: twips(left_over),
        line: twips(line),
        first: 0,
        first_chars: 0,
        keep_lines: false,
        ..own
    })
}

fn run_width(run: &Run, layout: &Layout) -> Length {
    style(layout, run.role)
        .map_or(Length::ZERO, |style| metrics::width(&run.text, metrics::em(layout, style)))
}

/// White above and below the lines of a row, so that rule and em box are as far apart as the
/// layout says. What cannot be taken off above is taken off below.
fn padding(row: &TableRow<'_>, layout: &Layout) -> (i64, i64) {
    let size = row.paragraph.role().and_then(|role| style(layout, role)).map(|style| style.size);
    let Some(size) = size else { return (0, 0) };
    let format = &row.paragraph.format;
    let line = metrics::from_twips(format.line);
    let above = metrics::drop_in_line(line, size);
    let below = line - above - size;
    let wanted = |rule: &Option<Border>, white: i64| match rule {
        Some(_) => twips(layout.colophon.padding) - white,
        None => 0,
    };
    let above = wanted(&row.top, twips(above));
    let below = wanted(&row.bottom, twips(below) + format.after);
    (above.max(0), (below + above.min(0)).max(0))
}

/// How many rows of the grid are free above the colophon, by estimate.
pub(super) fn rows_above(rows: &[TableRow<'_>], layout: &Layout, sheet: &Sheet) -> i64 {
    let area = sheet.pitch * i64::from(layout.page.lines);
    let free = area - sheet.below - twips(height(rows) + clearance(layout));
    free / sheet.pitch.max(1)
}

/// White between the last line's room and the first rule: half the gap between lines, which that
/// room has below its characters, is part of what the layout wants.
fn clearance(layout: &Layout) -> Length {
    (layout.colophon.clearance - metrics::half_gap(&layout.page)).max(Length::ZERO)
}

/// Its height on our pages, which leaves these the rows that the text has there.
pub(super) fn height_on_our_pages(rows: &[TableRow<'_>], layout: &Layout) -> Length {
    let (pitch, padding) = (layout.colophon.pitch, layout.colophon.padding);
    let weight = |rule: &Border| Length(Length::PER_PT * rule.weight / 8);
    let mut height = rows.first().and_then(|row| row.top.as_ref()).map_or(Length::ZERO, weight);
    let mut above: Option<Length> = None;
    for row in rows {
        let size =
            row.paragraph.role().and_then(|role| style(layout, role)).map(|style| style.size);
        let size = size.unwrap_or(Length::ZERO);
        height += match above {
            _ if row.top.is_some() => padding,
            Some(above) => (pitch - above).max(Length::ZERO),
            None => Length::ZERO,
        };
        height += pitch * (row.lines.max(1) - 1) + size;
        height += row.bottom.as_ref().map_or(Length::ZERO, |rule| padding + weight(rule));
        above = Some(size);
    }
    height
}

/// Its height from the first rule to the last, by estimate.
fn height(rows: &[TableRow<'_>]) -> Length {
    let height = |row: &TableRow<'_>| {
        let format = &row.paragraph.format;
        format.line * row.lines.max(1) + format.after + row.padding.0 + row.padding.1
    };
    let rules = rows.iter().map(|row| &row.bottom).chain(rows.first().map(|row| &row.top));
    let rules: i64 = rules.flatten().map(Border::room).sum();
    metrics::from_twips(rows.iter().map(height).sum::<i64>() + rules)
}

/// How much of the inner margin must be gutter for the colophon.
///
/// LibreOffice before 24.2 lets a table float only if 283 twips are left beside it, or if its place
/// is given from the edge of the page, which mirrored margins rule out. It does not count the
/// gutter as margin there, and everywhere else everyone adds the two.
pub(super) fn gutter(rows: &[TableRow<'_>], layout: &Layout, sheet: &Sheet) -> i64 {
    if rows.is_empty() || !layout.page.mirror { 0 } else { sheet.inner.min(300) }
}

/// The table as `w:tbl`, with `w:p` made by `paragraph`.
pub(super) fn table(
    rows: &[TableRow<'_>],
    layout: &Layout,
    sheet: &Sheet,
    mut paragraph: impl FnMut(&Para<'_>) -> Element,
) -> Element {
    let mut table = Element::new("w:tbl").child(properties(layout, sheet)).child(
        Element::new("w:tblGrid").child(Element::new("w:gridCol").attr("w:w", sheet.measure)),
    );
    for row in rows {
        let text = paragraph(&row.paragraph);
        table = table.child(table_row(None, cell(row, sheet).child(text)));
    }
    // Word's text area ends below the type area: this strip lifts the last rule to its foot.
    let rule = rows.last().and_then(|row| row.bottom.as_ref()).map_or(0, Border::room);
    if sheet.below > 0 {
        let end = Para::new(StyleKey::ColophonEnd, strip_format(), Vec::new());
        let cell = Element::new("w:tc").child(cell_properties(sheet, &None, &None, (0, 0)));
        table = table.child(table_row(Some(sheet.below + rule), cell.child(paragraph(&end))));
    }
    table
}

/// The least that a paragraph can be: one that only has to be there.
pub(super) fn strip_format() -> Format {
    Format { line: 20, ..Format::default() }
}

fn properties(layout: &Layout, sheet: &Sheet) -> Element {
    let position = Element::new("w:tblpPr")
        .attr("w:leftFromText", 0)
        .attr("w:rightFromText", 0)
        .attr("w:topFromText", twips(clearance(layout)))
        .attr("w:bottomFromText", 0)
        .attr("w:vertAnchor", "margin");
    // On a page that is not known to be odd or even, only the margin says where the measure is.
    let position = if layout.page.mirror {
        position.attr("w:horzAnchor", "margin").attr("w:tblpXSpec", "left")
    } else {
        position.attr("w:horzAnchor", "page").attr("w:tblpX", sheet.inner)
    };
    let position = position.attr("w:tblpYSpec", "bottom");
    let margin = |name| Element::new(name).attr("w:w", 0).attr("w:type", "dxa");
    Element::new("w:tblPr")
        .child(position)
        .child(Element::val("w:tblOverlap", "never"))
        .child(Element::new("w:tblW").attr("w:w", sheet.measure).attr("w:type", "dxa"))
        .child(Element::new("w:tblLayout").attr("w:type", "fixed"))
        .child(Element::new("w:tblCellMar").children([
            margin("w:top"),
            margin("w:left"),
            margin("w:bottom"),
            margin("w:right"),
        ]))
}

fn table_row(height: Option<i64>, cell: Element) -> Element {
    let mut properties = Element::new("w:trPr").child(Element::new("w:cantSplit"));
    if let Some(height) = height {
        let height = Element::val("w:trHeight", height).attr("w:hRule", "exact");
        properties = properties.child(height);
    }
    Element::new("w:tr").child(properties).child(cell)
}

fn cell(row: &TableRow<'_>, sheet: &Sheet) -> Element {
    Element::new("w:tc").child(cell_properties(sheet, &row.top, &row.bottom, row.padding))
}

fn cell_properties(
    sheet: &Sheet,
    top: &Option<Border>,
    bottom: &Option<Border>,
    (above, below): (i64, i64),
) -> Element {
    let rule = |name, border: &Option<Border>| match border {
        Some(border) => Element::val(name, "single")
            .attr("w:sz", border.weight)
            .attr("w:space", 0)
            .attr("w:color", &border.color),
        None => Element::val(name, "nil"),
    };
    let margin = |name, twips| Element::new(name).attr("w:w", twips).attr("w:type", "dxa");
    Element::new("w:tcPr")
        .child(Element::new("w:tcW").attr("w:w", sheet.measure).attr("w:type", "dxa"))
        .child(
            Element::new("w:tcBorders").child(rule("w:top", top)).child(rule("w:bottom", bottom)),
        )
        .child(
            Element::new("w:tcMar").child(margin("w:top", above)).child(margin("w:bottom", below)),
        )
}
