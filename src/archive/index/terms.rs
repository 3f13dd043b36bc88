//! The terms of the full-text table: what a text becomes in it, and what a word asks it for.
//!
//! The column `pairs` has every two tokens that follow each other as one term, in their order: a
//! word of two tokens or more is a phrase of pairs. Four common characters stand in most items, and
//! to see that they nowhere stand together means to go through all their places; their pairs are
//! rare, or nowhere. The column `singles` has each token of an item once, for words of one.

use std::collections::BTreeSet;

use crate::archive::words::Token;

/// Stands between sentences, so that no phrase goes over their end. No token of a text is like it.
const BREAK: &str = "¶";

/// Stands between the tokens of a pair: `ab` `c` is not `a` `bc`. No token has it.
const JOINT: char = '·';

/// What the columns have of an item.
#[derive(Default)]
pub(super) struct Terms {
    /// Each token once, in order, so that the same items make the same index.
    singles: BTreeSet<String>,
    pairs: String,
}

impl Terms {
    /// Adds a paragraph: no phrase goes from one to the next.
    pub fn add(&mut self, paragraph: &[Token]) {
        let next = paragraph.iter().skip(1).map(Some).chain([None]);
        for (token, next) in paragraph.iter().zip(next) {
            match next {
                Some(next) if !next.fresh => push(&mut self.pairs, &pair(&token.text, &next.text)),
                _ => push(&mut self.pairs, BREAK),
            }
            self.singles.insert(token.text.clone());
        }
    }

    /// The column `singles`.
    pub fn singles(&self) -> String {
        let mut text = String::new();
        self.singles.iter().for_each(|token| push(&mut text, token));
        text
    }

    /// The column `pairs`.
    pub fn pairs(&self) -> &str {
        &self.pairs
    }
}

/// The full-text expression that asks for the tokens of a word, one after the other.
pub(in crate::archive) fn phrase(tokens: &[String]) -> String {
    match tokens {
        [one] => format!("singles : \"{one}\""),
        _ => {
            let pairs: Vec<_> = tokens.windows(2).map(|two| pair(&two[0], &two[1])).collect();
            format!("pairs : \"{}\"", pairs.join(" "))
        }
    }
}

fn pair(first: &str, second: &str) -> String {
    format!("{first}{JOINT}{second}")
}

fn push(text: &mut String, term: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(term);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::words;

    #[test]
    fn a_text_becomes_its_tokens_once_and_its_pairs_in_order() {
        let mut terms = Terms::default();
        terms.add(&words::tokens("区区7月。好"));
        terms.add(&words::tokens("PM2.5"));
        assert_eq!(terms.singles(), "2 5 7 pm 区 好 月");
        assert_eq!(terms.pairs(), "区·区 区·7 7·月 ¶ ¶ pm·2 2·5 ¶");
    }

    #[test]
    fn a_word_is_a_phrase_of_pairs_and_one_token_a_single() {
        let ask = |word| phrase(&words::folded(word));
        assert_eq!(ask("志愿服务"), "pairs : \"志·愿 愿·服 服·务\"");
        assert_eq!(ask("PM2.5"), "pairs : \"pm·2 2·5\"");
        assert_eq!(ask("区"), "singles : \"区\"");
    }

    /// The joint and the break are punctuation, so no token is made of them.
    #[test]
    fn no_token_is_like_the_joint_or_the_break() {
        assert!(words::folded(&format!("{JOINT}{BREAK}")).is_empty());
        assert_eq!(words::folded(&format!("a{JOINT}b{BREAK}c")), ["a", "b", "c"]);
    }
}
