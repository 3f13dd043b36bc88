//! Where bags lie. Small on purpose: a folder of the office today, an object store tomorrow.

use std::any::Any;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use super::{Error, Holding, IssueId, LedgerId};
use crate::disk::{self, most};

/// The files of a bag: path inside it (`data/issue.yaml`) and bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A place that keeps bags and ledger lines. What is put is there whole and for good, or not at
/// all; nothing that is there is ever replaced.
///
/// A place needs no more than one operation of its own kind: to put something under a name if
/// nothing is there. Whoever is second learns it and looks again.
pub trait Store: Send + Sync {
    /// Puts a bag where none is.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is one; what the place says otherwise. Nothing is left then that
    /// a reader could take for a bag.
    fn put_bag(&self, holding: &Holding, files: &Files) -> Result<(), Error>;

    /// The bags that are there, in order.
    ///
    /// # Errors
    /// What the place says.
    fn list(&self) -> Result<Vec<Holding>, Error>;

    /// The folder on this machine that it is, when it is one.
    fn folder(&self) -> Option<&Path> {
        None
    }

    /// Something that is another whenever a bag has come or gone, and is had far faster than the
    /// list; `None` where there is no such thing.
    ///
    /// # Errors
    /// What the place says.
    fn stamp(&self) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// The bags of one issue, in order.
    ///
    /// # Errors
    /// As [`Self::list`].
    fn revisions(&self, id: &IssueId) -> Result<Vec<Holding>, Error> {
        let mut holdings = self.list()?;
        holdings.retain(|holding| holding.id == *id);
        Ok(holdings)
    }

    /// The paths of the files of a bag, in order.
    ///
    /// # Errors
    /// What the place says; [`Error::Missing`] without such a bag.
    fn files(&self, holding: &Holding) -> Result<Vec<String>, Error>;

    /// A file of a bag, to be read bit by bit.
    ///
    /// # Errors
    /// What the place says; [`Error::Missing`] without such a file.
    fn open(&self, holding: &Holding, path: &str) -> Result<Box<dyn Read + '_>, Error>;

    /// A file of a bag.
    ///
    /// # Errors
    /// As [`Self::open`].
    fn get(&self, holding: &Holding, path: &str) -> Result<Vec<u8>, Error> {
        let read = disk::bounded(self.open(holding, path)?, most::BAG_FILE);
        read.map_err(|error| Error::io(format!("{holding}/{path}").as_ref(), &error))
    }

    /// The ledgers that are there, in order.
    ///
    /// # Errors
    /// What the place says.
    fn ledgers(&self) -> Result<Vec<LedgerId>, Error>;

    /// The lines of a ledger as they are, each with its line feed; empty without such a ledger.
    ///
    /// # Errors
    /// What the place says.
    fn lines(&self, ledger: &LedgerId) -> Result<Vec<u8>, Error>;

    /// Puts line `number` (from 1) of a ledger, which ends in a line feed, if the ledger has the
    /// lines before it and no such line. Whether it was put: `false` when another was faster.
    ///
    /// # Errors
    /// What the place says.
    fn put_line(&self, ledger: &LedgerId, number: usize, line: &str) -> Result<bool, Error>;

    /// Shows others that something is being put, as long as the guard lives.
    ///
    /// # Errors
    /// What the place says.
    fn begin(&self) -> Result<Guard, Error> {
        Ok(Guard::default())
    }

    /// Whether others are putting something right now.
    ///
    /// # Errors
    /// What the place says.
    fn is_busy(&self) -> Result<bool, Error> {
        Ok(false)
    }

    /// Clears away what killed runs left behind. `None` when others are putting something right
    /// now: what looks like a leftover may be theirs. As long as the guard lives nobody begins.
    ///
    /// # Errors
    /// What the place says.
    fn tidy(&self) -> Result<Option<Tidied>, Error> {
        Ok(Some(Tidied::default()))
    }

    /// What lies among the bags and is none of them, nor anything of the program's.
    ///
    /// # Errors
    /// What the place says.
    fn strangers(&self) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }
}

/// Something that is held as long as it lives.
#[derive(Default)]
pub struct Guard(
    #[expect(dead_code, reason = "held, never looked at")] Option<Box<dyn Any + Send>>,
);

impl Guard {
    /// Holds this.
    pub fn new(held: impl Any + Send) -> Guard {
        Guard(Some(Box::new(held)))
    }
}

/// What was cleared away.
#[derive(Default)]
pub struct Tidied {
    /// Keeps others from beginning.
    pub guard: Guard,
    /// What was found, in the user's words.
    pub notes: Vec<String>,
}
