//! Finds items by words, unit, indicator, section and date; newest first.

mod filter;
mod sentence;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::Connection;
use serde::Serialize;

pub use self::sentence::Excerpt;

use super::entry::{Entry, Item, Paragraph, Reference};
use super::index::{self, Fault, Index, Note, Place, Progress, Tag, checked};
use super::period::Period;
use super::{Archive, Error, Holding, words};

/// The most hits that are counted beyond those shown.
pub const COUNTED: usize = 1000;

/// What is looked for: all of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words, parted by spaces; several must all be in an item.
    pub words: Vec<String>,
    /// Units: each is a list of names for one, and one of them must be an item's.
    pub units: Vec<String>,
    /// Indicators, by code or by words of their title; one of them.
    pub references: Vec<String>,
    /// Sections; one of them.
    pub sections: Vec<String>,
    /// Bulletins by their short names; one of them.
    pub series: Vec<String>,
    /// When.
    pub period: Period,
    /// Whether superseded revisions count too.
    pub all_revisions: bool,
    /// The most hits to show; all without.
    pub limit: Option<usize>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The newest first.
    pub hits: Vec<Hit>,
    /// How many there are in all; [`COUNTED`] more than are shown are not counted.
    pub total: usize,
    /// Whether there may be more than `total`.
    pub more: bool,
    /// How many bulletins the archive has.
    pub bulletins: usize,
    /// When nothing was found: what would find something.
    pub hints: Vec<String>,
    /// What whoever asked should know.
    pub notes: Vec<Note>,
}

/// An item that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Path of its revision in the archive.
    pub issue: String,
    /// ASCII short name of the bulletin.
    pub series: String,
    /// 门头沟区创建全国文明城市工作快报.
    pub bulletin: String,
    /// 第155期.
    pub subject: String,
    /// Date of the issue.
    pub date: NaiveDate,
    /// Whether a later revision supersedes this one.
    pub superseded: bool,
    /// The page of the first excerpt, else the one the item begins on.
    pub page: u32,
    /// Its section.
    pub section: Option<String>,
    /// What it is called in a list.
    pub name: String,
    /// The units it comes from.
    pub units: Vec<String>,
    /// Indicators it counts for.
    pub references: Vec<Reference>,
    /// Sentences with the words.
    pub excerpts: Vec<Excerpt>,
}

/// Searches an archive.
///
/// # Errors
/// What the archive says; [`Error::Io`] when there is no place for an index.
pub fn search(
    archive: &Archive,
    places: &[Place],
    progress: Progress<'_>,
    query: &Query,
) -> Result<Found, Error> {
    let (mut found, notes) = index::ask(archive, places, progress, |index| answer(index, query))?;
    found.notes = notes;
    Ok(found)
}

fn answer(index: &Index, query: &Query) -> Result<Found, Fault> {
    let phrases = words::query(&query.words);
    let filters = filter::resolve(&index.connection, query)?;
    let items = Items { index, superseded: superseded(&index.connection)? };
    let (ids, total, more) = match &filters {
        Ok(filters) => items.find(query, filter::expression(&phrases, filters).as_deref())?,
        Err(_) => (Vec::new(), 0, false),
    };
    let mut reader = Reader { index, issues: BTreeMap::new() };
    let mut hits = Vec::new();
    for id in ids {
        hits.push(reader.hit(id, &phrases)?);
    }
    // Within a day in the order of the archive, whenever each came into the index.
    hits.sort_by(|(a, at), (b, bt)| (b.date, &a.issue, at).cmp(&(a.date, &b.issue, bt)));
    let mut hits: Vec<Hit> = hits.into_iter().map(|(hit, _)| hit).collect();
    hits.truncate(query.limit.unwrap_or(usize::MAX));
    let hints = match hits.is_empty() {
        true => items.hints(query, &phrases, filters.err())?,
        false => Vec::new(),
    };
    let bulletins = filter::names(&index.connection, Tag::Series)?.len();
    Ok(Found { hits, total, more, bulletins, hints, notes: Vec::new() })
}

/// The items of an index.
struct Items<'a> {
    index: &'a Index,
    /// Issues that a later revision supersedes.
    superseded: BTreeSet<i64>,
}

impl Items<'_> {
    /// The items to show, all those of the last day among them, and how many there are.
    fn find(
        &self,
        query: &Query,
        expression: Option<&str>,
    ) -> Result<(Vec<i64>, usize, bool), Fault> {
        let limit = query.limit.unwrap_or(usize::MAX);
        let (first, last) = query.period.days();
        let (first, last) = index::ids_of(first, last);
        let sql = match expression {
            Some(_) => {
                "SELECT rowid FROM words WHERE words MATCH ?3 AND rowid BETWEEN ?1 AND ?2
                 ORDER BY rowid DESC"
            }
            None => {
                "SELECT id FROM item WHERE id BETWEEN ?1 AND ?2 AND ?3 IS NULL ORDER BY id DESC"
            }
        };
        let mut statement = self.index.connection.prepare_cached(sql)?;
        let mut rows = statement.query(rusqlite::params![first, last, expression])?;
        let (mut ids, mut total): (Vec<i64>, usize) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            if !query.all_revisions && self.superseded.contains(&index::issue_of(id)) {
                continue;
            }
            let day = index::day_of(id);
            let same_day = ids.last().is_some_and(|last| index::day_of(*last) == day);
            if ids.len() < limit || same_day {
                ids.push(id);
            }
            total += 1;
            if total >= limit.saturating_add(COUNTED) {
                return Ok((ids, total, true));
            }
        }
        Ok((ids, total, false))
    }

    /// What would find something: the words without the rest, one of the words, a name that is
    /// there.
    fn hints(
        &self,
        query: &Query,
        phrases: &[Vec<String>],
        unknown: Option<Vec<String>>,
    ) -> Result<Vec<String>, Fault> {
        let mut hints = unknown.unwrap_or_default();
        let bare = Query { words: query.words.clone(), limit: query.limit, ..Query::default() };
        if !phrases.is_empty() && bare != (Query { all_revisions: false, ..query.clone() }) {
            let (count, amount) = self.count(phrases)?;
            if count > 0 {
                hints.push(format!("只按词找、不加其他条件，有{amount}"));
            }
        }
        if phrases.len() > 1 {
            for phrase in phrases {
                let (_, amount) = self.count(std::slice::from_ref(phrase))?;
                hints.push(format!("单独找“{}”，有{amount}", phrase.concat()));
            }
        }
        Ok(hints)
    }

    /// In how many items the words are, as a number and in words.
    fn count(&self, phrases: &[Vec<String>]) -> Result<(usize, String), Fault> {
        let query = Query { limit: Some(0), ..Query::default() };
        let (_, total, more) = self.find(&query, filter::expression(phrases, &[]).as_deref())?;
        Ok((total, format!("{total}条{}", if more { "以上" } else { "" })))
    }
}

fn superseded(connection: &Connection) -> Result<BTreeSet<i64>, Fault> {
    let mut statement = connection.prepare("SELECT id FROM issue WHERE NOT latest")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads what belongs to the items found; an issue once.
struct Reader<'a> {
    index: &'a Index,
    issues: BTreeMap<i64, (Entry, bool)>,
}

impl Reader<'_> {
    fn hit(&mut self, id: i64, phrases: &[Vec<String>]) -> Result<(Hit, i64), Fault> {
        let connection = &self.index.connection;
        let read = |sql: &str| -> Result<String, Fault> {
            let mut statement = connection.prepare_cached(sql)?;
            let (text, sum) = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            checked(text, sum)
        };
        let item: Item = parse(&read("SELECT facts, checksum FROM item WHERE id = ?")?)?;
        let paragraphs: Vec<Paragraph> =
            parse(&read("SELECT paragraphs, checksum FROM text WHERE id = ?")?)?;
        let excerpts = sentence::excerpts(&paragraphs, phrases)
            .ok_or(Fault::Damaged("查到的条目里没有要找的词".to_owned()))?;
        let (entry, latest) = self.issue(index::issue_of(id))?;
        let page = match phrases.is_empty() {
            true => item.page,
            false => excerpts.first().map_or(item.page, |excerpt| excerpt.page),
        };
        let hit = Hit {
            issue: entry.holding().to_string(),
            series: entry.series,
            bulletin: entry.bulletin,
            subject: entry.subject,
            date: entry.date,
            superseded: !latest,
            page,
            section: item.section,
            name: item.name,
            units: item.units,
            references: item.references,
            excerpts,
        };
        Ok((hit, id & 0xffff))
    }

    fn issue(&mut self, id: i64) -> Result<(Entry, bool), Fault> {
        if let Some(known) = self.issues.get(&id) {
            return Ok(known.clone());
        }
        let mut statement = self
            .index
            .connection
            .prepare_cached("SELECT entry, checksum, latest FROM issue WHERE id = ?")?;
        let (text, sum, latest) =
            statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let read: (Entry, bool) = (parse(&checked(text, sum)?)?, latest);
        self.issues.insert(id, read.clone());
        Ok(read)
    }
}

pub(super) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::Damaged(format!("内容读不懂：{error}")))
}

/// The revision of a hit.
impl Hit {
    /// Its revision, when that is not the first.
    pub fn revision(&self) -> Option<u32> {
        Holding::parse(&self.issue).map(|holding| holding.revision).filter(|revision| *revision > 1)
    }
}
