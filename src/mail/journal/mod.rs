//! Who got what: a file of lines, one for each step of each delivery, on the disk before the next
//! step is taken. Whatever stops the program, the lines that are there tell who has the issue, who
//! has not, and about whom nobody can know.

mod entry;
mod file;
mod history;
mod mark;

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub use entry::{Event, Line};
pub use history::{Damage, History, Moment, State};
pub use mark::Loss;

use crate::archive::{Held, IssueId};
use crate::diagnostic::system;
use mark::Mark;

/// The folder in the archive. No bulletin can be called so: its short name has no `_`.
const FOLDER: &str = "mail_journal";

/// The journal of one issue, open for writing: only one program can have it open so.
#[derive(Debug)]
pub struct Journal {
    file: File,
    // The system lets go of it when the program is killed.
    _lock: Held,
    path: PathBuf,
    mark: Mark,
    history: History,
}

/// Why a journal cannot be used.
#[derive(Debug)]
pub enum Error {
    /// Another program sends this issue now.
    Busy(PathBuf),
    /// A line cannot be read.
    Damaged(PathBuf, Damage),
    /// It lost lines that were on the disk, or has others in their place.
    Lost(PathBuf, Loss),
    /// No file but a link, a folder, a pipe: what it is called.
    NoFile(PathBuf, &'static str),
    /// It has more bytes than this.
    TooLong(PathBuf, u64),
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
        let mut marked = mark::read(&path)?;
        if !file::is_there(&path)? {
            kept(&path, marked.as_deref(), None)?;
            // Killed between the two, there is a mark of nothing.
            drop(Mark::open(&path)?);
            let event = Event::Journal { version: entry::VERSION, issue: issue.to_string() };
            let first = text(&Line { at: now, revision: 0, event }).map_err(at(&path))?;
            file::begin(&path, &first).map_err(at(&path))?;
            marked = mark::read(&path)?;
        }
        let mut file = file::open(&path).map_err(at(&path))?;
        let bytes = file::read(&path, &file, file::LONGEST)?;
        let (history, good) = understood(&path, &bytes, issue)?;
        kept(&path, marked.as_deref(), Some((&bytes, &history)))?;
        let mut mark = Mark::open(&path)?;
        if good < bytes.len() {
            file.set_len(good as u64).map_err(at(&path))?;
        }
        file.seek(SeekFrom::End(0)).map_err(at(&path))?;
        let mut bytes = bytes;
        bytes.truncate(good);
        if !bytes.ends_with(b"\n") {
            // A whole line that lost its end.
            file.write_all(b"\n").map_err(at(&path))?;
            bytes.push(b'\n');
        }
        file.sync_data().map_err(at(&path))?;
        mark.advance(&bytes).map_err(at(&path))?;
        Ok(Journal { file, _lock: lock, path, mark, history })
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
        let text = text(&line)?;
        let before = self.file.stream_position()?;
        let written = self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // A torn line would spoil the next one.
            self.file.set_len(before)?;
            self.file.seek(SeekFrom::Start(before))?;
            return Err(error);
        }
        // One that stays behind is no harm: it speaks of fewer lines.
        let _ = self.mark.advance(text.as_bytes());
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
    // Whoever sends meanwhile moves the mark: what is wrong counts when it stood still.
    const TRIES: usize = 20;
    let mut marked = mark::read(&path)?;
    for _ in 0..TRIES {
        let found = look(&path, marked.as_deref(), issue);
        let now = if found.is_err() { mark::read(&path)? } else { return found };
        if now == marked {
            return found;
        }
        marked = now;
    }
    look(&path, marked.as_deref(), issue)
}

fn look(path: &Path, marked: Option<&[u8]>, issue: &IssueId) -> Result<Option<History>, Error> {
    let Some(bytes) = file::bytes(path, file::LONGEST)? else {
        return kept(path, marked, None).map(|()| None);
    };
    let (history, _) = understood(path, &bytes, issue)?;
    kept(path, marked, Some((&bytes, &history)))?;
    Ok(Some(history))
}

/// That a journal has all that its mark speaks of. `journal`: its bytes and what they say.
fn kept(path: &Path, mark: Option<&[u8]>, journal: Option<(&[u8], &History)>) -> Result<(), Error> {
    let checked = match (mark, journal) {
        (Some(mark), journal) => mark::check(mark, journal.map(|(bytes, _)| bytes)),
        (None, Some((_, history))) if history.is_marked() => Err(Loss::NoMark),
        (None, _) => Ok(()),
    };
    checked.map_err(|loss| Error::Lost(path.to_owned(), loss))
}

/// What the bytes of the journal of an issue say, and how many of them are good.
fn understood(path: &Path, bytes: &[u8], issue: &IssueId) -> Result<(History, usize), Error> {
    let read = History::read(bytes).map_err(|damage| Error::Damaged(path.to_owned(), damage))?;
    match read.0.issue().filter(|other| *other != issue.to_string()) {
        Some(other) => Err(Error::Other(path.to_owned(), other.to_owned())),
        None => Ok(read),
    }
}

/// A line as it is written.
fn text(line: &Line) -> io::Result<String> {
    Ok(serde_json::to_string(line)? + "\n")
}

/// A file of its own: on Windows a locked journal could not be read by `status`.
fn lock(path: &Path) -> Result<Held, Error> {
    let file = file::lock(path)?;
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
            Error::Damaged(path, _)
            | Error::Lost(path, _)
            | Error::Other(path, _)
            | Error::NoFile(path, _)
            | Error::TooLong(path, _) => {
                let (journal, mark) = (path.with_extension("jsonl"), mark::place(path));
                let mark = mark.file_name().unwrap_or_default().to_string_lossy();
                format!(
                    "发送记录不对时不发送，以免有人收到两次：请从备份恢复“{}”和它旁边的{mark}，\
                     不要手工改；没有备份，先问收件人收到没有，再把这两个文件移走重发，\
                     已收到的用 --except 排除",
                    journal.display()
                )
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
                write!(f, "发送记录“{}”第{}行不对：{}", path.display(), damage.line, damage.why)
            }
            Error::Lost(path, loss) => match loss {
                Loss::Gone => write!(f, "发送记录“{}”不见了，这一期发送过", path.display()),
                Loss::Cut(bytes) => {
                    let path = path.display();
                    write!(f, "发送记录“{path}”比上次写完时短，末尾少了{bytes}字节")
                }
                Loss::Changed => write!(f, "发送记录“{}”与上次写完时不同", path.display()),
                Loss::Mark => {
                    let mark = mark::place(path);
                    write!(f, "“{}”不对，它记着发送记录写到了哪里", mark.display())
                }
                Loss::NoMark => {
                    let mark = mark::place(path);
                    write!(f, "“{}”不见了，它记着发送记录写到了哪里", mark.display())
                }
            },
            Error::NoFile(path, kind) => {
                write!(f, "发送记录“{}”不是文件，是{kind}", path.display())
            }
            Error::TooLong(path, most) => {
                write!(f, "发送记录“{}”太大，超过{} MB", path.display(), most >> 20)
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
