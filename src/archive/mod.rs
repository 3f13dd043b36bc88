//! Keeps every issue and gives it back: one BagIt bag (RFC 8493) for each revision of each issue,
//! and a ledger of hash-chained lines for each year. `docs/archive.md` describes what lies where.

mod add;
mod bag;
mod entry;
mod error;
mod export;
mod folder;
mod held;
mod id;
pub mod index;
mod ledger;
pub(crate) mod markup;
mod neighbours;
mod parcel;
pub mod period;
mod recover;
#[cfg(feature = "s3")]
mod s3;
pub mod search;
mod settings;
pub mod stats;
mod store;
mod verify;
mod words;

use bag::Algorithm;

pub use add::{Filing, Kept, Standing};
pub use entry::{Entry, Group, Item, Paragraph, Reference, Scheme, Turn};
pub use error::Error;
pub use export::{ExportError, Exported, Left, export};
pub use folder::Folder;
pub use held::Held;
pub use id::{Holding, IssueId, Kind, LedgerId, is_inside};
pub use ledger::{Last, Mark};
pub use neighbours::{Newcomer, Oddity};
pub use parcel::Parcel;
#[cfg(feature = "s3")]
pub use s3::S3;
pub use settings::S3Settings;
pub use store::{Files, Guard, Store, Tidied};
pub use verify::{Flaw, Seen, Wrong};

/// Where the files of an issue lie in its bag.
pub const DATA: &str = "data/";

/// Name of an [`Entry`] in its bag.
pub const ENTRY: &str = "data/issue.json";

/// An archive.
pub struct Archive {
    store: Box<dyn Store>,
}

/// A file under the name that it has outside the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// 门头沟区创建全国文明城市工作快报第155期.pdf.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a revision corrects, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The revision that it takes the place of.
    pub corrected: String,
    /// Why.
    pub reason: String,
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

    /// What a revision corrects; `None` for the first of an issue.
    ///
    /// # Errors
    /// As [`Store::get`].
    pub fn correction(&self, holding: &Holding) -> Result<Option<Correction>, Error> {
        let bytes = self.store.get(holding, bag::INFO)?;
        let text = String::from_utf8_lossy(&bytes);
        let value = |label| bag::info::values(&text, label).first().map(|text| (*text).to_owned());
        Ok(value(bag::info::SUPERSEDES).map(|corrected| Correction {
            corrected,
            reason: value(bag::info::REASON).unwrap_or_default(),
        }))
    }

    /// A file of a revision, seen to be what its manifest says.
    ///
    /// # Errors
    /// As [`Store::get`]; [`Error::Damaged`] when it is not.
    pub fn intact(&self, holding: &Holding, path: &str) -> Result<Vec<u8>, Error> {
        let manifest = bag::read_manifest(self.store(), holding, Algorithm::Sha256)?;
        let bytes = self.store.get(holding, path)?;
        let why = match manifest.digest(path) {
            Some(digest) if digest == bag::sha256(&bytes) => return Ok(bytes),
            Some(_) => "与校验清单不符，存入以后被改动过",
            None => "校验清单里没有这个文件",
        };
        Err(Error::Damaged { path: format!("{holding}/{path}"), why: why.to_owned() })
    }

    /// The PDF of a revision.
    ///
    /// # Errors
    /// As [`Store::get`].
    pub fn pdf(&self, holding: &Holding) -> Result<NamedFile, Error> {
        self.made(holding, ".pdf")
    }

    /// The DOCX of a revision.
    ///
    /// # Errors
    /// As [`Store::get`].
    pub fn docx(&self, holding: &Holding) -> Result<NamedFile, Error> {
        self.made(holding, ".docx")
    }

    /// The file of a revision with this ending: there is one of each kind.
    fn made(&self, holding: &Holding, ending: &str) -> Result<NamedFile, Error> {
        let files = self.store.files(holding)?;
        // Directly under `data/`: the name becomes that of a file elsewhere.
        let made = |path: &String| {
            let name = path.strip_prefix(DATA).filter(|name| name.ends_with(ending))?;
            (is_inside(name) && !name.contains('/')).then(|| name.to_owned())
        };
        let name = files.iter().find_map(made);
        let name = name.ok_or_else(|| Error::Missing(format!("{holding}/{DATA}*{ending}")))?;
        let bytes = self.store.get(holding, &format!("{DATA}{name}"))?;
        Ok(NamedFile { name, bytes })
    }
}
