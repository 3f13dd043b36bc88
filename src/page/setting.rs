//! From runs of text to measured atoms and lines: the meeting of `text` and `font`.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::compose::Run;
use crate::diagnostic::{Code, Diagnostic};
use crate::flow;
use crate::font::{FontBook, Missing, Request, Shaped};
use crate::layout::{Layout, Role, Style, Typeface};
use crate::text::{self, Analysis, Atom, Class, Fit, Line, Measured, Settings, Shape};
use crate::unit::Length;

use super::Fallback;

/// A paragraph whose atoms are shaped and measured, ready to be broken into lines.
pub(crate) struct Typeset {
    /// The paragraph's text.
    pub text: String,
    /// What the text engine found out about it.
    pub analysis: Analysis,
    /// Each atom in its face.
    pub shaped: Vec<Shaped>,
    /// Each atom's widths.
    pub measured: Vec<Measured>,
    /// The stroke that makes each atom bolder: none where the face itself is bold (Latin).
    pub stroke: Vec<Length>,
    /// Index into `looks` of each atom.
    pub look: Vec<usize>,
    /// The looks of the runs.
    pub looks: Vec<Look>,
}

/// How the atoms of a run look.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Look {
    pub role: Role,
    pub typeface: Typeface,
    pub size: Length,
    /// What a full-width character fills: the cell of the grid for text in the grid's size.
    pub em: Length,
    pub ink: String,
    pub stroke: Length,
    pub tracking: Length,
    pub link: Option<String>,
}

/// Sets paragraphs; gathers what is missing on the way.
pub(crate) struct Setter<'a> {
    layout: &'a Layout,
    fonts: &'a FontBook,
    settings: Settings,
    /// Characters that no face has.
    pub missing: Vec<Diagnostic>,
    /// Characters that a fallback face stepped in for.
    pub fallbacks: BTreeSet<Fallback>,
}

impl<'a> Setter<'a> {
    pub fn new(layout: &'a Layout, fonts: &'a FontBook) -> Setter<'a> {
        let settings = flow::settings(&layout.typography);
        Setter { layout, fonts, settings, missing: Vec::new(), fallbacks: BTreeSet::new() }
    }

    /// Shapes and measures a paragraph. `scale` (thousandths) shrinks its type.
    pub fn typeset<R: Borrow<Run>>(&mut self, runs: &[R], scale: i64) -> Typeset {
        self.typeset_tracked(runs, scale, 1000)
    }

    /// As [`Setter::typeset`], with the space between characters at `tracking` thousandths of what
    /// the style has.
    pub fn typeset_tracked<R: Borrow<Run>>(
        &mut self,
        runs: &[R],
        scale: i64,
        tracking: i64,
    ) -> Typeset {
        let runs: Vec<&Run> = runs.iter().map(Borrow::borrow).collect();
        let runs = runs.as_slice();
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        let mut analysis = text::analyze(&text, &self.settings);
        let places = wanted_breaks(runs);
        if !places.is_empty() {
            analysis.prefer_breaks(&places);
        }
        let looks: Vec<Look> = runs.iter().map(|run| self.look(run, scale, tracking)).collect();
        let look = run_of_each_atom(runs, &analysis.atoms);
        let mut shaped = Vec::with_capacity(analysis.atoms.len());
        let mut first = 0;
        while first < analysis.atoms.len() {
            let run = look[first];
            let count = look[first..].iter().take_while(|index| **index == run).count();
            let group = first..first + count;
            shaped.extend(self.shape(&text, &analysis.atoms[group], &looks[run], runs[run]));
            first += count;
        }
        let measured = shaped.iter().zip(&look).map(|(s, l)| measure(s, &looks[*l])).collect();
        let stroke = shaped.iter().zip(&look).map(|(one, look)| {
            if self.fonts.is_latin(one.face) { Length::ZERO } else { looks[*look].stroke }
        });
        let stroke = stroke.collect();
        Typeset { text, analysis, shaped, measured, stroke, look, looks }
    }

    /// A paragraph that was typeset before, once more: what is missing has been said.
    pub fn again(&self, runs: &[Run]) -> Typeset {
        Setter::new(self.layout, self.fonts).typeset(runs, 1000)
    }

    /// The ways to set a paragraph, the best first.
    pub fn fits(&self, typeset: &Typeset, shape: &Shape, slack: usize) -> Vec<Fit> {
        let mut fits =
            text::fit(&typeset.analysis, &typeset.measured, shape, &self.settings, slack);
        fits.sort_by_key(|fit| fit.cost);
        fits
    }

    /// The best way to set a paragraph.
    pub fn best(&self, typeset: &Typeset, shape: &Shape) -> Vec<Line> {
        self.fits(typeset, shape, 0).into_iter().next().map(|fit| fit.lines).unwrap_or_default()
    }

    /// Lines of a title: as few as the measure allows, in the form of a trapezium or a lozenge
    /// (GB/T 9704 §7.3.1).
    pub fn balanced(&self, typeset: &Typeset, shape: &Shape) -> Vec<Line> {
        text::fit_balanced(&typeset.analysis, &typeset.measured, shape, &self.settings).lines
    }

    /// A paragraph on one line, however long, at its natural width.
    pub fn one_line(&self, typeset: &Typeset) -> Option<Line> {
        let shape = Shape {
            measure: Length::from_pt(1e7),
            first_indent: Length::ZERO,
            rest_indent: Length::ZERO,
            justify: false,
        };
        self.best(typeset, &shape).into_iter().next()
    }

    fn look(&self, run: &Run, scale: i64, tracking: i64) -> Look {
        let style = self.layout.style(run.role);
        let weight: &Style = if run.emphasis { self.layout.style(Role::Emphasis) } else { style };
        let size = style.size.thousandths(scale);
        Look {
            role: run.role,
            typeface: weight.typeface,
            size,
            em: self.em(size),
            ink: style.ink.clone(),
            stroke: size.thousandths(weight.bold),
            tracking: size.thousandths(style.tracking).thousandths(tracking),
            link: run.link.clone(),
        }
    }

    /// The em of text of a size: the cell for the size of the grid.
    pub fn em(&self, size: Length) -> Length {
        if size == self.layout.page.size { self.layout.page.cell() } else { size }
    }

    fn shape(&mut self, text: &str, atoms: &[Atom], look: &Look, run: &Run) -> Vec<Shaped> {
        let (Some(first), Some(last)) = (atoms.first(), atoms.last()) else { return Vec::new() };
        let (start, end) = (first.range.start, last.range.end);
        let clusters: Vec<(Range<usize>, bool)> = atoms
            .iter()
            .map(|atom| (atom.range.start - start..atom.range.end - start, atom.western))
            .collect();
        let request = Request {
            typeface: look.typeface,
            bold: look.stroke > Length::ZERO,
            size: look.size,
            em: look.em,
            text: &text[start..end],
            clusters: &clusters,
        };
        match self.fonts.shape(&request) {
            Ok(shaped) => {
                for (one, atom) in shaped.iter().zip(atoms) {
                    if one.fallback && !matches!(atom.class, Class::Space | Class::IdeographicSpace)
                    {
                        let character = text[atom.range.clone()].chars().next().unwrap_or(' ');
                        let face = self.fonts.name(one.face).to_owned();
                        self.fallbacks.insert(Fallback { character, face, field: run.field });
                    }
                }
                shaped
            }
            Err(missing) => {
                self.missing.extend(missing.iter().map(|one| missing_character(one, run)));
                // The page is not made; the widths only have to be there.
                let em = look.em;
                atoms.iter().map(|_| placeholder(em)).collect()
            }
        }
    }
}

fn placeholder(em: Length) -> Shaped {
    Shaped {
        face: crate::font::FaceId(0),
        size: em,
        glyphs: Vec::new(),
        advance: em,
        blank_before: Length::ZERO,
        blank_after: Length::ZERO,
        fallback: false,
    }
}

fn missing_character(missing: &Missing, run: &Run) -> Diagnostic {
    let points: Vec<String> =
        missing.cluster.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let private = missing.cluster.chars().any(
        |c| matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..=0xFFFFD | 0x10_0000..=0x10_FFFD),
    );
    let message =
        format!("“{}”里的字“{}”（{}）没有字体能显示", run.field, missing.cluster, points.join(" "));
    let help = if private {
        "这是旧输入法的自造字，换了电脑就变样：请用国家标准编码（GB 18030）的字重新输入"
    } else {
        "请核对是否误输入；确需此字，用 --font-path 指定含有它的字体"
    };
    Diagnostic {
        span: run.span,
        ..Diagnostic::general(Code::FontMissingGlyph, message)
            .with_words(missing.cluster.as_str())
            .with_help(help)
    }
}

impl Typeset {
    /// Size of its largest type.
    pub fn size(&self) -> Length {
        self.looks.iter().map(|look| look.size).max().unwrap_or(Length::ZERO)
    }
}

/// Where the editor would have lines begin: bytes of the paragraph.
fn wanted_breaks(runs: &[&Run]) -> Vec<usize> {
    let mut at = 0;
    let mut places = Vec::new();
    for run in runs {
        if run.new_line {
            places.push(at);
        }
        at += run.text.len();
    }
    places
}

fn run_of_each_atom(runs: &[&Run], atoms: &[Atom]) -> Vec<usize> {
    let mut run = 0;
    let mut end = runs.first().map_or(0, |first| first.text.len());
    atoms
        .iter()
        .map(|atom| {
            while atom.range.start >= end && run + 1 < runs.len() {
                run += 1;
                end += runs[run].text.len();
            }
            run
        })
        .collect()
}

fn measure(shaped: &Shaped, look: &Look) -> Measured {
    Measured {
        advance: shaped.advance + look.tracking,
        em: look.em,
        blank_before: shaped.blank_before,
        blank_after: shaped.blank_after,
    }
}
