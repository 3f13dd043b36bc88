//! Files and folders on their way to their place: made beside it, complete, then renamed.
//!
//! While they are unfinished they are listed, so that a program that is stopped takes them away
//! ([`clear_all`]). What a killed one leaves, the next clears that makes such a file in the same
//! folder. Only what is surely ours and nobody's work any more goes: a name that this module gives,
//! no link, and a lock that its maker would still hold. Where a file system has no locks, it must be
//! older than a day.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tempfile::{NamedTempFile, TempDir};

use crate::disk::{self, Make};

/// What unfinished things of one sort are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Their names begin so; six letters or digits and `.tmp` follow.
    prefix: &'static str,
    /// Whether their maker holds a lock on them.
    locked: bool,
}

/// Files that the program writes itself.
pub const OUTPUT: Sort = Sort { prefix: ".hongtou-", locked: true };
/// Indexes, which SQLite writes: on Windows nobody else could write a file that is locked.
pub const INDEX: Sort = Sort { prefix: ".index-", locked: cfg!(unix) };

const SUFFIX: &str = ".tmp";
/// Random characters of a name.
const RANDOM: usize = 6;
/// In an unfinished folder: the file that its maker holds.
const LOCK: &str = "lock";
/// How old a file must be where there are no locks.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);
/// How often a new name is tried when somebody who clears was faster.
const ATTEMPTS: usize = 10;

/// Who may read a file once it has its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner.
    Owner,
    /// Whoever the system allows.
    Usual,
}

struct State {
    /// What is unfinished in this process.
    listed: BTreeSet<PathBuf>,
    /// Folders that were looked at for what killed programs left.
    cleared: BTreeSet<(PathBuf, &'static str)>,
}

static STATE: Mutex<State> =
    Mutex::new(State { listed: BTreeSet::new(), cleared: BTreeSet::new() });

/// Held while something is done that must not be left half done.
static WHOLE: Mutex<()> = Mutex::new(());

/// Does work of several steps that belong together: whoever stops the program waits for its end. So
/// it must be short; a second signal ends the process all the same.
pub fn whole<R>(work: impl FnOnce() -> R) -> R {
    let _held = WHOLE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    work()
}

fn state() -> MutexGuard<'static, State> {
    // Whoever panicked held nothing half done.
    STATE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Takes away all that is unfinished. From here on nothing unfinished is begun and nothing gets its
/// place: whoever tries waits for the end of the process, which must come now. What must be whole
/// ([`whole`]) is finished before.
pub fn clear_all() {
    let whole = WHOLE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let state = state();
    for path in &state.listed {
        // Another thread may be writing into a folder: what it adds goes in the next round.
        for _ in 0..20 {
            let gone = match fs::symlink_metadata(path) {
                Ok(there) if there.is_dir() => fs::remove_dir_all(path).is_ok(),
                Ok(_) => fs::remove_file(path).is_ok(),
                Err(_) => true,
            };
            if gone {
                break;
            }
        }
    }
    std::mem::forget(state);
    std::mem::forget(whole);
}

/// Waits for the end of a process that is being stopped; returns at once in any other. Whoever is
/// being stopped says no more: that a file is suddenly gone is no error to tell of.
pub fn hold() {
    drop(state());
}

/// Something unfinished that is listed until the value is dropped.
#[derive(Debug)]
pub struct Listed(PathBuf);

impl Listed {
    /// Makes something unfinished: `make` gives its path, and what else is wanted of it.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn make<T>(make: impl FnOnce() -> io::Result<(PathBuf, T)>) -> io::Result<(Listed, T)> {
        let mut state = state();
        let (path, made) = make()?;
        state.listed.insert(path.clone());
        Ok((Listed(path), made))
    }

    /// Gives it its place, at no moment when the process is being stopped.
    pub fn settle<T, E>(&self, settle: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let mut state = state();
        let settled = settle();
        if settled.is_ok() {
            state.listed.remove(&self.0);
        }
        settled
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        state().listed.remove(&self.0);
    }
}

/// A file that gets its place when it is whole; dropped before, it is gone.
#[derive(Debug)]
pub struct Draft {
    // Dropped in this order.
    file: NamedTempFile,
    listed: Listed,
}

impl Draft {
    /// A new empty file in this folder. Clears the folder first, once in a run.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(folder: &Path, sort: Sort, readers: Readers) -> io::Result<Draft> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let mut builder = tempfile::Builder::new();
        builder.prefix(sort.prefix).suffix(SUFFIX).rand_bytes(RANDOM);
        #[cfg(unix)]
        if readers == Readers::Usual {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        #[cfg(not(unix))]
        let _ = readers;
        for _ in 0..ATTEMPTS {
            let make = || builder.tempfile_in(folder).map(|file| (file.path().to_owned(), file));
            let (listed, file) = Listed::make(make)?;
            if !sort.locked || is_ours(file.as_file(), file.path()) {
                clear(folder, sort, file.as_file());
                return Ok(Draft { file, listed });
            }
        }
        Err(taken())
    }

    /// Where it is now.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The file, for writing.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Gives it its place, instead of what is there.
    ///
    /// # Errors
    /// What the system says; the file is gone then.
    pub fn settle(self, place: &Path) -> io::Result<()> {
        let Draft { file, listed } = self;
        let file = listed.settle(|| file.persist(place)).map_err(|error| error.error)?;
        // Closing is not enough where another thread starts a program just now.
        let _ = file.unlock();
        Ok(())
    }
}

/// A folder in which things are made that are moved to their places then; gone when dropped.
#[derive(Debug)]
pub struct DraftFolder {
    // Dropped in this order: Windows removes no folder in which a file is open.
    _lock: File,
    folder: TempDir,
    _listed: Listed,
}

impl DraftFolder {
    /// A new folder in this one. Clears it first, once in a run.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(beside: &Path) -> io::Result<DraftFolder> {
        let beside = if beside.as_os_str().is_empty() { Path::new(".") } else { beside };
        let mut builder = tempfile::Builder::new();
        builder.prefix(OUTPUT.prefix).suffix(SUFFIX).rand_bytes(RANDOM);
        for _ in 0..ATTEMPTS {
            let make = || builder.tempdir_in(beside).map(|made| (made.path().to_owned(), made));
            let (listed, folder) = Listed::make(make)?;
            let path = folder.path().join(LOCK);
            let lock = disk::own(&path, Make::Private)?;
            if is_ours(&lock, &path) {
                clear(beside, OUTPUT, &lock);
                return Ok(DraftFolder { _lock: lock, folder, _listed: listed });
            }
        }
        Err(taken())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn taken() -> io::Error {
    io::Error::other("temporary files are taken away while they are made")
}

/// Locks a new file. Whoever clears may have found it before it was locked: then it is theirs.
fn is_ours(file: &File, path: &Path) -> bool {
    let theirs = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
    !theirs && path.symlink_metadata().is_ok()
}

/// Takes away what killed programs left in a folder, once in a run. `now` is a file that was just
/// made there: its time is that of the file system, whatever clock this machine has.
fn clear(folder: &Path, sort: Sort, now: &File) {
    if !state().cleared.insert((folder.to_owned(), sort.prefix)) {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Ok(kind) = entry.file_type() else { continue };
        if !name.to_str().is_some_and(|name| is_name(name, sort)) {
            continue;
        }
        let path = entry.path();
        // What cannot be taken away stays: it hurts nobody.
        if kind.is_file() {
            while_abandoned(&path, sort, now, || drop(fs::remove_file(&path)));
        } else if kind.is_dir() && sort == OUTPUT {
            let lock = path.join(LOCK);
            while_abandoned(&lock, sort, now, || drop(fs::remove_dir_all(&path)));
        }
    }
}

/// Whether a name is one that this module gives.
fn is_name(name: &str, sort: Sort) -> bool {
    let random = name.strip_prefix(sort.prefix).and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|r| r.len() == RANDOM && r.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Does something if nobody works at a file any more; nobody can begin meanwhile.
fn while_abandoned(path: &Path, sort: Sort, now: &File, act: impl FnOnce()) {
    let Ok(there) = fs::symlink_metadata(path) else { return };
    let file = disk::own(path, Make::Never);
    let (true, Ok(file)) = (there.is_file(), file) else { return };
    let age = now.metadata().and_then(|now| Ok((now.modified()?, there.modified()?)));
    let is_old =
        || age.is_ok_and(|(now, then)| now.duration_since(then).is_ok_and(|age| age > OLD));
    let abandoned = match sort.locked {
        true => match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(_)) => is_old(),
        },
        false => is_old(),
    };
    if abandoned {
        act();
        let _ = file.unlock();
    }
}

#[cfg(test)]
mod tests;
