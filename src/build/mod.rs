//! The stages in their order, in memory: an issue and a layout in, files out. Reads and writes no
//! file itself, so tests and commands use one and the same way from content to page.

mod recipe;
mod record;
mod source;
mod word;

use crate::compose::{self, Document};
use crate::diagnostic::{Code, Diagnostic, Sources};
use crate::font::FontBook;
use crate::issue::Issue;
use crate::layout::Layout;
use crate::page::{self, Pages};
use crate::pdf::{self, Attachment, Relationship};

pub use recipe::{EmbedRecipe, Recipe};
pub use record::{PROGRAM, Record, UsedFont, used_fonts};
pub use source::{CONFIG, ISSUE, LAYOUT, RECORD, Source};
pub use word::{Embedding, WordFonts};

/// What a draft is called: on its pages, in its name and in what it says of itself.
pub const DRAFT: &str = "送审稿";

const DOCX_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What is to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The PDF, in this way; `None` for none.
    pub pdf: Option<Recipe>,
    /// The DOCX, with these fonts; `None` for none.
    pub docx: Option<WordFonts>,
    /// What the issue is made of: must be there when the PDF is to have it inside.
    pub source: Option<Source>,
    /// Whether this is a draft: title and keywords of the files say so.
    pub draft: bool,
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
    /// What the PDF was made with, when that is inside it.
    pub record: Option<Record>,
    /// Warnings of what a file cannot be as the layout wants it.
    pub findings: Vec<Diagnostic>,
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
        let recipe = options.pdf.clone().unwrap_or_default();
        // What has its texts inside is made of these texts and nothing else.
        let again = match (&options.source, recipe.embed) {
            (Some(source), Some(_)) => Some(source.compose(&mut Sources::default())?),
            (None, Some(_)) => {
                return Err(vec![Diagnostic::general(Code::Fault, "没有可嵌入的源文件")]);
            }
            (_, None) => None,
        };
        let Composed { document, layout, .. } = again.as_ref().unwrap_or(self);
        let document = &marked(document, options.draft || recipe.draft);
        let on_page = &for_profile(layout, &recipe.profile);
        // Before the pages are made, for of a long issue either takes hundreds of megabytes while it
        // is at work. What is wrong with the pages is said first all the same.
        let docx = options.docx.map(|fonts| word::write(document, layout, fonts));
        let mut pages = page::paginate(document, on_page, fonts)?;
        if recipe.grid {
            page::draw_grid(&mut pages, on_page);
        }
        let docx = docx.transpose()?;
        let mut record = None;
        let pdf = match &options.pdf {
            Some(recipe) => {
                let mut attachments = Vec::new();
                if let (Some(source), Some(embed)) = (&options.source, recipe.embed) {
                    attachments.extend(source.attachments());
                    if let Some(fonts) = embed.docx {
                        let name = format!("{}.docx", document.metadata.stem);
                        attachments.push(editable(name, word::write(document, layout, fonts)?));
                    }
                    let fonts = used_fonts(&pages, fonts);
                    let (options, layout) = (recipe.words(), source.layout_name.clone());
                    let program = PROGRAM.to_owned();
                    let made = record.insert(Record { program, options, layout, fonts });
                    attachments.push(made.attachment());
                }
                let options = pdf::Options {
                    profile: recipe.profile.clone(),
                    attachments,
                    watermark: recipe.draft.then(|| DRAFT.to_owned()),
                    creator: recipe.words(),
                };
                let written = pdf::write(&pages, on_page, fonts, &options);
                Some(written.map_err(|errors| {
                    errors.into_iter().map(|error| about(&pages, error)).collect::<Vec<_>>()
                })?)
            }
            None => None,
        };
        let findings = match docx {
            Some(_) => word::shortcomings(document, layout),
            None => Vec::new(),
        };
        Ok(Product { pages, pdf, docx, record, findings })
    }
}

/// A draft says so in its title and keywords.
fn marked(document: &Document, draft: bool) -> Document {
    let mut document = document.clone();
    if draft {
        document.metadata.title.push_str(&format!("（{DRAFT}）"));
        document.metadata.keywords.push(DRAFT.to_owned());
    }
    document
}

/// The layout as a profile wants it: a screen has no binding edge.
fn for_profile(layout: &Layout, profile: &pdf::Profile) -> Layout {
    let mut layout = layout.clone();
    layout.page.mirror &= *profile != pdf::Profile::Screen;
    layout
}

fn editable(name: String, bytes: Vec<u8>) -> Attachment {
    Attachment {
        name,
        mime: DOCX_TYPE.to_owned(),
        description: "可编辑的同一内容".to_owned(),
        bytes,
        relationship: Relationship::Alternative,
    }
}

/// A writer's error, with the words it is about.
fn about(pages: &Pages, error: pdf::Error) -> Diagnostic {
    const SHOWN: usize = 20;
    let finding = Diagnostic::general(Code::PdfForbidden, &*error.message);
    match error.block.and_then(|block| pages.blocks.get(block)) {
        Some(block) => {
            let start: String = block.text.chars().take(SHOWN).collect();
            finding.with_help(format!("在“{start}…”一段"))
        }
        None => finding,
    }
}
