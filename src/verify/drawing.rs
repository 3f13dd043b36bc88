//! The fingerprint of all that a page draws: its content with all that this uses, fonts, colours and
//! links too, wherever in the file it stands and however it is packed. Pages with the same one look
//! the same.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::limits::Error;
use super::pdf::{Dict, Document, Object, VALUE};

type Print = [u8; 32];

/// Fingerprints of objects by their numbers; those that several pages share are taken once.
#[derive(Default)]
pub(super) struct Drawings {
    known: BTreeMap<u32, Print>,
}

/// What of a page and its annotations says where they belong, not how they look; and what of a
/// stream says how it is packed.
const ASIDE: [&str; 10] = [
    "Parent",
    "StructParent",
    "StructParents",
    "P",
    "Contents",
    "Length",
    "Filter",
    "DecodeParms",
    "CIDSet",
    "Metadata",
];

impl Drawings {
    pub(super) fn page(
        &mut self,
        document: &mut Document<'_>,
        page: &Dict,
        content: &[u8],
    ) -> Result<Print, Error> {
        document.meter.work(content.len())?;
        let mut hash = Sha256::new();
        hash.update(Sha256::digest(content));
        self.dict(document, page, &mut hash, 0)?;
        Ok(hash.finalize().into())
    }

    fn dict(
        &mut self,
        document: &mut Document<'_>,
        dict: &Dict,
        hash: &mut Sha256,
        depth: usize,
    ) -> Result<(), Error> {
        hash.update(b"<");
        for (key, value) in dict {
            if !ASIDE.iter().any(|aside| aside.as_bytes() == key) {
                bytes(b'/', key, hash);
                self.value(document, value, hash, depth)?;
            }
        }
        hash.update(b">");
        Ok(())
    }

    fn value(
        &mut self,
        document: &mut Document<'_>,
        value: &Object,
        hash: &mut Sha256,
        depth: usize,
    ) -> Result<(), Error> {
        if depth > 2 * document.meter.limits.depth {
            document.broken += 1;
            return Ok(());
        }
        document.meter.work(2 * VALUE)?;
        match value {
            Object::Null => hash.update(b"n"),
            Object::Bool(value) => hash.update([b'b', u8::from(*value)]),
            // 1 and 1.0 are the same number.
            Object::Integer(number) => real(*number as f64, hash),
            Object::Real(number) => real(*number, hash),
            Object::Name(name) => bytes(b'/', name, hash),
            Object::String(string) => bytes(b'(', string, hash),
            Object::Array(array) => {
                bytes(b'[', &(array.len() as u64).to_be_bytes(), hash);
                for value in array {
                    self.value(document, value, hash, depth + 1)?;
                }
            }
            Object::Dict(dict) => self.dict(document, dict, hash, depth + 1)?,
            Object::Stream(stream) => {
                self.dict(document, &stream.dict, hash, depth + 1)?;
                let picture = stream.dict.get(b"Subtype".as_slice());
                let print = if picture.is_some_and(|kind| kind.is_name("Image")) {
                    Sha256::digest(document.packed(stream)?)
                } else {
                    let unpacked = document.unpack(stream);
                    let unpacked = document.lenient(unpacked)?.unwrap_or_default();
                    document.meter.work(unpacked.len())?;
                    Sha256::digest(unpacked)
                };
                bytes(b's', &print, hash);
            }
            Object::Reference(id) => {
                let print = self.object(document, *id, depth)?;
                hash.update(print);
            }
        }
        Ok(())
    }

    fn object(
        &mut self,
        document: &mut Document<'_>,
        id: u32,
        depth: usize,
    ) -> Result<Print, Error> {
        if let Some(print) = self.known.get(&id) {
            return Ok(*print);
        }
        // Until it is known: what leads back to itself ends here.
        self.known.insert(id, [0; 32]);
        let object = document.value(Object::Reference(id))?;
        let mut hash = Sha256::new();
        let page = match &object {
            Object::Dict(dict) => dict.get(b"Type".as_slice()).is_some_and(|t| t.is_name("Page")),
            _ => false,
        };
        if page {
            hash.update(b"page");
        } else {
            self.value(document, &object, &mut hash, depth + 1)?;
        }
        let print: Print = hash.finalize().into();
        self.known.insert(id, print);
        Ok(print)
    }
}

fn real(number: f64, hash: &mut Sha256) {
    hash.update(b"#");
    hash.update(number.to_be_bytes());
}

fn bytes(kind: u8, bytes: &[u8], hash: &mut Sha256) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}
