//! Puts a bag: written aside, everything synced, renamed, the folder above synced. Whenever the
//! power goes, the bag is there as a whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Error, Files, Folder, Holding};
use crate::scratch::Listed;

/// Where bags are written before they have their place.
pub(super) const ASIDE: &str = ".unfinished";

/// Parts of a name in [`ASIDE`]: no series has this character.
const JOINT: char = '_';

pub(super) fn bag(folder: &Folder, holding: &Holding, files: &Files) -> Result<(), Error> {
    let place = folder.place(holding);
    if place.exists() {
        return Err(Error::Exists(holding.clone()));
    }
    let (listed, aside) = create_aside(folder, holding)?;
    let put = write(&aside, files).and_then(|()| settle(&listed, &aside, &place));
    put.map_err(|(path, error)| {
        // Nothing is lost when this fails: the next run finds it.
        let _ = fs::remove_dir_all(&aside);
        let _ = place.parent().map(fs::remove_dir);
        // Windows says that access is denied.
        match error.kind() {
            _ if place.exists() && path == place => Error::Exists(holding.clone()),
            _ => Error::io(&path, &error),
        }
    })
}

/// A folder for a bag that nobody else writes to, named after it.
fn create_aside(folder: &Folder, holding: &Holding) -> Result<(Listed, PathBuf), Error> {
    let parent = folder.root.join(ASIDE);
    create_folders(&parent)?;
    let name = holding.to_string().replace('/', &JOINT.to_string());
    let mut attempt = 0;
    loop {
        let path = parent.join(format!("{name}{JOINT}{attempt}"));
        match Listed::make(|| fs::create_dir(&path).map(|()| (path.clone(), ()))) {
            Ok((listed, ())) => return Ok((listed, path)),
            // Another run is at the same issue, or was killed there.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => attempt += 1,
            Err(error) => return Err(Error::io(&path, &error)),
        }
    }
}

/// The bag that a folder of [`ASIDE`] was to become.
pub(super) fn meant(name: &str) -> Option<Holding> {
    let (name, _) = name.rsplit_once(JOINT)?;
    Holding::parse(&name.replace(JOINT, "/"))
}

type Failed = (PathBuf, io::Error);

fn write(aside: &Path, files: &Files) -> Result<(), Failed> {
    let mut folders = vec![aside.to_owned()];
    let mut known = BTreeSet::from([aside.to_owned()]);
    for (path, bytes) in files {
        let file = aside.join(path);
        let parent = file.parent().unwrap_or(aside).to_owned();
        if known.insert(parent.clone()) {
            fs::create_dir_all(&parent).map_err(|error| (parent.clone(), error))?;
            folders.push(parent);
        }
        write_file(&file, bytes).map_err(|error| (file, error))?;
    }
    folders.iter().rev().try_for_each(|folder| sync(folder))
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Gives what was written aside its place.
fn settle(listed: &Listed, aside: &Path, place: &Path) -> Result<(), Failed> {
    let parent = place.parent().unwrap_or(place);
    loop {
        created(parent)?;
        // A folder with something in it is never replaced: whoever is second fails here.
        match listed.settle(|| fs::rename(aside, place)) {
            // Whoever failed at the same issue has taken away its empty folder.
            Err(error) if error.kind() == ErrorKind::NotFound && aside.is_dir() => {}
            renamed => break renamed.map_err(|error| (place.to_owned(), error))?,
        }
    }
    sync(parent)
}

/// Makes a folder and those above it that are not there, each synced into the one above it.
pub(super) fn create_folders(path: &Path) -> Result<(), Error> {
    created(path).map_err(|(path, error)| Error::io(&path, &error))
}

fn created(path: &Path) -> Result<(), Failed> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(Path::new(""));
    created(parent)?;
    match fs::create_dir(path) {
        // Someone else was faster.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
        made => made.map_err(|error| (path.to_owned(), error))?,
    }
    sync(parent)
}

/// What is in a folder is on the disk after this. Windows cannot sync a folder, nor needs to.
pub(super) fn sync(folder: &Path) -> Result<(), Failed> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    #[cfg(unix)]
    File::open(folder)
        .and_then(|file| file.sync_all())
        .map_err(|error| (folder.to_owned(), error))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
