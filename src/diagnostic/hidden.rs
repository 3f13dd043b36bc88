//! Lines that no finding shows, because a password may stand in them.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::RangeInclusive;

use super::place::Place;
use super::{FileId, Sources};

/// What nobody may see.
#[derive(Clone, Default)]
pub(super) struct Hidden {
    /// Files and lines from 1.
    lines: BTreeSet<(FileId, usize)>,
    /// Words that are masked wherever a finding says them.
    words: Vec<String>,
}

/// What stands in the place of a hidden word.
const MASK: &str = "***";

/// Shorter words would mask half of every message.
const SHORTEST: usize = 4;

/// Nobody has more passwords.
const MOST: usize = 100;

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(…)")
    }
}

impl Sources {
    /// From now on no finding shows these lines of a file (from 1), whatever it is about; its place is
    /// named all the same.
    pub fn hide(&mut self, file: FileId, lines: RangeInclusive<usize>) {
        self.hidden.lines.extend(lines.map(|line| (file, line)));
    }

    /// From now on no finding says this word.
    pub fn hide_word(&mut self, word: &str) {
        let words = &self.hidden.words;
        let known = words.len() >= MOST || words.iter().any(|known| known == word);
        if !known && word.chars().count() >= SHORTEST {
            self.hidden.words.push(word.to_owned());
        }
    }

    /// Whether the line of a place is one that nobody may see.
    pub(super) fn is_hidden(&self, file: FileId, text: &str, place: &Place) -> bool {
        let line = &text[place.line_start..place.line_end];
        self.hidden.lines.contains(&(file, place.line))
            || self.hidden.words.iter().any(|word| line.contains(word))
    }

    /// A text without hidden words.
    pub(super) fn masked(&self, text: &str) -> String {
        self.hidden.words.iter().fold(text.to_owned(), |text, word| text.replace(word, MASK))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic, Span, render, to_json};
    use super::*;

    #[test]
    fn a_hidden_line_is_named_and_not_shown() {
        let text = "服务器: a\n密码: 天书-s3cret\n端口: 天书-s3cret\n用户: 甲\n";
        let mut sources = Sources::default();
        let file = sources.add("hongtou.yaml", text);
        sources.hide(file, 2..=2);
        sources.hide_word("天书-s3cret");
        sources.hide_word("甲");
        for (word, line, shown) in [("密码", 2, false), ("端口", 3, false), ("用户", 4, true)]
        {
            let start = text.find(word).unwrap() as u32;
            let span = Span { file, start, end: start + 6 };
            let finding = Diagnostic::error(Code::Fault, span, "“天书-s3cret”不对")
                .with_help("删去天书-s3cret");
            let finding = finding.with_label("天书-s3cret");
            let said = render(&sources, std::slice::from_ref(&finding), false);
            assert!(said.contains(&format!("hongtou.yaml:{line}:1")), "{said}");
            assert!(said.contains("错误：“***”不对") && said.contains("删去***"), "{said}");
            assert_eq!((said.contains("用户: 甲"), said.contains("不显示")), (shown, !shown));
            if !shown {
                assert!(!said.contains("s3cret"), "{said}");
            }
            assert!(!to_json(&sources, &[finding]).contains("s3cret"));
        }
    }
}
