//! What an editor writes: the content model of one issue and its reader.
//!
//! A file is read into a tree ([`crate::yaml`]), the office's defaults are laid under it, and the
//! tree is walked once; everything that is wrong is reported together. A syntax error comes alone,
//! since nothing after it can be trusted.
//!
//! An issue has sections with items, or items alone, or is one article whose text stands at the top
//! beside `title`. Only a section that is the only one may go without a title.

mod config;
mod content;
mod excerpt;
mod forms;
pub mod keys;
mod model;
pub mod normalize;
mod read;
mod registry;
mod secrets;
mod words;

pub use config::{Config, SERIES_FORM, is_series, read_config};
pub use excerpt::in_force;
pub use forms::YEARS;
pub use model::*;
pub use registry::{Registry, Unit, read_registry, read_registry_file};
pub use secrets::hide_passwords;
pub use words::MAX_CHARS;

use crate::diagnostic::{Code, Diagnostic, FileId, FileKind, Sources};
use crate::yaml::{Node, Reader};

/// Reads an issue, with the defaults of an office under it; warnings come beside it. Values that
/// come from `hongtou.yaml` have spans there, so that a relative `layout` can be found.
///
/// # Errors
/// Everything that is wrong with the file, in the order of the file.
pub fn read_issue(
    sources: &Sources,
    file: FileId,
    config: Option<&Config>,
) -> Result<(Issue, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut reader = Reader::new(sources, FileKind::Issue);
    reader.set_hint(keys::hint);
    let issue = reader.parse(file).and_then(|root| {
        let root = with_defaults(root, config);
        read::issue(&mut reader, &root)
    });
    finish(reader, issue)
}

/// What was read, when nothing was wrong with it.
fn finish<T>(reader: Reader<'_>, read: Option<T>) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    let findings = reader.finish()?;
    match read {
        Some(read) => Ok((read, findings)),
        // Whoever returns nothing has said why; this is for the day someone forgets.
        None => {
            Err(vec![Diagnostic::general(Code::Fault, "文件读不出内容，原因不明（程序的错误）")])
        }
    }
}

/// The tree that an issue is read from: its own, with the defaults of its office.
pub fn with_defaults(issue: Node, config: Option<&Config>) -> Node {
    match config.and_then(|config| config.defaults.as_ref()) {
        Some(defaults) => config::merge(issue, defaults),
        None => issue,
    }
}
