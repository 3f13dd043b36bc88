//! What an export takes out of a bag: checked against the bag's manifest, so that damage is found
//! and not passed on.

use super::ExportError;
use crate::archive::bag::{self, Algorithm, Manifest};
use crate::archive::{Archive, DATA, ENTRY, Entry, Error, Holding};

/// A bag that is read from.
pub(super) struct Source<'a> {
    archive: &'a Archive,
    holding: &'a Holding,
    manifest: Manifest,
}

impl<'a> Source<'a> {
    /// The bag of a revision.
    pub(super) fn open(archive: &'a Archive, holding: &'a Holding) -> Result<Self, ExportError> {
        let manifest = bag::read_manifest(archive.store(), holding, Algorithm::Sha256);
        Ok(Source { archive, holding, manifest: manifest.map_err(wrong)? })
    }

    /// The path of its PDF and the digest of it.
    pub(super) fn pdf(&self) -> Result<(&str, &str), ExportError> {
        let pdf = |path: &str| path.starts_with(DATA) && path.ends_with(".pdf");
        let line = self.manifest.lines.iter().find(|line| pdf(&line.path));
        let line = line.ok_or_else(|| missing(self.holding, &format!("{DATA}*.pdf")))?;
        Ok((&line.path, &line.digest))
    }

    /// What it says of itself.
    pub(super) fn entry(&self) -> Result<Entry, ExportError> {
        let bytes = self.read(ENTRY)?;
        let entry: Entry = serde_json::from_slice(&bytes)
            .map_err(|error| self.damaged(ENTRY, error.to_string()))?;
        if entry.holding() != *self.holding {
            return Err(self.damaged(ENTRY, format!("里面写的是“{}”", entry.holding())));
        }
        Ok(entry)
    }

    /// A file, as the manifest has it.
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, ExportError> {
        let bytes = self.archive.file(self.holding, path).map_err(wrong)?;
        match self.manifest.digest(path) {
            Some(digest) if digest == bag::sha256(&bytes) => Ok(bytes),
            Some(_) => Err(self.damaged(path, "与校验清单不符，存入以后被改动过".to_owned())),
            None => Err(self.damaged(path, "校验清单里没有这个文件".to_owned())),
        }
    }

    fn damaged(&self, path: &str, why: String) -> ExportError {
        wrong(Error::Damaged { path: format!("{}/{path}", self.holding), why })
    }
}

fn missing(holding: &Holding, path: &str) -> ExportError {
    wrong(Error::Missing(format!("{holding}/{path}")))
}

fn wrong(error: Error) -> ExportError {
    ExportError::Archive(vec![error])
}
