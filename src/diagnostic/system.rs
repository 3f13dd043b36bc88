//! What the system says of a file or a line, in the user's language: the one place.

use std::io::{self, ErrorKind};

/// What the system says. Kinds that an editor may meet are said in plain Chinese; the rest, and what
/// a library says in its own words, stay as they are, for whoever can help.
pub fn system(error: &io::Error) -> String {
    plain(error.kind()).map_or_else(|| error.to_string(), str::to_owned)
}

/// A kind in plain Chinese; `None` for those that an editor hardly meets.
pub fn plain(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "没有这个文件或文件夹",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "那里已有同名文件",
        ErrorKind::NotADirectory => "那里已有同名文件，不能用作文件夹",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::DirectoryNotEmpty => "文件夹里还有文件",
        ErrorKind::ReadOnlyFilesystem => "这里只能读，不能写",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘满了",
        ErrorKind::FileTooLarge => "文件太大",
        ErrorKind::InvalidFilename => "文件名太长，或有不能用的字",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "正被别的程序使用",
        ErrorKind::CrossesDevices => "不在同一个磁盘上",
        ErrorKind::WriteZero => "写不进去",
        ErrorKind::UnexpectedEof => "没有读完就断了",
        ErrorKind::Interrupted => "被打断了",
        ErrorKind::OutOfMemory => "内存不够",
        ErrorKind::Unsupported => "系统不支持",
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "等了很久，没有应答",
        ErrorKind::ConnectionRefused => "对方拒绝连接",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => {
            "连接断了"
        }
        ErrorKind::NotConnected => "没有连上",
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
            "网络不通"
        }
        ErrorKind::AddrInUse => "端口已被别的程序占用",
        ErrorKind::AddrNotAvailable => "这台机器没有这个地址",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_may_meet_is_said_in_chinese() {
        for kind in [ErrorKind::PermissionDenied, ErrorKind::StorageFull, ErrorKind::BrokenPipe] {
            let said = system(&kind.into());
            assert!(said.chars().all(|c| !c.is_ascii()), "{said}");
        }
        let missing = std::fs::read("/没有/这个").unwrap_err();
        assert_eq!(system(&missing), "没有这个文件或文件夹");
        // What is known only in other words stays.
        assert_eq!(system(&io::Error::other("disk on fire")), "disk on fire");
    }
}
