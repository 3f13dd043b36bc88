//! Files in a folder that others may write to: written without touching anything that is not ours,
//! and known as ours only by their content.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::journal::Written;
use crate::archive::bag::Algorithm;
use crate::disk::nofollow;
use crate::scratch::Listed;

/// What a file is called while it is written.
const PART: &str = ".part";

/// What something that stood in a file's place is called afterwards.
const KEPT: &str = ".kept";

/// How many names are tried where others have taken the first.
const NAMES: usize = 10;

/// The names that a file may have while it is written.
pub(super) fn parts(place: &Path) -> impl Iterator<Item = PathBuf> {
    names(place, PART)
}

/// `NAME.part`, `NAME.1.part` and so on.
fn names(place: &Path, ending: &'static str) -> impl Iterator<Item = PathBuf> {
    (0..NAMES).map(move |number| {
        let mut name = place.as_os_str().to_owned();
        if number > 0 {
            name.push(format!(".{number}"));
        }
        name.push(ending);
        PathBuf::from(name)
    })
}

/// Whether there is anything, a link that leads nowhere too.
pub(super) fn is_there(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == ErrorKind::NotFound)
}

/// Whether the folders from the root down to this path are folders themselves and no links: `false`
/// where one is not there.
pub(super) fn has_folders(root: &Path, path: &str) -> io::Result<bool> {
    for folder in folders(path) {
        if !nofollow::is_folder(&root.join(folder))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first of them that is a link, or else no folder.
pub(super) fn crossing(root: &Path, path: &str) -> Option<PathBuf> {
    let mut folders = folders(path).into_iter().map(|folder| root.join(folder));
    folders.find(|folder| nofollow::is_folder(folder).is_err())
}

/// Makes those that are not there.
pub(super) fn make_folders(root: &Path, path: &str) -> io::Result<()> {
    for folder in folders(path) {
        let folder = root.join(folder);
        if !nofollow::is_folder(&folder)? {
            match fs::create_dir(&folder) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                made => made?,
            }
        }
    }
    Ok(())
}

/// The folders that a path goes through, the outermost first.
pub(super) fn folders(path: &str) -> Vec<&str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).collect()
}

/// Whether a file has one of these contents.
pub(super) fn is_one_of<'a>(path: &Path, mut known: impl Iterator<Item = &'a Written>) -> bool {
    let Ok(file) = nofollow::open_to_read(path) else { return false };
    let Ok(size) = file.metadata().map(|there| there.len()) else { return false };
    let fitting: Vec<&Written> = known.by_ref().filter(|one| one.size == size).collect();
    if fitting.is_empty() {
        return false;
    }
    // No more than that is read, should somebody write to it meanwhile.
    let digests = Algorithm::of_stream(&[Algorithm::Sha256], file.take(size));
    let Some(digest) = digests.ok().and_then(|digests| digests.into_iter().next()) else {
        return false;
    };
    fitting.iter().any(|one| one.sha256.eq_ignore_ascii_case(&digest))
}

/// Whether a file is the beginning of this content, as a killed run leaves it.
pub(super) fn is_beginning(path: &Path, bytes: &[u8]) -> bool {
    let Ok(file) = nofollow::open_to_read(path) else { return false };
    let mut there = Vec::new();
    let read = file.take(bytes.len() as u64 + 1).read_to_end(&mut there);
    read.is_ok() && bytes.starts_with(&there)
}

/// Makes the file beside its place that the content is written to first; names that are taken are
/// passed over. `give_way` is asked about each and may take away what is proved to be ours.
///
/// # Errors
/// What the system says; all names are taken.
pub(super) fn create_part(
    place: &Path,
    give_way: &mut dyn FnMut(&Path) -> bool,
) -> io::Result<(Listed, PathBuf, File)> {
    for part in parts(place) {
        if is_there(&part) && !give_way(&part) {
            continue;
        }
        // A new file, never what a link leads to.
        match Listed::make(|| File::create_new(&part).map(|file| (part.clone(), file))) {
            Ok((listed, file)) => return Ok((listed, part, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(nofollow::crossed())
}

/// Writes a part to the disk and gives it its place; on failure it goes.
pub(super) fn settle(
    listed: &Listed,
    part: &Path,
    mut file: &File,
    place: &Path,
    bytes: &[u8],
) -> io::Result<()> {
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| {
        match nofollow::is_at(file, part) {
            true => listed.settle(|| fs::rename(part, place)),
            false => Err(nofollow::crossed()),
        }
    });
    if written.is_err() && nofollow::is_at(file, part) {
        let _ = fs::remove_file(part);
    }
    written
}

/// Puts something that is not ours aside, under a name that nothing has; where it is then.
pub(super) fn set_aside(place: &Path) -> io::Result<PathBuf> {
    for kept in names(place, KEPT) {
        // A second name never takes the place of anything.
        match fs::hard_link(place, &kept) {
            Ok(()) => return fs::remove_file(place).map(|()| kept),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            // Shares that know no second names.
            Err(_) if !is_there(&kept) => return fs::rename(place, &kept).map(|()| kept),
            Err(_) => {}
        }
    }
    Err(nofollow::crossed())
}
