//! Where bags lie. Small on purpose: a folder of the office today, an object store tomorrow.

use std::collections::BTreeMap;

use super::{Error, Holding};

/// The files of a bag: path inside it (`data/issue.yaml`) and bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A place that keeps bags and ledger lines. What is put is there whole and for good, or not at
/// all; nothing that is there is ever replaced.
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

    /// Something that is another whenever a bag has come or gone, and is had far faster than the
    /// list; `None` where there is no such thing.
    ///
    /// # Errors
    /// What the place says.
    fn stamp(&self) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// The paths of the files of a bag, in order.
    ///
    /// # Errors
    /// What the place says; [`Error::Missing`] without such a bag.
    fn files(&self, holding: &Holding) -> Result<Vec<String>, Error>;

    /// A file of a bag.
    ///
    /// # Errors
    /// What the place says; [`Error::Missing`] without such a file.
    fn get(&self, holding: &Holding, path: &str) -> Result<Vec<u8>, Error>;
}
