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

/// The first page that draws other words than it should, where what copies out is right.
pub(super) fn drawn(found: &[String], expected: &[String]) -> Option<String> {
    let pairs = found.iter().zip(expected).enumerate();
    let (index, (found, expected)) = pairs.into_iter().find(|(_, (a, b))| a != b)?;
    let (found, expected) = around(found, expected);
    Some(format!("第{}页画出的字不同：文件里是“{found}”，应是“{expected}”", index + 1))
}

/// The first page whose sheet has another size than it should have: what the layout says, no version
/// changes.
pub(super) fn sheets(found: &[[f64; 4]], expected: &[[f64; 4]]) -> Option<String> {
    /// Of rounding, in pt.
    const SLACK: f64 = 0.1;
    let same = |(a, b): (&f64, &f64)| (a - b).abs() <= SLACK;
    let pairs = found.iter().zip(expected).enumerate();
    let differs = |(_, (a, b)): &(usize, (&[f64; 4], &[f64; 4]))| !a.iter().zip(*b).all(same);
    let (index, _) = pairs.into_iter().find(differs)?;
    Some(format!("第{}页的纸张与应有的不同", index + 1))
}

/// Embedded files that are not those that should be there.
#[derive(Default)]
pub(super) struct Attached {
    /// What no version of this program explains.
    pub(super) wrong: Vec<String>,
    /// What another version may explain.
    pub(super) doubts: Vec<String>,
}

/// Notes that are made of names of files; of more, how many there are.
const SHOWN: usize = 5;

/// Compares the files inside. `other`: whether another version made the file.
pub(super) fn attachments(found: &File, expected: &File, other: bool) -> Attached {
    let mut attached = Attached::default();
    for (name, bytes) in &expected.attachments {
        match found.attachment(name) {
            None => attached.wrong.push(format!("文件里没有嵌入“{name}”")),
            // Follows from the others: options, version and fonts are spoken of elsewhere.
            Some(_) if name == build::RECORD => {}
            Some(found) if found == bytes.as_slice() => {}
            Some(_) if name == build::ISSUE || !other => {
                attached.wrong.push(format!("嵌入的“{name}”与源文件不同"));
            }
            // What is taken over of settings, a layout of ours and a DOCX are of their version.
            Some(_) => {
                let what = "与本版本写出的不同，没有核对：可能因为版本不同，也可能被改动过";
                attached.doubts.push(format!("嵌入的“{name}”{what}"));
            }
        }
    }
    let extra: Vec<_> =
        found.attachments.iter().filter(|file| expected.attachment(&file.0).is_none()).collect();
    for (name, _) in extra.iter().take(SHOWN) {
        attached.wrong.push(format!("文件里多嵌入了“{}”", brief(name)));
    }
    if extra.len() > SHOWN {
        attached.wrong.push(format!("文件里一共多嵌入了{}个文件", extra.len()));
    }
    attached
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
