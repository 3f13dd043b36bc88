//! A ledger as one text file, to which lines are only ever added.

use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use super::{Error, Folder, LedgerId, lock, put};
use crate::disk::{self, Make, most};

/// Adds a line if it is the next one; whether it was.
pub(super) fn put(
    folder: &Folder,
    ledger: &LedgerId,
    number: usize,
    line: &str,
) -> Result<bool, Error> {
    let path = folder.ledger(ledger);
    let year = path.parent().unwrap_or(Path::new(""));
    put::create_folders(folder, year)?;
    let _held = lock::ledgers(folder)?;
    let wrong = |error: io::Error| Error::io(&path, &error);
    let mut file = disk::own(&path, Make::Shared).map_err(wrong)?;
    let bytes = disk::bounded(&mut file, most::LEDGER).map_err(wrong)?;
    let whole = whole(&bytes);
    if bytes[..whole].iter().filter(|byte| **byte == b'\n').count() + 1 != number {
        return Ok(false);
    }
    let written = file
        .set_len(whole as u64)
        .and_then(|()| file.seek(SeekFrom::Start(whole as u64)))
        .and_then(|_| file.write_all(line.as_bytes()))
        .and_then(|()| file.sync_all());
    if let Err(error) = written {
        // As it was: a full disk must not leave half a line.
        let _ = file.set_len(whole as u64);
        return Err(wrong(error));
    }
    put::sync(year).map_err(|(path, error)| Error::io(&path, &error))?;
    Ok(true)
}

/// How many bytes are whole lines. What follows was cut off while it was written.
pub(super) fn whole(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
}
