//! Texts as search compares them: width, case and punctuation aside.
//!
//! Each Han character is a token of its own and a word is a phrase of them, so that words of any
//! length are found, of one character too, and no dictionary decides what a word is. Letters and
//! digits make tokens of a run each. Only here are compatibility forms folded (NFKC): Ⅲ is found
//! as III, full-width letters as plain ones; what is printed and kept stays as it was written.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One token of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Folded.
    pub text: String,
    /// Where it was written, in characters.
    pub range: Range<usize>,
    /// Whether a sentence ends before it: no phrase goes over that.
    pub fresh: bool,
}

/// What a token can be made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// A character that is a word by itself: Han, kana, syllables.
    Alone,
    /// An accent: part of the word it stands in.
    Mark,
    Space,
}

/// The tokens of a text in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before = Class::Space;
    let mut fresh = false;
    for (at, written) in text.chars().enumerate() {
        fresh |= ends_sentence(written);
        for c in written.nfkc().flat_map(char::to_lowercase) {
            let class = class(c);
            match class {
                Class::Mark => continue,
                Class::Space => {}
                _ => match tokens.last_mut() {
                    Some(last) if class == before && class != Class::Alone => {
                        last.text.push(c);
                        last.range.end = at + 1;
                    }
                    _ => {
                        let fresh = std::mem::take(&mut fresh);
                        tokens.push(Token { text: c.into(), range: at..at + 1, fresh });
                    }
                },
            }
            before = class;
        }
    }
    tokens
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        c if c.is_ascii_alphabetic() => Class::Letter,
        c if c.is_ascii() => Class::Space,
        c if is_combining_mark(c) => Class::Mark,
        // Scripts that part words by spaces: Latin, Greek, Cyrillic and what lies between them.
        '\u{a1}'..='\u{1fff}' if c.is_alphabetic() => Class::Letter,
        c if c.is_alphanumeric() => Class::Alone,
        _ => Class::Space,
    }
}

/// Whether a sentence ends with this mark.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n')
}

/// The texts of the tokens.
pub(super) fn folded(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.text).collect()
}

/// The words of a query: parted by spaces, unless they stand in a pair of quotation marks. Words of
/// nothing but punctuation are none.
pub(super) fn query(texts: &[String]) -> Vec<Vec<String>> {
    let mut words = Vec::new();
    for text in texts {
        let mut word = String::new();
        let mut open: Option<char> = None;
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            let closes = match c {
                '"' => Some('"'),
                '“' => Some('”'),
                _ => None,
            };
            match (open, closes) {
                (Some(end), _) if end == c => open = None,
                // A mark without its partner is punctuation like any other.
                (None, Some(end)) if rest.as_str().contains(end) => open = Some(end),
                (None, _) if c.is_whitespace() => words.push(std::mem::take(&mut word)),
                _ => word.push(c),
            }
        }
        words.push(word);
    }
    words.iter().map(|word| folded(word)).filter(|word| !word.is_empty()).collect()
}

/// Where a phrase stands among tokens: the range of tokens of each occurrence.
pub(super) fn occurrences(tokens: &[Token], phrase: &[String]) -> Vec<Range<usize>> {
    let Some(last) = tokens.len().checked_sub(phrase.len()) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = 0;
    while at <= last && !phrase.is_empty() {
        let here = &tokens[at..at + phrase.len()];
        let same = here.iter().zip(phrase).all(|(token, word)| token.text == *word);
        if same && !here[1..].iter().any(|token| token.fresh) {
            found.push(at..at + phrase.len());
            at += phrase.len();
        } else {
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        folded(text).join(" ")
    }

    #[test]
    fn han_stand_alone_and_letters_and_digits_in_runs() {
        assert_eq!(joined("区民政局"), "区 民 政 局");
        assert_eq!(joined("7×24小时"), "7 24 小 时");
        assert_eq!(joined("PM2.5浓度"), "pm 2 5 浓 度");
        assert_eq!(joined("“文明交通　有我参与”"), "文 明 交 通 有 我 参 与");
        assert_eq!(joined("MC00-0100-0001～0003"), "mc 00 0100 0001 0003");
        assert_eq!(joined("Москва café"), "москва café");
        assert_eq!(joined("，。“”——…… ★"), "");
    }

    #[test]
    fn width_case_and_compatibility_forms_are_folded() {
        assert_eq!(joined("Ⅲ-17"), joined("III-17"));
        assert_eq!(joined("ⅲ－１７"), joined("iii-17"));
        assert_eq!(joined("ＬＯＧＯ"), joined("logo"));
        assert_eq!(joined("3.2万㎡"), "3 2 万 m 2");
        // A Kangxi radical and the character it looks like; letters beyond the first plane.
        assert_eq!(joined("⼀"), joined("一"));
        assert_eq!(joined("秦𬱖"), "秦 𬱖");
    }

    #[test]
    fn tokens_know_where_they_were_written() {
        let text = "在Ⅲ区。二";
        let all = tokens(text);
        let ranges: Vec<_> = all.iter().map(|token| token.range.clone()).collect();
        assert_eq!(ranges, [0..1, 1..2, 2..3, 4..5]);
        assert_eq!(
            all.iter().map(|token| token.fresh).collect::<Vec<_>>(),
            [false, false, false, true]
        );
    }

    #[test]
    fn a_query_is_parted_by_spaces_but_not_within_quotation_marks() {
        let query = |text: &str| {
            let words = query(&[text.to_owned()]);
            words.iter().map(|word| word.concat()).collect::<Vec<_>>()
        };
        assert_eq!(query("志愿服务　社区"), ["志愿服务", "社区"]);
        assert_eq!(query("“文明交通 有我参与” 点赞"), ["文明交通有我参与", "点赞"]);
        assert_eq!(query("“志愿 服务"), ["志愿", "服务"]);
        assert_eq!(query("\"志愿 \"服务\""), ["志愿服务"]);
        assert_eq!(query("”* AND (“ —— \""), ["and"]);
        assert_eq!(query(" 　"), [""; 0]);
    }

    #[test]
    fn a_phrase_does_not_go_over_the_end_of_a_sentence() {
        let count = |text: &str, phrase: &str| occurrences(&tokens(text), &folded(phrase)).len();
        assert_eq!(count("整治效果。强化管理", "效果强化"), 0);
        assert_eq!(count("对症“开药方”", "对症开药方"), 1);
        assert_eq!(count("好好好好好", "好好"), 2);
        assert_eq!(count("好", "好好"), 0);
        assert_eq!(count("好", ""), 0);
    }
}
