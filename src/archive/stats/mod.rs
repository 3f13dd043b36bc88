//! Counts what offices count every month: items by unit, section, indicator, month.
//!
//! The rules, which the notes of every result repeat: of an issue only the latest revision counts.
//! An item that several units sent in together counts once for each. A round-up counts once for
//! each notice, for the unit of that notice; a unit with two notices in it has two. An item counts
//! once for each indicator it names. Names that the registry calls aliases count for their unit.

mod chart;
mod names;
mod tally;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

pub use self::chart::{svg, title};

use self::names::Names;
use self::tally::Tally;
use super::entry::{Entry, Item};
use super::index::{self, Fault, Index, Note, Place, Progress, checked};
use super::period::Period;
use super::search::parse;
use super::{Archive, Error};
use crate::issue::Registry;

/// What is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// 单位.
    Unit,
    /// 栏目.
    Section,
    /// 指标.
    Ref,
    /// 月份.
    Month,
    /// 年份.
    Year,
    /// 刊名.
    Series,
}

impl Dimension {
    /// Its name in tables.
    pub fn chinese(self) -> &'static str {
        match self {
            Dimension::Unit => "单位",
            Dimension::Section => "栏目",
            Dimension::Ref => "指标",
            Dimension::Month => "月份",
            Dimension::Year => "年份",
            Dimension::Series => "简报",
        }
    }

    /// What an item without it is called.
    fn without(self) -> &'static str {
        match self {
            Dimension::Unit => "未署名",
            Dimension::Section => "无栏目",
            _ => "未标指标",
        }
    }

    /// Whether its rows follow the calendar, not the counts.
    pub fn is_time(self) -> bool {
        matches!(self, Dimension::Month | Dimension::Year)
    }
}

/// What is to be counted.
#[derive(Clone, Debug)]
pub struct Question {
    /// The rows.
    pub per: Dimension,
    /// The columns.
    pub by: Option<Dimension>,
    /// When.
    pub period: Period,
    /// Bulletins by their short names; all without.
    pub series: Vec<String>,
    /// The units and indicators that are expected.
    pub registry: Registry,
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// The rows.
    pub per: Dimension,
    /// The columns.
    pub by: Option<Dimension>,
    /// First and last day: as asked, else of the issues.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Names of the bulletins that were counted.
    pub bulletins: Vec<String>,
    /// How many issues.
    pub issues: u32,
    /// How many items.
    pub items: u32,
    /// How many round-ups among them.
    pub roundups: u32,
    /// Sum of the rows' counts.
    pub total: u32,
    /// What the columns are called, in order; their sums.
    pub columns: Vec<Column>,
    /// The most first, or by date; what has no name of its own last.
    pub rows: Vec<Row>,
    /// How it was counted.
    pub notes: Vec<String>,
    /// What whoever asked should know.
    #[serde(skip)]
    pub warnings: Vec<Note>,
}

/// A column of a cross table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// Its sum.
    pub count: u32,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The place by count; equals share one and stand in the order of the registry, then of their
    /// names. None by date, and for what has no name or nothing.
    pub rank: Option<u32>,
    /// 区民政局, Ⅲ-17, 2019-03.
    pub name: String,
    /// Of an indicator: its words.
    pub title: Option<String>,
    /// How often it was used.
    pub count: u32,
    /// How many of these in round-ups.
    pub roundup: u32,
    /// Of a month, year, bulletin: how many issues.
    pub issues: Option<u32>,
    /// Whether the registry has it; `None` without one.
    pub registered: Option<bool>,
    /// Whether these are items that no unit (section, indicator) is named for: 未署名, 本刊.
    pub nameless: bool,
    /// One for each column.
    pub cells: Vec<u32>,
}

impl Row {
    /// Its part of the whole, in thousandths, rounded.
    pub fn share(&self, total: u32) -> u32 {
        let (count, total) = (u64::from(self.count), u64::from(total));
        let share = (count * 2000 + total).checked_div(total * 2).unwrap_or(0);
        u32::try_from(share).unwrap_or(u32::MAX)
    }
}

impl Statistics {
    /// The rows that are expected and have nothing.
    pub fn unused(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.count == 0 && row.registered == Some(true))
    }

    /// The rows that have something and are not expected.
    pub fn unregistered(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.registered == Some(false) && !row.nameless)
    }

    /// What is counted, in words: 条次 where one item can count several times.
    pub fn counted(&self) -> &'static str {
        let several = matches!(self.per, Dimension::Unit | Dimension::Ref);
        if several { "条次" } else { "条数" }
    }
}

/// Counts an archive.
///
/// # Errors
/// What the archive says; [`Error::Io`] when there is no place for an index.
pub fn count(
    archive: &Archive,
    places: &[Place],
    progress: Progress<'_>,
    question: &Question,
) -> Result<Statistics, Error> {
    let (mut statistics, warnings) =
        index::ask(archive, places, progress, |index| answer(index, question))?;
    statistics.warnings = warnings;
    Ok(statistics)
}

fn answer(index: &Index, question: &Question) -> Result<Statistics, Fault> {
    let names = Names::new(&question.registry);
    let mut tally = Tally::new(question, &names);
    let issues = issues(index, question)?;
    for entry in issues.values() {
        tally.add_issue(entry);
    }
    let (first, last) = question.period.days();
    let (first, last) = index::ids_of(first, last);
    let mut statement = index
        .connection
        .prepare("SELECT id, facts, checksum FROM item WHERE id BETWEEN ? AND ? ORDER BY id")?;
    let mut rows = statement.query([first, last])?;
    while let Some(row) = rows.next()? {
        let Some(entry) = issues.get(&index::issue_of(row.get(0)?)) else { continue };
        let item: Item = parse(&checked(row.get(1)?, row.get(2)?)?)?;
        tally.add_item(entry, &item);
    }
    Ok(tally.finish())
}

/// The issues that count, by their number in the index.
fn issues(index: &Index, question: &Question) -> Result<BTreeMap<i64, Entry>, Fault> {
    let (first, last) = question.period.days();
    let mut statement = index
        .connection
        .prepare("SELECT id, entry, checksum FROM issue WHERE latest AND day BETWEEN ? AND ?")?;
    let mut rows = statement.query([first, last])?;
    let mut issues = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let entry: Entry = parse(&checked(row.get(1)?, row.get(2)?)?)?;
        if question.series.is_empty() || question.series.contains(&entry.series) {
            issues.insert(row.get(0)?, entry);
        }
    }
    Ok(issues)
}
