//! Ledgers: each line after the one before it, each bag with its line, each line with its bag.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::Duration;

use super::{Flaw, Flaws, Seen, Wrong, book};
use crate::archive::ledger::{Event, Filed, Line, NOTHING};
use crate::archive::{Archive, Error, Holding, LedgerId, bag};

/// The lines of a ledger that can be read.
struct Ledger {
    /// Each as it stands there, with its place from 1.
    lines: Vec<(usize, Line)>,
    flaws: Flaws,
}

/// All ledgers and all bags.
pub(super) fn look(archive: &Archive, seen: &BTreeMap<Holding, Seen>) -> Result<Vec<Flaw>, Error> {
    let mut ids: BTreeSet<LedgerId> = archive.store.ledgers()?.into_iter().collect();
    ids.extend(seen.keys().map(LedgerId::of));
    look_into(archive, seen, &ids, true)
}

/// The ledgers of these bags, which need not be all there are, and these.
pub(super) fn look_at(
    archive: &Archive,
    seen: &BTreeMap<Holding, Seen>,
    more: BTreeSet<LedgerId>,
) -> Result<Vec<Flaw>, Error> {
    let ids = seen.keys().map(LedgerId::of).chain(more).collect();
    look_into(archive, seen, &ids, false)
}

fn look_into(
    archive: &Archive,
    seen: &BTreeMap<Holding, Seen>,
    ids: &BTreeSet<LedgerId>,
    all: bool,
) -> Result<Vec<Flaw>, Error> {
    const WAIT: Duration = Duration::from_millis(50);
    let mut attempts = 100;
    loop {
        // A bag that was put a moment ago gets its line in the next: whoever is at work finishes
        // first. Asked before anything is read, so that what is read then is the last word.
        let busy = archive.store.is_busy()?;
        let mut flaws = Vec::new();
        let mut unlisted = false;
        for id in ids {
            let mut ledger = read(archive, id)?;
            ledger.check_chain();
            ledger.check_days();
            ledger.check_links(archive)?;
            unlisted |= ledger.check_bags(archive, id, seen, all);
            flaws.append(&mut ledger.flaws.found);
        }
        attempts -= 1;
        if !(unlisted && busy) || attempts == 0 {
            return Ok(flaws);
        }
        thread::sleep(WAIT);
    }
}

fn read(archive: &Archive, id: &LedgerId) -> Result<Ledger, Error> {
    let mut flaws = Flaws::of(book(id));
    let bytes = archive.store.lines(id)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = Vec::new();
    for (index, text) in text.split_inclusive('\n').enumerate() {
        let line = text.strip_suffix('\n').and_then(Line::parse);
        match line {
            Some(line) => lines.push((index + 1, line)),
            None if !text.ends_with('\n') => {
                flaws.add(Wrong::Changed, "末尾有没写完的半行；下次存档时会清除并补登");
            }
            None => flaws.add(Wrong::Changed, format!("第{}行读不懂，被改动过", index + 1)),
        }
    }
    Ok(Ledger { lines, flaws })
}

impl Ledger {
    /// Each line has the hash of the one before it.
    fn check_chain(&mut self) {
        let hashes: Vec<String> = self.lines.iter().map(|(_, line)| line.hash()).collect();
        for (index, (place, line)) in self.lines.iter().enumerate() {
            if line.number != *place {
                let message = format!("第{place}行的序号是{}：行有增删或调换", line.number);
                self.flaws.add(Wrong::Reordered, message);
            }
            let (before, expected) = match index.checked_sub(1) {
                Some(before) => (self.lines[before].0, hashes[before].as_str()),
                None => (0, NOTHING),
            };
            // What cannot be read before it has been said.
            if line.previous == expected || before + 1 != *place {
                continue;
            }
            let message = match hashes.iter().position(|hash| *hash == line.previous) {
                Some(other) => {
                    format!(
                        "第{place}行原来接在现在的第{}行后面：行调换过次序",
                        self.lines[other].0
                    )
                }
                None if before == 0 => format!("第{place}行不是第一行：前面的行被删去"),
                None => {
                    format!("第{place}行接不上第{before}行：第{before}行被改动过，或中间的行被删去")
                }
            };
            let moved = hashes.contains(&line.previous);
            self.flaws.add(if moved { Wrong::Reordered } else { Wrong::Changed }, message);
        }
    }

    /// No line is of an earlier day than the one before it: the program writes none.
    fn check_days(&mut self) {
        for pair in self.lines.windows(2) {
            let [(before, earlier), (place, line)] = pair else { continue };
            if line.date < earlier.date {
                let message = format!(
                    "第{place}行的日期{}早于第{before}行的{}：日期倒退，行被改动或插入过",
                    line.date, earlier.date
                );
                self.flaws.add(Wrong::Reordered, message);
            }
        }
    }

    /// The ledgers that this one begins with have the lines they had.
    fn check_links(&mut self, archive: &Archive) -> Result<(), Error> {
        for (place, line) in &self.lines {
            let Event::Linked(other, number) = &line.event else { continue };
            let bytes = archive.store.lines(other)?;
            let there = bytes.split_inclusive(|byte| *byte == b'\n').nth(number.wrapping_sub(1));
            let message = match there {
                Some(there) if bag::sha256(there) == line.digest => continue,
                Some(_) => format!("第{place}行：登记簿“{other}”第{number}行已不是当时的样子"),
                None => format!("第{place}行：登记簿“{other}”当时有{number}行，现在没有了"),
            };
            let wrong = if there.is_some() { Wrong::Changed } else { Wrong::Missing };
            self.flaws.add(wrong, message);
        }
        Ok(())
    }

    /// Each bag has one line with its seal, each line its bag. Lines of bags that were not looked
    /// at are passed over unless all were. Whether a bag has no line.
    fn check_bags(
        &mut self,
        archive: &Archive,
        id: &LedgerId,
        seen: &BTreeMap<Holding, Seen>,
        all: bool,
    ) -> bool {
        let mut entered: BTreeMap<&Holding, usize> = BTreeMap::new();
        for (place, line) in &self.lines {
            let Some(holding) = line.event.holding() else { continue };
            if LedgerId::of(holding) != *id {
                let message = format!("第{place}行登记的是别处的“{holding}”");
                self.flaws.add(Wrong::Reordered, message);
                continue;
            }
            if let Some(first) = entered.insert(holding, *place) {
                let message = format!("第{place}行又登记了“{holding}”（第{first}行已有）");
                self.flaws.add(Wrong::Repeat, message);
            }
            match seen.get(holding) {
                Some(Seen { seal: Some(seal), .. }) if *seal == line.digest => {}
                Some(Seen { seal: Some(_), .. }) => self.flaws.add(
                    Wrong::Changed,
                    format!("“{holding}”已不是第{place}行登记时的样子（指纹不符）"),
                ),
                // That the bag has no seal has been said.
                Some(Seen { seal: None, .. }) => {}
                // One that was put while others were looked at is there.
                None if all && archive.store.files(holding).is_err() => {
                    self.flaws.add(Wrong::Missing, format!("第{place}行登记的“{holding}”不见了"))
                }
                None => {}
            }
        }
        let missed: Vec<&Holding> = seen
            .keys()
            .filter(|holding| LedgerId::of(holding) == *id && !entered.contains_key(*holding))
            .collect();
        let unlisted = !missed.is_empty();
        if unlisted {
            let filed = Filed::of(archive.store(), id, seen.keys());
            let lines: Vec<Line> = self.lines.iter().map(|(_, line)| line.clone()).collect();
            for holding in missed {
                let message = match filed.later(&lines, holding) {
                    None => format!("“{holding}”没有登记；下次存档时会补登"),
                    Some(later) => format!(
                        "“{holding}”缺它的一行，而{later}：登记簿被删改过，或这一期不是照常存入的；\
                         查明后从备份恢复登记簿，或用源文件再存一次来补登"
                    ),
                };
                self.flaws.add(Wrong::Missing, message);
            }
        }
        unlisted
    }
}
