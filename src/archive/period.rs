//! Periods as people name them: 2019, 2019-01, 2019年1月15日.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use crate::issue::YEARS;

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
}

/// From a day to a day, both included; either may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Moment, String> {
        let form = || "写成 2019、2019-01 或 2019-01-15，也可以写 2019年1月".to_owned();
        let normal: String = text.trim().chars().map(plain).collect();
        let normal = normal.trim_end_matches(['日', '号', '-']);
        let numbers: Option<Vec<u32>> = normal
            .split('-')
            .map(|part| {
                let digits =
                    (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
                digits.then(|| part.parse().ok()).flatten()
            })
            .collect();
        let numbers = numbers.ok_or_else(form)?;
        let (year, month, day) = match numbers[..] {
            [year] => (year, None, None),
            [year, month] => (year, Some(month), None),
            [year, month, day] => (year, Some(month), Some(day)),
            _ => return Err(form()),
        };
        let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year)).ok_or_else(form)?;
        let missing = || "没有这一天，请检查年、月、日".to_owned();
        let date = |month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or_else(missing);
        let first = date(month.unwrap_or(1), day.unwrap_or(1))?;
        let last = match (month, day) {
            (_, Some(_)) => first,
            (Some(month), None) => last_of_month(year, month).ok_or_else(missing)?,
            (None, None) => date(12, 31)?,
        };
        Ok(Moment { first, last })
    }
}

/// Digits as such, and one mark between year, month and day.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        '年' | '月' | '/' | '.' | '－' | '／' | '．' => '-',
        c => c,
    }
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()
}

impl Period {
    /// Whether a day lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Its first and last day as numbers of days.
    pub(super) fn days(&self) -> (i32, i32) {
        let day = |date: NaiveDate| date.num_days_from_ce();
        (self.from.map_or(0, day), self.to.map_or((1 << 21) - 1, day))
    }
}

/// A period in words: 2019年, 2019年1—3月, 2019年3月5日至2019年3月14日 where it is no whole months.
pub fn span(from: NaiveDate, to: NaiveDate) -> String {
    let starts = from.day() == 1;
    let ends = last_of_month(to.year(), to.month()) == Some(to);
    let (year, month) = (from.year(), from.month());
    match (starts && ends, year == to.year()) {
        (true, true) if month == 1 && to.month() == 12 => format!("{year}年"),
        (true, true) if month == to.month() => format!("{year}年{month}月"),
        (true, true) => format!("{year}年{month}—{}月", to.month()),
        (true, false) if month == 1 && to.month() == 12 => format!("{year}—{}年", to.year()),
        (true, false) => format!("{year}年{month}月至{}年{}月", to.year(), to.month()),
        (false, _) if from == to => chinese(from),
        (false, _) => format!("{}至{}", chinese(from), chinese(to)),
    }
}

/// 2019年3月14日.
pub fn chinese(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String)> {
        let moment = Moment::from_str(text).ok()?;
        Some((moment.first.to_string(), moment.last.to_string()))
    }

    #[test]
    fn whole_months_and_years_are_said_as_such() {
        for (from, to, words) in [
            ("2019-01-01", "2019-12-31", "2019年"),
            ("2019-01-01", "2020-12-31", "2019—2020年"),
            ("2019-01-01", "2019-03-31", "2019年1—3月"),
            ("2020-02-01", "2020-02-29", "2020年2月"),
            ("2019-12-01", "2020-01-31", "2019年12月至2020年1月"),
            ("2019-03-05", "2019-03-31", "2019年3月5日至2019年3月31日"),
            ("2019-03-05", "2019-03-05", "2019年3月5日"),
        ] {
            assert_eq!(span(from.parse().unwrap(), to.parse().unwrap()), words);
        }
    }

    #[test]
    fn years_months_and_days_are_read() {
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        for text in ["2019", "2019年", "２０１９年"] {
            assert_eq!(read(text), pair("2019-01-01", "2019-12-31"), "{text}");
        }
        for text in ["2020-02", "2020-2", "2020年2月", "2020/02", "2020.2"] {
            assert_eq!(read(text), pair("2020-02-01", "2020-02-29"), "{text}");
        }
        for text in ["2019-12-05", "2019年12月5日", "2019.12.5"] {
            assert_eq!(read(text), pair("2019-12-05", "2019-12-05"), "{text}");
        }
        for text in ["", "19", "2019-13", "2019-02-30", "三月", "2019-1-1-1", "201901", "9999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
