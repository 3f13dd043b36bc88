//! Punctuation: dashes, ellipses, interpuncts, range marks, straight quotes.

use super::buffer::Buffer;
use super::tables::{is_full_mark, is_han, is_odd_space, is_western};
use crate::diagnostic::Code;

impl Buffer {
    /// N19: — in its one form. What may be drawn for a dash but is another sign is pointed out.
    pub fn dashes(&mut self) {
        let mut index = 0;
        while index < self.cells.len() {
            let run = self.run(index);
            match self.cells[index].c {
                '\u{2015}' => self.replace("N19", index..index + run, &"—".repeat(run)),
                '\u{2e3a}' => self.replace("N19", index..index + run, &"——".repeat(run)),
                '\u{2500}' | '\u{2501}' => self.problem(
                    Code::IssueDash,
                    false,
                    index..index + run,
                    "这里是制表符号“─”，不是破折号",
                    "破折号请用“——”",
                ),
                '-' if run >= 2 && self.chinese_beside(index, run) => self.problem(
                    Code::IssueDash,
                    false,
                    index..index + run,
                    "这里是连写的短横“--”，不是破折号",
                    "破折号请用“——”",
                ),
                _ => {}
            }
            // ⸺ became two characters; both are left behind.
            index += self.run(index).max(1);
        }
    }

    /// N20: …… in its one form.
    pub fn ellipses(&mut self) {
        let mut index = 0;
        while index < self.cells.len() {
            let run = self.run(index);
            let western = self.before(index).is_some_and(|c| c.is_ascii_alphanumeric())
                && self.next_ink(index + run).is_none_or(|c| c.is_ascii());
            match self.cells[index].c {
                '…' if run == 1 && !western => self.replace("N20", index..index + 1, "……"),
                '.' if run >= 3 && !western => self.replace("N20", index..index + run, "……"),
                '·' if run >= 3 => self.replace("N20", index..index + run, "……"),
                '\u{22ef}' => self.replace("N20", index..index + run, "……"),
                '。' if run >= 2 => self.problem(
                    Code::IssueFullStops,
                    false,
                    index..index + run,
                    format!("句号连用了 {run} 个"),
                    "省略号请用“……”，句号只留一个",
                ),
                _ => {}
            }
            index += self.run(index).max(1);
        }
    }

    /// N25: · between the parts of a foreign name.
    pub fn interpuncts(&mut self) {
        for index in 1..self.cells.len() {
            let dot = matches!(self.cells[index].c, '•' | '‧' | '・' | '･' | '∙' | '⋅');
            let han = |c: Option<char>| c.is_some_and(is_han);
            if dot && han(self.at(index - 1)) && han(self.at(index + 1)) {
                self.replace("N25", index..index + 1, "·");
            }
        }
    }

    /// N17: ～ between the ends of a range.
    pub fn ranges(&mut self) {
        let end = |c: char| is_han(c) || is_western(c);
        for index in 1..self.cells.len() {
            if matches!(self.cells[index].c, '~' | '\u{301c}' | '\u{223c}')
                && self.at(index - 1).is_some_and(end)
                && self.at(index + 1).is_some_and(end)
            {
                self.replace("N17", index..index + 1, "～");
            }
        }
    }

    /// N21: straight quotes to “ ” and ‘ ’, when they come in pairs; an apostrophe to ’.
    pub fn quotes(&mut self) {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        for index in 0..self.cells.len() {
            if self.cells[index].c == '\''
                && letter(self.before(index))
                && letter(self.at(index + 1))
            {
                self.replace("N21", index..index + 1, "’");
            }
        }
        self.pair('"', "“", "”");
        self.pair('\'', "‘", "’");
    }

    fn pair(&mut self, straight: char, open: &str, close: &str) {
        let places: Vec<usize> =
            (0..self.cells.len()).filter(|index| self.cells[*index].c == straight).collect();
        if places.len() % 2 == 1 {
            let last = places[places.len() - 1];
            self.problem(
                Code::IssueStraightQuotes,
                true,
                last..last + 1,
                format!("半角引号（{straight}）不成对"),
                "改用中文引号“ ”",
            );
            return;
        }
        for (count, index) in places.into_iter().enumerate() {
            let curly = if count % 2 == 0 { open } else { close };
            self.replace("N21", index..index + 1, curly);
        }
    }

    /// The next character that is no space.
    fn next_ink(&self, index: usize) -> Option<char> {
        let mut rest = self.cells[index..].iter().map(|cell| cell.c);
        rest.find(|c| !is_odd_space(*c) && !matches!(c, ' ' | '\u{3000}'))
    }

    /// Whether Chinese stands on either side of a run.
    fn chinese_beside(&self, index: usize, run: usize) -> bool {
        let chinese = |c: char| is_han(c) || is_full_mark(c) || matches!(c, '“' | '”');
        self.before(index).is_some_and(chinese) || self.at(index + run).is_some_and(chinese)
    }
}
