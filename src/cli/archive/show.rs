//! `hongtou archive show`: what an issue is about, its files, its corrections.

use serde_json::{Value, json};

use super::{failure, list, which};
use crate::archive::{Archive, Correction, DATA, Entry, Holding};
use crate::cli::Exit;
use crate::cli::args::{Show, Shown};
use crate::cli::project::Failure;
use crate::cli::table::{self, Align};
use crate::cli::terminal::Terminal;

pub(super) fn run(
    archive: &Archive,
    arguments: &Show,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let holding = which::find(archive, &arguments.which)?;
    let wrong = |error| failure(&error);
    let entry = archive.entry(&holding).map_err(wrong)?;
    let files = archive.store().files(&holding).map_err(wrong)?;
    let files: Vec<&str> = files.iter().filter_map(|path| path.strip_prefix(DATA)).collect();
    let revisions = archive.store().revisions(&holding.id).map_err(wrong)?;
    let mut history = Vec::new();
    for revision in revisions {
        let correction = archive.correction(&revision).map_err(wrong)?;
        history.push((revision, correction));
    }
    match arguments.results.format {
        Shown::Text => say(&holding, &entry, &files, &history, terminal),
        Shown::Json => {
            let mut object = list::one(&entry);
            object["files"] = json!(files);
            object["contents"] = entry
                .items
                .iter()
                .map(|item| json!({ "name": item.name, "section": item.section, "page": item.page, "units": item.units }))
                .collect();
            object["revisions"] = history.iter().map(revision_json).collect();
            terminal.say_json(&object);
        }
    }
    Ok(Exit::Done)
}

fn revision_json((holding, correction): &(Holding, Option<Correction>)) -> Value {
    json!({
        "holding": holding.to_string(),
        "corrects": correction.as_ref().map(|one| one.corrected.clone()),
        "reason": correction.as_ref().map(|one| one.reason.clone()),
    })
}

fn say(
    holding: &Holding,
    entry: &Entry,
    files: &[&str],
    history: &[(Holding, Option<Correction>)],
    terminal: &Terminal,
) {
    terminal.say(&format!("《{}》", entry.title));
    let (date, pages) = (entry.date, entry.pages);
    terminal.say(&format!("存档号 {holding}，{date}，{pages}页，{}", entry.offices.join("、")));
    if !entry.items.is_empty() {
        terminal.say("");
        let row = |(index, item): (usize, &crate::archive::Item)| {
            vec![
                (index + 1).to_string(),
                item.page.to_string(),
                item.section.clone().unwrap_or_default(),
                item.name.clone(),
                item.units.join("、"),
            ]
        };
        let rows: Vec<_> = entry.items.iter().enumerate().map(row).collect();
        let head = ["序", "页", "栏目", "条目", "单位"].map(str::to_owned);
        let align = [Align::Right, Align::Right, Align::Left, Align::Left, Align::Left];
        terminal.say(&table::aligned(&head, &rows, &align));
    }
    terminal.say("");
    terminal.say("文件");
    files.iter().for_each(|file| terminal.say(&format!("  {file}")));
    if history.len() > 1 {
        terminal.say("");
        terminal.say("各版");
        for (revision, correction) in history {
            let what = match correction {
                Some(Correction { reason, .. }) => format!("更正：{reason}"),
                None => "首次存档".to_owned(),
            };
            terminal.say(&format!("  r{}  {what}", revision.revision));
        }
    }
}
