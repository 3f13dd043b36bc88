//! `hongtou send`: the issue to those who are printed at its foot.

mod confirmed;
mod deliver;
mod dry_run;
mod login;
pub(super) mod office;
mod password;
mod prepare;
mod progress;
mod source;
mod status;
mod timer;
mod to_folder;
mod trust;

use super::Exit;
use super::args::{Send, Sending, Sent};
use super::files::general;
use super::project::Failure;
use super::terminal::Terminal;
use crate::diagnostic::{Sources, render};
use crate::mail::{Recipient, journal};
use prepare::Prepared;

pub(super) fn run(arguments: &Send, terminal: &Terminal) -> Exit {
    let mut sources = Sources::default();
    login::hide_environment(&mut sources);
    let result = match (&arguments.command, &arguments.sending) {
        (Some(Sent::Status(arguments)), _) => status::run(arguments, terminal, &mut sources),
        (Some(Sent::Password(arguments)), _) => {
            password::run(arguments, terminal, &mut sources).map(|()| Exit::Done)
        }
        (None, Some(arguments)) => send(arguments, terminal, &mut sources),
        (None, None) => {
            let help = "写出要发送的简报；“hongtou send --help”显示用法";
            Err(Failure::usage(general("没有写要发送的简报", help)))
        }
    };
    result.unwrap_or_else(|failure| {
        terminal.warn(&render(&sources, &failure.findings, terminal.color()));
        failure.exit
    })
}

fn send(arguments: &Sending, terminal: &Terminal, sources: &mut Sources) -> Result<Exit, Failure> {
    let prepared = prepare::prepare(arguments, sources)?;
    let earlier = earlier(&prepared)?;
    let plan = prepare::planned(&prepared, arguments, earlier.clone(), sources)?;
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
    if arguments.test.is_some() {
        return deliver::test(arguments, &prepared, &plan, terminal, sources);
    }
    let everyone = prepare::everyone(&prepared, earlier, sources)?;
    deliver::run(arguments, &prepared, &plan, &everyone, terminal, sources)
}

/// Who has an earlier revision of the issue, by its journal.
fn earlier(prepared: &Prepared) -> Result<Vec<(Recipient, u32)>, Failure> {
    let holding = prepared.entry.holding();
    let history = journal::read(&prepared.root, &holding.id).map_err(|error| unusable(&error))?;
    Ok(history.map_or_else(Vec::new, |history| history.had_before(holding.revision)))
}

/// A journal that cannot be used.
fn unusable(error: &journal::Error) -> Failure {
    Failure::environment(vec![general(error.to_string(), error.help())])
}
