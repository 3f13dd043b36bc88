//! What is kept of an issue: its files and what it says of itself.

use super::{DATA, ENTRY, Entry, Files};
use crate::build::{self, Record, Source};

/// An issue ready to be kept.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// What it says of itself; the revision is settled when it is kept.
    pub entry: Entry,
    /// The PDF/A-3a with its source inside.
    pub pdf: Vec<u8>,
    /// The DOCX.
    pub docx: Vec<u8>,
    /// The texts it is made of.
    pub source: Source,
    /// What it was made with.
    pub record: Record,
}

/// The texts that an issue is made of, as they are called in a bag. Where these are the same the
/// content is the same.
pub(super) const TEXTS: [&str; 3] = [build::ISSUE, build::CONFIG, build::LAYOUT];

impl Parcel {
    /// The payload of its bag as this revision.
    pub(super) fn payload(&self, revision: u32) -> Files {
        let Parcel { pdf, docx, source, record, .. } = self;
        let entry = Entry { revision, ..self.entry.clone() };
        let stem = &entry.stem;
        let mut files = Files::new();
        let mut put = |name: &str, bytes: Vec<u8>| {
            files.insert(format!("{}{name}", DATA), bytes);
        };
        put(&format!("{stem}.pdf"), pdf.clone());
        put(&format!("{stem}.docx"), docx.clone());
        put(build::RECORD, record.to_json());
        files.extend(texts(source));
        files.insert(ENTRY.to_owned(), entry.to_json());
        files
    }
}

/// The texts of an issue as they lie in its bag.
pub(super) fn texts(source: &Source) -> Files {
    let Source { issue, config, layout, layout_name: _ } = source;
    let mut files = Files::new();
    files.insert(format!("{DATA}{}", build::ISSUE), issue.clone());
    if let Some(config) = config {
        files.insert(format!("{DATA}{}", build::CONFIG), config.clone().into_bytes());
    }
    files.insert(format!("{DATA}{}", build::LAYOUT), layout.clone().into_bytes());
    files
}
