//! A line of a ledger that was written down elsewhere. No chain shows that its own end is gone, or
//! that a whole ledger was exchanged for another that is sound in itself: a line kept in a text
//! file, a mail or on paper does, since its hash stands for all lines before it.

use std::fmt;

use super::{LedgerId, Line};

/// How many hexadecimal digits of a hash a mark must have: 64 bits. Nobody finds another line with
/// the same, 2⁶⁴ tries away, once the mark is written down.
const LEAST: usize = 16;

/// How many are printed to be written down: 128 bits. Whoever prepares two histories in advance
/// needs 2⁶⁴ tries here, and only 2³² for [`LEAST`].
const PRINTED: usize = 32;

/// Digits stand in groups, for eyes and fingers.
const GROUP: usize = 4;

/// A line that was written down: whole, `mtg-kuaibao/2019#7 2026-11-22 入藏 …`, or short,
/// `mtg-kuaibao/2019#7:1f3a-9c2d-…`, the beginning of its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub(in crate::archive) ledger: LedgerId,
    pub(in crate::archive) number: usize,
    /// The beginning of its hash.
    pub(in crate::archive) hash: String,
}

impl Mark {
    /// Reads a line that was written down; `None` when it is none. A line as it stands in the
    /// ledger's own file will do where it names an issue; colons and signs of a Chinese keyboard,
    /// capital letters, spaces or hyphens between the digits of a hash make no difference.
    pub fn parse(text: &str) -> Option<Mark> {
        let text = text.trim();
        if let Some(line) = Line::parse(text) {
            let ledger = LedgerId::of(line.event.holding()?);
            return Some(Mark { ledger, number: line.number, hash: line.hash() });
        }
        let text = text.replace('＃', "#").replace('：', ":");
        let (ledger, rest) = text.split_once('#')?;
        let ledger = LedgerId::parse(ledger.trim())?;
        if let Some(line) = Line::parse(rest) {
            let own = line.event.holding().is_none_or(|holding| LedgerId::of(holding) == ledger);
            return own.then(|| Mark { ledger, number: line.number, hash: line.hash() });
        }
        let (number, digits) = rest.split_once(':')?;
        let number = number.trim().parse().ok().filter(|number| *number > 0)?;
        let digits = digits.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－'));
        let hash: String = digits.map(|c| c.to_ascii_lowercase()).collect();
        let plain = hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        (plain && (LEAST..=64).contains(&hash.len())).then_some(Mark { ledger, number, hash })
    }

    /// Whether this is the line that was written down.
    pub(in crate::archive) fn fits(&self, line: &[u8]) -> bool {
        super::bag::sha256(line).starts_with(&self.hash)
    }
}

/// The last line of a ledger, to be written down elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// The ledger.
    pub ledger: LedgerId,
    /// How many lines it has.
    pub number: usize,
    /// The line as it stands there: number, date, event, subject, digest, hash of the line before.
    pub line: String,
    /// SHA-256 of the line with its line feed, 64 hexadecimal digits.
    pub hash: String,
}

impl Last {
    pub(in crate::archive) fn of(ledger: LedgerId, line: &Line) -> Last {
        Last { ledger, number: line.number, line: line.to_string(), hash: line.hash() }
    }

    /// The whole line with the name of its ledger, for a file.
    pub fn whole(&self) -> String {
        format!("{}#{}", self.ledger, self.line)
    }

    /// What of it can be typed from paper.
    pub fn short(&self) -> String {
        let digits = &self.hash.as_bytes()[..PRINTED.min(self.hash.len())];
        let groups: Vec<_> = digits.chunks(GROUP).map(String::from_utf8_lossy).collect();
        format!("{}#{}:{}", self.ledger, self.number, groups.join("-"))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.ledger, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Event, NOTHING};
    use super::*;
    use crate::archive::Holding;

    fn last() -> Last {
        let line = Line {
            number: 7,
            date: chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap(),
            event: Event::Filed(Holding::parse("kb/2019/155/r1").unwrap()),
            digest: "ab".repeat(32),
            previous: NOTHING.to_owned(),
        };
        Last::of(LedgerId::parse("kb/2019").unwrap(), &line)
    }

    #[test]
    fn what_is_printed_is_read_again_whole_and_short() {
        let last = last();
        let line = format!("{}\n", last.line);
        for text in [last.whole(), last.short(), last.line.clone(), format!(" {}\r", last.short())]
        {
            let mark = Mark::parse(&text).expect(&text);
            assert_eq!(mark.to_string(), "kb/2019#7");
            assert!(mark.fits(line.as_bytes()), "{text}");
            assert!(!mark.fits(line.replace("155", "156").as_bytes()), "{text}");
        }
        assert_eq!(last.short().split_once(':').unwrap().1.len(), 32 + 7);
    }

    #[test]
    fn what_is_typed_from_paper_may_be_shorter_and_looser() {
        let last = last();
        let line = format!("{}\n", last.line);
        let digits = &last.hash[..16];
        let (head, tail) = digits.split_at(8);
        for text in [
            format!("kb/2019#7:{digits}"),
            format!("kb/2019#7: {}", digits.to_uppercase()),
            format!("kb/2019＃7：{head} {tail}"),
            format!("kb/2019#7:{}", last.hash),
        ] {
            assert!(Mark::parse(&text).expect(&text).fits(line.as_bytes()), "{text}");
        }
    }

    #[test]
    fn what_is_no_line_is_not_taken_for_one() {
        let last = last();
        for text in [
            String::new(),
            "kb/2019#7".to_owned(),
            format!("kb/2019#7:{}", &last.hash[..15]),
            format!("kb/2019#0:{}", last.hash),
            format!("kb/2019#7:{}g", &last.hash[..20]),
            format!("kb/2019#7:{}0", last.hash),
            format!("2019#7:{}", last.hash),
            // A line of another ledger.
            format!("kb/2020#{}", last.line),
            last.whole().replace("入藏", "出藏"),
        ] {
            assert_eq!(Mark::parse(&text), None, "{text}");
        }
    }
}
