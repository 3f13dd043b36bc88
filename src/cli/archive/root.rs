//! Where the archive is.

use std::path::{Path, PathBuf};

use crate::archive::{self, Folder};
use crate::cli::project::{self, Failure};
use crate::diagnostic::Sources;

/// What it is called unless something else is said.
const NAME: &str = "archive";

/// The archive that is meant: as the command line says, else `archive.path` of the nearest
/// `hongtou.yaml` above the working directory, else `archive` here.
///
/// # Errors
/// Those of `hongtou.yaml`.
pub(in crate::cli) fn open(
    named: Option<&Path>,
    sources: &mut Sources,
) -> Result<archive::Archive, Failure> {
    Ok(archive::Archive::new(Folder::new(path(named, sources)?)))
}

/// The folder of the archive that is meant, as in [`open`].
///
/// # Errors
/// Those of `hongtou.yaml`.
pub(in crate::cli) fn path(
    named: Option<&Path>,
    sources: &mut Sources,
) -> Result<PathBuf, Failure> {
    match named {
        Some(path) => Ok(path.to_owned()),
        None => Ok(project::archive_near(Path::new(""), sources)?.unwrap_or_else(|| NAME.into())),
    }
}
