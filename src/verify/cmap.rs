//! The map of a font from codes to text (ToUnicode, ISO 32000-1 §9.10.3).

use std::collections::BTreeMap;

/// What codes say.
#[derive(Debug, Default)]
pub(super) struct Unicode {
    texts: BTreeMap<u32, String>,
}

/// The most codes that a range may have: those of a font.
const MOST: u32 = 0x1_0000;

impl Unicode {
    /// Reads a map: its `bfchar` and `bfrange` sections; the rest says nothing of texts.
    pub(super) fn new(map: &[u8]) -> Unicode {
        let map = String::from_utf8_lossy(map);
        let mut unicode = Unicode::default();
        let mut rest: &str = &map;
        while let Some(at) = rest.find("beginbf") {
            rest = &rest[at + "beginbf".len()..];
            let end = rest.find("endbf").unwrap_or(rest.len());
            let (section, after) = rest.split_at(end);
            if let Some(section) = section.strip_prefix("char") {
                unicode.characters(section);
            } else if let Some(section) = section.strip_prefix("range") {
                unicode.ranges(section);
            }
            rest = after;
        }
        unicode
    }

    /// What a code says; a code that says nothing is a replacement character.
    pub(super) fn text(&self, code: u32) -> &str {
        self.texts.get(&code).map_or("\u{fffd}", String::as_str)
    }

    fn characters(&mut self, section: &str) {
        let words = hexadecimal(section);
        for pair in words.chunks_exact(2) {
            self.texts.insert(number(&pair[0]), decode(&pair[1]));
        }
    }

    fn ranges(&mut self, section: &str) {
        let mut rest = section;
        while let Some(first) = rest.find('<') {
            rest = &rest[first..];
            // First and last code, then one text that counts on, or a list of texts.
            let Some((codes, after)) = two(rest) else { return };
            let after = after.trim_start();
            let (list, texts, after) = match after.strip_prefix('[') {
                Some(list) => {
                    let (list, after) = list.split_once(']').unwrap_or((list, ""));
                    (true, hexadecimal(list), after)
                }
                None => {
                    let end = after.find('>').map_or(after.len(), |end| end + 1);
                    (false, hexadecimal(&after[..end]), &after[end..])
                }
            };
            let (first, last) = codes;
            for (step, code) in (first..=last).take(MOST as usize).enumerate() {
                let text = match (list, texts.first()) {
                    (true, _) => texts.get(step).map(|text| decode(text)),
                    (false, Some(text)) => Some(decode(&counted(text, step as u32))),
                    (false, None) => None,
                };
                self.texts.extend(text.map(|text| (code, text)));
            }
            rest = after;
        }
    }
}

/// Two codes and what follows them.
fn two(text: &str) -> Option<((u32, u32), &str)> {
    let (first, rest) = text.strip_prefix('<')?.split_once('>')?;
    let (last, rest) = rest.trim_start().strip_prefix('<')?.split_once('>')?;
    let code = |digits: &str| hexadecimal(&format!("<{digits}>")).first().map(|word| number(word));
    Some(((code(first)?, code(last)?), rest))
}

/// The strings in angle brackets, as bytes.
fn hexadecimal(text: &str) -> Vec<Vec<u8>> {
    let parts = text.split('<').skip(1).filter_map(|part| part.split('>').next());
    parts
        .map(|part| {
            let digits: Vec<u8> =
                part.chars().filter_map(|c| c.to_digit(16)).map(|digit| digit as u8).collect();
            let byte = |pair: &[u8]| pair[0] << 4 | pair.get(1).copied().unwrap_or(0);
            digits.chunks(2).map(byte).collect()
        })
        .collect()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// A text whose last unit counts on.
fn counted(text: &[u8], step: u32) -> Vec<u8> {
    let mut text = text.to_vec();
    if let [.., high, low] = text.as_mut_slice() {
        let unit = u32::from(u16::from_be_bytes([*high, *low])).wrapping_add(step) as u16;
        [*high, *low] = unit.to_be_bytes();
    }
    text
}

fn decode(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_entry_is_read() {
        let map = Unicode::new(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar\n<0001> <4E00>\n<0002><D840DCC0>\nendbfchar\n\
              2 beginbfrange <0003> <0005> <0041>\n<0006> <0007> [<4E8C> <00660069>]\nendbfrange",
        );
        for (code, text) in
            [(1, "一"), (2, "\u{200C0}"), (3, "A"), (5, "C"), (6, "二"), (7, "fi"), (8, "\u{fffd}")]
        {
            assert_eq!(map.text(code), text);
        }
    }

    #[test]
    fn broken_maps_are_no_reason_to_panic() {
        for map in [
            "beginbfchar <",
            "beginbfrange <0000> <FFFFFFFF> <",
            "beginbfrange <00> [ endbfrange",
            "beginbfrange <0000> <FFFFFFFF> <FFFF> endbfrange",
            "beginbfchar <> <> <1> endbf",
        ] {
            Unicode::new(map.as_bytes());
        }
    }
}
