//! Where the archive is.

use std::path::{Path, PathBuf};

use super::object;
use crate::archive::{self, Folder};
use crate::cli::files;
use crate::cli::project::{self, Failure};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Code, Sources};

/// The archive that is meant: as the command line says, else `archive.path` of the nearest
/// `hongtou.yaml` above the working directory, else `archive` here. `s3://…` is an object store.
///
/// # Errors
/// Those of `hongtou.yaml`; settings of an object store that are missing.
pub(in crate::cli) fn open(
    named: Option<&Path>,
    sources: &mut Sources,
) -> Result<archive::Archive, Failure> {
    match object::named(named, sources)? {
        Some(place) => object::open(&place),
        None => Ok(archive::Archive::new(Folder::new(folder(named, sources)?))),
    }
}

/// The folder that [`open`] opens; for an object store, one for what is kept of it here.
///
/// # Errors
/// Those of `hongtou.yaml`.
pub(in crate::cli) fn folder(
    named: Option<&Path>,
    sources: &mut Sources,
) -> Result<PathBuf, Failure> {
    let stored = named.is_some_and(object::is_address);
    Ok(match named {
        Some(path) if !stored => path.to_owned(),
        _ => project::archive_near(Path::new(""), stored, sources)?
            .unwrap_or_else(|| project::ARCHIVE.into()),
    })
}

/// As [`open`], for whoever keeps something: a new archive is begun, and that is said, since it
/// may be one too many.
///
/// # Errors
/// Those of [`open`].
pub(super) fn open_or_begin(
    named: Option<&Path>,
    sources: &mut Sources,
    terminal: &Terminal,
) -> Result<archive::Archive, Failure> {
    let folder = folder(named, sources)?;
    if object::named(named, sources)?.is_none() && !folder.is_dir() {
        terminal.warn(&format!("注意：还没有存档，新建“{}”\n", folder.display()));
    }
    open(named, sources)
}

/// As [`open`], for whoever asks an archive that must be there.
///
/// # Errors
/// Those of [`open`]; there is none.
pub(in crate::cli) fn open_existing(
    named: Option<&Path>,
    sources: &mut Sources,
) -> Result<archive::Archive, Failure> {
    let folder = folder(named, sources)?;
    if object::named(named, sources)?.is_none() && !folder.is_dir() {
        let message = format!("没有存档“{}”", folder.display());
        let help = "用 --archive 写明存档的文件夹；还没有存过，先用 hongtou archive add 存入";
        return Err(Failure::environment(vec![files::general(
            Code::ArchiveNotFound,
            message,
            help,
        )]));
    }
    open(named, sources)
}
