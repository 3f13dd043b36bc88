//! Sets right what killed runs left, and only that.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::ledger::{self, Filed, Line};
use super::{Archive, Error, Holding, LedgerId};

impl Archive {
    /// Sets right what killed runs left: clears away what was not finished, writes bags into the
    /// ledger that were. A bag that no killed run left, since later ones are there, is named and not
    /// entered: a ledger that was cut must not heal over a bag that was exchanged. What was found
    /// and done, in the user's words; nothing when others are at work.
    ///
    /// # Errors
    /// What the place says.
    pub fn recover(&self, date: NaiveDate) -> Result<Vec<String>, Error> {
        let Some(tidied) = self.store.tidy()? else { return Ok(Vec::new()) };
        let mut notes = tidied.notes;
        let mut ledgers: BTreeMap<LedgerId, Vec<Line>> = BTreeMap::new();
        for ledger in self.store.ledgers()? {
            let lines = ledger::read(self.store(), &ledger)?;
            notes.extend(ahead(&ledger, &lines, date));
            ledgers.insert(ledger, lines);
        }
        let lines = ledgers.values().flatten();
        let entered: BTreeSet<&Holding> = lines.filter_map(|line| line.event.holding()).collect();
        let bags = self.store.list()?;
        let mut missed: BTreeMap<LedgerId, Vec<&Holding>> = BTreeMap::new();
        for bag in bags.iter().filter(|bag| !entered.contains(bag)) {
            missed.entry(LedgerId::of(bag)).or_default().push(bag);
        }
        for (ledger, missed) in missed {
            // As the ledger is now: what is entered here is later than nothing.
            let lines = ledgers.get(&ledger).map_or(&[][..], Vec::as_slice);
            let filed = Filed::of(self.store(), &ledger, bags.iter());
            let (lost, interrupted): (Vec<_>, Vec<_>) = missed
                .into_iter()
                .map(|bag| (bag, filed.later(lines, bag)))
                .partition(|(_, later)| later.is_some());
            if let Some((first, Some(later))) = lost.first() {
                let others = match lost.len() {
                    1 => String::new(),
                    count => format!("等{count}个"),
                };
                notes.push(format!(
                    "存档里的“{first}”{others}没有登记，而{later}，不像是存档时中断，没有补登；\
                     运行 hongtou archive verify 查明，再从备份恢复登记簿“{ledger}”，\
                     或用源文件把它再存一次"
                ));
            }
            for (bag, _) in interrupted {
                if ledger::enter(self.store(), bag, true, date)? {
                    notes.push(format!("“{bag}”已存好，但登记簿“{ledger}”里没有，已补登"));
                }
            }
        }
        Ok(notes)
    }
}

/// A ledger whose last line is of a day to come: some machine's clock is wrong.
fn ahead(ledger: &LedgerId, lines: &[Line], today: NaiveDate) -> Option<String> {
    let last = lines.last().filter(|last| last.date > today)?.date;
    Some(format!(
        "登记簿“{ledger}”最后一行的日期是{last}，这台电脑上今天是{today}：检查电脑的日期；\
         新的行也记{last}"
    ))
}
