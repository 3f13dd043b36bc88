//! What the Open XML SDK's validator misses, and what Word is known to refuse.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document as Xml, Node};

use super::{issues, written};
use crate::support::docx::{part, parts};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Everything that is wrong with a DOCX file.
pub fn faults(docx: &[u8]) -> Vec<String> {
    let names = parts(docx);
    let mut faults = Vec::new();
    let unique: BTreeSet<&String> = names.iter().collect();
    if unique.len() != names.len() {
        faults.push("two parts of one name".into());
    }
    if names.first().map(String::as_str) != Some("[Content_Types].xml") {
        faults.push("content types are not first".into());
    }
    let texts: BTreeMap<&str, String> = names
        .iter()
        .filter(|name| !name.ends_with(".odttf"))
        .map(|name| (name.as_str(), part(docx, name)))
        .collect();
    let mut xml: BTreeMap<&str, Xml> = BTreeMap::new();
    for (name, text) in &texts {
        match Xml::parse(text) {
            Ok(tree) => drop(xml.insert(name, tree)),
            Err(error) => faults.push(format!("{name}: {error}")),
        }
    }
    if !faults.is_empty() {
        return faults;
    }
    content_types(&xml, &names, &mut faults);
    relations(&xml, &names, &mut faults);
    styles(&xml, &mut faults);
    for (name, tree) in &xml {
        if name.starts_with("word/") && !name.ends_with(".rels") {
            order(name, tree, &mut faults);
            blocks(name, tree, &mut faults);
            fields(name, tree, &mut faults);
        }
    }
    bookmarks(&xml["word/document.xml"], &mut faults);
    tables(&xml["word/document.xml"], &mut faults);
    footers(&xml, &mut faults);
    faults
}

fn val<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute((WORD, "val"))
}

fn all<'a, 'i>(tree: &'a Xml<'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    tree.descendants().filter(move |node| node.tag_name().name() == name)
}

fn content_types(xml: &BTreeMap<&str, Xml>, names: &[String], faults: &mut Vec<String>) {
    let types = &xml["[Content_Types].xml"];
    let listed: BTreeSet<&str> = all(types, "Override")
        .filter_map(|node| node.attribute("PartName")?.strip_prefix('/'))
        .collect();
    for name in names {
        let covered = listed.contains(name.as_str())
            || name.ends_with(".rels")
            || name.ends_with(".odttf")
            || name == "[Content_Types].xml";
        if !covered {
            faults.push(format!("{name} has no content type"));
        }
    }
    for name in listed {
        if !names.iter().any(|part| part == name) {
            faults.push(format!("content type of {name}, which is not there"));
        }
    }
}

/// Every relation leads to a part or out; every `r:id` has a relation.
fn relations(xml: &BTreeMap<&str, Xml>, names: &[String], faults: &mut Vec<String>) {
    for (name, tree) in xml.iter().filter(|(name, _)| name.ends_with(".rels")) {
        let folder = name.split("_rels/").next().unwrap_or_default();
        let source = format!("{folder}{}", name.rsplit('/').next().unwrap_or_default());
        let source = source.trim_end_matches(".rels");
        let mut ids = BTreeSet::new();
        for relation in all(tree, "Relationship") {
            let target = relation.attribute("Target").unwrap_or_default();
            let outside = relation.attribute("TargetMode") == Some("External");
            let path = format!("{folder}{target}");
            if !outside && !names.contains(&path) {
                faults.push(format!("{name}: no part {target}"));
            }
            if !ids.insert(relation.attribute("Id").unwrap_or_default()) {
                faults.push(format!("{name}: an id twice"));
            }
        }
        let Some(source) = xml.get(source) else { continue };
        for node in source.descendants() {
            for id in ["id", "embed"].iter().filter_map(|id| node.attribute((RELATIONS, *id))) {
                if !ids.contains(id) {
                    faults.push(format!("{name}: no relation {id}"));
                }
            }
        }
    }
}

/// Styles that are named are there, are of the right kind, and lead to no circle.
fn styles(xml: &BTreeMap<&str, Xml>, faults: &mut Vec<String>) {
    let styles = &xml["word/styles.xml"];
    let mut kinds = BTreeMap::new();
    let mut base = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut defaults = BTreeMap::new();
    for style in all(styles, "style") {
        let id = style.attribute((WORD, "styleId")).unwrap_or_default();
        let kind = style.attribute((WORD, "type")).unwrap_or_default();
        if kinds.insert(id, kind).is_some() {
            faults.push(format!("two styles {id}"));
        }
        if style.attribute((WORD, "default")).is_some() {
            *defaults.entry(kind).or_insert(0) += 1;
        }
        for child in style.children() {
            match child.tag_name().name() {
                "basedOn" => drop(base.insert(id, val(child).unwrap_or_default())),
                "name" | "aliases" if !names.insert(val(child)) => {
                    faults.push(format!("two styles named {:?}", val(child)));
                }
                _ => {}
            }
        }
    }
    for kind in ["paragraph", "character", "table", "numbering"] {
        if defaults.get(kind) != Some(&1) {
            faults.push(format!("not one default style of kind {kind}"));
        }
    }
    for style in all(styles, "style") {
        let kind = style.attribute((WORD, "type"));
        for child in style.children() {
            let target = val(child).and_then(|id| kinds.get(id).copied());
            let right = match child.tag_name().name() {
                "basedOn" | "next" => target == kind,
                "link" => target.is_some() && target != kind,
                _ => true,
            };
            if !right {
                faults.push(format!("style {:?}: {child:?}", style.attribute((WORD, "styleId"))));
            }
        }
    }
    for start in base.keys() {
        let mut seen = BTreeSet::new();
        let mut at = *start;
        while let Some(next) = base.get(at) {
            if !seen.insert(at) {
                faults.push(format!("style {start} is based on itself"));
                break;
            }
            at = next;
        }
    }
    for (name, tree) in xml.iter().filter(|(name, _)| name.starts_with("word/")) {
        for (element, kind) in [("pStyle", "paragraph"), ("rStyle", "character")] {
            for node in all(tree, element) {
                if val(node).and_then(|id| kinds.get(id)) != Some(&kind) {
                    faults.push(format!("{name}: no {kind} style {:?}", val(node)));
                }
            }
        }
    }
}

/// Children in the schema's order (ISO/IEC 29500-1, annex A), each once.
fn order(name: &str, tree: &Xml, faults: &mut Vec<String>) {
    for node in tree.descendants().filter(|node| node.tag_name().namespace() == Some(WORD)) {
        let Some((_, wanted)) = ORDER.iter().find(|(parent, _)| *parent == node.tag_name().name())
        else {
            continue;
        };
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        let mut last = None;
        for child in node.children().filter(Node::is_element) {
            let child = child.tag_name().name();
            let Some(place) = wanted.iter().position(|name| *name == child) else {
                faults.push(format!("{name}: {child} in {}", node.tag_name().name()));
                continue;
            };
            let repeated = matches!(child, "footerReference" | "tab" | "gridCol" | "compatSetting");
            if last.is_some_and(|last| place < last || (place == last && !repeated)) {
                faults.push(format!("{name}: {child} out of order"));
            }
            last = Some(place);
        }
    }
}

const ORDER: &[(&str, &str)] = &[
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs kinsoku wordWrap \
         overflowPunct topLinePunct autoSpaceDE autoSpaceDN snapToGrid spacing ind jc \
         textAlignment outlineLvl rPr sectPr",
    ),
    ("rPr", "rStyle rFonts b bCs color spacing sz szCs lang"),
    ("pBdr", "top left bottom right"),
    ("tabs", "tab"),
    ("tblPr", "tblStyle tblpPr tblOverlap tblW jc tblInd tblBorders tblLayout tblCellMar"),
    ("tblCellMar", "top left bottom right"),
    ("tblGrid", "gridCol"),
    ("tcPr", "tcW tcBorders tcMar vAlign"),
    ("tcBorders", "top left bottom right"),
    ("tcMar", "top left bottom right"),
    ("sectPr", "footerReference pgSz pgMar pgNumType cols titlePg docGrid"),
    (
        "style",
        "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr \
         tblPr",
    ),
    (
        "settings",
        "zoom embedTrueTypeFonts saveSubsetFonts mirrorMargins defaultTabStop evenAndOddHeaders \
         characterSpacingControl noLineBreaksBefore compat themeFontLang decimalSymbol \
         listSeparator",
    ),
    (
        "compat",
        "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace \
         doNotExpandShiftReturn useFELayout compatSetting",
    ),
    ("font", "altName charset family pitch embedRegular embedBold"),
];

/// A cell ends with a paragraph, a table is not the last block, runs say something.
fn blocks(name: &str, tree: &Xml, faults: &mut Vec<String>) {
    for cell in all(tree, "tc") {
        if cell.last_element_child().is_none_or(|last| last.tag_name().name() != "p") {
            faults.push(format!("{name}: a cell without a paragraph at its end"));
        }
    }
    for body in all(tree, "body") {
        let blocks: Vec<&str> =
            body.children().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
        match blocks.as_slice() {
            [.., "p", "sectPr"] => {}
            other => faults.push(format!("{name} ends with {:?}", other.last())),
        }
    }
    for run in all(tree, "r") {
        if run.children().filter(Node::is_element).count() < 2 {
            faults.push(format!("{name}: an empty run"));
        }
        if all(tree, "rFonts").next().is_none() {
            faults.push(format!("{name}: a run without a hint"));
        }
    }
    for text in all(tree, "t") {
        let space = ("http://www.w3.org/XML/1998/namespace", "space");
        if text.attribute(space) != Some("preserve") {
            faults.push(format!("{name}: white space may be lost"));
        }
    }
}

/// Fields are begun, separated and ended in turn, within a paragraph.
fn fields(name: &str, tree: &Xml, faults: &mut Vec<String>) {
    for paragraph in all(tree, "p") {
        let marks: Vec<&str> = paragraph
            .descendants()
            .filter(|node| node.tag_name().name() == "fldChar")
            .filter_map(|node| node.attribute((WORD, "fldCharType")))
            .collect();
        if marks.chunks(3).any(|field| field != ["begin", "separate", "end"]) {
            faults.push(format!("{name}: a field is {marks:?}"));
        }
    }
}

fn bookmarks(tree: &Xml, faults: &mut Vec<String>) {
    let mut names = BTreeSet::new();
    let mut open = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for node in tree.descendants() {
        let id = node.attribute((WORD, "id")).unwrap_or_default();
        match node.tag_name().name() {
            "bookmarkStart" => {
                let name = node.attribute((WORD, "name")).unwrap_or_default();
                let right = name.encode_utf16().count() <= 40
                    && name.starts_with(char::is_alphabetic)
                    && name.chars().all(|c| c.is_alphanumeric() || c == '_');
                if !right || !names.insert(name) || !ids.insert(id) || !open.insert(id) {
                    faults.push(format!("bookmark {name}"));
                }
            }
            "bookmarkEnd" if !open.remove(id) => {
                faults.push(format!("bookmark {id} ends twice or before it begins"));
            }
            _ => {}
        }
    }
    if !open.is_empty() {
        faults.push(format!("bookmarks without end: {open:?}"));
    }
}

/// Word trusts tblW, WPS gridCol: they agree.
fn tables(tree: &Xml, faults: &mut Vec<String>) {
    let width = |node: Node| node.attribute((WORD, "w")).and_then(|w| w.parse::<i64>().ok());
    for table in all(tree, "tbl") {
        let sum = |name: &str| -> i64 {
            table
                .descendants()
                .filter(|node| node.tag_name().name() == name)
                .filter_map(width)
                .sum()
        };
        let rows = table.children().filter(|node| node.tag_name().name() == "tr").count() as i64;
        if sum("tblW") != sum("gridCol") || sum("tcW") != rows * sum("gridCol") {
            faults.push("widths of table, columns and cells differ".into());
        }
    }
}

fn footers(xml: &BTreeMap<&str, Xml>, faults: &mut Vec<String>) {
    let even = all(&xml["word/document.xml"], "footerReference")
        .any(|node| node.attribute((WORD, "type")) == Some("even"));
    let wanted = all(&xml["word/settings.xml"], "evenAndOddHeaders").next().is_some();
    if even != wanted {
        faults.push("evenAndOddHeaders does not go with the footers".into());
    }
}

#[test]
fn samples_and_generated_issues_have_no_fault() {
    for (name, document, layout) in issues() {
        let docx = written(&document, &layout);
        assert_eq!(faults(&docx), Vec::<String>::new(), "{name}");
    }
}

/// The test itself must be able to fail.
#[test]
fn faults_are_found() {
    let issue = issues().into_iter().find(|(name, ..)| name == "mentougou-155");
    let (_, document, layout) = issue.expect("a sample with headlines in its text");
    let docx = written(&document, &layout);
    let broken = |name: &str, from: &str, to: &str| {
        let text = part(&docx, name);
        assert!(text.contains(from), "{from}");
        faults(&crate::support::docx::replaced(&docx, name, &text.replacen(from, to, 1)))
    };
    for (name, from, to) in [
        ("word/document.xml", "w:pStyle w:val=\"Body\"", "w:pStyle w:val=\"Nobody\""),
        (
            "word/document.xml",
            "<w:rPr><w:rStyle w:val=\"HeadlineChar\"/>",
            "<w:rPr><w:rStyle w:val=\"No\"/>",
        ),
        ("word/document.xml", "<w:bookmarkEnd w:id=\"0\"/>", ""),
        ("word/document.xml", "<w:gridCol w:w=\"", "<w:gridCol w:w=\"1"),
        ("word/document.xml", "<w:p><w:pPr><w:pStyle w:val=\"ColophonEnd\"/></w:pPr></w:p>", ""),
        ("word/document.xml", "<w:p><w:pPr><w:pStyle w:val=\"ColophonAnchor\"/></w:pPr></w:p>", ""),
        ("word/document.xml", " r:id=\"rId4\"", " r:id=\"rId99\""),
        ("word/settings.xml", "<w:evenAndOddHeaders/>", ""),
        ("word/styles.xml", "w:basedOn w:val=\"Normal\"", "w:basedOn w:val=\"No\""),
        ("word/styles.xml", "<w:b w:val=\"0\"/><w:bCs w:val=\"0\"/>", "<w:bCs/><w:b/>"),
        ("word/footer1.xml", "<w:fldChar w:fldCharType=\"end\"/>", "<w:tab/>"),
        ("word/document.xml", "<w:body>", "<w:body>&"),
    ] {
        assert_ne!(broken(name, from, to), Vec::<String>::new(), "{from} → {to}");
    }
}
