//! Says whether a PDF is what `build` writes from a source: the same text, the same bytes; and what
//! it cannot know, it says it does not know.
//!
//! The file says itself how it was made (`reader`); it is made again, and the two are compared.
//! Equal bytes prove everything at once. When bytes differ, the texts are compared page by page, and
//! whatever else could explain the difference (another version of this program, other fonts) keeps
//! the verdict open.

mod cmap;
mod compare;
mod content;
mod reader;

pub use reader::{Error, File, read};

use std::collections::BTreeSet;

use crate::build::{self, Options, PROGRAM, Recipe, Record, Source, UsedFont};
use crate::diagnostic::{Diagnostic, Sources, brief};
use crate::font::FontBook;

/// What is said of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is what `build` writes, to the byte.
    Same,
    /// It is not.
    Different,
    /// That cannot be known here.
    Unknown,
}

/// A verdict and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether the text is the same; `None` when it was not compared.
    pub text: Option<bool>,
    /// Whether the bytes are the same; `None` when they were not compared.
    pub bytes: Option<bool>,
    /// What differs and what is not known, in the user's words, Chinese.
    pub notes: Vec<String>,
}

impl Report {
    fn unknown(notes: Vec<String>) -> Report {
        Report { verdict: Verdict::Unknown, text: None, bytes: None, notes }
    }
}

/// The source inside a file; `None` when there is none, or not all of it.
pub fn embedded(file: &File) -> Option<Source> {
    let record = record(file)?;
    Source::from_files(&file.attachments, &record.layout)
}

fn record(file: &File) -> Option<Record> {
    Record::read(file.attachment(build::RECORD)?)
}

/// Compares a file with what is written from a source that was given, or, without one, from that
/// inside the file.
///
/// # Errors
/// What is wrong with the source that was given.
pub fn verify(
    file: &File,
    given: Option<&Source>,
    fonts: &FontBook,
) -> Result<Report, Vec<Diagnostic>> {
    let record = record(file);
    let own = embedded(file);
    let said = file.creator.as_deref().and_then(Recipe::parse);
    let Some(source) = given.or(own.as_ref()) else {
        return Ok(without_source(said.as_ref()));
    };
    let mut doubts = Vec::new();
    let recorded = || Recipe::parse(&record.as_ref()?.options);
    let recipe = said.or_else(recorded).unwrap_or_else(|| {
        doubts.push("文件没有说明是怎样生成的，可能不是hongtou生成的".to_owned());
        Recipe::default()
    });
    let version =
        record.as_ref().map(|record| record.program.as_str()).or(file.producer.as_deref());
    doubts.extend(other_version(version));
    let made = source.compose(&mut Sources::default()).and_then(|composed| {
        let source = Some(source.clone());
        composed.finish(fonts, &Options { pdf: Some(recipe), source, ..Options::default() })
    });
    let product = match (made, given) {
        (Ok(product), _) => product,
        (Err(findings), Some(_)) => return Err(findings),
        (Err(findings), None) => {
            // With the version and the fonts of then it was made once: which of the two is missing,
            // or whether the source was changed, cannot be told from here.
            let first = findings.into_iter().next().map(|finding| finding.message);
            doubts.push(format!("用嵌入的源文件排不出来：{}", first.unwrap_or_default()));
            return Ok(Report::unknown(doubts));
        }
    };
    let bytes = product.pdf.unwrap_or_default();
    if file.bytes == bytes {
        let notes = Vec::new();
        return Ok(Report { verdict: Verdict::Same, text: Some(true), bytes: Some(true), notes });
    }
    let again =
        read(bytes).map_err(|_| vec![Diagnostic::general("内部错误：读不了重新生成的PDF")])?;
    match &record {
        Some(record) => {
            let used = build::used_fonts(&product.pages, fonts);
            doubts.extend(other_fonts(&record.fonts, &used));
        }
        None if file.fonts != again.fonts => {
            doubts.push(format!("字体不同：文件用的是{}", list(file.fonts.iter())));
        }
        None => {}
    }
    Ok(judge(file, &again, given.is_some(), doubts))
}

/// The verdict where there is nothing to make the file of. One that says that its source is inside
/// and has none is damaged: it was not written so.
fn without_source(said: Option<&Recipe>) -> Report {
    let claimed = said.is_some_and(|recipe| recipe.embed.is_some());
    let (verdict, why) = if claimed {
        (Verdict::Different, "文件说自己嵌入了源文件，却取不出来：文件损坏或被改动过")
    } else {
        let why = "文件里没有嵌入源文件，请用 --source 给出（存档时用 --embed-source 嵌入）";
        (Verdict::Unknown, why)
    };
    Report { verdict, ..Report::unknown(vec![why.to_owned()]) }
}

/// The verdict on two files of different bytes.
fn judge(file: &File, again: &File, given: bool, doubts: Vec<String>) -> Report {
    let mut notes = compare::texts(&file.pages, &again.pages);
    let text = notes.is_empty();
    if text {
        notes.push("文字相同，字节不同".to_owned());
    }
    let attached = compare::attachments(file, again);
    // Where the sources differ, so may the bytes: that is no sign of a later change.
    let same_source = attached.is_empty();
    notes.extend(attached);
    if doubts.is_empty() && text {
        notes.extend(resaved(file).or_else(|| {
            if given && file.attachments.is_empty() {
                let why = "文件里没有字体和版式的指纹：也许文件被改动过，也许字体、版式或单位设置后来变了";
                Some(why.to_owned())
            } else {
                same_source.then(|| "文件生成之后被改动过".to_owned())
            }
        }));
    }
    let verdict = if doubts.is_empty() { Verdict::Different } else { Verdict::Unknown };
    notes.extend(doubts);
    Report { verdict, text: Some(text), bytes: Some(false), notes }
}

/// Says so when another program has written the file since.
fn resaved(file: &File) -> Option<String> {
    let producer = file.producer.as_deref().unwrap_or("");
    let own = producer.starts_with("hongtou ");
    (!own).then(|| match producer {
        "" => "文件被别的程序重新保存过".to_owned(),
        other => format!("文件被别的程序（{}）重新保存过", brief(other)),
    })
}

/// Says so when another version of this program made the file.
fn other_version(version: Option<&str>) -> Option<String> {
    let version = version.filter(|version| version.starts_with("hongtou "))?;
    (version != PROGRAM).then(|| {
        format!(
            "文件由{}生成，本程序是{PROGRAM}：不同版本排出的字节可以不同，请用原版本核对",
            brief(version)
        )
    })
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

fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(|name| format!("“{}”", brief(name))).collect::<Vec<_>>().join("、")
}
