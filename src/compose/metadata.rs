//! What programs want to know of an issue: for the document information, the file's name, search.

use std::collections::BTreeSet;

use super::{Metadata, markup};
use crate::issue::{Block, Issue, IssueKind};

/// The most bytes of a file stem: file systems allow 255 for a name, and endings (-印刷.docx) and
/// the names of temporary files need some.
const STEM_BYTES: usize = 200;

pub(super) fn metadata(issue: &Issue) -> Metadata {
    let kind = match issue.number.kind.value {
        IssueKind::Regular => "",
        IssueKind::Supplement => "增刊",
        IssueKind::Special => "专刊",
    };
    let subject = format!("{kind}第{}期", issue.number.number.value);
    let owners = issue.masthead.owner.iter().map(|owner| markup::title(owner)).collect::<String>();
    let name = owners + &markup::title(&issue.masthead.name);
    Metadata {
        title: format!("{name}{subject}"),
        bulletin: name.clone(),
        authors: issue.number.office.iter().map(|office| markup::plain(office)).collect(),
        keywords: keywords(issue, &subject),
        date: issue.number.date.value,
        stem: stem(&name, &subject),
        subject,
    }
}

/// The most bytes of all keywords in a PDF, where they are one text: PDF/A allows 32,767 for it, and
/// a draft adds a word. An issue with thousands of units has the first of them.
const KEYWORD_BYTES: i64 = 32_000;

/// Number, sections, units, indicator codes; each once, in this order.
fn keywords(issue: &Issue, subject: &str) -> Vec<String> {
    let items = || issue.sections.iter().flat_map(|section| &section.items);
    let sections = issue.sections.iter().filter_map(|section| section.title.as_ref());
    let units = items().flat_map(|item| {
        let notices = item.body.iter().flat_map(|block| match block {
            Block::Roundup(roundup) => roundup.entries.as_slice(),
            _ => &[],
        });
        notices.map(|notice| &notice.unit).chain(&item.source)
    });
    let codes = items().flat_map(|item| item.references.iter().map(|reference| &reference.code));
    let mut keywords = vec![subject.to_owned()];
    let mut known = BTreeSet::from([subject.to_owned()]);
    // Each with what parts it from the next.
    let utf16 = |word: &str| 2 * word.encode_utf16().count() as i64 + 4;
    let mut room = KEYWORD_BYTES - utf16(subject);
    for text in sections.chain(units).chain(codes) {
        let word = markup::plain(text);
        if known.contains(&word) {
            continue;
        }
        room -= utf16(&word);
        if room < 0 {
            break;
        }
        known.insert(word.clone());
        keywords.push(word);
    }
    keywords
}

/// The name of the files: what file systems refuse in it (`\ / : * ? " < > |`) becomes full width,
/// and a very long name gives way before the number does.
fn stem(name: &str, subject: &str) -> String {
    let allowed = |c: char| match c {
        '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => {
            char::from_u32(u32::from(c) + 0xFEE0).unwrap_or('_')
        }
        c if c.is_control() || c.is_whitespace() => '_',
        c => c,
    };
    let mut name: String = name.trim().chars().map(allowed).collect();
    while name.len() + subject.len() > STEM_BYTES {
        name.pop();
    }
    // A name that begins with a stop is hidden, one with a dash looks like an option.
    let name = name.trim_start_matches(['.', '-']);
    format!("{name}{subject}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_has_nothing_that_file_systems_refuse() {
        assert_eq!(stem("工作快报", "第155期"), "工作快报第155期");
        assert_eq!(stem("区委/区政府:\"动态\"", "第1期"), "区委／区政府：＂动态＂第1期");
        assert_eq!(stem("../../etc", "第1期"), "／..／etc第1期");
        assert_eq!(stem("甲\u{0}乙\n", "第1期"), "甲_乙第1期");
    }

    #[test]
    fn a_long_name_gives_way_before_the_number() {
        let stem = stem(&"创".repeat(300), "第155期");
        assert!(stem.len() <= STEM_BYTES && stem.ends_with("创第155期"), "{stem}");
    }
}
