//! The files of a journal: what may stand in their place, who may read them, how one begins.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::Error;
use crate::disk::{self, Make, Refusal};

/// The longest journal that is read, in bytes: that of thousands of recipients and many revisions.
pub(super) use crate::disk::most::JOURNAL as LONGEST;

/// What is wrong with a file of a journal.
pub(super) fn wrong(path: &Path, error: io::Error) -> Error {
    match disk::refusal(&error) {
        Some(Refusal::TooLarge(most)) => Error::TooLong(path.to_owned(), most),
        Some(refusal) => Error::NoFile(path.to_owned(), refusal.what()),
        None => Error::Io(path.to_owned(), error),
    }
}

/// Whether there is a file, and nothing but a file: whatever else stands in its place is never
/// opened, for a pipe would be waited for and a link leads to somebody else's file.
///
/// # Errors
/// What stands there instead; what the system says.
pub(super) fn is_there(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(found) => disk::is_one(&found).map(|()| true).map_err(|error| wrong(path, error)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::Io(path.to_owned(), error)),
    }
}

/// All of a file that need not be there, up to `most` bytes.
///
/// # Errors
/// One that is longer; what stands in its place; what the system says.
pub(super) fn bytes(path: &Path, most: u64) -> Result<Option<Vec<u8>>, Error> {
    match disk::read_own(path, most) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(wrong(path, error)),
    }
}

/// All of a file that is open, up to `most` bytes.
///
/// # Errors
/// One that is longer; what the system says.
pub(super) fn read(path: &Path, file: &File, most: u64) -> Result<Vec<u8>, Error> {
    disk::bounded(file, most).map_err(|error| wrong(path, error))
}

/// Puts a new journal with its first line into its place, whole: an empty one is never there, so
/// that one that is empty was spoiled by something else. The caller has the lock.
///
/// # Errors
/// What the system says; there is no journal then.
pub(super) fn begin(path: &Path, line: &str) -> io::Result<()> {
    // Always the same name: what a killed program left is gone with the next.
    let aside = path.with_extension("new");
    match fs::remove_file(&aside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = disk::own(&aside, Make::Private)?;
    file.set_len(0)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    // Windows renames no open file.
    drop(file);
    fs::rename(&aside, path)?;
    // The new name is on the disk when its folder is.
    path.parent().map_or(Ok(()), disk::sync_folder)
}

/// Opens a journal that is there, for reading and for writing.
///
/// # Errors
/// What the system says.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let file = disk::own(path, Make::Never)?;
    close_to_others(&file);
    Ok(file)
}

/// Opens the file that is locked while somebody sends.
///
/// # Errors
/// What stands in its place; what the system says.
pub(super) fn lock(path: &Path) -> Result<File, Error> {
    let file = disk::own(path, Make::Private).map_err(|error| wrong(path, error))?;
    close_to_others(&file);
    Ok(file)
}

/// Earlier versions let others read it. Where the file is another's, it stays as it is.
fn close_to_others(file: &File) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata().is_ok_and(|found| found.permissions().mode() & 0o077 != 0) {
            let _ = file.set_permissions(fs::Permissions::from_mode(0o600));
        }
    }
    #[cfg(not(unix))]
    let _ = file;
}
