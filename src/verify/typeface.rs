//! The fonts of a page, as far as they say what its codes mean.

use super::cmap::Unicode;
use super::limits::Error;
use super::pdf::{Dict, Document, Object};

/// A font.
pub(super) struct Typeface {
    /// Its name without the tag of a subset.
    pub(super) name: String,
    pub(super) unicode: Unicode,
    /// Bytes of a code.
    pub(super) width: usize,
    /// What none of our fonts has, in the user's words.
    pub(super) foreign: Option<&'static str>,
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
            foreign: foreign(document, font)?,
        })
    }
}

/// Glyphs that are contents of their own, and may draw anything; codes that stand for other glyphs
/// than their numbers.
fn foreign(document: &mut Document<'_>, font: &Dict) -> Result<Option<&'static str>, Error> {
    if document.get(font, "Subtype")?.is_name("Type3") {
        return Ok(Some("字形另画的字体（Type3）"));
    }
    for below in document.get(font, "DescendantFonts")?.array().unwrap_or_default() {
        let below = document.value(below)?.dict().unwrap_or_default();
        let map = document.get(&below, "CIDToGIDMap")?;
        if map != Object::Null && !map.is_name("Identity") {
            return Ok(Some("换过字形的字体（CIDToGIDMap）"));
        }
    }
    Ok(None)
}
