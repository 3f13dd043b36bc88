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
use crate::diagnostic::{Code, Diagnostic, Sources, render};
use crate::mail::{History, journal};
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
            Err(Failure::usage(general(Code::UsageNoInput, "没有写要发送的简报", help)))
        }
    };
    result.unwrap_or_else(|failure| {
        terminal.warn(&render(&sources, &failure.findings, terminal.color()));
        failure.exit
    })
}

fn send(arguments: &Sending, terminal: &Terminal, sources: &mut Sources) -> Result<Exit, Failure> {
    let prepared = prepare::prepare(arguments, sources)?;
    let history = history(&prepared)?;
    let earlier = history.had_before(prepared.entry.holding().revision);
    let plan = prepare::planned(&prepared, arguments, earlier.clone(), sources)?;
    let torn = torn(&history).into_iter().collect::<Vec<_>>();
    let findings = [&*prepared.findings, &torn, &*plan.findings].concat();
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

/// What the journal of the issue says.
fn history(prepared: &Prepared) -> Result<History, Failure> {
    let holding = prepared.entry.holding();
    let history = journal::read(&prepared.root, &holding.id).map_err(|error| unusable(&error))?;
    Ok(history.unwrap_or_default())
}

/// Says so when the last line of a journal was torn.
fn torn(history: &History) -> Option<Diagnostic> {
    let line = history.torn()?;
    let message = format!("发送记录第{line}行没有写完（那次运行中途停了），不算在内");
    let help = "这一行之前的都在；那时正寄的人列为“不知道”或“还没有寄”，见“hongtou send status”";
    Some(Diagnostic::general(Code::MailJournalTorn, message).with_help(help).as_warning())
}

/// A journal that cannot be used.
fn unusable(error: &journal::Error) -> Failure {
    Failure::environment(vec![general(Code::MailJournal, error.to_string(), error.help())])
}
