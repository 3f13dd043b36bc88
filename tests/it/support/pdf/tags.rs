//! The tag tree.

use std::collections::BTreeMap;

use hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier};

use super::{Mark, PdfPage, name, string};

/// An element of the tag tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// `P`, `H1`, `Link`.
    pub kind: String,
    /// Title of a heading.
    pub title: Option<String>,
    /// `Inline` for a heading that runs in.
    pub placement: Option<String>,
    pub language: Option<String>,
    pub children: Vec<Child>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Child {
    Tag(Tag),
    /// Marked content: its page (from 0) and what it says.
    Text(usize, String),
    /// An annotation.
    Annotation,
}

impl Tag {
    /// All its text.
    pub fn text(&self) -> String {
        let text = self.children.iter().map(|child| match child {
            Child::Tag(tag) => tag.text(),
            Child::Text(_, text) => text.clone(),
            Child::Annotation => String::new(),
        });
        text.collect()
    }

    /// All elements of this kind in it, in order.
    pub fn all<'a>(&'a self, kind: &str) -> Vec<&'a Tag> {
        let mut found = Vec::new();
        for child in &self.children {
            if let Child::Tag(tag) = child {
                found.extend((tag.kind == kind).then_some(tag));
                found.extend(tag.all(kind));
            }
        }
        found
    }

    /// The element, an indented line for each: its text where it holds nothing else.
    pub fn outline(&self) -> String {
        let mut lines = String::new();
        self.write(0, &mut lines);
        lines
    }

    fn write(&self, depth: usize, lines: &mut String) {
        let indent = "  ".repeat(depth);
        let placement = self.placement.as_ref().map_or(String::new(), |word| format!(" {word}"));
        let leaf = self.children.iter().all(|child| matches!(child, Child::Text(..)));
        if leaf {
            *lines += &format!("{indent}{}{placement} “{}”\n", self.kind, self.text());
            return;
        }
        *lines += &format!("{indent}{}{placement}\n", self.kind);
        let mut words = String::new();
        for child in &self.children {
            if let Child::Text(_, text) = child {
                words += text;
                continue;
            }
            flush(&mut words, depth + 1, lines);
            match child {
                Child::Tag(tag) => tag.write(depth + 1, lines),
                _ => *lines += &format!("{}(annotation)\n", "  ".repeat(depth + 1)),
            }
        }
        flush(&mut words, depth + 1, lines);
    }
}

fn flush(words: &mut String, depth: usize, lines: &mut String) {
    if !words.is_empty() {
        *lines += &format!("{}“{words}”\n", "  ".repeat(depth));
        words.clear();
    }
}

/// The root of the tree. Every piece of marked content must be in it once.
pub fn tree(root: &Dict<'_>, ids: &[ObjectIdentifier], pages: &[PdfPage]) -> Option<Tag> {
    let tree: Dict<'_> = root.get("StructTreeRoot")?;
    let mut content: BTreeMap<(usize, i32), String> = BTreeMap::new();
    for (page, glyph) in
        pages.iter().enumerate().flat_map(|(page, of)| of.glyphs.iter().map(move |g| (page, g)))
    {
        match glyph.mark {
            Mark::Content(mark) => *content.entry((page, mark)).or_default() += &glyph.text,
            Mark::Artifact(_) => {}
            Mark::None => panic!("“{}” on page {page} is not marked", glyph.text),
        }
    }
    let kids = kids(&tree);
    assert_eq!(kids.len(), 1, "the tree has one root");
    let Object::Dict(element) = &kids[0] else { panic!("root") };
    let tag = read(element, ids, &mut content);
    assert!(content.is_empty(), "content that is in no tag: {content:?}");
    Some(tag)
}

fn kids<'a>(element: &Dict<'a>) -> Vec<Object<'a>> {
    match element.get::<Object<'a>>("K") {
        Some(Object::Array(array)) => array.iter::<Object<'a>>().collect(),
        Some(single) => vec![single],
        None => Vec::new(),
    }
}

fn read(
    element: &Dict<'_>,
    ids: &[ObjectIdentifier],
    content: &mut BTreeMap<(usize, i32), String>,
) -> Tag {
    let page = |dict: &Dict<'_>| {
        let id = dict.get_ref("Pg")?.into();
        ids.iter().position(|&page| page == id)
    };
    let own = page(element);
    let mut children = Vec::new();
    for kid in kids(element) {
        children.push(match kid {
            Object::Number(mark) => take(content, own, mark.as_i64() as i32),
            Object::Dict(kid) => match name(&kid, "Type").as_deref() {
                Some("MCR") => {
                    let mark = kid.get("MCID").expect("reference to no mark");
                    take(content, page(&kid).or(own), mark)
                }
                Some("OBJR") => Child::Annotation,
                _ => Child::Tag(read(&kid, ids, content)),
            },
            other => panic!("in the tag tree: {other}"),
        });
    }
    Tag {
        kind: name(element, "S").expect("element without kind"),
        title: string(element, "T"),
        placement: placement(element),
        language: string(element, "Lang"),
        children,
    }
}

/// Marked content, which is taken once.
fn take(content: &mut BTreeMap<(usize, i32), String>, page: Option<usize>, mark: i32) -> Child {
    let page = page.expect("content on no page");
    let text = content.remove(&(page, mark));
    Child::Text(page, text.unwrap_or_else(|| panic!("mark {mark} of page {page}: nothing")))
}

fn placement(element: &Dict<'_>) -> Option<String> {
    let attributes: Array<'_> = element.get("A")?;
    attributes.iter::<Dict<'_>>().find_map(|dict| name(&dict, "Placement"))
}
