//! `hongtou send`: the issue to those who are printed at its foot.

use super::Exit;
use super::args::Send;
use super::terminal::Terminal;

pub(super) fn run(arguments: &Send, terminal: &Terminal) -> Exit {
    terminal.warn(&format!("“{}”还不能发送\n", arguments.file.display()));
    Exit::Environment
}
