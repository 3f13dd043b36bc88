//! Files in folders that others may write to: opened only when they are files, never through a
//! link, and without waiting for a pipe. Whoever can put a link there could otherwise have the
//! program write, cut or lock a file that lies somewhere else.
//!
//! What the standard library cannot do is to hold a folder while something is opened in it: between
//! looking at the folders above a file and opening it, one of them may be exchanged for a link.

use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Something stands in a file's place that is none, or in a folder's.
#[derive(Debug)]
pub(super) struct Crossed;

impl fmt::Display for Crossed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("那里是链接或别的东西，不是普通的文件或文件夹；移走它再做一次")
    }
}

impl std::error::Error for Crossed {}

/// That something is no file or no folder.
pub(super) fn crossed() -> io::Error {
    io::Error::other(Crossed)
}

/// Whether that is why something failed.
pub(super) fn is_crossed(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Crossed>())
}

/// Opens a file that is there.
pub(super) fn open(path: &Path, options: &OpenOptions) -> io::Result<File> {
    let there = fs::symlink_metadata(path)?;
    if !there.is_file() {
        return Err(crossed());
    }
    let file = guarded(options).open(path).map_err(through_link)?;
    // What is open now is what was looked at, and a file.
    let opened = file.metadata()?;
    match opened.is_file() && is_same(&there, &opened) {
        true => Ok(file),
        false => Err(crossed()),
    }
}

/// Opens a file, made where there is none; whether it was made.
pub(super) fn open_or_create(path: &Path, options: &OpenOptions) -> io::Result<(File, bool)> {
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
pub(super) fn is_folder(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => Ok(true),
        Ok(_) => Err(crossed()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether the file at this path is the one that is open. Only Unix tells; elsewhere it must do
/// that a file is there.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
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

#[cfg(unix)]
fn guarded(options: &OpenOptions) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = options.clone();
    options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    options
}

/// On Windows the link itself is opened then, which is no file.
#[cfg(windows)]
fn guarded(options: &OpenOptions) -> OpenOptions {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    let mut options = options.clone();
    options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    options
}

#[cfg(not(any(unix, windows)))]
fn guarded(options: &OpenOptions) -> OpenOptions {
    options.clone()
}

#[cfg(unix)]
fn through_link(error: io::Error) -> io::Error {
    if error.raw_os_error() == Some(libc::ELOOP) { crossed() } else { error }
}

#[cfg(not(unix))]
fn through_link(error: io::Error) -> io::Error {
    error
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn is_refused(opened: io::Result<impl Sized>) -> bool {
        is_crossed(&opened.err().expect("refused"))
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
