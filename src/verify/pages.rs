//! The pages of a file (ISO 32000-1 §7.7.3): what each shows, and what lies on it.

use super::content::{Text, Texts};
use super::drawing::Drawings;
use super::limits::{Error, within};
use super::pdf::{Dict, Document, Object, VALUE};

/// What stands above a node of the tree.
pub(super) struct Above<'a> {
    /// The number of the object; `None` above the root.
    pub(super) id: Option<u32>,
    /// What its pages inherit.
    pub(super) inherited: &'a Dict,
    pub(super) depth: usize,
}

/// Whether the content of a page says of its packing what ours says: deflated, and nothing else.
fn packed_as_ours(dict: &Dict) -> bool {
    let known = |key: &Vec<u8>| matches!(key.as_slice(), b"Length" | b"Filter");
    let deflated = dict.get(b"Filter".as_slice()).is_none_or(|filter| {
        let only =
            |list: &Vec<Object>| matches!(list.as_slice(), [one] if one.is_name("FlateDecode"));
        filter.is_name("FlateDecode") || matches!(filter, Object::Array(list) if only(list))
    });
    dict.keys().all(known) && deflated
}

/// What pages show.
#[derive(Default)]
pub(super) struct Pages {
    pub(super) texts: Vec<Text>,
    /// The edges of each sheet, in pt.
    pub(super) sheets: Vec<[f64; 4]>,
    /// Fingerprints of all that is drawn, fonts included.
    pub(super) drawings: Vec<[u8; 32]>,
    pub(super) fonts: Texts,
    drawn: Drawings,
}

impl Pages {
    /// Reads a node of the tree and what is below it. `above` is what its pages inherit.
    pub(super) fn read(
        &mut self,
        document: &mut Document<'_>,
        node: Object,
        above: &Above<'_>,
    ) -> Result<(), Error> {
        if above.depth > document.meter.limits.depth {
            return Err(Error::refused("页面树嵌套太深或有环，不核对".to_owned()));
        }
        let id = node.id();
        let Some(mut node) = document.value(node)?.dict() else {
            self.odd();
            return Ok(());
        };
        // Readers differ in what they believe: the count, the parent or the kids.
        if id.is_none() || node.get(b"Parent".as_slice()).and_then(Object::id) != above.id {
            self.odd();
        }
        for (key, value) in above.inherited {
            if !node.contains_key(key) {
                document.meter.work(value.weight() * VALUE)?;
                node.insert(key.clone(), value.clone());
            }
        }
        let kind = if node.contains_key(b"Kids".as_slice()) { "Pages" } else { "Page" };
        if !node.get(b"Type".as_slice()).is_some_and(|own| own.is_name(kind)) {
            self.odd();
        }
        let Some(kids) = document.get(&node, "Kids")?.array() else {
            return self.page(document, node);
        };
        let inherited = ["Resources", "MediaBox", "CropBox", "Rotate"];
        let inherited = inherited.iter().filter_map(|key| node.remove_entry(key.as_bytes()));
        let inherited = inherited.collect();
        let below = Above { id, inherited: &inherited, depth: above.depth + 1 };
        let before = self.texts.len();
        for kid in kids {
            self.read(document, kid, &below)?;
        }
        let count = Object::Integer((self.texts.len() - before) as i64);
        if node.get(b"Count".as_slice()) != Some(&count) {
            self.odd();
        }
        Ok(())
    }

    /// Notes a tree that readers may take for other pages.
    fn odd(&mut self) {
        self.fonts.foreign.insert("别的程序读出不同页面的页面树".to_owned());
    }

    fn page(&mut self, document: &mut Document<'_>, page: Dict) -> Result<(), Error> {
        within(self.texts.len() + 1, document.meter.limits.pages, "页数")?;
        let parts = match document.get(&page, "Contents")? {
            Object::Array(parts) => parts,
            one => vec![one],
        };
        let mut content = Vec::new();
        for part in parts {
            let Some(stream) = document.value(part)?.stream() else { continue };
            // Some readers unpack by other keys too.
            if !packed_as_ours(&stream.dict) {
                self.fonts.foreign.insert("另有解法的页面内容".to_owned());
            }
            let unpacked = document.unpack(&stream);
            content.extend(document.lenient(unpacked)?.unwrap_or_default());
            content.push(b'\n');
        }
        let resources = document.get(&page, "Resources")?.dict().unwrap_or_default();
        let text = self.fonts.page(document, &content, &resources)?;
        let sheet = self.sheet(document, &page)?;
        let [left, lower, right, upper] = sheet;
        let on = |[a, b, c, d]: [f64; 4]| a >= left && b >= lower && c <= right && d <= upper;
        if !text.area.is_none_or(on) {
            self.fonts.foreign.insert("纸外的文字".to_owned());
        }
        self.sheets.push(sheet);
        self.texts.push(text);
        self.annotations(document, &page)?;
        self.drawings.push(self.drawn.page(document, &page, &content)?);
        Ok(())
    }

    /// The edges of the sheet. Our pages show all of it, upright, in points.
    fn sheet(&mut self, document: &mut Document<'_>, page: &Dict) -> Result<[f64; 4], Error> {
        let sheet = edges(document, page, "MediaBox")?.unwrap_or_default();
        let shown = edges(document, page, "CropBox")?.is_none_or(|shown| shown == sheet);
        let turned = document.get(page, "Rotate")?.number().unwrap_or(0.0);
        let unit = document.get(page, "UserUnit")?.number().unwrap_or(1.0);
        if !shown || turned != 0.0 || unit != 1.0 {
            self.fonts.foreign.insert("裁切、转动或缩放的页面".to_owned());
        }
        Ok(sheet)
    }

    /// Our pages have links, which show nothing, and no other annotations.
    fn annotations(&mut self, document: &mut Document<'_>, page: &Dict) -> Result<(), Error> {
        for annotation in document.get(page, "Annots")?.array().unwrap_or_default() {
            let annotation = document.value(annotation)?.dict().unwrap_or_default();
            let link = document.get(&annotation, "Subtype")?.is_name("Link");
            let border = document.get(&annotation, "Border")?.array().unwrap_or_default();
            let bare = border.iter().all(|width| *width == Object::Integer(0))
                && border.len() == 3
                && !annotation.contains_key(b"AP".as_slice())
                && !annotation.contains_key(b"BS".as_slice());
            if !link || !bare {
                self.fonts.foreign.insert("批注或表单".to_owned());
            }
        }
        Ok(())
    }
}

/// The edges of a rectangle, left, lower, right, upper, however its corners are given.
fn edges(document: &mut Document<'_>, page: &Dict, key: &str) -> Result<Option<[f64; 4]>, Error> {
    let Some(corners) = document.get(page, key)?.array() else { return Ok(None) };
    let mut numbers = Vec::new();
    for corner in corners.into_iter().take(4) {
        numbers.extend(document.value(corner)?.number());
    }
    let corners = <[f64; 4]>::try_from(numbers).ok();
    Ok(corners.map(|[a, b, c, d]| [a.min(c), b.min(d), a.max(c), b.max(d)]))
}
