//! From what a person calls an issue to what the archive calls it.

use crate::archive::{Archive, Holding, IssueId, Kind};
use crate::cli::args::Which;
use crate::cli::files::general;
use crate::cli::project::Failure;
use crate::diagnostic::Code;
use crate::yaml::nearest;

/// The revision that is meant: the latest unless another is named.
///
/// # Errors
/// Nothing or several things are meant; what the archive says.
pub(in crate::cli) fn find(archive: &Archive, which: &Which) -> Result<Holding, Failure> {
    let holdings = archive.holdings().map_err(|error| super::failure(&error))?;
    let (number, revision) = split(&which.number);
    let mut issue =
        issue(&holdings, number, which.bulletin.series.as_deref(), which.bulletin.year)?;
    let last = issue.last().cloned();
    if let Some(wanted) = which.revision.or(revision) {
        issue.retain(|holding| holding.revision == wanted);
    }
    issue.pop().ok_or_else(|| {
        let (id, last) = last.map(|last| (last.id.to_string(), last.revision)).unwrap_or_default();
        let wanted = which.revision.or(revision).unwrap_or_default();
        let help = format!("最新的是第{last}版（r{last}）");
        Failure::environment(vec![general(
            Code::ArchiveNoSuch,
            format!("“{id}”没有第{wanted}版"),
            help,
        )])
    })
}

/// All revisions of the issue that is meant by `155`, `第155期`, `2019/155`,
/// `mtg-kuaibao/2019/155` or `mtg-kuaibao/2019/155/r1`.
///
/// # Errors
/// None or several are meant.
pub(super) fn issue(
    holdings: &[Holding],
    number: &str,
    series: Option<&str>,
    year: Option<i32>,
) -> Result<Vec<Holding>, Failure> {
    let wanted = wanted(split(number).0, series, year);
    let mut ids: Vec<&IssueId> = holdings.iter().map(|holding| &holding.id).collect();
    ids.dedup();
    ids.retain(|id| wanted.is(id));
    match ids[..] {
        [id] => Ok(holdings.iter().filter(|holding| holding.id == *id).cloned().collect()),
        [] => is_series(series, holdings).and_then(|()| Err(none(number, holdings))),
        _ => Err(several(number, &ids)),
    }
}

/// The revision apart from the rest.
fn split(text: &str) -> (&str, Option<u32>) {
    let text = text.trim().trim_end_matches('/');
    match text.rsplit_once("/r") {
        Some((path, digits)) if digits.parse::<u32>().is_ok() => (path, digits.parse().ok()),
        _ => (text, None),
    }
}

/// Whether a text names an issue and no file: `155`, `s1`, `第155期`, `kb/2019/155`.
pub(in crate::cli) fn is_number(text: &str) -> bool {
    let path = split(text).0;
    let label = label(path.rsplit('/').next().unwrap_or_default());
    let digits = label.strip_prefix(['s', 'z']).unwrap_or(&label);
    path.split('/').count() <= 3
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// What is known of the issue.
struct Wanted<'a> {
    label: String,
    series: Option<&'a str>,
    year: Option<i32>,
}

impl Wanted<'_> {
    fn is(&self, id: &IssueId) -> bool {
        id.label() == self.label
            && self.series.is_none_or(|series| series == id.series)
            && self.year.is_none_or(|year| year == id.year)
    }
}

/// What is written, and beside it what the options say.
fn wanted<'a>(path: &'a str, series: Option<&'a str>, year: Option<i32>) -> Wanted<'a> {
    let mut parts = path.rsplitn(3, '/');
    let label = label(parts.next().unwrap_or_default());
    let written = parts.next().and_then(|year| year.parse().ok());
    Wanted { label, series: series.or(parts.next()), year: year.or(written) }
}

/// The number as it stands in a path: `s1` of `增刊第1期`.
fn label(text: &str) -> String {
    let kinds = [Kind::Supplement, Kind::Special].iter();
    let kind = kinds.clone().find_map(|kind| Some((kind, text.strip_prefix(kind.chinese())?)));
    let (letter, text) = kind.map_or(("", text), |(kind, rest)| (kind.letter(), rest));
    let digits = text.strip_prefix('第').unwrap_or(text);
    let digits = digits.strip_suffix('期').unwrap_or(digits);
    format!("{letter}{digits}")
}

/// That the archive has these bulletins.
///
/// # Errors
/// The first that it has not, with those it has; what the archive says.
pub(super) fn has_series<'s>(
    archive: &Archive,
    wanted: impl IntoIterator<Item = &'s String>,
) -> Result<(), Failure> {
    let mut wanted = wanted.into_iter().peekable();
    if wanted.peek().is_none() {
        return Ok(());
    }
    // Ledgers are named in a blink where ten thousand bags are not; only a bag whose line was not
    // written yet is in none.
    let ledgers = archive.store().ledgers().map_err(|error| super::failure(&error))?;
    let mut wanted =
        wanted.filter(|series| ledgers.iter().all(|ledger| ledger.series != **series)).peekable();
    if wanted.peek().is_none() {
        return Ok(());
    }
    let holdings = archive.holdings().map_err(|error| super::failure(&error))?;
    wanted.try_for_each(|series| is_series(Some(series), &holdings))
}

/// As [`has_series`], for whoever has the holdings.
///
/// # Errors
/// Those of [`has_series`].
pub(super) fn is_series(series: Option<&str>, holdings: &[Holding]) -> Result<(), Failure> {
    series.and_then(|series| no_series(series, holdings)).map_or(Ok(()), Err)
}

/// That a bulletin is not in the archive, if it is not.
fn no_series(series: &str, holdings: &[Holding]) -> Option<Failure> {
    const SHOWN: usize = 10;
    let mut known: Vec<&str> = holdings.iter().map(|holding| &*holding.id.series).collect();
    known.dedup();
    if known.is_empty() || known.contains(&series) {
        return None;
    }
    let more = if known.len() > SHOWN { format!("等{}份", known.len()) } else { String::new() };
    let help = match nearest(series, known.iter().copied()) {
        Some(near) => format!("是否应为“{near}”？"),
        None => {
            known.truncate(SHOWN);
            format!("存档里有：{}{more}", known.join("、"))
        }
    };
    let message = format!("存档里没有刊名代号“{series}”");
    Some(Failure::environment(vec![general(Code::ArchiveNoSuch, message, help)]))
}

fn none(number: &str, holdings: &[Holding]) -> Failure {
    let message = format!("存档里没有“{number}”");
    let help = if holdings.is_empty() {
        "这个存档还是空的；检查 --archive，或先用 hongtou archive add 存入"
    } else {
        "用 hongtou archive list 看有哪些；增刊写 s1，专刊写 z1；检查 --series、--year"
    };
    Failure::environment(vec![general(Code::ArchiveNoSuch, message, help)])
}

fn several(number: &str, ids: &[&IssueId]) -> Failure {
    const SHOWN: usize = 6;
    let names: Vec<String> = ids.iter().take(SHOWN).map(|id| format!("“{id}”")).collect();
    let more = if ids.len() > SHOWN { format!("等{}期", ids.len()) } else { String::new() };
    let message = format!("“{number}”不止一期：{}{more}", names.join("、"));
    let help = "写全名，如 mtg-kuaibao/2019/155；或用 --year 写明哪一年，用 --series 写明哪份简报";
    Failure {
        exit: crate::cli::Exit::Usage,
        findings: vec![general(Code::ArchiveAmbiguous, message, help)],
    }
}
