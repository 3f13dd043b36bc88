//! Reads our own PDF files back: text with positions, colours and tags, boxes, fonts, metadata,
//! bookmarks, attachments.
//!
//! Independent of the crate that writes them. It reads what such a file may hold and panics, saying
//! what it met, on anything else: a test should fail there. Lengths are points from the top left
//! corner of the trimmed page, y downwards.

mod content;
mod fonts;
mod tags;

use std::collections::BTreeMap;

use hayro_syntax::object::{Array, DateTime, Dict, Name, Object, Rect, Stream};

pub use tags::{Child, Tag};

/// A file.
pub struct Pdf {
    pub pages: Vec<PdfPage>,
    /// The information dictionary: Title, Subject, Author, Keywords, Creator, Producer,
    /// CreationDate, ModDate.
    pub info: BTreeMap<&'static str, String>,
    /// XMP by name with the prefix the file uses (`dc:title`, `pdfaid:part`); lists by item.
    pub xmp: BTreeMap<String, Vec<String>>,
    /// Bookmarks in order.
    pub outline: Vec<Bookmark>,
    /// The tag tree, from its root, Document.
    pub tags: Option<Tag>,
    /// Fonts by their name with the tag of the subset.
    pub fonts: BTreeMap<String, PdfFont>,
    pub attachments: Vec<PdfAttachment>,
    /// Language of the whole file.
    pub language: Option<String>,
    /// Whether viewers show the title in place of the file name.
    pub display_title: bool,
    /// Names of the separations used.
    pub separations: Vec<String>,
}

/// A side.
#[derive(Default)]
pub struct PdfPage {
    /// Of the trimmed page.
    pub width: f64,
    pub height: f64,
    /// Boxes as left, top, right, bottom from the trimmed page's corner.
    pub media: [f64; 4],
    pub bleed: Option<[f64; 4]>,
    pub trim: Option<[f64; 4]>,
    /// In the order of drawing.
    pub glyphs: Vec<PdfGlyph>,
    /// Glyphs put together by baseline, in the order of drawing.
    pub lines: Vec<PdfLine>,
    /// Filled rectangles in the order of drawing.
    pub rules: Vec<PdfRule>,
    /// Other filled shapes (watermark), counted.
    pub shapes: usize,
    pub links: Vec<PdfLink>,
}

/// A glyph.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfGlyph {
    /// What copies out: of ActualText where there is one (all of it on its first glyph), else of
    /// the font.
    pub text: String,
    /// What the font's own map says.
    pub mapped: String,
    /// Origin.
    pub x: f64,
    /// Baseline.
    pub y: f64,
    pub size: f64,
    /// Advance of the font.
    pub advance: f64,
    /// Name without the tag of the subset.
    pub font: String,
    /// `gray 0`, `rgb 1 0 0`, `cmyk 0 0.8 0.8 0`, `Black 1`.
    pub color: String,
    /// Colour and width of the stroke, if there is one.
    pub stroke: Option<(String, f64)>,
    /// What it is marked as.
    pub mark: Mark,
}

/// What content is marked as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing: a fault in a tagged file.
    #[default]
    None,
    /// Content of the tag tree.
    Content(i32),
    /// An artifact and its type (`Pagination`, `Layout`, `Page`).
    Artifact(String),
}

/// Glyphs on one baseline, drawn one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfLine {
    pub text: String,
    /// Origin of the first glyph.
    pub x: f64,
    pub y: f64,
    /// End of the last glyph's advance.
    pub right: f64,
    /// Of the first glyph.
    pub size: f64,
    pub font: String,
    pub color: String,
    /// Whether all of it is an artifact.
    pub artifact: bool,
}

/// A filled rectangle.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfRule {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub color: String,
    pub mark: Mark,
    /// How many glyphs were drawn before it.
    pub after: usize,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfLink {
    /// Left, top, right, bottom.
    pub rect: [f64; 4],
    pub target: String,
    pub description: String,
    /// Corners of the areas, four points each.
    pub quads: usize,
}

/// A bookmark.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// 1 for the outermost.
    pub level: usize,
    pub text: String,
    /// Index of the page.
    pub page: usize,
    pub y: f64,
}

/// A font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfFont {
    pub embedded: bool,
    pub subset: bool,
    pub unicode: bool,
    /// Bytes of the font file in the PDF, unpacked.
    pub bytes: usize,
}

/// A file in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfAttachment {
    pub name: String,
    pub description: String,
    pub mime: String,
    pub relationship: String,
    pub bytes: Vec<u8>,
    /// Whether the document lists it as associated (ISO 19005-3 §6.8).
    pub associated: bool,
}

impl Pdf {
    /// Every colour on the pages.
    pub fn colors(&self) -> Vec<String> {
        let glyphs =
            self.pages.iter().flat_map(|page| page.glyphs.iter().map(|glyph| &glyph.color));
        let rules = self.pages.iter().flat_map(|page| page.rules.iter().map(|rule| &rule.color));
        let mut colors: Vec<String> = glyphs.chain(rules).cloned().collect();
        colors.sort();
        colors.dedup();
        colors
    }

    /// Text of a page line by line, artifacts and lone spaces left out. A file without tags knows no
    /// artifacts: the page number is among its lines.
    pub fn text(&self, page: usize) -> Vec<&str> {
        let lines = self.pages[page].lines.iter().filter(|line| !line.artifact);
        lines.map(|line| line.text.as_str()).filter(|text| !text.trim().is_empty()).collect()
    }

    /// The tag tree as an indented outline with its text.
    pub fn tag_outline(&self) -> String {
        self.tags.as_ref().map_or(String::new(), Tag::outline)
    }
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Pdf {
    let file = hayro_syntax::Pdf::new(bytes.to_vec()).expect("no PDF");
    let root: Dict<'_> = file.xref().get(file.xref().root_id()).expect("no catalog");
    let mut fonts = fonts::Fonts::default();
    let mut pages = Vec::new();
    let mut separations = Vec::new();
    let mut ids = Vec::new();
    for page in file.pages().iter() {
        ids.push(page.raw().obj_id().expect("page is no object"));
        pages.push(content::page(page, &mut fonts, &mut separations));
    }
    separations.sort();
    separations.dedup();
    let tags = tags::tree(&root, &ids, &pages);
    Pdf {
        info: info(&file),
        xmp: xmp(&root),
        outline: outline(&root, &ids, &pages),
        tags,
        fonts: fonts.found,
        attachments: attachments(&root),
        language: string(&root, "Lang"),
        display_title: root
            .get::<Dict<'_>>("ViewerPreferences")
            .and_then(|dict| dict.get::<bool>("DisplayDocTitle"))
            .unwrap_or(false),
        separations,
        pages,
    }
}

/// A text string: UTF-16 with its mark, else Latin.
fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.expect("broken UTF-16")).collect()
        }
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

fn string(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<hayro_syntax::object::String<'_>>(key).map(|string| text(string.as_bytes()))
}

fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned())
}

fn rect(dict: &Dict<'_>, key: &str) -> Option<Rect> {
    dict.get::<Rect>(key)
}

/// The box that all lengths are counted from, and the one of the sheet.
fn boxes(page: &Dict<'_>) -> (Rect, Rect) {
    let media = rect(page, "MediaBox").expect("no media box");
    (rect(page, "TrimBox").unwrap_or(media), media)
}

fn relative(rect: Rect, trim: Rect) -> [f64; 4] {
    [rect.x0 - trim.x0, trim.y1 - rect.y1, rect.x1 - trim.x0, trim.y1 - rect.y0]
}

fn info(file: &hayro_syntax::Pdf) -> BTreeMap<&'static str, String> {
    let metadata = file.metadata();
    let strings = [
        ("Title", &metadata.title),
        ("Subject", &metadata.subject),
        ("Author", &metadata.author),
        ("Keywords", &metadata.keywords),
        ("Creator", &metadata.creator),
        ("Producer", &metadata.producer),
    ];
    let dates = [("CreationDate", metadata.creation_date), ("ModDate", metadata.modification_date)];
    let strings = strings.into_iter().filter_map(|(key, value)| Some((key, text(value.as_ref()?))));
    let dates = dates.into_iter().filter_map(|(key, value)| Some((key, date(value?))));
    strings.chain(dates).collect()
}

/// In the form of XMP.
fn date(date: DateTime) -> String {
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{:+03}:{:02}",
        date.year,
        date.month,
        date.day,
        date.hour,
        date.minute,
        date.second,
        date.utc_offset_hour,
        date.utc_offset_minute
    )
}

fn xmp(root: &Dict<'_>) -> BTreeMap<String, Vec<String>> {
    let Some(stream) = root.get::<Stream<'_>>("Metadata") else { return BTreeMap::new() };
    let bytes = stream.decoded().expect("broken XMP").into_owned();
    let packet = String::from_utf8(bytes).expect("XMP is no UTF-8");
    let xml = roxmltree::Document::parse(packet.trim_matches('\0')).expect("XMP is no XML");
    let mut found = BTreeMap::new();
    let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    let descriptions = xml.descendants().filter(|node| {
        node.has_tag_name((rdf, "Description"))
            && node.parent().is_some_and(|parent| parent.has_tag_name((rdf, "RDF")))
    });
    for property in descriptions.flat_map(|node| node.children()).filter(|node| node.is_element()) {
        let tag = property.tag_name();
        let prefix = tag.namespace().and_then(|uri| property.lookup_prefix(uri)).unwrap_or("");
        let items: Vec<String> = property
            .descendants()
            .filter(|node| node.has_tag_name((rdf, "li")))
            .map(|node| node.text().unwrap_or("").to_owned())
            .collect();
        let single = || vec![property.text().unwrap_or("").to_owned()];
        let value = if items.is_empty() { single() } else { items };
        found.insert(format!("{prefix}:{}", tag.name()), value);
    }
    found
}

fn outline(
    root: &Dict<'_>,
    ids: &[hayro_syntax::object::ObjectIdentifier],
    pages: &[PdfPage],
) -> Vec<Bookmark> {
    fn walk(
        first: Option<Dict<'_>>,
        level: usize,
        found: &mut Vec<Bookmark>,
        locate: &dyn Fn(&Dict<'_>) -> (usize, f64),
    ) {
        let mut next = first;
        while let Some(item) = next {
            let (page, y) = locate(&item);
            let text = string(&item, "Title").expect("bookmark without title");
            found.push(Bookmark { level, text, page, y });
            walk(item.get("First"), level + 1, found, locate);
            next = item.get("Next");
        }
    }
    let locate = |item: &Dict<'_>| {
        let destination: Array<'_> = item.get("Dest").expect("bookmark leads nowhere");
        let page = destination.raw_iter().next().and_then(|page| page.as_obj_ref());
        let page = page.expect("bookmark leads to no page").into();
        let page = ids.iter().position(|&id| id == page).expect("bookmark leads to no page");
        let top = destination.iter::<Object<'_>>().nth(3).and_then(Object::into_number);
        let bottom_up = top.expect("bookmark without place").as_f64();
        // Counted from the sheet's corner, as the file does.
        let sheet = pages[page].media[3] - pages[page].media[1];
        (page, sheet - bottom_up + pages[page].media[1])
    };
    let mut found = Vec::new();
    let first = root.get::<Dict<'_>>("Outlines").and_then(|outlines| outlines.get("First"));
    walk(first, 1, &mut found, &locate);
    found
}

fn attachments(root: &Dict<'_>) -> Vec<PdfAttachment> {
    let names = root
        .get::<Dict<'_>>("Names")
        .and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles"))
        .and_then(|files| files.get::<Array<'_>>("Names"));
    let Some(names) = names else { return Vec::new() };
    let associated = root.get::<Array<'_>>("AF").map_or(0, |list| list.iter::<Dict<'_>>().count());
    let specs = names.iter::<Object<'_>>().skip(1).step_by(2).filter_map(Object::into_dict);
    specs
        .enumerate()
        .map(|(index, spec)| {
            let files: Dict<'_> = spec.get("EF").expect("attachment without file");
            let stream: Stream<'_> = files.get("F").expect("attachment without bytes");
            PdfAttachment {
                name: string(&spec, "UF").expect("attachment without name"),
                description: string(&spec, "Desc").unwrap_or_default(),
                mime: name(stream.dict(), "Subtype").unwrap_or_default(),
                relationship: name(&spec, "AFRelationship").unwrap_or_default(),
                bytes: stream.decoded().expect("broken attachment").into_owned(),
                associated: index < associated,
            }
        })
        .collect()
}
