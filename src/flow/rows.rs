//! Lines and the rows of the grid that they take.

use crate::layout::{PageGeometry, Style};

/// How many rows the lines of a style take. Lines of another pitch than the grid's take as many as
/// hold them, the white between rows included: a title in 二号 needs no more than a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One each.
    Grid,
    /// As many as hold lines of this pitch and size; all in units of [`crate::unit::Length`].
    Own {
        /// From line to line.
        pitch: u64,
        /// Height of a line.
        size: u64,
        /// From row to row.
        row: u64,
    },
}

impl Rows {
    /// Those of a style.
    pub fn new(page: &PageGeometry, style: &Style) -> Rows {
        let units = |length: crate::unit::Length| length.0.max(1) as u64;
        match style.pitch {
            None => Rows::Grid,
            Some(pitch) => {
                Rows::Own { pitch: units(pitch), size: units(style.size), row: units(page.pitch()) }
            }
        }
    }

    /// Rows that so many lines take, at least one.
    pub fn of(self, lines: u32) -> u32 {
        let lines = lines.max(1);
        match self {
            Rows::Grid => lines,
            Rows::Own { pitch, size, row } => {
                (pitch * u64::from(lines - 1) + size).div_ceil(row) as u32
            }
        }
    }

    /// How many lines so many rows hold.
    pub fn hold(self, rows: u32) -> u32 {
        match self {
            Rows::Grid => rows,
            Rows::Own { pitch, size, row } => match (row * u64::from(rows)).checked_sub(size) {
                Some(left) => (left / pitch) as u32 + 1,
                None => 0,
            },
        }
    }
}
