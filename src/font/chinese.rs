//! Sets a cluster of Chinese text: the first face of the chain that has it, in its cell.

use super::cell::{self, At, Place, Put};
use super::cluster::{self, Form};
use super::dash;
use super::face::Face;
use super::sfnt::Glyph;
use super::shaper::Writing;
use super::{FaceId, FontBook, Request, Shaped};

/// Sets a cluster that does not belong to a Western run; `None` when no face has it.
pub(super) fn cluster(book: &FontBook, request: &Request<'_>, index: usize) -> Option<Shaped> {
    let (text, form) = cell::form(request, index);
    if text.chars().any(cluster::is_unknowable) {
        return None;
    }
    // U+FE0E and U+FE0F choose between text and picture; there is only text.
    let plain = text.trim_end_matches(['\u{FE0E}', '\u{FE0F}']);
    let mut characters = plain.chars();
    let search = Search { book, request, character: characters.next()? };
    let half = request.em / 2;
    match form {
        Form::Dash(ems) => {
            let (place, glyph) = search.any()?;
            Some(dash::dash(&place, glyph, ems, index))
        }
        Form::Ellipsis(ems) => {
            let (place, glyph) = search.any()?;
            Some(ellipsis(&place, glyph, ems, index))
        }
        Form::Quote => {
            let (place, glyph) = search.any()?;
            Some(quote(&place, search.character, glyph, index))
        }
        Form::Interpunct => {
            let (place, glyph) = search.any()?;
            Some(place.cell(glyph, half, At::InkMiddle, index))
        }
        Form::Half => search.half(index),
        _ if characters.next().is_some() => combined(book, request, plain, index),
        Form::Wide => search.wide(index),
        Form::Western => {
            // No Latin face has it.
            let (place, glyph) = search.any()?;
            Some(place.cell(glyph, place.length(glyph.advance), At::Left, index))
        }
    }
}

/// A glyph less wide than this is not the full-width form of its character.
fn is_full_width(face: &Face, glyph: Glyph) -> bool {
    glyph.advance * 10 >= face.units() * 9
}

/// The search for a character along the chain.
struct Search<'a> {
    book: &'a FontBook,
    request: &'a Request<'a>,
    character: char,
}

impl<'a> Search<'a> {
    /// The first face that has the character in a form that is wanted.
    fn find(&self, wanted: impl Fn(&Face, Glyph) -> bool) -> Option<(Place<'a>, Glyph)> {
        self.book.chain(self.request.typeface).iter().find_map(|id| {
            let face = self.book.face(*id);
            let glyph = face.covers(self.character).filter(|glyph| wanted(face, *glyph))?;
            Some((Place::new(self.book, self.request, *id), glyph))
        })
    }

    fn any(&self) -> Option<(Place<'a>, Glyph)> {
        self.find(|_, _| true)
    }

    /// A cell of one em. Symbols that Western fonts have too are taken from a face that has them
    /// in full width, if there is one: the × → ■ of Zhuque are half as wide, and low.
    fn wide(&self, index: usize) -> Option<Shaped> {
        let shared = cluster::is_shared_symbol(self.character);
        let (place, glyph) = self
            .find(|face, glyph| !shared || is_full_width(face, glyph))
            .or_else(|| self.any())?;
        // Longer than an em by more than a hair: as many ems as it takes.
        let ems = (glyph.advance * 10 / place.face.units() + 8) / 10;
        Some(place.cell(glyph, self.request.em * ems.max(1), At::Middle, index))
    }

    /// A cell of half an em. - and / are Latin, as everything in ASCII; – comes from the Chinese
    /// face unless it is too wide there.
    fn half(&self, index: usize) -> Option<Shaped> {
        let fits = |face: &Face, glyph: Glyph| glyph.advance * 3 <= face.units() * 2;
        let latin = self.book.latin(self.request.typeface, self.request.bold).first();
        let latin = latin.filter(|_| self.character.is_ascii()).and_then(|id: &FaceId| {
            let glyph = self.book.face(*id).covers(self.character)?;
            Some((Place::new(self.book, self.request, *id), glyph))
        });
        let at_home = latin.is_some();
        let (place, glyph) = latin.or_else(|| self.find(fits)).or_else(|| self.any())?;
        let shaped = place.cell(glyph, self.request.em / 2, At::InkMiddle, index);
        Some(Shaped { fallback: shaped.fallback && !at_home, ..shaped })
    }
}

/// “ ” ‘ ’: Zhuque and WenKai keep the full-width glyph as the variant U+FE01; a font that has
/// only a narrow one gets it put into the half of the cell where it belongs.
fn quote(place: &Place<'_>, character: char, nominal: Glyph, index: usize) -> Shaped {
    let is_wide = |glyph: &Glyph| is_full_width(place.face, *glyph);
    let variant = || place.face.glyph(character, Some('\u{FE01}')).filter(|g| g.ink.is_some());
    let wide = Some(nominal).filter(is_wide).or_else(|| variant().filter(is_wide));
    let (glyph, at) = match wide {
        Some(glyph) => (glyph, At::Middle),
        None if matches!(character, '“' | '‘') => (nominal, At::Right),
        None => (nominal, At::Left),
    };
    place.cell(glyph, place.request.em, at, index)
}

/// ……: a glyph of one em for each, at the middle of the Han. Shaped for Chinese, since fonts keep
/// a Western … at the baseline under the same code point.
fn ellipsis(place: &Place<'_>, glyph: Glyph, ems: usize, index: usize) -> Shaped {
    let text = place.text(index);
    let characters = text.char_indices().map(|(at, c)| (c, at));
    let shaped = place.face.shape(characters, Writing::Chinese);
    let known = |id: u16| place.face.metrics(id).filter(|glyph| glyph.ink.is_some());
    let glyphs: Vec<Glyph> = shaped.iter().filter_map(|output| known(output.id)).collect();
    let glyphs = if glyphs.len() == ems { glyphs } else { vec![glyph; ems] };
    let em = place.request.em;
    let puts = glyphs.into_iter().zip(text.char_indices()).zip(0..);
    let puts = puts.map(|((glyph, (at, character)), cell)| {
        let (left, right) = glyph.ink.map_or((0, glyph.advance), |ink| (ink.left, ink.right));
        Put {
            glyph,
            x: em * cell + (em - place.length(left + right)) / 2,
            rise: place.rise(character, glyph),
            range: at..at + character.len_utf8(),
        }
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
        return Some(place.cell(glyph, request.em, At::Middle, index));
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
            range: 0..request.clusters[index].0.len(),
        });
        origin += place.length(output.advance);
    }
    Some(place.finish(puts, advance, place.size()))
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}
