//! `hongtou archive verify`: whether everything is as it was kept.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{against, failure, which, work};
use crate::archive::{Archive, Flaw, Holding, Last, Seen};
use crate::cli::Exit;
use crate::cli::args::{Bulletin, Shown, VerifyArchive};
use crate::cli::project::Failure;
use crate::cli::terminal::Terminal;
use crate::diagnostic::MOST;

pub(super) fn run(
    archive: &Archive,
    arguments: &VerifyArchive,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let mut given = against::read(&arguments.against)?;
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
    let more = match whole {
        true => archive.verify_all(&seen),
        false => archive.verify_ledgers(&seen, &given.marks),
    };
    flaws.extend(more.map_err(|error| failure(&error))?);
    flaws.extend(archive.verify_marks(&given.marks).map_err(|error| failure(&error))?);
    flaws.append(&mut given.unreadable);
    // Of single issues only their own lines were looked at.
    let mut last = match arguments.numbers.is_empty() {
        true => archive.last_lines().map_err(|error| failure(&error))?,
        false => Vec::new(),
    };
    last.retain(|one| {
        series.as_ref().is_none_or(|series| *series == one.ledger.series)
            && year.is_none_or(|year| year == one.ledger.year)
    });
    let files = seen.values().map(|one| one.files).sum();
    let found = Found { bags: chosen.len(), files, marks: given.marks.len(), flaws, last };
    match arguments.results.format {
        Shown::Json => terminal.say_json(&found.json()),
        Shown::Text => found.lines().iter().for_each(|line| terminal.say(line)),
    }
    Ok(if found.flaws.is_empty() { Exit::Done } else { Exit::Partly })
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

/// What was found.
struct Found {
    bags: usize,
    files: usize,
    /// How many lines that were written down elsewhere were compared.
    marks: usize,
    flaws: Vec<Flaw>,
    /// The last lines of the ledgers that were looked at.
    last: Vec<Last>,
}

impl Found {
    fn json(&self) -> Value {
        let flaws = self.flaws.iter().take(MOST).map(|flaw| {
            json!({ "place": flaw.place, "wrong": flaw.wrong.word(), "message": flaw.message })
        });
        let last = self.last.iter().map(|one| {
            json!({
                "ledger": one.ledger.to_string(),
                "number": one.number,
                "line": one.line,
                "hash": one.hash,
                "whole": one.whole(),
                "short": one.short(),
                "sound": self.is_sound(one),
            })
        });
        json!({
            "ok": self.flaws.is_empty(),
            "bags": self.bags,
            "files": self.files,
            "against": self.marks,
            "flaws": flaws.collect::<Vec<_>>(),
            "flaws_total": self.flaws.len(),
            "last": last.collect::<Vec<_>>(),
        })
    }

    /// Whether nothing is wrong with a ledger: only then is its last line worth writing down.
    fn is_sound(&self, last: &Last) -> bool {
        !self.flaws.iter().any(|flaw| flaw.is_of(&last.ledger))
    }

    /// For people. What is to be written down stands between comments of the file that it may be
    /// written into.
    fn lines(&self) -> Vec<String> {
        let shown = self.flaws.iter().take(MOST);
        let mut lines: Vec<String> = shown.map(Flaw::to_string).collect();
        if self.flaws.len() > MOST {
            lines.push(format!("另有{}处没有列出", self.flaws.len() - MOST));
        }
        let found = match self.flaws.len() {
            0 => "全部完好".to_owned(),
            number => format!("发现{number}处问题"),
        };
        let against = match self.marks {
            0 => String::new(),
            number => format!("，对照了另处记下的{number}行"),
        };
        lines.push(format!("核对了{}个存档件、{}个文件{against}：{found}", self.bags, self.files));
        let (sound, wrong): (Vec<_>, Vec<_>) = self.last.iter().partition(|one| self.is_sound(one));
        if !sound.is_empty() {
            lines.push(
                "# 登记簿的末行，存到别处或抄在纸上（只抄短的也行），以后用 --against 对照："
                    .to_owned(),
            );
        }
        lines.extend(sound.into_iter().flat_map(|one| [one.whole(), one.short()]));
        if !wrong.is_empty() {
            let names: Vec<String> = wrong.iter().map(|one| format!("“{}”", one.ledger)).collect();
            let names = names.join("、");
            lines.push(format!("# {names}的登记簿有问题，查明以前不要抄它的末行"));
        }
        lines
    }
}
