//! The issue that is sent: what the archive has, and nothing else. Only a test may show what is not
//! kept yet.

use std::path::Path;

use crate::archive::{Archive, DATA, ENTRY, Entry, Error, Holding, IssueId};
use crate::build::{self, CONFIG, ISSUE, Options, Recipe};
use crate::cli::archive::which;
use crate::cli::args::{Bulletin, Which};
use crate::cli::files::general;
use crate::cli::project::{self, Failure, Opened};
use crate::diagnostic::{Code, Diagnostic, Sources, argument};
use crate::mail::message::Files;

/// What its messages are made of.
pub(super) struct Kept {
    pub(super) entry: Entry,
    pub(super) files: Files,
    /// Why it corrects the revision before it.
    pub(super) reason: Option<String>,
    pub(super) findings: Vec<Diagnostic>,
}

/// The archived issue that a file was kept as.
///
/// # Errors
/// It is not in the archive; the file was changed since; the archive cannot be read.
pub(super) fn archived(
    input: &Path,
    series: Option<&str>,
    archive: &Archive,
    sources: &mut Sources,
) -> Result<Kept, Failure> {
    let opened = project::open(input, sources)?;
    let holding = holding(input, &opened, series, archive)?;
    let mut findings = Vec::new();
    unchanged(input, &opened, &holding, archive, &mut findings)?;
    kept(&holding, archive, findings)
}

/// The latest revision of the archived issue that a number names: what is sent is what was kept, and
/// no file is needed to say which.
///
/// # Errors
/// It is not in the archive, or several are meant; it was corrected since; the archive cannot be
/// read.
pub(super) fn numbered(
    number: &str,
    series: Option<&str>,
    archive: &Archive,
) -> Result<Kept, Failure> {
    let which = Which {
        number: number.to_owned(),
        // A full name says it itself.
        bulletin: Bulletin {
            series: series.filter(|_| number.matches('/').count() < 2).map(str::to_owned),
            year: None,
        },
        revision: None,
    };
    let holding = which::find(archive, &which)?;
    let latest = archive.latest().map_err(|error| unreadable(&error))?;
    match latest.iter().find(|latest| latest.id == holding.id) {
        Some(latest) if latest.revision > holding.revision => {
            Err(Failure::environment(vec![general(
                Code::MailSuperseded,
                format!("“{number}”已被第{}版更正，不再发送", latest.revision),
                format!("发送更正后的：hongtou send {}", argument(&latest.id.to_string())),
            )]))
        }
        _ => kept(&holding, archive, Vec::new()),
    }
}

fn kept(holding: &Holding, archive: &Archive, findings: Vec<Diagnostic>) -> Result<Kept, Failure> {
    // What is sent is what was kept: seen to be so, not taken on trust.
    archive.intact(holding, ENTRY).map_err(|error| unreadable(&error))?;
    let entry = archive.entry(holding).map_err(|error| unreadable(&error))?;
    let file = |ending: &str| {
        let path = format!("{DATA}{}.{ending}", entry.stem);
        match archive.intact(holding, &path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Error::Missing(_)) => Ok(None),
            Err(error) => Err(unreadable(&error)),
        }
    };
    let files = Files { docx: file("docx")?, pdf: file("pdf")? };
    let correction = archive.correction(holding).map_err(|error| unreadable(&error))?;
    let reason = correction.map(|correction| correction.reason);
    Ok(Kept { entry, files, reason, findings })
}

/// The latest revision of the issue. Without a series in the settings it must be the only one of its
/// number.
fn holding(
    input: &Path,
    opened: &Opened,
    series: Option<&str>,
    archive: &Archive,
) -> Result<Holding, Failure> {
    let id = IssueId::of(series.unwrap_or_default(), &opened.issue);
    let latest = archive.latest().map_err(|error| unreadable(&error))?;
    let same = |holding: &&Holding| {
        let IssueId { series: theirs, year, kind, number } = &holding.id;
        (*year, *kind, *number) == (id.year, id.kind, id.number)
            && series.is_none_or(|series| series == theirs)
    };
    let found: Vec<&Holding> = latest.iter().filter(same).collect();
    match found.as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(Failure::environment(vec![general(
            Code::MailNotArchived,
            format!("“{}”还没有存档，只发送存档过的", input.display()),
            format!(
                "先运行“hongtou archive add {}”；只想寄给自己看，用“--test 邮箱”",
                argument(&input.display().to_string())
            ),
        )])),
        [one, two, ..] => Err(Failure::environment(vec![general(
            Code::ArchiveAmbiguous,
            format!("存档里有几份简报的这一期：“{}”“{}”", one.id, two.id),
            "在 hongtou.yaml 里写明“刊名代号（series）”",
        )])),
    }
}

/// Refuses a file that is not, byte for byte, what was kept.
fn unchanged(
    input: &Path,
    opened: &Opened,
    holding: &Holding,
    archive: &Archive,
    findings: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    let is_in = |holding: &Holding| {
        let kept = archive.file(holding, &format!("{DATA}{ISSUE}"));
        kept.map(|bytes| bytes == opened.source.issue).map_err(|error| unreadable(&error))
    };
    if !is_in(holding)? {
        let name = input.display();
        let get = format!("hongtou archive get {}", argument(&holding.id.to_string()));
        for revision in (1..holding.revision).rev() {
            if is_in(&Holding { revision, ..holding.clone() })? {
                return Err(Failure::environment(vec![general(
                    Code::MailSuperseded,
                    format!("“{name}”是第{revision}版，已被第{}版更正，不再发送", holding.revision),
                    format!("取出更正后的源文件，再发送它：{get}"),
                )]));
            }
        }
        return Err(Failure::environment(vec![general(
            Code::MailChanged,
            format!("“{name}”存档后又改过，与存档的“{holding}”不同"),
            format!(
                "要发改过的，先存为更正：hongtou archive add --correction 原因 {}；\
                 要发存档的那一版，取出源文件再发送它：{get}",
                argument(&name.to_string())
            ),
        )]));
    }
    let config = match archive.file(holding, &format!("{DATA}{CONFIG}")) {
        Ok(bytes) => Some(bytes),
        Err(Error::Missing(_)) => None,
        Err(error) => return Err(unreadable(&error)),
    };
    if config.as_deref() != opened.source.config.as_deref().map(str::as_bytes) {
        let message = "hongtou.yaml 里的默认内容存档后改过；发送的是存档的那一版";
        findings.push(Diagnostic::general(Code::MailChanged, message).as_warning());
    }
    Ok(())
}

/// An issue made in memory, to be looked at.
///
/// # Errors
/// What is wrong with it.
pub(super) fn made(
    input: &Path,
    series: Option<&str>,
    archive: &Archive,
    sources: &mut Sources,
) -> Result<Kept, Failure> {
    let Opened { issue, layout, source, fonts, docx, findings, .. } =
        project::open(input, sources)?;
    let mut composed = build::compose(&issue, layout).map_err(Failure::content)?;
    composed.findings.splice(0..0, findings);
    let fonts = project::font_book(&fonts)?;
    let options = Options {
        pdf: Some(Recipe::default()),
        docx: Some(docx),
        source: Some(source),
        draft: false,
    };
    let product = composed.finish(&fonts, &options).map_err(Failure::content)?;
    let id = IssueId::of(series.unwrap_or("test"), &issue);
    // It would be the revision after the last.
    let before = archive.latest().unwrap_or_default();
    let before = before.iter().find(|holding| holding.id == id);
    let holding = Holding { id, revision: before.map_or(1, |holding| holding.revision + 1) };
    let entry = Entry::new(&holding, &issue, &composed.document, &product.pages);
    let findings = [composed.findings, product.findings].concat();
    let files = Files { docx: product.docx, pdf: product.pdf };
    Ok(Kept { entry, files, reason: None, findings })
}

fn unreadable(error: &Error) -> Failure {
    Failure::environment(vec![general(
        error.code(),
        error.to_string(),
        "检查存档；“--archive”指明存档的文件夹",
    )])
}
