//! Where the objects of a file are (ISO 32000-1 §7.5): its tables, those of earlier versions of the
//! file too; and where they are found without any.

use std::collections::{BTreeMap, BTreeSet};

use super::lexer::{Lexer, is_space};
use super::object::{Dict, Object};
use super::{Document, number_of};
use crate::verify::limits::{Error, Fault, within};

/// Where an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nowhere: it was deleted.
    Free,
    /// At a byte of the file.
    At(usize),
    /// In an object that holds others.
    In(u32),
}

pub(super) type Places = BTreeMap<u32, Place>;

/// Bytes at the end of a file among which the place of its last table is written.
const TAIL: usize = 2048;

impl Document<'_> {
    /// Reads the tables, the last first: what it says holds.
    pub(super) fn tables(&mut self) -> Result<(), Fault> {
        let tail = self.data.len().saturating_sub(TAIL);
        let word = b"startxref";
        let found = self.data[tail..].windows(word.len()).rposition(|window| window == word);
        let after = tail + found.ok_or(Fault::Broken)? + word.len();
        let first = Lexer::new(self.data, after).number(&mut self.meter)?;
        let mut wanted = vec![first];
        let mut seen = BTreeSet::new();
        while let Some(at) = wanted.pop() {
            if !seen.insert(at) {
                continue;
            }
            within(seen.len(), self.meter.limits.tables, "保存的次数")?;
            let trailer = self.table(at)?;
            // A table may be in two halves; the other half comes before what is older.
            for key in ["Prev", "XRefStm"] {
                wanted.extend(trailer.get(key.as_bytes()).and_then(Object::index));
            }
            if self.trailer.is_empty() {
                self.trailer = trailer;
            }
        }
        Ok(())
    }

    fn table(&mut self, at: usize) -> Result<Dict, Fault> {
        let mut lexer = Lexer::new(self.data, at);
        if lexer.word("xref", &mut self.meter).is_err() {
            return self.packed_table(at);
        }
        loop {
            let before = lexer.at;
            if lexer.word("trailer", &mut self.meter).is_ok() {
                return lexer.object(&mut self.meter)?.dict().ok_or(Fault::Broken);
            }
            lexer.at = before;
            let first = lexer.number(&mut self.meter)?;
            let count = lexer.number(&mut self.meter)?;
            for id in first..first.saturating_add(count) {
                let offset = lexer.number(&mut self.meter)?;
                lexer.number(&mut self.meter)?;
                let before = lexer.at;
                let used = lexer.word("n", &mut self.meter).is_ok();
                if !used {
                    lexer.at = before;
                    lexer.word("f", &mut self.meter)?;
                }
                self.put(id, if used { Place::At(offset) } else { Place::Free })?;
            }
        }
    }

    /// A table that is a stream.
    fn packed_table(&mut self, at: usize) -> Result<Dict, Fault> {
        let (_, object) = self.at(at)?;
        let stream = object.stream().ok_or(Fault::Broken)?;
        let numbers = |key: &str| -> Option<Vec<usize>> {
            let Object::Array(array) = stream.dict.get(key.as_bytes())? else { return None };
            array.iter().map(Object::index).collect()
        };
        let widths = numbers("W").ok_or(Fault::Broken)?;
        let [kind, second, third] = widths[..] else { return Err(Fault::Broken) };
        let length = kind.saturating_add(second).saturating_add(third);
        // An entry of no bytes would have no end.
        if widths.iter().any(|width| *width > 8) || length == 0 {
            return Err(Fault::Broken);
        }
        let size = stream.dict.get(b"Size".as_slice()).and_then(Object::index);
        let sections = numbers("Index").unwrap_or_else(|| vec![0, size.unwrap_or(0)]);
        let bytes = self.unpack(&stream)?;
        self.meter.work(bytes.len())?;
        let mut entries = bytes.chunks_exact(length);
        for section in sections.chunks_exact(2) {
            for id in section[0]..section[0].saturating_add(section[1]) {
                let Some(entry) = entries.next() else { break };
                let (first, rest) = entry.split_at(kind);
                let number = |bytes: &[u8]| number_of(bytes);
                self.put(
                    id,
                    match if kind == 0 { 1 } else { number(first) } {
                        1 => Place::At(number(&rest[..second])),
                        2 => u32::try_from(number(&rest[..second])).map_or(Place::Free, Place::In),
                        _ => Place::Free,
                    },
                )?;
            }
        }
        Ok(stream.dict)
    }

    /// Notes where an object is, unless a newer table said so.
    fn put(&mut self, id: usize, place: Place) -> Result<(), Fault> {
        let id = u32::try_from(id).map_err(|_| Fault::Broken)?;
        self.places.entry(id).or_insert(place);
        within(self.places.len(), self.meter.limits.objects, "对象数")?;
        Ok(())
    }

    /// Looks for the objects of a file whose tables are wrong, once through the whole file. The last
    /// of a number holds.
    pub(super) fn search(&mut self) -> Result<(), Fault> {
        self.searched = true;
        self.places.clear();
        self.packed.clear();
        self.trailer.clear();
        self.meter.work(self.data.len())?;
        let (mut last, mut packs, mut heads) = (0, Vec::new(), Vec::new());
        for at in 0..self.data.len() {
            let rest = &self.data[at..];
            match rest[0] {
                b'o' if rest.starts_with(b"obj") => {
                    if let Some((id, start)) = head_before(self.data, at) {
                        self.places.insert(id, Place::At(start));
                        within(self.places.len(), self.meter.limits.objects, "对象数")?;
                        last = start;
                    }
                }
                b'/' if rest.starts_with(b"/ObjStm") => packs.push(last),
                b'/' if rest.starts_with(b"/XRef") => heads.push((last, false)),
                b't' if rest.starts_with(b"trailer") => heads.push((at + 7, true)),
                _ => {}
            }
        }
        packs.dedup();
        for at in packs {
            let found = self.at(at).and_then(|(id, _)| Ok((id, self.pack(id)?)));
            let (id, pack) = match found {
                Ok(found) => found,
                Err(Fault::Broken) => continue,
                Err(refused) => return Err(refused),
            };
            for held in pack.places.keys() {
                self.put(*held as usize, Place::In(id))?;
            }
        }
        let most = self.meter.limits.tables;
        for &(at, plain) in heads.iter().rev().take(most) {
            let head = match plain {
                true => Lexer::new(self.data, at).object(&mut self.meter),
                false => self.at(at).map(|found| found.1),
            };
            let head = match head {
                Ok(head) => head.dict().unwrap_or_default(),
                Err(Fault::Broken) => continue,
                Err(refused) => return Err(refused),
            };
            if head.contains_key(b"Encrypt".as_slice()) {
                return Err(Error::locked().into());
            }
            if head.contains_key(b"Root".as_slice()) {
                self.trailer = head;
                return Ok(());
            }
        }
        Err(Fault::Broken)
    }
}

/// The number of the object that begins before its `obj`, and where.
fn head_before(data: &[u8], obj: usize) -> Option<(u32, usize)> {
    /// Digits of a number of an object, or of a generation; blanks between them.
    const LONGEST: usize = 10;
    let back = |end: usize, such: fn(u8) -> bool| {
        let length = data[..end].iter().rev().take(LONGEST).take_while(|&&b| such(b)).count();
        (length > 0).then(|| end - length)
    };
    let digit: fn(u8) -> bool = |byte| byte.is_ascii_digit();
    let generation = back(back(obj, is_space)?, digit)?;
    let end = back(generation, is_space)?;
    let start = back(end, digit)?;
    let id = std::str::from_utf8(&data[start..end]).ok()?.parse().ok()?;
    Some((id, start))
}
