//! What is needed of a PDF file that may come from anywhere: texts, embedded files, fonts, who made
//! it, and what is in it that no file of ours has. Whatever cannot be read is left out; that it is
//! missing is said.

use std::collections::BTreeSet;

use super::attachments::attachments;
use super::limits::{Error, Limits};
use super::pages::{Above, Pages};
use super::pdf::{Dict, Document};

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// All of it.
    pub bytes: Vec<u8>,
    /// The text of each page as it copies out, in the order of drawing.
    pub pages: Vec<String>,
    /// The text of each page as fonts have what is drawn: that of [`Self::pages`] where nothing says
    /// that it means something else (ActualText).
    pub drawn: Vec<String>,
    /// The sheet of each page: its left, lower, right and upper edge, in pt.
    pub sheets: Vec<[f64; 4]>,
    /// A fingerprint of all that each page draws, fonts included.
    pub drawings: Vec<[u8; 32]>,
    /// Names and bytes of the files inside, in the order of their names.
    pub attachments: Vec<(String, Vec<u8>)>,
    /// Names of the fonts, without the tags of subsets.
    pub fonts: BTreeSet<String>,
    /// What is in it that could show words beside the text, hide some or run: pictures, notes,
    /// forms, layers; in the user's words, Chinese.
    pub foreign: BTreeSet<String>,
    /// What it names as the program that created it; at most some hundred characters.
    pub creator: Option<String>,
    /// What it names as the program that wrote it; as short.
    pub producer: Option<String>,
}

impl File {
    /// The bytes of a file inside.
    pub fn attachment(&self, name: &str) -> Option<&[u8]> {
        let found = self.attachments.iter().find(|file| file.0 == name);
        found.map(|file| file.1.as_slice())
    }
}

/// Characters of what a file says of itself that are kept: those of the longest recipe, and more.
const SAID: usize = 300;

/// What a catalog of ours does not have, and what that is.
const PARTS: [(&str, &str); 5] = [
    ("AcroForm", "批注或表单"),
    ("OCProperties", "可以隐藏的图层"),
    ("OpenAction", "打开时执行的动作"),
    ("AA", "打开时执行的动作"),
    ("Collection", "文件包"),
];

/// Reads a file.
///
/// # Errors
/// When it is no PDF, damaged beyond reading, locked with a password, or has more of something than
/// [`Limits`] allow.
pub fn read(bytes: Vec<u8>) -> Result<File, Error> {
    read_within(bytes, &Limits::default())
}

/// As [`read`], within other limits.
///
/// # Errors
/// As [`read`].
pub fn read_within(bytes: Vec<u8>, limits: &Limits) -> Result<File, Error> {
    let mut document = Document::open(&bytes, limits)?;
    let document = &mut document;
    let root = document.root();
    let root = document.lenient(root)?.ok_or_else(Error::broken)?;
    let mut pages = Pages::default();
    let tree = root.get(b"Pages".as_slice()).cloned().unwrap_or_default();
    let above = Above { id: None, inherited: &Dict::new(), depth: 0 };
    pages.read(document, tree, &above)?;
    let mut foreign = std::mem::take(&mut pages.fonts.foreign);
    if document.is_linearized() {
        foreign.insert("先读一部分页面的读法（Linearized）".to_owned());
    }
    let present = PARTS.iter().filter(|part| root.contains_key(part.0.as_bytes()));
    foreign.extend(present.map(|part| part.1.to_owned()));
    let (attachments, odd) = attachments(document, &root)?;
    foreign.extend(odd.into_iter().map(str::to_owned));
    let information = document.trailer.clone();
    let information = document.get(&information, "Info")?.dict().unwrap_or_default();
    let mut said = |key| -> Result<Option<String>, Error> {
        let said = document.get(&information, key)?.text();
        Ok(said.map(|said| said.chars().take(SAID).collect()))
    };
    let (creator, producer) = (said("Creator")?, said("Producer")?);
    if document.broken > 0 {
        foreign.insert("读不了的内容".to_owned());
    }
    let (said, drawn) = pages.texts.into_iter().map(|text| (text.said, text.drawn)).unzip();
    Ok(File {
        pages: said,
        drawn,
        sheets: pages.sheets,
        drawings: pages.drawings,
        attachments,
        fonts: pages.fonts.names,
        foreign,
        creator,
        producer,
        bytes,
    })
}
