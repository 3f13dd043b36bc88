//! `hongtou archive list`.

use super::failure;
use crate::archive::Archive;
use crate::cli::Exit;
use crate::cli::project::Failure;
use crate::cli::terminal::Terminal;

pub(super) fn run(archive: &Archive, terminal: &Terminal) -> Result<Exit, Failure> {
    let holdings = archive.holdings().map_err(|error| failure(&error))?;
    holdings.iter().for_each(|holding| terminal.say(&holding.to_string()));
    Ok(Exit::Done)
}
