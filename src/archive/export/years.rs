//! The issues year by year, and what the page must know of all years before it loads any.

use std::collections::BTreeMap;

use super::ExportError;
use super::data::{self, Issue, Part, Series};
use super::place::Place;
use crate::archive::bag::sha256;
use crate::archive::{Archive, Entry, Error, Holding};

/// How much data a script may have, about: what a slow share gives in a second.
const PART: usize = 3 << 20;

/// The issues of each year.
pub(super) type Years = BTreeMap<i32, Vec<Kept>>;

/// An issue with all its revisions.
pub(super) struct Kept {
    /// Its latest revision.
    pub(super) latest: Holding,
    /// The numbers of the earlier ones.
    pub(super) earlier: Vec<u32>,
}

impl Kept {
    /// All revisions.
    pub(super) fn revisions(&self) -> impl Iterator<Item = u32> {
        self.earlier.iter().copied().chain([self.latest.revision])
    }

    /// One of them.
    pub(super) fn at(&self, revision: u32) -> Holding {
        Holding { id: self.latest.id.clone(), revision }
    }

    /// Where its PDF is in the export.
    pub(super) fn pdf(&self, revision: u32) -> String {
        format!("pdf/{}-r{revision}.pdf", self.latest.id)
    }
}

/// What an archive has, by year.
pub(super) fn of(archive: &Archive) -> Result<Years, ExportError> {
    let holdings = archive.holdings().map_err(|error| ExportError::Archive(vec![error]))?;
    let mut years = Years::new();
    let mut wrong = Vec::new();
    for holding in holdings {
        if !plain(&holding.id.series) {
            let why = "刊名代号只能有小写字母、数字和短横".to_owned();
            wrong.push(Error::Damaged { path: holding.to_string(), why });
            continue;
        }
        let shelf: &mut Vec<Kept> = years.entry(holding.id.year).or_default();
        match shelf.last_mut() {
            Some(last) if last.latest.id == holding.id => {
                last.earlier.push(last.latest.revision);
                last.latest = holding;
            }
            _ => shelf.push(Kept { latest: holding, earlier: Vec::new() }),
        }
    }
    if wrong.is_empty() { Ok(years) } else { Err(ExportError::Archive(wrong)) }
}

/// Whether a name is safe in a path and in an address, whatever wrote it.
fn plain(series: &str) -> bool {
    series.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// What the page knows from the start.
#[derive(Default)]
pub(super) struct Index {
    series: Vec<Series>,
    parts: Vec<Part>,
    units: BTreeMap<String, usize>,
    references: BTreeMap<String, usize>,
    /// Each office with the date of its latest issue and its place there.
    offices: BTreeMap<String, (chrono::NaiveDate, usize)>,
}

impl Index {
    /// Counts an issue, and puts it into the words of the page.
    pub(super) fn issue(&mut self, entry: Entry, kept: &Kept) -> Issue {
        let series = match self.series.iter().position(|series| series.id == entry.series) {
            Some(known) => known,
            None => {
                self.series.push(Series { id: entry.series.clone(), name: String::new() });
                self.series.len() - 1
            }
        };
        // Bulletins change their names: the last one counts.
        self.series[series].name.clone_from(&entry.bulletin);
        for (place, office) in entry.offices.iter().enumerate() {
            let known = self.offices.entry(office.clone()).or_insert((entry.date, place));
            if known.0 <= entry.date {
                *known = (entry.date, place);
            }
        }
        let issue = Issue::new(entry, series, kept.latest.id.label(), kept.earlier.clone());
        for item in &issue.items {
            item.units.iter().for_each(|unit| *self.units.entry(unit.clone()).or_default() += 1);
            for reference in &item.refs {
                *self.references.entry(reference.clone()).or_default() += 1;
            }
        }
        issue
    }

    /// Writes the data of a year, the latest issue first.
    pub(super) fn year(
        &mut self,
        year: i32,
        mut issues: Vec<Issue>,
        place: &mut Place,
    ) -> Result<(), ExportError> {
        issues.sort_by_key(|issue| std::cmp::Reverse(issue.order()));
        let mut rest = issues.as_slice();
        while !rest.is_empty() {
            let mut size = 0;
            let fits = rest.iter().take_while(|issue| {
                let fits = size < PART;
                size += issue.weight();
                fits
            });
            let (part, after) = rest.split_at(fits.count());
            let json = data::json(part);
            let name = &sha256(json.as_bytes())[..12];
            let file = format!("data/{year}-{name}.js");
            place.put(&file, data::script(&file, &json).as_bytes())?;
            self.parts.push(Part::new(file, year, part));
            rest = after;
        }
        Ok(())
    }

    /// What the page is called unless something else is said, and who issues it.
    pub(super) fn title(&self) -> String {
        match self.series.as_slice() {
            [one] => one.name.clone(),
            _ => "简报存档".to_owned(),
        }
    }

    /// Who issued the issues: all of them, the latest first, or nobody where they are too many for
    /// a line. Never one for others.
    pub(super) fn offices(&self) -> String {
        const MOST: usize = 3;
        let mut offices: Vec<_> = self.offices.iter().collect();
        offices.sort_by_key(|(name, (date, place))| (std::cmp::Reverse(*date), *place, *name));
        match offices.len() {
            0..=MOST => {
                offices.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("　")
            }
            _ => String::new(),
        }
    }

    /// For the page's script.
    pub(super) fn json(&self) -> String {
        // The years the user looks for first come first.
        let mut parts: Vec<&Part> = self.parts.iter().collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.year));
        data::index(&self.series, &parts, &self.units, &self.references)
    }
}
