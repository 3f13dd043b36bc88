//! The text of a page, in the order of drawing: what fonts map codes to, and what a marked stretch
//! says instead (ActualText, ISO 32000-1 §14.9.4). And what a page draws that none of ours does.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::limits::{Error, Fault, Meter};
use super::pdf::{Dict, Document, Lexer, Object, Token};
use super::position::Position;
use super::typeface::Typeface;

/// Reads pages; fonts that several of them share are read once.
#[derive(Default)]
pub(super) struct Texts {
    fonts: BTreeMap<u32, Rc<Typeface>>,
    /// Names of the fonts that text was set in, without the tags of subsets.
    pub(super) names: BTreeSet<String>,
    /// What is drawn that none of our pages has, each once.
    pub(super) foreign: BTreeSet<String>,
}

/// The text of a page.
#[derive(Default)]
pub(super) struct Text {
    /// As it copies out.
    pub(super) said: String,
    /// As it is drawn, whatever is said instead.
    pub(super) drawn: String,
    /// The left, lower, right and upper of the places where it begins, in pt; `None` without text.
    pub(super) area: Option<[f64; 4]>,
}

/// A page that is read. What it names is looked up once for each name.
#[derive(Default)]
struct Page {
    fonts: Dict,
    properties: Dict,
    loaded: BTreeMap<Vec<u8>, Option<Rc<Typeface>>>,
    actual: BTreeMap<Vec<u8>, Option<String>>,
    font: Option<Rc<Typeface>>,
    /// The marks that are open: whether each has a text of its own.
    marks: Vec<bool>,
    /// How many have.
    own: usize,
    text: Text,
    position: Position,
}

/// What our pages are drawn with (ISO 32000-1, annex A). Whatever else could hide or show anything.
const OWN: [&str; 23] = [
    "q", "Q", "cm", "w", "j", "cs", "CS", "scn", "SCN", "m", "l", "c", "h", "f", "BT", "ET", "Tf",
    "Tm", "Tr", "Tj", "TJ", "BDC", "EMC",
];

/// An em that is too small to be read, in pt: ours are several times as large.
const SMALLEST: f64 = 3.0;

/// Operands of an operator, at the most.
const OPERANDS: usize = 40;

const PICTURE: &str = "图片或嵌套的图形";
const LAYER: &str = "可以隐藏的图层";

impl Texts {
    /// The text of a page from its content.
    pub(super) fn page(
        &mut self,
        document: &mut Document<'_>,
        content: &[u8],
        resources: &Dict,
    ) -> Result<Text, Error> {
        let mut page = Page {
            fonts: document.get(resources, "Font")?.dict().unwrap_or_default(),
            properties: document.get(resources, "Properties")?.dict().unwrap_or_default(),
            ..Page::default()
        };
        let (mut operands, mut held) = (Vec::new(), 0);
        let mut lexer = Lexer::new(content, 0);
        loop {
            match lexer.plain(&mut document.meter) {
                Ok(Token::End) => return Ok(page.text),
                Ok(Token::Value(value)) => {
                    held += value.weight();
                    operands.push(value);
                    if operands.len() > OPERANDS || held > document.meter.limits.values {
                        document.broken += 1;
                        (operands, held) = (Vec::new(), 0);
                    }
                }
                // What follows is no content until it ends.
                Ok(Token::Word(b"BI")) => {
                    self.foreign.insert(PICTURE.to_owned());
                    return Ok(page.text);
                }
                Ok(Token::Word(operator)) => {
                    self.step(document, &mut page, operator, &operands)?;
                    (operands, held) = (Vec::new(), 0);
                }
                Err(Fault::Broken) => {
                    document.broken += 1;
                    return Ok(page.text);
                }
                Err(Fault::Refused(error)) => return Err(error),
            }
        }
    }

    fn step(
        &mut self,
        document: &mut Document<'_>,
        page: &mut Page,
        operator: &[u8],
        operands: &[Object],
    ) -> Result<(), Error> {
        if !page.position.step(operator, operands) {
            document.broken += 1;
        }
        match operator {
            b"Tf" => {
                page.font = match operands.first() {
                    Some(Object::Name(name)) => self.font(document, page, name)?,
                    _ => None,
                };
            }
            b"Tr" if !matches!(operands, [Object::Integer(0 | 2)]) => {
                self.foreign.insert("看不见的文字".to_owned());
            }
            b"Tj" | b"'" | b"\"" | b"TJ" => {
                page.here();
                if page.position.em().is_nan() || page.position.em() < SMALLEST {
                    self.foreign.insert("小得看不见的文字".to_owned());
                }
                for shown in operands.iter().flat_map(|value| match value {
                    Object::Array(parts) => parts.as_slice(),
                    one => std::slice::from_ref(one),
                }) {
                    page.show(shown, &mut document.meter)?;
                }
            }
            b"BMC" => page.marks.push(false),
            b"BDC" => {
                let actual = match operands.get(1) {
                    Some(Object::Dict(dict)) => document.get(dict, "ActualText")?.text(),
                    Some(Object::Name(name)) => self.properties(document, page, name)?,
                    _ => None,
                };
                page.open(actual, &mut document.meter)?;
            }
            b"EMC" => page.own -= usize::from(page.marks.pop() == Some(true)),
            b"Do" => drop(self.foreign.insert(PICTURE.to_owned())),
            _ => {}
        }
        if operator != b"Do" && !OWN.iter().any(|own| own.as_bytes() == operator) {
            self.other(operator);
        }
        Ok(())
    }

    /// Notes an operator that is not ours; of many, a few.
    fn other(&mut self, operator: &[u8]) {
        const SHOWN: usize = 12;
        let name = operator.iter().take(4).map(|&byte| char::from(byte));
        let name: String = name.filter(|c| c.is_ascii_graphic()).collect();
        if self.foreign.len() < SHOWN {
            self.foreign.insert(format!("绘图指令“{name}”"));
        }
    }

    fn font(
        &mut self,
        document: &mut Document<'_>,
        page: &mut Page,
        name: &[u8],
    ) -> Result<Option<Rc<Typeface>>, Error> {
        if let Some(known) = page.loaded.get(name) {
            return Ok(known.clone());
        }
        let font = page.fonts.get(name).cloned().unwrap_or_default();
        let id = font.id();
        let loaded = match id.and_then(|id| self.fonts.get(&id)) {
            Some(known) => Some(known.clone()),
            None => match document.value(font)?.dict() {
                Some(font) => Some(Rc::new(Typeface::load(document, &font)?)),
                None => None,
            },
        };
        if let Some(font) = &loaded {
            self.fonts.extend(id.map(|id| (id, font.clone())));
            self.names.insert(font.name.clone());
            self.foreign.extend(font.foreign.map(str::to_owned));
        }
        page.loaded.insert(name.to_vec(), loaded.clone());
        Ok(loaded)
    }

    /// What a marked stretch says instead whose properties stand in the page's resources.
    fn properties(
        &mut self,
        document: &mut Document<'_>,
        page: &mut Page,
        name: &[u8],
    ) -> Result<Option<String>, Error> {
        if let Some(known) = page.actual.get(name) {
            return Ok(known.clone());
        }
        let named = page.properties.get(name).cloned().unwrap_or_default();
        let dict = document.value(named)?.dict().unwrap_or_default();
        if ["OCG", "OCMD"]
            .iter()
            .any(|kind| dict.get(b"Type".as_slice()).is_some_and(|t| t.is_name(kind)))
        {
            self.foreign.insert(LAYER.to_owned());
        }
        let actual = document.get(&dict, "ActualText")?.text();
        page.actual.insert(name.to_vec(), actual.clone());
        Ok(actual)
    }
}

impl Page {
    fn open(&mut self, actual: Option<String>, meter: &mut Meter) -> Result<(), Error> {
        self.marks.push(actual.is_some());
        if let Some(actual) = actual {
            meter.text(actual.len())?;
            self.own += 1;
            if self.own == 1 {
                self.text.said.push_str(&actual);
            }
        }
        Ok(())
    }

    /// Takes the place where text is shown into its area.
    fn here(&mut self) {
        let [x, y] = self.position.origin();
        let [left, lower, right, upper] = self.text.area.unwrap_or([x, y, x, y]);
        // What is no number stays one: it is in no sheet.
        let least = |a: f64, b: f64| if a.is_nan() || a < b { a } else { b };
        let most = |a: f64, b: f64| if a.is_nan() || a > b { a } else { b };
        self.text.area = Some([least(x, left), least(y, lower), most(x, right), most(y, upper)]);
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
