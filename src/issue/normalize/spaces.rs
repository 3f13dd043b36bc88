//! Spaces: N04 to N11.
//!
//! Between Chinese and digits or letters the page has its own white, set by the layout; a typed
//! space there would double it. Between two words of a Western language a space is a space. Between
//! two Han it may be a slip or may mean something, so it is never dropped.

use super::Setting;
use super::buffer::Buffer;
use super::tables::{is_full_mark, is_han, is_odd_space, is_western};
use crate::diagnostic::Code;

/// What to do with a run of spaces.
enum Verdict {
    Drop(&'static str),
    Western,
    Keep,
    Doubtful,
}

impl Buffer {
    /// All rules for spaces. Every run of spaces becomes nothing, one space or one ideographic one.
    pub fn spaces(&mut self, setting: Setting) {
        for index in 0..self.cells.len() {
            if is_odd_space(self.cells[index].c) {
                self.replace("N04", index..index + 1, " ");
            }
        }
        self.trim();
        let closed = setting == Setting::Heading && self.is_spread();
        let mut index = 0;
        while index < self.cells.len() {
            let length = self.cells[index..].iter().take_while(|cell| is_space(cell.c)).count();
            if length == 0 {
                index += 1;
                continue;
            }
            let range = index..index + length;
            match if closed { Verdict::Drop("N08") } else { self.judge(index, length) } {
                Verdict::Drop(rule) => self.replace(rule, range, ""),
                Verdict::Western => {
                    self.replace("N04", range, " ");
                    index += 1;
                }
                Verdict::Keep => {
                    self.replace("N10", range, "\u{3000}");
                    index += 1;
                }
                Verdict::Doubtful => {
                    self.problem(
                        Code::IssueSpace,
                        false,
                        range.clone(),
                        "汉字之间有空格，将空出一个字",
                        "如是多打的空格，请删去；口号里的空格请放在引号“ ”内",
                    );
                    self.replace("N07", range, "\u{3000}");
                    index += 1;
                }
            }
        }
    }

    /// N11: the indent is the layout's.
    fn trim(&mut self) {
        let lead = self.cells.iter().take_while(|cell| is_space(cell.c)).count();
        if lead > 0 {
            self.replace("N11", 0..lead, "");
        }
        let trail = self.cells.iter().rev().take_while(|cell| is_space(cell.c)).count();
        if trail > 0 {
            let length = self.cells.len();
            self.replace("N01", length - trail..length, "");
        }
    }

    /// Two Han with spaces between, perhaps in brackets: 简　讯, 【简　讯】.
    fn is_spread(&self) -> bool {
        let passed = |c: &char| !is_space(*c) && !matches!(c, '【' | '】');
        let mut rest = self.cells.iter().map(|cell| cell.c).filter(passed);
        let two = rest.next().is_some_and(is_han) && rest.next().is_some_and(is_han);
        two && rest.next().is_none() && self.cells.len() > 2
    }

    fn judge(&self, index: usize, length: usize) -> Verdict {
        let Some((at_left, left)) = self.look_left(index) else { return Verdict::Drop("N11") };
        let Some((at_right, right)) = self.look_right(index + length) else {
            return Verdict::Drop("N01");
        };
        if is_full_mark(left) || is_full_mark(right) {
            return Verdict::Drop("N06");
        }
        let wide = |c: char| is_han(c) || is_full_mark(c) || matches!(c, '—' | '…' | '·');
        for (c, other, inner) in [
            (left, right, self.look_left(at_left).map(|(_, c)| c)),
            (right, left, self.look_right(at_right + 1).map(|(_, c)| c)),
        ] {
            // A quotation mark is Chinese when what it encloses is, or what stands across.
            if matches!(c, '“' | '”' | '‘' | '’') {
                let chinese = wide(other) || inner.is_some_and(wide);
                return if chinese { Verdict::Drop("N06") } else { Verdict::Western };
            }
        }
        match (is_han(left), is_han(right)) {
            (true, true) => match self.quotation(index) {
                Some(inside) if is_slogan(&inside) => Verdict::Keep,
                _ => Verdict::Doubtful,
            },
            (true, false) | (false, true) => {
                let other = if is_han(left) { right } else { left };
                if !is_western(other) {
                    return Verdict::Western;
                }
                // “文明 logo 同行”: a slogan whose spaces may all mean something.
                match self.quotation(index) {
                    Some(inside) if has_han_space(&inside) => Verdict::Doubtful,
                    _ => Verdict::Drop("N05"),
                }
            }
            (false, false) => Verdict::Western,
        }
    }

    /// The character before, spaces and `**` passed over.
    fn look_left(&self, index: usize) -> Option<(usize, char)> {
        self.look((0..index).rev())
    }

    fn look_right(&self, index: usize) -> Option<(usize, char)> {
        self.look(index..self.cells.len())
    }

    fn look(&self, mut places: impl Iterator<Item = usize>) -> Option<(usize, char)> {
        let at = places.find(|at| !is_space(self.cells[*at].c) && self.cells[*at].c != '*')?;
        Some((at, self.cells[at].c))
    }

    /// What stands in the quotation that `index` lies in.
    fn quotation(&self, index: usize) -> Option<String> {
        let chars = |range: std::ops::Range<usize>| self.cells[range].iter().map(|cell| cell.c);
        let open = (0..index).rev().find(|at| matches!(self.cells[*at].c, '“' | '”'))?;
        if self.cells[open].c != '“' {
            return None;
        }
        let close = (index..self.cells.len()).find(|at| matches!(self.cells[*at].c, '“' | '”'))?;
        (self.cells[close].c == '”').then(|| chars(open + 1..close).collect())
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}')
}

/// 文明交通 有我参与: phrases of one length.
fn is_slogan(text: &str) -> bool {
    let lengths: Vec<usize> =
        text.split(is_space).filter(|part| !part.is_empty()).map(|p| p.chars().count()).collect();
    lengths.len() >= 2 && lengths.iter().all(|length| *length == lengths[0])
}

fn has_han_space(text: &str) -> bool {
    let (mut left, mut space) = (None, false);
    for c in text.chars() {
        if is_space(c) {
            space = true;
            continue;
        }
        if space && left.is_some_and(is_han) && is_han(c) {
            return true;
        }
        (left, space) = (Some(c), false);
    }
    false
}
