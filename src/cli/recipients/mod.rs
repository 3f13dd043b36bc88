//! `hongtou recipients`: the list of recipients, looked at and filled from a table.

mod import;
mod list;

use std::path::Path;

use super::Exit;
use super::args::{People, Recipients};
use super::build::count;
use super::project::{self, Failure};
use super::terminal::Terminal;
use crate::diagnostic::{Sources, render};

pub(super) fn run(arguments: &Recipients, terminal: &Terminal) -> Exit {
    let mut sources = Sources::default();
    let done =
        project::office(Path::new(""), &mut sources).and_then(|office| match &arguments.command {
            None | Some(People::List) => {
                list::run(arguments.list.as_deref(), office.as_ref(), terminal, &mut sources)
            }
            Some(People::Import(import)) => {
                let (list, office) = (arguments.list.as_deref(), office.as_ref());
                import::run(import, list, office, terminal, &mut sources)
            }
        });
    match done {
        Ok(()) => Exit::Done,
        Err(Failure { exit, findings }) => {
            terminal.warn(&render(&sources, &findings, terminal.color()));
            if let Some(People::Import(import)) = &arguments.command {
                let (file, count) = (import.file.display(), count(&findings));
                terminal.warn(&format!("“{file}”没有导入，名单没有改动：{count}\n"));
            }
            exit
        }
    }
}
