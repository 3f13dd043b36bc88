//! Says whether a PDF is what `build` writes from a source: the same text, the same bytes; and what
//! it cannot know, it says it does not know.
//!
//! The file says itself how it was made (`reader`, `claims`); it is made again (`rebuild`), and the
//! two are compared (`compare`, `judge`). Equal bytes prove everything at once. When bytes differ,
//! the texts are compared page by page; another version of this program or other fonts could explain
//! some differences (`words`), and keep the verdict open for those alone. The file may be a
//! stranger's: all that is read of it is counted (`limits`, `pdf`).

mod attachments;
mod claims;
mod cmap;
mod compare;
mod content;
mod drawing;
mod judge;
mod limits;
mod pages;
mod pdf;
mod position;
mod reader;
mod rebuild;
mod typeface;
mod words;

pub use limits::{Error, Limits};
pub use reader::{File, read, read_within};

use crate::build::{self, Record, Source};
use crate::diagnostic::{Diagnostic, brief};
use crate::font::FontBook;

use claims::{Claims, Version};
use rebuild::Failed;

/// What is said of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is what `build` writes, to the byte.
    Same,
    /// It is not.
    Different,
    /// It names an older version of this program as its maker, and nothing in it speaks against
    /// that. Bytes cannot be compared; the text was.
    Older,
    /// The same with a newer version.
    Newer,
    /// That cannot be known here.
    Unknown,
}

/// A verdict and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The verdict.
    pub verdict: Verdict,
    /// Whether the text is the same, page breaks apart where these may differ; `None` when it was
    /// not compared.
    pub text: Option<bool>,
    /// Whether the bytes are the same; `None` when they were not or cannot be compared.
    pub bytes: Option<bool>,
    /// Whether each page draws the same, fonts included; `None` when that was not compared.
    pub drawn: Option<bool>,
    /// The other version of this program that the file names: `hongtou 0.1.0`.
    pub maker: Option<String>,
    /// What differs and what is not known, in the user's words, Chinese.
    pub notes: Vec<String>,
}

impl Report {
    /// Without a comparison: different for what is surely wrong, else not to be known.
    fn uncompared(claims: &Claims, wrong: Vec<String>, doubts: Vec<String>) -> Report {
        let verdict = match (wrong.is_empty(), claims.version) {
            (false, _) => Verdict::Different,
            (true, Version::Older) => Verdict::Older,
            (true, Version::Newer) => Verdict::Newer,
            (true, Version::This) => Verdict::Unknown,
        };
        let notes = wrong.into_iter().chain(doubts).collect();
        let maker = claims.maker.clone();
        Report { verdict, text: None, bytes: None, drawn: None, maker, notes }
    }
}

/// The source inside a file; `None` when there is none, or not all of it.
pub fn embedded(file: &File) -> Option<Source> {
    let record = Record::read(file.attachment(build::RECORD)?)?;
    Source::from_files(&file.attachments, &record.layout)
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
    verify_within(file, given, fonts, &Limits::default())
}

/// As [`verify`], with other limits for what is made of the source inside the file.
///
/// # Errors
/// As [`verify`].
pub fn verify_within(
    file: &File,
    given: Option<&Source>,
    fonts: &FontBook,
    limits: &Limits,
) -> Result<Report, Vec<Diagnostic>> {
    let own = embedded(file);
    let claims = Claims::of(file);
    let Some(source) = given.or(own.as_ref()) else {
        return Ok(without_source(file, &claims));
    };
    let recipe = claims.recipe.clone().unwrap_or_default();
    // What somebody gives is his own, and may be as large as he likes.
    let limits = if given.is_some() { None } else { Some(limits) };
    let failed = match rebuild::again(source, &recipe, fonts, limits) {
        Ok(again) => return judge::judge(file, &claims, source, given.is_some(), &again, fonts),
        Err(failed) => failed,
    };
    let mut wrong = claims.wrong.clone();
    wrong.extend(judge::foreign(file, &File::default()));
    let mut doubts = claims.doubts();
    match failed {
        Failed::Source(findings) | Failed::Setting(findings) if given.is_some() => {
            return Err(findings);
        }
        Failed::Refused(why) => doubts.push(why),
        // Whoever read the source then had the same program: it is not the source of then.
        Failed::Source(findings) if claims.version == Version::This => {
            wrong.push(format!("{}：源文件不是当时的", unmade(findings)));
        }
        // With the version and the fonts of then it was made once: which of the two is missing, or
        // whether the source was changed, cannot be told from here.
        Failed::Source(findings) | Failed::Setting(findings) => doubts.push(unmade(findings)),
    }
    Ok(Report::uncompared(&claims, wrong, doubts))
}

fn unmade(findings: Vec<Diagnostic>) -> String {
    let first = findings.into_iter().next().map(|finding| finding.message);
    format!("用嵌入的源文件排不出来：{}", brief(&first.unwrap_or_default()))
}

/// The verdict where there is nothing to make the file of. One that says that its source is inside
/// and has none is damaged: it was not written so.
fn without_source(file: &File, claims: &Claims) -> Report {
    let claimed = claims.recipe.as_ref().is_some_and(|recipe| recipe.embed.is_some());
    let mut wrong = Vec::new();
    // Of a file that is not ours, what is in it says nothing.
    if Claims::own(file) {
        wrong.extend(judge::foreign(file, &File::default()));
    }
    if claimed {
        wrong.push("文件说自己嵌入了源文件，却取不出来：文件损坏或被改动过".to_owned());
        return Report::uncompared(claims, wrong, claims.doubts());
    }
    let why = "文件里没有嵌入源文件，请用 --source 给出（存档时用 --embed-source 嵌入）";
    let mut doubts = vec![why.to_owned()];
    doubts.extend(claims.doubts());
    Report::uncompared(claims, wrong, doubts)
}
