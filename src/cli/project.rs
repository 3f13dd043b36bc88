//! From files to an issue and its layout: the issue's file, `hongtou.yaml` above it, the layout it
//! names.

use std::path::{Path, PathBuf};

use super::{Exit, files};
use crate::diagnostic::{Diagnostic, FileId, Sources};
use crate::docx::FontProfile;
use crate::issue::{self, Config, Issue};
use crate::layout::{self, Layout};
use crate::yaml;

/// What standard input is called.
pub(super) const STDIN: &str = "标准输入";

/// What an office sets once, looked for from the issue's folder upward.
const CONFIG: &str = "hongtou.yaml";

/// The layout of an issue that names none.
const DEFAULT_LAYOUT: &str = "kuaibao";

/// Why an issue was not made.
pub(super) struct Failure {
    /// What that means for the whole run.
    pub(super) exit: Exit,
    /// What is wrong.
    pub(super) findings: Vec<Diagnostic>,
}

impl Failure {
    /// The content has errors.
    pub(super) fn content(findings: Vec<Diagnostic>) -> Failure {
        Failure { exit: Exit::Content, findings }
    }

    /// A file, a font, a setting.
    pub(super) fn environment(findings: Vec<Diagnostic>) -> Failure {
        Failure { exit: Exit::Environment, findings }
    }
}

/// An issue with all that belongs to it.
pub(super) struct Opened {
    pub(super) issue: Issue,
    pub(super) layout: Layout,
    /// The office's own fonts.
    pub(super) fonts: Vec<PathBuf>,
    /// The fonts that its DOCX names.
    pub(super) docx: FontProfile,
    /// Warnings of the readers.
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads an issue, `-` from standard input.
///
/// # Errors
/// Files that cannot be read; errors of the issue, of `hongtou.yaml`, of the layout.
pub(super) fn open(input: &Path, sources: &mut Sources) -> Result<Opened, Failure> {
    let one = |finding| Failure::environment(vec![finding]);
    let stdin = input == Path::new("-");
    let (name, text) = if stdin {
        (STDIN.to_owned(), files::read_stdin().map_err(one)?)
    } else {
        (input.display().to_string(), files::read_text(input).map_err(one)?)
    };
    let file = sources.add(name, text);
    let folder = if stdin { Path::new("") } else { input.parent().unwrap_or(Path::new("")) };
    let config = config(folder, sources)?;
    let (issue, findings) = read_issue(sources, file, config.as_ref())?;
    let layout = layout_of(&issue, folder, config.as_ref(), sources)?;
    Ok(Opened { issue, layout, fonts: Vec::new(), docx: FontProfile::default(), findings })
}
