//! The words of texts that other versions, or other fonts, may have broken into lines and pages
//! elsewhere, or punctuated otherwise: what remains the same then, and who wrote it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::build::{Composed, Source};
use crate::diagnostic::Sources;

/// Letters, digits and characters, without what is between them, in their usual form.
pub(super) fn letters(text: &str) -> Vec<char> {
    text.nfkc().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The text of all pages without their numbers.
pub(super) fn whole(pages: &[String]) -> String {
    let own = pages.iter().enumerate();
    own.map(|(index, page)| page.strip_suffix(&(index + 1).to_string()).unwrap_or(page)).collect()
}

/// The words of an issue.
pub(super) struct Owned {
    letters: Vec<char>,
    /// Which text of an editor each is of; `None` for words that the program or the layout gave.
    owners: Vec<Option<usize>>,
}

impl Owned {
    pub(super) fn new(composed: &Composed, sources: &Sources) -> Owned {
        let mut owned = Owned { letters: Vec::new(), owners: Vec::new() };
        // Many runs of one text have the place of the whole.
        let mut last = (None, String::new());
        for (index, run) in composed.document.runs().enumerate() {
            if run.span.is_some() && run.span != last.0 {
                let written = run.span.and_then(|span| {
                    let text = &sources.get(span.file).text;
                    text.get(span.start as usize..span.end as usize)
                });
                last = (run.span, letters(written.unwrap_or("")).into_iter().collect());
            }
            let own = letters(&run.text);
            let written = run.span.is_some() && last.1.contains(&own.iter().collect::<String>());
            owned.owners.extend(own.iter().map(|_| written.then_some(index)));
            owned.letters.extend(own);
        }
        owned
    }

    /// Whether a text has other words where an editor's should be. `expected` is what is printed
    /// here, `found` what a file has.
    pub(super) fn changed(&self, found: &[char], expected: &[char], source: &Source) -> bool {
        let owners = self.owners_of(expected);
        let mut texts = None;
        differences(found, expected).into_iter().any(|(new, old)| {
            let lost = owners[old.clone()].iter().any(Option::is_some);
            let (left, right) =
                (old.start.checked_sub(1).map(|at| owners[at]), owners.get(old.end));
            let within = old.is_empty() && left.flatten().is_some() && left.as_ref() == right;
            lost || within || {
                let all = || letters(&all(source)).into_iter().collect::<String>();
                let texts = texts.get_or_insert_with(all);
                strange(&found[new], texts)
            }
        })
    }

    /// Who wrote the words as they stand on the pages.
    fn owners_of(&self, printed: &[char]) -> Vec<Option<usize>> {
        let mut owners = Vec::with_capacity(printed.len());
        let mut at = 0;
        for (new, old) in differences(printed, &self.letters) {
            owners.extend(&self.owners[at..old.start]);
            owners.extend(new.map(|_| None));
            at = old.end;
        }
        owners.extend(&self.owners[at..]);
        owners
    }
}

fn all(source: &Source) -> String {
    let issue = String::from_utf8_lossy(&source.issue);
    format!("{issue}\n{}\n{}", source.config.as_deref().unwrap_or(""), source.layout)
}

/// Whether words are in none of the texts that an issue is made of, and are more than numbers and
/// dates, which a program makes.
fn strange(found: &[char], texts: &str) -> bool {
    const MADE: &str = "〇零一二三四五六七八九十百年月日期号第总";
    const LEAST: usize = 4;
    let own = found.iter().filter(|c| !c.is_ascii_digit() && !MADE.contains(**c)).count();
    own >= LEAST && !texts.contains(&found.iter().collect::<String>())
}

/// How many letters must be the same after a difference for it to have ended.
const SURE: usize = 6;
/// How many letters may be missing or more for its end to be found.
const REACH: usize = 100;
/// Differences, the last of which may be all the rest.
const MOST: usize = 40;

/// Where two texts differ: the stretch of the first, that of the second. Not the shortest such list,
/// but one found in a time that grows only with the texts.
fn differences(a: &[char], b: &[char]) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut i, mut j) = (0, 0);
    let mut found = Vec::new();
    loop {
        let same = a[i..].iter().zip(&b[j..]).take_while(|(a, b)| a == b).count();
        (i, j) = (i + same, j + same);
        if i == a.len() && j == b.len() {
            return found;
        }
        let again = |over: usize, under: usize| {
            let (a, b) = (a.get(i + over..)?, b.get(j + under..)?);
            let long = a.len() >= SURE && b.len() >= SURE;
            let same = if long { a[..SURE] == b[..SURE] } else { a == b };
            same.then_some((over, under))
        };
        let reach = if found.len() + 1 < MOST { 2 * REACH } else { 0 };
        let end = (1..reach).find_map(|all| (0..=all).find_map(|over| again(over, all - over)));
        let (over, under) = end.unwrap_or((a.len() - i, b.len() - j));
        found.push((i..i + over, j..j + under));
        (i, j) = (i + over, j + under);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(a: &str, b: &str) -> Vec<(String, String)> {
        let (a, b) = (letters(a), letters(b));
        let found = differences(&a, &b).into_iter();
        found.map(|(x, y)| (a[x].iter().collect(), b[y].iter().collect())).collect()
    }

    #[test]
    fn differences_are_found_where_they_are() {
        assert_eq!(differ("全区共有二十四座旱厕。", "全区，共有二十四座旱厕"), []);
        let own = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(differ("甲改造25座旱厕和其他", "甲改造24座旱厕和其他"), [own("5", "4")]);
        assert_eq!(differ("不同意此项申请报告", "同意此项申请报告"), [own("不", "")]);
        assert_eq!(differ("同意", "不同意"), [own("", "不")]);
        let (long, other) = ("一二三四五".repeat(100), "甲乙丙丁戊".repeat(100));
        assert_eq!(differ(&long, &other), [own(&long, &other)]);
    }

    /// Texts that have nothing in common, or too much, take no longer.
    #[test]
    fn hostile_texts_are_compared_in_a_moment() {
        let a: Vec<char> = "甲乙".repeat(200_000).chars().collect();
        let b: Vec<char> = "甲丙甲甲乙".repeat(80_000).chars().collect();
        assert!(differences(&a, &b).len() <= MOST);
    }

    #[test]
    fn page_numbers_are_no_words_of_the_text() {
        let pages = ["甲乙1".to_owned(), "丙丁2".to_owned(), "戊9".to_owned()];
        assert_eq!(whole(&pages), "甲乙丙丁戊9");
    }
}
