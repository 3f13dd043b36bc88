//! What an export takes out of a bag: checked against the bag's manifest, so that damage is found
//! and not passed on.

use sha2::{Digest, Sha256};

use super::ExportError;
use crate::archive::{Archive, ENTRY, Entry, Error, Holding};

const MANIFEST: &str = "manifest-sha256.txt";

/// The PDF of a revision.
pub(super) struct Pdf {
    holding: Holding,
    path: String,
    /// Its fingerprint, as the bag says.
    pub(super) sha256: String,
}

impl Pdf {
    /// Finds it.
    pub(super) fn of(archive: &Archive, holding: &Holding) -> Result<Pdf, ExportError> {
        let manifest = manifest(archive, holding)?;
        let found = manifest.lines().filter_map(line);
        let mut pdfs =
            found.filter(|(_, path)| path.starts_with("data/") && path.ends_with(".pdf"));
        let Some((sha256, path)) = pdfs.next() else {
            return Err(wrong(Error::Missing(format!("{holding}/data/….pdf"))));
        };
        Ok(Pdf { holding: holding.clone(), path: path.to_owned(), sha256: sha256.to_owned() })
    }

    /// Its bytes.
    pub(super) fn read(&self, archive: &Archive) -> Result<Vec<u8>, ExportError> {
        let bytes = archive.file(&self.holding, &self.path).map_err(wrong)?;
        same(&bytes, &self.sha256, &self.holding, &self.path)?;
        Ok(bytes)
    }
}

/// What a revision says of itself.
pub(super) fn entry(archive: &Archive, holding: &Holding) -> Result<Entry, ExportError> {
    let manifest = manifest(archive, holding)?;
    let listed = manifest.lines().filter_map(line).find(|(_, path)| *path == ENTRY);
    let Some((sha256, _)) = listed else {
        return Err(wrong(Error::Missing(format!("{holding}/{ENTRY}"))));
    };
    let bytes = archive.file(holding, ENTRY).map_err(wrong)?;
    same(&bytes, sha256, holding, ENTRY)?;
    let entry: Entry = serde_json::from_slice(&bytes)
        .map_err(|error| damaged(holding, ENTRY, error.to_string()))?;
    if entry.holding() != *holding {
        return Err(damaged(holding, ENTRY, format!("里面写的是“{}”", entry.holding())));
    }
    Ok(entry)
}

fn manifest(archive: &Archive, holding: &Holding) -> Result<String, ExportError> {
    let bytes = archive.file(holding, MANIFEST).map_err(wrong)?;
    String::from_utf8(bytes).map_err(|_| damaged(holding, MANIFEST, "不是文本".to_owned()))
}

/// A fingerprint and a path.
fn line(line: &str) -> Option<(&str, &str)> {
    let (sha256, path) = line.split_once(char::is_whitespace)?;
    Some((sha256, path.trim_start_matches([' ', '*'])))
}

fn same(bytes: &[u8], sha256: &str, holding: &Holding, path: &str) -> Result<(), ExportError> {
    match fingerprint(bytes).eq_ignore_ascii_case(sha256) {
        true => Ok(()),
        false => Err(damaged(holding, path, "与存档的校验值不符".to_owned())),
    }
}

/// SHA-256 in hexadecimal digits.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn damaged(holding: &Holding, path: &str, why: String) -> ExportError {
    wrong(Error::Damaged { path: format!("{holding}/{path}"), why })
}

fn wrong(error: Error) -> ExportError {
    ExportError::Archive(vec![error])
}
