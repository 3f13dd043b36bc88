//! What characters are, for the rules of [`super`].

/// What a character that cannot be printed is called.
pub(super) fn unprintable(c: char) -> Option<&'static str> {
    match c {
        '\t' | '\n' | '\r' => None,
        '\u{fffd}' => Some("无法识别的字符（乱码）"),
        c if c.is_control() => Some("看不见的控制字符"),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some("自造字（私有区）"),
        '\u{fdd0}'..='\u{fdef}' => Some("非法字符"),
        c if (c as u32) & 0xfffe == 0xfffe => Some("非法字符"),
        '\u{2e80}'..='\u{2fdf}' if radical(c).is_none() => Some("部首符号（不是汉字）"),
        _ => None,
    }
}

/// Format characters that editors never mean: zero widths, soft hyphen, marks of direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

/// Spaces of every width, tabs and line breaks; not yet the ideographic one.
pub(super) fn is_odd_space(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}'
    )
}

/// Emoji, roughly: what a joiner may stand between.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// 汉字, with 〇 and 々.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' | '〇' | '々' | '〻')
}

/// Letters and digits beside which Chinese has no space: ASCII, other alphabets, Ⅰ–Ⅻ, %, ℃.
pub(super) fn is_western(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c) || matches!(c, '%' | '‰' | '℃' | '℉' | '°')
}

/// Marks that bring their own white: a space beside them is never meant. “ ” ‘ ’ are left out,
/// since they may be Western.
pub(super) fn is_full_mark(c: char) -> bool {
    matches!(c, '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}'
        | '！' | '（' | '）' | '，' | '．' | '：' | '；' | '？' | '［' | '］' | '｛' | '｝'
        | '～')
}

/// The character that is meant by one that only looks like it, and the rule that says so.
pub(super) fn twin(c: char) -> Option<(&'static str, char)> {
    let offset = |from: char, to: char| char::from_u32(c as u32 - from as u32 + to as u32);
    match c {
        '\u{2e80}'..='\u{2fdf}' => radical(c).map(|han| ("N03", han)),
        '０'..='９' => offset('０', '0').map(|c| ("N15", c)),
        'Ａ'..='Ｚ' => offset('Ａ', 'A').map(|c| ("N15", c)),
        'ａ'..='ｚ' => offset('ａ', 'a').map(|c| ("N15", c)),
        _ => {
            let index = FORMS.iter().position(|(small, _)| *small == c)?;
            Some(("N23", FORMS[index].1))
        }
    }
}

/// Small and vertical forms, which word processors insert by mistake (﹝ for 〔).
const FORMS: &[(char, char)] = &[
    ('︐', '，'),
    ('︑', '、'),
    ('︒', '。'),
    ('︓', '：'),
    ('︔', '；'),
    ('︕', '！'),
    ('︖', '？'),
    ('︗', '〖'),
    ('︘', '〗'),
    ('︙', '…'),
    ('︱', '—'),
    ('︲', '–'),
    ('︵', '（'),
    ('︶', '）'),
    ('︷', '｛'),
    ('︸', '｝'),
    ('︹', '〔'),
    ('︺', '〕'),
    ('︻', '【'),
    ('︼', '】'),
    ('︽', '《'),
    ('︾', '》'),
    ('︿', '〈'),
    ('﹀', '〉'),
    ('﹁', '「'),
    ('﹂', '」'),
    ('﹃', '『'),
    ('﹄', '』'),
    ('﹇', '［'),
    ('﹈', '］'),
    ('﹐', '，'),
    ('﹑', '、'),
    ('﹒', '．'),
    ('﹔', '；'),
    ('﹕', '：'),
    ('﹖', '？'),
    ('﹗', '！'),
    ('﹘', '—'),
    ('﹙', '（'),
    ('﹚', '）'),
    ('﹛', '｛'),
    ('﹜', '｝'),
    ('﹝', '〔'),
    ('﹞', '〕'),
    ('﹟', '#'),
    ('﹠', '&'),
    ('﹡', '*'),
    ('﹢', '+'),
    ('﹣', '-'),
    ('﹤', '<'),
    ('﹥', '>'),
    ('﹦', '='),
    ('﹨', '\\'),
    ('﹩', '$'),
    ('﹪', '%'),
    ('﹫', '@'),
];

/// The ideograph of a radical. Text that comes out of a PDF is full of them (⼀ for 一).
fn radical(c: char) -> Option<char> {
    use unicode_normalization::char::decompose_compatible;
    let mut found = None;
    decompose_compatible(c, |part| found = Some(part));
    match found {
        Some(han) if han != c => Some(han),
        _ => SUPPLEMENT.chars().zip(IDEOGRAPHS.chars()).find(|(r, _)| *r == c).map(|(_, han)| han),
    }
}

/// Radicals of the supplement block that Unicode gives no decomposition, the simplified ones above
/// all, and the ideographs that they are (EquivalentUnifiedIdeograph).
const SUPPLEMENT: &str = "⺁⺅⺈⺉⺒⺖⺘⺙⺝⺠⺡⺣⺨⺩⺭⺰⻀⻁⻂⻃⻄⻅⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱";
const IDEOGRAPHS: &str = "厂亻刀刂巳忄扌攵月民氵灬犭王礻纟艹虎衤覀西见讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜";
