//! The faces that are used, as krilla wants them.

use std::collections::BTreeMap;

use krilla::text::Font;

use super::Error;
use crate::font::{FaceId, FontBook};
use crate::unit::Length;

/// The faces met so far.
pub(super) struct Faces<'a> {
    book: &'a FontBook,
    fonts: Vec<Used>,
    index: BTreeMap<FaceId, usize>,
}

struct Used {
    face: FaceId,
    font: Font,
    blank: Option<Blank>,
    /// How far its blank glyph is: never used, wanted, drawn once as a space.
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unused,
    Wanted,
    Drawn,
}

/// The glyph of the space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blank {
    /// Its index in the face.
    pub(super) id: u16,
    /// Its advance at [`SIZE`].
    advance: Length,
}

const SIZE: Length = Length(1000 * Length::PER_PT);

impl Blank {
    pub(super) fn advance(&self, size: Length) -> Length {
        self.advance.scale(size.0, SIZE.0)
    }
}

impl<'a> Faces<'a> {
    pub(super) fn new(book: &'a FontBook) -> Faces<'a> {
        Faces { book, fonts: Vec::new(), index: BTreeMap::new() }
    }

    /// The number of a face. One file that is two faces of the book is one font of the PDF.
    pub(super) fn number(&mut self, face: FaceId) -> Result<usize, Error> {
        if let Some(&number) = self.index.get(&face) {
            return Ok(number);
        }
        let (data, index) = self.book.data(face);
        let font = Font::new(data.into(), index).ok_or_else(|| {
            Error::new(format!("字体“{}”读不出来，请换一个字体文件", self.book.name(face)))
        })?;
        let known = self.fonts.iter().position(|used| used.font == font);
        let number = known.unwrap_or_else(|| {
            let blank = self.book.space(face, SIZE).filter(|(id, _)| *id != 0);
            let blank = blank.map(|(id, advance)| Blank { id, advance });
            self.fonts.push(Used { face, font, blank, state: State::Unused });
            self.fonts.len() - 1
        });
        self.index.insert(face, number);
        Ok(number)
    }

    pub(super) fn font(&self, number: usize) -> &Font {
        &self.fonts[number].font
    }

    /// The glyph of the space in a font, if it has one.
    pub(super) fn blank(&self, number: usize) -> Option<Blank> {
        self.fonts[number].blank
    }

    /// Says that the blank glyph of a font will be drawn for something else than a space.
    pub(super) fn use_blank(&mut self, number: usize) {
        let state = &mut self.fonts[number].state;
        if *state == State::Unused {
            *state = State::Wanted;
        }
    }

    /// The blank glyphs that are wanted and were not drawn yet.
    pub(super) fn new_blanks(&mut self) -> Vec<(usize, Blank)> {
        let wanted = self.fonts.iter_mut().enumerate();
        wanted
            .filter(|(_, used)| used.state == State::Wanted)
            .filter_map(|(number, used)| {
                used.state = State::Drawn;
                Some((number, used.blank?))
            })
            .collect()
    }

    /// The name of a font, for messages.
    pub(super) fn name(&self, font: &Font) -> &str {
        let used = self.fonts.iter().find(|used| used.font == *font);
        used.map_or("未知字体", |used| self.book.name(used.face))
    }
}
