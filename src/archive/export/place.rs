//! The folder of an export. What lies in it is listed in a journal, so that an export touches
//! nothing but what an export wrote, and copies nothing twice. Files are written beside their place
//! and renamed.
//!
//! The journal has a line before a file is written (`+`) and one after (`=`, with fingerprint and
//! size); a run that was killed leaves it longer, never wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::ExportError;
use crate::archive::bag::sha256;
use crate::archive::{Error, Held};
use crate::scratch::Listed;

const JOURNAL: &str = "hongtou-export.txt";
const LOCK: &str = "hongtou-export.lock";
const HEADER: &str = "hongtou archive export 1";
const PART: &str = ".part";

/// What a file was when it was written.
#[derive(Clone, PartialEq, Eq)]
struct Written {
    sha256: String,
    size: u64,
}

/// The folder while an export writes to it.
pub(super) struct Place {
    root: PathBuf,
    /// Files of exports, those only begun as `None`.
    known: BTreeMap<String, Option<Written>>,
    /// Files of this export.
    wanted: BTreeSet<String>,
    /// Files that were not there before.
    new: Vec<String>,
    journal: File,
    /// Whether the folder was there.
    fresh: bool,
    /// Held until the end.
    _lock: Held,
}

impl Place {
    /// Takes the folder for this export; makes it where there is none.
    pub(super) fn open(root: &Path) -> Result<Place, ExportError> {
        let journal = root.join(JOURNAL);
        let fresh = !journal.exists();
        if fresh && occupied(root)? {
            return Err(ExportError::Foreign(root.to_owned()));
        }
        fs::create_dir_all(root).map_err(|error| wrong(root, &error))?;
        let lock = lock(root)?;
        let known = match fs::read_to_string(&journal) {
            Ok(text) => read(&text).ok_or_else(|| ExportError::Foreign(journal.clone()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(wrong(&journal, &error)),
        };
        if fresh {
            write(&journal, format!("{HEADER}\n").as_bytes())?;
        }
        // What a killed run left half written is given up with all that it says.
        let mut file = OpenOptions::new()
            .append(true)
            .open(&journal)
            .map_err(|error| wrong(&journal, &error))?;
        file.write_all(b"\n").map_err(|error| wrong(&journal, &error))?;
        let root = root.to_owned();
        let (wanted, new) = (BTreeSet::new(), Vec::new());
        Ok(Place { root, known, wanted, new, journal: file, fresh, _lock: lock })
    }

    /// Keeps a file if it is there with this content.
    pub(super) fn keeps(&mut self, path: &str, sha256: &str) -> bool {
        let Some(Some(written)) = self.known.get(path) else { return false };
        let there = fs::metadata(self.root.join(path));
        let same = written.sha256.eq_ignore_ascii_case(sha256)
            && there.is_ok_and(|there| there.is_file() && there.len() == written.size);
        if same {
            self.wanted.insert(path.to_owned());
        }
        same
    }

    /// Puts a file, unless it is there.
    pub(super) fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let sha256 = sha256(bytes);
        if self.keeps(path, &sha256) {
            return Ok(());
        }
        let place = self.root.join(path);
        if place.symlink_metadata().is_ok() && !self.known.contains_key(path) {
            return Err(ExportError::Foreign(place));
        }
        if !self.known.contains_key(path) {
            self.new.push(path.to_owned());
        }
        self.known.insert(path.to_owned(), None);
        self.note(&format!("+ {path}\n"))?;
        write(&place, bytes)?;
        let written = Written { sha256, size: bytes.len() as u64 };
        self.note(&line(path, &written))?;
        self.known.insert(path.to_owned(), Some(written));
        self.wanted.insert(path.to_owned());
        Ok(())
    }

    /// Takes away what earlier exports wrote and this one does not have.
    pub(super) fn finish(mut self) -> Result<(), ExportError> {
        let old: Vec<String> =
            self.known.keys().filter(|path| !self.wanted.contains(*path)).cloned().collect();
        for path in old {
            self.remove(&path)?;
            self.known.remove(&path);
        }
        drop(self.journal);
        let lines = self
            .known
            .iter()
            .filter_map(|(path, written)| written.as_ref().map(|written| line(path, written)));
        let text: String = std::iter::once(format!("{HEADER}\n")).chain(lines).collect();
        write(&self.root.join(JOURNAL), text.as_bytes())
    }

    /// Takes away what this run wrote, as far as it can: the page that was there still has its files.
    pub(super) fn abandon(mut self) {
        for path in std::mem::take(&mut self.new) {
            let _ = self.remove(&path);
        }
        if self.fresh {
            let _ = fs::remove_file(self.root.join(JOURNAL));
            let _ = fs::remove_file(self.root.join(LOCK));
            let _ = fs::remove_dir(&self.root);
        }
    }

    /// Removes a file and the folders that are empty then.
    fn remove(&self, path: &str) -> Result<(), ExportError> {
        let place = self.root.join(path);
        for file in [beside(&place), place] {
            match fs::remove_file(&file) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(wrong(&file, &error));
                }
                _ => {}
            }
        }
        for folder in Path::new(path).ancestors().skip(1).filter(|p| !p.as_os_str().is_empty()) {
            if fs::remove_dir(self.root.join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn note(&mut self, line: &str) -> Result<(), ExportError> {
        let path = self.root.join(JOURNAL);
        self.journal.write_all(line.as_bytes()).map_err(|error| wrong(&path, &error))
    }
}

/// Whether there is anything in a folder that is not from here.
fn occupied(root: &Path) -> Result<bool, ExportError> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(wrong(root, &error)),
    };
    for entry in entries {
        let name = entry.map_err(|error| wrong(root, &error))?.file_name();
        if name != LOCK && name != beside(Path::new(JOURNAL)).as_os_str() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Two exports at once would take each other's files away. Shares that know no locks are used
/// without.
fn lock(root: &Path) -> Result<Held, ExportError> {
    let path = root.join(LOCK);
    let open = OpenOptions::new().create(true).append(true).open(&path);
    let file = open.map_err(|error| wrong(&path, &error))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(ExportError::Busy(root.to_owned())),
        _ => Ok(Held::new(file)),
    }
}

/// The files that a journal lists; `None` when it is none.
fn read(text: &str) -> Option<BTreeMap<String, Option<Written>>> {
    let mut lines = text.split_inclusive('\n');
    if lines.next()?.trim_end() != HEADER {
        return None;
    }
    let mut known = BTreeMap::new();
    for line in lines {
        // A line without its end was cut off: what it announces was not done.
        let Some(line) = line.strip_suffix('\n') else { break };
        let parts: Vec<&str> = line.splitn(4, ' ').collect();
        match parts.as_slice() {
            ["+", path] if ours(path) => {
                known.insert((*path).to_owned(), None);
            }
            ["=", sha256, size, path] if ours(path) => {
                let Ok(size) = size.parse() else { continue };
                let written = Written { sha256: (*sha256).to_owned(), size };
                known.insert((*path).to_owned(), Some(written));
            }
            _ => {}
        }
    }
    Some(known)
}

fn line(path: &str, written: &Written) -> String {
    format!("= {} {} {path}\n", written.sha256, written.size)
}

/// Whether an export writes such a path: a journal that was meddled with removes nothing else.
fn ours(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-./".contains(c);
    let inside = path == super::page::NAME || path.starts_with("data/") || path.starts_with("pdf/");
    let upward = |part: &str| part.is_empty() || part.starts_with('.');
    inside && path.chars().all(plain) && !path.split('/').any(upward)
}

/// Writes a file that appears whole or not at all: beside its place, to the disk, then renamed. What
/// a killed run leaves beside is overwritten by the next.
fn write(place: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let folder = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| wrong(folder, &error))?;
    let beside = beside(place);
    let made = Listed::make(|| File::create(&beside).map(|file| (beside.clone(), file)));
    let written = made.and_then(|(listed, mut file)| {
        file.write_all(bytes)?;
        file.sync_all()?;
        listed.settle(|| fs::rename(&beside, place))
    });
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        wrong(place, &error)
    })
}

/// Where a file is while it is written.
fn beside(place: &Path) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(PART);
    PathBuf::from(name)
}

fn wrong(path: &Path, error: &io::Error) -> ExportError {
    ExportError::Io(Error::io(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_that_was_cut_off_says_no_more_than_was_done() {
        let text = format!("{HEADER}\n= ab 3 pdf/a/2019/1-r1.pdf\n+ data/2019-0.js\n= cd 12");
        let known = read(&text).expect("a journal");
        assert!(known["pdf/a/2019/1-r1.pdf"].is_some());
        assert!(known["data/2019-0.js"].is_none());
        assert!(read("something else\n").is_none());
    }

    #[test]
    fn a_journal_names_no_file_of_others() {
        for path in ["../a", "pdf/../../a", "/etc/passwd", "a.txt", "pdf//a", "data/a b", "pdf/./a"]
        {
            assert!(!ours(path), "{path}");
        }
        assert!(ours("index.html") && ours("data/2019-0a.js") && ours("pdf/a/2019/s1-r1.pdf"));
    }
}
