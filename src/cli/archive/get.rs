//! `hongtou archive get`: writes the files of an issue back, byte for byte.

use std::fs;
use std::path::{Path, PathBuf};

use super::{failure, which};
use crate::archive::{Archive, DATA};
use crate::cli::Exit;
use crate::cli::args::Get;
use crate::cli::files::{self, general};
use crate::cli::project::Failure;
use crate::cli::terminal::Terminal;

/// Where files go unless the user says otherwise.
const OUTPUT: &str = "out";

pub(super) fn run(
    archive: &Archive,
    arguments: &Get,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let holding = which::find(archive, &arguments.which)?;
    let folder = arguments.output.clone().unwrap_or_else(|| OUTPUT.into());
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let paths = archive.store().files(&holding).map_err(|error| failure(&error))?;
    for path in paths.iter().filter_map(|path| path.strip_prefix(DATA)) {
        let bytes = archive.intact(&holding, &format!("{DATA}{path}"));
        files.push((folder.join(path), bytes.map_err(|error| failure(&error))?));
    }
    let taken: Vec<_> = files.iter().filter(|(path, bytes)| differs(path, bytes)).collect();
    if !taken.is_empty() {
        let finding = |(path, _): &&(PathBuf, Vec<u8>)| {
            let message = format!("已有“{}”，内容不同，什么都没有取出", path.display());
            general(message, "用 -o 换一个文件夹，或先移走这个文件")
        };
        return Err(Failure::environment(taken.iter().map(finding).collect()));
    }
    for (path, bytes) in &files {
        files::write_whole(path, bytes).map_err(|one| Failure::environment(vec![one]))?;
    }
    terminal.say(&format!("{holding}：{}个文件，取到“{}”", files.len(), folder.display()));
    files.iter().for_each(|(path, _)| terminal.say(&format!("  {}", path.display())));
    Ok(Exit::Done)
}

/// Whether something else is there already.
fn differs(path: &Path, bytes: &[u8]) -> bool {
    path.exists() && fs::read(path).map_or(true, |there| there != bytes)
}
