//! `hongtou archive index`, and what all who ask the index share.

use std::env;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::progress::{Progress, QUICK};
use super::{failure, object, root};
use crate::archive;
use crate::archive::index::{self, Note, Place};
use crate::cli::Exit;
use crate::cli::args::Archive;
use crate::cli::project::Failure;
use crate::cli::terminal::Terminal;
use crate::diagnostic::Sources;

/// An archive with the places for its index.
pub(super) struct Asked {
    pub(super) archive: archive::Archive,
    pub(super) places: Vec<Place>,
}

pub(super) fn run(arguments: &Archive, terminal: &Terminal) -> Result<Exit, Failure> {
    let asked = open(arguments)?;
    let progress = Progress::new("建索引", QUICK);
    let built =
        index::rebuild(&asked.archive, &asked.places, &|done, total| progress.report(done, total));
    drop(progress);
    let built = built.map_err(|error| failure(&error))?;
    let place = match &built.place {
        Place::File(path) => path.display().to_string(),
        Place::Temporary(_) => "没有地方保存，下次要再建".to_owned(),
    };
    terminal.say(&format!("索引已建好：{}期，{}条（{place}）", built.issues, built.items));
    Ok(say(&built.notes, terminal))
}

/// Opens the archive that is meant.
///
/// # Errors
/// Those of `hongtou.yaml`; that there is no archive.
pub(super) fn open(arguments: &Archive) -> Result<Asked, Failure> {
    let named = arguments.archive.as_deref();
    let archive = root::open_existing(named, &mut Sources::default())?;
    let Some(folder) = archive.store().folder().map(Path::to_owned) else {
        let place = object::named(named, &mut Sources::default())?;
        let identity = place.map(|place| place.identity()).unwrap_or_default();
        return Ok(Asked { archive, places: elsewhere(identity.as_bytes()) });
    };
    let mut places = vec![Place::File(folder.join(index::NAME))];
    let real = folder.canonicalize().unwrap_or(folder);
    places.extend(elsewhere(real.as_os_str().as_encoded_bytes()));
    Ok(Asked { archive, places })
}

/// Where the index of an archive may lie when it cannot lie with it: in the user's cache, in a
/// folder of its own; else for once only.
fn elsewhere(address: &[u8]) -> Vec<Place> {
    let hash = Sha256::digest(address);
    let name: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let place = |cache: PathBuf| cache.join("hongtou").join(format!("archive-{name}"));
    let cached = cache().map(|cache| Place::File(place(cache).join(index::NAME)));
    cached.into_iter().chain([Place::Temporary(env::temp_dir())]).collect()
}

/// The folder for what can be had again.
fn cache() -> Option<PathBuf> {
    let path = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        path("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        path("HOME").map(|home| home.join("Library/Caches"))
    } else {
        path("XDG_CACHE_HOME").or_else(|| path("HOME").map(|home| home.join(".cache")))
    }
}

/// Says what whoever asked should know, and how that leaves the run.
pub(super) fn say(notes: &[Note], terminal: &Terminal) -> Exit {
    let mut exit = Exit::Done;
    for note in notes {
        match note {
            Note::Rebuilt(why) => {
                terminal.warn(&format!("注意：索引不能用（{why}），已按存档重建\n"));
            }
            // The next place does as well, only slower: nothing to do about it.
            Note::NotKept(..) => {}
            Note::Unread(holding, why) => {
                terminal.warn(&format!("注意：{holding} 读不出，没有算在内：{why}\n"));
                exit = Exit::Partly;
            }
        }
    }
    exit
}
