//! Values with a form of their own: dates, document numbers, classifications, indicators.

use chrono::{Datelike, NaiveDate};

use super::words::{Kind, Piece, bad_form, is_text, line, piece};
use super::{Classification, DocumentNumber, Reference, Text, keys};
use crate::diagnostic::{Code, Spanned};
use crate::yaml::{Node, Reader, Value};

/// Years that an issue may be of.
pub const YEARS: std::ops::RangeInclusive<i32> = 1949..=2199;

/// A date: `2019-03-14`, `2019年3月14日`, `2019/3/14`.
pub(super) fn date(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Spanned<NaiveDate>> {
    let piece = piece(reader, node, what, Kind::Plain)?;
    let text = piece.as_str();
    let help = "写成 2019-03-14 或 2019年3月14日";
    let Some((year, month, day)) = numbers_of_date(text) else {
        bad_form(reader, node.span, what, text, help);
        return None;
    };
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) if YEARS.contains(&date.year()) => {
            Some(Spanned { value: date, span: node.span })
        }
        _ => {
            reader.error(
                Code::BadValue(reader.kind()),
                node.span,
                format!("“{what}”没有这一天：{year}年{month}月{day}日"),
                "请检查年、月、日",
            );
            None
        }
    }
}

fn numbers_of_date(text: &str) -> Option<(i32, u32, u32)> {
    let normal = text
        .replace(['年', '月', '/', '.', '－', '／'], "-")
        .trim_end_matches(['日', '号'])
        .to_owned();
    let parts: Vec<&str> = normal.split('-').map(str::trim).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

/// A year.
pub(super) fn year(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Spanned<i32>> {
    let year = reader.integer::<i32>(node, what)?;
    if !YEARS.contains(&year.value) {
        bad_form(reader, node.span, what, &year.value.to_string(), "写四位年份，如 2019");
        return None;
    }
    Some(year)
}

/// A number from 1.
pub(super) fn count(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Spanned<u32>> {
    let number = reader.integer::<u32>(node, what)?;
    if !(1..=9_999_999).contains(&number.value) {
        let found = number.value.to_string();
        bad_form(reader, node.span, what, &found, "写从 1 起的数字，最多 7 位");
        return None;
    }
    Some(number)
}

/// 份号: digits with their zeros.
pub(super) fn copy_number(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Text> {
    let text = line(reader, node, what, Kind::Plain)?;
    if text.value.len() > 12 || !text.value.bytes().all(|b| b.is_ascii_digit()) {
        bad_form(reader, node.span, what, &text.value, "只写阿拉伯数字，一般为 6 位，如 000017");
        return None;
    }
    Some(text)
}

/// 密级: `机密★1年`, 机密, or a mapping of level and period (GB/T 9704 §7.2.2).
pub(super) fn classification(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
) -> Option<Classification> {
    if is_text(node) {
        let piece = piece(reader, node, what, Kind::Plain)?;
        let text = piece.as_str();
        let (level, period) = match text.find('★') {
            Some(at) => (0..at, Some(at + '★'.len_utf8()..text.len())),
            None => (0..text.len(), None),
        };
        let level = piece.part(level);
        let period = period.map(|range| piece.part(range)).filter(|p| !p.value.is_empty());
        check_level(reader, &level, what)?;
        return Some(Classification { level, period });
    }
    let fields = reader.fields(node, what, keys::CLASSIFICATION)?;
    let level = fields.require(reader, "level", plain);
    let period = fields.read(reader, "period", plain);
    let level = level?;
    check_level(reader, &level, what)?;
    Some(Classification { level, period })
}

fn check_level(reader: &mut Reader<'_>, level: &Text, what: &str) -> Option<()> {
    if ["绝密", "机密", "秘密"].contains(&level.value.as_str()) {
        return Some(());
    }
    let help = "密级只有绝密、机密、秘密；写成“秘密★1年”。其他要求写在“保存要求（handling）”";
    bad_form(reader, level.span, what, &level.value, help);
    None
}

/// 京政发〔2019〕12号, or a mapping of code, year and sequence (GB/T 9704 §7.2.5).
pub(super) fn document_number(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
) -> Option<DocumentNumber> {
    if is_text(node) {
        let piece = piece(reader, node, what, Kind::Plain)?;
        let number = split_document_number(&piece);
        if number.is_none() {
            let help = "写成“京政发〔2019〕12号”：年份四位，序号不加“第”、不补零";
            bad_form(reader, node.span, what, piece.as_str(), help);
        }
        return number;
    }
    let fields = reader.fields(node, what, keys::DOCUMENT_NUMBER)?;
    let code = fields.require(reader, "code", plain);
    let of_year = fields.require(reader, "year", year);
    let sequence = fields.require(reader, "sequence", count);
    Some(DocumentNumber { code: code?, year: of_year?, sequence: sequence? })
}

/// The brackets may be any kind (N24): the layout prints 〔〕.
fn split_document_number(piece: &Piece) -> Option<DocumentNumber> {
    let text = piece.as_str();
    let open = text.find(['〔', '[', '(', '（', '［', '【'])?;
    let close = text.find(['〕', ']', ')', '）', '］', '】']).filter(|close| *close > open)?;
    let bracket = |at: usize| text[at..].chars().next().map_or(1, char::len_utf8);
    let inner = open + bracket(open)..close;
    let tail = close + bracket(close)..text.len().checked_sub("号".len())?;
    let digits = text.get(tail.clone())?;
    let plain = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    if !text.ends_with("号") || open == 0 || digits.is_empty() || !plain {
        return None;
    }
    let year: i32 = text[inner.clone()].parse().ok().filter(|year| YEARS.contains(year))?;
    Some(DocumentNumber {
        code: piece.part(0..open),
        year: Spanned { value: year, span: piece.span_of(inner) },
        sequence: Spanned { value: digits.parse().ok()?, span: piece.span_of(tail) },
    })
}

fn plain(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Text> {
    line(reader, node, what, Kind::Plain)
}

/// 测评指标: `Ⅲ-58 城市精细化管理`, several of them parted by 、, one-key mappings, or
/// {code, title}; one or a list.
pub(super) fn references(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
) -> Option<Vec<Reference>> {
    if let Value::Mapping(entries) = &node.value
        && !is_record(entries)
    {
        return Some(pairs(reader, entries, what));
    }
    super::words::parted(reader, node, what)?;
    let lists = reader.one_or_many(node, what, |reader, node, what| match &node.value {
        Value::Mapping(entries) if !is_record(entries) => Some(pairs(reader, entries, what)),
        Value::Mapping(_) => record(reader, node).map(|one| vec![one]),
        _ => {
            let piece = piece(reader, node, what, Kind::Plain)?;
            Some(split_references(reader, &piece, what))
        }
    })?;
    Some(lists.into_iter().flatten().collect())
}

fn is_record(entries: &[crate::yaml::Entry]) -> bool {
    let known = |name: &str| keys::REFERENCE.iter().any(|key| key.names().any(|n| n == name));
    entries.iter().any(|entry| known(entry.key.trim()))
}

/// `Ⅲ-58: 城市精细化管理`.
fn pairs(reader: &mut Reader<'_>, entries: &[crate::yaml::Entry], what: &str) -> Vec<Reference> {
    let mut out = Vec::new();
    for entry in entries {
        let Some(piece) = super::words::key(reader, &entry.key, entry.key_span, what) else {
            continue;
        };
        let Some(code) = whole_code(reader, &piece, what) else { continue };
        let title = line(reader, &entry.value, what, Kind::Plain);
        out.push(Reference { code, title });
    }
    out
}

fn record(reader: &mut Reader<'_>, node: &Node) -> Option<Reference> {
    let fields = reader.fields(node, "指标（refs）", keys::REFERENCE)?;
    let code = fields.require(reader, "code", |reader, node, what| {
        let piece = piece(reader, node, what, Kind::Plain)?;
        whole_code(reader, &piece, what)
    });
    let title = fields.read(reader, "title", plain);
    Some(Reference { code: code?, title })
}

/// A text that is a code and nothing else.
fn whole_code(reader: &mut Reader<'_>, piece: &Piece, what: &str) -> Option<Text> {
    match code_at(piece.as_str()) {
        Ok((code, length)) if length == piece.as_str().len() => {
            Some(Text { value: code, span: piece.whole().span })
        }
        Ok(_) => {
            let help = "代码和名称分开写：{code: Ⅲ-58, title: 城市精细化管理}";
            bad_form(reader, piece.whole().span, what, piece.as_str(), help);
            None
        }
        Err(help) => {
            bad_form(reader, piece.whole().span, what, piece.as_str(), help);
            None
        }
    }
}

fn split_references(reader: &mut Reader<'_>, piece: &Piece, what: &str) -> Vec<Reference> {
    let text = piece.as_str();
    let (open, close) = ("（", "）");
    let mut range = 0..text.len();
    if text.starts_with(open) && text.ends_with(close) {
        range = open.len()..text.len() - close.len();
    }
    let mut out = Vec::new();
    while !range.is_empty() {
        // A title may have a 、 of its own: only one before a code parts two indicators.
        let end = text[range.clone()]
            .match_indices('、')
            .map(|(at, _)| range.start + at)
            .find(|at| code_at(&text[at + '、'.len_utf8()..range.end]).is_ok())
            .unwrap_or(range.end);
        let part = range.start..end;
        match code_at(&text[part.clone()]) {
            Ok((code, length)) => {
                let split = part.start + length;
                let title = piece.part(split..part.end);
                let span = piece.span_of(part.start..split);
                let title = Some(title).filter(|title| !title.value.is_empty());
                out.push(Reference { code: Text { value: code, span }, title });
            }
            Err(help) => bad_form(reader, piece.span_of(part.clone()), what, &text[part], help),
        }
        range.start = (end + '、'.len_utf8()).min(range.end);
    }
    out
}

/// The code that a text begins with, in its one form (N27), and its length in bytes; otherwise what
/// to do.
fn code_at(text: &str) -> Result<(String, usize), String> {
    const ROMAN: [&str; 12] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let general = || "写成“Ⅲ-58 城市精细化管理”".to_owned();
    // No numeral is longer, and a text may have thousands of 、 to try.
    let mut start = text.char_indices().take(8);
    let head = start.find(|(_, c)| is_hyphen(*c)).ok_or_else(general)?.0;
    let hyphen = text[head..].chars().next().map_or(1, char::len_utf8);
    let rest = &text[head + hyphen..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) || rest.starts_with('0') {
        return Err(general());
    }
    let number = &rest[..digits];
    let mut letters = text[..head].chars();
    if let (Some(c @ 'Ⅰ'..='Ⅻ'), None) = (letters.next(), letters.next()) {
        return Ok((format!("{c}-{number}"), head + hyphen + digits));
    }
    // Letters that only look like the numeral: one cannot be sure, so the editor is asked.
    let look = text[..head].to_uppercase().replace('Ш', "III").replace(['L', '1', '丨'], "I");
    match ROMAN.iter().position(|roman| *roman == look) {
        Some(index) => {
            let numeral = char::from_u32('Ⅰ' as u32 + index as u32).unwrap_or('Ⅰ');
            Err(format!("罗马数字请用一个字符：是否应为“{numeral}-{number}”？"))
        }
        None => Err(general()),
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '－' | '−' | '﹣')
}

#[cfg(test)]
mod tests {
    use super::{code_at, numbers_of_date};

    #[test]
    fn dates_are_read_in_the_usual_forms() {
        for text in ["2019-03-14", "2019-3-14", "2019年3月14日", "2019/3/14", "2019.3.14"] {
            assert_eq!(numbers_of_date(text), Some((2019, 3, 14)), "{text}");
        }
        for text in ["19-3-14", "2019-3", "2019年3月", "三月十四日", "2019-3-14-1", "20190314"]
        {
            assert_eq!(numbers_of_date(text), None, "{text}");
        }
    }

    #[test]
    fn n27_hyphens_are_settled_and_letters_are_asked_about() {
        for text in ["Ⅲ-58", "Ⅲ－58", "Ⅲ—58", "Ⅲ–58", "Ⅲ‐58"] {
            assert_eq!(code_at(text).unwrap().0, "Ⅲ-58", "{text}");
        }
        for text in ["III-58", "iii-58", "Ш-58", "lll-58"] {
            assert!(code_at(text).unwrap_err().contains("Ⅲ-58"), "{text}");
        }
        assert!(code_at("城市-58").is_err());
        assert!(code_at("Ⅲ-058").is_err());
        assert!(code_at("Ⅲ58").is_err());
    }
}
