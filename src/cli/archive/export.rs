//! `hongtou archive export`.

use std::path::Path;

use super::progress::{Progress, SLOW};
use crate::archive::{self, Archive, ExportError, Exported, Left};
use crate::cli::args::Export;
use crate::cli::project::Failure;
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, files};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn run(
    archive: &Archive,
    arguments: &Export,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let progress = Progress::new("导出", SLOW);
    let title = arguments.title.as_deref();
    let mut report = |done, total| progress.report(done, total);
    let made = archive::export(archive, &arguments.output, title, &mut report);
    drop(progress);
    let exported =
        made.map_err(|error| Failure { exit: exit(&error), findings: findings(&error) })?;
    exported.left.iter().for_each(|left| terminal.warn(&format!("注意：{}\n", leaving(left))));
    terminal.say(&summary(&arguments.output, &exported));
    Ok(Exit::Done)
}

/// What was left, and what to do about it.
fn leaving(left: &Left) -> String {
    let path = left.path.display();
    match &left.kept {
        Some(kept) => format!(
            "“{path}”不是以前导出时的样子，原样改名为“{}”；看过没有用就删除",
            kept.display()
        ),
        None => format!("“{path}”不能断定是导出时写的，没有动；看过没有用就删除"),
    }
}

fn summary(out: &Path, exported: &Exported) -> String {
    let Exported { issues, files, copied, .. } = exported;
    let copied = match copied {
        0 => "没有新的PDF".to_owned(),
        all if all == files => format!("PDF {files}个"),
        some => format!("PDF {files}个，其中新增{some}个"),
    };
    format!("{}：{issues}期，{copied}", out.join("index.html").display())
}

/// A damaged archive is not the fault of the command or of its surroundings.
fn exit(error: &ExportError) -> Exit {
    match error {
        ExportError::Archive(_) => Exit::Partly,
        _ => Exit::Environment,
    }
}

fn findings(error: &ExportError) -> Vec<Diagnostic> {
    let help = match error {
        ExportError::Foreign(_) => "用 -o 换一个新的或空的文件夹；里面的文件没有动",
        ExportError::Link(_) => "移走它再导出，或用 -o 换一个新的文件夹；它和它指向的文件都没有动",
        ExportError::Busy(_) => "等它完成后再导出",
        ExportError::Empty => "先用“hongtou archive add 文件”存入；检查 --archive 是否写对",
        ExportError::Archive(_) => "用“hongtou archive verify”检查存档；原来导出的网页没有动",
        ExportError::Io(_) => "检查权限和磁盘空间，或用 -o 换一处；原来导出的网页没有动",
    };
    let code = match error {
        ExportError::Foreign(_) | ExportError::Link(_) => Code::ArchiveForeign,
        ExportError::Busy(_) => Code::ArchiveBusy,
        ExportError::Empty => Code::ArchiveEmpty,
        ExportError::Archive(_) | ExportError::Io(_) => Code::ArchiveExport,
    };
    match error {
        ExportError::Archive(errors) => errors
            .iter()
            .map(|error| files::general(error.code(), error.to_string(), help))
            .collect(),
        other => vec![files::general(code, other.to_string(), help)],
    }
}
