//! Lines that were written down elsewhere against the ledgers.

use std::collections::{BTreeMap, BTreeSet};

use super::{Flaw, Flaws, Wrong, book};
use crate::archive::ledger::{Last, Line, Mark};
use crate::archive::{Archive, Error, LedgerId};

/// The ledgers that these are of.
pub(super) fn ledgers(marks: &[Mark]) -> BTreeSet<LedgerId> {
    marks.iter().map(|mark| mark.ledger.clone()).collect()
}

/// What is no longer there, or no longer so.
pub(super) fn look(archive: &Archive, marks: &[Mark]) -> Result<Vec<Flaw>, Error> {
    let mut flaws = Vec::new();
    let mut read: BTreeMap<&LedgerId, Vec<u8>> = BTreeMap::new();
    for mark in marks {
        if !read.contains_key(&mark.ledger) {
            read.insert(&mark.ledger, archive.store.lines(&mark.ledger)?);
        }
        let lines: Vec<&[u8]> = whole(&read[&mark.ledger]).collect();
        let number = mark.number;
        let (wrong, message) = match lines.get(number - 1) {
            Some(line) if mark.fits(line) => continue,
            Some(_) => (
                Wrong::Changed,
                format!("第{number}行不是另处记下的那一行：登记簿被改写过，或整本换过"),
            ),
            None if lines.is_empty() => {
                (Wrong::Missing, format!("登记簿不见了：另处记有它的第{number}行"))
            }
            None => (
                Wrong::Missing,
                format!(
                    "另处记下的第{number}行不见了，现在只有{}行：末尾被删去，或整本换过",
                    lines.len()
                ),
            ),
        };
        let mut one = Flaws::of(book(&mark.ledger));
        one.add(wrong, message);
        flaws.append(&mut one.found);
    }
    Ok(flaws)
}

/// The last line of each ledger.
pub(super) fn last(archive: &Archive) -> Result<Vec<Last>, Error> {
    let mut all = Vec::new();
    for ledger in archive.store.ledgers()? {
        let bytes = archive.store.lines(&ledger)?;
        let last = whole(&bytes).last().and_then(|line| line.strip_suffix(b"\n"));
        let line = last.and_then(|line| Line::parse(std::str::from_utf8(line).ok()?));
        all.extend(line.map(|line| Last::of(ledger, &line)));
    }
    Ok(all)
}

/// The lines that have their end.
fn whole(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"))
}
