//! Who is at work: everyone who puts something holds the lock together with others, whoever clears
//! away leftovers holds it alone. The system lets go of it when a process ends, however it ends.

use std::fs::{File, TryLockError};

use super::{Error, Folder, Guard, put};
use crate::archive::Held;
use crate::disk::{self, Make, most};

/// The file that is locked.
const NAME: &str = ".lock";

/// The file that is locked while a line is added to a ledger. Not the ledger itself: what is locked
/// on Windows cannot be read by others.
const LEDGERS: &str = ".lock-ledger";

fn open(folder: &Folder, name: &str) -> Result<File, Error> {
    put::create_root(folder)?;
    let path = folder.root.join(name);
    disk::own(&path, Make::Shared).map_err(|error| Error::io(&path, &error))
}

/// Holds the lock together with others.
pub(super) fn shared(folder: &Folder) -> Result<Guard, Error> {
    let file = open(folder, NAME)?;
    file.lock_shared().map_err(|error| Error::io(&folder.root.join(NAME), &error))?;
    Ok(Guard::new(Held::new(file)))
}

/// Holds the lock alone; `None` when others hold it.
pub(super) fn alone(folder: &Folder) -> Result<Option<Guard>, Error> {
    let file = open(folder, NAME)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Guard::new(Held::new(file)))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(Error::io(&folder.root.join(NAME), &error)),
    }
}

/// Whether others hold the lock. Needs no right to write: a copy on a disc has nobody at work.
pub(super) fn is_held(folder: &Folder) -> Result<bool, Error> {
    let path = folder.root.join(NAME);
    let file = match disk::open(&path, most::OWN) {
        Ok(file) => file,
        Err(error) if disk::refusal(&error).is_some() => return Err(Error::io(&path, &error)),
        Err(_) => return Ok(false),
    };
    match file.try_lock() {
        Ok(()) => {
            drop(Held::new(file));
            Ok(false)
        }
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(Error::io(&path, &error)),
    }
}

/// Holds all ledgers alone, waiting for whoever has them.
pub(super) fn ledgers(folder: &Folder) -> Result<Guard, Error> {
    let file = open(folder, LEDGERS)?;
    file.lock().map_err(|error| Error::io(&folder.root.join(LEDGERS), &error))?;
    Ok(Guard::new(Held::new(file)))
}
