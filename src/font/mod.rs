//! The font book: faces by kind of type, fallback by ink, metrics, shaping.

use std::ops::Range;
use std::path::PathBuf;

use crate::layout::Typeface;
use crate::unit::Length;

/// Index of a face in the [`FontBook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// The faces there are, and which steps in for which.
pub struct FontBook {}

/// Why the font book could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontError {
    /// In the user's words, Chinese.
    pub message: String,
}

/// What to shape: one run of text of one style.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Kind of type.
    pub typeface: Typeface,
    /// Whether the style is bold: Western text then takes the bold Latin face.
    pub bold: bool,
    /// Size of the type.
    pub size: Length,
    /// The em that a full-width character fills: the grid's cell, or the size.
    pub em: Length,
    /// The whole run.
    pub text: &'a str,
    /// Its clusters: bytes of `text`, and whether to set it in the Latin face.
    pub clusters: &'a [(Range<usize>, bool)],
}

/// A cluster as its face sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shaped {
    /// The face it comes from.
    pub face: FaceId,
    /// Size to set it in: the style's, or corrected for a fallback face.
    pub size: Length,
    /// Its glyphs, at x offsets within its advance.
    pub glyphs: Vec<ShapedGlyph>,
    /// Natural advance: whole ems for full-width characters, ½ em for ·.
    pub advance: Length,
    /// White before the ink within the advance.
    pub blank_before: Length,
    /// White after the ink within the advance.
    pub blank_after: Length,
    /// Whether the style's own face lacked it.
    pub fallback: bool,
}

/// A glyph of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShapedGlyph {
    /// Index in the face.
    pub id: u16,
    /// Origin within the cluster's advance.
    pub x: Length,
    /// Raised above the baseline.
    pub rise: Length,
    /// Advance of the font at this size.
    pub advance: Length,
}

/// A character that no face has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The cluster's bytes in the request's text.
    pub range: Range<usize>,
    /// Its text.
    pub cluster: String,
}

impl FontBook {
    /// The bundled faces, preceded by those found in `paths` (files or folders).
    ///
    /// # Errors
    /// A path that cannot be read, a file that is no font, a font that may not be embedded or
    /// subset (fsType).
    pub fn new(paths: &[PathBuf]) -> Result<FontBook, Vec<FontError>> {
        let _ = paths;
        todo!("FontBook::new")
    }

    /// Shapes a run.
    ///
    /// # Errors
    /// Every character that no face has ink for.
    pub fn shape(&self, request: &Request<'_>) -> Result<Vec<Shaped>, Vec<Missing>> {
        let _ = request;
        todo!("FontBook::shape")
    }

    /// The name of a face, for reports.
    pub fn name(&self, face: FaceId) -> &str {
        let _ = face;
        todo!("FontBook::name")
    }

    /// The file of a face and its index in it, for embedding.
    pub fn data(&self, face: FaceId) -> (std::sync::Arc<dyn AsRef<[u8]> + Send + Sync>, u32) {
        let _ = face;
        todo!("FontBook::data")
    }
}
