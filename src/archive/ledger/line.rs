//! A line of a ledger.

use std::fmt;

use chrono::NaiveDate;

use super::{LedgerId, NOTHING};
use crate::archive::{Holding, bag};

/// A line: `7 2026-11-22 入藏 mtg-kuaibao/2019/155/r1 <seal> <hash of the line before>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::archive) struct Line {
    /// From 1.
    pub(in crate::archive) number: usize,
    /// The day it was written.
    pub(in crate::archive) date: NaiveDate,
    /// What happened.
    pub(in crate::archive) event: Event,
    /// The seal of the bag; the hash of the line that is linked to.
    pub(in crate::archive) digest: String,
    /// The hash of the line before.
    pub(in crate::archive) previous: String,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::archive) enum Event {
    /// A bag was put.
    Filed(Holding),
    /// A bag was found that had no line: whoever put it was interrupted.
    Found(Holding),
    /// This ledger begins when that one has so many lines.
    Linked(LedgerId, usize),
}

impl Event {
    /// The bag it is about.
    pub(in crate::archive) fn holding(&self) -> Option<&Holding> {
        match self {
            Event::Filed(holding) | Event::Found(holding) => Some(holding),
            Event::Linked(..) => None,
        }
    }
}

impl Line {
    /// Reads a line, without its line feed; `None` for what [`fmt::Display`] would not write.
    pub(in crate::archive) fn parse(text: &str) -> Option<Line> {
        let words: Vec<&str> = text.split(' ').collect();
        let [number, date, event, subject, digest, previous] = words[..] else { return None };
        let line = Line {
            number: number.parse().ok()?,
            date: date.parse().ok()?,
            event: match event {
                "入藏" => Event::Filed(Holding::parse(subject)?),
                "补登" => Event::Found(Holding::parse(subject)?),
                "衔接" => {
                    let (ledger, line) = subject.split_once('#')?;
                    Event::Linked(LedgerId::parse(ledger)?, line.parse().ok()?)
                }
                _ => return None,
            },
            digest: digest.to_owned(),
            previous: previous.to_owned(),
        };
        let digests = [digest, previous].iter().all(|text| {
            text.len() == NOTHING.len() && text.bytes().all(|b| b"0123456789abcdef".contains(&b))
        });
        (digests && line.to_string() == text).then_some(line)
    }

    /// As it stands in the ledger.
    pub(in crate::archive) fn write(&self) -> String {
        format!("{self}\n")
    }

    /// What the next line has of this one.
    pub(in crate::archive) fn hash(&self) -> String {
        bag::sha256(self.write().as_bytes())
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Line { number, date, event, digest, previous } = self;
        write!(f, "{number} {date} ")?;
        match event {
            Event::Filed(holding) => write!(f, "入藏 {holding}")?,
            Event::Found(holding) => write!(f, "补登 {holding}")?,
            Event::Linked(ledger, line) => write!(f, "衔接 {ledger}#{line}")?,
        }
        write!(f, " {digest} {previous}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        let some = "ab".repeat(32);
        for words in [
            format!("1 2026-11-22 衔接 mtg-kuaibao/2018#37 {some} {NOTHING}"),
            format!("2 2026-11-22 入藏 mtg-kuaibao/2019/155/r1 {some} {some}"),
            format!("3 2026-11-23 补登 mtg-kuaibao/2019/s1/r2 {some} {some}"),
        ] {
            assert_eq!(Line::parse(&words).expect(&words).to_string(), words);
        }
        for words in [
            "",
            "1 2026-11-22 入藏 a/2019/1/r1 ab cd",
            &format!("01 2026-11-22 入藏 a/2019/1/r1 {some} {some}"),
            &format!("1 2026-11-22 入藏 a/2019/1/r1 {some}  {some}"),
            &format!("1 2026-11-22 出藏 a/2019/1/r1 {some} {some}"),
            &format!("1 2026-11-31 入藏 a/2019/1/r1 {some} {some}"),
        ] {
            assert_eq!(Line::parse(words), None, "{words}");
        }
    }
}
