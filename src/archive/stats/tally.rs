//! Adding up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::names::Names;
use super::{Column, Dimension, Question, Row, Statistics};
use crate::archive::entry::{Entry, Item};

/// The name of what has none of its own: sorts last and is no name of a unit.
const NAMELESS: &str = "\u{10ffff}";

/// The name of the bulletin's own staff, which is no unit.
const OWN: &str = "\u{10fffe}";

/// Of one row.
#[derive(Default)]
struct Sums {
    count: u32,
    roundup: u32,
    issues: u32,
    cells: BTreeMap<String, u32>,
}

pub(super) struct Tally<'q> {
    question: &'q Question,
    names: &'q Names<'q>,
    rows: BTreeMap<String, Sums>,
    columns: BTreeMap<String, u32>,
    /// Words of indicators and names of bulletins, as last seen.
    titles: BTreeMap<String, (NaiveDate, String)>,
    bulletins: BTreeSet<String>,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    issues: u32,
    items: u32,
    roundups: u32,
    joint: u32,
    /// Whether the bulletin's own staff wrote something.
    own: bool,
}

impl<'q> Tally<'q> {
    pub fn new(question: &'q Question, names: &'q Names<'q>) -> Tally<'q> {
        Tally {
            question,
            names,
            rows: BTreeMap::new(),
            columns: BTreeMap::new(),
            titles: BTreeMap::new(),
            bulletins: BTreeSet::new(),
            first: None,
            last: None,
            issues: 0,
            items: 0,
            roundups: 0,
            joint: 0,
            own: false,
        }
    }

    pub fn add_issue(&mut self, entry: &Entry) {
        self.issues += 1;
        self.bulletins.insert(entry.bulletin.clone());
        self.first = Some(self.first.map_or(entry.date, |first| first.min(entry.date)));
        self.last = Some(self.last.map_or(entry.date, |last| last.max(entry.date)));
        self.title(&entry.series, entry.date, &entry.bulletin);
        if let Some(key) = key_of_issue(self.question.per, entry) {
            self.rows.entry(key).or_default().issues += 1;
        }
        if let Some(key) = self.question.by.and_then(|by| key_of_issue(by, entry)) {
            self.columns.entry(key).or_default();
        }
    }

    pub fn add_item(&mut self, entry: &Entry, item: &Item) {
        self.items += 1;
        self.roundups += u32::from(item.roundup);
        self.joint += u32::from(!item.roundup && item.units.len() > 1);
        for reference in &item.references {
            if let Some(title) = &reference.title {
                self.title(&reference.code, entry.date, title);
            }
        }
        let columns = self.question.by.map(|by| self.keys(by, entry, item)).unwrap_or_default();
        for (column, uses) in &columns {
            *self.columns.entry(column.clone()).or_default() += uses.count;
        }
        let rows = self.keys(self.question.per, entry, item);
        self.own |= rows.contains_key(OWN) || columns.contains_key(OWN);
        for (row, uses) in rows {
            let sums = self.rows.entry(row).or_default();
            sums.count += uses.count;
            sums.roundup += uses.roundup;
            for (column, of_column) in &columns {
                // One of the two is 1, but for units whose notices stand in one round-up.
                *sums.cells.entry(column.clone()).or_default() += uses.count * of_column.count;
            }
        }
    }

    fn title(&mut self, key: &str, date: NaiveDate, title: &str) {
        let known = self.titles.entry(key.to_owned()).or_insert((date, title.to_owned()));
        if known.0 <= date {
            *known = (date, title.to_owned());
        }
    }

    /// What an item counts for, and how often.
    fn keys(&self, dimension: Dimension, entry: &Entry, item: &Item) -> BTreeMap<String, Uses> {
        let mut keys: BTreeMap<String, Uses> = BTreeMap::new();
        let mut add = |key: String, notice: bool, again: bool| {
            let uses = keys.entry(key).or_default();
            if again || uses.count == 0 {
                uses.count += 1;
                uses.roundup += u32::from(notice);
            }
        };
        let whole = item.roundup;
        match dimension {
            Dimension::Unit => {
                let unit = |unit: &String| self.names.unit(unit).unwrap_or_else(|| OWN.to_owned());
                item.notices.iter().for_each(|name| add(unit(name), true, true));
                item.units.iter().for_each(|name| add(unit(name), whole, false));
            }
            Dimension::Section => {
                item.section.iter().for_each(|section| add(section.clone(), whole, false));
            }
            Dimension::Ref => {
                item.references.iter().for_each(|one| add(one.code.clone(), whole, false));
            }
            Dimension::Month | Dimension::Year | Dimension::Series => {
                let key = key_of_issue(dimension, entry).unwrap_or_default();
                add(key, whole, false);
            }
        }
        if keys.is_empty() {
            keys.insert(NAMELESS.to_owned(), Uses { count: 1, roundup: u32::from(whole) });
        }
        keys
    }

    pub fn finish(mut self) -> Statistics {
        let Question { per, by, period, .. } = self.question;
        let from = period.from.or(self.first);
        let to = period.to.or(self.last);
        self.expect(*per, from, to);
        let mut columns: Vec<(String, u32)> =
            std::mem::take(&mut self.columns).into_iter().collect();
        if let Some(by) = by {
            self.complete(*by, &mut columns, from, to);
        }
        let mut rows: Vec<(String, Sums)> = std::mem::take(&mut self.rows).into_iter().collect();
        let order = self.expected(*per);
        sort(*per, &mut rows, &order, |sums| sums.count);
        let total = rows.iter().map(|(_, sums)| sums.count).sum();
        let ranks = ranks(*per, &rows);
        let known = |key: &String| (!order.is_empty()).then(|| order.contains(key));
        let shown = rows.iter().zip(ranks).map(|((key, sums), rank)| Row {
            rank,
            name: self.name(*per, key),
            title: self.title_of(*per, key),
            count: sums.count,
            roundup: sums.roundup,
            issues: matches!(per, Dimension::Month | Dimension::Year | Dimension::Series)
                .then_some(sums.issues),
            registered: known(key),
            nameless: is_nameless(key),
            cells: columns.iter().map(|(c, _)| sums.cells.get(c).copied().unwrap_or(0)).collect(),
        });
        Statistics {
            per: *per,
            by: *by,
            from,
            to,
            bulletins: self.bulletins.iter().cloned().collect(),
            issues: self.issues,
            items: self.items,
            roundups: self.roundups,
            total,
            rows: shown.collect(),
            columns: columns
                .iter()
                .map(|(key, count)| Column {
                    name: by.map_or(String::new(), |by| self.name(by, key)),
                    count: *count,
                })
                .collect(),
            notes: self.notes(),
            warnings: Vec::new(),
        }
    }

    /// What is expected has its row, with nothing in it too.
    fn expect(&mut self, per: Dimension, from: Option<NaiveDate>, to: Option<NaiveDate>) {
        let expected = match per.is_time() {
            true => calendar(per, from, to),
            false => self.expected(per),
        };
        for key in expected {
            self.rows.entry(key).or_default();
        }
    }

    fn complete(
        &self,
        by: Dimension,
        columns: &mut Vec<(String, u32)>,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) {
        if by.is_time() {
            for key in calendar(by, from, to) {
                if !columns.iter().any(|(known, _)| *known == key) {
                    columns.push((key, 0));
                }
            }
        }
        sort(by, columns, &self.expected(by), |count| *count);
    }

    /// The keys of the registry, in its order.
    fn expected(&self, dimension: Dimension) -> Vec<String> {
        match dimension {
            Dimension::Unit => self.names.units(),
            Dimension::Ref => self.names.indicators().into_iter().map(|(code, _)| code).collect(),
            _ => Vec::new(),
        }
    }

    fn name(&self, dimension: Dimension, key: &str) -> String {
        match dimension {
            _ if key == NAMELESS => dimension.without().to_owned(),
            _ if key == OWN => "本刊".to_owned(),
            Dimension::Series => self.titles.get(key).map_or(key, |(_, title)| title).to_owned(),
            _ => key.to_owned(),
        }
    }

    fn title_of(&self, dimension: Dimension, key: &str) -> Option<String> {
        if dimension != Dimension::Ref {
            return None;
        }
        let registered = self.names.indicators().into_iter().find(|(code, _)| code == key);
        registered
            .and_then(|(_, title)| title)
            .or_else(|| self.titles.get(key).map(|(_, title)| title.clone()))
    }

    fn notes(&self) -> Vec<String> {
        let has = |dimension| self.question.per == dimension || self.question.by == Some(dimension);
        let mut notes = Vec::new();
        if has(Dimension::Unit) {
            if self.roundups > 0 {
                notes.push("综合信息按其中的短消息计，每则计入该则的单位".to_owned());
            }
            if self.joint > 0 {
                notes.push(format!("联合供稿的{}条，每个单位各计1条", self.joint));
            }
            if self.own {
                notes.push("本刊自己采写的不算单位，不排名次".to_owned());
            }
            if !self.question.registry.units.is_empty() {
                notes.push("别称按名录计入同一单位".to_owned());
            }
        }
        if has(Dimension::Ref) {
            notes.push("一条信息计入几项指标的，每项各计1条".to_owned());
        }
        notes.push("更正过的各期只计最新一版".to_owned());
        notes
    }
}

/// How often an item counts for something.
#[derive(Clone, Copy, Default)]
struct Uses {
    count: u32,
    roundup: u32,
}

fn key_of_issue(dimension: Dimension, entry: &Entry) -> Option<String> {
    match dimension {
        Dimension::Month => Some(month(entry.date.year(), entry.date.month())),
        Dimension::Year => Some(entry.date.year().to_string()),
        Dimension::Series => Some(entry.series.clone()),
        Dimension::Unit | Dimension::Section | Dimension::Ref => None,
    }
}

fn month(year: i32, month: u32) -> String {
    format!("{year}-{month:02}")
}

/// Every month or year of a period.
fn calendar(dimension: Dimension, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<String> {
    let (Some(from), Some(to)) = (from, to) else { return Vec::new() };
    let years = from.year()..=to.year();
    if dimension == Dimension::Year {
        return years.map(|year| year.to_string()).collect();
    }
    let months = years.flat_map(|year| (1..=12).map(move |number| (year, number)));
    let within =
        |at: &(i32, u32)| (from.year(), from.month()) <= *at && *at <= (to.year(), to.month());
    months.filter(within).map(|(year, number)| month(year, number)).collect()
}

/// By date, or the most first; then in the order of the registry, then by name. What has no name
/// comes last.
fn sort<T>(
    dimension: Dimension,
    keys: &mut [(String, T)],
    order: &[String],
    count: impl Fn(&T) -> u32,
) {
    if dimension.is_time() {
        keys.sort_by(|(a, _), (b, _)| a.cmp(b));
        return;
    }
    keys.sort_by_cached_key(|(key, value)| {
        let place = order.iter().position(|known| known == key).unwrap_or(order.len());
        (nameless_place(key), std::cmp::Reverse(count(value)), place, code(key), key.clone())
    });
}

/// Whether this is no name that was written.
fn is_nameless(key: &str) -> bool {
    nameless_place(key) > 0
}

/// What has no name comes behind what has one: the bulletin itself, then nobody.
fn nameless_place(key: &str) -> u8 {
    match key {
        OWN => 1,
        NAMELESS => 2,
        _ => 0,
    }
}

/// Ⅲ-9 comes before Ⅲ-17.
fn code(key: &str) -> (String, u32) {
    let (head, number) = key.split_once('-').unwrap_or((key, ""));
    (head.to_owned(), number.parse().unwrap_or(0))
}

fn ranks(per: Dimension, rows: &[(String, Sums)]) -> Vec<Option<u32>> {
    let mut ranks = Vec::new();
    let mut before = (0, 0);
    for (place, (key, sums)) in (1..).zip(rows) {
        if sums.count != before.0 {
            before = (sums.count, place);
        }
        let ranked = sums.count > 0 && !is_nameless(key) && !per.is_time();
        ranks.push(ranked.then_some(before.1));
    }
    ranks
}
