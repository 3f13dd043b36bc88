//! Text of strangers that is kept: one line, without what a terminal obeys or no eye sees.

use crate::diagnostic::harmless;

/// On one line: a run of blanks and line ends becomes a space, and whatever else is not seen stands
/// there as what it is, ‹U+001B›. At most `most` characters.
pub(super) fn line(text: &str, most: usize) -> String {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
    let mut line = harmless(&words.join(" ")).into_owned();
    if let Some((end, _)) = line.char_indices().nth(most) {
        line.truncate(end);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_wrote_is_one_line_without_signs_that_a_terminal_obeys() {
        assert_eq!(line(" a\u{1b}[2J\r\n\tb\0 ", 99), "a‹U+001B›[2J b‹U+0000›");
        let said = line("550 \u{202e}好\u{2066}的\u{9b}1m\u{feff}", 99);
        assert_eq!(said, "550 ‹U+202E›好‹U+2066›的‹U+009B›1m‹U+FEFF›");
        assert_eq!(line(&said, 99), said, "what is kept is read again as it is");
        assert_eq!(line(&"长".repeat(1000), 400).chars().count(), 400);
    }
}
