//! What an archived issue is called: the same in every path, ledger and report.

use std::fmt;

use chrono::Datelike;

use crate::issue::{Issue, IssueKind};

/// One issue of one bulletin, whatever its revision. As a path: `mtg-kuaibao/2019/155`, supplements
/// `s1`, special issues `z1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IssueId {
    /// ASCII short name of the bulletin.
    pub series: String,
    /// The year it is numbered in: its 年度, else the year of its date.
    pub year: i32,
    /// What kind of issue: each kind is numbered for itself.
    pub kind: Kind,
    /// 期数.
    pub number: u32,
}

/// What kind of issue.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 正刊.
    Regular,
    /// 增刊.
    Supplement,
    /// 专刊.
    Special,
}

impl Kind {
    /// What stands before its number in a path.
    pub fn letter(self) -> &'static str {
        match self {
            Kind::Regular => "",
            Kind::Supplement => "s",
            Kind::Special => "z",
        }
    }

    /// What stands before 第1期.
    pub fn chinese(self) -> &'static str {
        match self {
            Kind::Regular => "",
            Kind::Supplement => "增刊",
            Kind::Special => "专刊",
        }
    }
}

impl From<IssueKind> for Kind {
    fn from(kind: IssueKind) -> Kind {
        match kind {
            IssueKind::Regular => Kind::Regular,
            IssueKind::Supplement => Kind::Supplement,
            IssueKind::Special => Kind::Special,
        }
    }
}

impl IssueId {
    /// What an issue of this series is called.
    pub fn of(series: &str, issue: &Issue) -> IssueId {
        let numbering = &issue.number;
        IssueId {
            series: series.to_owned(),
            year: numbering.year.as_ref().map_or(numbering.date.value.year(), |year| year.value),
            kind: numbering.kind.value.into(),
            number: numbering.number.value,
        }
    }

    /// The number as it stands in a path: `155`, `s1`.
    pub fn label(&self) -> String {
        format!("{}{}", self.kind.letter(), self.number)
    }

    /// Reads [`ToString::to_string`]; `None` for anything else.
    pub fn parse(path: &str) -> Option<IssueId> {
        let mut parts = path.split('/');
        let (series, year, label) = (parts.next()?, parts.next()?, parts.next()?);
        let (kind, digits) = [Kind::Supplement, Kind::Special]
            .into_iter()
            .find_map(|kind| Some((kind, label.strip_prefix(kind.letter())?)))
            .unwrap_or((Kind::Regular, label));
        let id = IssueId {
            series: series.to_owned(),
            year: year.parse().ok()?,
            kind,
            number: digits.parse().ok()?,
        };
        // Only what would be written so: no 0155, no +155.
        (parts.next().is_none() && is_name(series) && id.to_string() == path).then_some(id)
    }
}

/// Whether something can be the short name of a bulletin in a path. An object store gives any
/// names, and none of them may lead out of a folder.
pub(super) fn is_name(series: &str) -> bool {
    !series.is_empty() && is_inside(series) && !series.starts_with('.') && !series.contains('/')
}

/// Whether the path of a file stays in the folder that it is put in, on every system.
pub fn is_inside(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..");
    path.split('/').all(plain) && !path.contains(['\\', ':', '\0'])
}

impl fmt::Display for IssueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.series, self.year, self.label())
    }
}

/// One revision of an issue in the archive: `mtg-kuaibao/2019/155/r1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holding {
    /// The issue.
    pub id: IssueId,
    /// 1 for the first, 2 for the first correction.
    pub revision: u32,
}

impl Holding {
    /// Reads [`ToString::to_string`]; `None` for anything else.
    pub fn parse(path: &str) -> Option<Holding> {
        let (id, revision) = path.rsplit_once("/r")?;
        let holding = Holding { id: IssueId::parse(id)?, revision: revision.parse().ok()? };
        (holding.revision > 0 && holding.to_string() == path).then_some(holding)
    }
}

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/r{}", self.id, self.revision)
    }
}

/// The ledger of the issues of one bulletin numbered in one year: `mtg-kuaibao/2019`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerId {
    /// ASCII short name of the bulletin.
    pub series: String,
    /// The year its issues are numbered in.
    pub year: i32,
}

impl LedgerId {
    /// The ledger that a bag belongs to.
    pub fn of(holding: &Holding) -> LedgerId {
        LedgerId { series: holding.id.series.clone(), year: holding.id.year }
    }

    /// Reads [`ToString::to_string`]; `None` for anything else.
    pub fn parse(text: &str) -> Option<LedgerId> {
        let (series, year) = text.split_once('/')?;
        let ledger = LedgerId { series: series.to_owned(), year: year.parse().ok()? };
        (is_name(series) && ledger.to_string() == text).then_some(ledger)
    }
}

impl fmt::Display for LedgerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.series, self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for path in ["../x", "a/../../x", "/etc/x", "a//x", ".", "", "C:x", "..\\x"] {
            assert!(!is_inside(path), "{path}");
        }
        for path in ["青山区工作快报第7期.pdf", "issue.yaml", "more/x"] {
            assert!(is_inside(path), "{path}");
        }
    }

    #[test]
    fn a_path_is_read_as_it_is_written() {
        for path in ["mtg-kuaibao/2019/155/r1", "jb/2020/s1/r12", "jb/2020/z3/r2"] {
            assert_eq!(Holding::parse(path).expect(path).to_string(), path);
        }
        for path in [
            "",
            "a/2019/155",
            "a/2019/0155/r1",
            "a/2019/155/r0",
            "a/2019/x1/r1",
            "/2019/1/r1",
            "a/b/2019/1/r1",
            "../2019/1/r1",
            "c:/2019/1/r1",
            "..\\a/2019/1/r1",
        ] {
            assert_eq!(Holding::parse(path), None, "{path}");
        }
    }
}
