//! Commands, files, environment and terminal. One file per command; nothing else in the crate
//! reads the environment or speaks to a person.

mod adjusted;
mod archive;
mod args;
mod build;
mod clock;
mod files;
mod fonts;
mod interrupt;
mod layouts;
mod project;
mod purpose;
mod recipients;
mod report;
mod send;
mod table;
mod terminal;
mod usage;
mod verify;

use std::process::ExitCode;

use args::Command;
use terminal::Terminal;

/// How a run ended: the one mapping to exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Everything was done.
    Done,
    /// The content has errors.
    Content,
    /// The command was not understood.
    Usage,
    /// A file, a font, a setting.
    Environment,
    /// Some of it was done.
    Partly,
}

impl Exit {
    /// What it is called in JSON.
    fn word(self) -> &'static str {
        match self {
            Exit::Done => "done",
            Exit::Content => "content",
            Exit::Usage => "usage",
            Exit::Environment => "environment",
            Exit::Partly => "partly",
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Content => 1,
            Exit::Usage => 2,
            Exit::Environment => 3,
            Exit::Partly => 4,
        })
    }
}

/// Runs the program on the arguments of this process.
pub fn main() -> ExitCode {
    terminal::guard_panics();
    let arguments = match args::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(error) => return usage::show(&error).into(),
    };
    let terminal = Terminal::new(arguments.color);
    interrupt::prepare();
    let exit = match arguments.command {
        Command::Build(arguments) => build::run(&arguments, &terminal),
        Command::Verify(arguments) => verify::run(&arguments, &terminal),
        Command::Archive(arguments) => archive::run(&arguments, &terminal),
        Command::Send(arguments) => send::run(&arguments, &terminal),
        Command::Recipients(arguments) => recipients::run(&arguments, &terminal),
        Command::Layouts => layouts::run(&terminal),
        Command::Fonts(arguments) => fonts::run(&arguments, &terminal),
    };
    crate::scratch::hold();
    exit.into()
}
