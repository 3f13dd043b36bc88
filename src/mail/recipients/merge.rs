//! Adds the rows of a table to the text of `recipients.yaml`. What stands there stays as it is,
//! comments too; only lines are added.

use super::{Directory, Group, Label, Person, Row, bare, read};
use crate::diagnostic::{Diagnostic, Sources};
use crate::yaml::edit::double_quoted;
use crate::yaml::{Entry, Node, Value};

const HEAD: &str = "\
# 分送名单。组名与简报末尾印的一样；每人一行：单位 姓名 <邮箱>。
# 不要邮件的组写进“例外: {只发纸质: [组名]}”；不印也总要寄的写在“另寄”下面。
";

/// What became of a list.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Its text.
    pub text: String,
    /// What was added.
    pub added: Vec<Row>,
    /// How many rows it had already.
    pub same: usize,
}

/// Adds rows to a list: its text and what was read from it, or nothing when there is none yet.
///
/// # Errors
/// Rows that contradict the list; a list that is written in a way that no line can be added to.
pub fn merge(list: Option<(&str, &Directory)>, rows: Vec<Row>) -> Result<Merged, Vec<Diagnostic>> {
    let mut people: Vec<(Label, String, Person)> = Vec::new();
    for group in list.iter().flat_map(|(_, directory)| &directory.groups) {
        people.extend(group.people.iter().map(|p| (group.label, bare(&group.name), p.clone())));
    }
    let mut wrong = Vec::new();
    let mut added: Vec<Row> = Vec::new();
    let mut same = 0;
    for row in rows {
        match compare(&row, &people) {
            Likeness::New => {
                people.push((row.label, bare(&row.group), row.person.clone()));
                added.push(row);
            }
            Likeness::Same => same += 1,
            Likeness::Other(finding) => wrong.push(finding),
        }
    }
    let groups = list.map_or(&[][..], |(_, directory)| &directory.groups);
    wrong.extend(added.iter().filter_map(|row| elsewhere(row, groups)));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut text = list.map_or_else(|| HEAD.to_owned(), |(text, _)| text.to_owned());
    for (label, group, rows) in by_group(&added) {
        let lines: Vec<String> = rows.iter().map(|row| person(&row.person)).collect();
        insert(&mut text, label, group, &lines)?;
    }
    proof(&text, &people)?;
    Ok(Merged { text, added, same })
}

enum Likeness {
    New,
    Same,
    Other(Diagnostic),
}

/// Whether the list has a row already. Two persons may share an address; one person may not be
/// described in two ways.
fn compare(row: &Row, people: &[(Label, String, Person)]) -> Likeness {
    let group = bare(&row.group);
    let new = &row.person;
    let there = people.iter().filter(|(label, name, person)| {
        *label == row.label && *name == group && person.address.key() == new.address.key()
    });
    for (_, _, person) in there {
        let differs = |old: &Option<String>, new: &Option<String>| new.is_some() && old != new;
        let other_name = person.name.is_some() && differs(&person.name, &new.name);
        if other_name {
            continue;
        }
        let differs = differs(&person.name, &new.name)
            || differs(&person.unit, &new.unit)
            || differs(&person.greeting, &new.greeting)
            || (!new.formats.is_empty() && new.formats != person.formats);
        if !differs {
            return Likeness::Same;
        }
        let message = format!(
            "名单的“{}”里已有这个邮箱：{}，表格里是：{}",
            row.group,
            self::person(person),
            self::person(new)
        );
        let finding = Diagnostic::error(row.span, message);
        return Likeness::Other(finding.with_help("导入不改已有的内容：先把名单或表格改成一致"));
    }
    Likeness::New
}

/// A group that the list has under another label.
fn elsewhere(row: &Row, groups: &[Group]) -> Option<Diagnostic> {
    let same = |group: &&Group| bare(&group.name) == bare(&row.group);
    let mut there = groups.iter().filter(same).peekable();
    let other = there.peek()?.label;
    if there.any(|group| group.label == row.label) {
        return None;
    }
    let message = format!(
        "“{}”在名单的“{}”下面，表格里写的是“{}”",
        row.group,
        other.chinese(),
        row.label.chinese()
    );
    Some(Diagnostic::error(row.span, message).with_help("先把名单或表格改成一致"))
}

/// The rows of each group, in the order of the table.
fn by_group(rows: &[Row]) -> Vec<(Label, &str, Vec<&Row>)> {
    let mut groups: Vec<(Label, &str, Vec<&Row>)> = Vec::new();
    for row in rows {
        let same = |(label, name, _): &&mut (Label, &str, Vec<&Row>)| {
            *label == row.label && bare(name) == bare(&row.group)
        };
        match groups.iter_mut().find(same) {
            Some((_, _, rows)) => rows.push(row),
            None => groups.push((row.label, &row.group, vec![row])),
        }
    }
    groups
}

/// 城子街道 王芳 <wangfang@example.cn>, or the long form where that would not say the same.
fn person(person: &Person) -> String {
    let word = |text: &Option<String>| {
        text.as_ref().is_none_or(|text| !text.contains(char::is_whitespace) && is_plain(text))
    };
    let short = person.formats.is_empty()
        && person.greeting.is_none()
        && (person.unit.is_some() || person.name.is_none())
        && word(&person.unit)
        && word(&person.name)
        && is_plain(person.address.as_str());
    let names = person.unit.iter().chain(&person.name).cloned().collect::<Vec<_>>().join(" ");
    match (short, names.is_empty()) {
        (true, true) => return person.address.to_string(),
        (true, false) => return format!("{names} <{}>", *person.address),
        _ => {}
    }
    let mut parts = Vec::new();
    let texts = [("单位", &person.unit), ("姓名", &person.name), ("称呼", &person.greeting)];
    for (key, text) in texts {
        parts.extend(text.as_ref().map(|text| format!("{key}: {}", scalar(text))));
    }
    parts.push(format!("邮箱: {}", scalar(person.address.as_str())));
    if !person.formats.is_empty() {
        let formats: Vec<&str> = person.formats.iter().map(|format| format.ending()).collect();
        parts.push(format!("格式: [{}]", formats.join(", ")));
    }
    format!("{{{}}}", parts.join(", "))
}

/// Whether YAML reads a text as it is, wherever it stands.
fn is_plain(text: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || "、（）·_-.@".contains(c);
    text.chars().all(safe) && text.starts_with(|c: char| c.is_alphanumeric() || c == '（')
}

/// As YAML reads it: in quotes where it has to be. `~` and `null` are alphabetic or not plain.
fn scalar(text: &str) -> String {
    match is_plain(text) && !["null", "true", "false", "Null", "NULL"].contains(&text) {
        true => text.to_owned(),
        false => double_quoted(text),
    }
}

/// Puts lines into a group, which is made when it is not there.
fn insert(
    text: &mut String,
    label: Label,
    group: &str,
    lines: &[String],
) -> Result<(), Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let file = sources.add("", text.as_str());
    let root = crate::yaml::parse(file, text)?;
    let entries = match &root.value {
        Value::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    let is_label = |entry: &&Entry| {
        let key = crate::issue::keys::RECIPIENTS.iter().find(|key| key.name == label.key());
        key.is_some_and(|key| key.names().any(|name| name == entry.key.trim()))
    };
    let Some(under) = entries.iter().find(is_label) else {
        if entries.first().is_some_and(|entry| is_flow(text, &root, entry)) {
            return Err(vec![one_line(label)]);
        }
        end_line(text);
        text.push_str(&format!("{}:\n  {}:\n", label.chinese(), scalar(group)));
        lines.iter().for_each(|line| text.push_str(&format!("    - {line}\n")));
        return Ok(());
    };
    let Value::Mapping(groups) = &under.value.value else { return Err(vec![one_line(label)]) };
    let Some(first) = groups.first() else { return Err(vec![one_line(label)]) };
    if is_flow(text, &under.value, first) {
        return Err(vec![one_line(label)]);
    }
    let indent = column(text, first.key_span.start as usize);
    let (at, new) = match groups.iter().find(|entry| bare(&entry.key) == bare(group)) {
        Some(entry) => return into_group(text, entry, &indent, lines),
        None => {
            let last = groups.iter().map(|entry| end(&entry.value)).max().unwrap_or(0);
            let mut new = format!("{indent}{}:\n", scalar(group));
            lines.iter().for_each(|line| new.push_str(&format!("{indent}  - {line}\n")));
            (line_end(text, last), new)
        }
    };
    put(text, at, &new);
    Ok(())
}

/// Adds lines to a group that is there.
fn into_group(
    text: &mut String,
    entry: &Entry,
    indent: &str,
    lines: &[String],
) -> Result<(), Vec<Diagnostic>> {
    let node = &entry.value;
    let (start, last) = (node.span.start as usize, end(node));
    if let Value::Sequence(people) = &node.value
        && let Some(dash) = people.first().and_then(|person| dash(text, person))
    {
        let dash = column(text, dash);
        let at = line_end(text, last);
        let new: String = lines.iter().map(|line| format!("{dash}- {line}\n")).collect();
        put(text, at, &new);
        return Ok(());
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
    let at = line_end(text, until);
    let new: String = lines.iter().map(|line| format!("{indent}  - {line}\n")).collect();
    put(text, at, &new);
    let key = entry.key_span.end as usize;
    let from = key + text[key..].find(':').unwrap_or(0) + 1;
    text.replace_range(from..until, &old);
    Ok(())
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

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn put(text: &mut String, at: usize, new: &str) {
    if at == text.len() {
        end_line(text);
        text.push_str(new);
    } else {
        text.insert_str(at, new);
    }
}

fn one_line(label: Label) -> Diagnostic {
    let message = format!("名单里的“{}”写在一行的花括号里，加不进新的收件人", label.chinese());
    Diagnostic::general(message).with_help("改成每组一行、缩进两格，再导入")
}

/// Reads the new text: it must say what it said before and what was added, nothing else.
fn proof(text: &str, people: &[(Label, String, Person)]) -> Result<(), Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let file = sources.add("recipients.yaml", text);
    let said = |(label, group, person): (Label, String, Person)| {
        let Person { unit, name, greeting, address, formats } = person;
        format!("{label:?} {group} {unit:?} {name:?} {greeting:?} {} {formats:?}", *address)
    };
    let mut wanted: Vec<String> = people.iter().cloned().map(said).collect();
    let mut found: Vec<String> = match read(&sources, file) {
        Ok((directory, _)) => directory
            .groups
            .into_iter()
            .flat_map(|group| {
                let (label, name) = (group.label, bare(&group.name));
                group.people.into_iter().map(move |person| (label, name.clone(), person))
            })
            .map(said)
            .collect(),
        Err(_) => Vec::new(),
    };
    wanted.sort();
    found.sort();
    if wanted == found {
        return Ok(());
    }
    Err(vec![
        Diagnostic::general("名单的写法特别，加不进新的收件人；名单没有改动")
            .with_help("把“报”“送”“发”下面写成每组一行、每人以“- ”开头的一行，再导入"),
    ])
}
