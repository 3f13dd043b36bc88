//! The units of a layout file: millimetres and points, 字号, 字 (em), 行 (grid rows).
//!
//! Every parser has limits, so that no arithmetic done later with a layout can overflow, whatever
//! the file says.

use crate::unit::Length;

/// 字号 and their sizes in points, as Word and WPS have them (standards differ by at most 0.4 pt,
/// and the DOCX must agree with the PDF).
pub const SIZES: &[(&str, f64)] = &[
    ("初号", 42.0),
    ("小初", 36.0),
    ("一号", 26.0),
    ("小一", 24.0),
    ("二号", 22.0),
    ("小二", 18.0),
    ("三号", 16.0),
    ("小三", 15.0),
    ("四号", 14.0),
    ("小四", 12.0),
    ("五号", 10.5),
    ("小五", 9.0),
    ("六号", 7.5),
    ("小六", 6.5),
    ("七号", 5.5),
    ("八号", 5.0),
];

/// Longest length a layout may name: more than the longest edge of A0.
const MAX_MM: f64 = 2000.0;
/// Most ems and rows a layout may name.
const MAX_EMS: f64 = 100.0;
const MAX_ROWS: u32 = 200;

/// Why a text is no value of the unit that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// What is wrong, after the name of the key: 缺少单位.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

fn wrong<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { message: message.into(), help: help.into() })
}

/// A number and the unit after it, both trimmed.
fn split(text: &str) -> (&str, &str) {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

/// A decimal number of sane length; no exponent, no infinity.
fn decimal(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let shape = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let sane = !digits.is_empty() && digits.len() <= 12 && shape;
    if sane { text.parse().ok() } else { None }
}

/// The size of a 字号: 三号, 3号, 小四, 小4号.
pub fn named_size(text: &str) -> Option<Length> {
    const DIGITS: &[(char, char)] = &[
        ('1', '一'),
        ('2', '二'),
        ('3', '三'),
        ('4', '四'),
        ('5', '五'),
        ('6', '六'),
        ('7', '七'),
        ('8', '八'),
    ];
    let han: String = text
        .chars()
        .map(|c| DIGITS.iter().find(|(digit, _)| *digit == c).map_or(c, |(_, han)| *han))
        .collect();
    let small = han.strip_suffix('号').filter(|name| name.starts_with('小')).unwrap_or(&han);
    let (_, pt) = SIZES.iter().find(|(name, _)| *name == small)?;
    Some(Length::from_pt(*pt))
}

/// A length: `37mm`, `1.5cm`, `28pt`, `28磅`, 三号; 0 needs no unit.
pub(crate) fn length(text: &str) -> Result<Length, Wrong> {
    const HELP: &str = "写成“37mm”“28pt”或字号（如“三号”）";
    if let Some(size) = named_size(text) {
        return Ok(size);
    }
    if text.contains('号') || text.starts_with('小') {
        let names: Vec<&str> = SIZES.iter().map(|(name, _)| *name).collect();
        return wrong(format!("没有“{text}”这个字号"), format!("可用的有：{}", names.join("、")));
    }
    let (number, unit) = split(text);
    let Some(number) = decimal(number) else {
        return wrong(format!("不是长度：“{text}”"), HELP);
    };
    let length = match unit {
        "mm" | "毫米" => Length::from_mm(number),
        "cm" | "厘米" => Length::from_mm(number * 10.0),
        "pt" | "磅" => Length::from_pt(number),
        "" if number == 0.0 => Length::ZERO,
        "" => {
            return wrong(format!("缺少单位：“{text}”"), format!("写成“{text}mm”或“{text}pt”"));
        }
        _ => return wrong(format!("没有“{unit}”这个长度单位"), HELP),
    };
    if length.abs() > Length::from_mm(MAX_MM) {
        return wrong(format!("长度太大：“{text}”"), "请检查数字和单位");
    }
    Ok(length)
}

/// A share of an em in thousandths: 2字, 0.3字, 2em; 0 needs no unit.
pub(crate) fn ems(text: &str) -> Result<i64, Wrong> {
    const HELP: &str = "以字宽计，写成“2字”或“0.25字”";
    let (number, unit) = split(text);
    let Some(number) = decimal(number) else {
        return wrong(format!("不是字宽：“{text}”"), HELP);
    };
    match unit {
        "字" | "em" => {}
        "" if number == 0.0 => {}
        "" => return wrong(format!("缺少单位：“{text}”"), format!("写成“{text}字”")),
        _ => return wrong(format!("单位“{unit}”不能用在这里"), HELP),
    }
    if number.abs() > MAX_EMS {
        return wrong(format!("字数太大：“{text}”"), "请检查数字");
    }
    Ok((number * 1000.0).round() as i64)
}

/// A number of grid rows: 1行, 1.
pub(crate) fn rows(text: &str) -> Result<u32, Wrong> {
    const HELP: &str = "以行计，写成“1行”";
    let (number, unit) = split(text);
    match (number.parse::<u32>(), unit) {
        (Ok(rows), "行" | "") if rows <= MAX_ROWS => Ok(rows),
        (Ok(_), "行" | "") => wrong(format!("行数太大：“{text}”"), "请检查数字"),
        _ => wrong(format!("不是行数：“{text}”"), HELP),
    }
}

/// A row of the grid by its number from 1, 第6行; `None` when the text is of another form.
pub(crate) fn grid_row(text: &str) -> Option<Result<u32, Wrong>> {
    let number = text.strip_prefix('第')?.strip_suffix('行')?.trim();
    Some(match number.parse::<u32>() {
        Ok(row @ 1..=MAX_ROWS) => Ok(row),
        _ => wrong(format!("没有“{text}”"), "行从第1行数起，写成“第6行”"),
    })
}

/// An RGB colour of six hexadecimal digits: `#FF0000`.
pub(crate) fn rgb(text: &str) -> Result<[u8; 3], Wrong> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap_or(0);
        return Ok([byte(0), byte(2), byte(4)]);
    }
    wrong(format!("不是颜色：“{text}”"), "写成六位十六进制数并加引号，如“\"#FF0000\"”")
}

/// Size of a sheet: A4, B5, JIS B5, 16开, or `176mm × 250mm`.
pub(crate) fn paper(text: &str) -> Result<(Length, Length), Wrong> {
    const SHEETS: &[(&str, f64, f64)] = &[
        ("A3", 297.0, 420.0),
        ("A4", 210.0, 297.0),
        ("A5", 148.0, 210.0),
        ("B4", 250.0, 353.0),
        ("B5", 176.0, 250.0),
        ("JIS B4", 257.0, 364.0),
        ("JIS B5", 182.0, 257.0),
        ("16开", 184.0, 260.0),
        ("大16开", 210.0, 285.0),
    ];
    if let Some((_, width, height)) = SHEETS.iter().find(|(name, ..)| *name == text) {
        return Ok((Length::from_mm(*width), Length::from_mm(*height)));
    }
    let names: Vec<&str> = SHEETS.iter().map(|(name, ..)| *name).collect();
    let help = format!("写成“210mm × 297mm”，或用：{}", names.join("、"));
    let Some((width, height)) = text.split_once(['×', 'x', '*']) else {
        return wrong(format!("没有“{text}”这种纸张"), help);
    };
    let (width, height) = (length(width.trim())?, length(height.trim())?);
    let least = Length::from_mm(50.0);
    if width < least || height < least {
        return wrong(format!("纸张太小：“{text}”"), "长和宽都不小于50mm");
    }
    Ok((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Word's sizes, of which the standards' 字号 are nominal values (GB/T 33476.2 §6).
    #[test]
    fn every_named_size() {
        let points = [
            42.0, 36.0, 26.0, 24.0, 22.0, 18.0, 16.0, 15.0, 14.0, 12.0, 10.5, 9.0, 7.5, 6.5, 5.5,
            5.0,
        ];
        assert_eq!(points.len(), SIZES.len());
        for ((name, _), pt) in SIZES.iter().zip(points) {
            assert_eq!(named_size(name), Some(Length::from_pt(pt)), "{name}");
        }
        let same = [("3号", "三号"), ("小4", "小四"), ("小四号", "小四"), ("小4号", "小四")];
        for (written, name) in same {
            assert_eq!(named_size(written), named_size(name), "{written}");
        }
        for none in ["九号", "小号", "三", "初", "", "大一号", "3"] {
            assert_eq!(named_size(none), None, "{none}");
        }
    }

    #[test]
    fn lengths() {
        for (text, pt) in [
            ("25.4mm", 72.0),
            ("2.54cm", 72.0),
            ("12 pt", 12.0),
            ("12磅", 12.0),
            ("三号", 16.0),
            ("0", 0.0),
            ("-1pt", -1.0),
        ] {
            assert!((length(text).unwrap().pt() - pt).abs() < 1e-4, "{text}");
        }
        for (text, message) in [
            ("37", "缺少单位：“37”"),
            ("37px", "没有“px”这个长度单位"),
            ("九号", "没有“九号”这个字号"),
            ("mm", "不是长度：“mm”"),
            ("1.2.3mm", "不是长度：“1.2.3mm”"),
            ("1e9mm", "没有“e9mm”这个长度单位"),
            ("999999mm", "长度太大：“999999mm”"),
            ("9999999999999999mm", "不是长度：“9999999999999999mm”"),
            ("", "不是长度：“”"),
        ] {
            assert_eq!(length(text).unwrap_err().message, message);
        }
    }

    #[test]
    fn ems_and_rows() {
        assert_eq!(ems("2字"), Ok(2000));
        assert_eq!(ems("0.022em"), Ok(22));
        assert_eq!(ems("0"), Ok(0));
        assert_eq!(ems("2").unwrap_err().message, "缺少单位：“2”");
        assert_eq!(ems("2mm").unwrap_err().message, "单位“mm”不能用在这里");
        assert_eq!(ems("101字").unwrap_err().message, "字数太大：“101字”");
        assert_eq!(rows("1行"), Ok(1));
        assert_eq!(rows("2"), Ok(2));
        assert_eq!(rows("-1行").unwrap_err().message, "不是行数：“-1行”");
        assert_eq!(rows("1.5行").unwrap_err().message, "不是行数：“1.5行”");
        assert_eq!(rows("201行").unwrap_err().message, "行数太大：“201行”");
        assert_eq!(grid_row("第6行"), Some(Ok(6)));
        assert_eq!(grid_row("6行"), None);
        assert_eq!(grid_row("第0行").unwrap().unwrap_err().message, "没有“第0行”");
    }

    #[test]
    fn colours_and_paper() {
        assert_eq!(rgb("#FF0000"), Ok([255, 0, 0]));
        assert_eq!(rgb("0a0B0c"), Ok([10, 11, 12]));
        assert!(rgb("red").is_err() && rgb("#FFF").is_err() && rgb("红红").is_err());
        assert_eq!(paper("A4"), Ok((Length::from_mm(210.0), Length::from_mm(297.0))));
        assert_eq!(paper("176mm × 250mm"), paper("B5"));
        assert_eq!(paper("A9").unwrap_err().message, "没有“A9”这种纸张");
        assert_eq!(paper("0mm × 250mm").unwrap_err().message, "纸张太小：“0mm × 250mm”");
    }
}
