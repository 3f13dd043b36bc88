//! The objects of a PDF file that may come from anywhere. A small reader, because those there are
//! unpack and follow whatever a file says: this one counts all that it does, and ends
//! ([`super::limits`]).

mod filter;
mod lexer;
mod object;
mod tables;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::limits::{Error, Fault, Limits, Meter, within};
use filter::{Filter, PARAMETERS, unpack};
pub(super) use lexer::{Lexer, Token, VALUE};
pub(super) use object::{Dict, Object, Stream, utf16};
use tables::{Place, Places};

/// A file.
pub(super) struct Document<'a> {
    data: &'a [u8],
    places: Places,
    pub(super) trailer: Dict,
    packed: BTreeMap<u32, Rc<Pack>>,
    /// Objects held by others that were unpacked.
    held: usize,
    /// Whether its tables were wrong.
    searched: bool,
    pub(super) meter: Meter,
    /// Parts that cannot be read.
    pub(super) broken: usize,
}

/// An object that holds others.
struct Pack {
    bytes: Vec<u8>,
    /// Where they are in it, by their numbers.
    places: BTreeMap<u32, usize>,
}

impl<'a> Document<'a> {
    /// Finds the objects of a file.
    pub(super) fn open(data: &'a [u8], limits: &Limits) -> Result<Document<'a>, Error> {
        within(data.len(), limits.file, "文件")?;
        let mut document = Document {
            data,
            places: Places::new(),
            trailer: Dict::new(),
            packed: BTreeMap::new(),
            held: 0,
            searched: false,
            meter: Meter::new(limits, data.len()),
            broken: 0,
        };
        let head = &data[..data.len().min(1024)];
        if !head.windows(5).any(|window| window == b"%PDF-") {
            return Err(Error::broken());
        }
        match document.tables().and_then(|()| document.root().map(drop)) {
            Ok(()) => {}
            Err(Fault::Refused(error)) => return Err(error),
            Err(Fault::Broken) => document.search().map_err(whole)?,
        }
        if document.trailer.contains_key(b"Encrypt".as_slice()) {
            return Err(Error::locked());
        }
        document.root().map_err(whole)?;
        Ok(document)
    }

    /// Whether an object at its beginning tells readers to show some pages before they have read the
    /// rest (ISO 32000-1, annex F): some show no others then.
    pub(super) fn is_linearized(&mut self) -> bool {
        const HEAD: usize = 2048;
        let head = &self.data[..self.data.len().min(HEAD)];
        let objects = head.windows(3).enumerate().filter(|(_, word)| *word == b"obj");
        objects.into_iter().any(|(at, _)| {
            let object = Lexer::new(self.data, at + 3).object(&mut self.meter);
            matches!(object, Ok(Object::Dict(dict)) if dict.contains_key(b"Linearized".as_slice()))
        })
    }

    /// The catalog, which has pages.
    pub(super) fn root(&mut self) -> Result<Dict, Fault> {
        let root = self.trailer.get(b"Root".as_slice()).cloned().unwrap_or_default();
        let root = self.follow(root)?.dict().ok_or(Fault::Broken)?;
        if root.contains_key(b"Pages".as_slice()) { Ok(root) } else { Err(Fault::Broken) }
    }

    /// A value of a dictionary, wherever it stands; null when it is not there or cannot be read.
    pub(super) fn get(&mut self, dict: &Dict, key: &str) -> Result<Object, Error> {
        let Some(value) = dict.get(key.as_bytes()) else { return Ok(Object::Null) };
        self.meter.work(value.weight() * VALUE)?;
        self.value(value.clone())
    }

    /// What a reference refers to; null when that cannot be read.
    pub(super) fn value(&mut self, value: Object) -> Result<Object, Error> {
        let followed = self.follow(value);
        self.lenient(followed).map(Option::unwrap_or_default)
    }

    /// Passes over what cannot be read, and counts it.
    pub(super) fn lenient<T>(&mut self, read: Result<T, Fault>) -> Result<Option<T>, Error> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(Fault::Broken) => {
                self.broken += 1;
                Ok(None)
            }
            Err(Fault::Refused(error)) => Err(error),
        }
    }

    fn follow(&mut self, mut value: Object) -> Result<Object, Fault> {
        for _ in 0..self.meter.limits.depth {
            let Object::Reference(id) = value else { return Ok(value) };
            value = match self.places.get(&id) {
                None | Some(Place::Free) => Object::Null,
                Some(&Place::At(at)) => match self.at(at) {
                    Ok((found, object)) if found == id => object,
                    Err(Fault::Refused(error)) => return Err(error.into()),
                    _ if self.searched => return Err(Fault::Broken),
                    // Somebody has moved things about without telling the tables.
                    _ => {
                        self.search()?;
                        Object::Reference(id)
                    }
                },
                Some(&Place::In(pack)) => {
                    let pack = self.pack(pack)?;
                    let at = pack.places.get(&id).copied().ok_or(Fault::Broken)?;
                    Lexer::new(&pack.bytes, at).object(&mut self.meter)?
                }
            };
        }
        Err(Fault::Broken)
    }

    /// The object that begins at a byte of the file, and its number.
    fn at(&mut self, at: usize) -> Result<(u32, Object), Fault> {
        let mut lexer = Lexer::new(self.data, at);
        let id = lexer.number(&mut self.meter)?;
        lexer.number(&mut self.meter)?;
        lexer.word("obj", &mut self.meter)?;
        let mut object = lexer.object(&mut self.meter)?;
        if let Object::Dict(dict) = &mut object
            && lexer.word("stream", &mut self.meter).is_ok()
        {
            let start = lexer.at + usize::from(lexer.rest().starts_with(b"\r"));
            let start = start + usize::from(self.data.get(start) == Some(&b'\n'));
            let length = self.length(dict)?;
            let bytes = self.extent(start, length)?;
            object = Object::Stream(Stream { dict: std::mem::take(dict), bytes });
        }
        Ok((u32::try_from(id).map_err(|_| Fault::Broken)?, object))
    }

    /// What a stream says of its length. It may stand in an object of its own, but not in one that
    /// would have to be unpacked first.
    fn length(&mut self, dict: &Dict) -> Result<Option<usize>, Fault> {
        let id = match dict.get(b"Length".as_slice()) {
            Some(Object::Reference(id)) => *id,
            Some(length) => return Ok(length.index()),
            None => return Ok(None),
        };
        let Some(&Place::At(at)) = self.places.get(&id) else { return Ok(None) };
        let mut lexer = Lexer::new(self.data, at);
        let mut number = || {
            lexer.number(&mut self.meter)?;
            lexer.number(&mut self.meter)?;
            lexer.word("obj", &mut self.meter)?;
            lexer.number(&mut self.meter)
        };
        match number() {
            Ok(length) => Ok(Some(length)),
            Err(Fault::Broken) => Ok(None),
            Err(refused) => Err(refused),
        }
    }

    /// Where the bytes of a stream are: as many as it says, if its end is there, else up to its end.
    fn extent(
        &mut self,
        start: usize,
        length: Option<usize>,
    ) -> Result<std::ops::Range<usize>, Fault> {
        const END: &[u8] = b"endstream";
        if let Some(end) = length.and_then(|length| start.checked_add(length))
            && let Some(rest) = self.data.get(end..)
        {
            let blanks = rest.iter().take(3).take_while(|byte| lexer::is_space(**byte)).count();
            if rest[blanks..].starts_with(END) {
                return Ok(start..end);
            }
        }
        let rest = self.data.get(start..).ok_or(Fault::Broken)?;
        let found = rest.windows(END.len()).position(|window| window == END);
        self.meter.work(found.unwrap_or(rest.len()))?;
        Ok(start..start + found.ok_or(Fault::Broken)?)
    }

    /// The bytes of a stream as they are.
    pub(super) fn packed(&mut self, stream: &Stream) -> Result<&'a [u8], Error> {
        self.meter.work(stream.bytes.len())?;
        Ok(&self.data[stream.bytes.clone()])
    }

    /// The bytes of a stream, unpacked.
    pub(super) fn unpack(&mut self, stream: &Stream) -> Result<Vec<u8>, Fault> {
        let filters = self.filters(&stream.dict)?;
        unpack(&self.data[stream.bytes.clone()], &filters, &mut self.meter)
    }

    fn filters(&mut self, dict: &Dict) -> Result<Vec<Filter>, Fault> {
        let list = |value: Object| match value {
            Object::Null => Vec::new(),
            Object::Array(array) => array,
            one => vec![one],
        };
        let filter = dict.get(b"Filter".as_slice()).cloned().unwrap_or_default();
        let parameters = dict.get(b"DecodeParms".as_slice()).cloned().unwrap_or_default();
        let names = list(self.direct(filter)?);
        let mut parameters = list(self.direct(parameters)?).into_iter();
        let mut filters = Vec::new();
        for name in names {
            let name = self.direct(name)?.name().ok_or(Fault::Broken)?;
            let with = self.direct(parameters.next().unwrap_or_default())?.dict();
            let with = with.unwrap_or_default();
            let numbers = PARAMETERS.map(|(key, usual)| match with.get(key.as_bytes()) {
                Some(number) => number.index().unwrap_or(usize::MAX),
                None => usual,
            });
            filters.push(Filter { name, numbers });
        }
        Ok(filters)
    }

    /// How a stream is packed is not itself packed: that could go round in circles.
    fn direct(&mut self, value: Object) -> Result<Object, Fault> {
        let Object::Reference(id) = value else { return Ok(value) };
        let Some(&Place::At(at)) = self.places.get(&id) else { return Err(Fault::Broken) };
        let mut lexer = Lexer::new(self.data, at);
        lexer.number(&mut self.meter)?;
        lexer.number(&mut self.meter)?;
        lexer.word("obj", &mut self.meter)?;
        match lexer.object(&mut self.meter)? {
            Object::Reference(_) => Err(Fault::Broken),
            value => Ok(value),
        }
    }

    /// An object that holds others, unpacked once.
    fn pack(&mut self, id: u32) -> Result<Rc<Pack>, Fault> {
        if let Some(pack) = self.packed.get(&id) {
            return Ok(pack.clone());
        }
        let Some(&Place::At(at)) = self.places.get(&id) else { return Err(Fault::Broken) };
        let (found, object) = self.at(at)?;
        let stream = object.stream().filter(|_| found == id).ok_or(Fault::Broken)?;
        let number = |key: &str| stream.dict.get(key.as_bytes()).and_then(Object::index);
        let count = number("N").ok_or(Fault::Broken)?;
        let first = number("First").ok_or(Fault::Broken)?;
        let bytes = self.unpack(&stream)?;
        let mut places = BTreeMap::new();
        let mut lexer = Lexer::new(&bytes, 0);
        for _ in 0..count {
            let id = u32::try_from(lexer.number(&mut self.meter)?).map_err(|_| Fault::Broken)?;
            let at = lexer.number(&mut self.meter)?;
            places.insert(id, first.saturating_add(at));
            self.held += 1;
            within(self.held, self.meter.limits.objects, "对象数")?;
        }
        let pack = Rc::new(Pack { bytes, places });
        self.packed.insert(id, pack.clone());
        Ok(pack)
    }
}

/// A whole file that cannot be read.
fn whole(fault: Fault) -> Error {
    match fault {
        Fault::Broken => Error::broken(),
        Fault::Refused(error) => error,
    }
}

/// A number in bytes, the highest first.
pub(super) fn number_of(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}
