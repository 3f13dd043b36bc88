//! Who may touch the file of an index when.
//!
//! SQLite's own locks belong to the file, and a file that is replaced by renaming another over it
//! takes them away; a journal that lies beside it would then be taken for the new file's. So
//! whoever reads holds a lock file shared, whoever adds or replaces holds it alone. Where such a
//! file cannot be made (a share for reading only), nobody writes either.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

/// Held until dropped.
#[derive(Debug)]
pub(super) struct Lock(#[allow(dead_code, reason = "dropping it lets go")] Option<File>);

impl Lock {
    /// For reading; also when there can be no lock.
    pub fn shared(index: &Path) -> Lock {
        let file = file(index).ok();
        Lock(file.filter(|file| file.lock_shared().is_ok()))
    }

    /// For writing.
    ///
    /// # Errors
    /// When the folder cannot be written. A file system without locks is no error.
    pub fn alone(index: &Path) -> std::io::Result<Lock> {
        let file = file(index)?;
        Ok(Lock(Some(file).filter(|file| file.lock().is_ok())))
    }
}

fn file(index: &Path) -> std::io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(name(index))
}

/// `index.sqlite` has `index.lock` beside it.
fn name(index: &Path) -> PathBuf {
    index.with_extension("lock")
}
