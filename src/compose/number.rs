//! Generated numbers and dates: 一是, （一）, 附件1, 2019年3月14日.

use chrono::{Datelike, NaiveDate};

use crate::layout::{Field, Template, TemplatePart};

/// A number form filled in: `{han}` is 十一, `{arabic}` is 11.
pub(super) fn fill(template: &Template, number: usize) -> String {
    template
        .parts
        .iter()
        .map(|part| match part {
            TemplatePart::Words(words) => words.clone(),
            TemplatePart::Field(Field::Han) => han(number),
            TemplatePart::Field(Field::Arabic) => number.to_string(),
            // The reader of layouts lets no other field into a number form.
            TemplatePart::Field(_) => String::new(),
        })
        .collect()
}

/// The number that a text begins with in this form: 2 of 二是强化管理. Forms with Arabic digits are
/// not taken for a number when a digit follows, as in 1.5亿元.
pub(super) fn written(form: &Template, text: &str) -> Option<usize> {
    const MOST: usize = 99;
    let arabic = form.parts.contains(&TemplatePart::Field(Field::Arabic));
    if !arabic && !form.parts.contains(&TemplatePart::Field(Field::Han)) {
        return None;
    }
    (1..=MOST).find(|number| {
        let rest = text.strip_prefix(&fill(form, *number));
        rest.is_some_and(|rest| !arabic || !rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// A date in the layout's form, without padding (GB/T 9704 §7.3.5.4).
pub(super) fn date(form: &str, date: NaiveDate) -> String {
    form.replace("{year}", &date.year().to_string())
        .replace("{month}", &date.month().to_string())
        .replace("{day}", &date.day().to_string())
}

/// A number in Han digits: 一, 十一, 二十, 一百零五. From 10 000 on, in Arabic digits.
pub(super) fn han(number: usize) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(usize, &str); 4] = [(1000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number == 0 || number >= 10_000 {
        return if number == 0 { "零".into() } else { number.to_string() };
    }
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in UNITS {
        let digit = number / unit % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        // 十一, not 一十一; but 一百一十一.
        if !(unit == 10 && digit == 1 && text.is_empty()) {
            text.push(DIGITS[digit]);
        }
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_numbers() {
        for (number, text) in [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (21, "二十一"),
            (99, "九十九"),
            (100, "一百"),
            (105, "一百零五"),
            (110, "一百一十"),
            (1001, "一千零一"),
            (1010, "一千零一十"),
            (9999, "九千九百九十九"),
        ] {
            assert_eq!(han(number), text);
        }
    }

    #[test]
    fn han_numbers_up_to_99_are_distinct_and_never_begin_with_yi_shi() {
        let all: std::collections::BTreeSet<_> = (1..=99).map(han).collect();
        assert_eq!(all.len(), 99);
        assert!(!all.iter().any(|text| text.starts_with("一十")));
    }

    #[test]
    fn forms_are_filled() {
        let form = Template {
            parts: vec![
                TemplatePart::Words("（".into()),
                TemplatePart::Field(Field::Han),
                TemplatePart::Words("）".into()),
                TemplatePart::Field(Field::Arabic),
            ],
        };
        assert_eq!(fill(&form, 12), "（十二）12");
    }

    #[test]
    fn numbers_that_the_editor_wrote_are_seen() {
        use TemplatePart::{Field as F, Words};
        let point = Template { parts: vec![F(Field::Han), Words("是".into())] };
        assert_eq!(written(&point, "二是强化管理"), Some(2));
        assert_eq!(written(&point, "十一是强化管理"), Some(11));
        assert_eq!(written(&point, "强化管理"), None);
        let third = Template { parts: vec![F(Field::Arabic), Words(".".into())] };
        assert_eq!(written(&third, "3.投入"), Some(3));
        assert_eq!(written(&third, "1.5亿元投入"), None);
    }

    /// GB/T 9704 §7.3.5.4: Arabic digits, whole year, months and days without a zero before.
    #[test]
    fn dates_are_not_padded() {
        let day = NaiveDate::from_ymd_opt(2019, 3, 4).unwrap();
        assert_eq!(date("{year}年{month}月{day}日", day), "2019年3月4日");
    }
}
