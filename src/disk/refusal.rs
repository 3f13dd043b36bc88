//! Why something is not opened as a file.

use std::fmt;
use std::fs::FileType;
use std::io::{self, ErrorKind};

/// Why something that was named as a file is not read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A folder.
    Folder,
    /// A pipe (FIFO).
    Pipe,
    /// A device.
    Device,
    /// A socket.
    Socket,
    /// A link, where only a file itself will do.
    Link,
    /// A link to nothing.
    DeadLink,
    /// A link or something else, put where a file or a folder of the program's own stands.
    Crossed,
    /// Something else.
    Strange,
    /// A file of more bytes than these.
    TooLarge(u64),
}

impl Refusal {
    /// What it is, in the user's words.
    pub fn what(self) -> &'static str {
        match self {
            Refusal::Folder => "文件夹",
            Refusal::Pipe => "管道",
            Refusal::Device => "设备",
            Refusal::Socket => "套接字",
            Refusal::Link | Refusal::DeadLink => "链接",
            Refusal::Strange | Refusal::Crossed => "特殊文件",
            Refusal::TooLarge(_) => "太大的文件",
        }
    }

    pub(super) fn error(self) -> io::Error {
        let kind = match self {
            Refusal::Folder => ErrorKind::IsADirectory,
            _ => ErrorKind::Other,
        };
        io::Error::new(kind, self)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Crossed => {
                f.write_str("那里是链接或别的东西，不是普通的文件或文件夹；移走它再做一次")
            }
            Refusal::DeadLink => f.write_str("这是链接，指向的文件不在"),
            Refusal::TooLarge(most) => write!(f, "文件太大，最多{}", size(*most)),
            refusal => write!(f, "这是{}，不是文件", refusal.what()),
        }
    }
}

impl std::error::Error for Refusal {}

/// A limit in the user's words: 4 MB.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes}字节"),
        1024..1_048_576 => format!("{} KB", bytes >> 10),
        _ => format!("{} MB", bytes >> 20),
    }
}

/// The refusal that an error is, if it is one of this module's.
pub fn refusal(error: &io::Error) -> Option<Refusal> {
    error.get_ref()?.downcast_ref().copied()
}

/// That something is a file.
pub(super) fn fits(kind: FileType) -> io::Result<()> {
    let refusal = match () {
        () if kind.is_file() => return Ok(()),
        () if kind.is_dir() => Refusal::Folder,
        () if kind.is_symlink() => Refusal::Link,
        () => special(kind),
    };
    Err(refusal.error())
}

#[cfg(unix)]
fn special(kind: FileType) -> Refusal {
    use std::os::unix::fs::FileTypeExt;
    match () {
        () if kind.is_fifo() => Refusal::Pipe,
        () if kind.is_socket() => Refusal::Socket,
        () if kind.is_char_device() || kind.is_block_device() => Refusal::Device,
        () => Refusal::Strange,
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> Refusal {
    Refusal::Strange
}
