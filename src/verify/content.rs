//! The text of a page, in the order of drawing: what fonts map codes to, or what a marked stretch
//! says instead (ActualText, ISO 32000-1 §14.9.4).

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;

use super::cmap::Unicode;
use super::reader::string;

/// Reads pages; fonts that several of them share are read once.
#[derive(Default)]
pub(super) struct Texts {
    fonts: BTreeMap<ObjectIdentifier, Rc<Font>>,
}

struct Font {
    unicode: Unicode,
    /// Bytes of a code.
    width: usize,
}

/// The state of a page.
#[derive(Default)]
struct State {
    font: Option<Rc<Font>>,
    /// The marks that are open: whether each has a text of its own.
    marks: Vec<bool>,
    text: String,
}

impl Texts {
    /// The text of a page.
    pub(super) fn page(&mut self, page: &Page<'_>) -> String {
        let mut state = State::default();
        let mut content = UntypedIter::new(page.page_stream().unwrap_or(&[]));
        while let Some(instruction) = content.next() {
            let mut operands = instruction.operands();
            match &**instruction.operator {
                b"Tf" => {
                    let Some(Object::Name(name)) = operands.next() else { continue };
                    let font = page.resources().get_font(name);
                    state.font = font.map(|font| self.font(&font));
                }
                b"Tj" | b"'" => operands.for_each(|object| state.show(object)),
                b"\"" => operands.skip(2).for_each(|object| state.show(object)),
                b"TJ" => {
                    let Some(Object::Array(array)) = operands.next() else { continue };
                    array.iter::<Object<'_>>().for_each(|object| state.show(&object));
                }
                b"BMC" => state.marks.push(false),
                b"BDC" => {
                    let actual = match operands.nth(1) {
                        Some(Object::Dict(dict)) => string(dict, "ActualText"),
                        Some(Object::Name(name)) => actual(page, name),
                        _ => None,
                    };
                    state.open(actual);
                }
                b"EMC" => drop(state.marks.pop()),
                _ => {}
            }
        }
        state.text
    }

    fn font(&mut self, font: &Dict<'_>) -> Rc<Font> {
        if let Some(known) = font.obj_id().and_then(|id| self.fonts.get(&id)) {
            return known.clone();
        }
        let map = font.get::<Stream<'_>>("ToUnicode").and_then(|map| map.decoded_data().ok());
        let composite =
            font.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Type0");
        let loaded = Rc::new(Font {
            unicode: Unicode::new(map.as_deref().unwrap_or(&[])),
            width: if composite { 2 } else { 1 },
        });
        if let Some(id) = font.obj_id() {
            self.fonts.insert(id, loaded.clone());
        }
        loaded
    }
}

/// The text of a marked stretch whose properties stand in the page's resources.
fn actual(page: &Page<'_>, name: &Name<'_>) -> Option<String> {
    let resources = page.raw().get::<Dict<'_>>("Resources")?;
    let properties = resources.get::<Dict<'_>>("Properties")?;
    string(&properties.get::<Dict<'_>>(name.as_ref())?, "ActualText")
}

impl State {
    fn open(&mut self, actual: Option<String>) {
        self.marks.push(actual.is_some());
        if let Some(actual) = actual
            && self.marks.iter().filter(|own| **own).count() == 1
        {
            self.text.push_str(&actual);
        }
    }

    fn show(&mut self, object: &Object<'_>) {
        let (Object::String(codes), Some(font)) = (object, &self.font) else { return };
        // What is drawn inside a stretch with a text of its own says nothing.
        if self.marks.contains(&true) {
            return;
        }
        for code in codes.as_bytes().chunks(font.width) {
            let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            self.text.push_str(font.unicode.text(code));
        }
    }
}
