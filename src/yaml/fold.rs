//! Line folding for Chinese.
//!
//! YAML joins the lines of a text with a space, which is right for words and wrong for characters:
//! an editor who wraps a long Chinese paragraph means no space there. So a fold between two wide
//! characters joins without one.

/// `value`, the parser's reading of the scalar `source`, with the folds between wide characters
/// closed. What cannot be followed (escapes) is left as it is.
pub(super) fn close_folds(value: &str, source: &str) -> Option<String> {
    if !source.contains('\n') {
        return None;
    }
    let mut out = String::with_capacity(value.len());
    let source = source.trim_start_matches(['\'', '"']);
    // How far the source is read; where the white space there ends, and its last line break.
    let (mut at, mut end, mut line_break) = (0, 0, None);
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let rest = &source[at..];
        // Looked for once for all of it: there may be a megabyte of spaces.
        if matches!(c, ' ' | '\t' | '\n') && at >= end {
            end = source.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            line_break = source[at..end].rfind('\n').map(|found| at + found);
        }
        if matches!(c, ' ' | '\t' | '\n') && line_break.is_some_and(|found| found >= at) {
            while matches!(chars.peek(), Some(' ' | '\t' | '\n')) && c == '\n' {
                out.push('\n');
                chars.next();
            }
            at = end;
            let before = out.chars().next_back();
            if c == ' ' && before.is_some_and(is_wide) && chars.peek().is_some_and(|c| is_wide(*c))
            {
                continue;
            }
            out.push(c);
        } else if c == '\'' && rest.starts_with("''") {
            out.push(c);
            at += 2;
        } else if rest.starts_with(c) {
            out.push(c);
            at += c.len_utf8();
        } else {
            return None;
        }
    }
    Some(out)
}

/// Characters that stand next to each other without a space: Han, full-width punctuation, the
/// quotation marks and dashes of Chinese, and the asterisks of `**` beside them.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}'
        | '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '*')
}

#[cfg(test)]
mod tests {
    use super::close_folds;

    #[test]
    fn a_fold_between_han_joins_and_one_between_words_does_not() {
        let close = |value: &str, source: &str| close_folds(value, source).unwrap();
        assert_eq!(close("一 二", "一\n  二"), "一二");
        assert_eq!(close("甲乙 丙丁\n戊\n", "甲乙\n  丙丁\n\n  戊\n"), "甲乙丙丁\n戊\n");
        assert_eq!(close("a b", "a\n  b"), "a b");
        assert_eq!(close_folds("第 二", "第 二"), None);
    }

    #[test]
    fn a_space_that_was_typed_stays() {
        assert_eq!(close_folds("文明交通 有我", "文明交通 有我\n").unwrap(), "文明交通 有我");
        assert_eq!(close_folds("一 二 三", "'一 二\n 三'").unwrap(), "一 二三");
        assert_eq!(close_folds("甲'乙 丙", "'甲''乙\n 丙'").unwrap(), "甲'乙丙");
        assert_eq!(close_folds("x", "\"\\x78\n\""), None);
    }
}
