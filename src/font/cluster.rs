//! What a cluster is to the font book: which face it wants and how wide it is.

/// How a cluster is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In the Latin face, together with its Western neighbours, at natural widths.
    Western,
    /// In a cell of one em (Han, punctuation, Roman and circled numerals, symbols).
    Wide,
    /// “ ” ‘ ’ in a cell of one em, by the full-width glyph.
    Quote,
    /// ——, —: so many ems (GB/T 15834 §5.1.4, §5.1.6).
    Dash(usize),
    /// ……, …: so many ems (GB/T 15834 §5.1.5).
    Ellipsis(usize),
    /// · in half an em (GB/T 15834 §5.1.7).
    Interpunct,
    /// – - / between Han and ∶ between digits, in half an em (GB/T 15834 §5.1.6, §5.1.9).
    Half,
}

/// Looks at a cluster: its text, what stands around it, and whether it was found to be Western.
pub(super) fn form(cluster: &str, before: &str, after: &str, western: bool) -> Form {
    let mut characters = cluster.chars();
    let Some(first) = characters.next() else { return Form::Wide };
    let count = 1 + characters.filter(|c| *c == first).count();
    match first {
        '—' | '–' | '…' | '‘' | '’' | '“' | '”' | '·' | '×' if western => {
            Form::Western
        }
        // 7×24: digits are Latin, and the Latin × stands at their middle; it is 0.56 em wide,
        // within the ½ to ⅔ em that suit. In ××市 it is a character.
        '×' if is_between_codes(before, after) => Form::Western,
        // 1∶500: a whole em would part the numbers.
        '∶' if is_between_codes(before, after) => Form::Half,
        '×' => Form::Wide,
        '—' => Form::Dash(count),
        '\u{2E3A}' => Form::Dash(2 * count),
        '…' | '⋯' => Form::Ellipsis(count),
        '‘' | '’' | '“' | '”' => Form::Quote,
        '·' | '\u{2027}' => Form::Interpunct,
        '–' | '‐' | '-' | '/' if !western => Form::Half,
        _ if is_natural(first) => Form::Western,
        _ => Form::Wide,
    }
}

/// Whether digits or letters stand on both sides.
fn is_between_codes(before: &str, after: &str) -> bool {
    let is_code = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    is_code(before.chars().next_back()) && is_code(after.chars().next())
}

/// Characters that are as wide as their glyph also within Chinese, and match the Latin digits
/// beside them: letters of the alphabets, % ‰ ° № and signs of currencies.
fn is_natural(character: char) -> bool {
    matches!(character,
        '\u{20}'..='\u{2FF}'
        | '\u{370}'..='\u{10FF}'
        | '\u{1E00}'..='\u{1FFF}'
        | '\u{2000}'..='\u{2010}'
        | '\u{202F}'..='\u{2037}'
        | '\u{2070}'..='\u{20CF}'
        | '\u{2116}'
        | '\u{2150}'..='\u{215F}')
}

/// Symbols that Western fonts have too, narrow and at the height of small letters: × → ■.
pub(super) fn is_shared_symbol(character: char) -> bool {
    character < '\u{2E80}'
}

/// Whether a character never counts as covered: private use (old input methods put rare names
/// there, and every machine shows another one), U+FFFD and noncharacters.
pub(super) fn is_unknowable(character: char) -> bool {
    let code = u32::from(character);
    matches!(code, 0xE000..=0xF8FF | 0xF_0000.. | 0xFFFD | 0xFDD0..=0xFDEF)
        || code & 0xFFFE == 0xFFFE
}

/// Numerals and units that stand on the baseline like letters, beside Latin digits: moving them
/// with the Han of their face would make Ⅲ-58 jump.
pub(super) fn stands_on_baseline(character: char) -> bool {
    matches!(character, '\u{2100}'..='\u{218F}' | '\u{3371}'..='\u{337A}' | '\u{3380}'..='\u{33DF}')
}

/// Connectors, dashes and dots, which belong at the middle of the Han around them.
pub(super) fn is_centred(character: char) -> bool {
    matches!(
        character,
        '—' | '\u{2E3A}' | '…' | '⋯' | '·' | '\u{2027}' | '～' | '〜' | '–' | '‐' | '-'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_multiplication_sign_is_latin_between_digits_only() {
        assert_eq!(form("×", "7", "24", false), Form::Western);
        assert_eq!(form("×", "长", "宽", false), Form::Wide);
        assert_eq!(form("×", "", "×市", false), Form::Wide);
        assert_eq!(form("∶", "1", "500", false), Form::Half);
    }

    #[test]
    fn shared_punctuation_follows_its_context() {
        assert_eq!(form("——", "题", "特", false), Form::Dash(2));
        assert_eq!(form("—", "a", "b", true), Form::Western);
        assert_eq!(form("“", "对", "痛", false), Form::Quote);
        assert_eq!(form("’", "t", "s", true), Form::Western);
        assert_eq!(form("……", "", "", false), Form::Ellipsis(2));
    }

    #[test]
    fn private_use_is_never_known() {
        assert!(is_unknowable('\u{E863}') && is_unknowable('\u{FFFD}'));
        assert!(is_unknowable('\u{100000}') && is_unknowable('\u{1FFFE}'));
        assert!(!is_unknowable('䶮') && !is_unknowable('𬱖'));
    }
}
