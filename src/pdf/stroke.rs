//! Puts glyphs on the page.

use krilla::geom::Point;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, LineJoin, Paint, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use super::faces::Faces;
use super::line::Shown;
use super::sheet::Sheet;
use super::violation::location;
use crate::page::GlyphRun;
use crate::unit::Length;

/// Overlapping contours are one shape: never even-odd.
pub(super) fn fill(paint: Paint) -> Fill {
    Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

/// Glyphs of one run that are drawn with one call.
pub(super) struct GlyphStroke {
    start: Point,
    glyphs: Vec<KrillaGlyph>,
    text: String,
    font: usize,
    size: f32,
    paint: Paint,
    stroke: f32,
}

impl GlyphStroke {
    pub(super) fn new(
        run: &GlyphRun,
        font: usize,
        glyphs: &[Shown],
        paint: Paint,
        (sheet, block): (&Sheet, Option<usize>),
    ) -> GlyphStroke {
        let first = glyphs.first().map_or(Length::ZERO, |glyph| glyph.x);
        let size = run.size.pt();
        let em = |length: Length| length.pt() / size;
        let mut text = String::new();
        let mut drawn: Vec<KrillaGlyph> = Vec::with_capacity(glyphs.len());
        // Where krilla is, in ems from the first glyph: it adds up what it is given in single
        // precision, so what rounding took from one glyph is given to the next.
        let mut reached = 0.0_f64;
        for (index, glyph) in glyphs.iter().enumerate() {
            let next = glyphs.get(index + 1).map_or(glyph.x + glyph.advance, |next| next.x);
            let advance = (em(next - first) - reached) as f32;
            reached += f64::from(advance);
            let range = match drawn.last() {
                Some(before) if glyph.joined => before.text_range.clone(),
                _ => {
                    text.push_str(&glyph.text);
                    text.len() - glyph.text.len()..text.len()
                }
            };
            drawn.push(KrillaGlyph::new(
                GlyphId::new(u32::from(glyph.id)),
                advance,
                0.0,
                em(glyph.rise) as f32,
                0.0,
                range,
                location(block),
            ));
        }
        GlyphStroke {
            start: Point::from_xy(sheet.x(first), sheet.y(run.baseline)),
            glyphs: drawn,
            text,
            font,
            size: size as f32,
            paint,
            stroke: run.stroke.pt() as f32,
        }
    }

    pub(super) fn draw(self, surface: &mut Surface<'_>, faces: &Faces<'_>) {
        // Round joins: a mitre would grow spikes on the sharp corners of strokes.
        let stroke = (self.stroke > 0.0).then(|| Stroke {
            paint: self.paint.clone(),
            width: self.stroke,
            line_join: LineJoin::Round,
            ..Stroke::default()
        });
        surface.set_fill(Some(fill(self.paint)));
        surface.set_stroke(stroke);
        let font = faces.font(self.font).clone();
        surface.draw_glyphs(self.start, &self.glyphs, font, &self.text, self.size, false);
    }
}
