//! Lines of Chinese: character classes, quotation marks, break opportunities, widths of
//! punctuation, justification. Knows no fonts and no pages; integer units, so the same everywhere.
//!
//! Three steps: [`analyze`] looks at the characters; the caller measures each [`Atom`] in its font;
//! [`fit`] chooses the lines of the whole paragraph together.

mod analyze;
mod atoms;
mod balance;
mod breaks;
mod class;
mod fit;
mod justify;
mod quotes;
mod search;
mod sense;
mod sequence;
mod width;

use std::ops::Range;

use crate::unit::Length;

/// What a character is to the line (standards: GB/T 15834 §5.1, CLREQ, UAX #14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Ideographs and what behaves like them (々 is [`Class::Iteration`]).
    Han,
    /// 、，；： pauses.
    Pause,
    /// 。．？！ stops.
    Stop,
    /// Opening half of quotes, brackets, book-title marks.
    Open,
    /// Closing half.
    Close,
    /// —— or ⸺: 2 em, one unit.
    Dash,
    /// …… or ⋯⋯: 2 em, one unit.
    Ellipsis,
    /// A single — (一字线) or ～: 1 em connector.
    Connector,
    /// – ‐ - between Han: half-em connector.
    HalfConnector,
    /// · : half em, centred.
    Interpunct,
    /// / ／.
    Slash,
    /// % ‰ ° ℃ …: belongs to what is before.
    Postfix,
    /// ￥ № ±…: belongs to what is after.
    Prefix,
    /// 々 〻.
    Iteration,
    /// A digit, or a sign within a number, date, time, range or code.
    Number,
    /// A Latin letter, or a sign within a Western word, address or URL.
    Latin,
    /// Ⅰ–Ⅻ: 1 em.
    Roman,
    /// ①–⑳, ⑴…: 1 em list markers.
    Circled,
    /// U+0020 between Western words.
    Space,
    /// U+3000.
    IdeographicSpace,
}

/// A grapheme cluster, or a two-character unit (——, ……).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    /// Bytes of the paragraph's text.
    pub range: Range<usize>,
    /// What it is, after context was looked at.
    pub class: Class,
    /// Whether it is Chinese punctuation or text, to be set in the Chinese face (“ ” … — · ×), or
    /// Western, to be set in the Latin face.
    pub western: bool,
}

/// What may happen before an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// No line may begin here.
    Never,
    /// A line may begin here, at this cost (0 is free). A stretch to the limit of
    /// [`Settings::stretch_max`] in every gap costs 1000. From 1,000,000 on the place is for
    /// emergencies only: inside an address that no other way can set.
    Allowed(u32),
}

/// What [`analyze`] found out about a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// Its atoms, which cover the text without gaps.
    pub atoms: Vec<Atom>,
    /// `breaks[i]` is what may happen before `atoms[i]`; `breaks[0]` is [`Break::Never`].
    pub breaks: Vec<Break>,
    /// `solid[i]`: the gap before `atoms[i]` lies inside an inseparable sequence (number, Western
    /// word, ——) and is neither stretched nor squeezed.
    pub solid: Vec<bool>,
    /// What the widths need to know of the characters, one for each atom.
    traits: Vec<Trait>,
    /// What it costs to begin a line of a title with each atom.
    senses: Vec<u32>,
}

impl Analysis {
    /// Lets the lines of a title begin at these places (bytes of the text) rather than anywhere
    /// else, as far as no more lines come of it: the editor knows the sense.
    pub fn prefer_breaks(&mut self, places: &[usize]) {
        const UNWANTED: u32 = 50_000;
        for (atom, sense) in self.atoms.iter().zip(&mut self.senses) {
            let wanted = places.contains(&atom.range.start);
            *sense = if wanted { 0 } else { *sense + UNWANTED };
        }
    }
}

/// What the widths need to know of a character beyond its class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Trait {
    /// The gap before it lies between an ideograph and Western text.
    autospace: bool,
    /// One of two stacked ？！, which share one em.
    stacked: bool,
}

/// An atom as its font sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Natural advance, before any squeeze.
    pub advance: Length,
    /// The em of its style: punctuation is squeezed by halves of it.
    pub em: Length,
    /// White before the ink within the advance: the most that can be trimmed there.
    pub blank_before: Length,
    /// White after the ink within the advance.
    pub blank_after: Length,
}

/// The form of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Width that lines fill.
    pub measure: Length,
    /// Extra indent of the first line.
    pub first_indent: Length,
    /// Indent of the other lines (hanging, 凸排).
    pub rest_indent: Length,
    /// Whether lines but the last are filled to the measure.
    pub justify: bool,
}

/// How a line was brought to the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// Natural widths filled it, or it need not be filled.
    None,
    /// Squeezed by so much in all.
    Squeezed(Length),
    /// Widened by so much in all.
    Stretched(Length),
}

/// A line of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its atoms, without spaces at its end.
    pub atoms: Range<usize>,
    /// Where each atom's glyphs have their origin, from the left edge of the measure (indent
    /// included; white that was trimmed before the ink is already taken off).
    pub x: Vec<Length>,
    /// Where the line ends, from the left edge of the measure.
    pub end: Length,
    /// What was done to it.
    pub adjustment: Adjustment,
    /// Greatest widening of one gap, thousandths of an em.
    pub stretch_per_gap: i64,
    /// Greatest squeeze of one mark beyond its natural width in context, thousandths of an em.
    pub squeeze_per_mark: i64,
}

/// One way to set a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Its lines.
    pub lines: Vec<Line>,
    /// How bad it is; ways of one paragraph compare by it.
    pub cost: u64,
    /// Whether a limit of CLREQ's line adjustment had to be passed because no way keeps it (a
    /// word longer than the line).
    pub overfull: bool,
}

/// Settings of the engine, from the layout's `typography`; thousandths of an em throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Gap between Han and Latin letters or digits.
    pub autospace: i64,
    /// Least total width of two adjacent marks: 1500 or 1000.
    pub pair_min: i64,
    /// Half width at the line end (GB/T 15834 §5.1.10).
    pub line_end_half: bool,
    /// Half width at the line start.
    pub line_start_half: bool,
    /// Half width after the first-line indent.
    pub indent_half: bool,
    /// Whether 。？！ inside a line may be squeezed.
    pub squeeze_stops: bool,
    /// Whether —— may begin a line.
    pub dash_at_start: bool,
    /// Greatest widening of a gap.
    pub stretch_max: i64,
}

/// Looks at a paragraph's characters: classes, quotation marks, breaks.
pub fn analyze(text: &str, settings: &Settings) -> Analysis {
    analyze::analyze(text, settings)
}

/// Ways to set a paragraph: the best one, and, within the limits of line adjustment, the best with
/// up to `slack` lines fewer and up to `slack` lines more. Ordered by number of lines; never empty
/// (a paragraph without text has one way, without lines).
///
/// A last line with a single character (GB/T 15834 §5.1.11) is no way. Where the limits leave none
/// at all, one way is returned, found by passing them in this order: 。？！ are squeezed, gaps are
/// widened to ½ em, an address is parted at its signs, a line is left unfilled, a single character
/// is last, a word is parted, a mark stands where it must not. From the second on
/// [`Fit::overfull`] says so.
pub fn fit(
    analysis: &Analysis,
    measured: &[Measured],
    shape: &Shape,
    settings: &Settings,
    slack: usize,
) -> Vec<Fit> {
    fit::fit(analysis, measured, shape, settings, slack)
}

/// The lines of a centred title: as few as can be, in the form of a trapezium or a lozenge, parted
/// by sense, none of a single character (GB/T 9704 §7.3.1). Positions are those of lines set flush
/// left; centring is the caller's.
pub fn fit_balanced(
    analysis: &Analysis,
    measured: &[Measured],
    shape: &Shape,
    settings: &Settings,
) -> Fit {
    fit::fit_balanced(analysis, measured, shape, settings)
}
