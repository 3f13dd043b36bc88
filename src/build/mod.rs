//! The stages in their order, in memory: an issue and a layout in, files out. Reads and writes no
//! file itself, so tests and commands use one and the same way from content to page.

use crate::compose::{self, Document};
use crate::diagnostic::Diagnostic;
use crate::docx::{self, FontProfile};
use crate::font::FontBook;
use crate::issue::Issue;
use crate::layout::Layout;
use crate::page::{self, Pages};
use crate::pdf;

/// What is to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The PDF, for this use; `None` for none.
    pub pdf: Option<pdf::Options>,
    /// The DOCX, naming these fonts; `None` for none.
    pub docx: Option<FontProfile>,
    /// Whether the grid of lines and characters is drawn under the text of the PDF.
    pub grid: bool,
}

/// An issue put into words: everything is known but the pages.
#[derive(Clone, Debug)]
pub struct Composed {
    /// Its words.
    pub document: Document,
    /// Its looks.
    pub layout: Layout,
    /// Warnings so far.
    pub findings: Vec<Diagnostic>,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Product {
    /// The pages, with the report of what was done to get them.
    pub pages: Pages,
    /// The PDF file.
    pub pdf: Option<Vec<u8>>,
    /// The DOCX file.
    pub docx: Option<Vec<u8>>,
}

/// Puts an issue into the words of a layout.
///
/// # Errors
/// As [`compose::compose`].
pub fn compose(issue: &Issue, layout: Layout) -> Result<Composed, Vec<Diagnostic>> {
    let (document, findings) = compose::compose(issue, &layout)?;
    Ok(Composed { document, layout, findings })
}

impl Composed {
    /// Sets the pages and writes the files that are asked for.
    ///
    /// # Errors
    /// What keeps the issue from being set (a character that no font has) or written.
    pub fn finish(&self, fonts: &FontBook, options: &Options) -> Result<Product, Vec<Diagnostic>> {
        let Composed { document, layout, .. } = self;
        let mut pages = page::paginate(document, layout, fonts)?;
        if options.grid {
            page::draw_grid(&mut pages, layout);
        }
        let pdf = match &options.pdf {
            Some(options) => {
                Some(pdf::write(&pages, layout, fonts, options).map_err(|errors| {
                    errors.into_iter().map(|error| about(&pages, error)).collect::<Vec<_>>()
                })?)
            }
            None => None,
        };
        let docx = match options.docx {
            Some(fonts) => {
                let options = docx::Options { fonts, ..docx::Options::default() };
                let written = docx::write(document, layout, &options);
                Some(written.map_err(|error| vec![Diagnostic::general(error.to_string())])?)
            }
            None => None,
        };
        Ok(Product { pages, pdf, docx })
    }
}

/// A writer's error, with the words it is about.
fn about(pages: &Pages, error: pdf::Error) -> Diagnostic {
    const SHOWN: usize = 20;
    let finding = Diagnostic::general(&*error.message);
    match error.block.and_then(|block| pages.blocks.get(block)) {
        Some(block) => {
            let start: String = block.text.chars().take(SHOWN).collect();
            finding.with_help(format!("在“{start}…”一段"))
        }
        None => finding,
    }
}
