//! The readers, each with what it begins with and what is seen of it.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io::Read;

use hongtou::archive::{self, Archive, Files, Holding, LedgerId, Store};
use hongtou::build;
use hongtou::diagnostic::{Diagnostic, FileId, Sources, render, to_json};
use hongtou::mail::{History, recipients, settings};
use hongtou::{issue, layout, verify};

use super::corpus;
use super::mutate::Grammar;

/// A reader of what strangers wrote.
pub struct Reader {
    /// Its name, on the command line and in the names of crash cases.
    pub name: &'static str,
    /// How many of the inputs it gets.
    pub weight: u64,
    /// What its inputs are written in.
    pub grammar: Grammar,
    /// The longest input, bytes.
    pub most: usize,
    /// What its inputs are made of.
    pub corpus: fn() -> Vec<Vec<u8>>,
    /// Reads one.
    pub read: fn(&[u8]) -> Seen,
}

/// What is seen of a reader.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// How many findings it has.
    pub findings: usize,
    /// All that it says.
    pub said: String,
}

const TEXT: usize = 64 << 10;
const FILE: usize = 512 << 10;

/// All readers.
pub const READERS: &[Reader] = &[
    reader("issue", 6, Grammar::Yaml, corpus::issues, read_issue),
    reader("layout", 3, Grammar::Yaml, corpus::layouts, read_layout),
    reader("settings", 3, Grammar::Yaml, corpus::settings, read_settings),
    reader("registry", 2, Grammar::Yaml, corpus::registries, read_registry),
    reader("recipients", 2, Grammar::Yaml, corpus::recipients, read_list),
    reader("table", 3, Grammar::Table, corpus::tables, read_rows),
    Reader { most: FILE, ..reader("pdf", 3, Grammar::Pdf, corpus::pdfs, read_pdf) },
    reader("ledger", 2, Grammar::Lines, corpus::ledgers, read_ledger),
    reader("journal", 2, Grammar::Json, corpus::journals, read_journal),
    // What mail servers answer. Today the library that speaks SMTP reads it; a reader of our own
    // takes this row.
    reader("reply", 2, Grammar::Lines, corpus::replies, read_reply),
];

const fn reader(
    name: &'static str,
    weight: u64,
    grammar: Grammar,
    corpus: fn() -> Vec<Vec<u8>>,
    read: fn(&[u8]) -> Seen,
) -> Reader {
    Reader { name, weight, grammar, most: TEXT, corpus, read }
}

fn one(bytes: &[u8]) -> (Sources, FileId) {
    let mut sources = Sources::default();
    let file = sources.add("it", String::from_utf8_lossy(bytes));
    (sources, file)
}

fn seen<T: Debug>(read: Result<(T, Vec<Diagnostic>), Vec<Diagnostic>>, more: String) -> Seen {
    let findings = match &read {
        Ok((_, findings)) | Err(findings) => findings.len(),
    };
    Seen { findings, said: format!("{read:?} {more}") }
}

fn alone<T>(read: Result<T, Vec<Diagnostic>>) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    read.map(|read| (read, Vec::new()))
}

fn read_issue(bytes: &[u8]) -> Seen {
    let (sources, file) = one(bytes);
    let read = issue::read_issue(&sources, file, None);
    // What was read goes on to be put into words, and is shown.
    let words = read.as_ref().ok().map(|(issue, _)| {
        let layout = layout::read_bundled(&mut Sources::default(), "kuaibao");
        layout.and_then(Result::ok).map(|layout| build::compose(issue, layout))
    });
    let shown = read
        .as_ref()
        .err()
        .map(|findings| (render(&sources, findings, false), to_json(&sources, findings)));
    seen(read, format!("{words:?} {shown:?}"))
}

fn read_layout(bytes: &[u8]) -> Seen {
    let (mut sources, file) = one(bytes);
    seen(alone(layout::read(&mut sources, file, "it")), String::new())
}

fn read_settings(bytes: &[u8]) -> Seen {
    let (sources, file) = one(bytes);
    let read = issue::read_config(&sources, file);
    let more = read.as_ref().ok().map(|config| {
        (
            config.mail.as_ref().map(|node| settings::read(&sources, node)),
            config.recipients.as_ref().map(|node| recipients::read_node(&sources, node)),
            config.registries.as_ref().map(|node| issue::read_registry(&sources, node)),
            issue::in_force(&sources, file, Some(config)),
        )
    });
    let more = format!("{more:?}");
    seen(alone(read), more)
}

fn read_registry(bytes: &[u8]) -> Seen {
    let (sources, file) = one(bytes);
    seen(alone(issue::read_registry_file(&sources, file)), String::new())
}

fn read_list(bytes: &[u8]) -> Seen {
    let (sources, file) = one(bytes);
    let read = recipients::read(&sources, file);
    // A row of a table goes on into the list.
    let merged = read.as_ref().ok().map(|(list, _)| {
        let (table, file) = one("分送,组,邮箱\n报,首都文明办,new@example.cn\n".as_bytes());
        let rows = recipients::read_table(&table, file, Some(list), None);
        let text = &sources.get(FileId(0)).text;
        rows.map(|(rows, _)| recipients::merge(Some((text, list)), rows))
    });
    let merged = format!("{merged:?}");
    seen(read, merged)
}

fn read_rows(bytes: &[u8]) -> Seen {
    let text = match recipients::decode(bytes) {
        Ok(text) => text,
        Err(wrong) => return Seen { findings: 1, said: format!("{wrong:?}") },
    };
    let (sources, file) = one(text.as_bytes());
    let read = recipients::read_table(&sources, file, None, None);
    // What was read goes on into a new list.
    let merged = read.as_ref().ok().map(|(rows, _)| recipients::merge(None, rows.clone()));
    let merged = format!("{merged:?}");
    seen(read, merged)
}

fn read_pdf(bytes: &[u8]) -> Seen {
    let read = verify::read(bytes.to_vec());
    let source = read.as_ref().ok().map(verify::embedded);
    let said =
        read.as_ref().map(|file| (&file.pages, &file.attachments, &file.fonts, &file.creator));
    Seen { findings: 0, said: format!("{said:?} {source:?}") }
}

fn read_ledger(bytes: &[u8]) -> Seen {
    let archive = Archive::new(OneLedger(bytes.to_vec()));
    let said = archive.verify_all(&BTreeMap::new());
    Seen { findings: 0, said: format!("{said:?}") }
}

fn read_journal(bytes: &[u8]) -> Seen {
    let read = History::read(bytes);
    let more = read.as_ref().ok().map(|(history, _)| {
        let revisions = history.revisions();
        let reports: Vec<_> = revisions.iter().map(|r| history.report(*r)).collect();
        (reports, history.had_before(u32::MAX))
    });
    Seen { findings: 0, said: format!("{read:?} {more:?}") }
}

fn read_reply(mut bytes: &[u8]) -> Seen {
    let read = hongtou::mail::smtp::reply::read(&mut bytes);
    Seen { findings: 0, said: format!("{read:?}") }
}

/// An archive that has a ledger and nothing else.
struct OneLedger(Vec<u8>);

impl Store for OneLedger {
    fn put_bag(&self, holding: &Holding, _: &Files) -> Result<(), archive::Error> {
        Err(archive::Error::Exists(holding.clone()))
    }

    fn list(&self) -> Result<Vec<Holding>, archive::Error> {
        Ok(Vec::new())
    }

    fn files(&self, holding: &Holding) -> Result<Vec<String>, archive::Error> {
        Err(archive::Error::Missing(holding.to_string()))
    }

    fn open(&self, _: &Holding, path: &str) -> Result<Box<dyn Read + '_>, archive::Error> {
        Err(archive::Error::Missing(path.to_owned()))
    }

    fn ledgers(&self) -> Result<Vec<LedgerId>, archive::Error> {
        Ok(LedgerId::parse("mtg-kuaibao/2019").into_iter().collect())
    }

    fn lines(&self, _: &LedgerId) -> Result<Vec<u8>, archive::Error> {
        Ok(self.0.clone())
    }

    fn put_line(&self, _: &LedgerId, _: usize, _: &str) -> Result<bool, archive::Error> {
        Ok(false)
    }
}
