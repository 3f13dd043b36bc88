//! The DOCX of an issue, with its fonts inside if they are wanted there.

use std::collections::BTreeSet;

use crate::compose::Document;
use crate::diagnostic::{Code, Diagnostic};
use crate::docx::{self, EmbeddedFont, FontProfile, NamedFont};
use crate::font;
use crate::layout::{Layout, Role, Typeface};

/// The fonts of a DOCX.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordFonts {
    /// Which fonts it names.
    pub profile: FontProfile,
    /// What of them is put into it; `None` for nothing.
    pub embed: Option<Embedding>,
}

/// What of a font is put into a DOCX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedding {
    /// The characters that the document has, and the letters, digits and marks of the keyboard.
    Used,
    /// The whole font.
    Whole,
}

impl Embedding {
    /// Both, the smaller first.
    pub const ALL: [Embedding; 2] = [Embedding::Used, Embedding::Whole];

    /// The name on the command line and in `hongtou.yaml`.
    pub fn key(self) -> &'static str {
        match self {
            Embedding::Used => "used",
            Embedding::Whole => "whole",
        }
    }

    /// The one with this name.
    pub fn from_key(key: &str) -> Option<Embedding> {
        Embedding::ALL.into_iter().find(|embedding| embedding.key() == key)
    }
}

/// Marks that an editor may type where none stood before.
const MARKS: &str = "　、。·—…‘’“”〈〉《》【】（）〔〕，．：；？！％℃×○〇";

/// Writes the DOCX.
pub(super) fn write(
    document: &Document,
    layout: &Layout,
    fonts: WordFonts,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let embed = match fonts.embed {
        Some(embedding) => embedded(document, layout, fonts.profile, embedding)?,
        None => Vec::new(),
    };
    let options = docx::Options { fonts: fonts.profile, embed };
    docx::write(document, layout, &options)
        .map_err(|error| vec![Diagnostic::general(Code::DocxUnwritten, error.to_string())])
}

/// What the layout wants and Word has no way to say. A section that begins on an even page would
/// part the colophon from its text on every issue, also where both fit on one; what is to stand at
/// the foot of an even page only if the text ends there cannot be said.
pub(super) fn shortcomings(document: &Document, layout: &Layout) -> Vec<Diagnostic> {
    if !layout.colophon.even_page || document.colophon.is_empty() {
        return Vec::new();
    }
    let message = "版式要求版记在偶数页，这只在PDF里做得到：DOCX的版记在文字结束的那一页";
    let help = "以PDF为准；用DOCX付印而末页是奇数页时，在正文最后插入一个分页符";
    vec![Diagnostic::general(Code::DocxUnlikeLayout, message).with_help(help).as_warning()]
}

/// The fonts that the document is set in. The open ones only: the others forbid it.
fn embedded(
    document: &Document,
    layout: &Layout,
    profile: FontProfile,
    embedding: Embedding,
) -> Result<Vec<EmbeddedFont>, Vec<Diagnostic>> {
    let fonts = profile.open_fonts();
    if fonts.is_empty() {
        let message = format!("“{}”是厂商的字体，许可不准嵌入DOCX", profile.key());
        return Err(vec![Diagnostic::general(Code::DocxEmbedding, message).with_help(
            "嵌入字体要用开源字体：“--docx-fonts open --docx-embed”；不嵌入则去掉“--docx-embed”",
        )]);
    }
    let characters = characters(document);
    let wanted = typefaces(document, layout);
    let fonts = fonts.into_iter().filter(|font| font.typeface.is_none_or(|t| wanted.contains(&t)));
    fonts.map(|font| one(&font, embedding, &characters)).collect::<Option<_>>().ok_or_else(|| {
        let message = "这个程序不带字体，不能把字体嵌入DOCX";
        vec![
            Diagnostic::general(Code::DocxEmbedding, message)
                .with_help("换用带字体的程序，或去掉“--docx-embed”"),
        ]
    })
}

fn one(
    font: &NamedFont,
    embedding: Embedding,
    characters: &BTreeSet<char>,
) -> Option<EmbeddedFont> {
    let file = match font.typeface {
        Some(typeface) => font::bundled_chinese(typeface)?,
        None => font::bundled_latin(font.bold)?,
    };
    let data = match embedding {
        Embedding::Used => font::subset(file, characters)?,
        Embedding::Whole => file.to_vec(),
    };
    let subset = embedding == Embedding::Used;
    Some(EmbeddedFont { name: font.name.to_owned(), bold: font.bold, data, subset })
}

/// Every character has its glyph in every font that has it: text keeps it in another style.
fn characters(document: &Document) -> BTreeSet<char> {
    let words = document.text();
    let western = (' '..='~').chain('\u{a0}'..='\u{ff}');
    words.chars().filter(|c| !c.is_control()).chain(MARKS.chars()).chain(western).collect()
}

/// The kinds of type that the document is set in.
fn typefaces(document: &Document, layout: &Layout) -> BTreeSet<Typeface> {
    let number = layout.page_number.shown.then_some(Role::PageNumber);
    let emphasis = document.runs().any(|run| run.emphasis).then_some(Role::Emphasis);
    let roles = document.runs().map(|run| run.role).chain(number).chain(emphasis);
    let styles = roles.chain([Role::Body]).filter_map(|role| layout.styles.get(&role));
    styles.map(|style| style.typeface).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_read_again() {
        for embedding in Embedding::ALL {
            assert_eq!(Embedding::from_key(embedding.key()), Some(embedding));
        }
        assert_eq!(Embedding::from_key(""), None);
    }

    /// Word finds an embedded font by the names in its file, and uses it for typing only if the file
    /// allows that.
    #[test]
    fn open_fonts_are_there_under_the_names_that_documents_give_them() {
        use skrifa::raw::TableProvider;
        use skrifa::string::StringId;
        use skrifa::{FontRef, MetadataProvider};

        let fonts = FontProfile::Open.open_fonts();
        assert_eq!(fonts.len(), 7);
        for font in fonts {
            let embedded = one(&font, Embedding::Used, &['城'].into()).expect(font.name);
            let file = FontRef::new(&embedded.data).expect(font.name);
            let mut families = file.localized_strings(StringId::FAMILY_NAME);
            assert!(families.any(|name| name.to_string() == font.name), "{}", font.name);
            // 0 allows everything, 8 what is to be edited.
            let allowed = file.os2().expect(font.name).fs_type();
            assert!([0, 8].contains(&allowed), "{}: {allowed}", font.name);
        }
    }
}
