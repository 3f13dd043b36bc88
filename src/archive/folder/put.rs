//! Puts a bag: written aside, everything synced, renamed, the folder above synced. Whenever the
//! power goes, the bag is there as a whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Error, Files, Folder, Holding, names};
use crate::archive::DATA;
use crate::disk::{self, nofollow};
use crate::scratch::Listed;

/// Where bags are written before they have their place.
pub(super) const ASIDE: &str = ".unfinished";

/// Parts of a name in [`ASIDE`]: no series has this character.
const JOINT: char = '_';

pub(super) fn bag(folder: &Folder, holding: &Holding, files: &Files) -> Result<(), Error> {
    let place = folder.place(holding);
    // A link or a file there is no bag: whoever were told that the bag exists would look for it
    // again and again.
    if nofollow::is_folder(&place).map_err(|error| Error::io(&place, &error))? {
        return Err(Error::Exists(holding.clone()));
    }
    let (listed, aside) = create_aside(folder, holding)?;
    let put = write(&aside, files).and_then(|()| settle(folder, &listed, &aside, &place));
    put.map_err(|(path, error)| {
        // Nothing is lost when this fails: the next run finds it.
        let _ = fs::remove_dir_all(&aside);
        let _ = place.parent().map(fs::remove_dir);
        // Windows says that access is denied.
        match error.kind() {
            _ if path == place && nofollow::is_folder(&place).unwrap_or(false) => {
                Error::Exists(holding.clone())
            }
            _ => Error::io(&path, &error),
        }
    })
}

/// A folder for a bag that nobody else writes to, named after it.
fn create_aside(folder: &Folder, holding: &Holding) -> Result<(Listed, PathBuf), Error> {
    let parent = folder.root.join(ASIDE);
    create_folders(folder, &parent)?;
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

/// Whether a folder of [`ASIDE`] has nothing that is not of a bag: tag files, and files under
/// `data/`.
pub(super) fn is_begun_bag(aside: &Path) -> Result<bool, Error> {
    let own =
        |path: &String| path.starts_with(DATA) || (!path.contains('/') && path.ends_with(".txt"));
    Ok(names::files(aside)?.iter().all(own))
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
fn settle(folder: &Folder, listed: &Listed, aside: &Path, place: &Path) -> Result<(), Failed> {
    let parent = place.parent().unwrap_or(place);
    loop {
        created(&folder.root, parent)?;
        // A folder with something in it is never replaced: whoever is second fails here.
        match listed.settle(|| fs::rename(aside, place)) {
            // Whoever failed at the same issue has taken away its empty folder.
            Err(error) if error.kind() == ErrorKind::NotFound && aside.is_dir() => {}
            renamed => break renamed.map_err(|error| (place.to_owned(), error))?,
        }
    }
    sync(parent)
}

/// Makes the folder of the archive where it is not there yet. It may be a link: whoever runs the
/// program has named it.
pub(super) fn create_root(folder: &Folder) -> Result<(), Error> {
    create_folders(folder, &folder.root)
}

/// Makes a folder of the archive and those above it that are not there, each synced into the one
/// above it. Below the archive's own folder none may be a link.
pub(super) fn create_folders(folder: &Folder, path: &Path) -> Result<(), Error> {
    created(&folder.root, path).map_err(|(path, error)| Error::io(&path, &error))
}

fn created(root: &Path, path: &Path) -> Result<(), Failed> {
    let below = path != root && path.starts_with(root);
    let there = match below {
        true => nofollow::is_folder(path).map_err(|error| (path.to_owned(), error))?,
        false => path.as_os_str().is_empty() || path.is_dir(),
    };
    let parent = path.parent().unwrap_or(Path::new(""));
    if below || !there {
        created(root, parent)?;
    }
    if there {
        return Ok(());
    }
    match fs::create_dir(path) {
        // Someone else was faster.
        Err(error)
            if error.kind() == ErrorKind::AlreadyExists
                && if below {
                    nofollow::is_folder(path).unwrap_or(false)
                } else {
                    path.is_dir()
                } => {}
        made => made.map_err(|error| (path.to_owned(), error))?,
    }
    sync(parent)
}

/// What is in a folder is on the disk after this.
pub(super) fn sync(folder: &Path) -> Result<(), Failed> {
    disk::sync_folder(folder).map_err(|error| (folder.to_owned(), error))
}
