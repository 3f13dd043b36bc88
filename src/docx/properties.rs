//! `docProps`: what programs and file managers show of a document.

use super::xml::Element;
use crate::compose::Metadata;

/// `docProps/core.xml`. Created and changed on the date of the issue: the same issue gives the
/// same file on any day.
pub(super) fn core(metadata: &Metadata) -> Vec<u8> {
    let text = |name, text: &str| Element::new(name).text(text);
    let author = metadata.authors.join("、");
    let date = metadata.date.format("%Y-%m-%dT00:00:00Z").to_string();
    let moment = |name| text(name, &date).attr("xsi:type", "dcterms:W3CDTF");
    Element::new("cp:coreProperties")
        .attr("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attr("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .child(text("dc:title", &metadata.title))
        .child(text("dc:subject", &metadata.subject))
        .child(text("dc:creator", &author))
        .child(text("cp:keywords", &metadata.keywords.join("；")))
        .child(text("cp:lastModifiedBy", &author))
        .child(moment("dcterms:created"))
        .child(moment("dcterms:modified"))
        .child(text("dc:language", "zh-CN"))
        .into_part()
}

/// `docProps/app.xml`.
pub(super) fn app() -> Vec<u8> {
    Element::new("Properties")
        .attr("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
        .child(Element::new("Application").text("hongtou"))
        .into_part()
}
