//! Whether bags came to a folder or went, without listing them.
//!
//! A folder's time changes when something is put into it, taken out or renamed in it: a new issue
//! changes that of its year, a new revision that of its issue. So it is enough to ask for the times
//! of these folders; the bags themselves are not opened.

use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use super::Error;

/// The folders below the root: bulletin, year, issue.
const DEPTH: usize = 3;

/// The stamp of an archive in a folder.
pub(super) fn of(root: &Path) -> Result<String, Error> {
    let mut hash = Sha256::new();
    add(root, DEPTH, &mut hash)?;
    let hash = hash.finalize();
    Ok(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn add(folder: &Path, depth: usize, hash: &mut Sha256) -> Result<(), Error> {
    let fail = |error: &std::io::Error| Error::io(folder, error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(fail(&error)),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| fail(&error))?;
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders.push(entry);
        }
    }
    folders.sort_by_cached_key(fs::DirEntry::file_name);
    for entry in folders {
        let time = entry.metadata().map(|metadata| time(&metadata));
        let time = time.map_err(|error| fail(&error))?;
        hash.update(entry.file_name().as_encoded_bytes());
        hash.update([0]);
        hash.update(time.to_le_bytes());
        if depth > 1 {
            add(&entry.path(), depth - 1, hash)?;
        }
    }
    Ok(())
}

fn time(metadata: &Metadata) -> u128 {
    let time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    time.map_or(0, |time| time.as_nanos())
}
