//! Widths in context: adjacent marks (GB/T 15834 §5.1, CLREQ), edges of lines, the gap between Han
//! and Western text. Nothing is ever trimmed but what is blank in the glyph that is set.

use super::{Analysis, Class, Measured, Settings};
use crate::unit::Length;

/// The ladder of CLREQ's line adjustment, in its order (the mark at the line end comes before it).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Western word spaces, to ¼ em.
    WordSpace,
    /// · to ½ em, on both sides.
    Interpunct,
    /// Quotes, brackets, book-title marks, to ½ em.
    Bracket,
    /// ，、；：to ½ em.
    Pause,
    /// The gap between Han and Western text, to ⅛ em.
    Autospace,
    /// 。？！ to ½ em.
    Stop,
}

/// How many steps there are.
pub(super) const STEPS: usize = 6;

/// Where the white of a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    After,
    Both,
}

/// An atom with its widths in context.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Natural advance.
    pub advance: i64,
    /// Its em.
    pub em: i64,
    /// What makes it half width, and how that parts on its sides.
    side: Side,
    blank: (i64, i64),
    /// Trimmed inside a line, first in a line, last in a line.
    pub middle: i64,
    pub start: i64,
    pub end: i64,
    /// What may still be trimmed inside a line, in which step.
    pub shrink: Option<(Step, i64)>,
    /// What may still be trimmed when it is last in a line and the line needs it.
    pub end_room: i64,
    /// Gap before it, when it is not first.
    pub gap: i64,
    /// What that gap may lose.
    pub gap_shrink: i64,
    /// What that gap may gain before other gaps are widened.
    pub gap_stretch: i64,
    /// What a word space may gain.
    pub space_stretch: i64,
    /// Its share when all gaps are widened: the em around it, 0 when it must not be widened.
    pub weight: i64,
}

impl Cell {
    /// How a trim parts on the sides of the ink.
    pub fn cut(&self, trim: i64) -> (i64, i64) {
        let (before, after) = self.blank;
        match self.side {
            Side::Before => {
                let cut = trim.min(before);
                (cut, trim - cut)
            }
            Side::After => {
                let cut = trim.min(after);
                (trim - cut, cut)
            }
            Side::Both => {
                let cut = (trim / 2).clamp((trim - after).max(0), before.min(trim));
                (cut, trim - cut)
            }
        }
    }
}

/// The cells of a paragraph.
pub(super) fn cells(analysis: &Analysis, measured: &[Measured], settings: &Settings) -> Vec<Cell> {
    let none = Measured {
        advance: Length::ZERO,
        em: Length::ZERO,
        blank_before: Length::ZERO,
        blank_after: Length::ZERO,
    };
    let n = analysis.atoms.len();
    let mut cells: Vec<Cell> =
        (0..n).map(|i| cell(analysis, i, measured.get(i).unwrap_or(&none), settings)).collect();
    for i in 1..n {
        set_gap(analysis, &mut cells, i, settings);
    }
    cells
}

fn class(analysis: &Analysis, i: Option<usize>) -> Option<Class> {
    i.and_then(|i| analysis.atoms.get(i)).map(|atom| atom.class)
}

fn cell(analysis: &Analysis, i: usize, measured: &Measured, settings: &Settings) -> Cell {
    let atom = &analysis.atoms[i];
    let advance = measured.advance.0.max(0);
    let em = measured.em.0.max(0);
    let blank =
        (measured.blank_before.0.clamp(0, advance), measured.blank_after.0.clamp(0, advance));
    let mut cell = Cell {
        advance,
        em,
        side: Side::Both,
        blank,
        middle: 0,
        start: 0,
        end: 0,
        shrink: None,
        end_room: 0,
        gap: 0,
        gap_shrink: 0,
        gap_stretch: 0,
        space_stretch: 0,
        weight: 0,
    };
    match atom.class {
        Class::Space if advance > 0 => {
            cell.shrink = Some((Step::WordSpace, (advance - em / 4).max(0)));
            cell.space_stretch = (em / 2 - advance).max(0);
        }
        Class::Interpunct => {
            cell.shrink = Some((Step::Interpunct, cell.room(em / 2)));
        }
        // × in 7×24: two thirds of an em.
        Class::Number if !atom.western => {
            let trim = cell.room(em * 2 / 3);
            (cell.middle, cell.start, cell.end) = (trim, trim, trim);
        }
        Class::Open | Class::Close | Class::Pause | Class::Stop if !atom.western => {
            set_mark(analysis, i, &mut cell, settings);
        }
        _ => {}
    }
    cell
}

impl Cell {
    /// What is blank beyond a width.
    fn room(&self, width: i64) -> i64 {
        (self.advance - width).clamp(0, self.blank.0 + self.blank.1)
    }
}

/// A full-width mark: half width beside other marks and at the line end.
fn set_mark(analysis: &Analysis, i: usize, cell: &mut Cell, settings: &Settings) {
    let atom = &analysis.atoms[i];
    let opening = atom.class == Class::Open;
    let room = cell.room(cell.em / 2);
    cell.side = match opening {
        // Centred in its cell, as ？ is in some faces: it stays centred.
        _ if (cell.blank.0 - cell.blank.1).abs() * 100 <= cell.em * 15 => Side::Both,
        true => Side::Before,
        false => Side::After,
    };
    let before = class(analysis, i.checked_sub(1));
    let after = class(analysis, Some(i + 1));
    let squeezed = if opening {
        before.is_some_and(gives_way_to_open)
            || settings.pair_min <= 1000 && after == Some(Class::Open)
    } else {
        let tight = settings.pair_min <= 1000
            && (before.is_some_and(is_closing) || after == Some(Class::Open));
        after.is_some_and(takes_close) || analysis.traits[i].stacked || tight
    };
    if squeezed {
        cell.middle = room;
    } else {
        let step = match atom.class {
            Class::Pause => Step::Pause,
            Class::Stop => Step::Stop,
            _ => Step::Bracket,
        };
        cell.shrink = Some((step, room));
    }
    if opening {
        let half = if i == 0 { settings.indent_half } else { settings.line_start_half };
        cell.start = if half { room } else { 0 };
        cell.end = cell.middle;
    } else {
        cell.start = cell.middle;
        // Squeezed by what it follows it stays so; by what comes on the next line it does not.
        let stays = settings.line_end_half || analysis.traits[i].stacked;
        cell.end = if stays { room } else { 0 };
        cell.end_room = room - cell.end;
    }
}

/// What makes an opening mark after it half width.
fn gives_way_to_open(class: Class) -> bool {
    matches!(class, Class::Open | Class::Interpunct | Class::IdeographicSpace) || is_closing(class)
}

/// What makes a closing mark before it half width.
fn takes_close(class: Class) -> bool {
    matches!(class, Class::Interpunct | Class::IdeographicSpace) || is_closing(class)
}

fn is_closing(class: Class) -> bool {
    matches!(class, Class::Close | Class::Pause | Class::Stop)
}

/// The gap before a cell: the space beside Western text, and whether it may be widened.
fn set_gap(analysis: &Analysis, cells: &mut [Cell], i: usize, settings: &Settings) {
    let em = (cells[i - 1].em + cells[i].em) / 2;
    let thousandths = |n: i64| Length(em).thousandths(n).0;
    let cell = &mut cells[i];
    if analysis.traits[i].autospace && settings.autospace > 0 {
        cell.gap = thousandths(settings.autospace);
        cell.gap_shrink = (cell.gap - thousandths(125)).max(0);
        // CLREQ allows ½ em; beside gaps that stay as they are ⅓ em is the most that looks even.
        cell.gap_stretch = (thousandths(333) - cell.gap).max(0);
    }
    let rigid = |class: Class| {
        matches!(class, Class::Connector | Class::HalfConnector | Class::Slash | Class::Space)
    };
    let (a, b) = (analysis.atoms[i - 1].class, analysis.atoms[i].class);
    let fixed = analysis.solid[i] || rigid(a) || rigid(b);
    cell.weight = if fixed { 0 } else { em };
}

impl Cell {
    /// Whether it is a word space: what it loses or gains is its own.
    pub fn is_space(&self) -> bool {
        matches!(self.shrink, Some((Step::WordSpace, _)))
    }
}
