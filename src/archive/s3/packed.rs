//! A bag as one object: a zip file in which nothing is compressed, so that any program can open it.
//! Small files stand at its end, beside the list of all, so that one request brings them.

use std::fmt;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::archive::Files;
use crate::disk::{self, most};

/// What cannot be read of a bag.
#[derive(Debug)]
pub(super) struct Unread(ZipError);

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "不是完整的zip文件（{}）", self.0)
    }
}

impl From<ZipError> for Unread {
    fn from(error: ZipError) -> Unread {
        Unread(error)
    }
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Unread {
        Unread(ZipError::Io(error))
    }
}

/// The files as one object: the same files, the same bytes.
pub(super) fn pack(files: &Files) -> Result<Vec<u8>, Unread> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        // The earliest moment that a zip file can name: the bag has its dates inside.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut ordered: Vec<(&String, &Vec<u8>)> = files.iter().collect();
    ordered.sort_by_key(|(path, bytes)| (std::cmp::Reverse(bytes.len()), *path));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in ordered {
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A bag, or the end of it.
pub(super) struct Packed {
    /// Where in the object it begins.
    pub(super) start: u64,
    /// What is there from then on.
    pub(super) bytes: Vec<u8>,
}

impl Packed {
    /// The paths of its files, in order.
    pub(super) fn names(&self) -> Result<Vec<String>, Unread> {
        let zip = ZipArchive::new(self.reader())?;
        let names: Result<Vec<String>, ZipError> =
            zip.file_names().map(|name| Ok(name?.into_owned())).collect();
        let mut names = names?;
        names.sort();
        Ok(names)
    }

    /// A file of it; `None` when there is none of this path.
    pub(super) fn file(&self, path: &str) -> Result<Option<Vec<u8>>, Unread> {
        let mut zip = ZipArchive::new(self.reader())?;
        match zip.by_name(path) {
            Ok(file) => Ok(Some(disk::bounded(file, most::BAG_FILE)?)),
            Err(ZipError::FileNotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn reader(&self) -> Tail<'_> {
        Tail { bag: self, at: 0 }
    }
}

/// Reads a bag as if it were whole; fails where it would need what is not here.
struct Tail<'a> {
    bag: &'a Packed,
    at: u64,
}

impl Read for Tail<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(from) = self.at.checked_sub(self.bag.start) else {
            return Err(io::Error::other("not read yet"));
        };
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let left = self.bag.bytes.get(from..).unwrap_or_default();
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Tail<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let end = self.bag.start + self.bag.bytes.len() as u64;
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => end.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Files {
        let small = ("data/issue.json".to_owned(), b"{}".to_vec());
        let large = ("data/\u{7532}.pdf".to_owned(), vec![7; 5000]);
        [large, small].into()
    }

    #[test]
    fn what_was_packed_comes_out_again() {
        let files = files();
        let bytes = pack(&files).unwrap();
        assert_eq!(bytes, pack(&files).unwrap());
        let bag = Packed { start: 0, bytes };
        assert_eq!(bag.names().unwrap(), files.keys().cloned().collect::<Vec<_>>());
        for (path, bytes) in &files {
            assert_eq!(bag.file(path).unwrap().as_ref(), Some(bytes));
        }
        assert_eq!(bag.file("none").unwrap(), None);
    }

    #[test]
    fn the_end_is_enough_for_small_files_and_says_so_for_large_ones() {
        let bytes = pack(&files()).unwrap();
        let end = Packed { start: 4000, bytes: bytes[4000..].to_vec() };
        assert_eq!(end.file("data/issue.json").unwrap().unwrap(), b"{}");
        assert_eq!(end.names().unwrap().len(), 2);
        assert!(end.file("data/\u{7532}.pdf").is_err());
    }

    #[test]
    fn half_a_bag_is_none() {
        let bytes = pack(&files()).unwrap();
        let half = Packed { start: 0, bytes: bytes[..bytes.len() / 2].to_vec() };
        assert!(half.names().is_err());
    }
}
