//! `hongtou archive list`: the issues that are kept.

use serde_json::{Value, json};

use super::{failure, finding, which};
use crate::archive::{Archive, Entry, Holding};
use crate::cli::Exit;
use crate::cli::args::{Bulletin, List, Listed};
use crate::cli::project::Failure;
use crate::cli::table::{self, Align};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Sources, render};

pub(super) fn run(
    archive: &Archive,
    arguments: &List,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    which::has_series(archive, &arguments.bulletin.series)?;
    let holdings = if arguments.all { archive.holdings() } else { archive.latest() };
    let mut holdings = holdings.map_err(|error| failure(&error))?;
    holdings.retain(|holding| is_wanted(arguments, holding));
    let mut exit = Exit::Done;
    let mut entries = Vec::new();
    for holding in &holdings {
        match archive.entry(holding) {
            Ok(entry) => entries.push(entry),
            // The others are there all the same.
            Err(error) => {
                let findings = [finding(&error)];
                terminal.warn(&render(&Sources::default(), &findings, terminal.color()));
                exit = Exit::Partly;
            }
        }
    }
    if let Some(office) = &arguments.office {
        entries.retain(|entry| entry.offices.iter().any(|name| name.contains(office.as_str())));
    }
    match arguments.results.format {
        Listed::Text => say(&entries, arguments.all, terminal),
        Listed::Csv => terminal.put(&csv(&entries)),
        Listed::Json => {
            let issues: Vec<Value> = entries.iter().map(one).collect();
            terminal.say_json(&json!({ "issues": issues }));
        }
    }
    Ok(exit)
}

fn is_wanted(arguments: &List, holding: &Holding) -> bool {
    let List { bulletin: Bulletin { series, year }, number, .. } = arguments;
    series.as_ref().is_none_or(|series| *series == holding.id.series)
        && year.is_none_or(|year| year == holding.id.year)
        && number.as_ref().is_none_or(|number| *number == holding.id.label())
}

/// What the columns of a table are called.
fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn say(entries: &[Entry], all: bool, terminal: &Terminal) {
    use Align::{Left, Right};
    let row = |entry: &Entry| {
        vec![
            entry.holding().id.to_string(),
            format!("r{}", entry.revision),
            entry.date.to_string(),
            entry.subject.clone(),
            entry.pages.to_string(),
            entry.items.len().to_string(),
            entry.bulletin.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    if !rows.is_empty() {
        let head = head(&["存档号", "版", "日期", "期号", "页", "条", "刊名"]);
        let align = [Left, Left, Left, Left, Right, Right, Left];
        terminal.say(&table::aligned(&head, &rows, &align));
    }
    let unit = if all { "版" } else { "期" };
    terminal.say(&format!("共{}{unit}", rows.len()));
}

fn csv(entries: &[Entry]) -> Vec<u8> {
    let names = ["存档号", "版", "日期", "期号", "页数", "条数", "编发机关", "刊名", "标题"];
    let rows = entries.iter().map(|entry| {
        vec![
            entry.holding().id.to_string(),
            entry.revision.to_string(),
            entry.date.to_string(),
            entry.subject.clone(),
            entry.pages.to_string(),
            entry.items.len().to_string(),
            entry.offices.join("、"),
            entry.bulletin.clone(),
            entry.title.clone(),
        ]
    });
    table::csv(&head(&names), rows)
}

/// An issue for programs.
pub(super) fn one(entry: &Entry) -> Value {
    json!({
        "holding": entry.holding().to_string(),
        "series": entry.series,
        "year": entry.year,
        "number": entry.holding().id.label(),
        "revision": entry.revision,
        "date": entry.date,
        "subject": entry.subject,
        "title": entry.title,
        "offices": entry.offices,
        "pages": entry.pages,
        "items": entry.items.len(),
    })
}
