//! The faces that are used, as krilla wants them, and which text each of their glyphs stands for.

use std::collections::BTreeMap;

use krilla::text::Font;

use super::Error;
use crate::font::{FaceId, FontBook};

/// The faces met so far.
pub(super) struct Faces<'a> {
    book: &'a FontBook,
    fonts: Vec<Font>,
    index: BTreeMap<FaceId, usize>,
    /// What each glyph says when it is copied. A font's ToUnicode map has one text for a glyph:
    /// the first one that it is used for.
    texts: BTreeMap<(usize, u16), String>,
}

impl<'a> Faces<'a> {
    pub(super) fn new(book: &'a FontBook) -> Faces<'a> {
        Faces { book, fonts: Vec::new(), index: BTreeMap::new(), texts: BTreeMap::new() }
    }

    /// The number of a face. One file that is two faces of the book is one font of the PDF, and
    /// has one map of texts.
    pub(super) fn number(&mut self, face: FaceId) -> Result<usize, Error> {
        if let Some(&number) = self.index.get(&face) {
            return Ok(number);
        }
        let (data, index) = self.book.data(face);
        let font = Font::new(data.into(), index).ok_or_else(|| {
            Error::new(format!("字体“{}”读不出来，请换一个字体文件", self.book.name(face)))
        })?;
        let number = self.fonts.iter().position(|known| *known == font).unwrap_or_else(|| {
            self.fonts.push(font);
            self.fonts.len() - 1
        });
        self.index.insert(face, number);
        Ok(number)
    }

    pub(super) fn font(&self, number: usize) -> &Font {
        &self.fonts[number]
    }

    /// The text that a glyph stands for in its font's map; `wanted` becomes it if it has none yet.
    pub(super) fn text(&mut self, number: usize, glyph: u16, wanted: &str) -> &str {
        self.texts.entry((number, glyph)).or_insert_with(|| wanted.to_owned())
    }

    /// The name of a font, for messages.
    pub(super) fn name(&self, font: &Font) -> &str {
        let number = self.fonts.iter().position(|known| known == font);
        let face = self.index.iter().find(|(_, at)| Some(**at) == number);
        face.map_or("未知字体", |(face, _)| self.book.name(*face))
    }
}
