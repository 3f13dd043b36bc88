//! The fonts of a page, as far as they say what its codes mean.

use super::cmap::Unicode;
use super::limits::Error;
use super::pdf::{Dict, Document};

/// A font.
pub(super) struct Typeface {
    /// Its name without the tag of a subset.
    pub(super) name: String,
    pub(super) unicode: Unicode,
    /// Bytes of a code.
    pub(super) width: usize,
    /// Whether its glyphs are contents of their own, and may draw anything.
    pub(super) drawn: bool,
}

/// Characters of a name that are kept.
const NAME: usize = 100;

impl Typeface {
    pub(super) fn load(document: &mut Document<'_>, font: &Dict) -> Result<Typeface, Error> {
        let map = match document.get(font, "ToUnicode")?.stream() {
            Some(stream) => {
                let unpacked = document.unpack(&stream);
                document.lenient(unpacked)?.unwrap_or_default()
            }
            None => Vec::new(),
        };
        let kind = document.get(font, "Subtype")?;
        let name = document.get(font, "BaseFont")?.name().unwrap_or_default();
        let subset = |tag: &str| tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase());
        let name = match name.split_once('+') {
            Some((tag, rest)) if subset(tag) => rest,
            _ => &name,
        };
        Ok(Typeface {
            name: name.chars().take(NAME).collect(),
            unicode: Unicode::new(&map, &mut document.meter)?,
            width: if kind.is_name("Type0") { 2 } else { 1 },
            drawn: kind.is_name("Type3"),
        })
    }
}
