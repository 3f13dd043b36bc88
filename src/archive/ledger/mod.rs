//! The ledger of a year: a line for each bag of the issues of that year, each with the hash of the
//! line before it, so that nothing can be changed, taken away or put between without a trace.
//!
//! A ledger begins with the last lines of its neighbours, the nearest years before and after it
//! that have one: that a whole year is gone shows there.

mod later;
mod line;
mod mark;

use chrono::NaiveDate;

pub(super) use later::Filed;
pub(super) use line::{Event, Line};
pub use mark::{Last, Mark};

use super::{Error, Holding, LedgerId, Store, bag};

/// What the first line has of the line before it.
pub(super) const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The whole lines of a ledger. What stands after the last line feed is being written by someone
/// else right now, or was never finished: a line is there when it is there as a whole.
///
/// # Errors
/// What the place says; [`Error::Damaged`] names the first line that is none.
pub(super) fn read(store: &dyn Store, ledger: &LedgerId) -> Result<Vec<Line>, Error> {
    let mut bytes = store.lines(ledger)?;
    bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1));
    let damaged = |number: usize| Error::Damaged {
        path: format!("{ledger}（登记簿）"),
        why: format!("第{number}行不是登记簿的一行；请运行 hongtou archive verify"),
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.lines().enumerate();
    lines.map(|(index, text)| Line::parse(text).ok_or_else(|| damaged(index + 1))).collect()
}

/// Writes a bag into its ledger unless it stands there; whether it was written.
///
/// # Errors
/// As [`read`].
pub(super) fn enter(
    store: &dyn Store,
    holding: &Holding,
    found: bool,
    date: NaiveDate,
) -> Result<bool, Error> {
    let ledger = LedgerId::of(holding);
    let stands_in = |lines: &[Line]| lines.iter().any(|line| line.event.holding() == Some(holding));
    let lines = read(store, &ledger)?;
    if stands_in(&lines) {
        return Ok(false);
    }
    if lines.is_empty() {
        begin(store, &ledger, date)?;
    }
    let seal = bag::sha256(&store.get(holding, bag::SEAL)?);
    let event = match found {
        true => Event::Found(holding.clone()),
        false => Event::Filed(holding.clone()),
    };
    loop {
        // The lines that this one goes behind: another may have entered the bag meanwhile.
        let lines = read(store, &ledger)?;
        if stands_in(&lines) {
            return Ok(false);
        }
        if append(store, &ledger, &lines, event.clone(), seal.clone(), date)? {
            return Ok(true);
        }
    }
}

/// Begins a ledger with the last lines of its neighbours.
fn begin(store: &dyn Store, ledger: &LedgerId, date: NaiveDate) -> Result<(), Error> {
    let mut others = store.ledgers()?;
    others.retain(|other| other.series == ledger.series);
    let before = others.iter().rev().find(|other| other.year < ledger.year);
    let after = others.iter().find(|other| other.year > ledger.year);
    for (index, neighbour) in before.into_iter().chain(after).enumerate() {
        let last = read(store, neighbour)?.pop();
        let lines = read(store, ledger)?;
        // Whoever else begins it at the same time writes the same.
        let (Some(last), true) = (last, lines.len() == index) else { continue };
        let event = Event::Linked(neighbour.clone(), last.number);
        append(store, ledger, &lines, event, last.hash(), date)?;
    }
    Ok(())
}

fn append(
    store: &dyn Store,
    ledger: &LedgerId,
    lines: &[Line],
    event: Event,
    digest: String,
    date: NaiveDate,
) -> Result<bool, Error> {
    let previous = lines.last().map_or_else(|| NOTHING.to_owned(), Line::hash);
    // Days never go back in a ledger: one that began before midnight may come after another, and a
    // clock may be wrong. The bag has the day of its own.
    let date = lines.last().map_or(date, |last| last.date.max(date));
    let line = Line { number: lines.len() + 1, date, event, digest, previous };
    store.put_line(ledger, line.number, &line.write())
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::archive::{Files, Folder};

    /// While a bag is read, another enters it.
    struct Faster(Folder, NaiveDate);

    impl Store for Faster {
        fn put_bag(&self, holding: &Holding, files: &Files) -> Result<(), Error> {
            self.0.put_bag(holding, files)
        }

        fn list(&self) -> Result<Vec<Holding>, Error> {
            self.0.list()
        }

        fn files(&self, holding: &Holding) -> Result<Vec<String>, Error> {
            self.0.files(holding)
        }

        fn open(&self, holding: &Holding, path: &str) -> Result<Box<dyn io::Read + '_>, Error> {
            enter(&self.0, holding, false, self.1)?;
            self.0.open(holding, path)
        }

        fn ledgers(&self) -> Result<Vec<LedgerId>, Error> {
            self.0.ledgers()
        }

        fn lines(&self, ledger: &LedgerId) -> Result<Vec<u8>, Error> {
            self.0.lines(ledger)
        }

        fn put_line(&self, ledger: &LedgerId, number: usize, line: &str) -> Result<bool, Error> {
            self.0.put_line(ledger, number, line)
        }
    }

    #[test]
    fn a_bag_that_another_enters_meanwhile_is_entered_once() {
        let folder = tempfile::tempdir().unwrap();
        let date = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let store = Faster(Folder::new(folder.path()), date);
        let holding = Holding::parse("kb/2019/7/r1").unwrap();
        store.put_bag(&holding, &Files::from([(bag::SEAL.to_owned(), Vec::new())])).unwrap();
        assert!(!enter(&store, &holding, false, date).unwrap());
        assert_eq!(read(&store, &LedgerId::of(&holding)).unwrap().len(), 1);
    }

    /// A line that spans two pages of memory becomes visible in two parts to whoever reads meanwhile.
    #[test]
    fn a_line_that_is_being_written_is_not_there_yet() {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, store) = (LedgerId::parse("kb/2019").unwrap(), Folder::new(folder.path()));
        let event = Event::Filed(Holding::parse("kb/2019/7/r1").unwrap());
        let date = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let seal = "ab".repeat(32);
        assert!(append(&store, &ledger, &[], event, seal, date).unwrap());
        let path = folder.path().join("kb/2019/ledger.txt");
        let mut text = std::fs::read_to_string(&path).unwrap();
        let lines = read(&store, &ledger).unwrap();
        text.push_str(&text.clone()[..40]);
        std::fs::write(&path, text).unwrap();
        assert_eq!(read(&store, &ledger).unwrap(), lines);
        std::fs::write(&path, "half\n").unwrap();
        assert!(read(&store, &ledger).is_err());
    }
}
