//! The text of a page, in the order of drawing: what fonts map codes to, and what a marked stretch
//! says instead (ActualText, ISO 32000-1 §14.9.4). And what a page draws that none of ours does.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::cmap::Unicode;
use super::limits::{Error, Fault, Meter};
use super::pdf::{Dict, Document, Lexer, Object, Token};

/// Reads pages; fonts that several of them share are read once.
#[derive(Default)]
pub(super) struct Texts {
    fonts: BTreeMap<u32, Rc<Font>>,
    /// Names of the fonts that text was set in, without the tags of subsets.
    pub(super) names: BTreeSet<String>,
    /// What is drawn that none of our pages has, each once.
    pub(super) foreign: BTreeSet<String>,
}

struct Font {
    name: String,
    unicode: Unicode,
    /// Bytes of a code.
    width: usize,
    /// Whether its glyphs are contents of their own, and may draw anything.
    drawn: bool,
}

/// The text of a page.
#[derive(Default)]
pub(super) struct Text {
    /// As it copies out.
    pub(super) said: String,
    /// As it is drawn, whatever is said instead.
    pub(super) drawn: String,
}

/// The state of a page.
#[derive(Default)]
struct State {
    font: Option<Rc<Font>>,
    /// The marks that are open: whether each has a text of its own.
    marks: Vec<bool>,
    /// How many have.
    own: usize,
    text: Text,
}

/// What our pages are drawn with (ISO 32000-1, annex A). Whatever else could hide or show anything.
const OWN: [&str; 23] = [
    "q", "Q", "cm", "w", "j", "cs", "CS", "scn", "SCN", "m", "l", "c", "h", "f", "BT", "ET", "Tf",
    "Tm", "Tr", "Tj", "TJ", "BDC", "EMC",
];

/// Operands of an operator, at the most.
const OPERANDS: usize = 40;

impl Texts {
    /// The text of a page from its content.
    pub(super) fn page(
        &mut self,
        document: &mut Document<'_>,
        content: &[u8],
        resources: &Dict,
    ) -> Result<Text, Error> {
        let fonts = document.get(resources, "Font")?.dict().unwrap_or_default();
        let properties = document.get(resources, "Properties")?.dict().unwrap_or_default();
        let mut state = State::default();
        let mut operands = Vec::new();
        let mut lexer = Lexer::new(content, 0);
        loop {
            let operator = match lexer.plain(&mut document.meter) {
                Ok(Token::End) => return Ok(state.text),
                Ok(Token::Value(value)) => {
                    operands.push(value);
                    if operands.len() > OPERANDS {
                        document.broken += 1;
                        operands.clear();
                    }
                    continue;
                }
                Ok(Token::Word(word)) => word,
                Err(Fault::Broken) => {
                    document.broken += 1;
                    return Ok(state.text);
                }
                Err(Fault::Refused(error)) => return Err(error),
            };
            match operator {
                b"Tf" => {
                    state.font = match operands.first() {
                        Some(Object::Name(name)) => self.font(document, &fonts, name)?,
                        _ => None,
                    };
                }
                b"Tr" if !matches!(operands[..], [Object::Integer(0 | 2)]) => {
                    self.foreign.insert("看不见的文字".to_owned());
                }
                b"Tj" | b"'" | b"\"" | b"TJ" => {
                    for shown in operands.iter().flat_map(|value| match value {
                        Object::Array(parts) => parts.as_slice(),
                        one => std::slice::from_ref(one),
                    }) {
                        state.show(shown, &mut document.meter)?;
                    }
                }
                b"BMC" => state.marks.push(false),
                b"BDC" => {
                    let actual = match operands.get(1) {
                        Some(Object::Dict(dict)) => text_of(document, dict)?,
                        Some(Object::Name(name)) => {
                            let named = properties.get(name).cloned().unwrap_or_default();
                            let dict = document.value(named)?.dict().unwrap_or_default();
                            if dict.get(b"Type".as_slice()).is_some_and(|t| t.is_name("OCG")) {
                                self.foreign.insert("可以隐藏的图层".to_owned());
                            }
                            text_of(document, &dict)?
                        }
                        _ => None,
                    };
                    state.open(actual);
                }
                b"EMC" => state.own -= usize::from(state.marks.pop() == Some(true)),
                b"Do" => drop(self.foreign.insert("图片或嵌套的图形".to_owned())),
                // What follows is no content until it ends.
                b"BI" => {
                    self.foreign.insert("图片或嵌套的图形".to_owned());
                    return Ok(state.text);
                }
                _ => {}
            }
            if !OWN.iter().any(|own| own.as_bytes() == operator) {
                self.other(operator);
            }
            operands.clear();
        }
    }

    /// Notes an operator that is not ours; of many, a few.
    fn other(&mut self, operator: &[u8]) {
        const SHOWN: usize = 12;
        let name = operator.iter().take(4).map(|&byte| char::from(byte));
        let name: String = name.filter(|c| c.is_ascii_graphic()).collect();
        if !matches!(operator, b"Do" | b"BI") && self.foreign.len() < SHOWN {
            self.foreign.insert(format!("绘图指令“{name}”"));
        }
    }

    fn font(
        &mut self,
        document: &mut Document<'_>,
        fonts: &Dict,
        name: &[u8],
    ) -> Result<Option<Rc<Font>>, Error> {
        let font = fonts.get(name).cloned().unwrap_or_default();
        let id = font.id();
        let loaded = match id.and_then(|id| self.fonts.get(&id)) {
            Some(known) => known.clone(),
            None => {
                let Some(font) = document.value(font)?.dict() else { return Ok(None) };
                Rc::new(load(document, &font)?)
            }
        };
        if let Some(id) = id {
            self.fonts.insert(id, loaded.clone());
        }
        if loaded.drawn {
            self.foreign.insert("字形另画的字体（Type3）".to_owned());
        }
        if !self.names.contains(&loaded.name) {
            self.names.insert(loaded.name.clone());
        }
        Ok(Some(loaded))
    }
}

fn load(document: &mut Document<'_>, font: &Dict) -> Result<Font, Error> {
    let map = match document.get(font, "ToUnicode")?.stream() {
        Some(stream) => {
            let unpacked = document.unpack(&stream);
            document.lenient(unpacked)?.unwrap_or_default()
        }
        None => Vec::new(),
    };
    let kind = document.get(font, "Subtype")?;
    let name = document.get(font, "BaseFont")?.name().unwrap_or_default();
    let subset = |tag: &str| tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase());
    let name = match name.split_once('+') {
        Some((tag, rest)) if subset(tag) => rest,
        _ => &name,
    };
    Ok(Font {
        name: name.chars().take(100).collect(),
        unicode: Unicode::new(&map, &mut document.meter)?,
        width: if kind.is_name("Type0") { 2 } else { 1 },
        drawn: kind.is_name("Type3"),
    })
}

/// What a marked stretch says instead.
fn text_of(document: &mut Document<'_>, properties: &Dict) -> Result<Option<String>, Error> {
    let text = document.get(properties, "ActualText")?.text();
    document.meter.text(text.as_ref().map_or(0, String::len))?;
    Ok(text)
}

impl State {
    fn open(&mut self, actual: Option<String>) {
        self.marks.push(actual.is_some());
        if let Some(actual) = actual {
            self.own += 1;
            if self.own == 1 {
                self.text.said.push_str(&actual);
            }
        }
    }

    fn show(&mut self, object: &Object, meter: &mut Meter) -> Result<(), Error> {
        let (Object::String(codes), Some(font)) = (object, &self.font) else { return Ok(()) };
        for code in codes.chunks(font.width) {
            let code = code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            let text = font.unicode.text(code);
            meter.text(text.len())?;
            self.text.drawn.push_str(text);
            // What is drawn inside a stretch with a text of its own says nothing.
            if self.own == 0 {
                self.text.said.push_str(text);
            }
        }
        Ok(())
    }
}
