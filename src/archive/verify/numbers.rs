//! Numbers of issues: one after the other within a year, or from year to year, as the issues say.

use std::collections::BTreeMap;

use super::{Flaw, Flaws, Wrong};
use crate::archive::{Entry, Holding, IssueId, Kind, Scheme};

/// What an issue says of its number.
#[derive(Clone, Debug)]
pub(super) struct Numbered {
    holding: Holding,
    scheme: Scheme,
    total: Option<u32>,
}

impl Numbered {
    pub(super) fn of(entry: &Entry) -> Numbered {
        Numbered { holding: entry.holding(), scheme: entry.scheme, total: entry.total }
    }
}

/// The numbers of one row and the issues that have them.
type Row = BTreeMap<u32, Vec<IssueId>>;

/// The gaps and repeats among these issues, each in its latest revision.
pub(super) fn look(numbered: Vec<Numbered>) -> Vec<Flaw> {
    let mut latest: BTreeMap<IssueId, Numbered> = BTreeMap::new();
    for one in numbered {
        match latest.get(&one.holding.id) {
            Some(other) if other.holding.revision > one.holding.revision => {}
            _ => drop(latest.insert(one.holding.id.clone(), one)),
        }
    }
    // By bulletin, kind and, where numbers begin anew each year, year.
    let mut rows: BTreeMap<(String, Kind, Option<i32>), Row> = BTreeMap::new();
    let mut totals: BTreeMap<String, Row> = BTreeMap::new();
    for (id, one) in latest {
        let year = (one.scheme == Scheme::Annual).then_some(id.year);
        let row = rows.entry((id.series.clone(), id.kind, year)).or_default();
        row.entry(id.number).or_default().push(id.clone());
        if let Some(total) = one.total {
            let row = totals.entry(id.series.clone()).or_default();
            row.entry(total).or_default().push(id);
        }
    }
    let mut flaws = Vec::new();
    for ((series, kind, year), row) in &rows {
        let year = year.map_or(String::new(), |year| format!("{year}年"));
        check(&mut flaws, series, &format!("{year}{}第", kind.chinese()), row);
    }
    for (series, row) in &totals {
        check(&mut flaws, series, "总第", row);
    }
    flaws
}

/// Names what is missing between the first and the last, and what is there twice.
fn check(flaws: &mut Vec<Flaw>, series: &str, before: &str, row: &Row) {
    let mut found = Flaws::of(series);
    let mut last: Option<u32> = None;
    for (number, ids) in row {
        match last.map(|last| last + 1) {
            Some(next) if next + 1 == *number => {
                found.add(Wrong::Gap, format!("缺{before}{next}期"));
            }
            Some(next) if next < *number => {
                found.add(Wrong::Gap, format!("缺{before}{next}期至第{}期", number - 1));
            }
            _ => {}
        }
        if ids.len() > 1 {
            let names: Vec<String> = ids.iter().map(|id| format!("“{id}”")).collect();
            let message = format!("{before}{number}期重号：{}", names.join("、"));
            found.add(Wrong::Repeat, message);
        }
        last = Some(*number);
    }
    flaws.append(&mut found.found);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(year: i32, number: u32, scheme: Scheme, total: Option<u32>) -> Numbered {
        let id = IssueId { series: "kb".to_owned(), year, kind: Kind::Regular, number };
        Numbered { holding: Holding { id, revision: 1 }, scheme, total }
    }

    fn said(numbered: Vec<Numbered>) -> Vec<String> {
        look(numbered).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_gap_within_a_year_is_named_and_a_new_year_is_none() {
        use Scheme::Annual;
        let issues = [(2019, 3), (2019, 4), (2019, 6), (2019, 9), (2020, 1), (2020, 2)];
        let issues = issues.map(|(year, number)| issue(year, number, Annual, None));
        assert_eq!(said(issues.to_vec()), ["kb：缺2019年第5期", "kb：缺2019年第7期至第8期"]);
    }

    #[test]
    fn cumulative_numbers_go_on_over_the_years() {
        use Scheme::Cumulative;
        let issues = [(2019, 154), (2019, 155), (2020, 155), (2020, 157)];
        let issues = issues.map(|(year, number)| issue(year, number, Cumulative, None));
        assert_eq!(
            said(issues.to_vec()),
            ["kb：第155期重号：“kb/2019/155”、“kb/2020/155”", "kb：缺第156期"]
        );
    }

    #[test]
    fn total_numbers_are_a_row_of_their_own() {
        use Scheme::Annual;
        let issues = [(2019, 1, 100), (2019, 2, 101), (2020, 1, 101), (2020, 2, 103)];
        let issues = issues.map(|(year, n, total)| issue(year, n, Annual, Some(total)));
        assert_eq!(
            said(issues.to_vec()),
            ["kb：总第101期重号：“kb/2019/2”、“kb/2020/1”", "kb：缺总第102期"]
        );
    }

    #[test]
    fn only_the_latest_revision_counts() {
        let mut second = issue(2019, 2, Scheme::Annual, Some(7));
        second.holding.revision = 2;
        let issues = vec![
            issue(2019, 1, Scheme::Annual, Some(6)),
            issue(2019, 2, Scheme::Annual, Some(6)),
            second,
        ];
        assert_eq!(said(issues), [""; 0]);
    }
}
