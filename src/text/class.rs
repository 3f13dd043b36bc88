//! Characters by what they do in a line: the closed repertoire of Chinese official texts first,
//! then a safe answer for everything else in Unicode.

/// What a character is before its neighbours are looked at. Finer than [`super::Class`]: the pair
/// table of [`super::breaks`] needs to know Western marks from Chinese ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ideographs, kana, hangul: letters of East Asia.
    Han,
    /// Symbols that stand like an ideograph: ★ □ → emoji.
    Symbol,
    /// 々 〻 ー and small kana: never first in a line.
    NoStart,
    /// 、，；：
    Pause,
    /// 。．！？
    Stop,
    /// ‼ ⁇ ⁈ ⁉
    DoubleStop,
    Open,
    Close,
    /// A pair of em dashes.
    Dash,
    Ellipsis,
    /// A single em dash, ～ and 〜.
    Connector,
    /// - ‐ –
    Hyphen,
    Interpunct,
    /// / and ／
    Slash,
    Prefix,
    Postfix,
    Digit,
    Letter,
    Roman,
    Circled,
    /// ( [ {
    NarrowOpen,
    /// ) ]
    NarrowClose,
    /// }
    NarrowBrace,
    /// ! ?
    Exclaim,
    /// . , : ;
    Infix,
    /// " ' and quotation marks of an English passage, opening and closing half included.
    Quote,
    QuoteOpen,
    QuoteClose,
    Space,
    IdeographicSpace,
    /// U+00A0 and its like: keeps its neighbours.
    Glue,
    /// U+2060, U+FEFF: invisible glue.
    Joiner,
    /// U+200B: an invisible break.
    ZeroSpace,
}

/// The kind of a cluster, by its first character.
pub(super) fn kind(c: char) -> Kind {
    match c as u32 {
        _ if is_mark(c) => Kind::Letter,
        0x20..=0x7E => ascii(c),
        0x3000..=0x303F | 0xFF00..=0xFFEF | 0xFE10..=0xFE6F => wide_mark(c),
        _ => general_mark(c).unwrap_or_else(|| letter(c)),
    }
}

fn ascii(c: char) -> Kind {
    match c {
        ' ' => Kind::Space,
        '0'..='9' => Kind::Digit,
        '(' | '[' | '{' => Kind::NarrowOpen,
        ')' | ']' => Kind::NarrowClose,
        '}' => Kind::NarrowBrace,
        '!' | '?' => Kind::Exclaim,
        '.' | ',' | ':' | ';' => Kind::Infix,
        '/' => Kind::Slash,
        '-' => Kind::Hyphen,
        '"' | '\'' => Kind::Quote,
        '$' | '+' => Kind::Prefix,
        '%' => Kind::Postfix,
        // # & * < = > @ \ ^ _ ` | ~ stand like letters of a Western word.
        _ => Kind::Letter,
    }
}

/// CJK punctuation, full-width forms, small and vertical forms.
fn wide_mark(c: char) -> Kind {
    match c {
        '\u{3000}' => Kind::IdeographicSpace,
        '、' | '，' | '；' | '：' | '､' | '\u{FE10}' | '\u{FE11}' | '\u{FE13}' | '\u{FE14}'
        | '﹐' | '﹑' | '﹔' | '﹕' => Kind::Pause,
        '。' | '．' | '！' | '？' | '｡' | '\u{FE12}' | '\u{FE15}' | '\u{FE16}' | '﹒' | '﹖'
        | '﹗' => Kind::Stop,
        '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘' | '〚' | '〝' | '（' | '［'
        | '｛' | '｟' | '｢' | '﹙' | '﹛' | '﹝' => Kind::Open,
        '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〛' | '〞' | '〟' | '）'
        | '］' | '｝' | '｠' | '｣' | '﹚' | '﹜' | '﹞' => Kind::Close,
        '\u{FE17}' | '\u{FE35}' | '\u{FE37}' | '\u{FE39}' | '\u{FE3B}' | '\u{FE3D}'
        | '\u{FE3F}' | '\u{FE41}' | '\u{FE43}' => Kind::Open,
        '\u{FE18}' | '\u{FE36}' | '\u{FE38}' | '\u{FE3A}' | '\u{FE3C}' | '\u{FE3E}'
        | '\u{FE40}' | '\u{FE42}' | '\u{FE44}' => Kind::Close,
        '〜' | '～' => Kind::Connector,
        '々' | '〻' | 'ｰ' | '\u{FF9E}' | '\u{FF9F}' | 'ｧ'..='ｯ' => Kind::NoStart,
        '･' => Kind::Interpunct,
        '／' => Kind::Slash,
        '％' | '￠' | '﹪' => Kind::Postfix,
        '＄' | '￡' | '￥' | '￦' | '﹩' => Kind::Prefix,
        '\u{FE19}' => Kind::Ellipsis,
        '〆'
        | '〇'
        | '〡'..='〩'
        | '〱'..='〵'
        | '〸'..='〺'
        | '０'..='９'
        | 'Ａ'..='Ｚ'
        | 'ａ'..='ｚ'
        | 'ｦ'..='ﾝ'
        | 'ﾠ'..='ￜ' => Kind::Han,
        _ => Kind::Symbol,
    }
}

/// Marks that Latin and Chinese share, by code point; `None` for letters and plain symbols.
fn general_mark(c: char) -> Option<Kind> {
    Some(match c {
        '·' | '・' | '‧' | '•' => Kind::Interpunct,
        // ゠ is the double hyphen of Japanese names; like —, never first.
        '—' | '―' | '゠' => Kind::Connector,
        '⸺' => Kind::Dash,
        '…' | '⋯' | '․' | '‥' => Kind::Ellipsis,
        '‐' | '–' => Kind::Hyphen,
        '‘' | '“' | '‚' | '„' => Kind::QuoteOpen,
        '’' | '”' => Kind::QuoteClose,
        '«' | '»' | '‹' | '›' => Kind::Quote,
        '‼' | '⁇' | '⁈' | '⁉' => Kind::DoubleStop,
        '°' | '′' | '″' | '‴' | '‵' | '‰' | '‱' | '℃' | '℉' | '¢' => {
            Kind::Postfix
        }
        '¥' | '£' | '€' | '№' | '±' | '∓' | '−' | '₩' | '₽' => Kind::Prefix,
        'ー'
        | 'ゝ'
        | 'ゞ'
        | 'ヽ'
        | 'ヾ'
        | 'ぁ'
        | 'ぃ'
        | 'ぅ'
        | 'ぇ'
        | 'ぉ'
        | 'っ'
        | 'ゃ'
        | 'ゅ'
        | 'ょ'
        | 'ゎ'
        | 'ゕ'
        | 'ゖ'
        | 'ァ'
        | 'ィ'
        | 'ゥ'
        | 'ェ'
        | 'ォ'
        | 'ッ'
        | 'ャ'
        | 'ュ'
        | 'ョ'
        | 'ヮ'
        | 'ヵ'
        | 'ヶ'
        | '\u{31F0}'..='\u{31FF}' => Kind::NoStart,
        '\u{A0}' | '\u{202F}' | '\u{2011}' | '\u{2007}' => Kind::Glue,
        '\u{2060}' | '\u{FEFF}' | '\u{200C}' | '\u{200D}' | '\u{AD}' => Kind::Joiner,
        '\u{200B}' => Kind::ZeroSpace,
        'Ⅰ'..='ⅿ' | 'ↀ'..='ↈ' => Kind::Roman,
        '①'..='⓿' | '❶'..='➓' | '㉑'..='㉟' | '㊱'..='㊿' | '㈠'..='㈩' => {
            Kind::Circled
        }
        _ if c.is_whitespace() || c.is_control() => Kind::Space,
        _ => return None,
    })
}

fn letter(c: char) -> Kind {
    if is_east_asian_letter(c) {
        Kind::Han
    } else if c.is_alphanumeric() {
        // Digits of other scripts, ² and ½ too go with the Western text they stand in.
        Kind::Letter
    } else {
        Kind::Symbol
    }
}

fn is_east_asian_letter(c: char) -> bool {
    matches!(c as u32,
        0x1100..=0x11FF | 0x2E80..=0x2FDF | 0x3040..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0xA4CF
        | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0x16FE0..=0x18DFF
        | 0x1AFF0..=0x1B2FF | 0x20000..=0x3FFFF)
}

/// Marks that combine with a base, met here only when the base is missing.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c as u32,
        0x300..=0x36F | 0x483..=0x489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF
        | 0x302A..=0x302F | 0x3099..=0x309A | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F
        | 0xE0100..=0xE01EF)
}

/// Ideographs and the like, which take a gap beside Western letters and digits.
pub(super) fn is_ideograph(c: char) -> bool {
    match kind(c) {
        Kind::Han => !matches!(c as u32, 0x3200..=0x33FF | 0xFF00..=0xFFEF),
        Kind::NoStart => true,
        _ => false,
    }
}

/// ㎏ ㎡ ㏄: a unit of measure in one em.
pub(super) fn is_square_unit(c: char) -> bool {
    matches!(c as u32, 0x3371..=0x337A | 0x3380..=0x33DF)
}

/// A numeral written in Han.
pub(super) fn is_han_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百千万亿两".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_classes_of_the_standard_have_their_characters() {
        for (characters, expected) in [
            ("、，；：", Kind::Pause),
            ("。．！？", Kind::Stop),
            ("‼⁇⁈⁉", Kind::DoubleStop),
            ("（《〈【〔〖「『［｛〘〚〝｟", Kind::Open),
            ("）》〉】〕〗」』］｝〙〛〞〟｠", Kind::Close),
            ("～〜—", Kind::Connector),
            ("–‐-", Kind::Hyphen),
            ("·・‧•･", Kind::Interpunct),
            ("/／", Kind::Slash),
            ("%％‰°′″℃℉￠﹪", Kind::Postfix),
            ("￥¥$＄£￡€№±", Kind::Prefix),
            ("々〻", Kind::NoStart),
            ("ⅠⅢⅫ", Kind::Roman),
            ("①⑳⑴", Kind::Circled),
            ("〇一鿿㐀豈𠀀", Kind::Han),
            ("★☑○→😀", Kind::Symbol),
            ("azZéαЖ@#", Kind::Letter),
        ] {
            for c in characters.chars() {
                assert_eq!(kind(c), expected, "{c} U+{:04X}", c as u32);
            }
        }
    }
}
