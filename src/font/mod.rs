//! The font book: faces by kind of type, fallback by ink, metrics, shaping.
//!
//! A face's file is read and parsed when the first character is looked up in it, so that a run
//! touches only the faces it uses; nothing is copied, and hashed only where it is asked for. What is learnt of a glyph is kept
//! behind a lock: a [`FontBook`] is `Send` and `Sync`.
//!
//! Vertical metrics are those of the em box: [`ASCENT`] above the baseline, [`DESCENT`] below.
//! The line metrics in the files (`hhea`) differ by font and are wrong in some; they are never
//! read.

mod bundled;
mod cell;
mod chinese;
mod cluster;
mod dash;
mod face;
mod files;
mod names;
mod set;
mod sfnt;
mod shaper;
mod subset;
mod western;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::layout::Typeface;
use crate::unit::Length;

pub use face::{Correction, FontData};
pub use subset::subset;

use face::Face;
use names::Kind;

/// Height of the em box above the baseline, thousandths of an em.
pub const ASCENT: i64 = 880;
/// Depth of the em box below the baseline, thousandths of an em.
pub const DESCENT: i64 = 120;

/// Index of a face in the [`FontBook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// The faces there are, and which steps in for which.
pub struct FontBook {
    faces: Vec<Face>,
    /// Faces for Chinese text by kind of type, in the order they are asked.
    chains: BTreeMap<Typeface, Vec<FaceId>>,
    /// The best face of each kind of type, of those that have one.
    own: BTreeMap<Typeface, FaceId>,
    /// Faces for Western text, regular and bold.
    latin: [Vec<FaceId>; 2],
    corrections: Mutex<BTreeMap<(FaceId, FaceId), Correction>>,
}

/// Why the font book could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontError {
    /// What is wrong, in the user's words, Chinese.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
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
    /// White before the ink within the advance; 0 when there is no ink.
    pub blank_before: Length,
    /// White after the ink within the advance; the whole advance when there is no ink.
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
    /// First byte of the cluster that it shows. The two glyphs of …… show a character each, so
    /// that the text copies out exactly.
    pub start: usize,
    /// One past the last byte of the cluster that it shows.
    pub end: usize,
}

/// A character that no face has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The cluster's bytes in the request's text.
    pub range: Range<usize>,
    /// Its text.
    pub cluster: String,
}

/// Who has a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// The face that the kind of type is set in.
    Own(FaceId),
    /// Another face steps in.
    Fallback(FaceId),
    /// None.
    Missing,
}

/// The file of the bundled face that Chinese text of a kind of type is set in; `None` when the
/// program was made without fonts.
pub fn bundled_chinese(typeface: Typeface) -> Option<&'static [u8]> {
    bundled::file(Kind::Chinese(typeface))
}

/// The file of the bundled face for Western text.
pub fn bundled_latin(bold: bool) -> Option<&'static [u8]> {
    bundled::file(Kind::Latin { bold })
}

impl FontBook {
    /// The bundled faces, preceded by those found in `paths` (files or folders).
    ///
    /// # Errors
    /// A path that cannot be read, a file that is no font, a font that may not be embedded or
    /// subset (fsType).
    pub fn new(paths: &[PathBuf]) -> Result<FontBook, Vec<FontError>> {
        let found = files::find(paths)?;
        let user = found.into_iter().map(|found| (found.kind, found.face));
        let mut kinds = Vec::new();
        let mut faces = Vec::new();
        for (kind, face) in user.chain(bundled::faces()) {
            kinds.push(kind);
            faces.push(face);
        }
        if faces.is_empty() {
            return Err(vec![files::none()]);
        }
        if u16::try_from(faces.len()).is_err() {
            return Err(vec![files::too_many()]);
        }
        let best = |typeface| of(&kinds, Kind::Chinese(typeface)).first().copied();
        let own = Typeface::ALL.iter().filter_map(|typeface| Some((*typeface, best(*typeface)?)));
        Ok(FontBook {
            chains: Typeface::ALL.map(|typeface| (typeface, chain(&kinds, typeface))).into(),
            own: own.collect(),
            latin: [false, true].map(|bold| latin(&kinds, bold)),
            faces,
            corrections: Mutex::default(),
        })
    }

    /// Shapes a run.
    ///
    /// # Errors
    /// Every character that no face has ink for.
    pub fn shape(&self, request: &Request<'_>) -> Result<Vec<Shaped>, Vec<Missing>> {
        set::shape(self, request)
    }

    /// The name of a face, for reports.
    pub fn name(&self, face: FaceId) -> &str {
        &self.face(face).name
    }

    /// The file of a face and its index in it, for embedding. Nothing is copied.
    pub fn data(&self, face: FaceId) -> (FontData, u32) {
        let face = self.face(face);
        (face.data().clone(), face.index)
    }

    /// SHA-256 of a face's file, hexadecimal: computed when it is first asked for, for files are
    /// large.
    pub fn fingerprint(&self, face: FaceId) -> &str {
        self.face(face).fingerprint()
    }

    /// The glyph of the space in a face and its advance at a size. A writer puts it where text
    /// has no glyph, or where the room of a character is not what the font says.
    pub fn space(&self, face: FaceId, size: Length) -> Option<(u16, Length)> {
        let face = self.face(face);
        let glyph = face.glyph(' ', None)?;
        Some((glyph.id, face.length(glyph.advance, size)))
    }

    /// Whether a face is part of the program (else it is the user's).
    pub fn is_bundled(&self, face: FaceId) -> bool {
        self.face(face).is_bundled()
    }

    /// Whether a face is one for Western text. It has a bold weight of its own, so a style's
    /// stroke is not for it.
    pub fn is_latin(&self, face: FaceId) -> bool {
        self.latin.iter().any(|chain| chain.contains(&face))
    }

    /// The faces that Chinese text of a kind of type is looked for in, in order.
    pub fn chain(&self, typeface: Typeface) -> &[FaceId] {
        &self.chains[&typeface]
    }

    /// Which face a single character is set in, as Chinese text of a kind of type.
    pub fn coverage(&self, typeface: Typeface, character: char) -> Coverage {
        let mut bytes = [0; 4];
        let text = &*character.encode_utf8(&mut bytes);
        let em = Length(1000 * Length::PER_PT);
        let clusters = [(0..text.len(), false)];
        let request = Request { typeface, bold: false, size: em, em, text, clusters: &clusters };
        match self.shape(&request).as_deref() {
            Ok([shaped]) if shaped.fallback => Coverage::Fallback(shaped.face),
            Ok([shaped]) => Coverage::Own(shaped.face),
            _ => Coverage::Missing,
        }
    }

    fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// Whether a face is the one that a kind of type is set in. An open font that stands in for
    /// the office's own counts as a fallback, since readers see the difference.
    fn is_own(&self, typeface: Typeface, face: FaceId) -> bool {
        self.own.get(&typeface) == Some(&face)
    }

    /// The Latin faces of a style. 小标宋 and 黑体 take the bold one: their digits would look
    /// grey beside the Han otherwise (ink per em² of digits: Noto Serif Bold 0.25 and Noto Sans
    /// Medium 0.28, Liberation Serif 0.19 regular and 0.28 bold).
    fn latin(&self, typeface: Typeface, bold: bool) -> &[FaceId] {
        let dark = matches!(typeface, Typeface::Xiaobiaosong | Typeface::Heiti);
        &self.latin[usize::from(bold || dark)]
    }

    /// How a face that steps in must be set in a kind of type.
    fn correction(&self, typeface: Typeface, face: FaceId) -> Correction {
        let own = self.chains[&typeface][0];
        if own == face {
            return Correction::NONE;
        }
        let mut corrections = self.corrections.lock().unwrap_or_else(PoisonError::into_inner);
        *corrections
            .entry((own, face))
            .or_insert_with(|| self.face(own).correction(self.face(face)))
    }
}

fn of(kinds: &[Kind], kind: Kind) -> Vec<FaceId> {
    let ids = (0..).map(FaceId);
    ids.zip(kinds).filter(|(_, k)| **k == kind).map(|(id, _)| id).collect()
}

/// The kind of type itself, then 宋体, 楷体 and the others; fonts of no known kind; Latin ones.
fn chain(kinds: &[Kind], typeface: Typeface) -> Vec<FaceId> {
    let order = [
        Kind::Chinese(typeface),
        Kind::Chinese(Typeface::Songti),
        Kind::Chinese(Typeface::Kaiti),
        Kind::Chinese(Typeface::Fangsong),
        Kind::Chinese(Typeface::Heiti),
        Kind::Chinese(Typeface::Xiaobiaosong),
        Kind::Other,
        Kind::Latin { bold: false },
        Kind::Latin { bold: true },
    ];
    let mut chain = Vec::new();
    for id in order.iter().flat_map(|kind| of(kinds, *kind)) {
        if !chain.contains(&id) {
            chain.push(id);
        }
    }
    chain
}

fn latin(kinds: &[Kind], bold: bool) -> Vec<FaceId> {
    let mut chain = of(kinds, Kind::Latin { bold });
    chain.extend(of(kinds, Kind::Latin { bold: !bold }));
    chain
}
