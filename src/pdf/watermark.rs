//! A word behind the text of every page: 送审稿.

use krilla::geom::{Point, Transform};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use super::Error;
use super::faces::Faces;
use super::sheet::Sheet;
use crate::font::{FontBook, Request, Shaped};
use crate::layout::Typeface;
use crate::page::Page;
use crate::unit::Length;

/// A shaped word, ready to be drawn on any page.
pub(super) struct Watermark {
    shaped: Vec<Shaped>,
    /// The font of each cluster.
    numbers: Vec<usize>,
}

/// Size that the word is shaped in; it is scaled to each page.
const SIZE: Length = Length(100 * Length::PER_PT);

/// Share of the page's diagonal that the word takes.
const SHARE: f64 = 0.6;

impl Watermark {
    pub(super) fn new(
        text: &str,
        fonts: &FontBook,
        faces: &mut Faces<'_>,
    ) -> Result<Watermark, Error> {
        let clusters: Vec<_> = text
            .char_indices()
            .map(|(start, character)| (start..start + character.len_utf8(), character.is_ascii()))
            .collect();
        let request = Request {
            typeface: Typeface::Heiti,
            bold: false,
            size: SIZE,
            em: SIZE,
            text,
            clusters: &clusters,
        };
        let shaped = fonts.shape(&request).map_err(|missing| {
            let characters: String = missing.iter().map(|one| one.cluster.as_str()).collect();
            Error::new(format!("字体里没有水印文字“{characters}”的字形，请换水印文字"))
        })?;
        let numbers = shaped.iter().map(|shaped| faces.number(shaped.face));
        let numbers = numbers.collect::<Result<_, _>>()?;
        Ok(Watermark { shaped, numbers })
    }

    /// Draws the word from the lower left to the upper right, as outlines: it is no text of the
    /// issue, and nobody who copies a page wants it in the middle.
    pub(super) fn draw(
        &self,
        surface: &mut Surface<'_>,
        faces: &Faces<'_>,
        page: &Page,
        sheet: &Sheet,
    ) {
        let width: Length = self.shaped.iter().map(|shaped| shaped.advance).sum();
        let (across, down) = (page.width.pt(), page.height.pt());
        if width <= Length::ZERO {
            return;
        }
        let scale = across.hypot(down) * SHARE / width.pt();
        let angle = -down.atan2(across).to_degrees();
        let middle = (sheet.x(page.width / 2), sheet.y(page.height / 2));
        surface.push_transform(&Transform::from_translate(middle.0, middle.1));
        surface.push_transform(&Transform::from_rotate(angle as f32));
        surface.push_transform(&Transform::from_scale(scale as f32, scale as f32));
        let mut x = -(width / 2);
        for (shaped, &number) in self.shaped.iter().zip(&self.numbers) {
            for glyph in &shaped.glyphs {
                let at = Point::from_xy(
                    (x + glyph.x).pt() as f32,
                    // The em box stands 0.88 above the baseline and 0.12 below.
                    (SIZE.thousandths(380) - glyph.rise).pt() as f32,
                );
                let id = GlyphId::new(u32::from(glyph.id));
                let drawn = [KrillaGlyph::new(id, 0.0, 0.0, 0.0, 0.0, 0..1, None)];
                let font = faces.font(number).clone();
                surface.draw_glyphs(at, &drawn, font, " ", shaped.size.pt() as f32, true);
            }
            x += shaped.advance;
        }
        for _ in 0..3 {
            surface.pop();
        }
    }
}
