//! Puts set lines on a page as glyph runs.

use crate::font::Shaped;
use crate::unit::Length;

use super::setting::{Look, Typeset};
use super::{Element, Glyph, GlyphRun, Link};
use crate::text::Line;

/// Share of the em box above the baseline, thousandths. Line metrics of fonts are of no use for a
/// grid; an ideographic em box of 0.88 above and 0.12 below is what the standard's figures mean.
pub(crate) const ASCENT: i64 = 880;

/// Where a line goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    /// Left edge of the line's measure, from the left of the paper.
    pub x: Length,
    /// Baseline, from the top of the paper.
    pub baseline: Length,
    /// The logical block; `None` makes an artifact.
    pub block: Option<usize>,
    /// Line within the block.
    pub line: usize,
    /// The byte of the block's text that the paragraph which is set begins at.
    pub start: usize,
}

/// The elements of one line: runs of glyphs of one look and face, then links over them.
pub(crate) fn place_line(typeset: &Typeset, line: &Line, spot: Spot) -> Vec<Element> {
    let mut runs: Vec<(GlyphRun, usize)> = Vec::new();
    for (index, x) in line.atoms.clone().zip(&line.x) {
        let shaped = &typeset.shaped[index];
        let look_index = typeset.look[index];
        let look = &typeset.looks[look_index];
        let fresh = runs.last().is_none_or(|(run, of)| {
            *of != look_index || run.face != shaped.face || run.size != shaped.size
        });
        if fresh {
            runs.push((start_run(look, shaped, typeset.stroke[index], spot), look_index));
        }
        let run = &mut runs.last_mut().expect("one was pushed").0;
        let start = run.text.len();
        let atom = &typeset.analysis.atoms[index].range;
        if start == 0 {
            run.start = spot.start + atom.start;
        }
        run.text.push_str(&typeset.text[atom.clone()]);
        for glyph in &shaped.glyphs {
            run.glyphs.push(Glyph {
                id: glyph.id,
                x: spot.x + *x + glyph.x,
                advance: glyph.advance,
                rise: glyph.rise,
                range: start + glyph.start..start + glyph.end,
            });
        }
    }
    let links = links(typeset, line, spot);
    runs.into_iter().map(|(run, _)| Element::Glyphs(run)).chain(links).collect()
}

fn start_run(look: &Look, shaped: &Shaped, stroke: Length, spot: Spot) -> GlyphRun {
    GlyphRun {
        face: shaped.face,
        size: shaped.size,
        ink: look.ink.clone(),
        stroke,
        baseline: spot.baseline,
        role: look.role,
        block: spot.block,
        line: spot.line,
        start: spot.start,
        text: String::new(),
        glyphs: Vec::new(),
    }
}

/// A link over each stretch of the line that leads somewhere.
fn links(typeset: &Typeset, line: &Line, spot: Spot) -> Vec<Element> {
    let mut links: Vec<Link> = Vec::new();
    let Some(block) = spot.block else { return Vec::new() };
    let mut previous = None;
    for (position, (index, x)) in line.atoms.clone().zip(&line.x).enumerate() {
        let look = &typeset.looks[typeset.look[index]];
        let target = look.link.as_ref();
        if let Some(target) = target {
            let end = line.x.get(position + 1).copied().unwrap_or(line.end);
            let continued = previous == Some(typeset.look[index]);
            match links.last_mut().filter(|_| continued) {
                Some(link) => link.width = spot.x + end - link.x,
                None => links.push(Link {
                    x: spot.x + *x,
                    y: spot.baseline - look.size.thousandths(ASCENT),
                    width: end - *x,
                    height: look.size,
                    target: target.clone(),
                    block,
                }),
            }
        }
        previous = target.map(|_| typeset.look[index]);
    }
    links.into_iter().map(Element::Link).collect()
}

/// How far a line that is not filled is moved to the right to stand as its style says.
pub(crate) fn align_offset(
    align: crate::layout::Align,
    typeset: &Typeset,
    line: &Line,
    measure: Length,
) -> Length {
    use crate::layout::Align;
    let free = measure - (line.end - last_tracking(typeset, line));
    match align {
        Align::Justify | Align::Left => Length::ZERO,
        Align::Center => free / 2,
        Align::Right => free,
    }
}

/// The tracking after the last character of a line, which is no part of what is centred or fitted.
pub(crate) fn last_tracking(typeset: &Typeset, line: &Line) -> Length {
    let last = line.atoms.clone().last();
    last.map_or(Length::ZERO, |last| typeset.looks[typeset.look[last]].tracking)
}
