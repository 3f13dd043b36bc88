//! The dash —— (破折号): one line, two ems long, unbroken (GB/T 15834 §5.1.4); — is one em (§5.1.6).

use super::Shaped;
use super::cell::{Place, Put};
use super::sfnt::Glyph;
use super::shaper::Writing;
use crate::unit::Length;

/// White that a face may leave at each end of the dash, thousandths of an em.
const MARGIN: i64 = 80;

/// Sets a cluster of so many ems.
pub(super) fn dash(place: &Place<'_>, single: Glyph, ems: usize, index: usize) -> Shaped {
    let ems = i64::try_from(ems).unwrap_or(1);
    shaped(place, ems, index).unwrap_or_else(|| drawn(place, single, ems, index))
}

/// As the font's designer made it, if that is right: so many ems wide, without a hole, within its
/// cell.
fn shaped(place: &Place<'_>, ems: i64, index: usize) -> Option<Shaped> {
    let text = place.text(index);
    let outputs = place.face.shape(text.char_indices().map(|(at, c)| (c, at)), Writing::Chinese);
    let units = place.face.units();
    let total: i64 = outputs.iter().map(|output| output.advance).sum();
    if (total - ems * units).abs() * 50 > units {
        return None;
    }
    let advance = place.request.em * ems;
    let mut origin = (advance - place.length(total)) / 2;
    let mut end = Length::ZERO;
    let mut puts = Vec::with_capacity(outputs.len());
    for (number, output) in outputs.iter().enumerate() {
        let glyph = place.face.metrics(output.id).filter(|_| output.id != 0)?;
        let ink = glyph.ink?;
        let x = origin + place.length(output.x);
        let (left, right) = (x + place.length(ink.left), x + place.length(ink.right));
        let begins_well = if number == 0 {
            left >= Length::ZERO && left <= place.request.em.thousandths(MARGIN)
        } else {
            left <= end
        };
        if !begins_well {
            return None;
        }
        end = end.max(right);
        let next = outputs.get(number + 1).map_or(text.len(), |next| next.cluster);
        puts.push(Put { glyph, x, rise: place.rise('—', glyph), range: output.cluster..next });
        origin += place.length(output.advance);
    }
    let white = advance - end;
    let ends_well = white >= Length::ZERO && white <= place.request.em.thousandths(MARGIN);
    (ends_well && !puts.is_empty()).then(|| place.finish(puts, advance, place.size()))
}

/// Drawn with the font's single dash: the first at the left end, the last at the right, enlarged
/// if they would not meet.
fn drawn(place: &Place<'_>, single: Glyph, ems: i64, index: usize) -> Shaped {
    let text = place.text(index);
    let advance = place.request.em * ems;
    let Some(ink) = single.ink else { return place.finish(Vec::new(), advance, place.size()) };
    let units = place.face.units();
    let margin = |white: i64| place.request.em.scale(white.clamp(0, units * MARGIN / 1000), units);
    let left = margin(ink.left);
    let right = advance - margin(units.max(single.advance) - ink.right);
    let count = i64::try_from(text.chars().count()).unwrap_or(1).max(1);
    let pieces = Pieces::new(ink.right - ink.left, units, place.size(), right - left, count);
    let size = pieces.size;
    // The height of the middle stays as it was before the size changed.
    let middle = (ink.bottom + ink.top) * 500 / units;
    let grown = middle * (place.size() - size).0 / place.request.size.0.max(1);
    let rise = place.rise('—', single) + grown;
    let start = left - place.face.length(ink.left, size);
    let puts = text.char_indices().zip(0..).map(|((at, character), number)| Put {
        glyph: single,
        x: start + pieces.step.scale(number, (count - 1).max(1)),
        rise,
        range: at..at + character.len_utf8(),
    });
    place.finish(puts.collect(), advance, size)
}

/// How pieces of a line are put together to a longer one.
struct Pieces {
    /// Size that makes them meet.
    size: Length,
    /// Distance from the first to the last.
    step: Length,
}

impl Pieces {
    /// `count` pieces, each `width` of `units` wide, are to fill `span`.
    fn new(width: i64, units: i64, size: Length, span: Length, count: i64) -> Pieces {
        let width_at = |size: Length| size.scale(width, units);
        // Pieces that only just touch show a seam on screens.
        let overlap = if count > 1 { size.thousandths(20) } else { Length::ZERO };
        let needed = span + overlap * (count - 1);
        let mut size = size;
        if width_at(size) * count < needed || width_at(size) > span {
            size = needed.scale(units, width.max(1) * count);
        }
        Pieces { size, step: span - width_at(size) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PT: i64 = Length::PER_PT;

    fn check(width: i64, size: i64, span: i64, count: i64) -> Pieces {
        let (size, span) = (Length(size * PT / 1000), Length(span * PT / 1000));
        let pieces = Pieces::new(width, 1000, size, span, count);
        let ink = pieces.size.scale(width, 1000);
        assert!((pieces.step + ink - span).abs().0 <= 2, "reaches the end");
        if count > 1 {
            assert!(pieces.step / (count - 1) <= ink, "no hole");
        }
        pieces
    }

    /// GB/T 15834 §5.1.4: —— is one line, two ems long.
    #[test]
    fn pieces_meet_and_reach_both_ends() {
        // Full-width dashes in the grid's cell: no change of size, a little overlap.
        assert_eq!(check(1000, 16_000, 31_586, 2).size, Length(16 * PT));
        // Noto's short dash (0.8 em) must grow.
        assert!(check(803, 16_000, 31_000, 2).size > Length(16 * PT));
        // Liberation's is longer than an em: a single one must shrink.
        assert!(check(1014, 16_000, 15_793, 1).size < Length(16 * PT));
        check(500, 16_000, 31_586, 2);
        check(976, 16_000, 47_379, 3);
    }

    /// GB/T 15834 §5.1.4: in no bundled face does —— show a hole, at any width of the cell.
    #[test]
    fn the_dash_has_no_hole() {
        use crate::font::{FontBook, Request};
        use crate::layout::Typeface;
        let book = FontBook::new(&[]).expect("sound fonts");
        for typeface in Typeface::ALL {
            for em in [14_000, 15_793, 16_000, 18_000] {
                let (size, em) = (Length(16 * PT), Length(em * PT / 1000));
                let (text, clusters) = ("——", [(0..6, false)]);
                let request =
                    Request { typeface, bold: false, size, em, text, clusters: &clusters };
                let shaped = &book.shape(&request).expect("every face has the dash")[0];
                let face = book.face(shaped.face);
                let mut end = shaped.blank_before;
                for glyph in &shaped.glyphs {
                    let ink = face.metrics(glyph.id).and_then(|glyph| glyph.ink).expect("ink");
                    assert!(glyph.x + face.length(ink.left, shaped.size) <= end, "{typeface:?}");
                    end = glyph.x + face.length(ink.right, shaped.size);
                }
                assert_eq!(end, shaped.advance - shaped.blank_after);
            }
        }
    }
}
