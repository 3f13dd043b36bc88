//! The files of a journal: what may stand in their place, who may read them, how one begins.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use super::Error;

/// The longest journal that is read, in bytes: that of thousands of recipients and many revisions.
pub(super) const LONGEST: u64 = 64 << 20;

/// A file of its owner's alone: it says who gets the issue.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether there is a file, and nothing but a file: whatever else stands in its place is never
/// opened, for a pipe would be waited for and a link leads to somebody else's file.
///
/// # Errors
/// What stands there instead; what the system says.
pub(super) fn is_there(path: &Path) -> Result<bool, Error> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(true),
        Ok(found) => Err(Error::NoFile(path.to_owned(), kind(found.file_type()))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::Io(path.to_owned(), error)),
    }
}

fn kind(kind: FileType) -> &'static str {
    if kind.is_symlink() {
        return "链接";
    }
    if kind.is_dir() {
        return "文件夹";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "管道";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "设备";
        }
    }
    "特殊文件"
}

/// All of a file, up to `most` bytes.
///
/// # Errors
/// One that is longer; what the system says.
pub(super) fn read(path: &Path, file: &File, most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = file.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| Error::Io(path.to_owned(), error))?;
    match bytes.len() as u64 > most {
        true => Err(Error::TooLong(path.to_owned(), most)),
        false => Ok(bytes),
    }
}

/// Puts a new journal with its first line into its place, whole: an empty one is never there, so
/// that one that is empty was spoiled by something else. The caller has the lock.
///
/// # Errors
/// What the system says; there is no journal then.
pub(super) fn begin(path: &Path, line: &str) -> io::Result<()> {
    // Always the same name: what a killed program left is gone with the next.
    let aside = path.with_extension("new");
    match fs::remove_file(&aside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = options().create_new(true).open(&aside)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    // Windows renames no open file.
    drop(file);
    fs::rename(&aside, path)?;
    // The new name is on the disk when its folder is. Windows cannot sync a folder.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Opens a journal that is there, for reading and for writing.
///
/// # Errors
/// What the system says.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let file = options().read(true).open(path)?;
    close_to_others(&file);
    Ok(file)
}

/// Opens the file that is locked while somebody sends.
///
/// # Errors
/// What stands in its place; what the system says.
pub(super) fn lock(path: &Path) -> Result<File, Error> {
    is_there(path)?;
    let file = options().create(true).truncate(false).open(path);
    let file = file.map_err(|error| Error::Io(path.to_owned(), error))?;
    close_to_others(&file);
    Ok(file)
}

/// Earlier versions let others read it. Where the file is another's, it stays as it is.
fn close_to_others(file: &File) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if file.metadata().is_ok_and(|found| found.permissions().mode() & 0o077 != 0) {
            let _ = file.set_permissions(fs::Permissions::from_mode(0o600));
        }
    }
    #[cfg(not(unix))]
    let _ = file;
}
