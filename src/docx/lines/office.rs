//! How a word processor breaks lines: it fills one after the other.

use super::nominal::Nominal;
use crate::text::{Break, Class};

/// What a word processor does with a line.
pub(super) struct Program {
    /// Gap between Han and Western letters or digits, thousandths of an em.
    gap: i64,
    /// Whether a closing mark at the line end may give up half its width.
    end_half: bool,
    /// Whether spacing is left out after the last character of a line and of a stretch of one look
    /// and script.
    tight_ends: bool,
}

/// LibreOffice: a gap that no document can switch off; marks keep their width.
pub(super) const LIBREOFFICE: Program = Program { gap: 200, end_half: false, tight_ends: true };
/// Word, as our documents set it.
pub(super) const WORD: Program = Program { gap: 0, end_half: true, tight_ends: false };

/// The measure of a paragraph, twips.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub measure: i64,
    /// Indent of the first line.
    pub first: i64,
}

impl Program {
    /// The atoms that begin lines, when the characters of each atom are so far apart (twips).
    pub fn lines(
        &self,
        nominal: &Nominal,
        room: &Room,
        spacing: impl Fn(usize) -> i64,
    ) -> Vec<usize> {
        let atoms = nominal.analysis.atoms.len();
        let mut starts = Vec::new();
        let mut start = 0;
        while start < atoms {
            starts.push(start);
            let indent = if start == 0 { room.first } else { 0 };
            start = self.end(nominal, start, room.measure - indent, &spacing);
        }
        starts
    }

    /// Where the line that begins with an atom ends.
    fn end(
        &self,
        nominal: &Nominal,
        start: usize,
        measure: i64,
        spacing: &impl Fn(usize) -> i64,
    ) -> usize {
        let atoms = &nominal.analysis.atoms;
        let mut place = None;
        let mut x = 0;
        for (i, atom) in atoms.iter().enumerate().skip(start) {
            let width = &nominal.widths[i];
            if i > start {
                if may_break(nominal, i) {
                    place = Some(i);
                }
                x += self.gap_before(nominal, i);
            }
            x += width.advance + spacing(i) * width.characters;
            let next = nominal.widths.get(i + 1);
            let ends = next.is_none_or(|next| next.stretch != width.stretch)
                || spacing(i + 1) != spacing(i);
            if self.tight_ends && ends {
                x -= spacing(i);
            }
            let class = atom.class;
            // Spaces hang.
            if matches!(class, Class::Space | Class::IdeographicSpace) {
                continue;
            }
            let closing = matches!(class, Class::Close | Class::Pause | Class::Stop);
            let give = if self.end_half && closing { width.size / 2 } else { 0 };
            let last = if self.tight_ends && !ends { -spacing(i) } else { 0 };
            if i > start && x + last - give > measure {
                return place.unwrap_or(i);
            }
        }
        atoms.len()
    }

    fn gap_before(&self, nominal: &Nominal, i: usize) -> i64 {
        let han =
            |i: usize| matches!(nominal.analysis.atoms[i].class, Class::Han | Class::Iteration);
        let western = |i: usize| nominal.widths[i].western;
        let meets = han(i - 1) && western(i) || western(i - 1) && han(i);
        if meets { nominal.widths[i].size * self.gap / 1000 } else { 0 }
    }
}

/// Whether a line may begin with an atom, which is not the first. Word processors part codes after a hyphen and addresses
/// after a slash without a thought.
fn may_break(nominal: &Nominal, i: usize) -> bool {
    const EMERGENCY: u32 = 1_000_000;
    let (before, after) = (nominal.widths[i - 1].begins, nominal.widths[i].begins);
    match (before, nominal.analysis.breaks[i]) {
        ('-', _) if after.is_ascii_alphanumeric() => true,
        ('/', _) if after.is_ascii_alphabetic() => true,
        (_, Break::Allowed(cost)) => cost < EMERGENCY,
        (_, Break::Never) => false,
    }
}
