//! Where two files differ, in the user's words.

use super::File;
use crate::build;
use crate::diagnostic::{brief, harmless};

/// Characters shown around a difference.
const BEFORE: usize = 6;
const AFTER: usize = 12;

/// The first difference of the texts; empty when they are the same.
pub(super) fn texts(found: &[String], expected: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    if found.len() != expected.len() {
        notes.push(format!("页数不同：文件有{}页，应有{}页", found.len(), expected.len()));
    }
    let pairs = found.iter().zip(expected).enumerate();
    if let Some((index, (found, expected))) = pairs.into_iter().find(|(_, (a, b))| a != b) {
        let (found, expected) = around(found, expected);
        notes.push(format!("第{}页文字不同：文件里是“{found}”，应是“{expected}”", index + 1));
    }
    notes
}

/// Both texts around the first character that differs.
fn around(found: &str, expected: &str) -> (String, String) {
    let pairs = found.chars().zip(expected.chars());
    let same = pairs.take_while(|(a, b)| a == b).count();
    let start = same.saturating_sub(BEFORE);
    let cut = |text: &str| -> String {
        let rest: Vec<char> = text.chars().skip(start).take(BEFORE + AFTER + 1).collect();
        let more = rest.len() > BEFORE + AFTER;
        let shown: String = rest.iter().take(BEFORE + AFTER).collect();
        // What no screen shows may be the difference.
        format!("{}{}", harmless(&shown), if more { "…" } else { "" })
    };
    (cut(found), cut(expected))
}

/// Embedded files that are not those that should be there.
pub(super) fn attachments(found: &File, expected: &File) -> Vec<String> {
    let mut notes = Vec::new();
    for (name, bytes) in &expected.attachments {
        match found.attachment(name) {
            None => notes.push(format!("文件里没有嵌入“{name}”")),
            // Follows from the others: options, version and fonts are spoken of elsewhere.
            Some(_) if name == build::RECORD => {}
            Some(other) if other != bytes.as_slice() => {
                notes.push(format!("嵌入的“{name}”与源文件不同"));
            }
            Some(_) => {}
        }
    }
    for (name, _) in &found.attachments {
        if expected.attachment(name).is_none() {
            notes.push(format!("文件里多嵌入了“{}”", brief(name)));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: &[&str], expected: &[&str]) -> Vec<String> {
        let own = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        texts(&own(found), &own(expected))
    }

    #[test]
    fn the_first_difference_is_shown_with_its_page() {
        assert_eq!(said(&["甲", "乙"], &["甲", "乙"]), [""; 0]);
        assert_eq!(
            said(&["甲", "一二三四五六七八九"], &["甲", "一二三四五六七十九"]),
            ["第2页文字不同：文件里是“二三四五六七八九”，应是“二三四五六七十九”"]
        );
        assert_eq!(
            said(&["甲"], &["甲甲", "乙"]),
            ["页数不同：文件有1页，应有2页", "第1页文字不同：文件里是“甲”，应是“甲甲”"]
        );
    }
}
