//! The verdict on two files of different bytes. What another version or other fonts may explain
//! leaves it open; everything else that differs is a difference, whatever the file says of itself.

use std::collections::BTreeSet;

use super::claims::{Claims, Version};
use super::compare;
use super::limits::Limits;
use super::reader::{File, read_within};
use super::rebuild::Again;
use super::words::{letters, whole};
use super::{Report, Verdict};
use crate::build::{self, Source, UsedFont};
use crate::diagnostic::{Code, Diagnostic, brief};
use crate::font::FontBook;

/// Compares a file with what was made again.
pub(super) fn judge(
    file: &File,
    claims: &Claims,
    source: &Source,
    given: bool,
    again: &Again,
    fonts: &FontBook,
) -> Result<Report, Vec<Diagnostic>> {
    let bytes = again.product.pdf.clone().unwrap_or_default();
    let maker = claims.maker.clone();
    if file.bytes == bytes {
        let (verdict, notes) = (Verdict::Same, Vec::new());
        let [text, bytes, drawn] = [Some(true); 3];
        return Ok(Report { verdict, text, bytes, drawn, maker, notes });
    }
    let here = read_within(bytes, &Limits::own())
        .map_err(|_| vec![Diagnostic::general(Code::Fault, "内部错误：读不了重新生成的PDF")])?;
    let mut wrong = claims.wrong.clone();
    wrong.extend(foreign(file, &here));
    wrong.extend(compare::sheets(&file.sheets, &here.sheets));
    let mut doubts = claims.doubts();
    match &claims.record {
        Some(record) => {
            let used = build::used_fonts(&again.product.pages, fonts);
            doubts.extend(other_fonts(&record.fonts, &used));
        }
        None if file.fonts != here.fonts => {
            doubts.push(format!("字体不同：文件用的是{}", list(file.fonts.iter())));
        }
        None => {}
    }
    let other = claims.version != Version::This;
    let attached = compare::attachments(file, &here, other);
    let same_source = attached.wrong.is_empty() && attached.doubts.is_empty();
    wrong.extend(attached.wrong);
    doubts.extend(attached.doubts);
    let mut notes = compare::texts(&file.pages, &here.pages);
    let mut text = notes.is_empty();
    if doubts.is_empty() {
        wrong.append(&mut notes);
        if text {
            wrong.extend(compare::drawn(&file.drawn, &here.drawn));
        }
    } else {
        let (found, expected) = (whole(&file.pages), whole(&here.pages));
        if !text && blank(&found) == blank(&expected) {
            (text, notes) = (true, vec!["分页不同".to_owned()]);
        }
        if let Some(why) = changed(file, &here, source, again) {
            wrong.append(&mut notes);
            wrong.push(why.to_owned());
        }
    }
    let drawn = file.drawings == here.drawings;
    if text && !other {
        notes.push("文字相同，字节不同".to_owned());
    }
    if other && wrong.is_empty() {
        notes.push(drawings(text, drawn).to_owned());
    }
    if wrong.is_empty() && doubts.is_empty() {
        if given && file.attachments.is_empty() {
            let why =
                "文件里没有字体和版式的指纹：也许文件被改动过，也许字体、版式或单位设置后来变了";
            notes.push(why.to_owned());
        } else if same_source {
            notes.push("文件生成之后被改动过".to_owned());
        }
    }
    let verdict = match (wrong.is_empty() && !doubts.is_empty(), claims.version) {
        (false, _) => Verdict::Different,
        (true, Version::This) => Verdict::Unknown,
        (true, Version::Older) => Verdict::Older,
        (true, Version::Newer) => Verdict::Newer,
    };
    let bytes = (!other).then_some(false);
    let notes = wrong.into_iter().chain(notes).chain(doubts).collect();
    Ok(Report { verdict, text: Some(text), bytes, drawn: Some(drawn), maker, notes })
}

/// What is in a file that no file of ours has.
pub(super) fn foreign(file: &File, here: &File) -> Option<String> {
    let foreign: Vec<_> = file.foreign.difference(&here.foreign).cloned().collect();
    let what = foreign.join("、");
    (!what.is_empty()).then(|| format!("文件里有hongtou不会写入的内容：{what}"))
}

/// Whether words differ that neither another version nor other fonts change: those that somebody
/// wrote, and that what is drawn is what is said.
fn changed(file: &File, here: &File, source: &Source, again: &Again) -> Option<&'static str> {
    let pairs = |file: &File| -> (Vec<char>, Vec<char>) {
        (letters(&whole(&file.pages)), letters(&whole(&file.drawn)))
    };
    let ((said, drawn), (own, own_drawn)) = (pairs(file), pairs(here));
    if own == own_drawn && said != drawn {
        return Some("页上画出的字与复制出来的字不同：被改动过");
    }
    let changed = said != own && again.words().changed(&said, &own, source);
    changed.then_some("源文件里的字在页上变了，不是版本或字体的缘故：被改动过")
}

/// What is said of all that pages draw, where bytes cannot be compared.
fn drawings(text: bool, same: bool) -> &'static str {
    match (text, same) {
        (_, true) => "每页的画法和字形与本版本排出的完全相同",
        (true, false) => {
            "每页的画法或字形与本版本排出的不同：位置、字号、字形或颜色可能因为版本不同，\
             也可能被改动过；请用原版本核对，或与存档里的那一份比较"
        }
        (false, false) => "文字不同可能因为版本不同，也可能被改动过，不能断定",
    }
}

fn blank(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Says so when the fonts that a file was made with are not those here.
fn other_fonts(then: &BTreeSet<UsedFont>, now: &BTreeSet<UsedFont>) -> Option<String> {
    if then == now {
        return None;
    }
    let names = |of: &BTreeSet<UsedFont>, but: &BTreeSet<UsedFont>| {
        list(of.difference(but).map(|font| &font.name).collect::<BTreeSet<_>>().into_iter())
    };
    let (missing, instead) = (names(then, now), names(now, then));
    Some(match (missing.is_empty(), instead.is_empty()) {
        (false, false) => {
            format!("字体不同：当时用{missing}，现在用{instead}；请用 --font-path 指明当时的字体")
        }
        (false, true) => format!("字体不同：当时还用了{missing}；请用 --font-path 指明"),
        _ => format!("字体不同：现在多用了{instead}"),
    })
}

/// Names, as many as a note has room for.
fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    const SHOWN: usize = 8;
    let mut names: Vec<_> =
        names.take(SHOWN + 1).map(|name| format!("“{}”", brief(name))).collect();
    let more = names.len() > SHOWN;
    names.truncate(SHOWN);
    names.join("、") + if more { "等" } else { "" }
}
