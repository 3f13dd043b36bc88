//! Whether a bag that has no line was left so by whoever was interrupted while filing it. The next
//! `add` enters such a bag before anything else; so where something later is there already, the
//! ledger was cut or the bag came in some other way.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use super::{Event, LedgerId, Line};
use crate::archive::{Holding, Store, bag};

/// What came later than a bag without a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::archive) enum Later {
    /// The line with this number.
    Line(usize, Holding),
    /// This bag was filed on a later day.
    Bag(Holding, NaiveDate),
}

impl fmt::Display for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Later::Line(number, holding) => write!(f, "第{number}行已登记了之后的“{holding}”"),
            Later::Bag(holding, date) => write!(f, "之后的“{holding}”在{date}就已存入"),
        }
    }
}

/// The days that the bags of a ledger say they were filed.
pub(in crate::archive) struct Filed {
    days: BTreeMap<Holding, NaiveDate>,
    newest: Option<(NaiveDate, Holding)>,
}

impl Filed {
    /// Asks the bags of this ledger among these.
    pub(in crate::archive) fn of<'a>(
        store: &dyn Store,
        ledger: &LedgerId,
        bags: impl Iterator<Item = &'a Holding>,
    ) -> Filed {
        let own = bags.filter(|bag| LedgerId::of(bag) == *ledger);
        let days: BTreeMap<_, _> =
            own.filter_map(|bag| Some((bag.clone(), bag::filed(store, bag)?))).collect();
        let newest = days.iter().map(|(bag, day)| (*day, bag.clone())).max();
        Filed { days, newest }
    }

    /// What came later than this bag, which has no line: a line of a higher revision or, for a
    /// first revision, of a higher number of its kind; a line or a bag of a later day.
    pub(in crate::archive) fn later(&self, lines: &[Line], bag: &Holding) -> Option<Later> {
        let filed = self.days.get(bag);
        let follows = |other: &Holding| match other.id == bag.id {
            true => other.revision > bag.revision,
            // Old issues are corrected at any time.
            false => {
                bag.revision == 1 && other.id.kind == bag.id.kind && other.id.number > bag.id.number
            }
        };
        let line = lines.iter().find_map(|line| {
            let other = line.event.holding()?;
            // When a bag was found says nothing of when it was put.
            let dated = matches!(line.event, Event::Filed(_));
            let after = dated && filed.is_some_and(|filed| line.date > *filed);
            (follows(other) || after).then(|| Later::Line(line.number, other.clone()))
        });
        line.or_else(|| {
            let (day, newest) = self.newest.as_ref()?;
            (day > filed?).then(|| Later::Bag(newest.clone(), *day))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::NOTHING;
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn bag(path: &str) -> Holding {
        Holding::parse(&format!("kb/2019/{path}")).unwrap()
    }

    fn line(number: usize, date: u32, event: Event) -> Line {
        let (digest, previous) = (NOTHING.to_owned(), NOTHING.to_owned());
        Line { number, date: day(date), event, digest, previous }
    }

    fn filed(days: &[(&str, u32)]) -> Filed {
        let days: BTreeMap<_, _> = days.iter().map(|(path, on)| (bag(path), day(*on))).collect();
        let newest = days.iter().map(|(bag, day)| (*day, bag.clone())).max();
        Filed { days, newest }
    }

    #[test]
    fn what_was_interrupted_has_nothing_later() {
        let lines = [
            line(1, 22, Event::Filed(bag("5/r1"))),
            line(2, 22, Event::Filed(bag("6/r1"))),
            line(3, 24, Event::Found(bag("4/r1"))),
        ];
        let filed = filed(&[("4/r1", 22), ("5/r1", 22), ("6/r1", 22), ("7/r1", 23), ("s1/r1", 23)]);
        for path in ["7/r1", "s1/r1"] {
            assert_eq!(filed.later(&lines, &bag(path)), None, "{path}");
        }
        // A correction of an old issue.
        assert_eq!(filed.later(&lines, &bag("5/r2")), None);
    }

    #[test]
    fn a_later_number_revision_or_day_is_later() {
        let lines = [
            line(1, 22, Event::Filed(bag("5/r2"))),
            line(2, 22, Event::Filed(bag("7/r1"))),
            line(3, 23, Event::Filed(bag("z9/r1"))),
        ];
        let filed = filed(&[("5/r1", 22), ("6/r1", 23), ("8/r1", 22), ("9/r1", 23), ("10/r1", 24)]);
        let by = |path: &str| filed.later(&lines, &bag(path));
        assert_eq!(by("5/r1"), Some(Later::Line(1, bag("5/r2"))));
        assert_eq!(by("6/r1"), Some(Later::Line(2, bag("7/r1"))));
        assert_eq!(by("8/r1"), Some(Later::Line(3, bag("z9/r1"))));
        assert_eq!(by("9/r1"), Some(Later::Bag(bag("10/r1"), day(24))));
        assert_eq!(by("10/r1"), None);
    }
}
