//! What is needed of a PDF file that may come from anywhere: texts, embedded files, fonts, who made
//! it. Whatever cannot be read is left out; comparing shows that it is missing.

use std::collections::BTreeSet;
use std::fmt;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};

use super::content::Texts;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// All of it.
    pub bytes: Vec<u8>,
    /// The text of each page, in the order of drawing.
    pub pages: Vec<String>,
    /// Names and bytes of the files inside, in the order of their names.
    pub attachments: Vec<(String, Vec<u8>)>,
    /// Names of the fonts, without the tags of subsets.
    pub fonts: BTreeSet<String>,
    /// What it names as the program that created it.
    pub creator: Option<String>,
    /// What it names as the program that wrote it.
    pub producer: Option<String>,
}

impl File {
    /// The bytes of a file inside.
    pub fn attachment(&self, name: &str) -> Option<&[u8]> {
        let found = self.attachments.iter().find(|file| file.0 == name);
        found.map(|file| file.1.as_slice())
    }
}

/// Why a file cannot be read, in the user's words, Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong.
    pub message: &'static str,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl std::error::Error for Error {}

/// Files nested deeper in the tree of names are not looked for: our own stand at its root, and a
/// tree may bite its tail.
const DEEPEST: usize = 8;

/// Reads a file.
///
/// # Errors
/// When it is no PDF, damaged beyond reading, or locked with a password.
pub fn read(bytes: Vec<u8>) -> Result<File, Error> {
    let pdf = Pdf::new(bytes.clone()).map_err(|error| Error {
        message: match error {
            LoadPdfError::Decryption(_) => "加了密码，读不了",
            LoadPdfError::Invalid => "不是PDF，或已损坏",
        },
    })?;
    let mut texts = Texts::default();
    let pages = pdf.pages().iter().map(|page| texts.page(page)).collect();
    let fonts = pdf.pages().iter().flat_map(fonts).collect();
    let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    let mut attachments = Vec::new();
    if let Some(files) = root
        .and_then(|root| root.get::<Dict<'_>>("Names"))
        .and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles"))
    {
        gather(&files, DEEPEST, &mut attachments);
    }
    attachments.sort();
    let metadata = pdf.metadata();
    let string = |value: &Option<Box<[u8]>>| value.as_deref().map(text);
    let (creator, producer) = (string(&metadata.creator), string(&metadata.producer));
    Ok(File { pages, attachments, fonts, creator, producer, bytes })
}

/// The files below a node of the tree of names.
fn gather(node: &Dict<'_>, depth: usize, found: &mut Vec<(String, Vec<u8>)>) {
    if let Some(names) = node.get::<Array<'_>>("Names") {
        let specs = names.iter::<Object<'_>>().skip(1).step_by(2);
        found.extend(specs.filter_map(Object::into_dict).filter_map(|spec| file(&spec)));
    }
    if let Some(kids) = node.get::<Array<'_>>("Kids")
        && depth > 0
    {
        for kid in kids.iter::<Dict<'_>>() {
            gather(&kid, depth - 1, found);
        }
    }
}

fn file(spec: &Dict<'_>) -> Option<(String, Vec<u8>)> {
    let name = string(spec, "UF").or_else(|| string(spec, "F"))?;
    let stream: Stream<'_> = spec.get::<Dict<'_>>("EF")?.get("F")?;
    Some((name, stream.decoded_data().ok()?.into_owned()))
}

/// The names of the fonts of a page.
fn fonts(page: &Page<'_>) -> Vec<String> {
    let resources = page.raw().get::<Dict<'_>>("Resources");
    let fonts = resources.and_then(|resources| resources.get::<Dict<'_>>("Font"));
    let Some(fonts) = fonts else { return Vec::new() };
    let names = fonts.keys().filter_map(|key| fonts.get::<Dict<'_>>(key.as_ref()));
    names
        .filter_map(|font| {
            let name = font.get::<Name<'_>>("BaseFont")?.as_str().to_owned();
            let subset = |tag: &str| tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase());
            match name.split_once('+') {
                Some((tag, rest)) if subset(tag) => Some(rest.to_owned()),
                _ => Some(name),
            }
        })
        .collect()
}

/// A text string of a dictionary.
pub(super) fn string(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<hayro_syntax::object::String<'_>>(key).map(|string| text(string.as_bytes()))
}

/// A text string: UTF-16 or UTF-8 with its mark, else Latin.
fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}
