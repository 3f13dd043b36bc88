//! Says whether everything is as it was kept: every file of every bag, every line of every ledger,
//! the numbers of the issues. Files are read bit by bit, so memory does not grow with them.

mod bag;
mod ledger;
mod marks;
mod numbers;

use std::collections::BTreeMap;
use std::fmt;

use super::{Archive, Entry, Error, Holding, Last, LedgerId, Mark};

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// A file, a bag or a line is not there.
    Missing,
    /// Something is there that nobody put there.
    Extra,
    /// A file or a line is not as it was.
    Changed,
    /// Things stand in another order or in each other's place.
    Reordered,
    /// A number is not there, though numbers before and after it are.
    Gap,
    /// A number is there twice.
    Repeat,
    /// The system cannot read it.
    Unreadable,
}

impl Wrong {
    /// What it is called in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Wrong::Missing => "missing",
            Wrong::Extra => "extra",
            Wrong::Changed => "changed",
            Wrong::Reordered => "reordered",
            Wrong::Gap => "gap",
            Wrong::Repeat => "repeat",
            Wrong::Unreadable => "unreadable",
        }
    }
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flaw {
    /// Where: a bag, a ledger, a bulletin.
    pub place: String,
    /// What is wrong.
    pub wrong: Wrong,
    /// In the user's words, with the file or the line.
    pub message: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.place, self.message)
    }
}

/// What was seen of a bag.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// How many files were read.
    pub files: usize,
    /// What is wrong with them.
    pub flaws: Vec<Flaw>,
    /// The digest of its tag manifest, when there is one.
    seal: Option<String>,
    /// What its number is, when it says so.
    numbered: Option<numbers::Numbered>,
}

/// Flaws of one place.
struct Flaws {
    place: String,
    found: Vec<Flaw>,
}

impl Flaws {
    fn of(place: impl fmt::Display) -> Flaws {
        Flaws { place: place.to_string(), found: Vec::new() }
    }

    fn add(&mut self, wrong: Wrong, message: impl Into<String>) {
        let (place, message) = (self.place.clone(), message.into());
        self.found.push(Flaw { place, wrong, message });
    }

    /// What the place says.
    fn error(&mut self, error: &Error) {
        let wrong = match error {
            Error::Missing(_) => Wrong::Missing,
            Error::Damaged { .. } => Wrong::Changed,
            _ => Wrong::Unreadable,
        };
        self.add(wrong, error.to_string());
    }
}

impl Archive {
    /// Looks at all files of a bag.
    pub fn verify_bag(&self, holding: &Holding) -> Seen {
        bag::look(self, holding)
    }

    /// What is wrong beyond single bags: ledgers against all bags, numbers, what lies between.
    ///
    /// # Errors
    /// What the place says when it cannot be looked at at all.
    pub fn verify_all(&self, seen: &BTreeMap<Holding, Seen>) -> Result<Vec<Flaw>, Error> {
        let mut flaws = ledger::look(self, seen)?;
        let numbered = seen.values().filter_map(|seen| seen.numbered.clone());
        flaws.extend(numbers::look(numbered.collect()));
        flaws.extend(revisions(seen.keys()));
        for path in self.store.strangers()? {
            let mut one = Flaws::of("存档");
            one.add(Wrong::Extra, format!("多出“{path}”，不是程序存入的"));
            flaws.append(&mut one.found);
        }
        Ok(flaws)
    }

    /// What is wrong with the ledgers of these bags and what they say of them; with the ledgers of
    /// these marks too.
    ///
    /// # Errors
    /// As [`Self::verify_all`].
    pub fn verify_ledgers(
        &self,
        seen: &BTreeMap<Holding, Seen>,
        marks: &[Mark],
    ) -> Result<Vec<Flaw>, Error> {
        ledger::look_at(self, seen, marks::ledgers(marks))
    }

    /// Which of the lines that were written down elsewhere the ledgers no longer have. That the
    /// lines before them are what they were follows from the chain, which the other checks look at.
    ///
    /// # Errors
    /// What the place says.
    pub fn verify_marks(&self, marks: &[Mark]) -> Result<Vec<Flaw>, Error> {
        marks::look(self, marks)
    }

    /// The last line of each ledger, in order, to be written down elsewhere. A ledger whose last
    /// line cannot be read is left out.
    ///
    /// # Errors
    /// What the place says.
    pub fn last_lines(&self) -> Result<Vec<Last>, Error> {
        marks::last(self)
    }
}

/// Revisions that are missing among others.
fn revisions<'a>(holdings: impl Iterator<Item = &'a Holding>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut before: Option<&Holding> = None;
    for holding in holdings {
        let known = before.filter(|before| before.id == holding.id).map_or(0, |one| one.revision);
        // One finding, however many are missing: a folder may be called r4000000000.
        let mut one = Flaws::of(&holding.id);
        match (known.saturating_add(1), holding.revision.saturating_sub(1)) {
            (first, last) if first == last => {
                one.add(Wrong::Missing, format!("少了第{first}版（r{first}）"));
            }
            (first, last) if first < last => {
                let message = format!("少了第{first}版至第{last}版（r{first}至r{last}）");
                one.add(Wrong::Missing, message);
            }
            _ => {}
        }
        flaws.append(&mut one.found);
        before = Some(holding);
    }
    flaws
}

impl Seen {
    /// Remembers the number of an issue.
    fn number(&mut self, entry: &Entry) {
        self.numbered = Some(numbers::Numbered::of(entry));
    }
}

impl Flaw {
    /// Whether it is one of this ledger.
    pub fn is_of(&self, ledger: &LedgerId) -> bool {
        self.place == book(ledger)
    }

    /// A line that should be one that was written down, and is none.
    pub fn unreadable(place: impl fmt::Display, message: impl Into<String>) -> Flaw {
        Flaw { place: place.to_string(), wrong: Wrong::Unreadable, message: message.into() }
    }
}

/// The ledger of a bag, in the user's words.
fn book(ledger: &LedgerId) -> String {
    format!("{ledger}（登记簿）")
}
