//! What an item is called where it is listed: in the outline, in an archive, on its page of the
//! export, in a message.

use super::markup;
use crate::issue::{Block, Item};

/// The most characters of a name that is the beginning of a text.
const MOST: usize = 20;

/// Its headline; else its category; else its round-up and the first of its units; else how its text
/// begins, as printed. `after` stands between a round-up and its unit.
pub(super) fn name(item: &Item, after: &str, printed: impl FnOnce() -> String) -> String {
    if let Some(text) = &item.headline {
        return markup::title(text);
    }
    if let Some(text) = &item.category {
        return markup::plain(text);
    }
    let roundup = item.body.iter().find_map(|block| match block {
        Block::Roundup(roundup) => Some(roundup),
        _ => None,
    });
    let Some(roundup) = roundup else { return beginning(&printed()) };
    let label = &roundup.label.value;
    let unit = roundup.entries.first().map(|notice| &notice.unit.value);
    markup::plain(&unit.map_or(label.clone(), |unit| format!("{label}{after}{unit}")))
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= MOST {
        return text.to_owned();
    }
    let torn = |at: usize| keeps_together(characters[at - 1]) && keeps_together(characters[at]);
    // A run longer than the name itself is cut all the same.
    let end = (1..=MOST).rev().find(|at| !torn(*at)).unwrap_or(MOST);
    let start: String = characters[..end].iter().collect();
    let dangling = |c: char| c.is_whitespace() || "，、；：,;:“‘（〈《「『【〔［([{<".contains(c);
    start.trim_end_matches(dangling).to_owned() + "…"
}

/// Whether it belongs to a number or a Western word, which is not cut in two: 1,200, 3.5%, PM2.5.
fn keeps_together(c: char) -> bool {
    let western = c < '\u{250}' || ('！'..='～').contains(&c);
    western && c.is_alphanumeric() || "%％‰.．,".contains(c)
}

#[cfg(test)]
mod tests {
    use super::beginning;

    #[test]
    fn the_beginning_of_a_text_breaks_no_number_and_ends_on_no_open_mark() {
        for (text, name) in [
            ("甲乙丙。", "甲乙丙。"),
            (
                "一二三四五六七八九十一二三四五六七八九十",
                "一二三四五六七八九十一二三四五六七八九十",
            ),
            (
                "一二三四五六七八九十一二三四五六七八九十，",
                "一二三四五六七八九十一二三四五六七八九十…",
            ),
            (
                "城管委开展一系列活动十余场次，接待咨询70余人次。",
                "城管委开展一系列活动十余场次，接待咨询…",
            ),
            (
                "城管委开展一系列活动十场次，接待咨询70余人次。",
                "城管委开展一系列活动十场次，接待咨询70…",
            ),
            (
                "城管委开展活动，今年以来满意率达到了93.5%，比去年高。",
                "城管委开展活动，今年以来满意率达到了…",
            ),
            (
                "城管委开展活动，今年以来居民户均使用了PM2.5仪。",
                "城管委开展活动，今年以来居民户均使用了…",
            ),
            (
                "城管委开展活动，今年以来居民一共使用了，“甲”。",
                "城管委开展活动，今年以来居民一共使用了…",
            ),
            (
                "城管委开展活动，今年以来居民一共印发了《甲》。",
                "城管委开展活动，今年以来居民一共印发了…",
            ),
            ("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst…"),
        ] {
            assert_eq!(beginning(text), name);
        }
    }
}
