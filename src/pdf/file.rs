//! The file: the standards it conforms to, what is put in beside the pages.

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::{Document, SerializeSettings};

use super::draw::draw;
use super::faces::Faces;
use super::ink::cmyk_profile;
use super::metadata::{metadata, midnight, outline};
use super::sheet::Sheet;
use super::violation::errors;
use super::{Attachment, Error, Options, Profile, Relationship};
use crate::font::FontBook;
use crate::layout::Layout;
use crate::page::Pages;

/// Writes the whole file.
pub(super) fn document(
    pages: &Pages,
    layout: &Layout,
    fonts: &FontBook,
    options: &Options,
) -> Result<Vec<u8>, Vec<Error>> {
    let mut document = Document::new_with(settings(options).map_err(|error| vec![error])?);
    let mut faces = Faces::new(fonts);
    let sheet = Sheet::new(&options.profile);
    document.set_metadata(metadata(pages, &options.creator));
    document.set_outline(outline(pages, &sheet));
    for attachment in &options.attachments {
        embed(&mut document, attachment, pages).map_err(|error| vec![error])?;
    }
    let tree = draw(&mut document, pages, layout, fonts, options, &mut faces, sheet)
        .map_err(|error| vec![error])?;
    document.set_tag_tree(tree.finish());
    document.finish().map_err(|error| errors(error, &faces))
}

/// The standards that the file conforms to. Only the archive's file has tags: they are an eighth of
/// it, a third in a spread text, and the press and the others claim no accessibility. What copies
/// out is the same without them.
fn settings(options: &Options) -> Result<SerializeSettings, Error> {
    let archive = options.profile == Profile::Archive;
    if !archive && !options.attachments.is_empty() {
        return Err(Error::new(
            "只有存档用的 PDF 可以嵌入文件，请去掉 --embed-source 或改用 --profile archive",
        ));
    }
    let builder = ConfigurationBuilder::new();
    let builder = match (archive, options.attachments.is_empty()) {
        (true, true) => builder.with_archival_validator(Archival::A2_A),
        (true, false) => builder.with_archival_validator(Archival::A3_A),
        (false, _) => builder.with_archival_validator(Archival::A2_U),
    };
    let builder =
        if archive { builder.with_accessibility_validator(Accessibility::UA1) } else { builder };
    let configuration = builder
        .finish()
        .map_err(|error| Error::new(format!("内部错误：PDF 标准不能并用（{error:?}）")))?;
    let press = matches!(options.profile, Profile::Print(_));
    Ok(SerializeSettings {
        configuration,
        cmyk_profile: if press { cmyk_profile() } else { None },
        enable_tagging: archive,
        ..SerializeSettings::default()
    })
}

fn embed(document: &mut Document, file: &Attachment, pages: &Pages) -> Result<(), Error> {
    let name = &file.name;
    let mime = MimeType::new(&file.mime)
        .ok_or_else(|| Error::new(format!("附件“{name}”的文件类型“{}”不对", file.mime)))?;
    let embedded = EmbeddedFile {
        path: name.clone(),
        mime_type: Some(mime),
        description: Some(file.description.clone()),
        association_kind: match file.relationship {
            Relationship::Source => AssociationKind::Source,
            Relationship::Data => AssociationKind::Data,
            Relationship::Alternative => AssociationKind::Alternative,
            Relationship::Supplement => AssociationKind::Supplement,
        },
        data: file.bytes.clone().into(),
        modification_date: Some(midnight(pages.metadata.date)),
        compress: None,
        location: None,
    };
    document.embed_file(embedded).ok_or_else(|| Error::new(format!("有两个附件都叫“{name}”")))
}
