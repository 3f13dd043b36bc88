//! Reading and writing files: clear about what is wrong, and never half done.

use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, system};
use crate::disk::{self, Refusal, most};
use crate::scratch::{self, Draft, Readers};

/// Reads a text file.
///
/// # Errors
/// In the user's words: missing, a folder, not allowed, too large, not UTF-8.
pub(super) fn read_text(path: &Path) -> Result<String, Diagnostic> {
    read_file(path).map(|file| file.text)
}

/// A text file as it is on the disk, and its text.
#[derive(Debug)]
pub(super) struct TextFile {
    /// Every byte, the mark that some editors put at the beginning too.
    pub(super) bytes: Vec<u8>,
    /// The text without that mark.
    pub(super) text: String,
}

/// Reads a text file, keeping its bytes.
///
/// # Errors
/// As [`read_text`].
pub(super) fn read_file(path: &Path) -> Result<TextFile, Diagnostic> {
    let name = path.display().to_string();
    let bytes = disk::read(path, most::TEXT).map_err(|error| no_text(&name, &error))?;
    text(bytes, &name)
}

/// Reads standard input.
///
/// # Errors
/// As [`read_text`].
pub(super) fn read_stdin() -> Result<TextFile, Diagnostic> {
    read(io::stdin().lock(), "标准输入")
}

fn read(source: impl Read, name: &str) -> Result<TextFile, Diagnostic> {
    text(disk::bounded(source, most::TEXT).map_err(|error| no_text(name, &error))?, name)
}

/// Reads a file that is no text: a PDF. `most`: see [`disk::most`].
///
/// # Errors
/// In the user's words.
pub(super) fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Diagnostic> {
    disk::read(path, most).map_err(|error| unreadable(&path.display().to_string(), &error))
}

fn no_text(name: &str, error: &io::Error) -> Diagnostic {
    match disk::refusal(error) {
        Some(Refusal::TooLarge(most)) => general(
            Code::FileTooLarge,
            format!("“{name}”太大，不像是一期简报"),
            format!("检查是否写错了文件名；一期简报的内容不应超过{}", disk::size(most)),
        ),
        Some(Refusal::Folder) => general(
            Code::FileNoFile,
            format!("“{name}”是文件夹，不是文件"),
            "写出文件夹里简报文件的名字，如 155.yaml",
        ),
        _ => unreadable(name, error),
    }
}

fn text(bytes: Vec<u8>, name: &str) -> Result<TextFile, Diagnostic> {
    match std::str::from_utf8(&bytes) {
        Ok(text) => {
            // The mark that some editors put at the beginning is no text.
            let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
            Ok(TextFile { bytes, text })
        }
        Err(_) => Err(general(
            Code::FileEncoding,
            format!("“{name}”不是UTF-8编码的文本{}", encoding(&bytes)),
            "用编辑器打开，另存为UTF-8编码（记事本：文件→另存为→编码选UTF-8）",
        )),
    }
}

/// What a text that is not UTF-8 seems to be.
fn encoding(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        "，看来是UTF-16（记事本里叫Unicode）"
    } else if bytes.contains(&0) {
        "，看来不是文本文件"
    } else if is_gbk(bytes) {
        "，看来是GBK（记事本里叫ANSI）"
    } else {
        ""
    }
}

/// Whether bytes beyond ASCII all come in pairs of GBK.
fn is_gbk(bytes: &[u8]) -> bool {
    let mut bytes = bytes.iter();
    while let Some(&lead) = bytes.next() {
        if lead < 0x80 {
            continue;
        }
        let trail = bytes.next().copied().unwrap_or(0);
        if !(0x81..=0xFE).contains(&lead) || !(0x40..=0xFE).contains(&trail) || trail == 0x7F {
            return false;
        }
    }
    true
}

/// Writes a file that appears whole or not at all: beside its place, to the disk, then renamed. A
/// link in its place is replaced, never followed; a pipe or a device is left alone.
///
/// # Errors
/// In the user's words.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let name = path.display().to_string();
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let wrong = |error: &io::Error| unwritable(&name, error);
    disk::may_replace(path).map_err(|error| wrong(&error))?;
    fs::create_dir_all(folder)
        .map_err(|error| unwritable(&folder.display().to_string(), &error))?;
    let mut draft =
        Draft::new(folder, scratch::OUTPUT, Readers::Usual).map_err(|error| wrong(&error))?;
    draft.file().write_all(bytes).map_err(|error| wrong(&error))?;
    draft.file().sync_all().map_err(|error| wrong(&error))?;
    draft.settle(path).map_err(|error| wrong(&error))?;
    // The new name is on the disk when its folder is.
    disk::sync_folder(folder).map_err(|error| wrong(&error))
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    match disk::refusal(error) {
        Some(Refusal::TooLarge(most)) => {
            let message = format!("“{name}”太大，最多{}", disk::size(most));
            return general(Code::FileTooLarge, message, "检查是否写错了文件名");
        }
        Some(Refusal::DeadLink) => {
            let message = format!("“{name}”是链接，指向的文件不在");
            return general(Code::FileDeadLink, message, "改好或删去这个链接");
        }
        Some(Refusal::Folder) => {
            let message = format!("“{name}”是文件夹，不是文件");
            return general(Code::FileNoFile, message, "写出文件夹里文件的名字");
        }
        Some(refusal) => {
            let message = format!("“{name}”是{}，不是文件", refusal.what());
            return general(
                Code::FileNoFile,
                message,
                "写一个文件的名字；管道、设备里的内容先存成文件",
            );
        }
        None => {}
    }
    match error.kind() {
        ErrorKind::NotFound => general(
            Code::FileNotFound,
            format!("找不到文件“{name}”"),
            "检查文件名和所在的文件夹；文件名里有空格时加引号",
        ),
        ErrorKind::PermissionDenied => general(
            Code::FileDenied,
            format!("没有权限读“{name}”"),
            "向管理员要读权限，或把文件复制到自己的文件夹",
        ),
        _ => general(Code::FileUnreadable, format!("读不了“{name}”"), said(error)),
    }
}

fn unwritable(name: &str, error: &io::Error) -> Diagnostic {
    if let Some(refusal) = disk::refusal(error) {
        let message = format!("“{name}”是{}，不能写成文件", refusal.what());
        return general(Code::FileNoFile, message, "移走它，或用 -o 换一处");
    }
    let (code, message, help) = match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            (Code::FileDenied, format!("没有权限写“{name}”"), "用 -o 换一个能写的文件夹".to_owned())
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
            Code::FileDiskFull,
            format!("磁盘满了，写不下“{name}”"),
            "腾出空间，或用 -o 换一个磁盘".to_owned(),
        ),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => (
            Code::FileNoFile,
            format!("“{name}”不能用作文件夹，那里已有同名文件"),
            "用 -o 换一个文件夹".to_owned(),
        ),
        ErrorKind::IsADirectory => (
            Code::FileNoFile,
            format!("“{name}”是文件夹，不能写成文件"),
            "移走这个文件夹，或用 -o 换一处".to_owned(),
        ),
        _ => (Code::FileUnwritable, format!("写不了“{name}”"), said(error)),
    };
    general(code, message, help)
}

/// What the system says, where nothing better can be advised.
pub(super) fn said(error: &io::Error) -> String {
    format!("系统的说法：{}", system(error))
}

/// A finding about the environment.
pub(super) fn general(
    code: Code,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::general(code, message).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        read(bytes, "甲.yaml").expect_err("refused").message
    }

    #[test]
    fn other_encodings_are_named() {
        let gbk = b"\xc8\xab\xb9\xfa: \xce\xc4\xc3\xf7";
        assert!(refused(gbk).contains("GBK"));
        assert!(refused(b"\xff\xfet\x00").contains("UTF-16"));
        assert!(refused(b"%PDF\x00\xff").contains("不是文本文件"));
        assert!(refused(b"\xe4\xb8\xff").ends_with("UTF-8编码的文本"));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        let file = read("\u{feff}甲: 乙".as_bytes(), "甲").expect("a text");
        assert_eq!(file.text, "甲: 乙");
        assert_eq!(file.bytes, "\u{feff}甲: 乙".as_bytes());
    }

    #[test]
    fn files_appear_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("深/甲.pdf");
        write_whole(&path, b"1").unwrap();
        write_whole(&path, b"22").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"22");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_failed_write_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.pdf");
        fs::create_dir(&path).unwrap();
        assert!(write_whole(&path, b"1").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
