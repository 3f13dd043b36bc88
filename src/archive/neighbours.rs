//! What is odd about the number, the date and the total number of an issue beside the issues that
//! are kept: said before it is kept, for what is kept stays. None of it is an error: issues may be
//! kept in any order, and an office may count as it likes.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use super::{Archive, Error, Holding, IssueId, Scheme, bag};
use crate::issue::Issue;

/// An issue that is to be kept.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// What it is called.
    pub id: IssueId,
    /// Its date.
    pub date: NaiveDate,
    /// How its numbers run.
    pub scheme: Scheme,
    /// 总期数.
    pub total: Option<u32>,
    /// Whether there is none of its number yet; otherwise it is a correction.
    pub fresh: bool,
}

impl Newcomer {
    /// What this issue says of itself.
    pub fn of(id: &IssueId, issue: &Issue, fresh: bool) -> Newcomer {
        Newcomer {
            id: id.clone(),
            date: issue.number.date.value,
            scheme: Scheme::of(issue),
            total: issue.number.total.as_ref().map(|total| total.value),
            fresh,
        }
    }
}

/// What is odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Numbers between it and the nearest other one are not there.
    Gap {
        /// The first that is missing.
        first: u32,
        /// The last that is missing.
        last: u32,
        /// The nearest that is there.
        beside: IssueId,
    },
    /// Another issue has its number, though numbers go on over the years.
    Number(IssueId),
    /// It is of an earlier day than the issue before it.
    Early(IssueId, NaiveDate),
    /// It is of a later day than the issue after it.
    Late(IssueId, NaiveDate),
    /// Another issue has its total number.
    Total(u32, IssueId),
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Oddity::Gap { first, last, beside } => {
                let kind = beside.kind.chinese();
                match first == last {
                    true => write!(f, "缺{kind}第{first}期")?,
                    false => write!(f, "缺{kind}第{first}期至第{last}期")?,
                }
                write!(f, "：离它最近的是“{beside}”")
            }
            Oddity::Number(other) => write!(f, "期号与“{other}”相同，而编号是跨年累计的"),
            Oddity::Early(other, date) => write!(f, "日期比前一期“{other}”的{date}还早"),
            Oddity::Late(other, date) => write!(f, "日期比后一期“{other}”的{date}还晚"),
            Oddity::Total(total, other) => write!(f, "总第{total}期已是“{other}”的总期号"),
        }
    }
}

impl Archive {
    /// What is odd about each of these issues, which are to be kept together. Supplements and
    /// special issues have numbers of their own, total numbers are shared. Bags that cannot be read
    /// are passed over: to name them is the work of verification.
    ///
    /// Total numbers are looked for in the whole series; in an object store, where each bag is a
    /// request, in the years of these issues only.
    ///
    /// # Errors
    /// As [`Archive::latest`].
    pub fn oddities(&self, newcomers: &[Newcomer]) -> Result<Vec<Vec<Oddity>>, Error> {
        if newcomers.is_empty() {
            return Ok(Vec::new());
        }
        let latest = self.latest()?;
        let totals = self.totals(&latest, newcomers);
        let odd = newcomers.iter().map(|new| {
            let mut odd = self.beside(new, &latest, newcomers);
            let same = |(total, id): &&(u32, IssueId)| Some(*total) == new.total && *id != new.id;
            odd.extend(
                totals.iter().find(same).map(|(total, id)| Oddity::Total(*total, id.clone())),
            );
            odd
        });
        Ok(odd.collect())
    }

    /// What is odd beside the issues with the nearest numbers.
    fn beside(&self, new: &Newcomer, latest: &[Holding], newcomers: &[Newcomer]) -> Vec<Oddity> {
        let in_row = |id: &IssueId| {
            let same_year = new.scheme == Scheme::Cumulative || id.year == new.id.year;
            id.series == new.id.series && id.kind == new.id.kind && same_year && *id != new.id
        };
        let kept: BTreeMap<u32, &Holding> =
            latest.iter().filter(|one| in_row(&one.id)).map(|one| (one.id.number, one)).collect();
        let mut row: BTreeMap<u32, &IssueId> =
            kept.iter().map(|(number, holding)| (*number, &holding.id)).collect();
        for other in newcomers.iter().filter(|other| in_row(&other.id)) {
            row.insert(other.id.number, &other.id);
        }
        let number = new.id.number;
        let before = row.range(..number).next_back().map(|(_, id)| *id);
        let after = row.range(number.saturating_add(1)..).next().map(|(_, id)| *id);
        let mut odd = Vec::new();
        if new.fresh {
            odd.extend(row.get(&number).map(|other| Oddity::Number((*other).clone())));
            // One that goes between others leaves no gap that was not there.
            let is_last = kept.range(number..).next().is_none();
            let is_first = kept.range(..number).next().is_none() && !kept.is_empty();
            let gap = |first: u32, last: u32, beside: &IssueId| {
                (first <= last).then(|| Oddity::Gap { first, last, beside: beside.clone() })
            };
            match (before, after) {
                (Some(before), _) if is_last => {
                    odd.extend(gap(before.number + 1, number - 1, before));
                }
                (_, Some(after)) if is_first => {
                    odd.extend(gap(number.saturating_add(1), after.number - 1, after));
                }
                _ => {}
            }
        }
        let date = |id: &IssueId| {
            let new = newcomers.iter().find(|other| other.id == *id).map(|other| other.date);
            new.or_else(|| Some(self.entry(kept.get(&id.number)?).ok()?.date))
        };
        if let Some((before, day)) = before.and_then(|id| Some((id, date(id)?)))
            && new.date < day
        {
            odd.push(Oddity::Early(before.clone(), day));
        }
        if let Some((after, day)) = after.and_then(|id| Some((id, date(id)?)))
            && new.date > day
        {
            odd.push(Oddity::Late(after.clone(), day));
        }
        odd
    }

    /// The total numbers of the series that these are of.
    fn totals(&self, latest: &[Holding], newcomers: &[Newcomer]) -> Vec<(u32, IssueId)> {
        let asking: Vec<&Newcomer> = newcomers.iter().filter(|new| new.total.is_some()).collect();
        let everywhere = self.store.folder().is_some();
        let asked = |id: &IssueId| {
            asking
                .iter()
                .any(|new| new.id.series == id.series && (everywhere || new.id.year == id.year))
        };
        let kept = latest
            .iter()
            .filter(|one| asked(&one.id) && !newcomers.iter().any(|new| new.id == one.id));
        let total = |holding: &Holding| {
            let bytes = self.store.get(holding, bag::INFO).ok()?;
            let text = String::from_utf8_lossy(&bytes);
            let total = bag::info::values(&text, bag::info::TOTAL).first()?.parse().ok()?;
            Some((total, holding.id.clone()))
        };
        let new = asking.iter().filter_map(|new| Some((new.total?, new.id.clone())));
        kept.filter_map(total).chain(new).collect()
    }
}
