//! Who got what: a file of lines, one for each step of each delivery, on the disk before the next
//! step is taken. Whatever stops the program, the lines that are there tell who has the issue, who
//! has not, and about whom nobody can know.

mod entry;
mod history;

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub use entry::{Event, Line};
pub use history::{Damage, History, Moment, State};

use crate::archive::{Held, IssueId};
use crate::diagnostic::system;
use crate::disk::{self, Make, most};

/// The folder in the archive. No bulletin can be called so: its short name has no `_`.
const FOLDER: &str = "mail_journal";

/// The journal of one issue, open for writing: only one program can have it open so.
#[derive(Debug)]
pub struct Journal {
    file: File,
    // The system lets go of it when the program is killed.
    _lock: Held,
    path: PathBuf,
    history: History,
}

/// Why a journal cannot be used.
#[derive(Debug)]
pub enum Error {
    /// Another program sends this issue now.
    Busy(PathBuf),
    /// A line cannot be read.
    Damaged(PathBuf, Damage),
    /// It is another issue's.
    Other(PathBuf, String),
    /// What the system says.
    Io(PathBuf, io::Error),
}

impl Journal {
    /// Where the journal of an issue is, in the archive: `mail_journal/mtg-kuaibao/2019/155.jsonl`.
    pub fn place(archive: &Path, issue: &IssueId) -> PathBuf {
        archive.join(FOLDER).join(format!("{issue}.jsonl"))
    }

    /// Opens the journal of an issue, which need not be there yet.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn open(archive: &Path, issue: &IssueId, now: Moment) -> Result<Journal, Error> {
        let path = Journal::place(archive, issue);
        let folder = &path.parent().map(Path::to_owned).unwrap_or_default();
        let at = |path: &Path| {
            let path = path.to_owned();
            move |error| Error::Io(path, error)
        };
        fs::create_dir_all(folder).map_err(at(folder))?;
        let lock = lock(&path.with_extension("lock"))?;
        let mut file = disk::own(&path, Make::Private).map_err(at(&path))?;
        let bytes = disk::bounded(&mut file, most::JOURNAL).map_err(at(&path))?;
        let (history, good) =
            History::read(&bytes).map_err(|damage| Error::Damaged(path.clone(), damage))?;
        if let Some(other) = history.issue().filter(|other| *other != issue.to_string()) {
            return Err(Error::Other(path, other.to_owned()));
        }
        if good < bytes.len() {
            file.set_len(good as u64).map_err(at(&path))?;
        }
        file.seek(SeekFrom::End(0)).map_err(at(&path))?;
        let mut journal = Journal { file, _lock: lock, path, history };
        if journal.history.issue().is_none() {
            let event = Event::Journal { version: entry::VERSION, issue: issue.to_string() };
            let line = Line { at: now, revision: 0, event };
            journal.write(line).map_err(at(&journal.path))?;
            // The new name is on the disk when its folder is.
            disk::sync_folder(folder).map_err(at(folder))?;
        }
        Ok(journal)
    }

    /// What it says.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a line. It is on the disk when this returns.
    ///
    /// # Errors
    /// What the system says; the line is not there then, or torn.
    pub fn write(&mut self, line: Line) -> io::Result<()> {
        let mut text = serde_json::to_string(&line)?;
        text.push('\n');
        let before = self.file.stream_position()?;
        let written = self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // A torn line would spoil the next one.
            self.file.set_len(before)?;
            self.file.seek(SeekFrom::Start(before))?;
            return Err(error);
        }
        self.history.add(line).map_err(io::Error::other)
    }
}

#[cfg(test)]
impl Journal {
    /// Goes on in another file.
    pub(in crate::mail) fn write_to(&mut self, file: File) {
        self.file = file;
    }
}

/// Reads the journal of an issue without taking it: `None` when nothing was ever sent.
///
/// # Errors
/// See [`Error`].
pub fn read(archive: &Path, issue: &IssueId) -> Result<Option<History>, Error> {
    let path = Journal::place(archive, issue);
    match disk::read(&path, most::JOURNAL) {
        Ok(bytes) => match History::read(&bytes) {
            Ok((history, _)) => Ok(Some(history)),
            Err(damage) => Err(Error::Damaged(path, damage)),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::Io(path, error)),
    }
}

/// A file of its own: on Windows a locked journal could not be read by `status`.
fn lock(path: &Path) -> Result<Held, Error> {
    let file = disk::own(path, Make::Shared).map_err(|error| Error::Io(path.to_owned(), error))?;
    match file.try_lock() {
        Ok(()) => Ok(Held::new(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Busy(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(Error::Io(path.to_owned(), error)),
    }
}

impl Error {
    /// What to do.
    pub fn help(&self) -> String {
        match self {
            Error::Busy(_) => "等那边发完；它若已不在运行，再试一次就行".to_owned(),
            Error::Damaged(path, _) | Error::Other(path, _) => format!(
                "发送记录不对时不发送，以免有人收到两次：请从备份恢复“{}”，不要手工改",
                path.display()
            ),
            Error::Io(path, error) if disk::refusal(error).is_some() => {
                format!("移走“{}”，或从备份放回原来的文件；什么也没有发", path.display())
            }
            Error::Io(..) => "检查存档所在的磁盘满没满、能不能写；网络盘要支持文件锁".to_owned(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Busy(path) => {
                write!(f, "另一个程序正在发送这一期（它锁住了“{}”）", path.display())
            }
            Error::Damaged(path, damage) => {
                write!(f, "发送记录“{}”第{}行读不懂：{}", path.display(), damage.line, damage.why)
            }
            Error::Other(path, issue) => {
                write!(f, "发送记录“{}”是另一期（{issue}）的", path.display())
            }
            Error::Io(path, error) => {
                write!(f, "“{}”不能读写：{}", path.display(), system(error))
            }
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests;
