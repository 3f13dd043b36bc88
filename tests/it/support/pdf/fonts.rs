//! Fonts as our files have them: Type 0, Identity-H, widths by CID, a ToUnicode map.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::{PdfFont, name};

/// Fonts met so far.
#[derive(Default)]
pub struct Fonts {
    pub found: BTreeMap<String, PdfFont>,
    loaded: BTreeMap<String, Rc<Loaded>>,
}

/// What is needed to read text in a font.
pub struct Loaded {
    /// Name without the tag of the subset.
    pub name: String,
    unicode: BTreeMap<u16, String>,
    widths: BTreeMap<u16, f64>,
}

impl Loaded {
    /// What a code says.
    pub fn text(&self, code: u16) -> &str {
        self.unicode.get(&code).unwrap_or_else(|| panic!("{}: code {code} says nothing", self.name))
    }

    /// Advance in ems.
    pub fn width(&self, code: u16) -> f64 {
        self.widths.get(&code).copied().unwrap_or(0.0) / 1000.0
    }
}

impl Fonts {
    /// A font of a page's resources.
    pub fn load(&mut self, font: &Dict<'_>) -> Rc<Loaded> {
        let full = name(font, "BaseFont").expect("font without name");
        if let Some(loaded) = self.loaded.get(&full) {
            return loaded.clone();
        }
        assert_eq!(name(font, "Subtype").as_deref(), Some("Type0"), "{full}");
        assert_eq!(name(font, "Encoding").as_deref(), Some("Identity-H"), "{full}");
        let descendants: Array<'_> = font.get("DescendantFonts").expect("no descendant");
        let cid: Dict<'_> = descendants.iter().next().expect("no descendant");
        let descriptor: Dict<'_> = cid.get("FontDescriptor").expect("no descriptor");
        let file = ["FontFile2", "FontFile3"].iter().find_map(|key| {
            let file = descriptor.get::<Stream<'_>>(key)?;
            Some(file.decoded().expect("broken font file").len())
        });
        let tagged = full.split_once('+').filter(|(tag, _)| {
            tag.len() == 6 && tag.bytes().all(|letter| letter.is_ascii_uppercase())
        });
        let map = font.get::<Stream<'_>>("ToUnicode");
        self.found.insert(
            full.clone(),
            PdfFont {
                embedded: file.is_some(),
                subset: tagged.is_some(),
                unicode: map.is_some(),
                bytes: file.unwrap_or(0),
            },
        );
        let map = map.expect("font without ToUnicode").decoded().expect("broken ToUnicode");
        let loaded = Rc::new(Loaded {
            name: tagged.map_or(full.as_str(), |(_, name)| name).to_owned(),
            unicode: unicode(&map),
            widths: widths(&cid),
        });
        self.loaded.insert(full, loaded.clone());
        loaded
    }
}

/// The bfchar and bfrange lines of a ToUnicode map.
fn unicode(map: &[u8]) -> BTreeMap<u16, String> {
    let map = std::str::from_utf8(map).expect("ToUnicode is no ASCII");
    let mut found = BTreeMap::new();
    let mut mode = "";
    for line in map.lines() {
        let line = line.trim();
        match line.rsplit(' ').next().unwrap_or("") {
            word @ ("beginbfchar" | "beginbfrange") => mode = word,
            "endbfchar" | "endbfrange" => mode = "",
            _ => {
                let codes: Vec<Vec<u16>> = line
                    .split('<')
                    .skip(1)
                    .map(|part| units(part.split('>').next().unwrap_or("")))
                    .collect();
                match (mode, codes.as_slice()) {
                    ("beginbfchar", [code, text]) => {
                        found.insert(code[0], decode(text));
                    }
                    ("beginbfrange", [first, last, text]) => {
                        for code in first[0]..=last[0] {
                            let mut text = text.clone();
                            *text.last_mut().expect("empty range") += code - first[0];
                            found.insert(code, decode(&text));
                        }
                    }
                    ("", _) => {}
                    _ => panic!("ToUnicode line {line}"),
                }
            }
        }
    }
    found
}

fn units(hex: &str) -> Vec<u16> {
    let digits: Vec<char> = hex.chars().filter(|digit| !digit.is_whitespace()).collect();
    let unit = |four: &[char]| {
        u16::from_str_radix(&four.iter().collect::<String>(), 16).expect("no hexadecimal")
    };
    digits.chunks(4).map(unit).collect()
}

fn decode(units: &[u16]) -> String {
    String::from_utf16(units).expect("broken UTF-16 in ToUnicode")
}

/// The /W array: `c [w …]` and `c c w`.
fn widths(cid: &Dict<'_>) -> BTreeMap<u16, f64> {
    assert!(cid.get::<f64>("DW").is_none_or(|width| width == 0.0), "default width");
    assert_eq!(
        cid.get::<Name<'_>>("CIDToGIDMap").map(|name| name.as_str().to_owned()).as_deref(),
        Some("Identity")
    );
    let mut found = BTreeMap::new();
    let list: Array<'_> = cid.get("W").expect("no widths");
    let items: Vec<Object<'_>> = list.iter::<Object<'_>>().collect();
    let number = |object: &Object<'_>| object.clone().into_number().expect("no number").as_f64();
    let mut rest = items.as_slice();
    while let [first, second, tail @ ..] = rest {
        let code = number(first) as u16;
        if let Object::Array(array) = second {
            for (offset, width) in array.iter::<Object<'_>>().enumerate() {
                found.insert(code + offset as u16, number(&width));
            }
            rest = tail;
        } else {
            let width = number(&tail[0]);
            for code in code..=number(second) as u16 {
                found.insert(code, width);
            }
            rest = &tail[1..];
        }
    }
    found
}
