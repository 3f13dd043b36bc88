//! The folder of an export. What lies in it is listed in a journal, so that an export touches
//! nothing but what an export wrote, and copies nothing twice. Files are written beside their place
//! and renamed.
//!
//! The folder is shared: others may put links where files of ours go, or exchange our files for
//! theirs. Nothing is written through a link, and what goes is only what has the content that the
//! journal says we wrote. Everything else stays, and is named.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::journal::{self, Files, HEADER, Known, Written};
use super::{ExportError, Left, own};
use crate::archive::{Error, Held};
use crate::disk::{self, nofollow};

const LOCK: &str = "hongtou-export.lock";

/// The longest journal that is read, in bytes: fifty times what ten thousand issues need.
const LONGEST: u64 = 64 << 20;

/// The folder while an export writes to it.
pub(super) struct Place {
    root: PathBuf,
    /// Files of exports.
    known: Files,
    /// Files of this export.
    wanted: BTreeSet<String>,
    /// Files that were not there before.
    new: Vec<String>,
    journal: File,
    /// Whether the folder had no export.
    fresh: bool,
    /// Whether the folder itself was not there.
    made: bool,
    /// What is not ours and stands where ours would.
    left: Vec<Left>,
    /// Held until the end; whether the file was made.
    lock: (Held, bool),
}

impl Place {
    /// Takes the folder for this export; makes it where there is none.
    pub(super) fn open(root: &Path) -> Result<Place, ExportError> {
        let journal = root.join(journal::NAME);
        if !own::is_there(&journal) && occupied(root)? {
            return Err(ExportError::Foreign(root.to_owned()));
        }
        let made = !own::is_there(root);
        // The folder itself may be a link: whoever exports has named it.
        fs::create_dir_all(root).map_err(|error| wrong(root, &error))?;
        let lock = lock(root)?;
        let fresh = !own::is_there(&journal);
        let known = if fresh { Files::new() } else { read(&journal)? };
        // Written anew and not added to: whatever it was, nobody else's file is written to.
        let mut left = Vec::new();
        let file = put_journal(root, &known, &mut left)?;
        let (wanted, new, root) = (BTreeSet::new(), Vec::new(), root.to_owned());
        Ok(Place { root, known, wanted, new, journal: file, fresh, made, left, lock })
    }

    /// Keeps a file if it is there with this content.
    pub(super) fn keeps(&mut self, path: &str, sha256: &str) -> bool {
        let Some(known) = self.known.get(path) else { return false };
        let fits = |one: &&Written| one.sha256.eq_ignore_ascii_case(sha256);
        let (Some(one), place) = (known.all().find(fits), self.root.join(path)) else {
            return false;
        };
        let same = own::has_folders(&self.root, path).unwrap_or(false)
            && match known.begun.is_empty() {
                // Written, and not touched by us since: its size will do.
                true => fs::symlink_metadata(&place)
                    .is_ok_and(|there| there.is_file() && there.len() == one.size),
                false => own::is_one_of(&place, [one].into_iter()),
            };
        if same {
            // What a killed run was about to put there instead.
            for part in own::parts(&place).filter(|part| own::is_there(part)) {
                if !known.begun.is_empty() {
                    give_way(&part, own::is_one_of(&part, known.all()), &mut self.left);
                }
            }
            let done = Known { done: Some(one.clone()), begun: Vec::new() };
            self.known.insert(path.to_owned(), done);
            self.wanted.insert(path.to_owned());
        }
        same
    }

    /// Puts a file, unless it is there.
    pub(super) fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let written = Written::of(bytes);
        if self.keeps(path, &written.sha256) {
            return Ok(());
        }
        let place = self.root.join(path);
        let wrong = |error: io::Error| wrong(&place, &error);
        if let Some(link) = own::crossing(&self.root, path) {
            return Err(ExportError::Link(link));
        }
        own::make_folders(&self.root, path).map_err(wrong)?;
        let known = self.known.get(path).cloned();
        let ours = |known: &Known| own::is_one_of(&place, known.all().chain([&written]));
        match (fs::symlink_metadata(&place), &known) {
            (Err(error), _) if error.kind() == ErrorKind::NotFound => {}
            (Err(error), _) => return Err(wrong(error)),
            (Ok(there), Some(_)) if !there.is_file() => return Err(ExportError::Link(place)),
            (Ok(_), Some(known)) if ours(known) => {}
            (Ok(_), Some(_)) => {
                let kept = own::set_aside(&place).map_err(wrong)?;
                self.left.push(Left { path: place.clone(), kept: Some(kept) });
            }
            (Ok(_), None) => return Err(ExportError::Foreign(place)),
        }
        if known.is_none() {
            self.new.push(path.to_owned());
        }
        self.note(&journal::line('+', path, &written))?;
        self.known.entry(path.to_owned()).or_default().begun.push(written.clone());
        // What a killed run left half written was announced in the journal that it left.
        let announced = known.is_some_and(|known| known.done.is_none() || !known.begun.is_empty());
        let left = &mut self.left;
        let mut give_way = |part: &Path| {
            let ours = announced && own::is_beginning(part, bytes);
            give_way(part, ours, left)
        };
        let (listed, part, file) = own::create_part(&place, &mut give_way).map_err(wrong)?;
        // The folders once more: somebody may have exchanged one meanwhile.
        match own::has_folders(&self.root, path) {
            Ok(true) => own::settle(&listed, &part, &file, &place, bytes).map_err(wrong)?,
            _ => {
                let link = own::crossing(&self.root, path).unwrap_or(place);
                return Err(ExportError::Link(link));
            }
        }
        self.note(&journal::line('=', path, &written))?;
        self.known.insert(path.to_owned(), Known { done: Some(written), begun: Vec::new() });
        self.wanted.insert(path.to_owned());
        Ok(())
    }

    /// Takes away what earlier exports wrote and this one does not have. What is left since it is
    /// not ours, or is not what we wrote.
    pub(super) fn finish(mut self) -> Result<Vec<Left>, ExportError> {
        let old: Vec<String> =
            self.known.keys().filter(|path| !self.wanted.contains(*path)).cloned().collect();
        for path in old {
            if self.remove(&path)? {
                self.known.remove(&path);
            }
        }
        drop(self.journal);
        put_journal(&self.root, &self.known, &mut self.left)?;
        let mut left = self.left;
        left.sort();
        left.dedup();
        Ok(left)
    }

    /// Takes away what this run wrote, as far as it can: the page that was there still has its files.
    pub(super) fn abandon(mut self) {
        for path in std::mem::take(&mut self.new) {
            let _ = self.remove(&path);
        }
        if !self.fresh {
            return;
        }
        let journal = self.root.join(journal::NAME);
        if nofollow::is_at(&self.journal, &journal) {
            let _ = fs::remove_file(journal);
        }
        let (lock, made) = (&self.lock.0, self.lock.1);
        if made && nofollow::is_at(lock, &self.root.join(LOCK)) {
            let _ = fs::remove_file(self.root.join(LOCK));
        }
        if self.made {
            let _ = fs::remove_dir(&self.root);
        }
    }

    /// Removes a file that is ours, what was begun of it, and the folders that are empty then.
    /// Whether nothing is left of it.
    fn remove(&mut self, path: &str) -> Result<bool, ExportError> {
        let place = self.root.join(path);
        match own::has_folders(&self.root, path) {
            Ok(true) => {}
            Ok(false) => return Ok(true),
            // The file of this name is in some other folder.
            Err(_) => {
                self.left.push(Left { path: place, kept: None });
                return Ok(false);
            }
        }
        let known = self.known.get(path).cloned().unwrap_or_default();
        let mut gone = true;
        for file in own::parts(&place).chain([place.clone()]).filter(|file| own::is_there(file)) {
            if !own::is_one_of(&file, known.all()) {
                gone = false;
                self.left.push(Left { path: file, kept: None });
                continue;
            }
            match fs::remove_file(&file) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(wrong(&file, &error));
                }
                _ => {}
            }
        }
        for folder in own::folders(path).into_iter().rev() {
            if !gone || fs::remove_dir(self.root.join(folder)).is_err() {
                break;
            }
        }
        Ok(gone)
    }

    fn note(&mut self, line: &str) -> Result<(), ExportError> {
        let path = self.root.join(journal::NAME);
        self.journal.write_all(line.as_bytes()).map_err(|error| wrong(&path, &error))
    }
}

/// Takes away what a killed run left of ours; names what is not.
fn give_way(part: &Path, ours: bool, left: &mut Vec<Left>) -> bool {
    let gone = ours && fs::remove_file(part).is_ok();
    if !gone {
        left.push(Left { path: part.to_owned(), kept: None });
    }
    gone
}

/// Puts a journal of these files in the place of the one that is there; open, to be added to.
fn put_journal(root: &Path, files: &Files, left: &mut Vec<Left>) -> Result<File, ExportError> {
    let place = root.join(journal::NAME);
    let wrong = |error: io::Error| wrong(&place, &error);
    match fs::symlink_metadata(&place) {
        Ok(there) if !there.is_file() => return Err(ExportError::Link(place)),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(wrong(error)),
        _ => {}
    }
    let mut give_way = |part: &Path| {
        let ours = own::is_beginning(part, HEADER.as_bytes()) || read(part).is_ok();
        give_way(part, ours, left)
    };
    let (listed, part, file) = own::create_part(&place, &mut give_way).map_err(wrong)?;
    own::settle(&listed, &part, &file, &place, journal::write(files).as_bytes()).map_err(wrong)?;
    Ok(file)
}

/// Reads a journal.
fn read(path: &Path) -> Result<Files, ExportError> {
    let foreign = || ExportError::Foreign(path.to_owned());
    let link = || ExportError::Link(path.to_owned());
    let there = fs::symlink_metadata(path).map_err(|error| wrong(path, &error))?;
    if !there.is_file() {
        return Err(link());
    }
    let opened = nofollow::open_to_read(path);
    let file = opened.map_err(|error| wrong(path, &error))?;
    let mut text = String::new();
    let read = file.take(LONGEST + 1).read_to_string(&mut text);
    match read {
        Ok(length) if length as u64 <= LONGEST => journal::read(&text).ok_or_else(foreign),
        Err(error) if error.kind() != ErrorKind::InvalidData => Err(wrong(path, &error)),
        _ => Err(foreign()),
    }
}

/// Whether there is anything in a folder that is not from here.
fn occupied(root: &Path) -> Result<bool, ExportError> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(wrong(root, &error)),
    };
    let journal = root.join(journal::NAME);
    let parts: Vec<PathBuf> = own::parts(&journal).collect();
    for entry in entries {
        let path = entry.map_err(|error| wrong(root, &error))?.path();
        if path != root.join(LOCK) && !parts.contains(&path) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Two exports at once would take each other's files away. Shares that know no locks are used
/// without. Whether the file was made.
fn lock(root: &Path) -> Result<(Held, bool), ExportError> {
    let path = root.join(LOCK);
    let opened = nofollow::open_or_create(&path, OpenOptions::new().append(true));
    let (file, made) = opened.map_err(|error| wrong(&path, &error))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(ExportError::Busy(root.to_owned())),
        _ => Ok((Held::new(file), made)),
    }
}

fn wrong(path: &Path, error: &io::Error) -> ExportError {
    match disk::refusal(error) {
        Some(_) => ExportError::Link(path.to_owned()),
        None => ExportError::Io(Error::io(path, error)),
    }
}
