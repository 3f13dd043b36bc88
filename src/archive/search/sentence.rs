//! The sentences that have the words, and where in them.

use std::ops::Range;

use serde::Serialize;

use crate::archive::entry::Paragraph;
use crate::archive::words::{self, Token};

/// Closing marks that belong to the sentence they end.
const CLOSING: [char; 8] = ['”', '’', '」', '』', '）', '》', '】', '〉'];

/// A sentence of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excerpt {
    /// The whole sentence.
    pub text: String,
    /// The page it begins on.
    pub page: u32,
    /// Where the words stand: first character and the one after the last.
    pub marks: Vec<(usize, usize)>,
}

/// The sentences that have the words between them: the one with the most first, in the order of the
/// text. Without words the first sentence; `None` when a word is nowhere.
pub(super) fn excerpts(paragraphs: &[Paragraph], phrases: &[Vec<String>]) -> Option<Vec<Excerpt>> {
    let mut sentences = Vec::new();
    for (paragraph, whole) in paragraphs.iter().enumerate() {
        for range in split(&whole.text) {
            sentences.push(Sentence::new(paragraph, whole, range, phrases));
        }
    }
    let mut left: Vec<usize> = (0..phrases.len()).collect();
    let mut chosen: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let gain = |sentence: &Sentence| left.iter().filter(|p| sentence.has(**p)).count();
        // The first among the best.
        let best = (0..sentences.len()).rev().max_by_key(|at| gain(&sentences[*at]))?;
        if gain(&sentences[best]) == 0 {
            return None;
        }
        left.retain(|phrase| !sentences[best].has(*phrase));
        chosen.push(best);
    }
    if phrases.is_empty() && !sentences.is_empty() {
        chosen.push(0);
    }
    chosen.sort_unstable();
    Some(chosen.into_iter().map(|at| sentences[at].excerpt(paragraphs)).collect())
}

struct Sentence {
    paragraph: usize,
    range: Range<usize>,
    text: String,
    /// For each word where it stands, in characters of the sentence.
    found: Vec<Vec<Range<usize>>>,
}

impl Sentence {
    fn new(
        paragraph: usize,
        whole: &Paragraph,
        range: Range<usize>,
        phrases: &[Vec<String>],
    ) -> Sentence {
        let text: String = whole.text.chars().skip(range.start).take(range.len()).collect();
        let tokens = words::tokens(&text);
        let place = |found: Range<usize>| tokens[found.start].range.start..end(&tokens, &found);
        let found = phrases
            .iter()
            .map(|phrase| words::occurrences(&tokens, phrase).into_iter().map(place).collect());
        let found = found.collect();
        Sentence { paragraph, range, text, found }
    }

    fn has(&self, phrase: usize) -> bool {
        !self.found[phrase].is_empty()
    }

    fn excerpt(&self, paragraphs: &[Paragraph]) -> Excerpt {
        let mut marks: Vec<Range<usize>> = self.found.iter().flatten().cloned().collect();
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for mark in marks {
            match joined.last_mut() {
                Some((_, end)) if mark.start <= *end => *end = mark.end.max(*end),
                _ => joined.push((mark.start, mark.end)),
            }
        }
        let at = self.range.start + joined.first().map_or(0, |mark| mark.0);
        let page = paragraphs[self.paragraph].page_of(at);
        Excerpt { text: self.text.clone(), page, marks: joined }
    }
}

fn end(tokens: &[Token], found: &Range<usize>) -> usize {
    tokens[found.end - 1].range.end
}

/// The sentences of a text, in characters. What stands between is white space.
fn split(text: &str) -> Vec<Range<usize>> {
    let characters: Vec<char> = text.chars().collect();
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < characters.len() {
        let mut ends = words::ends_sentence(characters[at]);
        at += 1;
        if ends {
            while at < characters.len()
                && (CLOSING.contains(&characters[at]) || words::ends_sentence(characters[at]))
            {
                at += 1;
            }
        }
        ends |= at == characters.len();
        if ends {
            while start < at && characters[start].is_whitespace() {
                start += 1;
            }
            if start < at {
                sentences.push(start..at);
            }
            start = at;
        }
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::entry::Turn;

    fn paragraph(text: &str) -> Paragraph {
        Paragraph { text: text.to_owned(), page: 1, turns: vec![Turn { at: 8, page: 2 }] }
    }

    /// Sentence, marks, page.
    type Found = (String, Vec<(usize, usize)>, u32);

    fn found(text: &str, words: &[&str]) -> Option<Vec<Found>> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let found = excerpts(&[paragraph(text)], &words::query(&words))?;
        Some(found.into_iter().map(|one| (one.text, one.marks, one.page)).collect())
    }

    #[test]
    fn the_sentence_with_the_words_is_found_and_marked() {
        let text = "开展活动。他说：“做志愿服务！”人人志愿；完。";
        let one = |text: &str, marks: &[(usize, usize)], page| {
            Some(vec![(text.to_owned(), marks.to_vec(), page)])
        };
        assert_eq!(found(text, &["志愿服务"]), one("他说：“做志愿服务！”", &[(5, 9)], 2));
        assert_eq!(found(text, &["志愿"]), one("他说：“做志愿服务！”", &[(5, 7)], 2));
        assert_eq!(found(text, &["人人", "志愿"]), one("人人志愿；", &[(0, 4)], 2));
        assert_eq!(found(text, &["活动"]), one("开展活动。", &[(2, 4)], 1));
        assert_eq!(found(text, &[]), one("开展活动。", &[], 1));
        assert_eq!(found(text, &["没有"]), None);
    }

    #[test]
    fn words_in_different_sentences_show_both_in_order() {
        let two = found("甲乙。丙丁。戊己。", &["戊", "甲"]).unwrap();
        assert_eq!(two.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(), ["甲乙。", "戊己。"]);
    }
}
