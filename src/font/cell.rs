//! Puts the glyphs of a cluster into its cell and measures the white around them.

use super::cluster::{self, Form};
use super::face::Face;
use super::sfnt::{Glyph, Ink};
use super::{Correction, FaceId, FontBook, Request, Shaped, ShapedGlyph};
use crate::unit::Length;

/// How far, in thousandths of an em, a connector may stand from the middle of the Han before it
/// is moved there: a – at the height of small letters, a ～ at the top.
const TOLERANCE: i64 = 60;

/// The text of a cluster, and how it is set.
pub(super) fn form<'a>(request: &Request<'a>, index: usize) -> (&'a str, Form) {
    let (range, western) = &request.clusters[index];
    let part = |range| request.text.get(range).unwrap_or_default();
    let text = part(range.clone());
    let before = request.text.get(..range.start).unwrap_or_default();
    let after = request.text.get(range.end..).unwrap_or_default();
    (text, cluster::form(text, before, after, *western))
}

/// A place for a cluster: the face, how it is corrected, the request.
pub(super) struct Place<'a> {
    pub book: &'a FontBook,
    pub request: &'a Request<'a>,
    pub id: FaceId,
    pub face: &'a Face,
    pub correction: Correction,
}

/// A glyph and where its cell begins and ends, for [`Place::finish`].
pub(super) struct Put {
    pub glyph: Glyph,
    /// Origin within the advance.
    pub x: Length,
    /// Raised, thousandths of the em of the style.
    pub rise: i64,
    /// Bytes of the cluster that it shows.
    pub range: std::ops::Range<usize>,
}

impl<'a> Place<'a> {
    pub fn new(book: &'a FontBook, request: &'a Request<'a>, id: FaceId) -> Place<'a> {
        let correction = book.correction(request.typeface, id);
        Place { book, request, id, face: book.face(id), correction }
    }

    /// Text of a cluster.
    pub fn text(&self, index: usize) -> &'a str {
        self.request.text.get(self.request.clusters[index].0.clone()).unwrap_or_default()
    }

    /// Size of the type in this face.
    pub fn size(&self) -> Length {
        self.request.size.thousandths(self.correction.scale)
    }

    /// Units of the face on the page.
    pub fn length(&self, units: i64) -> Length {
        self.face.length(units, self.size())
    }

    /// How much to raise a glyph, thousandths of the style's em: the correction of the face, and
    /// for connectors what brings them to the middle of the Han.
    pub fn rise(&self, character: char, glyph: Glyph) -> i64 {
        if cluster::stands_on_baseline(character) {
            return 0;
        }
        let mut rise = 0;
        if let Some(ink) = glyph.ink.filter(|_| cluster::is_centred(character)) {
            let middle = (ink.bottom + ink.top) * 500 / self.face.units();
            let off = self.face.middle() - middle;
            if off.abs() > TOLERANCE {
                rise = off * self.correction.scale / 1000;
            }
        }
        rise + self.correction.shift
    }

    /// Makes the cluster: glyphs, advance, and the white around the ink.
    pub fn finish(&self, puts: Vec<Put>, advance: Length, size: Length) -> Shaped {
        let mut edges: Option<(Length, Length)> = None;
        let mut glyphs = Vec::with_capacity(puts.len());
        let units = |units| self.face.length(units, size);
        for put in puts {
            if let Some(ink) = put.glyph.ink {
                let (left, right) = (put.x + units(ink.left), put.x + units(ink.right));
                edges = Some(match edges {
                    None => (left, right),
                    Some((l, r)) => (l.min(left), r.max(right)),
                });
            }
            glyphs.push(ShapedGlyph {
                id: put.glyph.id,
                x: put.x,
                rise: self.request.size.thousandths(put.rise),
                advance: units(put.glyph.advance),
                start: put.range.start,
                end: put.range.end,
            });
        }
        let (left, right) = edges.unwrap_or((Length::ZERO, Length::ZERO));
        let own = self.book.is_own(self.request.typeface, self.id);
        Shaped {
            face: self.id,
            size,
            glyphs,
            advance,
            blank_before: left.max(Length::ZERO),
            blank_after: (advance - right).max(Length::ZERO),
            fallback: !own,
        }
    }

    /// One glyph in a cell. Its ink stays within the cell: moved if there is room, else smaller.
    pub fn cell(&self, glyph: Glyph, cell: Length, at: At, index: usize) -> Shaped {
        let text = self.text(index);
        let rise = text.chars().next().map_or(0, |character| self.rise(character, glyph));
        let ink = glyph.ink.unwrap_or(Ink { left: 0, right: 0, bottom: 0, top: 0 });
        let mut size = self.size();
        if self.face.length(ink.right - ink.left, size) > cell {
            size = cell.scale(self.face.units(), ink.right - ink.left);
        }
        let units = |units| self.face.length(units, size);
        let room = cell - units(glyph.advance);
        let x = match at {
            At::Middle => room / 2,
            At::Left => Length::ZERO,
            At::Right => room,
            At::InkMiddle => (cell - units(ink.left + ink.right)) / 2,
        };
        let x = x.min(cell - units(ink.right)).max(-units(ink.left));
        self.finish(vec![Put { glyph, x, rise, range: 0..text.len() }], cell, size)
    }
}

/// Where a glyph stands in its cell.
#[derive(Clone, Copy)]
pub(super) enum At {
    /// Its advance in the middle.
    Middle,
    /// Its ink in the middle.
    InkMiddle,
    /// Its origin at the left edge.
    Left,
    /// Its advance ends at the right edge.
    Right,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Typeface;

    /// GB/T 15834 §5.1.10: what the engine squeezes is blank, and no ink crosses into the next
    /// cell, also where the cell is smaller than the type (156 mm ÷ 28, 16 pt) or a symbol of
    /// another face is enlarged.
    #[test]
    fn no_ink_leaves_its_cell() {
        let marks = "、，；：。．！？‘’“”（）《》〈〉【】〔〕〖〗「」『』［］｛｝〝〞〟～—…·⸺–％￥々\
            Ⅰ Ⅻ ① ⑳ ⑴ ㈠ ℃ ㎡ ㎜ ★ ☑ ○ ■ △ ※ → 〇 × 国 囊 鑫 一";
        let book = FontBook::new(&[]).expect("sound fonts");
        for typeface in Typeface::ALL {
            for em in [Length::from_mm(156.0) / 28, Length::from_pt(16.0)] {
                let size = Length::from_pt(16.0);
                for text in marks.chars().filter(|c| !c.is_whitespace()).map(String::from) {
                    let clusters = [(0..text.len(), false)];
                    let request = Request {
                        typeface,
                        bold: false,
                        size,
                        em,
                        text: &text,
                        clusters: &clusters,
                    };
                    let shaped = &book.shape(&request).expect("covered")[0];
                    let face = book.face(shaped.face);
                    for glyph in &shaped.glyphs {
                        let ink = face.metrics(glyph.id).and_then(|g| g.ink).expect("ink");
                        let left = glyph.x + face.length(ink.left, shaped.size);
                        let right = glyph.x + face.length(ink.right, shaped.size);
                        assert!(left.0 >= shaped.blank_before.0 - 2, "{text} {typeface:?}");
                        assert!(right.0 <= (shaped.advance - shaped.blank_after).0 + 2, "{text}");
                    }
                }
            }
        }
    }
}
