//! Changes to inputs: of bytes, and such as their grammar invites.

use crate::dice::Dice;

/// What an input is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// Indented lines of `key: value`.
    Yaml,
    /// Lines of cells.
    Table,
    /// Lines of JSON.
    Json,
    /// Lines of words.
    Lines,
    /// Objects, streams and a table of them.
    Pdf,
}

const YAML: &[&str] = &[
    "\n",
    "  ",
    "\t",
    "- ",
    ": ",
    ":",
    "：",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|",
    ">",
    "|2-",
    "#",
    "&a ",
    "*a",
    "*",
    "**",
    "<<: ",
    "!",
    "!!",
    "? ",
    "---\n",
    "...\n",
    "~",
    "null",
    "\u{feff}",
    "\u{e000}",
    "\u{3000}",
    "\u{0}",
    "\\u7532",
    "\\x00",
    "\u{202e}",
    "\u{200b}",
    "\u{9b}",
    "\u{2028}",
    "\u{1b}[2J",
    "\r",
    "\r\n",
    "\u{301}",
    "%",
    "@",
    "`",
    ", ",
    "“",
    "”",
    "（",
    "—",
    "…",
    "1e999",
    "-0",
    "99999999999999999999",
    "9999-99-99",
];
const TABLE: &[&str] =
    &[",", "\"", "\"\"", "\n", "\r", "\t", ";", "组", "邮箱", "@", "<", ">", "\u{0}", "报", "："];
const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "-1",
    "1e999",
    "4294967296",
    "\\u0000",
    "\\ud800",
    "\n",
    "\u{0}",
    "{\"at\":",
    "\"sent\"",
];
const LINES: &[&str] =
    &[" ", "\n", "\r\n", "#", "/", "-", "r0", "4294967296", "250", "550 ", "入藏"];
const PDF: &[&str] = &[
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "/",
    "obj",
    "endobj",
    "stream\n",
    "endstream",
    "0 R",
    "1 0 R",
    "2 0 R",
    "3 0 R",
    "4 0 R",
    "5 0 R",
    "6 0 R",
    "R",
    "/Length 0",
    "/Length 99999999",
    "/Length 4 0 R",
    "/Filter /FlateDecode",
    "/Filter [/ASCIIHexDecode /FlateDecode]",
    "/Filter /RunLengthDecode",
    "/DecodeParms << /Predictor 15 /Columns 99999 >>",
    "/Kids",
    "/Count",
    "/Parent",
    "/Type /Page",
    "/Type /Pages",
    "/Contents",
    "/Names",
    "/Prev 0",
    "/W [1 2 1]",
    "/Index [0 99999999]",
    "/Size 99999999",
    "/Root",
    "xref",
    "trailer",
    "startxref",
    "%%EOF",
    "beginbfrange",
    "<0000> <FFFF> <0000>",
    "beginbfchar",
    "Tj",
    "TJ",
    "Tf",
    "BT",
    "ET",
    "q",
    "Q",
    "cm",
    "Do",
    "BDC",
    "EMC",
    "/ActualText (x)",
    "null",
    "true",
    "-1",
    "0",
    "65535",
    "2147483648",
    "1e38",
    "#00",
    "\\377",
    "\u{0}",
];

impl Grammar {
    fn words(self) -> &'static [&'static str] {
        match self {
            Grammar::Yaml => YAML,
            Grammar::Table => TABLE,
            Grammar::Json => JSON,
            Grammar::Lines => LINES,
            Grammar::Pdf => PDF,
        }
    }
}

/// One of the corpus, changed in a few places, never longer than `most`.
pub fn mutated(dice: &mut Dice, grammar: Grammar, corpus: &[Vec<u8>], most: usize) -> Vec<u8> {
    let mut bytes = dice.pick(corpus).clone();
    // Small inputs are read sooner, and more of them: a part of a long one often does.
    if grammar != Grammar::Pdf && dice.below(3) == 0 {
        part(dice, &mut bytes);
    }
    let changes = 1 << dice.below(5);
    for _ in 0..changes {
        match dice.below(11) {
            0 => flip(dice, &mut bytes),
            1 => cut(dice, &mut bytes),
            2 => splice(dice, &mut bytes, corpus),
            3 => repeat(dice, &mut bytes),
            4 | 5 => insert(dice, &mut bytes, grammar),
            6 => number(dice, &mut bytes),
            7 => lines(dice, &mut bytes),
            8 => exchange(dice, &mut bytes, grammar),
            9 => quote(dice, &mut bytes, grammar),
            _ => truncate(dice, &mut bytes),
        }
        bytes.truncate(most);
    }
    bytes
}

/// A few bytes or bits become others.
fn flip(dice: &mut Dice, bytes: &mut [u8]) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte = match dice.below(3) {
                0 => *byte ^ (1 << dice.below(8)),
                1 => dice.below(256) as u8,
                _ => *dice.pick(&[0, 0x0a, 0x0d, 0x20, 0x7f, 0x80, 0xff]),
            };
        }
    }
}

fn cut(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let range = range(dice, bytes, 64);
    bytes.drain(range);
}

/// A short range, seldom a long one.
fn range(dice: &mut Dice, bytes: &[u8], short: usize) -> std::ops::Range<usize> {
    let longest = if dice.below(8) == 0 { bytes.len() } else { short };
    let start = dice.below(bytes.len());
    let end = (start + dice.below(longest)).min(bytes.len());
    start..end
}

/// A piece of another input.
fn splice(dice: &mut Dice, bytes: &mut Vec<u8>, corpus: &[Vec<u8>]) {
    let other = dice.pick(corpus);
    let piece = other[range(dice, other, 256)].to_vec();
    let at = range(dice, bytes, 16);
    bytes.splice(at, piece);
}

fn repeat(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let piece = bytes[range(dice, bytes, 24)].to_vec();
    let times = if dice.below(6) == 0 { dice.below(2000) } else { dice.below(8) };
    let times = times.min((32 << 10) / piece.len().max(1));
    let at = dice.below(bytes.len() + 1);
    bytes.splice(at..at, piece.repeat(times));
}

fn insert(dice: &mut Dice, bytes: &mut Vec<u8>, grammar: Grammar) {
    let word = dice.pick(grammar.words());
    let at = range(dice, bytes, 4);
    bytes.splice(at, word.bytes());
}

/// A number becomes one at the edge of what can be.
fn number(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let start = dice.below(bytes.len());
    let Some(at) = bytes[start..].iter().position(u8::is_ascii_digit) else { return };
    let at = start + at;
    let count = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    const EDGES: &[&str] = &[
        "0",
        "1",
        "-1",
        "00",
        "255",
        "256",
        "65535",
        "65536",
        "2147483647",
        "2147483648",
        "4294967295",
        "4294967296",
        "18446744073709551615",
        "99999999999999999999",
        "0.1",
        "1e9",
        "9999",
        "10000",
    ];
    bytes.splice(at..at + count, dice.pick(EDGES).bytes());
}

/// A line is doubled, moved, taken away, or indented otherwise.
fn lines(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> =
        bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (one, other) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(5) {
        0 => lines.swap(one, other),
        1 => {
            let line = lines[one].clone();
            lines.insert(other, line);
        }
        2 => drop(lines.remove(one)),
        3 => drop(lines[one].splice(0..0, vec![b' '; 1 + dice.below(4)])),
        _ => {
            let indent = lines[one].iter().take_while(|byte| **byte == b' ').count();
            lines[one].drain(..dice.below(indent + 1));
        }
    }
    *bytes = lines.concat();
}

/// Two words change places: keys, names of a PDF.
fn exchange(dice: &mut Dice, bytes: &mut Vec<u8>, grammar: Grammar) {
    let is_end = |byte: &u8| match grammar {
        Grammar::Pdf => byte.is_ascii_whitespace() || b"/[]<>()".contains(byte),
        _ => byte.is_ascii_whitespace() || b":,[]{}\"".contains(byte),
    };
    let mut word = || {
        let start = dice.below(bytes.len());
        let start = start + bytes[start..].iter().position(|byte| !is_end(byte))?;
        let end = bytes[start..].iter().position(is_end).map_or(bytes.len(), |end| start + end);
        Some(start..end)
    };
    let (Some(one), Some(other)) = (word(), word()) else { return };
    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
    if first.end > second.start {
        return;
    }
    let (a, b) = (bytes[first.clone()].to_vec(), bytes[second.clone()].to_vec());
    bytes.splice(second, a);
    bytes.splice(first, b);
}

/// A value gets marks around it, an object becomes another kind.
fn quote(dice: &mut Dice, bytes: &mut Vec<u8>, grammar: Grammar) {
    let pairs: &[(&str, &str)] = match grammar {
        Grammar::Pdf => {
            &[("[", "]"), ("<<", ">>"), ("(", ")"), ("<", ">"), ("7 0 obj\n", "\nendobj\n")]
        }
        _ => &[
            ("\"", "\""),
            ("'", "'"),
            ("[", "]"),
            ("{", "}"),
            ("**", "**"),
            ("“", "”"),
            ("", ": "),
        ],
    };
    let (before, after) = *dice.pick(pairs);
    let range = range(dice, bytes, 40);
    bytes.splice(range.end..range.end, after.bytes());
    bytes.splice(range.start..range.start, before.bytes());
}

fn truncate(dice: &mut Dice, bytes: &mut Vec<u8>) {
    if dice.below(4) == 0 {
        bytes.truncate(dice.below(bytes.len() + 1));
    }
}

/// Some lines of it.
fn part(dice: &mut Dice, bytes: &mut Vec<u8>) {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let start = dice.below(lines.len());
    let end = (start + 1 + dice.below(12)).min(lines.len());
    let some = lines[start.min(end)..end].concat();
    *bytes = some;
}
