//! How far a journal was written, in a file beside it: a journal that lost its end, by a disk or by
//! somebody's hand, looks like that of a run that was killed, and whoever stood in the lost lines
//! would get the issue again.
//!
//! The mark is written after the line is on the disk. So a journal may have more than its mark says,
//! never less.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Error, file};
use crate::disk::{self, Make};

/// Bytes of a mark: twenty digits, a blank, a digest in hexadecimal digits, a line end. Always the
/// same, so that it is overwritten in one piece.
const LENGTH: usize = 20 + 1 + 64 + 1;

/// Where the mark of a journal is.
pub(super) fn place(journal: &Path) -> PathBuf {
    journal.with_extension("mark")
}

/// The mark of a journal that is written on.
#[derive(Debug)]
pub(super) struct Mark {
    file: File,
    /// Of all bytes of the journal so far.
    digest: Sha256,
    bytes: u64,
}

impl Mark {
    /// Opens the mark of a journal that was read, or makes it: those of earlier versions have none.
    ///
    /// # Errors
    /// What the system says; what stands in its place.
    pub(super) fn open(journal: &Path) -> Result<Mark, Error> {
        let path = place(journal);
        let at = |error| file::wrong(&path, error);
        if !file::is_there(&path)? {
            file::begin(&path, &text(0, Sha256::new())).map_err(at)?;
        }
        let file = disk::own(&path, Make::Never).map_err(at)?;
        Ok(Mark { file, digest: Sha256::new(), bytes: 0 })
    }

    /// Counts bytes that are in the journal, on the disk, behind those before.
    ///
    /// # Errors
    /// What the system says; the mark is that of before then, or spoiled.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(text(self.bytes, self.digest.clone()).as_bytes())
    }
}

fn text(bytes: u64, digest: Sha256) -> String {
    let mut text = format!("{bytes:020} ");
    for byte in digest.finalize() {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text + "\n"
}

/// What is wrong with a journal by its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// There is a mark, and no journal.
    Gone,
    /// So many bytes are missing at its end.
    Cut(usize),
    /// It is as long as it was, or longer, with other bytes.
    Changed,
    /// The mark is none.
    Mark,
    /// There is no mark, and there was one.
    NoMark,
}

/// What stands in the file of a mark: `None` when there is no such file.
///
/// # Errors
/// What stands in its place; what the system says.
pub(super) fn read(journal: &Path) -> Result<Option<Vec<u8>>, Error> {
    file::bytes(&place(journal), disk::most::OWN)
}

/// Whether a journal has all that its mark speaks of. `journal`: its bytes, if there is one.
///
/// # Errors
/// What is wrong.
pub(super) fn check(mark: &[u8], journal: Option<&[u8]>) -> Result<(), Loss> {
    let count = count(mark).ok_or(Loss::Mark)?;
    let Some(journal) = journal else {
        return if count == 0 { Ok(()) } else { Err(Loss::Gone) };
    };
    let marks =
        |bytes: &[u8]| text(bytes.len() as u64, Sha256::new_with_prefix(bytes)).as_bytes() == mark;
    match journal.get(..count) {
        Some(marked) if marks(marked) => Ok(()),
        Some(_) => Err(Loss::Changed),
        // A last line that lost its end alone is whole.
        None if count == journal.len() + 1 && marks(&[journal, b"\n"].concat()) => Ok(()),
        None => Err(Loss::Cut(count - journal.len())),
    }
}

/// How many bytes a mark speaks of; `None` for what is no mark.
fn count(mark: &[u8]) -> Option<usize> {
    let (count, rest) = mark.split_at_checked(20)?;
    let whole = mark.len() == LENGTH && rest.starts_with(b" ") && rest.ends_with(b"\n");
    let digits = count.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(count).ok().filter(|_| whole && digits)?.parse().ok()
}
