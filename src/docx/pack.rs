//! The zip file around the parts: always the same bytes for the same parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Error;

/// A file of the package.
pub(super) struct Part {
    /// Its name, without a slash in front.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Part {
    /// A part with this name.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Part {
        Part { name: name.into(), bytes }
    }
}

/// Packs the parts in the order given: fixed time stamp and mode, no entries for directories.
pub(super) fn pack(parts: &[Part]) -> Result<Vec<u8>, Error> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        // The earliest moment that a zip file can name: DOCX has its date in docProps/core.xml.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(part.name.as_str(), options).map_err(Error::pack)?;
        zip.write_all(&part.bytes).map_err(Error::pack)?;
    }
    Ok(zip.finish().map_err(Error::pack)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_packed_in_order_with_fixed_stamps() {
        let parts = [Part::new("z.xml", b"<z/>".to_vec()), Part::new("a/b.xml", vec![b'x'; 5000])];
        let bytes = pack(&parts).unwrap();
        assert_eq!(bytes, pack(&parts).unwrap());
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, ["z.xml", "a/b.xml"]);
        for index in 0..zip.len() {
            let file = zip.by_index(index).unwrap();
            assert_eq!(file.compression(), CompressionMethod::Deflated);
            assert_eq!(file.last_modified(), Some(DateTime::default()));
            assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(0o644));
        }
    }
}
