//! Which word was meant, and where it belongs.

use super::Key;

/// The word of `known` nearest to `written`, if it is near enough to be worth naming.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded: String = written
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{3000}')
        .map(|c| if c == '-' { '_' } else { c.to_ascii_lowercase() })
        .collect();
    let length = folded.chars().count();
    // One slip in a short word, one in three letters in a long one; a Chinese word of two
    // characters must share one of them.
    let allowed = match length {
        0 => return None,
        1 => 0,
        2..=5 => 1,
        _ => length / 3,
    };
    let mut best: Option<(usize, &str)> = None;
    for word in known {
        let other = word.replace('-', "_").to_ascii_lowercase();
        // 机关 for 编发机关, 正 for 正刊: a part of the right word.
        let part = is_han(&folded)
            && other.contains(&folded)
            && other.chars().count() <= (length * 2).max(length + 1);
        let distance = if part { 1 } else { strsim::damerau_levenshtein(&folded, &other) };
        if (part || distance <= allowed) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

/// Where a key belongs that stands in a wrong place: which of these tables, each with what it is
/// called, have it; two of them at most.
pub fn places_of(written: &str, tables: &[(&str, &[Key])]) -> Option<String> {
    let has = |keys: &[Key]| keys.iter().any(|key| key.names().any(|name| name == written));
    let places: Vec<&str> =
        tables.iter().filter(|(_, keys)| has(keys)).map(|(title, _)| *title).collect();
    match places.as_slice() {
        [] => None,
        [one] => Some(format!("“{written}”写在“{one}”")),
        [one, two, ..] => Some(format!("“{written}”写在“{one}”或“{two}”")),
    }
}

fn is_han(text: &str) -> bool {
    text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_word_that_was_meant() {
        let known = ["headline", "标题", "source", "来源", "编发机关", "copy_number"];
        assert_eq!(nearest("headlin", known), Some("headline"));
        assert_eq!(nearest("Headline", known), Some("headline"));
        assert_eq!(nearest("copy-number", known), Some("copy_number"));
        assert_eq!(nearest("标 题", known), Some("标题"));
        assert_eq!(nearest("来原", known), Some("来源"));
        assert_eq!(nearest("机关", known), Some("编发机关"));
        assert_eq!(nearest("完全不同的词", known), None);
        assert_eq!(nearest("", known), None);
    }
}
