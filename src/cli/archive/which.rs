//! From what a person calls an issue to what the archive calls it.

use crate::archive::{Archive, Holding, IssueId};
use crate::cli::args::Which;
use crate::cli::files::general;
use crate::cli::project::Failure;

/// The revision that is meant.
///
/// # Errors
/// Nothing or several things are meant; what the archive says.
pub(super) fn find(archive: &Archive, which: &Which) -> Result<Holding, Failure> {
    let holdings = archive.holdings().map_err(|error| super::failure(&error))?;
    let (wanted, revision) = wanted(which);
    let mut ids: Vec<&IssueId> = holdings.iter().map(|holding| &holding.id).collect();
    ids.dedup();
    ids.retain(|id| wanted.is(id));
    let id = match ids[..] {
        [id] => id,
        [] => return Err(none(which, &holdings)),
        _ => return Err(several(which, &ids)),
    };
    let mut revisions = holdings.iter().filter(|holding| holding.id == *id);
    let found = match revision {
        Some(number) => revisions.find(|holding| holding.revision == number),
        None => revisions.next_back(),
    };
    found.cloned().ok_or_else(|| {
        let last = holdings.iter().rfind(|holding| holding.id == *id).map_or(0, |h| h.revision);
        let message = format!("“{id}”没有第{}版", revision.unwrap_or_default());
        let help = format!("最新的是第{last}版（r{last}）");
        Failure::environment(vec![general(message, help)])
    })
}

/// What is known of the issue.
struct Wanted<'a> {
    label: &'a str,
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

/// `155`, `2019/155`, `mtg-kuaibao/2019/155`, `mtg-kuaibao/2019/155/r1`; options add to it.
fn wanted(which: &Which) -> (Wanted<'_>, Option<u32>) {
    let text = which.number.trim().trim_end_matches('/');
    let (path, revision) = match text.rsplit_once("/r") {
        Some((path, digits)) if digits.parse::<u32>().is_ok() => (path, digits.parse().ok()),
        _ => (text, None),
    };
    let mut parts = path.rsplitn(3, '/');
    let label = parts.next().unwrap_or_default();
    let label = label.strip_prefix('第').unwrap_or(label);
    let label = label.strip_suffix('期').unwrap_or(label);
    let year = parts.next().and_then(|year| year.parse().ok());
    let series = parts.next();
    let wanted =
        Wanted { label, series: which.series.as_deref().or(series), year: which.year.or(year) };
    (wanted, which.revision.or(revision))
}

fn none(which: &Which, holdings: &[Holding]) -> Failure {
    let message = format!("存档里没有“{}”", which.number);
    let help = if holdings.is_empty() {
        "这个存档还是空的；检查 --archive，或先用 hongtou archive add 存入"
    } else {
        "用 hongtou archive list 看有哪些；增刊写 s1，专刊写 z1；检查 --series、--year"
    };
    Failure::environment(vec![general(message, help)])
}

fn several(which: &Which, ids: &[&IssueId]) -> Failure {
    const SHOWN: usize = 6;
    let names: Vec<String> = ids.iter().take(SHOWN).map(|id| format!("“{id}”")).collect();
    let more = if ids.len() > SHOWN { format!("等{}期", ids.len()) } else { String::new() };
    let message = format!("“{}”不止一期：{}{more}", which.number, names.join("、"));
    let help = "用 --year 写明哪一年，用 --series 写明哪份简报；或写全名，如 mtg-kuaibao/2019/155";
    Failure { exit: crate::cli::Exit::Usage, findings: vec![general(message, help)] }
}
