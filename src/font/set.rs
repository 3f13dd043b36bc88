//! Sets clusters: finds the face, puts the glyphs into cells, measures the white.

use super::cluster::{self, Form};
use super::face::Face;
use super::sfnt::Glyph;
use super::shaper::Writing;
use super::{Correction, FaceId, FontBook, Missing, Request, Shaped, ShapedGlyph, dash, western};
use crate::unit::Length;

/// How far, in thousandths of an em, a connector may stand from the middle of the Han before it
/// is moved there: a – at the height of small letters, a ～ at the top.
const TOLERANCE: i64 = 60;

/// A glyph less wide than this share of the em is not the full-width form of its character.
const WIDE: (i64, i64) = (9, 10);

/// Shapes a run.
pub(super) fn shape(book: &FontBook, request: &Request<'_>) -> Result<Vec<Shaped>, Vec<Missing>> {
    let mut shaped = Vec::with_capacity(request.clusters.len());
    let mut missing = Vec::new();
    let mut next = 0;
    while next < request.clusters.len() {
        let run = western::run(book, request, next);
        if !run.is_empty() {
            next = run.end;
            shaped.extend(western::shape(book, request, run));
            continue;
        }
        match one(book, request, next) {
            Some(cluster) => shaped.push(cluster),
            None => {
                let range = request.clusters[next].0.clone();
                let cluster = request.text.get(range.clone()).unwrap_or_default().to_owned();
                missing.push(Missing { range, cluster });
            }
        }
        next += 1;
    }
    if missing.is_empty() { Ok(shaped) } else { Err(missing) }
}

/// The text of a cluster, and how it is set.
pub(super) fn form<'a>(request: &Request<'a>, index: usize) -> (&'a str, Form) {
    let (range, western) = &request.clusters[index];
    let part = |range| request.text.get(range).unwrap_or_default();
    let text = part(range.clone());
    let before = request.text.get(..range.start).unwrap_or_default();
    let after = request.text.get(range.end..).unwrap_or_default();
    (text, cluster::form(text, before, after, *western))
}

/// A place for a cluster: the face, how it is corrected, the request.
pub(super) struct Place<'a> {
    pub book: &'a FontBook,
    pub request: &'a Request<'a>,
    pub id: FaceId,
    pub face: &'a Face,
    pub correction: Correction,
}

/// A glyph and where its cell begins and ends, for [`Place::finish`].
pub(super) struct Put {
    pub glyph: Glyph,
    /// Origin within the advance.
    pub x: Length,
    /// Raised, thousandths of the em of the style.
    pub rise: i64,
    /// Bytes of the cluster that it shows.
    pub range: std::ops::Range<usize>,
}

impl<'a> Place<'a> {
    pub fn new(book: &'a FontBook, request: &'a Request<'a>, id: FaceId) -> Place<'a> {
        let correction = book.correction(request.typeface, id);
        Place { book, request, id, face: book.face(id), correction }
    }

    /// Size of the type in this face.
    pub fn size(&self) -> Length {
        self.request.size.thousandths(self.correction.scale)
    }

    /// Units of the face on the page.
    pub fn length(&self, units: i64) -> Length {
        self.face.length(units, self.size())
    }

    /// How much to raise a glyph, thousandths of the style's em: the correction of the face, and
    /// for connectors what brings them to the middle of the Han.
    pub fn rise(&self, character: char, glyph: Glyph) -> i64 {
        if cluster::stands_on_baseline(character) {
            return 0;
        }
        let mut rise = 0;
        if let Some(ink) = glyph.ink.filter(|_| cluster::is_centred(character)) {
            let middle = (ink.bottom + ink.top) * 500 / self.face.units();
            let off = self.face.middle() - middle;
            if off.abs() > TOLERANCE {
                rise = off * self.correction.scale / 1000;
            }
        }
        rise + self.correction.shift
    }

    /// Makes the cluster: glyphs, advance, and the white around the ink.
    pub fn finish(&self, puts: Vec<Put>, advance: Length, size: Length) -> Shaped {
        let mut edges: Option<(Length, Length)> = None;
        let mut glyphs = Vec::with_capacity(puts.len());
        let units = |units| self.face.length(units, size);
        for put in puts {
            if let Some(ink) = put.glyph.ink {
                let (left, right) = (put.x + units(ink.left), put.x + units(ink.right));
                edges = Some(match edges {
                    None => (left, right),
                    Some((l, r)) => (l.min(left), r.max(right)),
                });
            }
            glyphs.push(ShapedGlyph {
                id: put.glyph.id,
                x: put.x,
                rise: self.request.size.thousandths(put.rise),
                advance: units(put.glyph.advance),
                start: put.range.start,
                end: put.range.end,
            });
        }
        let (left, right) = edges.unwrap_or((Length::ZERO, Length::ZERO));
        let own = self.book.is_own(self.request.typeface, self.id);
        Shaped {
            face: self.id,
            size,
            glyphs,
            advance,
            blank_before: left.max(Length::ZERO),
            blank_after: (advance - right).max(Length::ZERO),
            fallback: !own,
        }
    }

    /// One glyph in a cell.
    fn cell(&self, character: char, glyph: Glyph, cell: Length, x: Length, index: usize) -> Shaped {
        let x = x + self.pull_in(glyph, x, cell);
        let rise = self.rise(character, glyph);
        let range = self.request.clusters[index].0.clone();
        self.finish(vec![Put { glyph, x, rise, range }], cell, self.size())
    }

    /// How much to move a glyph so that its ink stays within the cell, if it can.
    fn pull_in(&self, glyph: Glyph, x: Length, cell: Length) -> Length {
        let Some(ink) = glyph.ink else { return Length::ZERO };
        let (before, after) = (x + self.length(ink.left), cell - x - self.length(ink.right));
        match (before < Length::ZERO, after < Length::ZERO) {
            (true, false) => (-before).min(after),
            (false, true) => -(-after).min(before),
            _ => Length::ZERO,
        }
    }
}

/// Sets a cluster that does not belong to a Western run.
fn one(book: &FontBook, request: &Request<'_>, index: usize) -> Option<Shaped> {
    let (text, form) = form(request, index);
    if text.is_empty() || text.chars().any(cluster::is_unknowable) {
        return None;
    }
    let chain = book.chain(request.typeface);
    let em = request.em;
    let half = em / 2;
    // U+FE0E and U+FE0F choose between text and picture; there is only text.
    let plain = text.trim_end_matches(['\u{FE0E}', '\u{FE0F}']);
    let mut characters = plain.chars();
    let first = characters.next()?;
    let find = |wanted: &dyn Fn(&Face, Glyph) -> bool| {
        let place = |id: FaceId| Place::new(book, request, id);
        let has = |id: &FaceId| {
            let face = book.face(*id);
            face.covers(first).filter(|glyph| wanted(face, *glyph)).map(|glyph| (*id, glyph))
        };
        chain.iter().find_map(has).map(|(id, glyph)| (place(id), glyph))
    };
    let any = |_: &Face, _: Glyph| true;
    match form {
        Form::Dash(ems) => {
            let (place, glyph) = find(&any)?;
            Some(dash::dash(&place, glyph, ems, index))
        }
        Form::Ellipsis(ems) => {
            let (place, glyph) = find(&any)?;
            Some(ellipsis(&place, glyph, ems, index))
        }
        Form::Interpunct => {
            let (place, glyph) = find(&any)?;
            Some(place.cell(first, glyph, half, place.ink_centred(glyph, half), index))
        }
        Form::Half => {
            // In a Latin face if the Chinese one has it too wide for half an em (full-width ‐).
            let fits = |face: &Face, glyph: Glyph| glyph.advance * 3 <= face.units() * 2;
            let latin = book.latin(request.typeface, request.bold).first();
            let latin = latin.filter(|_| first.is_ascii()).and_then(|id| {
                Some((Place::new(book, request, *id), book.face(*id).covers(first)?))
            });
            let at_home = latin.is_some();
            let (place, glyph) = latin.or_else(|| find(&fits)).or_else(|| find(&any))?;
            let x = place.ink_centred(glyph, half);
            let shaped = place.cell(first, glyph, half, x, index);
            Some(Shaped { fallback: shaped.fallback && !at_home, ..shaped })
        }
        Form::Quote => {
            let (place, glyph) = find(&any)?;
            Some(quote(&place, first, glyph, index))
        }
        Form::Wide | Form::Western if characters.next().is_some() => {
            combined(book, request, plain, index)
        }
        Form::Wide => {
            let wide = |face: &Face, glyph: Glyph| {
                glyph.advance * WIDE.1 >= face.units() * WIDE.0 || first.is_whitespace()
            };
            let (place, glyph) = find(&wide).or_else(|| find(&any))?;
            // Longer than an em by more than a hair: as many ems as it takes.
            let ems = (glyph.advance * 10 / place.face.units() + 8) / 10;
            let cell = em * ems.max(1);
            let x = (cell - place.length(glyph.advance)) / 2;
            Some(place.cell(first, glyph, cell, x, index))
        }
        Form::Western => {
            // No Latin face has it.
            let (place, glyph) = find(&any)?;
            let advance = place.length(glyph.advance);
            Some(place.cell(first, glyph, advance, Length::ZERO, index))
        }
    }
}

impl Place<'_> {
    /// Origin that puts the middle of the ink at the middle of a cell.
    fn ink_centred(&self, glyph: Glyph, cell: Length) -> Length {
        let (left, right) = glyph.ink.map_or((0, glyph.advance), |ink| (ink.left, ink.right));
        (cell - self.length(left + right)) / 2
    }
}

/// “ ” ‘ ’: Zhuque and WenKai keep the full-width glyph as the variant U+FE01; a font that has
/// only a narrow one gets it put into the half of the cell where it belongs.
fn quote(place: &Place<'_>, character: char, narrow: Glyph, index: usize) -> Shaped {
    let is_wide = |glyph: &Glyph| glyph.advance * WIDE.1 >= place.face.units() * WIDE.0;
    let variant = || place.face.glyph(character, Some('\u{FE01}')).filter(|g| g.ink.is_some());
    let em = place.request.em;
    let wide = Some(narrow).filter(is_wide).or_else(|| variant().filter(is_wide));
    match wide {
        Some(glyph) => {
            place.cell(character, glyph, em, (em - place.length(glyph.advance)) / 2, index)
        }
        None => {
            let opening = matches!(character, '“' | '‘');
            let x = if opening { em - place.length(narrow.advance) } else { Length::ZERO };
            place.cell(character, narrow, em, x, index)
        }
    }
}

/// ……: a glyph of one em for each, at the middle of the Han. Shaped for Chinese, since fonts keep
/// a Western … at the baseline under the same code point.
fn ellipsis(place: &Place<'_>, glyph: Glyph, ems: usize, index: usize) -> Shaped {
    let range = place.request.clusters[index].0.clone();
    let text = place.request.text.get(range.clone()).unwrap_or_default();
    let characters = text.char_indices().map(|(at, c)| (c, at));
    let shaped = place.face.shape(characters, Writing::Chinese);
    let known = |id: u16| place.face.metrics(id).filter(|glyph| glyph.ink.is_some());
    let glyphs: Vec<Glyph> = shaped.iter().filter_map(|output| known(output.id)).collect();
    let glyphs = if glyphs.len() == ems { glyphs } else { vec![glyph; ems] };
    let em = place.request.em;
    let puts = glyphs.into_iter().zip(text.char_indices()).zip(0..);
    let puts = puts.map(|((glyph, (at, character)), cell)| Put {
        x: em * cell + place.ink_centred(glyph, em),
        rise: place.rise(character, glyph),
        range: range.start + at..range.start + at + character.len_utf8(),
        glyph,
    });
    place.finish(puts.collect(), em * i64::try_from(ems).unwrap_or(1), place.size())
}

/// Several characters: a variation sequence, or a base with combining marks. The face must have
/// all of it.
fn combined(book: &FontBook, request: &Request<'_>, text: &str, index: usize) -> Option<Shaped> {
    let characters: Vec<char> = text.chars().collect();
    let chain = book.chain(request.typeface);
    if let [base, selector] = characters[..]
        && is_selector(selector)
    {
        let has = |id: &FaceId| {
            let glyph = book.face(*id).glyph(base, Some(selector))?;
            glyph.ink.map(|_| (Place::new(book, request, *id), glyph))
        };
        let (place, glyph) = chain.iter().find_map(has)?;
        let x = (request.em - place.length(glyph.advance)) / 2;
        return Some(place.cell(base, glyph, request.em, x, index));
    }
    let has_all = |id: &&FaceId| characters.iter().all(|c| book.face(**id).covers(*c).is_some());
    let place = Place::new(book, request, *chain.iter().find(has_all)?);
    let outputs = place.face.shape(text.chars().zip(0..), Writing::Chinese);
    if outputs.is_empty() || outputs.iter().any(|output| output.id == 0) {
        return None;
    }
    let total = place.length(outputs.iter().map(|output| output.advance).sum());
    let wide = cluster::form(text, "", "", false) == Form::Wide;
    let advance = if wide { request.em } else { total };
    let mut origin = (advance - total) / 2;
    let mut puts = Vec::with_capacity(outputs.len());
    for output in outputs {
        puts.push(Put {
            glyph: place.face.metrics(output.id)?,
            x: origin + place.length(output.x),
            rise: place.correction.shift + output.y * place.correction.scale / place.face.units(),
            range: request.clusters[index].0.clone(),
        });
        origin += place.length(output.advance);
    }
    Some(place.finish(puts, advance, place.size()))
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}
