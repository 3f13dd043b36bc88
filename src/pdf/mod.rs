//! Writes [`Pages`] as PDF: for the archive, for the press, for the screen.
//!
//! One way leads from the pages to the file: `line` cuts the glyph runs of a line into marks (what
//! is drawn and tagged together), `draw` draws them and tells `structure` whose they are, `metadata`
//! says what the file is, and krilla writes it all or reports every rule of the standard that the
//! file would break (`violation`). No clock and no randomness: the same pages give the same bytes.

mod draw;
mod faces;
mod file;
mod ink;
mod line;
mod link;
mod metadata;
mod sheet;
mod space;
mod stroke;
mod structure;
mod violation;
mod watermark;

use std::fmt;

use crate::font::FontBook;
use crate::layout::Layout;
use crate::page::Pages;
use crate::unit::Length;

/// What the file is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// To be kept: PDF/A-2a together with PDF/UA-1; with attachments PDF/A-3a together with
    /// PDF/UA-1.
    #[default]
    Archive,
    /// For the press: PDF/A-2u in the inks of the layout, without tags.
    Print(PrintOptions),
    /// To be read on a screen: PDF/A-2u, without tags, as small as it gets.
    Screen,
}

/// How a file for the press is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrintOptions {
    /// How colours are given.
    pub separation: Separation,
    /// How far the bleed box reaches beyond the trimmed page.
    pub bleed: Length,
    /// Whether marks for the knife are printed outside the page.
    pub crop_marks: bool,
    /// Leaves out the rules of the title block and its coloured text, for paper that has them
    /// already (套打).
    pub preprinted: bool,
}

/// How a file for the press gives its colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Separation {
    /// A plate for each ink of the layout: `Black` and the spot colour (GB/T 9704 §6.2).
    #[default]
    Spot,
    /// Black on the plate `Black`, colours mixed from cyan, magenta, yellow and black.
    Process,
}

/// A file inside the PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its file name.
    pub name: String,
    /// Its media type: `application/yaml`.
    pub mime: String,
    /// What it is, in the reader's words.
    pub description: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is to the pages.
    pub relationship: Relationship,
}

/// What an attachment is to the pages (ISO 19005-3, AFRelationship).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relationship {
    /// The pages were made from it.
    Source,
    /// Figures that the pages show.
    Data,
    /// The same content in another form.
    Alternative,
    /// More to the pages.
    Supplement,
}

/// How the file is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What the file is for.
    pub profile: Profile,
    /// Files to put in; only [`Profile::Archive`] takes any.
    pub attachments: Vec<Attachment>,
    /// A word printed large and light behind the text of every page: 送审稿.
    pub watermark: Option<String>,
    /// What the file names as the program that created it; `hongtou` when empty.
    pub creator: String,
}

/// Why no file could be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// In the user's words, Chinese.
    pub message: String,
    /// The block it is about, an index into [`Pages::blocks`].
    pub block: Option<usize>,
}

impl Error {
    fn new(message: impl Into<String>) -> Error {
        Error { message: message.into(), block: None }
    }

    fn at(block: Option<usize>, message: impl Into<String>) -> Error {
        Error { message: message.into(), block }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Writes a PDF file.
///
/// # Errors
/// Everything that keeps the file from conforming to the standard of its profile, together: a
/// character without glyph, a font that may not be embedded, attachments where none may be.
pub fn write(
    pages: &Pages,
    layout: &Layout,
    fonts: &FontBook,
    options: &Options,
) -> Result<Vec<u8>, Vec<Error>> {
    file::document(pages, layout, fonts, options)
}
