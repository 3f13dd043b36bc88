//! `hongtou archive`: keeps issues and answers questions about them. One file per subcommand.

mod add;
mod against;
mod export;
mod get;
mod index;
mod list;
mod object;
mod period;
mod plan;
mod progress;
pub(super) mod root;
mod search;
mod show;
mod stats;
mod verify;
pub(super) mod which;
mod work;

use super::Exit;
use super::args::{Archive, Archived};
use super::project::Failure;
use super::terminal::Terminal;
use crate::archive::Error;
use crate::diagnostic::{Diagnostic, Sources, argument, render};

pub(super) fn run(arguments: &Archive, terminal: &Terminal) -> Exit {
    let mut sources = Sources::default();
    let named = arguments.archive.as_deref();
    let opened = match arguments.command {
        // Whoever keeps the first issue makes the archive; whoever asks one must have it.
        Archived::Add(_) => root::open_or_begin(named, &mut sources, terminal),
        _ => root::open_existing(named, &mut sources),
    };
    let done = opened.and_then(|archive| match &arguments.command {
        Archived::Add(add) => add::run(&archive, add, terminal),
        Archived::Export(export) => export::run(&archive, export, terminal),
        Archived::Get(get) => get::run(&archive, get, terminal),
        Archived::List(list) => list::run(&archive, list, terminal),
        Archived::Show(show) => show::run(&archive, show, terminal),
        Archived::Verify(verify) => verify::run(&archive, verify, terminal),
        Archived::Search(search) => search::run(arguments, search, terminal),
        Archived::Stats(stats) => stats::run(arguments, stats, terminal),
        Archived::Index => index::run(arguments, terminal),
    });
    done.unwrap_or_else(|failure| {
        terminal.warn(&render(&sources, &failure.findings, terminal.color()));
        failure.exit
    })
}

/// What an archive says, as a finding.
fn finding(error: &Error) -> Diagnostic {
    let finding = Diagnostic::general(error.code(), error.to_string());
    match error {
        Error::Differs(_) => finding.with_help(
            "如果是更正，写明原因再存：加上 --correction \"更正的原因\"；如果是另一期，检查期号、刊别和日期",
        ),
        Error::Superseded { latest, .. } => finding.with_help(format!(
            "取出更正后的：hongtou archive get {}；确要改回原来的，加上 --correction \"原因\"",
            argument(&latest.id.to_string())
        )),
        Error::NothingToCorrect(_) => {
            finding.with_help("第一次存不用写 --correction；如果应当已有，检查期号和 --archive")
        }
        Error::Damaged { .. } => finding.with_help("运行 hongtou archive verify，看有哪些损坏"),
        Error::Exists(_) | Error::Missing(_) | Error::Io { .. } => finding,
    }
}

fn failure(error: &Error) -> Failure {
    let findings = vec![finding(error)];
    match error {
        Error::Differs(_) | Error::Superseded { .. } | Error::NothingToCorrect(_) => {
            Failure::content(findings)
        }
        _ => Failure::environment(findings),
    }
}
