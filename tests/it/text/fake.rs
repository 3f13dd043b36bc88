//! A font of its own kind: Han 1 em, digits ½ em, marks with their white where faces have it.

use hongtou::text::{Analysis, Atom, Class, Fit, Line, Measured, Settings, Shape, analyze, fit};
use hongtou::unit::Length;

/// The em of the tests: even, so that halves are exact.
pub const EM: i64 = 16 * 65_536;

/// The settings of the official layout.
pub const OFFICIAL: Settings = Settings {
    autospace: 0,
    pair_min: 1500,
    line_end_half: true,
    line_start_half: true,
    indent_half: false,
    squeeze_stops: false,
    dash_at_start: true,
    stretch_max: 100,
};

/// A share of the em, in thousandths.
pub fn em(thousandths: i64) -> Length {
    Length(EM * thousandths / 1000)
}

/// Advance, white before and after the ink, thousandths of an em.
fn glyph(text: &str, atom: &Atom) -> (i64, i64, i64) {
    let c = text[atom.range.clone()].chars().next().unwrap_or(' ');
    let pair = text[atom.range.clone()].chars().count() >= 2;
    if matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{2060}') {
        return (0, 0, 0);
    }
    if atom.class == Class::Space {
        return (250, 125, 125);
    }
    if atom.western {
        return match c {
            '-' => (333, 30, 30),
            '%' => (833, 40, 40),
            '+' => (564, 30, 30),
            'i' | 'l' | '.' | ',' | ':' | ';' | '\'' => (250, 50, 50),
            'm' | 'w' | 'M' | 'W' => (780, 20, 20),
            _ => (500, 30, 30),
        };
    }
    match (atom.class, c) {
        (Class::Dash, _) => (2000, 40, 40),
        (Class::Ellipsis, _) if pair => (2000, 160, 160),
        (Class::Open, _) => (1000, 550, 80),
        (Class::Close, _) => (1000, 80, 550),
        // As in the Fandol faces: centred.
        (Class::Stop, '？') => (1000, 320, 320),
        (Class::Pause | Class::Stop, _) => (1000, 150, 690),
        (Class::Interpunct, '・') => (1000, 400, 400),
        (Class::Interpunct, _) => (500, 180, 180),
        (Class::HalfConnector | Class::Slash, _) => (500, 50, 50),
        (Class::Number, _) => (1000, 260, 260),
        (Class::IdeographicSpace, _) => (1000, 500, 500),
        _ => (1000, 40, 40),
    }
}

/// Measures a paragraph, every atom in the same em.
pub fn measure(text: &str, analysis: &Analysis) -> Vec<Measured> {
    let set = |atom: &Atom| {
        let (advance, before, after) = glyph(text, atom);
        Measured {
            advance: em(advance),
            em: Length(EM),
            blank_before: em(before),
            blank_after: em(after),
        }
    };
    analysis.atoms.iter().map(set).collect()
}

/// A justified paragraph of so many characters a line, indented by two.
pub fn paragraph(characters: i64) -> Shape {
    Shape {
        measure: em(characters * 1000),
        first_indent: em(2000),
        rest_indent: Length::ZERO,
        justify: true,
    }
}

/// A box of so many thousandths of an em, neither indented nor justified.
pub fn ragged(width: i64) -> Shape {
    Shape {
        measure: em(width),
        first_indent: Length::ZERO,
        rest_indent: Length::ZERO,
        justify: false,
    }
}

/// The same, justified.
pub fn block(width: i64) -> Shape {
    Shape { justify: true, ..ragged(width) }
}

/// Sets a text.
pub fn set(text: &str, shape: &Shape, settings: &Settings) -> Fit {
    ways(text, shape, settings, 0).remove(0)
}

/// Sets a text in several ways.
pub fn ways(text: &str, shape: &Shape, settings: &Settings, slack: usize) -> Vec<Fit> {
    let analysis = analyze(text, settings);
    let measured = measure(text, &analysis);
    fit(&analysis, &measured, shape, settings, slack)
}

/// The texts of the lines.
pub fn texts<'a>(text: &'a str, fit: &Fit, settings: &Settings) -> Vec<&'a str> {
    let analysis = analyze(text, settings);
    fit.lines.iter().map(|line| line_text(text, &analysis, line)).collect()
}

/// The text of a line.
pub fn line_text<'a>(text: &'a str, analysis: &Analysis, line: &Line) -> &'a str {
    if line.atoms.is_empty() {
        return "";
    }
    let first = analysis.atoms[line.atoms.start].range.start;
    &text[first..analysis.atoms[line.atoms.end - 1].range.end]
}

/// How wide each atom of a line stands, thousandths of an em, the gap after it included. What is
/// trimmed before the ink counts as trimmed from the atom itself.
pub fn widths(text: &str, fit: &Fit, line: usize, settings: &Settings) -> Vec<i64> {
    let analysis = analyze(text, settings);
    let measured = measure(text, &analysis);
    let line = &fit.lines[line];
    let left = |i: usize| {
        let atom = &analysis.atoms[line.atoms.start + i];
        // An opening mark that is half width has lost the white before its ink.
        let lost = match atom.class {
            Class::Open if i > 0 => {
                let before = line.x[i - 1].0 + measured[line.atoms.start + i - 1].advance.0;
                (before - line.x[i].0).clamp(0, EM / 2)
            }
            _ => 0,
        };
        line.x[i].0 + lost
    };
    (0..line.x.len())
        .map(|i| {
            let right = if i + 1 < line.x.len() { left(i + 1) } else { line.end.0 };
            (right - left(i)) * 1000 / EM
        })
        .collect()
}
