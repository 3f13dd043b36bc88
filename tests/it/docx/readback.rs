//! What a reader that is not ours finds in the file: the words of the `Document`, in its order,
//! in styles of their roles.

use std::collections::BTreeMap;

use docx_rs::{
    DocumentChild, FooterChild, Paragraph, ParagraphChild, RunChild, TableCellContent, TableChild,
    TableRowChild, read_docx,
};
use hongtou::compose::{ColophonBlock, Document, HeadBlock, Node, Run};
use hongtou::layout::Role;

use super::{issues, written};
use crate::support::docx::*;

/// A paragraph: its style and, run by run, character style (none: the paragraph's) and text.
#[derive(Debug, PartialEq)]
struct Seen {
    style: String,
    runs: Vec<(Option<String>, String)>,
}

/// Everything in the file: body and table in order, then the footers.
fn seen(docx: &[u8]) -> Vec<Seen> {
    let names = style_names(docx);
    let read = read_docx(docx).expect("docx-rs reads it");
    let mut all = Vec::new();
    for child in &read.document.children {
        match child {
            DocumentChild::Paragraph(paragraph) => all.push(seen_paragraph(paragraph, &names)),
            DocumentChild::Table(table) => {
                for TableChild::TableRow(row) in &table.rows {
                    for TableRowChild::TableCell(cell) in &row.cells {
                        for content in &cell.children {
                            let TableCellContent::Paragraph(paragraph) = content else { continue };
                            all.push(seen_paragraph(paragraph, &names));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let section = &read.document.section_property;
    for (_, footer) in [&section.footer, &section.even_footer].into_iter().flatten() {
        for child in &footer.children {
            let FooterChild::Paragraph(paragraph) = child else { continue };
            all.push(seen_paragraph(paragraph, &names));
        }
    }
    all
}

fn seen_paragraph(paragraph: &Paragraph, names: &BTreeMap<String, String>) -> Seen {
    let name = |id: &str| names.get(id).cloned().unwrap_or(format!("?{id}"));
    let style = paragraph.property.style.as_ref().map(|style| name(&style.val));
    let mut runs = Vec::new();
    let style = style.unwrap_or_default();
    see_runs(&paragraph.children, &name, &style, &mut runs);
    Seen { style, runs: merged(runs) }
}

/// Letters and digits may have a weight of their own: what they are is what the rest is.
fn without_script(style: &str, host: &str) -> Option<String> {
    let (style, parted) = match style.strip_suffix("西文") {
        Some(style) => (style, true),
        None => (style, false),
    };
    (!(parted && style == host)).then(|| style.to_owned())
}

fn see_runs(
    children: &[ParagraphChild],
    name: &dyn Fn(&str) -> String,
    host: &str,
    runs: &mut Vec<(Option<String>, String)>,
) {
    for child in children {
        match child {
            ParagraphChild::Run(run) => {
                let style = run.run_property.style.as_ref().map(|style| name(&style.val));
                let style = style.and_then(|style| without_script(&style, host));
                let mut text = String::new();
                for piece in &run.children {
                    match piece {
                        RunChild::Text(piece) => text.push_str(&piece.text),
                        RunChild::Tab(_) => text.push('\t'),
                        RunChild::Break(_) => text.push('\n'),
                        _ => {}
                    }
                }
                runs.push((style, text));
            }
            ParagraphChild::Hyperlink(link) => see_runs(&link.children, name, host, runs),
            _ => {}
        }
    }
}

/// Runs of one style are one: how they are cut says nothing.
fn merged(runs: Vec<(Option<String>, String)>) -> Vec<(Option<String>, String)> {
    let mut merged: Vec<(Option<String>, String)> = Vec::new();
    for (style, text) in runs.into_iter().filter(|(_, text)| !text.is_empty()) {
        match merged.last_mut() {
            Some((last, all)) if *last == style => all.push_str(&text),
            _ => merged.push((style, text)),
        }
    }
    merged
}

/// What the file must say.
fn wanted(document: &Document) -> Vec<Seen> {
    let mut all = Vec::new();
    for block in &document.head {
        match block {
            HeadBlock::Marks { left, right } => {
                for row in 0..left.len().max(right.len()) {
                    let mark = |side: &[Node]| side.get(row..row + 1).unwrap_or_default().to_vec();
                    all.push(row_of(&mark(left), &mark(right)));
                }
            }
            HeadBlock::Line { role, lines, .. } => {
                all.extend(
                    lines
                        .iter()
                        .map(|line| wanted_paragraph(*role, &runs(std::slice::from_ref(line)))),
                );
            }
            HeadBlock::Row { left, right, .. } => all.push(row_of(left, right)),
            HeadBlock::Rule { .. } => all.push(empty("报头分隔线")),
        }
    }
    let text = document.paragraphs();
    all.extend(text.iter().map(|para| wanted_paragraph(para.role, &para.runs)));
    for block in &document.colophon {
        match block {
            ColophonBlock::Rule { .. } => {}
            ColophonBlock::Entry { label, names } => {
                let role = runs(names)[0].role;
                all.push(wanted_paragraph(role, &[runs(label), runs(names)].concat()));
            }
            ColophonBlock::Row { left, right } => all.push(row_of(left, right)),
        }
    }
    if !document.colophon.is_empty() {
        all.extend([empty("版记底行"), empty("版记定位")]);
    }
    for (style, page) in [("页码", 1), ("双页页码", 2)] {
        all.push(Seen { style: style.into(), runs: vec![(None, format!("— {page} —"))] });
    }
    all
}

fn empty(style: &str) -> Seen {
    Seen { style: style.into(), runs: Vec::new() }
}

fn runs(nodes: &[Node]) -> Vec<Run> {
    hongtou::compose::runs_of(nodes).into_iter().cloned().collect()
}

fn row_of(left: &[Node], right: &[Node]) -> Seen {
    let (left, right) = (&runs(left), &runs(right));
    let role = left.iter().chain(right).next().expect("a row with text").role;
    let mut all = wanted_paragraph(role, left);
    if !right.is_empty() {
        all.runs.push((None, "\t".into()));
        all.runs.extend(wanted_paragraph(role, right).runs);
    }
    Seen { runs: merged(all.runs), ..all }
}

fn wanted_paragraph(role: Role, runs: &[Run]) -> Seen {
    let style = |run: &Run| match (run.role == role, run.emphasis) {
        (true, false) => None,
        (true, true) => Some(Role::Emphasis.chinese().to_owned()),
        (false, false) => Some(run.role.chinese().to_owned()),
        (false, true) => Some(format!("{}强调", run.role.chinese())),
    };
    let runs = runs.iter().map(|run| (style(run), run.text.clone())).collect();
    Seen { style: role.chinese().into(), runs: merged(runs) }
}

/// Without line breaks: they are no words, and are there where a title begins a line or a long
/// office stands beside a date.
fn unbroken(seen: &Seen) -> Seen {
    let runs = seen.runs.iter().map(|(style, text)| (style.clone(), text.replace('\n', "")));
    Seen { style: seen.style.clone(), runs: merged(runs.collect()) }
}

#[test]
fn docx_rs_reads_every_word_in_its_order_and_style() {
    for (name, document, layout) in issues() {
        let (seen, wanted) = (seen(&written(&document, &layout)), wanted(&document));
        for (seen, wanted) in seen.iter().zip(&wanted) {
            assert_eq!(&unbroken(seen), wanted, "{name}");
        }
        assert_eq!(seen.len(), wanted.len(), "{name}");
    }
}

#[test]
fn spaces_that_mean_something_are_kept() {
    let text = "文明交通\u{3000}有我参与  a  ";
    let document = document(vec![paragraph(Role::Body, vec![run(Role::Body, text)])]);
    let all = seen(&written(&document, &layout()));
    assert!(all.iter().any(|seen| seen.runs == [(None, text.to_owned())]));
}

#[test]
fn tabs_and_line_breaks_are_what_they_are() {
    let document = document(vec![paragraph(Role::Body, vec![run(Role::Body, "一\t二\n三")])]);
    let all = seen(&written(&document, &layout()));
    assert!(all.iter().any(|seen| seen.runs == [(None, "一\t二\n三".to_owned())]));
}
