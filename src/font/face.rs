//! One face: its file, read when it is first needed, and what is remembered of its glyphs.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use super::sfnt::{Glyph, Sfnt};
use super::shaper::{Output, Shaper, Writing};
use crate::disk::{self, most};
use crate::unit::Length;

/// The bytes of a font file, shared and never copied.
pub type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Common characters with full bodies, by which the sizes of two faces are compared.
const SAMPLE: &str = "国家城市文明建设工作区政府街道民委员会办公室年月题要点量精细管理环境生活";

/// Where the bytes come from.
pub(super) enum Source {
    /// Part of the program.
    Bundled(&'static [u8]),
    /// A file of the user's.
    File(PathBuf),
}

/// The body of a Han character: lower and upper edge of its ink, 1/10000 em.
type Body = Option<(i64, i64)>;

/// A character and its variation selector.
type Wanted = (char, Option<char>);

/// A face.
pub(super) struct Face {
    /// For reports.
    pub name: String,
    /// Which font of the file.
    pub index: u32,
    source: Source,
    data: OnceLock<FontData>,
    units: OnceLock<i64>,
    /// A lock, so that pages can be set in parallel.
    glyphs: Mutex<HashMap<Wanted, Option<Glyph>>>,
    shaper: OnceLock<Option<Shaper>>,
    bodies: OnceLock<Vec<Body>>,
    fingerprint: OnceLock<String>,
}

impl Face {
    /// A face whose file is not looked at yet.
    pub fn new(name: impl Into<String>, source: Source, index: u32) -> Face {
        Face {
            name: name.into(),
            index,
            source,
            data: OnceLock::new(),
            units: OnceLock::new(),
            glyphs: Mutex::default(),
            shaper: OnceLock::new(),
            bodies: OnceLock::new(),
            fingerprint: OnceLock::new(),
        }
    }

    /// Whether it is part of the program.
    pub fn is_bundled(&self) -> bool {
        matches!(self.source, Source::Bundled(_))
    }

    /// Its file. A file that has gone since the book was made counts as empty: its characters
    /// are then taken from other faces, or reported.
    pub fn data(&self) -> &FontData {
        self.data.get_or_init(|| match &self.source {
            Source::Bundled(bytes) => Arc::new(*bytes),
            Source::File(path) => Arc::new(disk::read(path, most::FONT).unwrap_or_default()),
        })
    }

    /// SHA-256 of its file, hexadecimal.
    pub fn fingerprint(&self) -> &str {
        self.fingerprint.get_or_init(|| {
            let digest = Sha256::digest(self.data().as_ref().as_ref());
            digest.iter().map(|byte| format!("{byte:02x}")).collect()
        })
    }

    fn look<T>(&self, read: impl FnOnce(&Sfnt<'_>) -> Option<T>) -> Option<T> {
        let data: &[u8] = self.data().as_ref().as_ref();
        read(&Sfnt::new(data, self.index)?)
    }

    /// Units of its em; never 0.
    pub fn units(&self) -> i64 {
        *self.units.get_or_init(|| self.look(|font| Some(font.units())).unwrap_or(0).max(1))
    }

    /// So many units of the font at a size.
    pub fn length(&self, units: i64, size: Length) -> Length {
        size.scale(units, self.units())
    }

    /// The glyph of a character.
    pub fn glyph(&self, character: char, selector: Option<char>) -> Option<Glyph> {
        let key = (character, selector);
        let mut glyphs = self.glyphs.lock().unwrap_or_else(PoisonError::into_inner);
        *glyphs.entry(key).or_insert_with(|| self.look(|font| font.glyph(character, selector)))
    }

    /// The glyph of a character if the face really draws it: some fonts map characters to empty
    /// glyphs. White space draws nothing by nature.
    pub fn covers(&self, character: char) -> Option<Glyph> {
        self.glyph(character, None).filter(|glyph| glyph.ink.is_some() || character.is_whitespace())
    }

    /// Advance and ink of a glyph that shaping chose.
    pub fn metrics(&self, id: u16) -> Option<Glyph> {
        self.look(|font| font.metrics(id))
    }

    /// Shapes characters together.
    pub fn shape(
        &self,
        characters: impl Iterator<Item = (char, usize)>,
        writing: Writing,
    ) -> Vec<Output> {
        let data: &[u8] = self.data().as_ref().as_ref();
        let shaper = self.shaper.get_or_init(|| Shaper::new(data, self.index));
        match shaper {
            Some(shaper) => shaper.shape(data, self.index, characters, writing),
            None => Vec::new(),
        }
    }

    fn bodies(&self) -> &[Body] {
        self.bodies.get_or_init(|| {
            let measure = |character| {
                let ink = self.glyph(character, None)?.ink?;
                let part = |units: i64| units * 10_000 / self.units();
                Some((part(ink.bottom), part(ink.top)))
            };
            SAMPLE.chars().map(measure).collect()
        })
    }

    /// Middle of the bodies of Han characters above the baseline, thousandths of an em. A face
    /// without Han has it where the em box has it.
    pub fn middle(&self) -> i64 {
        let (sum, count) = self
            .bodies()
            .iter()
            .flatten()
            .fold((0, 0), |(sum, count), body| (sum + body.0 + body.1, count + 1));
        if count == 0 { (super::ASCENT - super::DESCENT) / 2 } else { sum / (20 * count) }
    }

    /// How a face must be set to look as large and stand as high as this one, judged by the
    /// characters that both have.
    pub fn correction(&self, other: &Face) -> Correction {
        let (mut own, mut theirs, mut count) = ((0, 0), (0, 0), 0);
        for (a, b) in self.bodies().iter().zip(other.bodies()) {
            if let (Some(a), Some(b)) = (a, b) {
                own = (own.0 + a.0, own.1 + a.1);
                theirs = (theirs.0 + b.0, theirs.1 + b.1);
                count += 1;
            }
        }
        // Too few to judge by, or a face that must not be compared (a symbol font).
        if count < 8 || own.1 <= own.0 || theirs.1 <= theirs.0 {
            return Correction::NONE;
        }
        let scale = (own.1 - own.0) * 1000 / (theirs.1 - theirs.0);
        if !(800..=1250).contains(&scale) {
            return Correction::NONE;
        }
        let shift = (own.0 + own.1 - (theirs.0 + theirs.1) * scale / 1000) / (20 * count);
        Correction { scale, shift }
    }
}

/// What makes a face look like another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Size, thousandths of the style's.
    pub scale: i64,
    /// Raised, thousandths of the style's em.
    pub shift: i64,
}

impl Correction {
    /// As it is.
    pub const NONE: Correction = Correction { scale: 1000, shift: 0 };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontBook;
    use crate::layout::Typeface;

    /// Others than those of [`SAMPLE`].
    const OTHERS: &str = "街乡镇村居治安巡逻志愿服务垃圾分类整改督查喆堃瞭燊璟湛宬犇婳旻";

    /// Mean height of the ink and its middle, 1/10000 em of the style.
    fn bodies(face: &Face, correction: Correction) -> (i64, i64) {
        let inks = OTHERS.chars().map(|c| face.covers(c).expect("covered").ink.expect("ink"));
        let edges: Vec<(i64, i64)> = inks
            .map(|ink| {
                let part = |units: i64| units * 10 * correction.scale / face.units();
                (part(ink.bottom) + correction.shift * 10, part(ink.top) + correction.shift * 10)
            })
            .collect();
        let mean = |part: fn(&(i64, i64)) -> i64| {
            edges.iter().map(part).sum::<i64>() / i64::try_from(edges.len()).unwrap()
        };
        (mean(|(bottom, top)| top - bottom), mean(|(bottom, top)| (top + bottom) / 2))
    }

    /// A character from another face is as large as its neighbours (within 3 %) and stands as
    /// high (within 1 % of the em).
    #[test]
    fn corrected_faces_look_as_large() {
        let book = FontBook::new(&[]).expect("sound fonts");
        for typeface in Typeface::ALL {
            let chain = book.chain(typeface);
            let (height, middle) = bodies(book.face(chain[0]), Correction::NONE);
            for id in chain.iter().filter(|id| !book.is_latin(**id)) {
                let correction = book.correction(typeface, *id);
                let (other_height, other_middle) = bodies(book.face(*id), correction);
                assert!((other_height - height).abs() * 100 <= height * 3, "{typeface:?} {id:?}");
                assert!((other_middle - middle).abs() <= 100, "{typeface:?} {id:?}");
            }
        }
    }

    #[test]
    fn a_run_reads_only_the_faces_it_uses() {
        let book = FontBook::new(&[]).expect("sound fonts");
        let used = |book: &FontBook| -> Vec<String> {
            let used = book.faces.iter().filter(|face| face.data.get().is_some());
            used.map(|face| face.name.clone()).collect()
        };
        assert!(used(&book).is_empty(), "making the book reads none");
        book.coverage(crate::layout::Typeface::Fangsong, '国');
        assert_eq!(used(&book), ["朱雀仿宋"]);
    }

    #[test]
    fn the_embedded_bytes_are_not_copied() {
        let book = FontBook::new(&[]).expect("sound fonts");
        let address = || {
            let (data, _) = book.data(crate::font::FaceId(0));
            (*data).as_ref().as_ptr()
        };
        assert_eq!(address(), address());
    }
}
