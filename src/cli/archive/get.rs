//! `hongtou archive get`: writes the files of an issue back, byte for byte.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{failure, which};
use crate::archive::{Archive, DATA, Error, Holding, is_inside};
use crate::cli::Exit;
use crate::cli::args::Get;
use crate::cli::files::{self, general};
use crate::cli::project::Failure;
use crate::cli::terminal::Terminal;
use crate::diagnostic::Code;
use crate::disk;

/// Where the folders of issues go unless the user says otherwise.
const OUTPUT: &str = "out";

pub(super) fn run(
    archive: &Archive,
    arguments: &Get,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let holding = which::find(archive, &arguments.which)?;
    let wrong = |error| failure(&error);
    let folder = match &arguments.output {
        Some(folder) => folder.clone(),
        None => Path::new(OUTPUT).join(own_folder(archive, &holding).map_err(wrong)?),
    };
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let paths = archive.store().files(&holding).map_err(wrong)?;
    for path in paths.iter().filter_map(|path| path.strip_prefix(DATA)) {
        // An object store gives any names: none of them leads out of the folder.
        if !is_inside(path) {
            let path = format!("{holding}/{DATA}{path}");
            let why = "文件名指向别的文件夹，不取出".to_owned();
            return Err(failure(&Error::Damaged { path, why }));
        }
        let bytes = archive.intact(&holding, &format!("{DATA}{path}")).map_err(wrong)?;
        files.push((folder.join(path), bytes));
    }
    let taken = files.iter().filter(|(path, bytes)| differs(path, bytes));
    let taken: Vec<_> = taken.map(|(path, _)| format!("“{}”", path.display())).collect();
    if !taken.is_empty() {
        let message = format!("已有{}，内容不同；什么都没有取出", taken.join("、"));
        let finding = general(Code::FileDiffers, message, "用 -o 换一个文件夹，或先移走这些文件");
        return Err(Failure::environment(vec![finding]));
    }
    for (path, bytes) in &files {
        files::write_whole(path, bytes).map_err(|one| Failure::environment(vec![one]))?;
    }
    terminal.say(&format!("{holding}：{}个文件，取到“{}”", files.len(), folder.display()));
    files.iter().for_each(|(path, _)| terminal.say(&format!("  {}", path.display())));
    Ok(Exit::Done)
}

/// A folder for this revision alone, so that two issues taken out do not get in each other's way.
fn own_folder(archive: &Archive, holding: &Holding) -> Result<String, Error> {
    let stem = archive.pdf(holding)?.name;
    let stem = stem.strip_suffix(".pdf").unwrap_or(&stem);
    Ok(match holding.revision {
        1 => stem.to_owned(),
        revision => format!("{stem}-r{revision}"),
    })
}

/// Whether something else is there already; a link is, wherever it leads.
fn differs(path: &Path, bytes: &[u8]) -> bool {
    match fs::symlink_metadata(path) {
        Err(error) => error.kind() != ErrorKind::NotFound,
        Ok(there) if !there.is_file() || there.len() != bytes.len() as u64 => true,
        Ok(_) => disk::read(path, bytes.len() as u64).map_or(true, |there| there != bytes),
    }
}
