//! `hongtou archive`: keeps issues and answers questions about them. One file per subcommand.

mod index;
mod list;
mod period;
mod progress;
mod root;
mod search;
mod stats;

use super::Exit;
use super::args::{Archive, Archived};
use super::terminal::Terminal;

pub(super) fn run(arguments: &Archive, terminal: &Terminal) -> Exit {
    match &arguments.command {
        Archived::List => list::run(arguments, terminal),
        Archived::Search(search) => search::run(arguments, search, terminal),
        Archived::Stats(stats) => stats::run(arguments, stats, terminal),
        Archived::Index => index::run(arguments, terminal),
    }
}
