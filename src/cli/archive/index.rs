//! `hongtou archive index`, and what all who ask the index share.

use std::env;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::progress::Progress;
use super::root;
use crate::archive::index::{self, Note, Place};
use crate::archive::{self, Error};
use crate::cli::Exit;
use crate::cli::args::Archive;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Sources, render};

/// An archive with the places for its index.
pub(super) struct Asked {
    pub(super) archive: archive::Archive,
    pub(super) places: Vec<Place>,
}

pub(super) fn run(arguments: &Archive, terminal: &Terminal) -> Exit {
    let asked = match open(arguments, terminal) {
        Ok(asked) => asked,
        Err(exit) => return exit,
    };
    let progress = Progress::new("建索引");
    let built =
        index::rebuild(&asked.archive, &asked.places, &|done, total| progress.report(done, total));
    drop(progress);
    match built {
        Ok(built) => {
            let place = match &built.place {
                Place::File(path) => path.display().to_string(),
                Place::Temporary(_) => "没有地方保存，下次要再建".to_owned(),
            };
            terminal.say(&format!("索引已建好：{}期，{}条（{place}）", built.issues, built.items));
            say(&built.notes, terminal)
        }
        Err(error) => fail(&error, terminal),
    }
}

/// Opens the archive that is meant.
///
/// # Errors
/// How the run ends; why has been said.
pub(super) fn open(arguments: &Archive, terminal: &Terminal) -> Result<Asked, Exit> {
    let mut sources = Sources::default();
    let named = arguments.archive.as_deref();
    let opened = root::folder(named, &mut sources)
        .and_then(|folder| Ok((root::open(named, &mut sources)?, folder)));
    let (archive, folder) = opened.map_err(|failure| {
        terminal.warn(&render(&sources, &failure.findings, terminal.color()));
        failure.exit
    })?;
    if !folder.is_dir() {
        terminal.warn(&format!(
            "错误：没有存档文件夹“{}”\n  怎么改：用 --archive 写出存档所在的文件夹\n",
            folder.display()
        ));
        return Err(Exit::Environment);
    }
    Ok(Asked { archive, places: places(&folder) })
}

/// Where the index of an archive may lie: with it; where that cannot be written, in the user's
/// cache; else for once only.
fn places(archive: &Path) -> Vec<Place> {
    let mut places = vec![Place::File(archive.join(index::NAME))];
    places.extend(cache().and_then(|cache| in_cache(&cache, archive)).map(Place::File));
    places.push(Place::Temporary(env::temp_dir()));
    places
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

/// A folder of its own for each archive.
fn in_cache(cache: &Path, archive: &Path) -> Option<PathBuf> {
    let real = archive.canonicalize().ok()?;
    let hash = Sha256::digest(real.as_os_str().as_encoded_bytes());
    let name: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    Some(cache.join("hongtou").join(format!("archive-{name}")).join(index::NAME))
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

/// Says what the archive says.
pub(super) fn fail(error: &Error, terminal: &Terminal) -> Exit {
    terminal.warn(&format!("错误：{error}\n"));
    Exit::Environment
}
