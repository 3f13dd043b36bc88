//! Inseparable sequences: numbers with their signs, Western words, codes, addresses.

use std::ops::Range;

use super::atoms::Cluster;
use super::class::{Kind, is_square_unit};

/// What holds at the boundary before an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing: the pair table decides.
    Free,
    /// Inside a number, word or code: no break, no stretch.
    Solid,
    /// After a hyphen inside a long code: a break, dearly.
    Code,
    /// Inside an address, where it may be broken when nothing else helps.
    Emergency,
}

/// What the sequences of a paragraph are.
pub(super) struct Sequences {
    /// At the boundary before each atom.
    pub joints: Vec<Joint>,
    /// Whether the atom is part of an e-mail address or URL.
    pub web: Vec<bool>,
}

pub(super) fn find(clusters: &[Cluster]) -> Sequences {
    let n = clusters.len();
    let joint = |i| match i > 0 && is_solid_pair(clusters, i) {
        true => Joint::Solid,
        false => Joint::Free,
    };
    let mut joints: Vec<Joint> = (0..n).map(joint).collect();
    for i in 1..n.saturating_sub(1) {
        if is_inner_sign(clusters, i) {
            joints[i] = Joint::Solid;
            joints[i + 1] = Joint::Solid;
        }
    }
    open_long_codes(clusters, &mut joints);
    let mut web = vec![false; n];
    for address in addresses(clusters) {
        join_address(clusters, address.clone(), &mut joints);
        web[address].fill(true);
    }
    Sequences { joints, web }
}

/// Letters and digits, full-width Roman numerals included: what codes are made of.
fn alphanumeric(kind: Kind) -> bool {
    matches!(kind, Kind::Digit | Kind::Letter | Kind::Roman)
}

fn is_solid_pair(clusters: &[Cluster], i: usize) -> bool {
    let (a, b) = (&clusters[i - 1], &clusters[i]);
    match (a.kind, b.kind) {
        (x, y) if alphanumeric(x) && alphanumeric(y) => true,
        // ￥100, №12, ±2, -3.
        (Kind::Prefix | Kind::Hyphen, Kind::Digit) => true,
        // ＋3, －3.
        (Kind::Symbol, Kind::Digit) => matches!(a.c, '＋' | '－'),
        // 44%, 25℃.
        (Kind::Digit, Kind::Postfix) => true,
        (Kind::Digit, Kind::Han) => is_square_unit(b.c),
        // 25°C, 39°54′.
        (Kind::Postfix, Kind::Letter | Kind::Digit) => {
            matches!(a.c, '°' | '′') && i >= 2 && clusters[i - 2].kind == Kind::Digit
        }
        _ => false,
    }
}

/// A sign that lies within a number, date, time, range or code.
fn is_inner_sign(clusters: &[Cluster], i: usize) -> bool {
    let (before, sign, after) = (&clusters[i - 1], &clusters[i], &clusters[i + 1]);
    let digits = before.kind == Kind::Digit && after.kind == Kind::Digit;
    let codes = alphanumeric(before.kind) && alphanumeric(after.kind);
    // 15%～30%: the sign of a range stands after a unit too.
    let range = digits
        || before.kind == Kind::Postfix
            && after.kind == Kind::Digit
            && follows_digit(clusters, i - 1);
    match sign.c {
        '.' | ',' | ':' | '/' | '\'' => codes,
        '×' | '÷' | '+' | '=' | '−' | '∶' | '·' | '．' => digits,
        '—' | '～' | '~' | '〜' => sign.kind != Kind::Dash && range,
        // Both halves of Wi-Fi may part at the hyphen; a code with a digit beside it may not.
        '-' | '–' | '‐' => {
            range || codes && (before.kind != Kind::Letter || after.kind != Kind::Letter)
        }
        _ => false,
    }
}

fn follows_digit(clusters: &[Cluster], i: usize) -> bool {
    i > 0 && clusters[i - 1].kind == Kind::Digit
}

/// Codes so long that they would spoil a line may part after a hyphen: MC00-0100-0001～0003.
fn open_long_codes(clusters: &[Cluster], joints: &mut [Joint]) {
    let n = clusters.len();
    let mut start = 0;
    while start < n {
        let mut end = start + 1;
        while end < n && joints[end] == Joint::Solid {
            end += 1;
        }
        if is_long_code(&clusters[start..end]) {
            for i in start + 2..end.saturating_sub(1) {
                if clusters[i - 1].c == '-' {
                    joints[i] = Joint::Code;
                }
            }
        }
        start = end;
    }
}

/// Shortest code with letters, and shortest of digits alone (telephone numbers are shorter), that
/// may part.
const LONG_CODE: (usize, usize) = (10, 16);

fn is_long_code(code: &[Cluster]) -> bool {
    let hyphens = code.iter().filter(|cluster| cluster.c == '-').count();
    let letters = code.iter().any(|cluster| matches!(cluster.kind, Kind::Letter | Kind::Roman));
    hyphens >= 2 && code.len() >= if letters { LONG_CODE.0 } else { LONG_CODE.1 }
}

/// E-mail addresses and URLs: runs of ASCII with an @ inside a word, :// or www.
fn addresses(clusters: &[Cluster]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < clusters.len() {
        if !clusters[start].c.is_ascii_graphic() {
            start += 1;
            continue;
        }
        let mut end = start;
        while end < clusters.len() && clusters[end].c.is_ascii_graphic() {
            end += 1;
        }
        let next = end;
        while end > start && ".,;:!?)]}>'\"".contains(clusters[end - 1].c) {
            end -= 1;
        }
        let mut from = start;
        while from < end && "([{<'\"".contains(clusters[from].c) {
            from += 1;
        }
        let run: String = clusters[from..end].iter().map(|cluster| cluster.c).collect();
        if is_address(&run) {
            found.push(from..end);
        }
        start = next;
    }
    found
}

fn is_address(run: &str) -> bool {
    if run.contains("://") || run.starts_with("www.") || run.starts_with("mailto:") {
        return true;
    }
    run.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(|c: char| c.is_ascii_alphanumeric())
            && host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.contains('.')
    })
}

fn join_address(clusters: &[Cluster], address: Range<usize>, joints: &mut [Joint]) {
    for i in address.start + 1..address.end {
        let after_sign = "@./?&=#_-".contains(clusters[i - 1].c);
        let before_sign = !clusters[i].c.is_ascii_alphanumeric();
        let inside = i >= address.start + 2 && i + 2 <= address.end;
        joints[i] =
            if after_sign && !before_sign && inside { Joint::Emergency } else { Joint::Solid };
    }
}

#[cfg(test)]
mod tests {
    use super::super::atoms::split;
    use super::*;

    /// The text with `_` at solid joints, `-` at code joints, `!` at emergency ones.
    fn show(text: &str) -> String {
        let clusters = split(text);
        let joints = find(&clusters).joints;
        let mut shown = String::new();
        for (cluster, joint) in clusters.iter().zip(joints) {
            shown.push_str(match joint {
                Joint::Free => "",
                Joint::Solid => "_",
                Joint::Code => "|",
                Joint::Emergency => "!",
            });
            shown.push_str(&text[cluster.range.clone()]);
        }
        shown
    }

    #[test]
    fn numbers_hold_together() {
        assert_eq!(show("共1,234.5元"), "共1_,_2_3_4_._5元");
        assert_eq!(show("降44%，"), "降4_4_%，");
        assert_eq!(show("100～150元"), "1_0_0_～_1_5_0元");
        assert_eq!(show("15%～30%"), "1_5_%_～_3_0_%");
        assert_eq!(show("11:30—12:00"), "1_1_:_3_0_—_1_2_:_0_0");
        assert_eq!(show("7×24、5+2、3·15、1/3"), "7_×_2_4、5_+_2、3_·_1_5、1_/_3");
        assert_eq!(show("￥100、№12、-3℃、±2"), "￥_1_0_0、№_1_2、-_3_℃、±_2");
        assert_eq!(show("25°C，80㎡"), "2_5_°_C，8_0_㎡");
    }

    #[test]
    fn sentence_signs_are_not_part_of_a_number() {
        assert_eq!(show("1.加"), "1.加");
        assert_eq!(show("12——好"), "1_2——好");
        assert_eq!(show("北京—上海"), "北京—上海");
    }

    #[test]
    fn codes_hold_together_and_long_ones_part_after_a_hyphen() {
        assert_eq!(show("Ⅲ-58城"), "Ⅲ_-_5_8城");
        assert_eq!(show("MC00-0100-0001～0003"), "M_C_0_0_-|0_1_0_0_-|0_0_0_1_～_0_0_0_3");
        assert_eq!(show("010-6180-6756"), "0_1_0_-_6_1_8_0_-_6_7_5_6");
        assert_eq!(show("2019-03-14"), "2_0_1_9_-_0_3_-_1_4");
    }

    #[test]
    fn addresses_part_in_an_emergency_only() {
        assert_eq!(show("箱：ab@163.com。"), "箱：a_b_@!1_6_3_.!c_o_m。");
    }
}
