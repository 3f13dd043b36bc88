//! `hongtou send`: the issue to those who are printed at its foot.

mod dry_run;
pub(super) mod office;
mod prepare;
mod source;
mod to_folder;

use super::Exit;
use super::args::Send;
use super::project::Failure;
use super::terminal::Terminal;
use crate::diagnostic::{Sources, render};

pub(super) fn run(arguments: &Send, terminal: &Terminal) -> Exit {
    let mut sources = Sources::default();
    match prepared(arguments, terminal, &mut sources) {
        Ok(exit) => exit,
        Err(failure) => {
            terminal.warn(&render(&sources, &failure.findings, terminal.color()));
            failure.exit
        }
    }
}

fn prepared(arguments: &Send, terminal: &Terminal, sources: &mut Sources) -> Result<Exit, Failure> {
    let prepared = prepare::prepare(arguments, sources)?;
    let plan = prepare::planned(&prepared, arguments, Vec::new(), sources)?;
    let findings = [&*prepared.findings, &*plan.findings].concat();
    terminal.warn(&render(sources, &findings, terminal.color()));
    if arguments.dry_run {
        dry_run::lines(&prepared, &plan).iter().for_each(|line| terminal.say(line));
        return Ok(Exit::Done);
    }
    if let Some(folder) = &arguments.to_folder {
        terminal.say(&to_folder::run(folder, &prepared, &plan)?);
        return Ok(Exit::Done);
    }
    terminal.warn(&format!("“{}”还不能发送\n", arguments.file.display()));
    Ok(Exit::Environment)
}
