//! Which groups of the list are printed, and what is left over on either side.

use std::collections::{BTreeMap, BTreeSet};

use super::{Directory, Group};
use crate::archive::Entry;
use crate::diagnostic::{Code, Diagnostic, MOST};
use crate::mail::recipients::{Label, bare, names};

/// A printed name.
struct Printed {
    label: Label,
    /// As printed.
    name: String,
    bare: String,
    /// Whether the list has people for it, or may go without.
    known: bool,
}

/// The groups that get this issue, in the order of print, then those that always do; and what is
/// wrong.
pub(super) fn matched<'d>(
    entry: &Entry,
    directory: &'d Directory,
) -> (Vec<&'d Group>, Vec<Diagnostic>) {
    let mut printed = printed(entry);
    let mut places: Places = BTreeMap::new();
    for (index, printed) in printed.iter().enumerate() {
        places.entry(printed.bare.clone()).or_default().push(index);
    }
    let mut found: Vec<(usize, &Group)> = Vec::new();
    let mut left: Vec<&Group> = Vec::new();
    let last = printed.len();
    for group in &directory.groups {
        if group.label == Label::Also {
            found.push((last, group));
            continue;
        }
        match cover(&mut printed, &places, Some(group.label), &group.name) {
            Some(at) => found.push((at, group)),
            None => left.push(group),
        }
    }
    let mut seen = BTreeSet::new();
    for name in directory.paper.iter().filter(|name| seen.insert(name.as_str())) {
        cover(&mut printed, &places, None, name);
    }
    let mut findings = Vec::new();
    without_address(&printed, &left, directory, entry, &mut findings);
    not_printed((&printed, &places), &left, directory, entry, &mut findings);
    // The sort is stable: what stands at one place keeps the order of the list.
    found.sort_by_key(|(at, _)| *at);
    (found.into_iter().map(|(_, group)| group).collect(), findings)
}

/// Every name at the foot; a phrase (区委、区人大) is several.
fn printed(entry: &Entry) -> Vec<Printed> {
    let mut printed = Vec::new();
    for group in &entry.distribution {
        let label = Label::ALL.into_iter().find(|label| label.chinese() == group.label);
        let Some(label) = label else { continue };
        let names = group.names.iter().flat_map(|phrase| {
            phrase.split(['、', '，', ',', '；', ';']).map(str::trim).map(str::to_owned)
        });
        let names = names.map(|name| Printed { label, bare: bare(&name), name, known: false });
        printed.extend(names.filter(|name| !name.bare.is_empty()));
    }
    printed
}

/// Where each name stands at the foot, bare.
type Places = BTreeMap<String, Vec<usize>>;

/// Finds the names of a group side by side at the foot and ticks them off; the first one's place.
fn cover(
    printed: &mut [Printed],
    places: &Places,
    label: Option<Label>,
    phrase: &str,
) -> Option<usize> {
    let wanted = names(phrase);
    let mut first = None;
    for &at in wanted.first().and_then(|name| places.get(name)).into_iter().flatten() {
        let Some(here) = printed.get_mut(at..at + wanted.len()) else { break };
        let fits = here.iter().zip(&wanted).all(|(printed, wanted)| {
            label.is_none_or(|label| printed.label == label) && printed.bare == *wanted
        });
        if fits {
            here.iter_mut().for_each(|printed| printed.known = true);
            first = first.or(Some(at));
        }
    }
    first
}

/// Printed groups for which the list has nobody.
fn without_address(
    printed: &[Printed],
    left: &[&Group],
    directory: &Directory,
    entry: &Entry,
    findings: &mut Vec<Diagnostic>,
) {
    let left: Vec<(String, &str)> = left.iter().map(|group| with_letters(&group.name)).collect();
    for Printed { label, name, .. } in printed.iter().filter(|printed| !printed.known) {
        let label_text = label.chinese();
        let message =
            format!("{}印着“{label_text}：{name}”，名单里没有这一组的邮箱", entry.subject);
        let near = misspelt(name, &left, findings);
        let help = match near {
            Some(near) => format!("名单里的“{near}”若是同一组，两处写成一样"),
            None => format!(
                "在“{label_text}”下面写一行“{name}: 邮箱”；不寄邮件的写进“例外”的“只发纸质”"
            ),
        };
        findings.push(
            Diagnostic::error(Code::RecipientsUnlisted, directory.place_of(*label), message)
                .with_help(help),
        );
    }
}

/// Groups of the list that this issue does not print.
fn not_printed(
    (printed, places): (&[Printed], &Places),
    left: &[&Group],
    directory: &Directory,
    entry: &Entry,
    findings: &mut Vec<Diagnostic>,
) {
    let excused: BTreeSet<String> = directory.unprinted.iter().map(|name| bare(name)).collect();
    let unknown = printed.iter().filter(|printed| !printed.known);
    let unknown: Vec<(String, &str)> = unknown.map(|one| with_letters(&one.name)).collect();
    for group in left.iter().filter(|group| !excused.contains(&bare(&group.name))) {
        let (label, name) = (group.label.chinese(), &group.name.value);
        let message = format!("名单里有“{label}：{name}”，{}的末尾没有印这一组", entry.subject);
        let elsewhere = places.get(&bare(name)).map(|places| &printed[places[0]]);
        let near = misspelt(name, &unknown, findings);
        let help = match (elsewhere, near) {
            (Some(printed), _) => {
                format!("印在“{}”里：在名单里也移到“{0}”下面", printed.label.chinese())
            }
            (None, Some(near)) => format!("印着的“{near}”若是同一组，两处写成一样"),
            (None, None) => "总要寄的移到“另寄”下面；不印就不寄的写进“例外”的“不印不寄”".to_owned(),
        };
        findings.push(
            Diagnostic::error(Code::RecipientsUnprinted, group.name.span, message).with_help(help),
        );
    }
}

/// The one of `known` that is most likely the same name, misspelt. Whoever follows the advice sends
/// to it: so 县委 is none for 团县委, 区政府办 none for 区政府, 县委办公室 none for 县府办公室.
fn misspelt<'a>(
    name: &str,
    known: &[(String, &'a str)],
    findings: &[Diagnostic],
) -> Option<&'a str> {
    // Dear to find in a long list, and not shown any more.
    if findings.len() >= MOST {
        return None;
    }
    let name = letters(name);
    // Those that differ in marks alone come first.
    let same = known.iter().find(|(other, _)| *other == name);
    let near = same.or_else(|| known.iter().find(|(other, _)| is_slip(&name, other)));
    near.filter(|(other, _)| is_slip(&name, other)).map(|(_, other)| *other)
}

fn with_letters(name: &str) -> (String, &str) {
    (letters(name), name)
}

/// The letters of a name: no spaces, brackets or marks.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_slip(one: &str, other: &str) -> bool {
    /// Characters in which offices differ.
    const TELLING: &str = "省市州盟县区旗乡镇街村团党委府政人协法检军工青妇纪办局处科室部院站所正副原新老\
                           东南西北中上下前后内外左右大小一二三四五六七八九十";
    /// Shortest name of which one slip leaves enough to know it by.
    const LEAST: usize = 4;
    if one == other {
        return !one.is_empty();
    }
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let telling = |c: &char| TELLING.contains(*c) || c.is_numeric();
    a.len().min(b.len()) >= LEAST
        && !one.contains(other)
        && !other.contains(one)
        && strsim::damerau_levenshtein(one, other) == 1
        && !a.iter().filter(|c| !b.contains(c)).any(telling)
        && !b.iter().filter(|c| !a.contains(c)).any(telling)
}
