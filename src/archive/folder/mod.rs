//! Bags in a folder of the local file system: `ROOT/mtg-kuaibao/2019/155/r1/`.

mod ledger;
mod lock;
mod names;
mod put;
mod stamp;
mod tidy;

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::{Error, Files, Guard, Holding, IssueId, LedgerId, Store, Tidied};
use crate::disk::{self, most};

/// The file of a ledger, in the folder of its year.
const LEDGER: &str = "ledger.txt";

/// An archive in a folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The archive in this folder, which need not be there yet.
    pub fn new(root: impl Into<PathBuf>) -> Folder {
        Folder { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn place(&self, holding: &Holding) -> PathBuf {
        self.root.join(holding.to_string())
    }
}

impl Store for Folder {
    fn put_bag(&self, holding: &Holding, files: &Files) -> Result<(), Error> {
        put::bag(self, holding, files)
    }

    fn list(&self) -> Result<Vec<Holding>, Error> {
        let mut holdings = Vec::new();
        for ledger in self.years()? {
            let year = self.root.join(ledger.to_string());
            for label in names::folders(&year)? {
                if let Some(id) = IssueId::parse(&format!("{ledger}/{label}")) {
                    holdings.extend(self.revisions(&id)?);
                }
            }
        }
        holdings.sort();
        Ok(holdings)
    }

    fn folder(&self) -> Option<&Path> {
        Some(&self.root)
    }

    fn stamp(&self) -> Result<Option<String>, Error> {
        stamp::of(&self.root).map(Some)
    }

    fn revisions(&self, id: &IssueId) -> Result<Vec<Holding>, Error> {
        let names = names::folders(&self.root.join(id.to_string()))?;
        let holding = |name: &String| Holding::parse(&format!("{id}/{name}"));
        let mut holdings: Vec<Holding> = names.iter().filter_map(holding).collect();
        holdings.sort();
        Ok(holdings)
    }

    fn files(&self, holding: &Holding) -> Result<Vec<String>, Error> {
        let place = self.place(holding);
        if !place.is_dir() {
            return Err(Error::Missing(holding.to_string()));
        }
        names::files(&place)
    }

    fn open(&self, holding: &Holding, path: &str) -> Result<Box<dyn Read + '_>, Error> {
        let place = self.place(holding).join(path);
        match disk::open(&place, most::BAG_FILE) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(Error::Missing(format!("{holding}/{path}")))
            }
            Err(error) => Err(Error::io(&place, &error)),
        }
    }

    fn ledgers(&self) -> Result<Vec<LedgerId>, Error> {
        let mut years = self.years()?;
        // Something else of that name is for whoever reads it to refuse, not to be passed over.
        years.retain(|year| disk::is_there(&self.ledger(year)));
        Ok(years)
    }

    fn lines(&self, ledger: &LedgerId) -> Result<Vec<u8>, Error> {
        let path = self.ledger(ledger);
        match disk::read_own(&path, most::LEDGER) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(Error::io(&path, &error)),
        }
    }

    fn put_line(&self, ledger: &LedgerId, number: usize, line: &str) -> Result<bool, Error> {
        ledger::put(self, ledger, number, line)
    }

    fn begin(&self) -> Result<Guard, Error> {
        lock::shared(self)
    }

    fn is_busy(&self) -> Result<bool, Error> {
        lock::is_held(self)
    }

    fn tidy(&self) -> Result<Option<Tidied>, Error> {
        tidy::run(self)
    }

    fn strangers(&self) -> Result<Vec<String>, Error> {
        names::strangers(self)
    }
}

impl Folder {
    /// The years that issues are numbered in, in order: `mtg-kuaibao/2019`.
    fn years(&self) -> Result<Vec<LedgerId>, Error> {
        let mut years = Vec::new();
        for series in names::folders(&self.root)? {
            let names = names::folders(&self.root.join(&series))?;
            years.extend(names.iter().filter_map(|y| LedgerId::parse(&format!("{series}/{y}"))));
        }
        years.sort();
        Ok(years)
    }

    /// The file of a ledger.
    fn ledger(&self, ledger: &LedgerId) -> PathBuf {
        self.root.join(ledger.to_string()).join(LEDGER)
    }
}
