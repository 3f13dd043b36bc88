//! Cuts the glyph runs of one line into marks: what is drawn and tagged together, with the text
//! that each glyph copies out as.
//!
//! Programs that read text off a page know only where glyphs stand and how wide the font says they
//! are: a wide gap is a space to them, an overlap the beginning of another line. Han beside digits,
//! a spread title and a squeezed mark look like that and mean nothing. There the glyph gets a blank
//! one of its font behind it that reaches to the next glyph, and the two together say what the
//! first says (krilla writes ActualText for glyphs of one cluster). So every character is as wide
//! as the room it takes, and copies out as itself.

use super::Error;
use super::faces::{Blank, Faces};
use crate::page::GlyphRun;
use crate::unit::Length;

/// A run of a line and the text after it that has no glyphs (a space at the end of the line).
pub(super) struct LineRun<'a> {
    /// The run.
    pub(super) run: &'a GlyphRun,
    /// Number of its font.
    pub(super) font: usize,
    /// Glyphless text that follows.
    pub(super) trailing: String,
}

/// What is drawn and tagged together.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mark<K> {
    /// Whose it is.
    pub(super) key: K,
    /// Its glyphs by run.
    pub(super) parts: Vec<Part>,
}

/// Glyphs of one run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Index of the run in the line.
    pub(super) run: usize,
    /// The glyphs in the order of the text.
    pub(super) glyphs: Vec<Shown>,
}

/// A glyph as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Its index in the face.
    pub(super) id: u16,
    /// Origin, from the left of the paper.
    pub(super) x: Length,
    /// Advance of the font.
    pub(super) advance: Length,
    /// Raised above the baseline.
    pub(super) rise: Length,
    /// What it says; with the glyph before it when it is `joined` to that.
    pub(super) text: String,
    /// Whether it belongs to the cluster of the glyph before it.
    pub(super) joined: bool,
}

impl Shown {
    /// Whether it is there for its text alone.
    fn bare(&self) -> bool {
        self.advance == Length::ZERO
    }
}

/// The widest gap, in thousandths of an em, that no program takes for a space: poppler ends a word
/// at a tenth.
const GAP: i64 = 80;

impl<K> Mark<K> {
    /// What it says.
    pub(super) fn text(&self) -> String {
        let glyphs = self.parts.iter().flat_map(|part| &part.glyphs);
        glyphs.filter(|glyph| !glyph.joined).map(|glyph| glyph.text.as_str()).collect()
    }
}

/// Glyphs that are copied as one.
struct Cluster<K> {
    run: usize,
    key: K,
    glyphs: Vec<Shown>,
}

/// Cuts a line into marks. `key` says whose a glyph is.
///
/// # Errors
/// A glyph whose text is not in its run.
pub(super) fn marks<K: Clone + PartialEq>(
    line: &[LineRun<'_>],
    faces: &mut Faces<'_>,
    mut key: impl FnMut(&GlyphRun, &Shown) -> K,
) -> Result<Vec<Mark<K>>, Error> {
    let mut clusters: Vec<Cluster<K>> = Vec::new();
    for (run, part) in line.iter().enumerate() {
        let last = clusters.last().and_then(|cluster| cluster.glyphs.last());
        let begin = last.map(|last| last.x + last.advance);
        let blank = faces.blank(part.font);
        for shown in shown(part, blank, begin)? {
            if shown.bare() && blank.is_some_and(|blank| blank.id == shown.id) {
                faces.use_blank(part.font);
            }
            match clusters.last_mut().filter(|_| shown.joined) {
                Some(cluster) => cluster.glyphs.push(shown),
                None => {
                    let key = key(part.run, &shown);
                    clusters.push(Cluster { run, key, glyphs: vec![shown] });
                }
            }
        }
    }
    for index in 1..clusters.len() {
        let end = clusters[index].glyphs[0].x;
        let Cluster { run, glyphs, .. } = &mut clusters[index - 1];
        let LineRun { run, font, .. } = &line[*run];
        let before = &glyphs[glyphs.len() - 1];
        if let Some(filler) = filler(before, end, run.size, faces.blank(*font)) {
            glyphs.push(filler);
            faces.use_blank(*font);
        }
    }
    Ok(group(clusters))
}

/// Puts clusters of one owner together. One that may get an ActualText stands alone: poppler's
/// reader of tags loses what follows such text within a mark.
fn group<K: PartialEq>(clusters: Vec<Cluster<K>>) -> Vec<Mark<K>> {
    let mut marks: Vec<Mark<K>> = Vec::new();
    let mut closed = true;
    for Cluster { run, key, glyphs } in clusters {
        let alone = glyphs.len() > 1 || glyphs.iter().any(Shown::bare);
        match marks.last_mut().filter(|mark| !closed && !alone && mark.key == key) {
            Some(mark) => match mark.parts.last_mut().filter(|part| part.run == run) {
                Some(part) => part.glyphs.extend(glyphs),
                None => mark.parts.push(Part { run, glyphs }),
            },
            None => marks.push(Mark { key, parts: vec![Part { run, glyphs }] }),
        }
        closed = alone;
    }
    marks
}

/// The blank glyph that takes the room up to the next glyph, when that is not where the font says.
fn filler(before: &Shown, end: Length, size: Length, blank: Option<Blank>) -> Option<Shown> {
    let gap = end - before.x - before.advance;
    let unusual = gap.abs() > size.thousandths(GAP) && end > before.x;
    let blank = blank.filter(|_| unusual)?;
    let advance = blank.advance(size);
    Some(Shown {
        id: blank.id,
        x: end - advance,
        advance,
        rise: before.rise,
        text: String::new(),
        joined: true,
    })
}

/// The glyphs of a run with what each says. Text that has no glyph gets a blank one; `begin` is
/// where one would stand at the beginning of the run.
fn shown(
    part: &LineRun<'_>,
    blank: Option<Blank>,
    begin: Option<Length>,
) -> Result<Vec<Shown>, Error> {
    let GlyphRun { text, glyphs, block, .. } = part.run;
    let broken = || Error::at(*block, "内部错误：字形与文字对不上，请把这期内容发给开发者");
    if part.run.size <= Length::ZERO {
        return Err(Error::at(*block, "内部错误：字号不是正数，请把这期内容发给开发者"));
    }
    let mut shown: Vec<Shown> = Vec::with_capacity(glyphs.len());
    let begin = begin.or(glyphs.first().map(|glyph| glyph.x));
    let bare = |shown: &mut Vec<Shown>, text: &str| {
        let at = shown.last().map(|last| last.x + last.advance).or(begin);
        match (blank, at, shown.last_mut()) {
            _ if text.is_empty() => {}
            (Some(Blank { id, .. }), Some(x), _) => shown.push(Shown {
                id,
                x,
                // No room is taken: the next glyph stands where it stands.
                advance: Length::ZERO,
                rise: Length::ZERO,
                text: text.to_owned(),
                joined: false,
            }),
            (_, _, Some(last)) => last.text.push_str(text),
            (_, _, None) => {}
        }
    };
    let mut at = 0;
    for (index, glyph) in glyphs.iter().enumerate() {
        let joined = index > 0 && glyphs[index - 1].range == glyph.range;
        if !joined {
            bare(&mut shown, text.get(at..glyph.range.start).ok_or_else(broken)?);
        }
        let own = text.get(glyph.range.clone()).filter(|own| !own.is_empty()).ok_or_else(broken)?;
        shown.push(Shown {
            id: glyph.id,
            x: glyph.x,
            advance: glyph.advance,
            rise: glyph.rise,
            text: own.to_owned(),
            joined,
        });
        at = glyph.range.end;
    }
    bare(&mut shown, &text[at..]);
    bare(&mut shown, &part.trailing);
    Ok(shown)
}
