//! `hongtou archive`: keeps issues and answers questions about them. One file per subcommand.

mod export;
mod list;
mod root;

use super::Exit;
use super::args::{Archive, Archived};
use super::terminal::Terminal;

pub(super) fn run(arguments: &Archive, terminal: &Terminal) -> Exit {
    match &arguments.command {
        Archived::List => list::run(arguments, terminal),
        Archived::Export(export) => export::run(arguments, export, terminal),
    }
}
