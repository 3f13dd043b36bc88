//! The text while rules work on it: characters that remember where they were written.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{Edit, Normalized, Problem, tables};
use crate::diagnostic::Code;

/// A character and the bytes of the written text that it stands for.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub c: char,
    pub range: Range<usize>,
}

pub(super) struct Buffer {
    pub cells: Vec<Cell>,
    edits: Vec<Edit>,
    problems: Vec<Problem>,
    length: usize,
}

impl Buffer {
    pub fn new(written: &str) -> Buffer {
        let cells = written
            .char_indices()
            .map(|(at, c)| Cell { c, range: at..at + c.len_utf8() })
            .collect();
        Buffer { cells, edits: Vec::new(), problems: Vec::new(), length: written.len() }
    }

    pub fn finish(self) -> Normalized {
        let mut text = String::new();
        let mut origin = Vec::new();
        for cell in &self.cells {
            origin.resize(origin.len() + cell.c.len_utf8(), cell.range.start);
            text.push(cell.c);
        }
        origin.push(self.cells.last().map_or(self.length, |cell| cell.range.end));
        Normalized { text, edits: self.edits, problems: self.problems, origin }
    }

    pub fn at(&self, index: usize) -> Option<char> {
        self.cells.get(index).map(|cell| cell.c)
    }

    pub fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|index| self.at(index))
    }

    /// How many times the character at `index` stands there in a row.
    pub fn run(&self, index: usize) -> usize {
        let Some(c) = self.at(index) else { return 0 };
        self.cells[index..].iter().take_while(|cell| cell.c == c).count()
    }

    /// Replaces cells and logs it. The new characters stand for the whole of what was there.
    pub fn replace(&mut self, rule: &'static str, cells: Range<usize>, after: &str) {
        let before: String = self.cells[cells.clone()].iter().map(|cell| cell.c).collect();
        if before == after {
            return;
        }
        let range = self.cells[cells.start].range.start..self.cells[cells.end - 1].range.end;
        let new: Vec<Cell> = after.chars().map(|c| Cell { c, range: range.clone() }).collect();
        self.cells.splice(cells, new);
        self.edits.push(Edit { rule, range, before, after: after.to_owned() });
    }

    pub fn problem(
        &mut self,
        code: Code,
        error: bool,
        cells: Range<usize>,
        message: impl Into<String>,
        help: &'static str,
    ) {
        let range = self.cells[cells.start].range.start..self.cells[cells.end - 1].range.end;
        self.problems.push(Problem { code, error, range, message: message.into(), help });
    }

    /// N30: what no font prints and no editor means.
    pub fn refuse_unprintable(&mut self) {
        for index in 0..self.cells.len() {
            let c = self.cells[index].c;
            let Some(kind) = tables::unprintable(c) else { continue };
            self.problem(
                Code::IssueCharacter,
                true,
                index..index + 1,
                format!("含有{kind} U+{:04X}", c as u32),
                "删去这个字符，重新输入这一处",
            );
        }
    }

    /// N02: NFC, for the shortest part that changes.
    pub fn canonical(&mut self) {
        let text: String = self.cells.iter().map(|cell| cell.c).collect();
        if is_nfc(&text) {
            return;
        }
        let old: Vec<char> = text.chars().collect();
        let new: Vec<char> = text.nfc().collect();
        let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let room = old.len().min(new.len()) - head;
        let tail =
            old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
        let after: String = new[head..new.len() - tail].iter().collect();
        self.replace("N02", head..old.len() - tail, &after);
    }

    /// N04: characters that have no width and no meaning here go; N11 and the rest of the rules for
    /// spaces come later.
    pub fn invisible(&mut self) {
        let mut kept: Vec<Cell> = Vec::with_capacity(self.cells.len());
        for Cell { c, range } in std::mem::take(&mut self.cells) {
            // A joiner within an emoji is a part of it.
            let before = kept.last().map(|cell| cell.c);
            let joins = c == '\u{200d}' && before.is_some_and(tables::is_emoji);
            if tables::is_invisible(c) && !joins {
                let (before, after) = (c.to_string(), String::new());
                self.edits.push(Edit { rule: "N04", range, before, after });
            } else {
                kept.push(Cell { c, range });
            }
        }
        self.cells = kept;
    }

    /// N03, N15, N23: characters with a twin that is meant.
    pub fn twins(&mut self) {
        for index in 0..self.cells.len() {
            if let Some((rule, twin)) = tables::twin(self.cells[index].c) {
                self.replace(rule, index..index + 1, twin.encode_utf8(&mut [0; 4]));
            }
        }
    }
}
