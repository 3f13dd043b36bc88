//! Writes a [`Document`] as a real Word document (ECMA-376, ISO/IEC 29500): styles instead of
//! formatting, fields for page numbers, a colophon that stays at the foot.
//!
//! Where a line or page ends is the word processor's work, and how things look comes from the
//! [`Layout`] alone. But `lines` estimates both, here and on our pages, and brings paragraphs to as
//! many lines as these have, so that the pages agree.
//!
//! Sections are headings, in the navigation pane. Run-in headlines are words of their paragraph, in a
//! character style and under a bookmark: Word's style separator (a heading whose paragraph mark is
//! hidden) would show them in the pane too, but LibreOffice 7.4 then sets the headline on a line of
//! its own, and other programs may. Headlines on lines of their own are headings.
//!
//! `plan` says what each paragraph should be, `styles` what of that a style can say, `document`
//! and `footer` write the rest; `format` has the properties in the schema's order, `xml` the
//! elements, `package` and `pack` the file.

mod body;
mod characters;
mod colophon;
mod document;
mod embed;
mod fonts;
mod footer;
mod format;
mod head;
mod lines;
mod metrics;
mod pack;
mod package;
mod para;
mod plan;
mod properties;
mod settings;
mod stand;
mod styles;
mod titles;
mod xml;

pub use embed::EmbeddedFont;
pub use fonts::{FontProfile, NamedFont};

use std::fmt;

use crate::compose::Document;
use crate::layout::Layout;
use pack::{Part, pack};
use package::Relation;

/// How to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which fonts the document names.
    pub fonts: FontProfile,
    /// Fonts to put into the document, by the names of the profile.
    pub embed: Vec<EmbeddedFont>,
}

/// Why no document could be written.
#[derive(Debug)]
pub struct Error {
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl Error {
    fn pack(source: impl std::error::Error + Send + Sync + 'static) -> Error {
        Error { source: Box::new(source) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DOCX 无法打包：{}", self.source)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref())
    }
}

/// Relations of the main part to styles, settings and fonts; footers and links follow.
const FIXED: [(&str, &str); 3] =
    [("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml")];

/// The whole DOCX file.
///
/// # Errors
/// When the parts do not fit into a zip file: content of more than 4 GiB.
pub fn write(document: &Document, layout: &Layout, options: &Options) -> Result<Vec<u8>, Error> {
    let text = document.paragraphs();
    let plan = plan::Plan::new(document, &text, layout);
    let footers = footer::Footers::new(layout, &plan.sheet, FIXED.len() + 1);
    let feet = footers.list.iter().map(|footer| &footer.paragraph);
    let styles = styles::Styles::new(&plan, feet, layout, options.fonts);
    let first_link = FIXED.len() + footers.list.len() + 1;
    let main = document::write(&plan, &styles, &footers, layout, first_link);

    let mut relations: Vec<Relation> = FIXED
        .iter()
        .enumerate()
        .map(|(index, &(kind, target))| Relation::new(index + 1, kind, target))
        .collect();
    for footer in &footers.list {
        relations.push(Relation::new(relations.len() + 1, "footer", &footer.file));
    }
    for target in &main.links {
        relations.push(Relation::new(relations.len() + 1, "hyperlink", target));
    }

    let mut parts = vec![
        Part::new("_rels/.rels", root_relations()),
        Part::new("docProps/app.xml", properties::app()),
        Part::new("docProps/core.xml", properties::core(&document.metadata)),
        Part::new("word/document.xml", main.part),
        Part::new("word/_rels/document.xml.rels", package::relations(&relations)),
        Part::new("word/styles.xml", styles.part(layout, options)),
        Part::new("word/settings.xml", settings::part(layout, footers.has_even(), &options.embed)),
        Part::new("word/fontTable.xml", fonts::font_table(options.fonts, &options.embed)),
    ];
    for footer in &footers.list {
        let name = format!("word/{}", footer.file);
        parts.push(Part::new(name, footer.part(&styles, layout)));
    }
    parts.extend(embedded_parts(options));
    parts.insert(0, Part::new("[Content_Types].xml", package::content_types(&parts)));
    pack(&parts)
}

fn root_relations() -> Vec<u8> {
    package::relations(&[
        Relation::new(1, "officeDocument", "word/document.xml"),
        Relation::new(2, "core-properties", "docProps/core.xml"),
        Relation::new(3, "extended-properties", "docProps/app.xml"),
    ])
}

fn embedded_parts(options: &Options) -> Vec<Part> {
    if options.embed.is_empty() {
        return Vec::new();
    }
    let file = |index: usize| format!("fonts/font{}.odttf", index + 1);
    let relations: Vec<Relation> =
        (0..options.embed.len()).map(|i| Relation::new(i + 1, "font", file(i))).collect();
    let mut parts =
        vec![Part::new("word/_rels/fontTable.xml.rels", package::relations(&relations))];
    for (index, font) in options.embed.iter().enumerate() {
        parts.push(Part::new(format!("word/{}", file(index)), embed::obfuscate(font)));
    }
    parts
}
