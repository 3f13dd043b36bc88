//! Adds the rows of a table to the text of `recipients.yaml`. What stands there stays as it is,
//! comments too; only lines are added.

use std::collections::BTreeMap;

use super::insert::{Addition, insert, peculiar};
use super::line::person;
use super::{Directory, Label, Person, Row, bare, read};
use crate::diagnostic::{Code, Diagnostic, Sources};

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
    // Where those stand who share group and address.
    let mut alike: BTreeMap<(Label, String, String), Vec<usize>> = BTreeMap::new();
    for (index, (label, group, person)) in people.iter().enumerate() {
        alike.entry((*label, group.clone(), person.address.key())).or_default().push(index);
    }
    let mut wrong = Vec::new();
    let mut added: Vec<Row> = Vec::new();
    let mut same = 0;
    for row in rows {
        let there =
            alike.entry((row.label, bare(&row.group), row.person.address.key())).or_default();
        match compare(&row, there.iter().map(|index| &people[*index].2)) {
            Likeness::New => {
                there.push(people.len());
                people.push((row.label, bare(&row.group), row.person.clone()));
                added.push(row);
            }
            Likeness::Same => same += 1,
            Likeness::Other(finding) => wrong.push(finding),
        }
    }
    let mut labels: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    for group in list.iter().flat_map(|(_, directory)| &directory.groups) {
        labels.entry(bare(&group.name)).or_default().push(group.label);
    }
    wrong.extend(added.iter().filter_map(|row| elsewhere(row, labels.get(&bare(&row.group))?)));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let text = list.map_or(HEAD, |(text, _)| text);
    let text = insert(text, &by_group(&added))?;
    proof(&text, &people)?;
    Ok(Merged { text, added, same })
}

enum Likeness {
    New,
    Same,
    Other(Diagnostic),
}

/// Whether the list has a row already; `there` are those of its group with its address. Two persons
/// may share an address; one person may not be described in two ways.
fn compare<'p>(row: &Row, there: impl Iterator<Item = &'p Person>) -> Likeness {
    let new = &row.person;
    for person in there {
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
        let finding = Diagnostic::error(Code::RecipientsDiffers, row.span, message);
        return Likeness::Other(finding.with_help("导入不改已有的内容：先把名单或表格改成一致"));
    }
    Likeness::New
}

/// A group that the list has under other labels only.
fn elsewhere(row: &Row, labels: &[Label]) -> Option<Diagnostic> {
    let other = labels.first()?;
    if labels.contains(&row.label) {
        return None;
    }
    let message = format!(
        "“{}”在名单的“{}”下面，表格里写的是“{}”",
        row.group,
        other.chinese(),
        row.label.chinese()
    );
    Some(
        Diagnostic::error(Code::RecipientsDiffers, row.span, message)
            .with_help("先把名单或表格改成一致"),
    )
}

/// The lines of each group, in the order of the table.
fn by_group(rows: &[Row]) -> Vec<Addition<'_>> {
    let mut groups: Vec<Addition<'_>> = Vec::new();
    let mut known: BTreeMap<(Label, String), usize> = BTreeMap::new();
    for row in rows {
        let index = *known.entry((row.label, bare(&row.group))).or_insert(groups.len());
        if index == groups.len() {
            groups.push(Addition { label: row.label, group: &row.group, lines: Vec::new() });
        }
        groups[index].lines.push(person(&row.person));
    }
    groups
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
    Err(peculiar())
}
