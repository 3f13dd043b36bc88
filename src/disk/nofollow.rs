//! Files in folders that others may write to: opened only when they are files, never through a
//! link, and without waiting for a pipe. Whoever can put a link there could otherwise have the
//! program write, cut or lock a file that lies somewhere else.
//!
//! What the standard library cannot do is to hold a folder while something is opened in it: between
//! looking at the folders above a file and opening it, one of them may be exchanged for a link.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::refusal::fits;
use super::{Links, Refusal, at_once, flags};

/// That something stands in a file's place that is none, or in a folder's.
pub fn crossed() -> io::Error {
    Refusal::Crossed.error()
}

/// Opens a file that is there.
///
/// # Errors
/// A [`Refusal`]; what the system says.
pub fn open(path: &Path, options: &OpenOptions) -> io::Result<File> {
    let there = fs::symlink_metadata(path)?;
    fits(there.file_type())?;
    let mut options = options.clone();
    flags(&mut options, Links::Refused);
    let file = at_once(|| options.open(path)).map_err(through_link)?;
    // What is open now is what was looked at, and a file.
    let opened = file.metadata()?;
    fits(opened.file_type())?;
    if is_same(&there, &opened) { Ok(file) } else { Err(crossed()) }
}

/// Opens a file that is there, to read it.
///
/// # Errors
/// Those of [`open`].
pub fn open_to_read(path: &Path) -> io::Result<File> {
    open(path, OpenOptions::new().read(true))
}

/// Opens a file, made where there is none; whether it was made.
///
/// # Errors
/// Those of [`open`].
pub fn open_or_create(path: &Path, options: &OpenOptions) -> io::Result<(File, bool)> {
    // Somebody may make or take away the file between one step and the next.
    const ATTEMPTS: usize = 8;
    for _ in 0..ATTEMPTS {
        match options.clone().create_new(true).open(path) {
            Ok(file) => return Ok((file, true)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        match open(path, options) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            opened => return opened.map(|file| (file, false)),
        }
    }
    Err(crossed())
}

/// Whether a folder is one itself, and no link to one; `false` where there is nothing.
///
/// # Errors
/// [`Refusal::Crossed`]; what the system says.
pub fn is_folder(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => Ok(true),
        Ok(_) => Err(crossed()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether the file at this path is the one that is open. Only Unix tells; elsewhere it must do
/// that a file is there.
pub fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(there)) => there.is_file() && is_same(&open, &there),
        _ => false,
    }
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// What the system says of a link that came between looking and opening.
#[cfg(unix)]
pub(super) fn through_link(error: io::Error) -> io::Error {
    let through = error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    if through { crossed() } else { error }
}

#[cfg(not(unix))]
pub(super) fn through_link(error: io::Error) -> io::Error {
    error
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::super::refusal;
    use super::*;

    fn is_refused(opened: io::Result<impl Sized>) -> bool {
        refusal(&opened.err().expect("refused")).is_some()
    }

    #[test]
    fn neither_links_nor_folders_nor_pipes_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("file"), "whole").unwrap();
        symlink(path("file"), path("link")).unwrap();
        symlink(path("nothing"), path("dangling")).unwrap();
        fs::create_dir(path("folder")).unwrap();
        let socket = std::os::unix::net::UnixListener::bind(path("socket")).unwrap();
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        for name in ["link", "dangling", "folder", "socket"] {
            assert!(is_refused(open(&path(name), &options)), "{name}");
            assert!(is_refused(open_or_create(&path(name), &options)), "{name}");
        }
        drop(socket);
        assert!(!path("nothing").exists());
        assert_eq!(open(&path("none"), &options).unwrap_err().kind(), ErrorKind::NotFound);
        assert!(!open_or_create(&path("file"), &options).unwrap().1);
        assert!(open_or_create(&path("new"), &options).unwrap().1);
        assert!(is_refused(is_folder(&path("link"))));
    }
}
