//! The index: what is in the bags, put so that questions are answered at once.
//!
//! A cache and never the only copy: it is made from the bags and can be thrown away. Whoever asks
//! brings it up to date first; one that is damaged, foreign or of another version is built anew and
//! this is said. A new one is written aside and renamed, additions are one transaction: a kill
//! leaves the old or the new one.

mod build;
mod lock;
mod schema;
mod terms;
mod write;

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};

use self::build::Change;
use self::lock::Lock;
use super::{Archive, Error, Holding};
use crate::diagnostic::system;
use crate::scratch::Draft;
pub(super) use schema::checked;
pub(super) use terms::phrase;
pub(super) use write::{Tag, day_of, ids_of, issue_of};

/// What the file is called in the folder of an archive.
pub const NAME: &str = "index.sqlite";

/// How often a place is tried while others change it.
const ATTEMPTS: usize = 5;

/// Where an index may lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file, kept for the next question.
    File(PathBuf),
    /// A new file in this folder, thrown away afterwards.
    Temporary(PathBuf),
}

/// An index that is up to date.
pub struct Index {
    pub(super) connection: Connection,
    // Fields are dropped in this order: the file is closed before others may replace it.
    _lock: Lock,
    _temporary: Option<Draft>,
}

/// What whoever asked should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// It was built anew for this reason.
    Rebuilt(String),
    /// It could not be kept in a place, for this reason.
    NotKept(PathBuf, String),
    /// A revision that could not be read and is not in it.
    Unread(Holding, String),
}

/// Told how many of how many issues are done.
pub type Progress<'a> = &'a dyn Fn(usize, usize);

/// Why an index does not answer.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is not what it should be: to be built anew.
    Damaged(String),
    /// It is of another version: to be built anew.
    Version(i64),
    /// The place is no good: read-only, full, in use.
    Unusable(String),
    /// The archive itself.
    Archive(Error),
}

/// Asks an index a question, in the first place that is good for one. When damage shows only while
/// it answers, it is built anew and asked again.
///
/// # Errors
/// What the archive says; [`Error::Io`] when there is no place for an index.
pub(super) fn ask<T>(
    archive: &Archive,
    places: &[Place],
    progress: Progress<'_>,
    question: impl Fn(&Index) -> Result<T, Fault>,
) -> Result<(T, Vec<Note>), Error> {
    let mut notes = Vec::new();
    let mut index = open(archive, places, progress, &mut notes, None)?;
    let answer = match question(&index) {
        Err(Fault::Damaged(why)) => {
            drop(index);
            index = open(archive, places, progress, &mut notes, Some(why))?;
            question(&index)
        }
        answer => answer,
    };
    let unread = index.unread();
    match (answer, unread) {
        (Ok(answer), Ok(unread)) => {
            notes.extend(unread.into_iter().map(|(holding, why)| Note::Unread(holding, why)));
            Ok((answer, notes))
        }
        (Err(fault), _) | (_, Err(fault)) => Err(fault.into_error(places)),
    }
}

/// What building an index anew came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// Where it lies.
    pub place: Place,
    /// Revisions in it.
    pub issues: u64,
    /// Items in it.
    pub items: u64,
    /// What whoever asked should know.
    pub notes: Vec<Note>,
}

/// Builds an index from the bags, whether or not there is one.
///
/// # Errors
/// What the archive says; [`Error::Io`] when there is no place for an index.
pub fn rebuild(
    archive: &Archive,
    places: &[Place],
    progress: Progress<'_>,
) -> Result<Built, Error> {
    let mut notes = Vec::new();
    for place in places {
        let built = match place {
            Place::File(path) => build::build(path, archive, progress)
                .and_then(|()| at(path, archive, progress, &mut notes)),
            Place::Temporary(folder) => build::temporary(folder, archive, progress),
        };
        match built {
            Ok(index) => {
                let counted = || -> Result<_, Fault> {
                    Ok((index.count("issue")?, index.count("item")?, index.unread()?))
                };
                let (issues, items, unread) = counted().map_err(|f| f.into_error(places))?;
                notes.extend(unread.into_iter().map(|(holding, why)| Note::Unread(holding, why)));
                return Ok(Built { place: place.clone(), issues, items, notes });
            }
            Err(fault) => notes.push(not_kept(place, fault)?),
        }
    }
    Err(no_place(&notes))
}

fn open(
    archive: &Archive,
    places: &[Place],
    progress: Progress<'_>,
    notes: &mut Vec<Note>,
    damage: Option<String>,
) -> Result<Index, Error> {
    let known = notes.clone();
    for place in places {
        let index = match place {
            Place::File(path) => {
                let built = match &damage {
                    Some(why) => build::build(path, archive, progress).map(|()| {
                        notes.push(Note::Rebuilt(why.clone()));
                    }),
                    None => Ok(()),
                };
                built.and_then(|()| at(path, archive, progress, notes))
            }
            Place::Temporary(folder) => build::temporary(folder, archive, progress),
        };
        match index {
            Ok(index) => return Ok(index),
            Err(fault) => {
                let note = not_kept(place, fault)?;
                if !known.contains(&note) {
                    notes.push(note);
                }
            }
        }
    }
    Err(no_place(notes))
}

/// The index of this file, up to date.
fn at(
    path: &Path,
    archive: &Archive,
    progress: Progress<'_>,
    notes: &mut Vec<Note>,
) -> Result<Index, Fault> {
    for _ in 0..ATTEMPTS {
        // The lock goes before anything is changed: whoever changes an index holds it alone.
        let lock = Lock::shared(path);
        let opened = match schema::is_there(path)? {
            false => None,
            true => Some(open_sealed(path).and_then(|connection| {
                let change = build::change(&connection, archive)?;
                Ok((connection, change))
            })),
        };
        let reason = match opened {
            Some(Ok((connection, Change::None))) => {
                return Ok(Index { connection, _lock: lock, _temporary: None });
            }
            Some(Ok((connection, change))) => {
                drop((connection, lock));
                match build::update(path, archive, &change, progress) {
                    Ok(true) => continue,
                    // Many at once, or a file that is not ours to change: all anew.
                    Ok(false) | Err(Fault::Unusable(_)) => None,
                    Err(Fault::Damaged(why)) => Some(why),
                    Err(fault) => return Err(fault),
                }
            }
            Some(Err(fault)) => {
                drop(lock);
                match fault {
                    Fault::Damaged(why) => Some(why),
                    Fault::Version(version) => Some(format!("是另一版本的（{version}）")),
                    fault => return Err(fault),
                }
            }
            None => {
                drop(lock);
                None
            }
        };
        build::build(path, archive, progress)?;
        notes.extend(reason.map(Note::Rebuilt));
    }
    Err(Fault::Unusable("别的程序一直在改动索引".to_owned()))
}

/// Opens an index that is as it was left.
fn open_sealed(path: &Path) -> Result<Connection, Fault> {
    let connection = schema::open(path)?;
    match lock::is_sealed(path) {
        true => Ok(connection),
        false => {
            Err(Fault::Damaged("不是上次留下的样子：别的程序改动或复制过，或上次被打断".to_owned()))
        }
    }
}

fn not_kept(place: &Place, fault: Fault) -> Result<Note, Error> {
    let (Place::File(path) | Place::Temporary(path)) = place;
    match fault {
        Fault::Archive(error) => Err(error),
        fault => Ok(Note::NotKept(path.clone(), fault.to_string())),
    }
}

fn no_place(notes: &[Note]) -> Error {
    let last = notes.iter().rev().find_map(|note| match note {
        Note::NotKept(path, why) => Some((path, why)),
        _ => None,
    });
    let (path, why) = match last {
        Some((path, why)) => (path.display().to_string(), why.clone()),
        None => ("索引".to_owned(), "没有可以放索引的地方".to_owned()),
    };
    Error::Io { path, why }
}

impl Index {
    fn count(&self, table: &str) -> Result<u64, Fault> {
        let count = format!("SELECT count(*) FROM {table}");
        Ok(self.connection.query_row(&count, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// The revisions that could not be read.
    fn unread(&self) -> Result<Vec<(Holding, String)>, Fault> {
        build::problems(&self.connection)
    }
}

impl Fault {
    fn into_error(self, places: &[Place]) -> Error {
        let path = match places.first() {
            Some(Place::File(path) | Place::Temporary(path)) => path.display().to_string(),
            None => "索引".to_owned(),
        };
        match self {
            Fault::Archive(error) => error,
            fault => Error::Io { path, why: fault.to_string() },
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Damaged(why) | Fault::Unusable(why) => f.write_str(why),
            Fault::Version(version) => write!(f, "是另一版本的（{version}）"),
            Fault::Archive(error) => error.fmt(f),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        use rusqlite::ffi::SQLITE_IOERR_SHORT_READ;
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            // A value of the wrong kind, a row that is not there.
            return Fault::Damaged(format!("内容不对：{error}"));
        };
        match failure.code {
            ErrorCode::DatabaseCorrupt => Fault::Damaged("已损坏".to_owned()),
            ErrorCode::NotADatabase => Fault::Damaged("不是索引文件".to_owned()),
            _ if failure.extended_code == SQLITE_IOERR_SHORT_READ => {
                Fault::Damaged("不完整".to_owned())
            }
            ErrorCode::Unknown | ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch => {
                Fault::Damaged(format!("内容不对：{error}"))
            }
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
                Fault::Unusable("没有写的权限".to_owned())
            }
            ErrorCode::CannotOpen => Fault::Unusable("打不开".to_owned()),
            ErrorCode::DiskFull => Fault::Unusable("磁盘满了".to_owned()),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                Fault::Unusable("正被别的程序使用".to_owned())
            }
            _ => Fault::Unusable(error.to_string()),
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Fault {
        Fault::Unusable(system(&error))
    }
}
