//! The tables of a font file. The one place that knows skrifa.

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::raw::tables::cmap::MapVariant;
use skrifa::raw::tables::name::Name;
use skrifa::raw::tables::os2::{Os2, SelectionFlags};
use skrifa::raw::{FontData, FontRead};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// A font that is being looked at.
pub(super) struct Sfnt<'a> {
    font: FontRef<'a>,
}

/// A glyph of a font, in its own units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Index.
    pub id: u16,
    /// How far it moves on.
    pub advance: i64,
    /// What it draws; `None` when it draws nothing.
    pub ink: Option<Ink>,
}

/// The box around what a glyph draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink {
    /// Left edge, from the origin.
    pub left: i64,
    /// Right edge.
    pub right: i64,
    /// Lower edge, from the baseline upward.
    pub bottom: i64,
    /// Upper edge.
    pub top: i64,
}

impl<'a> Sfnt<'a> {
    /// Looks at a font of a file.
    pub fn new(data: &'a [u8], index: u32) -> Option<Sfnt<'a>> {
        FontRef::from_index(data, index).ok().map(|font| Sfnt { font })
    }

    /// Units of its em.
    pub fn units(&self) -> i64 {
        let metrics = self.font.metrics(Size::unscaled(), LocationRef::default());
        i64::from(metrics.units_per_em)
    }

    /// The glyph of a character, in the form that a variation selector asks for. `None` when the
    /// font does not have it; a glyph without ink may be no real coverage, see the caller.
    pub fn glyph(&self, character: char, selector: Option<char>) -> Option<Glyph> {
        let map = self.font.charmap();
        let id = match selector {
            None => map.map(character)?,
            Some(selector) => match map.map_variant(character, selector)? {
                MapVariant::UseDefault => map.map(character)?,
                MapVariant::Variant(id) => id,
            },
        };
        if id == GlyphId::NOTDEF { None } else { self.metrics(u16::try_from(id.to_u32()).ok()?) }
    }

    /// Advance and ink of a glyph.
    pub fn metrics(&self, id: u16) -> Option<Glyph> {
        let metrics = GlyphMetrics::new(&self.font, Size::unscaled(), LocationRef::default());
        let glyph = GlyphId::from(id);
        // Advances are whole units in the file; boxes are rounded outwards.
        let advance = metrics.advance_width(glyph)?.round() as i64;
        let ink = metrics.bounds(glyph).and_then(|bounds| {
            let ink = Ink {
                left: bounds.x_min.floor() as i64,
                right: bounds.x_max.ceil() as i64,
                bottom: bounds.y_min.floor() as i64,
                top: bounds.y_max.ceil() as i64,
            };
            (ink.left < ink.right && ink.bottom < ink.top).then_some(ink)
        });
        Some(Glyph { id, advance, ink })
    }
}

/// A name of a font.
pub(super) struct FontName {
    /// Which of its names: 1 family, 4 full, 6 PostScript, 16 typographic family.
    pub id: u16,
    /// Whether it is the Chinese one.
    pub chinese: bool,
    /// The name.
    pub text: String,
}

/// The names in a `name` table that say what font it is.
pub(super) fn names(table: &[u8]) -> Vec<FontName> {
    const CHINESE: [u16; 3] = [2052, 4100, 3076];
    let Ok(name) = Name::read(FontData::new(table)) else { return Vec::new() };
    let records = name.name_record().iter();
    let wanted = records.filter(|record| matches!(record.name_id().to_u16(), 1 | 4 | 6 | 16));
    wanted
        .filter_map(|record| {
            let text = record.string(name.string_data()).ok()?.to_string();
            let chinese = record.platform_id() == 3 && CHINESE.contains(&record.language_id());
            (!text.is_empty()).then_some(FontName { id: record.name_id().to_u16(), chinese, text })
        })
        .collect()
}

/// What an `OS/2` table says of licence and style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Traits {
    /// Embedding permissions.
    pub fs_type: u16,
    /// Bold style of its family.
    pub bold: bool,
    /// Italic style of its family.
    pub italic: bool,
}

/// Reads an `OS/2` table.
pub(super) fn traits(table: &[u8]) -> Option<Traits> {
    let os2 = Os2::read(FontData::new(table)).ok()?;
    let selection = os2.fs_selection();
    Some(Traits {
        fs_type: os2.fs_type(),
        bold: selection.contains(SelectionFlags::BOLD) || os2.us_weight_class() >= 600,
        italic: selection.intersects(SelectionFlags::ITALIC | SelectionFlags::OBLIQUE),
    })
}
