//! What a file was made with, beside its texts: version, options, fonts. Kept inside a PDF together
//! with the texts, for whoever makes it again.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::source::RECORD;
use crate::font::{FaceId, FontBook};
use crate::page::{Element, Pages};
use crate::pdf::{Attachment, Relationship};

/// Name and version of this program, as its files name their producer.
pub const PROGRAM: &str = concat!("hongtou ", env!("CARGO_PKG_VERSION"));

/// What a file was made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The program and its version.
    pub program: String,
    /// How: the words of a [`super::Recipe`].
    pub options: String,
    /// The layout's name.
    pub layout: String,
    /// The fonts on the pages.
    pub fonts: BTreeSet<UsedFont>,
}

/// A font that was used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UsedFont {
    /// Its name, for reports.
    pub name: String,
    /// Its index in its file.
    pub index: u32,
    /// SHA-256 of its file, hexadecimal.
    pub sha256: String,
}

impl Record {
    /// As a file.
    pub fn to_json(&self) -> Vec<u8> {
        let fonts = self.fonts.iter();
        let fonts = fonts.map(|f| json!({"name": f.name, "index": f.index, "sha256": f.sha256}));
        let record = json!({
            "program": self.program,
            "options": self.options,
            "layout": self.layout,
            "fonts": fonts.collect::<Vec<_>>(),
        });
        format!("{record:#}\n").into_bytes()
    }

    /// As a file to be put into a PDF.
    pub(super) fn attachment(&self) -> Attachment {
        Attachment {
            name: RECORD.to_owned(),
            mime: "application/json".to_owned(),
            description: "程序版本、选项和字体指纹，供核对".to_owned(),
            bytes: self.to_json(),
            relationship: Relationship::Data,
        }
    }

    /// Reads the file of that name inside a PDF; `None` for anything else.
    pub fn read(bytes: &[u8]) -> Option<Record> {
        let record: Value = serde_json::from_slice(bytes).ok()?;
        let text = |value: &Value, key: &str| Some(value.get(key)?.as_str()?.to_owned());
        let font = |value: &Value| {
            Some(UsedFont {
                name: text(value, "name")?,
                index: u32::try_from(value.get("index")?.as_u64()?).ok()?,
                sha256: text(value, "sha256")?,
            })
        };
        Some(Record {
            program: text(&record, "program")?,
            options: text(&record, "options")?,
            layout: text(&record, "layout")?,
            fonts: record.get("fonts")?.as_array()?.iter().map(font).collect::<Option<_>>()?,
        })
    }
}

/// The fonts on the pages, with their fingerprints. The first use of a font reads its whole file, so
/// this is done only where it is asked for.
pub fn used_fonts(pages: &Pages, fonts: &FontBook) -> BTreeSet<UsedFont> {
    let elements = pages.pages.iter().flat_map(|page| &page.elements);
    let faces: BTreeSet<FaceId> = elements
        .filter_map(|element| match element {
            Element::Glyphs(run) => Some(run.face),
            Element::Rule(_) | Element::Link(_) => None,
        })
        .collect();
    let used = faces.into_iter().map(|face| {
        let (name, sha256) = (fonts.name(face).to_owned(), fonts.fingerprint(face).to_owned());
        UsedFont { name, index: fonts.data(face).1, sha256 }
    });
    used.collect()
}
