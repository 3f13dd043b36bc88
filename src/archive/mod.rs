//! Keeps every issue and gives it back: one BagIt bag (RFC 8493) for each revision of each issue.

mod entry;
mod folder;
mod id;
pub mod index;
pub mod period;
pub mod search;
mod stamp;
pub mod stats;
mod store;
mod words;

use std::fmt;
use std::io;
use std::path::Path;

pub use entry::{Entry, Group, Item, Paragraph, Reference, Turn};
pub use folder::Folder;
pub use id::{Holding, IssueId, Kind};
pub use store::{Files, Store};

/// Name of an [`Entry`] in its bag.
pub const ENTRY: &str = "data/issue.json";

/// An archive.
pub struct Archive {
    store: Box<dyn Store>,
}

impl Archive {
    /// The archive in this place.
    pub fn new(store: impl Store + 'static) -> Archive {
        Archive { store: Box::new(store) }
    }

    /// Where the bags lie.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Every revision that is there, in order.
    ///
    /// # Errors
    /// As [`Store::list`].
    pub fn holdings(&self) -> Result<Vec<Holding>, Error> {
        self.store.list()
    }

    /// The latest revision of each issue, in order.
    ///
    /// # Errors
    /// As [`Store::list`].
    pub fn latest(&self) -> Result<Vec<Holding>, Error> {
        let mut latest: Vec<Holding> = Vec::new();
        for holding in self.holdings()? {
            match latest.last_mut() {
                Some(last) if last.id == holding.id => *last = holding,
                _ => latest.push(holding),
            }
        }
        Ok(latest)
    }

    /// What a revision says of itself.
    ///
    /// # Errors
    /// As [`Store::get`]; [`Error::Damaged`] when it cannot be read.
    pub fn entry(&self, holding: &Holding) -> Result<Entry, Error> {
        let bytes = self.store.get(holding, ENTRY)?;
        serde_json::from_slice(&bytes).map_err(|error| Error::Damaged {
            path: format!("{holding}/{ENTRY}"),
            why: error.to_string(),
        })
    }

    /// A file of a revision, by its path in the bag: `data/….pdf`.
    ///
    /// # Errors
    /// As [`Store::get`].
    pub fn file(&self, holding: &Holding, path: &str) -> Result<Vec<u8>, Error> {
        self.store.get(holding, path)
    }
}

/// What an archive cannot do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// This revision is there already.
    Exists(Holding),
    /// There is no such bag or file.
    Missing(String),
    /// A file is not what it should be.
    Damaged {
        /// The file.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// What the system says.
    Io {
        /// The file or folder.
        path: String,
        /// In the user's words.
        why: String,
    },
}

impl Error {
    fn io(path: &Path, error: &io::Error) -> Error {
        Error::Io { path: path.display().to_string(), why: error.to_string() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Exists(holding) => write!(f, "存档里已有“{holding}”"),
            Error::Missing(path) => write!(f, "存档里没有“{path}”"),
            Error::Damaged { path, why } => write!(f, "“{path}”已损坏：{why}"),
            Error::Io { path, why } => write!(f, "“{path}”不能读写：{why}"),
        }
    }
}

impl std::error::Error for Error {}
