//! Fonts with the glyphs of some characters only, for documents that others write in: unlike the
//! subsets inside a PDF they keep their character map and their names, so that a word processor
//! finds them and their characters.
//!
//! Glyphs keep their numbers, so that nothing that names one has to be written anew; those that
//! are not wanted are empty. Layout tables are left out: their substitutes would be such.

use std::collections::{BTreeMap, BTreeSet};

use skrifa::MetadataProvider;
use skrifa::raw::tables::glyf::{Glyf, Glyph};
use skrifa::raw::tables::loca::Loca;
use skrifa::raw::types::{GlyphId, Tag};
use skrifa::raw::{FontRef, TableProvider, TopLevelTable};
use write_fonts::FontBuilder;
use write_fonts::tables::cmap::Cmap;

/// Tables that say nothing of single glyphs, as they are.
const KEPT: [&[u8; 4]; 8] =
    [b"OS/2", b"hhea", b"maxp", b"name", b"cvt ", b"fpgm", b"prep", b"gasp"];

/// The font with these of its characters; `None` for a font that is broken or has no TrueType
/// outlines.
pub fn subset(data: &[u8], characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::new(data).ok()?;
    let map = font.charmap();
    let mapped: BTreeMap<char, GlyphId> =
        characters.iter().filter_map(|&c| Some((c, map.map(c)?))).collect();
    let (loca, glyf) = (font.loca(None).ok()?, font.glyf().ok()?);
    let glyphs = with_components(mapped.values().copied(), &loca, &glyf);
    let (places, outlines) = outlines(&loca, &glyf, &glyphs)?;
    let cmap = Cmap::from_mappings(mapped).ok()?;

    let table = |tag: &[u8; 4]| font.data_for_tag(Tag::new(tag)).map(|data| data.as_bytes());
    let mut builder = FontBuilder::new();
    for tag in KEPT {
        if let Some(data) = table(tag) {
            builder.add_raw(Tag::new(tag), data);
        }
    }
    let long = usize::from(font.hhea().ok()?.number_of_h_metrics());
    builder.add_table(&cmap).ok()?;
    builder.add_raw(Tag::new(b"head"), with_long_places(table(b"head")?)?);
    builder.add_raw(Tag::new(b"hmtx"), metrics(table(b"hmtx")?, long, &glyphs));
    builder.add_raw(Tag::new(b"post"), nameless(table(b"post")?)?);
    builder.add_raw(Loca::TAG, places);
    builder.add_raw(Glyf::TAG, outlines);
    Some(builder.build())
}

/// The glyphs, those they are made of, and the one for what is missing.
fn with_components(
    wanted: impl Iterator<Item = GlyphId>,
    loca: &Loca<'_>,
    glyf: &Glyf<'_>,
) -> BTreeSet<GlyphId> {
    let mut glyphs = BTreeSet::new();
    let mut left: Vec<GlyphId> = wanted.chain([GlyphId::NOTDEF]).collect();
    while let Some(id) = left.pop() {
        if !glyphs.insert(id) {
            continue;
        }
        if let Ok(Some(Glyph::Composite(glyph))) = loca.get_glyf(id, glyf) {
            left.extend(glyph.component_glyphs_and_flags().map(|(part, _)| GlyphId::from(part)));
        }
    }
    glyphs
}

/// The tables `loca`, with 32 bits a place, and `glyf`.
fn outlines(
    loca: &Loca<'_>,
    glyf: &Glyf<'_>,
    glyphs: &BTreeSet<GlyphId>,
) -> Option<(Vec<u8>, Vec<u8>)> {
    let (mut places, mut outlines) = (Vec::new(), Vec::new());
    for index in 0..loca.len() {
        places.extend(u32::try_from(outlines.len()).ok()?.to_be_bytes());
        if glyphs.contains(&GlyphId::new(u32::try_from(index).ok()?)) {
            let (start, end) = (loca.get_raw(index)? as usize, loca.get_raw(index + 1)? as usize);
            outlines.extend(glyf.offset_data().as_bytes().get(start..end)?);
            outlines.resize(outlines.len().next_multiple_of(4), 0);
        }
    }
    places.extend(u32::try_from(outlines.len()).ok()?.to_be_bytes());
    Some((places, outlines))
}

/// `head`, saying that `loca` has 32 bits a place.
fn with_long_places(head: &[u8]) -> Option<Vec<u8>> {
    let mut head = head.to_vec();
    head.get_mut(50..52)?.copy_from_slice(&1_u16.to_be_bytes());
    Some(head)
}

/// `hmtx` without what nobody asks for: nothing packs well. The last advance holds for all after.
fn metrics(hmtx: &[u8], long: usize, glyphs: &BTreeSet<GlyphId>) -> Vec<u8> {
    let mut hmtx = hmtx.to_vec();
    for (index, metric) in hmtx.chunks_mut(4).enumerate().take(long.saturating_sub(1)) {
        if !glyphs.contains(&GlyphId::new(index as u32)) {
            metric.fill(0);
        }
    }
    hmtx
}

/// `post` without the names of glyphs: version 3.
fn nameless(post: &[u8]) -> Option<Vec<u8>> {
    let mut post = post.get(..32)?.to_vec();
    post[..4].copy_from_slice(&0x0003_0000_u32.to_be_bytes());
    Some(post)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::bundled;
    use crate::font::sfnt::{Sfnt, names};

    const TEXT: &str = "第155期：“创城”——á城市管理，ﬁ。";

    #[test]
    fn a_subset_draws_its_characters_as_the_font_does_and_no_other() {
        let characters: BTreeSet<char> = TEXT.chars().collect();
        for (name, data) in bundled::files() {
            let small = subset(data, &characters).expect(name);
            assert!(small.len() < data.len() / 8, "{name}: {} of {}", small.len(), data.len());
            assert_eq!(Some(&small), subset(data, &characters).as_ref(), "{name}: same bytes");
            let whole = Sfnt::new(data, 0).expect(name);
            let part = Sfnt::new(&small, 0).expect(name);
            for c in characters.iter().copied() {
                assert_eq!(part.glyph(c, None), whole.glyph(c, None), "{name}: {c}");
            }
            for c in "街道".chars() {
                assert_eq!(part.glyph(c, None), None, "{name}: {c}");
            }
            assert_eq!(part.units(), whole.units());
            let table = |data| {
                let font = FontRef::new(data).expect(name);
                let table = font.data_for_tag(Tag::new(b"name")).expect("names");
                names(table.as_bytes()).into_iter().map(|name| name.text).collect::<Vec<_>>()
            };
            assert_eq!(table(&small), table(data));
        }
    }

    /// The sum over all 32-bit words of a sound font is a constant of the format.
    #[test]
    fn checksums_are_right() {
        let (name, data) = bundled::files().next().expect("a font");
        let small = subset(data, &TEXT.chars().collect()).expect(name);
        let words = small.chunks(4).map(|word| u32::from_be_bytes(word.try_into().expect("four")));
        assert_eq!(words.fold(0, u32::wrapping_add), 0xB1B0_AFBA);
    }

    #[test]
    fn what_is_no_font_has_no_subset() {
        assert_eq!(subset(b"", &BTreeSet::new()), None);
        let (_, data) = bundled::files().next().expect("a font");
        for length in [4, 12, 200, 5000, 100_000] {
            assert_eq!(subset(&data[..length], &['城'].into()), None, "{length}");
        }
    }
}
