//! What an archive cannot do, in the user's words.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::{Holding, IssueId};
use crate::diagnostic::{Code, plain};
use crate::disk::{self, Refusal};

/// What an archive cannot do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// This revision is there already.
    Exists(Holding),
    /// This issue is there already with other content; its latest revision is named.
    Differs(Holding),
    /// This content is there, and was replaced by a correction.
    Superseded {
        /// The revision with this content.
        old: Holding,
        /// The latest revision.
        latest: Holding,
    },
    /// There is no issue that a correction could correct.
    NothingToCorrect(IssueId),
    /// There is no such bag or file.
    Missing(String),
    /// A file is not what it should be.
    Damaged {
        /// The file.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// What the system says.
    Io {
        /// The file or folder.
        path: String,
        /// In the user's words.
        why: String,
    },
}

impl Error {
    /// What the system says of a file or folder.
    pub(super) fn io(path: &Path, error: &io::Error) -> Error {
        let advice = match error.kind() {
            ErrorKind::PermissionDenied => "；向管理员要这个文件夹的读写权限",
            ErrorKind::ReadOnlyFilesystem => "；换一个能写的文件夹，或找管理员",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "；腾出空间后再做一次",
            ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "；移走它，或换一处",
            _ => "",
        };
        let why = match (disk::refusal(error), plain(error.kind())) {
            (Some(Refusal::Crossed), _) => error.to_string(),
            (Some(refusal), _) => format!("{refusal}；移走它，或换回原来的文件"),
            (None, Some(why)) => format!("{why}{advice}"),
            (None, None) => format!("系统的说法：{error}"),
        };
        Error::Io { path: path.display().to_string(), why }
    }
}

impl Error {
    /// What kind of mistake it is.
    pub fn code(&self) -> Code {
        match self {
            Error::Exists(_) => Code::ArchiveExists,
            Error::Differs(_) => Code::ArchiveDiffers,
            Error::Superseded { .. } => Code::ArchiveSuperseded,
            Error::NothingToCorrect(_) => Code::ArchiveNothingToCorrect,
            Error::Missing(_) => Code::ArchiveNoSuch,
            Error::Damaged { .. } => Code::ArchiveDamaged,
            Error::Io { .. } => Code::ArchiveUnreadable,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Exists(holding) => write!(f, "存档里已有“{holding}”"),
            Error::Differs(holding) => write!(f, "存档里已有“{}”，内容不同，没有存", holding.id),
            Error::Superseded { old, latest } => write!(
                f,
                "与存档里的“{}”第{}版相同，它已被第{}版更正，没有存",
                old.id, old.revision, latest.revision
            ),
            Error::NothingToCorrect(id) => write!(f, "存档里没有“{id}”，无从更正，没有存"),
            Error::Missing(path) => write!(f, "存档里没有“{path}”"),
            Error::Damaged { path, why } => write!(f, "“{path}”已损坏：{why}"),
            Error::Io { path, why } => write!(f, "“{path}”不能读写：{why}"),
        }
    }
}

impl std::error::Error for Error {}
