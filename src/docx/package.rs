//! What is in the package and how its parts are related.

use super::pack::Part;
use super::xml::Element;

/// WordprocessingML.
pub(super) const NS_WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// `r:id`.
pub(super) const NS_RELATIONSHIPS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const NS_PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A relation from one part to another, or out of the package.
pub(super) struct Relation {
    /// Its id: `rId1`.
    pub id: String,
    /// Last part of the type's name: `styles`.
    pub kind: &'static str,
    /// Where it leads.
    pub target: String,
}

impl Relation {
    /// The relation with this number.
    pub fn new(number: usize, kind: &'static str, target: impl Into<String>) -> Relation {
        Relation { id: format!("rId{number}"), kind, target: target.into() }
    }
}

/// A `.rels` part.
pub(super) fn relations(list: &[Relation]) -> Vec<u8> {
    let relation = |relation: &Relation| {
        let kind = match relation.kind {
            "core-properties" => {
                format!("{NS_PACKAGE}/relationships/metadata/core-properties")
            }
            kind => format!("{NS_RELATIONSHIPS}/{kind}"),
        };
        let outside = (relation.kind == "hyperlink").then_some("External");
        Element::new("Relationship")
            .attr("Id", &relation.id)
            .attr("Type", kind)
            .attr("Target", &relation.target)
            .attr_if("TargetMode", outside)
    };
    Element::new("Relationships")
        .attr("xmlns", format!("{NS_PACKAGE}/relationships"))
        .children(list.iter().map(relation))
        .into_part()
}

/// `[Content_Types].xml` for these parts.
pub(super) fn content_types(parts: &[Part]) -> Vec<u8> {
    let default = |extension: &str, kind: &str| {
        Element::new("Default").attr("Extension", extension).attr("ContentType", kind)
    };
    let overrides = parts.iter().filter_map(|part| {
        Some(
            Element::new("Override")
                .attr("PartName", format!("/{}", part.name))
                .attr("ContentType", content_type(&part.name)?),
        )
    });
    let fonts = parts
        .iter()
        .any(|part| part.name.ends_with(".odttf"))
        .then(|| default("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"));
    Element::new("Types")
        .attr("xmlns", format!("{NS_PACKAGE}/content-types"))
        .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .child(default("xml", "application/xml"))
        .children(fonts)
        .children(overrides)
        .into_part()
}

fn content_type(part: &str) -> Option<String> {
    let word = |kind: &str| Some(format!("{WORD_TYPE}.{kind}+xml"));
    match part {
        "docProps/core.xml" => {
            Some("application/vnd.openxmlformats-package.core-properties+xml".into())
        }
        "docProps/app.xml" => {
            Some("application/vnd.openxmlformats-officedocument.extended-properties+xml".into())
        }
        "word/document.xml" => word("document.main"),
        "word/styles.xml" => word("styles"),
        "word/settings.xml" => word("settings"),
        "word/fontTable.xml" => word("fontTable"),
        part if part.starts_with("word/footer") => word("footer"),
        _ => None,
    }
}
