//! Who may touch the file of an index when.
//!
//! SQLite's own locks belong to the file, and a file that is replaced by renaming another over it
//! takes them away; a journal that lies beside it would then be taken for the new file's. So
//! whoever reads holds a lock file shared, whoever adds or replaces holds it alone. Where such a
//! file cannot be made (a share for reading only), nobody writes either.
//!
//! The lock file also says what the index looked like when it was last left: its length and time.
//! One that looks otherwise was changed or copied by somebody else, and what SQLite does not see of
//! such a change could be a wrong answer.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::archive::Held;
use crate::disk::{self, Make, nofollow};

/// More than such a line ever is, in bytes.
const LONGEST: u64 = 256;

/// Held until dropped.
#[derive(Debug)]
pub(super) struct Lock(Option<Held>);

impl Lock {
    /// For reading; also when there can be no lock.
    pub fn shared(index: &Path) -> Lock {
        let file = file(index).ok();
        Lock(file.filter(|file| file.lock_shared().is_ok()).map(Held::new))
    }

    /// For an index that nobody else knows of.
    pub fn none() -> Lock {
        Lock(None)
    }

    /// For writing.
    ///
    /// # Errors
    /// When the folder cannot be written. A file system without locks is no error.
    pub fn alone(index: &Path) -> io::Result<Lock> {
        let file = file(index)?;
        let _ = file.lock();
        Ok(Lock(Some(Held::new(file))))
    }

    /// Writes down what the index looks like now.
    pub fn seal(&self, index: &Path) -> io::Result<()> {
        let Some(mut file) = self.0.as_deref() else { return Ok(()) };
        let looks = looks(index)?;
        // What says something else than such a line is not ours to overwrite.
        let mut there = String::new();
        file.rewind()?;
        file.take(LONGEST).read_to_string(&mut there)?;
        if !there.chars().all(|c| c.is_ascii_digit() || c.is_ascii_whitespace()) {
            return Err(nofollow::crossed());
        }
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(looks.as_bytes())
    }
}

/// Whether an index looks as it was left.
pub(super) fn is_sealed(index: &Path) -> bool {
    let read = || -> io::Result<String> {
        let mut written = String::new();
        let file = nofollow::open_to_read(&name(index))?;
        file.take(LONGEST).read_to_string(&mut written)?;
        Ok(written)
    };
    let written = read().unwrap_or_default();
    looks(index).is_ok_and(|looks| looks == written)
}

fn looks(index: &Path) -> io::Result<String> {
    let file = fs::symlink_metadata(index)?;
    let time = file.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{} {}\n", file.len(), time.as_nanos()))
}

fn file(index: &Path) -> io::Result<File> {
    disk::own(&name(index), Make::Shared)
}

/// `index.sqlite` has `index.lock` beside it.
fn name(index: &Path) -> PathBuf {
    index.with_extension("lock")
}
