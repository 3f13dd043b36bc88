//! `hongtou archive list`.

use super::root;
use crate::cli::Exit;
use crate::cli::args::Archive;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Sources, render};

pub(super) fn run(arguments: &Archive, terminal: &Terminal) -> Exit {
    let mut sources = Sources::default();
    let archive = match root::open(arguments.archive.as_deref(), &mut sources) {
        Ok(archive) => archive,
        Err(failure) => {
            terminal.warn(&render(&sources, &failure.findings, terminal.color()));
            return failure.exit;
        }
    };
    match archive.holdings() {
        Ok(holdings) => {
            holdings.iter().for_each(|holding| terminal.say(&holding.to_string()));
            Exit::Done
        }
        Err(error) => {
            terminal.warn(&format!("错误：{error}\n"));
            Exit::Environment
        }
    }
}
