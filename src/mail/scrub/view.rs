//! A text as bytes to be compared, each with the place that it came from.

use std::ops::Range;

use super::pieces;
use crate::diagnostic::is_hidden;

/// The bytes of a text that belong to what is seen, by their numbers.
fn close(bytes: &[u8]) -> Vec<usize> {
    let mut seen = Vec::new();
    let mut at = 0;
    for c in String::from_utf8_lossy(bytes).chars() {
        let end = at + c.len_utf8();
        if !c.is_whitespace() && !is_hidden(c) {
            seen.extend(at..end.min(bytes.len()));
        }
        at = end;
    }
    seen
}

/// Bytes in lower case.
pub(super) struct View {
    pub(super) bytes: Vec<u8>,
    places: Vec<Range<usize>>,
}

impl View {
    /// A text in lower case.
    pub(super) fn plain(text: &str) -> View {
        let mut view = View { bytes: Vec::new(), places: Vec::new() };
        for (at, c) in text.char_indices() {
            view.put(c, at..at + c.len_utf8());
        }
        view
    }

    fn put(&mut self, c: char, place: Range<usize>) {
        for c in c.to_lowercase() {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                self.bytes.push(byte);
                self.places.push(place.clone());
            }
        }
    }

    /// With escapes undone: `%41`, `=41`, `\x41`, `\101`, `\u0041`, `\u{41}`, `\"`, `&#65;`,
    /// `&#x41;`, `&quot;`.
    pub(super) fn unescaped(&self) -> View {
        let mut view = View { bytes: Vec::new(), places: Vec::new() };
        let mut at = 0;
        while at < self.bytes.len() {
            let (sign, length) = sign(&self.bytes[at..]);
            let place = self.places[at].start..self.places[at + length - 1].end;
            match sign {
                Sign::Byte(byte) => {
                    view.bytes.push(byte.to_ascii_lowercase());
                    view.places.push(place);
                }
                Sign::Char(c) => view.put(c, place),
            }
            at += length;
        }
        view
    }

    /// Without blanks and what no eye sees.
    pub(super) fn close(&self) -> View {
        let mut view = View { bytes: Vec::new(), places: Vec::new() };
        for at in close(&self.bytes) {
            view.bytes.push(self.bytes[at]);
            view.places.push(self.places[at].clone());
        }
        view
    }

    /// A form as it stands in [`Self::close`].
    pub(super) fn closed(form: &[u8]) -> Vec<u8> {
        close(form).into_iter().map(|at| form[at]).collect()
    }

    /// Its hex digits alone, without the signs that go before a byte.
    pub(super) fn digits(&self) -> View {
        let mut view = View { bytes: Vec::new(), places: Vec::new() };
        let mut at = 0;
        while let Some(byte) = self.bytes.get(at) {
            if matches!(self.bytes[at..], [b'0' | b'\\', b'x', ..]) {
                at += 2;
                continue;
            }
            if byte.is_ascii_hexdigit() {
                view.bytes.push(*byte);
                view.places.push(self.places[at].clone());
            }
            at += 1;
        }
        view
    }

    /// Every place where a piece of a form stands, of `size` bytes or the whole form.
    pub(super) fn each(&self, form: &[u8], size: usize, mut found: impl FnMut(Range<usize>)) {
        // What stands far apart is another thing; %25%34%31 has nine signs for one byte.
        const APART: usize = 12;
        if form.is_empty() {
            return;
        }
        let (pieces, size) = pieces(form, size);
        for (at, window) in self.bytes.windows(size).enumerate() {
            let place = self.places[at].start..self.places[at + size - 1].end;
            if pieces.contains(window) && place.len() <= size * APART {
                found(place);
            }
        }
    }
}

enum Sign {
    Byte(u8),
    Char(char),
}

/// What stands first, and how many bytes of it.
fn sign(bytes: &[u8]) -> (Sign, usize) {
    match escape(bytes) {
        Some((Sign::Char(c), length)) if c.is_ascii() => (Sign::Byte(c as u8), length),
        Some(found) => found,
        None => (Sign::Byte(bytes[0]), 1),
    }
}

fn escape(bytes: &[u8]) -> Option<(Sign, usize)> {
    let number = |from: usize, most: usize, radix: u32| {
        let rest = &bytes[from.min(bytes.len())..];
        let digits = rest.iter().take(most).take_while(|byte| (**byte as char).is_digit(radix));
        let digits = digits.count();
        let text = std::str::from_utf8(&rest[..digits]).ok()?;
        Some((u32::from_str_radix(text, radix).ok()?, from + digits))
    };
    let exactly =
        |from: usize, count: usize| number(from, count, 16).filter(|(_, end)| *end == from + count);
    let byte = |(value, end): (u32, usize)| Some((Sign::Byte(u8::try_from(value).ok()?), end));
    let char = |(value, end): (u32, usize)| Some((Sign::Char(char::from_u32(value)?), end));
    let closed = |(value, end): (u32, usize), by: u8| {
        (bytes.get(end) == Some(&by)).then_some((value, end + 1)).and_then(char)
    };
    match bytes {
        [b'%' | b'=', ..] => exactly(1, 2).and_then(byte),
        [b'\\', b'x', ..] => exactly(2, 2).and_then(byte),
        [b'\\', b'u', b'{', ..] => closed(number(3, 6, 16)?, b'}'),
        [b'\\', b'u', ..] => exactly(2, 4).and_then(char),
        [b'\\', b'0'..=b'7', ..] => number(1, 3, 8).and_then(byte),
        [b'\\', b'n' | b'r' | b't', ..] => None,
        [b'\\', escaped, ..] if escaped.is_ascii() => Some((Sign::Byte(*escaped), 2)),
        [b'&', b'#', b'x', ..] => closed(number(3, 6, 16)?, b';'),
        [b'&', b'#', ..] => closed(number(2, 7, 10)?, b';'),
        [b'&', ..] => {
            let names: [(&[u8], u8); 5] = [
                (b"&amp;", b'&'),
                (b"&lt;", b'<'),
                (b"&gt;", b'>'),
                (b"&quot;", b'"'),
                (b"&apos;", b'\''),
            ];
            let (name, sign) = names.into_iter().find(|(name, _)| bytes.starts_with(name))?;
            Some((Sign::Byte(sign), name.len()))
        }
        _ => None,
    }
}
