//! How much of a stranger's file is read: counted, not timed, so that the same file gets the same
//! answer on every machine.

use std::fmt;

use crate::disk::size;

/// The most of everything that a file may have. A file of ours is far below each of them; one that
/// is above is refused by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file: usize,
    /// Bytes that its streams unpack to, all together, each as often as it is asked for; beside as
    /// many as the file has.
    pub unpacked: usize,
    /// Bytes that are looked at, packed or not, each as often as it is; beside twice as many as the
    /// file has.
    pub work: u64,
    /// Objects in its tables.
    pub objects: usize,
    /// Tables of objects, one for each time it was saved.
    pub tables: usize,
    /// Values in one object.
    pub values: usize,
    /// Values inside each other, nodes of a tree under each other, references to references.
    pub depth: usize,
    /// Pages.
    pub pages: usize,
    /// Entries in the maps of its fonts from codes to text.
    pub mappings: usize,
    /// Bytes of text on its pages.
    pub text: usize,
    /// Files inside.
    pub attachments: usize,
    /// Bytes of the texts that it is to be made of again.
    pub source: usize,
    /// Characters of an issue that is to be made again.
    pub characters: usize,
    /// Paragraphs of an issue that is to be made again.
    pub blocks: usize,
    /// Pages of an issue that is to be made again.
    pub sheets: usize,
    /// Cells of the grids that are to be drawn again (`--grid`).
    pub cells: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file: 128 << 20,
            unpacked: 80 << 20,
            work: 64 << 20,
            objects: 300_000,
            tables: 100,
            values: 100_000,
            depth: 16,
            pages: 2_000,
            mappings: 200_000,
            text: 16 << 20,
            attachments: 50,
            source: 4 << 20,
            characters: 200_000,
            blocks: 5_000,
            sheets: 1_000,
            cells: 1_000_000,
        }
    }
}

impl Limits {
    /// For files that this program has just written itself.
    pub(super) fn own() -> Limits {
        // Sums of them are numbers too.
        let all = usize::MAX / 4;
        Limits {
            file: all,
            unpacked: all,
            work: u64::MAX / 4,
            objects: all,
            values: all,
            pages: all,
            mappings: all,
            text: all,
            attachments: all,
            ..Limits::default()
        }
    }
}

/// Why a file cannot be read, in the user's words, Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong; goes on after the name of the file.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

impl Error {
    pub(super) fn broken() -> Error {
        Error {
            message: "不是PDF，或已损坏".to_owned(),
            help: "检查是否写错了文件名，或重新取一份文件",
        }
    }

    pub(super) fn locked() -> Error {
        Error {
            message: "加了密码，读不了".to_owned(),
            help: "hongtou生成的文件不加密码；请取一份没有加过密码的",
        }
    }

    /// What no file of ours has.
    pub(super) fn refused(message: String) -> Error {
        let help = "hongtou生成的文件不会这样：请向发文单位重新取一份文件";
        Error { message, help }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Why a part of a file is not read.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is not what it should be: the rest can be read.
    Broken,
    /// It is too much: reading ends.
    Refused(Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault::Refused(error)
    }
}

/// What was read so far.
#[derive(Debug)]
pub(super) struct Meter {
    pub(super) limits: Limits,
    work: u64,
    unpacked: usize,
    mappings: usize,
    text: usize,
}

impl Meter {
    /// For a file of so many bytes: a larger one may have more in it.
    pub(super) fn new(limits: &Limits, file: usize) -> Meter {
        let limits = Limits {
            work: limits.work + 2 * file as u64,
            unpacked: limits.unpacked + file,
            ..limits.clone()
        };
        Meter { limits, work: 0, unpacked: 0, mappings: 0, text: 0 }
    }

    /// Counts bytes that are looked at.
    pub(super) fn work(&mut self, bytes: usize) -> Result<(), Error> {
        self.work += bytes as u64;
        if self.work > self.limits.work {
            return Err(Error::refused("内容太多或反复引用，读不完，不核对".to_owned()));
        }
        Ok(())
    }

    /// How much may still be unpacked.
    pub(super) fn room(&self) -> usize {
        self.limits.unpacked - self.unpacked
    }

    /// Counts bytes that were unpacked.
    pub(super) fn unpacked(&mut self, bytes: usize) -> Result<(), Error> {
        if bytes > self.room() {
            let most = size(self.limits.unpacked as u64);
            return Err(Error::refused(format!("解压后超过{most}，不核对")));
        }
        self.unpacked += bytes;
        Ok(())
    }

    /// Counts an entry of a map of codes, with the bytes of its text.
    pub(super) fn mapping(&mut self, bytes: usize) -> Result<(), Error> {
        self.mappings += 1;
        if self.mappings > self.limits.mappings {
            let most = self.limits.mappings;
            return Err(Error::refused(format!("字体的文字对照表超过{most}项，不核对")));
        }
        self.text(bytes)
    }

    /// Counts bytes of text.
    pub(super) fn text(&mut self, bytes: usize) -> Result<(), Error> {
        self.text += bytes;
        within(self.text, self.limits.text, "文字")
    }
}

/// Refuses more than there may be.
pub(super) fn within(found: usize, most: usize, what: &str) -> Result<(), Error> {
    if found <= most {
        return Ok(());
    }
    let most = match what {
        "文件" | "文字" | "源文件" => size(most as u64),
        "嵌入的文件" => format!("{most}个"),
        "页数" => format!("{most}页"),
        _ => most.to_string(),
    };
    Err(Error::refused(format!("{what}超过{most}，不核对")))
}
