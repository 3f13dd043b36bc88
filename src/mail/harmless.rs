//! Text of strangers that is kept or shown: one line, without what a terminal obeys or no eye sees.

/// On one line: control characters, marks of direction and whatever else is not seen become spaces,
/// a run of spaces one. At most `most` characters.
pub(super) fn line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for (index, word) in text.split(blank).filter(|word| !word.is_empty()).enumerate() {
        if index > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    match line.char_indices().nth(most) {
        Some((end, _)) => line.truncate(end),
        None => return line,
    }
    line
}

fn blank(c: char) -> bool {
    c == ' ' || invisible(c)
}

/// Control and format characters: joiners, marks of direction, byte order marks.
pub(super) fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_wrote_is_one_line_without_signs_that_a_terminal_obeys() {
        assert_eq!(line(" a\u{1b}[2J\r\nb\0 ", 99), "a [2J b");
        assert_eq!(line("550 \u{202e}好\u{2066}的\u{9b}1m\u{feff}", 99), "550 好 的 1m");
        assert_eq!(line(&"长".repeat(1000), 400).chars().count(), 400);
    }
}
