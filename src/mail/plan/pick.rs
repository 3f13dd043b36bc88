//! `--only` and `--except`: a part of the list, by unit, person, group or address.

use super::{Planned, Selection};
use crate::diagnostic::{Code, Diagnostic};
use crate::mail::recipients::bare;
use crate::yaml::nearest;

/// Keeps those who are meant.
pub(super) fn pick(
    messages: &mut Vec<Planned>,
    selection: &Selection,
    findings: &mut Vec<Diagnostic>,
) {
    for (option, words) in [("--only", &selection.only), ("--except", &selection.except)] {
        for word in words {
            if !messages.iter().any(|planned| means(word, planned)) {
                findings.push(nobody(option, word, messages));
            }
        }
    }
    let meant = |words: &[String], planned: &Planned| words.iter().any(|w| means(w, planned));
    messages.retain(|planned| {
        (selection.only.is_empty() || meant(&selection.only, planned))
            && !meant(&selection.except, planned)
    });
}

/// Whether a word names this recipient.
fn means(word: &str, planned: &Planned) -> bool {
    let bare_word = bare(word);
    names(planned).any(|name| bare(&name) == bare_word)
        || planned.recipient.address.eq_ignore_ascii_case(word.trim())
}

/// All names by which a recipient can be called.
fn names(planned: &Planned) -> impl Iterator<Item = String> {
    let recipient = &planned.recipient;
    // 报 首都文明办 may be called so, or 首都文明办.
    let groups = recipient.groups.iter().flat_map(|group| {
        let name = group.split_once(' ').map(|(_, name)| name.to_owned());
        std::iter::once(group.clone()).chain(name)
    });
    let parts = |names: &Option<String>| {
        names.iter().flat_map(|names| names.split('、')).map(str::to_owned).collect::<Vec<_>>()
    };
    let (units, persons) = (parts(&recipient.unit), parts(&recipient.person));
    let both = units.iter().flat_map(|unit| persons.iter().map(move |p| format!("{unit}{p}")));
    let both: Vec<String> = both.collect();
    groups.chain(both).chain(units).chain(persons).collect::<Vec<_>>().into_iter()
}

fn nobody(option: &str, word: &str, messages: &[Planned]) -> Diagnostic {
    let finding =
        Diagnostic::general(Code::MailNobody, format!("{option} 的“{word}”在这一期的收件人里没有"));
    let known: Vec<String> = messages
        .iter()
        .flat_map(|planned| names(planned).chain([planned.recipient.address.clone()]))
        .collect();
    finding.with_help(match nearest(word, known.iter().map(String::as_str)) {
        Some(near) => format!("是否应为“{near}”？"),
        None => "写单位、姓名、组名或邮箱；--dry-run 列出所有收件人".to_owned(),
    })
}
