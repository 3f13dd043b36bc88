//! Text measured without fonts: Chinese characters are as wide as they are high in every font that
//! is used here, and Western text is set in Times New Roman.

use crate::compose::Run;
use crate::docx::metrics;
use crate::docx::stand::style;
use crate::flow;
use crate::layout::{Layout, Style};
use crate::text::{self, Analysis, Atom, Class, Fit, Measured, Settings, Shape};
use crate::unit::Length;

/// A paragraph, measured.
pub(super) struct Nominal {
    /// What the text engine found out about it.
    pub analysis: Analysis,
    /// Its characters as on our pages.
    measured: Vec<Measured>,
    /// Its characters as in a word processor.
    pub widths: Vec<Width>,
}

/// An atom as a word processor sees it. Lengths are twips.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    /// Without spacing.
    pub advance: i64,
    /// What it is high.
    pub size: i64,
    /// To how many characters spacing is added.
    pub characters: i64,
    /// Whether it is a Western letter or digit.
    pub western: bool,
    /// Its stretch of one look and one script.
    pub stretch: (usize, bool),
    /// Its first character.
    pub begins: char,
}

/// Measures paragraphs and sets them in lines.
pub(super) struct Setter<'a> {
    layout: &'a Layout,
    settings: Settings,
}

impl<'a> Setter<'a> {
    pub fn new(layout: &'a Layout) -> Setter<'a> {
        let settings = flow::settings(&layout.typography);
        Setter { layout, settings }
    }

    /// Measures the runs of a paragraph.
    pub fn measure(&self, runs: &[Run]) -> Nominal {
        let text: String = runs.iter().map(|run| run.text.as_str()).collect();
        let analysis = text::analyze(&text, &self.settings);
        let mut measured = Vec::with_capacity(analysis.atoms.len());
        let mut widths = Vec::with_capacity(analysis.atoms.len());
        let mut runs = Ends::new(runs);
        for atom in &analysis.atoms {
            let run = runs.at(atom.range.start);
            let style = run.and_then(|run| style(self.layout, run.role));
            let (ours, office) = match style {
                Some(style) => self.atom(&text[atom.range.clone()], atom, style, runs.look),
                None => continue,
            };
            measured.push(ours);
            widths.push(office);
        }
        Nominal { analysis, measured, widths }
    }

    fn atom(&self, text: &str, atom: &Atom, style: &Style, look: usize) -> (Measured, Width) {
        let em = metrics::em(self.layout, style);
        let characters = text.chars().count() as i64;
        let shares = |of: fn(char) -> i64| text.chars().map(of).sum::<i64>();
        let digits = text.chars().all(|c| c.is_ascii_digit());
        let ems = match atom.class {
            Class::Dash | Class::Ellipsis => characters.max(1),
            _ => 1,
        };
        let advance = match (atom.western, atom.class) {
            (true, _) if digits => em * characters / 2,
            (true, _) | (_, Class::Space) => style.size.thousandths(shares(times)),
            (false, Class::Interpunct) => em / 2,
            (false, _) => em * ems,
        };
        let (before, after) = match atom.class {
            Class::Open => (em / 2, em / 10),
            Class::Close | Class::Pause | Class::Stop => (em / 10, em / 2),
            _ => (em / 3, em / 3),
        };
        let ours = Measured {
            advance: advance + style.size.thousandths(style.tracking),
            em,
            blank_before: before.min(advance),
            blank_after: after.min(advance),
        };
        let is_western = atom.western || atom.class == Class::Space;
        let office =
            if is_western { style.size.thousandths(shares(times)) } else { style.size * ems };
        let office = Width {
            advance: metrics::twips(office),
            size: metrics::twips(style.size),
            characters,
            western: atom.western && text.chars().all(|c| c.is_ascii_alphanumeric()),
            stretch: (look, text.is_ascii()),
            begins: text.chars().next().unwrap_or(' '),
        };
        (ours, office)
    }

    /// The ways our pages may set a paragraph, the best first.
    pub fn fits(&self, nominal: &Nominal, style: &Style, slack: usize) -> Vec<Fit> {
        let first = metrics::em(self.layout, style).thousandths(style.indent);
        let justify = style.align == crate::layout::Align::Justify;
        self.within(nominal, style, (first, Length::ZERO), justify, slack)
    }

    /// How our pages set a paragraph whose lines hang under its first words.
    pub fn hanging(&self, nominal: &Nominal, style: &Style, hang: Length) -> Vec<Fit> {
        self.within(nominal, style, (Length::ZERO, hang), true, 0)
    }

    fn within(
        &self,
        nominal: &Nominal,
        style: &Style,
        (first_indent, rest_indent): (Length, Length),
        justify: bool,
        slack: usize,
    ) -> Vec<Fit> {
        let em = metrics::em(self.layout, style);
        let shape = Shape {
            measure: self.layout.page.measure - em.thousandths(style.left + style.right),
            first_indent,
            rest_indent,
            justify,
        };
        let (analysis, measured) = (&nominal.analysis, nominal.measured.as_slice());
        if !justify {
            return vec![text::fit_balanced(analysis, measured, &shape, &self.settings)];
        }
        let mut fits = text::fit(analysis, measured, &shape, &self.settings, slack);
        fits.sort_by_key(|fit| fit.cost);
        fits
    }
}

/// The runs of a paragraph, asked for in order.
struct Ends<'a> {
    runs: &'a [Run],
    end: usize,
    /// How often the look has changed.
    look: usize,
}

impl<'a> Ends<'a> {
    fn new(runs: &'a [Run]) -> Ends<'a> {
        Ends { runs, end: runs.first().map_or(0, |run| run.text.len()), look: 0 }
    }

    /// The run with a byte.
    fn at(&mut self, byte: usize) -> Option<&'a Run> {
        while byte >= self.end
            && let [run, rest @ ..] = self.runs
            && let Some(next) = rest.first()
        {
            self.look += usize::from((run.role, run.emphasis) != (next.role, next.emphasis));
            self.end += next.text.len();
            self.runs = rest;
        }
        self.runs.first()
    }
}

/// Advance of a character in Times New Roman, thousandths of an em.
fn times(c: char) -> i64 {
    match c {
        ' ' | ',' | '.' => 250,
        'i' | 'j' | 'l' | 't' | '/' | ':' | ';' | '\\' => 278,
        'f' | 'r' | 'I' | '(' | ')' | '[' | ']' | '-' | '!' | '`' => 333,
        's' | 'J' => 389,
        'a' | 'c' | 'e' | 'z' | '?' => 444,
        'F' | 'P' | 'S' => 556,
        '+' | '<' | '=' | '>' => 564,
        'E' | 'L' | 'T' | 'Z' => 611,
        'B' | 'C' | 'R' => 667,
        'A' | 'D' | 'G' | 'H' | 'K' | 'N' | 'O' | 'Q' | 'U' | 'V' | 'X' | 'Y' | 'w' => 722,
        'm' | '&' => 778,
        '%' => 833,
        'M' => 889,
        '@' => 921,
        'W' => 944,
        _ => 500,
    }
}
