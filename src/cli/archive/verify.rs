//! `hongtou archive verify`: whether everything is as it was kept.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{failure, which, work};
use crate::archive::{Archive, Flaw, Holding, Seen};
use crate::cli::Exit;
use crate::cli::args::{Bulletin, Shown, VerifyArchive};
use crate::cli::project::Failure;
use crate::cli::terminal::Terminal;

pub(super) fn run(
    archive: &Archive,
    arguments: &VerifyArchive,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let holdings = archive.holdings().map_err(|error| failure(&error))?;
    let chosen = chosen(arguments, &holdings)?;
    let mut seen: BTreeMap<Holding, Seen> = BTreeMap::new();
    work::each(
        "核对",
        &chosen,
        |holding| archive.verify_bag(holding),
        |holding, one, _| drop(seen.insert(holding.clone(), one)),
    );
    let mut flaws: Vec<Flaw> = seen.values_mut().flat_map(|one| one.flaws.drain(..)).collect();
    let Bulletin { series, year } = &arguments.bulletin;
    let whole = arguments.numbers.is_empty() && series.is_none() && year.is_none();
    let more = if whole { archive.verify_all(&seen) } else { archive.verify_ledgers(&seen) };
    flaws.extend(more.map_err(|error| failure(&error))?);
    let files: usize = seen.values().map(|one| one.files).sum();
    report(arguments, chosen.len(), files, &flaws, terminal);
    Ok(if flaws.is_empty() { Exit::Done } else { Exit::Partly })
}

/// What is to be verified: the issues that are named, in all their revisions.
fn chosen(arguments: &VerifyArchive, holdings: &[Holding]) -> Result<Vec<Holding>, Failure> {
    let (series, year) = (arguments.bulletin.series.as_deref(), arguments.bulletin.year);
    let mut chosen = BTreeSet::new();
    for number in &arguments.numbers {
        chosen.extend(which::issue(holdings, number, series, year)?);
    }
    if arguments.numbers.is_empty() {
        which::is_series(series, holdings)?;
        let wanted = |holding: &&Holding| {
            series.is_none_or(|series| series == holding.id.series)
                && year.is_none_or(|year| year == holding.id.year)
        };
        chosen.extend(holdings.iter().filter(wanted).cloned());
    }
    Ok(chosen.into_iter().collect())
}

fn report(
    arguments: &VerifyArchive,
    bags: usize,
    files: usize,
    flaws: &[Flaw],
    terminal: &Terminal,
) {
    if arguments.results.format == Shown::Json {
        let flaws = flaws.iter().map(|flaw| {
            json!({ "place": flaw.place, "wrong": flaw.wrong.word(), "message": flaw.message })
        });
        let flaws: Vec<_> = flaws.collect();
        let result =
            json!({ "ok": flaws.is_empty(), "bags": bags, "files": files, "flaws": flaws });
        terminal.say_json(&result);
        return;
    }
    flaws.iter().for_each(|flaw| terminal.say(&flaw.to_string()));
    let found = match flaws.len() {
        0 => "全部完好".to_owned(),
        number => format!("发现{number}处问题"),
    };
    terminal.say(&format!("核对了{bags}个存档件、{files}个文件：{found}"));
}
