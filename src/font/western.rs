//! Sets Western text: neighbours of one face together, with kerning, without ligatures.

use std::ops::Range;

use super::cell::{self, Place, Put};
use super::cluster::{self, Form};
use super::shaper::{Output, Writing};
use super::{Correction, FaceId, FontBook, Request, Shaped};
use crate::unit::Length;

/// The clusters from `start` on that one Latin face sets together; empty when the first is not
/// Western or no Latin face has it.
pub(super) fn run(book: &FontBook, request: &Request<'_>, start: usize) -> Range<usize> {
    let Some(face) = face(book, request, start) else { return start..start };
    let mut end = start + 1;
    while end < request.clusters.len()
        && request.clusters[end].0.start == request.clusters[end - 1].0.end
        && self::face(book, request, end) == Some(face)
    {
        end += 1;
    }
    start..end
}

/// The Latin face of a Western cluster.
fn face(book: &FontBook, request: &Request<'_>, index: usize) -> Option<FaceId> {
    let (text, form) = cell::form(request, index);
    if form != Form::Western || text.is_empty() || text.chars().any(cluster::is_unknowable) {
        return None;
    }
    let has_all =
        |id: &&FaceId| text.chars().all(|character| book.face(**id).covers(character).is_some());
    book.latin(request.typeface, request.bold).iter().find(has_all).copied()
}

/// Shapes a run that [`run`] found.
pub(super) fn shape(book: &FontBook, request: &Request<'_>, run: Range<usize>) -> Vec<Shaped> {
    let Some(id) = face(book, request, run.start) else { return Vec::new() };
    // A Latin face is at home beside Han as it is.
    let place = Place { book, request, id, face: book.face(id), correction: Correction::NONE };
    let outputs = together(&place, run.clone());
    let first = book.latin(request.typeface, request.bold).first() == Some(&id);
    let mut rest = &outputs[..];
    let mut shaped = Vec::with_capacity(run.len());
    for index in run {
        let count = rest.iter().take_while(|output| output.cluster == index).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        let cluster = cluster_of(&place, own, index);
        shaped.push(Shaped { fallback: !first, ..cluster });
    }
    shaped
}

/// The glyphs of a run, each with the index of its cluster. Should a font merge clusters in spite
/// of all, they are shaped one by one, so that none is without its glyphs.
fn together(place: &Place<'_>, run: Range<usize>) -> Vec<Output> {
    let text = |index: usize| cell::form(place.request, index).0.chars();
    let characters = |run: Range<usize>| run.flat_map(|i| text(i).map(move |c| (c, i)));
    let outputs = place.face.shape(characters(run.clone()), Writing::Western);
    let whole = run.clone().all(|index| outputs.iter().any(|o| o.cluster == index))
        && outputs.is_sorted_by_key(|output| output.cluster);
    if whole {
        return outputs;
    }
    run.flat_map(|index| place.face.shape(characters(index..index + 1), Writing::Western)).collect()
}

fn cluster_of(place: &Place<'_>, outputs: &[Output], index: usize) -> Shaped {
    let text = place.text(index);
    let digit = text.len() == 1 && text.as_bytes()[0].is_ascii_digit();
    let mut origin = Length::ZERO;
    let mut puts = Vec::with_capacity(outputs.len());
    for output in outputs {
        let Some(glyph) = place.face.metrics(output.id) else { continue };
        let natural = place.length(glyph.advance);
        let (x, advance) = if digit {
            // Digits are half an em of the grid, so that two of them fill a cell, and are not
            // kerned (the 11 of Times is): figures stand under each other.
            let cell = place.face.length(glyph.advance, place.request.em);
            ((cell - natural) / 2, cell)
        } else {
            (place.length(output.x), place.length(output.advance))
        };
        let rise = output.y * 1000 / place.face.units();
        puts.push(Put { glyph, x: origin + x, rise, range: 0..text.len() });
        origin += advance;
    }
    place.finish(puts, origin, place.size())
}
