//! What an office has set for its mail: the looks of messages and the list of recipients.

use std::path::{Path, PathBuf};

use crate::cli::files;
use crate::cli::project::{self, Failure, Office};
use crate::diagnostic::{Code, Diagnostic, Sources};
use crate::disk;
use crate::issue::Config;
use crate::mail::message::Style;
use crate::mail::recipients::{self, Directory};
use crate::yaml::Value;

/// The list, when `hongtou.yaml` names no other.
const LIST: &str = "recipients.yaml";

/// The settings of the office that an issue belongs to.
///
/// # Errors
/// Those of its `hongtou.yaml`.
pub(super) fn near(input: &Path, sources: &mut Sources) -> Result<Option<Office>, Failure> {
    project::office(input.parent().unwrap_or(Path::new("")), sources)
}

/// What the office's messages look like.
///
/// # Errors
/// Those of `mail` in `hongtou.yaml`.
pub(super) fn style(config: Option<&Config>, sources: &Sources) -> Result<Style, Failure> {
    match config.and_then(|config| config.mail.as_ref()) {
        Some(node) => Style::of(sources, node).map_err(Failure::environment),
        None => Ok(Style::default()),
    }
}

/// The list of recipients, and what it warns of.
pub(in crate::cli) struct List {
    pub(in crate::cli) directory: Directory,
    pub(in crate::cli) findings: Vec<Diagnostic>,
    /// What it is called: its file, or `hongtou.yaml`.
    pub(in crate::cli) name: String,
}

/// The file of the list, when it has one: as the command line says, as `hongtou.yaml` says, else
/// `recipients.yaml` beside that, else in this folder. `None` when it stands in `hongtou.yaml`
/// itself.
pub(in crate::cli) fn file(named: Option<&Path>, office: Option<&Office>) -> Option<PathBuf> {
    if let Some(path) = named {
        return Some(path.to_owned());
    }
    let Some(Office { config, folder }) = office else { return Some(LIST.into()) };
    match config.recipients.as_ref().map(|node| &node.value) {
        Some(Value::Scalar { text, .. }) => Some(folder.join(text.trim())),
        Some(Value::Null) | None => Some(folder.join(LIST)),
        Some(_) => None,
    }
}

/// Reads the list of recipients.
///
/// # Errors
/// A file that cannot be read; everything that is wrong with it.
pub(in crate::cli) fn list(
    named: Option<&Path>,
    office: Option<&Office>,
    sources: &mut Sources,
) -> Result<List, Failure> {
    let Some(path) = file(named, office) else {
        let office = office.map(|office| &office.config);
        let Some(node) = office.and_then(|config| config.recipients.as_ref()) else {
            return Err(Failure::environment(vec![none(LIST)]));
        };
        let name = sources.get(node.span.file).name.clone();
        let (directory, findings) =
            recipients::read_node(sources, node).map_err(Failure::environment)?;
        return Ok(List { directory, findings, name });
    };
    let name = path.display().to_string();
    if !disk::is_there(&path) {
        return Err(Failure::environment(vec![none(&name)]));
    }
    let text = files::read_text(&path).map_err(|finding| Failure::environment(vec![finding]))?;
    let file = sources.add(name.clone(), text);
    let (directory, findings) = recipients::read(sources, file).map_err(Failure::environment)?;
    Ok(List { directory, findings, name })
}

fn none(name: &str) -> Diagnostic {
    files::general(
        Code::RecipientsNotFound,
        format!("找不到分送名单“{name}”"),
        "用“hongtou recipients import 表格.csv”从表格生成；或用记事本写一份，组名与简报末尾印的一样，如：",
    )
    .with_example(
        "报:\n  \
           区委: 区委办公室 <qwb@example.cn>\n\
         发:\n  \
           信息员:\n    \
             - 城子街道 王芳 <wangfang@example.cn>\n    \
             - 王平镇 孙丽 <sunli@example.cn>",
    )
}
