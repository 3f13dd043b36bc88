//! Puts new lines into the text of `recipients.yaml`, where they belong. Read once and written once,
//! however many groups get lines.

use std::collections::BTreeMap;

use super::line::scalar;
use super::{Label, bare};
use crate::diagnostic::{Code, Diagnostic, Sources};
use crate::yaml::{Entry, Node, Value};

/// Lines for a group, which is made when it is not there.
pub(super) struct Addition<'r> {
    pub(super) label: Label,
    pub(super) group: &'r str,
    pub(super) lines: Vec<String>,
}

/// A part of the text that becomes another. Sorted by place; at one place those of a group that is
/// there come before new groups.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Edit {
    from: usize,
    until: usize,
    is_new: bool,
    text: String,
}

/// The text with all additions.
///
/// # Errors
/// When it is written in a way that no line can be added to.
pub(super) fn insert(text: &str, additions: &[Addition<'_>]) -> Result<String, Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let file = sources.add("", text);
    let root = crate::yaml::parse(file, text)?;
    let entries = match &root.value {
        Value::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    let mut edits: Vec<Edit> = Vec::new();
    let mut labels: Vec<(Label, String)> = Vec::new();
    for label in Label::ALL {
        let of_it = || additions.iter().filter(|one| one.label == label);
        let Some(first) = of_it().next() else { continue };
        let key = crate::issue::keys::RECIPIENTS.iter().find(|key| key.name == label.key());
        let is_label = |entry: &&Entry| {
            key.is_some_and(|key| key.names().any(|name| name == entry.key.trim()))
        };
        if let Some(under) = entries.iter().find(is_label) {
            into_label(text, (label, under), of_it(), &mut edits)?;
            continue;
        }
        if entries.first().is_some_and(|entry| is_flow(text, &root, entry)) {
            return Err(vec![one_line(first.label)]);
        }
        let groups: String = of_it().map(|one| new_group(one, "  ")).collect();
        labels.push((label, format!("{}:\n{groups}", label.chinese())));
    }
    // New labels stand in the order in which the table first has them.
    let first = |label: Label| additions.iter().position(|one| one.label == label);
    labels.sort_by_key(|(label, _)| first(*label));
    edits.sort();
    let mut out = apply(text, edits)?;
    for (_, text) in labels {
        end_line(&mut out);
        out.push_str(&text);
    }
    Ok(out)
}

/// Adds to the groups under a label that is there.
fn into_label<'r>(
    text: &str,
    (label, under): (Label, &Entry),
    additions: impl Iterator<Item = &'r Addition<'r>>,
    edits: &mut Vec<Edit>,
) -> Result<(), Vec<Diagnostic>> {
    let Value::Mapping(groups) = &under.value.value else { return Err(vec![one_line(label)]) };
    let Some(first) = groups.first() else { return Err(vec![one_line(label)]) };
    if is_flow(text, &under.value, first) {
        return Err(vec![one_line(label)]);
    }
    let indent = column(text, first.key_span.start as usize);
    let mut there: BTreeMap<String, &Entry> = BTreeMap::new();
    for entry in groups {
        there.entry(bare(&entry.key)).or_insert(entry);
    }
    let mut new = String::new();
    for addition in additions {
        match there.get(&bare(addition.group)) {
            Some(entry) => into_group(text, entry, &indent, &addition.lines, edits),
            None => new.push_str(&new_group(addition, &indent)),
        }
    }
    if !new.is_empty() {
        let last = groups.iter().map(|entry| end(&entry.value)).max().unwrap_or(0);
        let at = line_end(text, last);
        edits.push(Edit { from: at, until: at, is_new: true, text: new });
    }
    Ok(())
}

fn new_group(addition: &Addition<'_>, indent: &str) -> String {
    let lines = addition.lines.iter().map(|line| format!("{indent}  - {line}\n"));
    std::iter::once(format!("{indent}{}:\n", scalar(addition.group))).chain(lines).collect()
}

/// The text with its edits. Where two of them would meet, no line can be added.
fn apply(text: &str, edits: Vec<Edit>) -> Result<String, Vec<Diagnostic>> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let Some(kept) = text.get(done..edit.from) else { return Err(peculiar()) };
        out.push_str(kept);
        if edit.from == text.len() {
            end_line(&mut out);
        }
        out.push_str(&edit.text);
        done = edit.until;
    }
    let Some(kept) = text.get(done..) else { return Err(peculiar()) };
    out.push_str(kept);
    Ok(out)
}

/// Adds lines to a group that is there.
fn into_group(text: &str, entry: &Entry, indent: &str, lines: &[String], edits: &mut Vec<Edit>) {
    let node = &entry.value;
    let (start, last) = (node.span.start as usize, end(node));
    let mut edit = |from, until, text| edits.push(Edit { from, until, is_new: false, text });
    if let Value::Sequence(people) = &node.value
        && let Some(dash) = people.first().and_then(|person| dash(text, person))
    {
        let dash = column(text, dash);
        let at = line_end(text, last);
        edit(at, at, lines.iter().map(|line| format!("{dash}- {line}\n")).collect());
        return;
    }
    // One recipient, or several on a line: each gets a line of its own.
    let people = match &node.value {
        Value::Sequence(people) => people.iter().map(range).collect(),
        Value::Mapping(entries) if !text[start..].starts_with('{') => {
            // In block style it ends with its last value.
            let first = entries.first().map_or(start, |entry| entry.key_span.start as usize);
            Vec::from([(first, last)])
        }
        _ => Vec::from([range(node)]),
    };
    let mut old = String::new();
    for (start, end) in people {
        let inner = column(text, start);
        let deeper = format!("\n{indent}    ");
        let written = text[start..end].replace(&format!("\n{inner}"), &deeper);
        old.push_str(&format!("\n{indent}  - {written}"));
    }
    // What stands behind on its line, a comment, stays there.
    let until = last.max(node.span.end as usize * usize::from(is_one_line(node)));
    let key = entry.key_span.end as usize;
    let from = key + text[key..].find(':').unwrap_or(0) + 1;
    edit(from, until, old);
    let at = line_end(text, until);
    edit(at, at, lines.iter().map(|line| format!("{indent}  - {line}\n")).collect());
}

/// Where the dash of the first of a list stands; `None` when the list is in brackets.
fn dash(text: &str, first: &Node) -> Option<usize> {
    let start = match &first.value {
        Value::Mapping(entries) => match entries.first() {
            Some(entry) if !text[first.span.start as usize..].starts_with('{') => {
                entry.key_span.start as usize
            }
            _ => first.span.start as usize,
        },
        _ => first.span.start as usize,
    };
    let before = text[..start].trim_end_matches(' ');
    before.ends_with('-').then(|| before.len() - 1)
}

/// Whether a value ends where its place does: not so in block style.
fn is_one_line(node: &Node) -> bool {
    matches!(node.value, Value::Scalar { .. } | Value::Sequence(_))
}

fn range(node: &Node) -> (usize, usize) {
    (node.span.start as usize, node.span.end as usize)
}

/// Whether a mapping is written in braces.
fn is_flow(text: &str, node: &Node, first: &Entry) -> bool {
    let before = text[..first.key_span.start as usize].trim_end();
    before.ends_with('{') || text[node.span.start as usize..].starts_with('{')
}

/// Where the last word of a value ends.
fn end(node: &Node) -> usize {
    let last = match &node.value {
        Value::Sequence(nodes) if !text_ends(node) => nodes.iter().map(end).max(),
        Value::Mapping(entries) => {
            entries.iter().map(|entry| end(&entry.value).max(entry.key_span.end as usize)).max()
        }
        _ => None,
    };
    last.unwrap_or(node.span.end as usize)
}

/// An empty list ends where it is written.
fn text_ends(node: &Node) -> bool {
    matches!(&node.value, Value::Sequence(nodes) if nodes.is_empty())
}

/// The white space before a place on its line, dashes counting as such.
fn column(text: &str, at: usize) -> String {
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    " ".repeat(text[line..at].chars().count())
}

/// The end of the line of a place, its comment included.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

fn one_line(label: Label) -> Diagnostic {
    let message = format!("名单里的“{}”写在一行的花括号里，加不进新的收件人", label.chinese());
    Diagnostic::general(Code::RecipientsLocked, message).with_help("改成每组一行、缩进两格，再导入")
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// No line can be added, or not seen to be added rightly.
pub(super) fn peculiar() -> Vec<Diagnostic> {
    vec![
        Diagnostic::general(
            Code::RecipientsLocked,
            "名单的写法特别，加不进新的收件人；名单没有改动",
        )
        .with_help("把“报”“送”“发”下面写成每组一行、每人以“- ”开头的一行，再导入"),
    ]
}
