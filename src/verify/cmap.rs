//! The map of a font from codes to text (ToUnicode, ISO 32000-1 §9.10.3).

use std::collections::BTreeMap;

use super::limits::{Error, Fault, Meter};
use super::pdf::{Lexer, Object, Token, number_of, utf16};

/// What codes say.
#[derive(Debug, Default)]
pub(super) struct Unicode {
    texts: BTreeMap<u32, String>,
}

/// The most codes that a range may have: those of a font.
const MOST: u32 = 0x1_0000;

impl Unicode {
    /// Reads a map: its `bfchar` and `bfrange` sections; the rest says nothing of texts.
    ///
    /// # Errors
    /// More entries than there may be.
    pub(super) fn new(map: &[u8], meter: &mut Meter) -> Result<Unicode, Error> {
        let mut unicode = Unicode::default();
        let mut lexer = Lexer::new(map, 0);
        // Whatever stands in a section, until its end.
        let (mut values, mut held) = (Vec::new(), 0);
        loop {
            match lexer.plain(meter) {
                Ok(Token::End) => return Ok(unicode),
                Ok(Token::Word(b"endbfchar")) => unicode.characters(&values, meter)?,
                Ok(Token::Word(b"endbfrange")) => unicode.ranges(&values, meter)?,
                Ok(Token::Word(word)) if !word.starts_with(b"begin") => {}
                Ok(Token::Word(_)) => {
                    values.clear();
                    held = 0;
                }
                Ok(Token::Value(value @ (Object::String(_) | Object::Array(_)))) => {
                    // A section has a hundred entries; one of ours never more.
                    held += value.weight();
                    if held <= meter.limits.values {
                        values.push(value);
                    }
                }
                Ok(Token::Value(_)) => {}
                Err(Fault::Broken) => return Ok(unicode),
                Err(Fault::Refused(error)) => return Err(error),
            }
        }
    }

    /// What a code says; a code that says nothing is a replacement character.
    pub(super) fn text(&self, code: u32) -> &str {
        self.texts.get(&code).map_or("\u{fffd}", String::as_str)
    }

    fn put(&mut self, code: u32, text: &[u8], meter: &mut Meter) -> Result<(), Error> {
        meter.mapping(text.len())?;
        self.texts.insert(code, utf16(text));
        Ok(())
    }

    fn characters(&mut self, values: &[Object], meter: &mut Meter) -> Result<(), Error> {
        for pair in values.chunks_exact(2) {
            if let [Object::String(code), Object::String(text)] = pair {
                self.put(number_of(code) as u32, text, meter)?;
            }
        }
        Ok(())
    }

    /// First and last code, then one text that counts on, or a list of texts.
    fn ranges(&mut self, values: &[Object], meter: &mut Meter) -> Result<(), Error> {
        for range in values.chunks_exact(3) {
            let [Object::String(first), Object::String(last), texts] = range else { continue };
            let (first, last) = (number_of(first) as u32, number_of(last) as u32);
            for (step, code) in (first..=last).take(MOST as usize).enumerate() {
                match texts {
                    Object::Array(texts) => {
                        let Some(Object::String(text)) = texts.get(step) else { break };
                        self.put(code, text, meter)?;
                    }
                    Object::String(text) => self.put(code, &counted(text, step as u32), meter)?,
                    _ => break,
                }
            }
        }
        Ok(())
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::limits::Limits;

    fn read(map: &[u8], limits: &Limits) -> Result<Unicode, Error> {
        Unicode::new(map, &mut Meter::new(limits, 0))
    }

    #[test]
    fn every_form_of_entry_is_read() {
        let map = b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar\n<0001> <4E00>\n<0002><D840DCC0>\nendbfchar\n\
              2 beginbfrange <0003> <0005> <0041>\n<0006> <0007> [<4E8C> <00660069>]\nendbfrange";
        let map = read(map, &Limits::default()).unwrap();
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
            read(map.as_bytes(), &Limits::default()).unwrap();
        }
    }

    /// A few bytes may say a whole font; not again and again.
    #[test]
    fn ranges_that_expand_are_counted() {
        let limits = Limits { mappings: 300, ..Limits::default() };
        let range = "1 beginbfrange <0000> <0090> <4E00> endbfrange\n";
        assert!(read(range.as_bytes(), &limits).is_ok());
        let error = read(range.repeat(3).as_bytes(), &limits).unwrap_err();
        assert_eq!(error.message, "字体的文字对照表超过300项，不核对");
        let long = format!("1 beginbfchar <0001> <{}> endbfchar", "4E00".repeat(200));
        let limits = Limits { text: 300, ..Limits::default() };
        assert!(read(long.as_bytes(), &limits).unwrap_err().message.contains("文字超过300字节"));
    }
}
