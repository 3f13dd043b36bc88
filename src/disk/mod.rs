//! Files on the disk: the one way to open them.
//!
//! What is named as a file must be one. A pipe that nobody writes to would be waited for, a device
//! read without end, a folder fail later and in other words: they are refused by name, before they
//! are opened, since opening alone can set a device to work. No file is read beyond its limit,
//! whatever its size is said to be: files of `/proc` have none.

pub mod most;
pub mod nofollow;
mod refusal;

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::thread;
use std::time::Duration;

use refusal::fits;
pub use refusal::{Refusal, refusal, size};

/// Opens a file to read it, links followed. `most`: see [`most`]; whoever reads what is opened need
/// not fear more, unless it grows meanwhile or tells no size.
///
/// # Errors
/// A [`Refusal`]; what the system says.
pub fn open(path: &Path, most: u64) -> io::Result<File> {
    match fs::metadata(path) {
        Ok(there) => fits(there.file_type())?,
        Err(error) => return Err(missing(path, error)),
    }
    let mut options = OpenOptions::new();
    options.read(true);
    flags(&mut options, Links::Followed);
    let file = at_once(|| options.open(path))?;
    // What lies there may be another thing by now.
    let opened = file.metadata()?;
    fits(opened.file_type())?;
    if opened.len() > most { Err(Refusal::TooLarge(most).error()) } else { Ok(file) }
}

/// Reads a file, links followed.
///
/// # Errors
/// Those of [`open`].
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    bounded(open(path, most)?, most)
}

/// Reads what is open already, and says so when it has more than `most` bytes.
///
/// # Errors
/// [`Refusal::TooLarge`]; what the system says.
pub fn bounded(source: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(Refusal::TooLarge(most).error()) } else { Ok(bytes) }
}

/// Whether a file of the program's own is made where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    /// It must be there.
    Never,
    /// With the permissions that files usually have.
    Shared,
    /// For its owner alone.
    Private,
}

/// Opens a file that the program keeps and changes in place (a ledger, a journal, a lock), to read
/// and to write. It must lie there itself: who may put a link into a shared folder would choose by
/// it what is written to.
///
/// # Errors
/// A [`Refusal`]; what the system says.
pub fn own(path: &Path, make: Make) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(make != Make::Never).truncate(false);
    #[cfg(unix)]
    if make == Make::Private {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    itself(path, options)
}

/// Reads a file of the program's own, which must lie there itself too: nobody writes it through a
/// link, so one that is there was put there.
///
/// # Errors
/// A [`Refusal`]; what the system says.
pub fn read_own(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut options = OpenOptions::new();
    options.read(true);
    bounded(itself(path, options)?, most)
}

/// Opens what lies there itself, if that is a file.
fn itself(path: &Path, mut options: OpenOptions) -> io::Result<File> {
    match fs::symlink_metadata(path) {
        Ok(there) => fits(there.file_type())?,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    flags(&mut options, Links::Refused);
    let file = at_once(|| options.open(path)).map_err(nofollow::through_link)?;
    fits(file.metadata()?.file_type())?;
    Ok(file)
}

/// That something is a file itself: no folder, no link, no pipe.
///
/// # Errors
/// A [`Refusal`].
pub fn is_one(found: &fs::Metadata) -> io::Result<()> {
    fits(found.file_type())
}

/// Whether a file is there that another program may open (a database): `false` when nothing is.
///
/// # Errors
/// A [`Refusal`]; what the system says.
pub fn is_file(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(there) => fits(there.file_type()).map(|()| true),
        Err(error) => match missing(path, error) {
            error if error.kind() == ErrorKind::NotFound => Ok(false),
            error => Err(error),
        },
    }
}

/// Whether anything has this name, be it a link to nothing or what may not be looked at. Only where
/// nothing has it may a file be said to be missing.
pub fn is_there(path: &Path) -> bool {
    use ErrorKind::{NotADirectory, NotFound};
    !fs::symlink_metadata(path).is_err_and(|error| matches!(error.kind(), NotFound | NotADirectory))
}

/// That a file may be put in this place by renaming: there is nothing, or a file, or a link, which
/// is replaced itself.
///
/// # Errors
/// A [`Refusal`].
pub fn may_replace(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(there) if !there.is_symlink() => fits(there.file_type()),
        _ => Ok(()),
    }
}

/// What is in a folder is on the disk after this. Windows cannot sync a folder, nor needs to.
///
/// # Errors
/// What the system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::DIRECTORY | OFlags::NONBLOCK;
        let folder =
            OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(folder)?;
        folder.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// What cannot be looked at: a link that leads nowhere is there, and is said to be.
fn missing(path: &Path, error: io::Error) -> io::Error {
    let link = fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink());
    match error.kind() {
        ErrorKind::PermissionDenied => error,
        _ if link => Refusal::DeadLink.error(),
        _ => error,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Links {
    Followed,
    Refused,
}

/// What was a file a moment ago may be a pipe when it is opened.
#[cfg(unix)]
fn flags(options: &mut OpenOptions, links: Links) {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    flags.set(OFlags::NOFOLLOW, links == Links::Refused);
    options.custom_flags(flags.bits().cast_signed());
}

/// On Windows the link itself is opened then, which is no file.
#[cfg(windows)]
fn flags(options: &mut OpenOptions, links: Links) {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    if links == Links::Refused {
        options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    }
}

#[cfg(not(any(unix, windows)))]
fn flags(_: &mut OpenOptions, _: Links) {}

/// Opens without waiting, but for a moment where a file server (Samba, NFS) must first call back
/// what it has promised to somebody: to whoever does not wait, the system says so at once.
fn at_once(open: impl Fn() -> io::Result<File>) -> io::Result<File> {
    const TRIES: u32 = 20;
    for _ in 0..TRIES {
        match open() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                thread::sleep(Duration::from_millis(100));
            }
            opened => return opened,
        }
    }
    open()
}

#[cfg(test)]
mod tests;
