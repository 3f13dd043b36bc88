//! OpenType shaping. The one place that knows harfrust.

use std::sync::OnceLock;

use harfrust::{
    Direction, Feature, FontRef, Language, Script, ShapeOptions, ShapePlan, ShaperData, Tag,
    UnicodeBuffer, script,
};

/// How a text is read by the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// Script Hani with language zh: Noto makes —— two ems wide only when it is told both.
    Chinese,
    /// Script Latn with language en, without ligatures.
    Western,
}

/// What shaping made of a character, in units of the font.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    /// The glyph.
    pub id: u16,
    /// The number given to its character.
    pub cluster: usize,
    /// How far it moves on, kerning included.
    pub advance: i64,
    /// Moved to the right.
    pub x: i64,
    /// Moved up.
    pub y: i64,
}

/// What is kept of a font between texts.
pub(super) struct Shaper {
    data: ShaperData,
    chinese: OnceLock<ShapePlan>,
    western: OnceLock<ShapePlan>,
}

impl Shaper {
    /// Prepares a font of a file.
    pub fn new(data: &[u8], index: u32) -> Option<Shaper> {
        let font = FontRef::from_index(data, index).ok()?;
        Some(Shaper {
            data: ShaperData::new(&font),
            chinese: OnceLock::new(),
            western: OnceLock::new(),
        })
    }

    /// Shapes characters, each with a number that its glyphs keep (rising along the text).
    pub fn shape(
        &self,
        data: &[u8],
        index: u32,
        characters: impl Iterator<Item = (char, usize)>,
        writing: Writing,
    ) -> Vec<Output> {
        let Ok(font) = FontRef::from_index(data, index) else { return Vec::new() };
        let shaper = self.data.shaper(&font).build();
        let (script, language, plan) = match writing {
            Writing::Chinese => (script::HAN, "zh", &self.chinese),
            Writing::Western => (script::LATIN, "en", &self.western),
        };
        let language: Option<Language> = language.parse().ok();
        let features = features(writing);
        let plan = plan.get_or_init(|| new_plan(&shaper, script, language.as_ref(), &features));
        let mut buffer = UnicodeBuffer::new();
        for (character, number) in characters {
            buffer.add(character, u32::try_from(number).unwrap_or(u32::MAX));
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script);
        if let Some(language) = language {
            buffer.set_language(language);
        }
        let options = ShapeOptions::new().plan(Some(plan)).features(&features);
        let shaped = shaper.shape(buffer, options);
        let pairs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
        pairs
            .map(|(info, position)| Output {
                id: u16::try_from(info.glyph_id).unwrap_or(0),
                cluster: info.cluster as usize,
                advance: i64::from(position.x_advance),
                x: i64::from(position.x_offset),
                y: i64::from(position.y_offset),
            })
            .collect()
    }
}

fn new_plan(
    shaper: &harfrust::Shaper<'_>,
    script: Script,
    language: Option<&Language>,
    features: &[Feature],
) -> ShapePlan {
    ShapePlan::new(shaper, Direction::LeftToRight, Some(script), language, features)
}

/// Ligatures would take a cluster's glyphs away from it: no line could break there and the text
/// would not copy out letter by letter. Chinese needs them, for ——.
fn features(writing: Writing) -> Vec<Feature> {
    match writing {
        Writing::Chinese => Vec::new(),
        Writing::Western => [b"liga", b"clig", b"calt"]
            .into_iter()
            .map(|tag| Feature::new(Tag::new(tag), 0, ..))
            .collect(),
    }
}
