//! Changes PDF files as somebody would who wants it not to be seen, and writes small ones that no
//! program writes.

use std::io::{Read, Write};

/// A file of ours to which changed objects are added at its end, as other programs save changes.
pub struct Forgery {
    bytes: Vec<u8>,
    added: Vec<(u32, usize)>,
    last: usize,
    trailer: String,
    size: u32,
}

impl Forgery {
    pub fn of(bytes: &[u8]) -> Forgery {
        let at = find_last(bytes, b"startxref").expect("startxref");
        let number = String::from_utf8_lossy(&bytes[at + 9..]);
        let last = number.split_whitespace().next().unwrap().parse().expect("a place");
        let trailer = &bytes[find_last(bytes, b"trailer").expect("trailer") + 7..at];
        let trailer = String::from_utf8(trailer.to_vec()).expect("a trailer").trim().to_owned();
        let size = after(&trailer, "/Size").parse().expect("a size");
        Forgery { bytes: bytes.to_vec(), added: Vec::new(), last, trailer, size }
    }

    /// The number of an object whose text contains this.
    pub fn with(&self, words: &str) -> u32 {
        let found = (1..self.size).find(|id| self.object(*id).contains(words));
        found.unwrap_or_else(|| panic!("no object has {words}"))
    }

    /// The number of the page.
    pub fn page(&self, index: usize) -> u32 {
        let pages = (1..self.size).filter(|id| self.object(*id).contains("/Type/Page/"));
        pages.collect::<Vec<_>>()[index]
    }

    /// The number that a key of an object refers to.
    pub fn reference(&self, id: u32, key: &str) -> u32 {
        after(&self.object(id), key).parse().expect("a reference")
    }

    /// An object as it is written; a stream without its bytes.
    pub fn object(&self, id: u32) -> String {
        let head = format!("\n{id} 0 obj\n");
        let Some(start) = find_last(&self.bytes, head.as_bytes()) else { return String::new() };
        let rest = &self.bytes[start + head.len()..];
        let ends = [&b"stream"[..], b"endobj"].into_iter().filter_map(|end| find(rest, end));
        let end = ends.min().unwrap_or(rest.len());
        String::from_utf8_lossy(&rest[..end]).trim().to_owned()
    }

    /// The bytes of a stream, unpacked.
    pub fn stream(&self, id: u32) -> Vec<u8> {
        let head = format!("\n{id} 0 obj\n");
        let start = find_last(&self.bytes, head.as_bytes()).expect("the stream");
        let rest = &self.bytes[start..];
        let packed = &rest[find(rest, b"stream\n").expect("a stream") + 7..];
        let mut bytes = Vec::new();
        flate2::read::ZlibDecoder::new(packed).read_to_end(&mut bytes).expect("deflated");
        bytes
    }

    /// Puts an object in place of another.
    pub fn put(&mut self, id: u32, object: impl AsRef<[u8]>) -> &mut Forgery {
        self.bytes.push(b'\n');
        self.added.push((id, self.bytes.len()));
        self.bytes.extend(format!("{id} 0 obj\n").bytes());
        self.bytes.extend(object.as_ref());
        self.bytes.extend(b"\nendobj\n");
        self
    }

    /// Adds an object; its number.
    pub fn add(&mut self, object: impl AsRef<[u8]>) -> u32 {
        let id = self.size;
        self.size += 1;
        self.put(id, object);
        id
    }

    /// Puts bytes in place of those of a stream.
    pub fn put_stream(&mut self, id: u32, entries: &str, bytes: &[u8]) -> &mut Forgery {
        self.put(id, stream(entries, bytes))
    }

    /// Puts something in place of the first of something in an object.
    pub fn edit(&mut self, id: u32, from: &str, to: &str) -> &mut Forgery {
        let object = self.object(id);
        assert!(object.contains(from), "{from} is not in {object}");
        self.put(id, object.replacen(from, to, 1))
    }

    /// Puts something in place of all of something in the content of a page.
    pub fn draw(&mut self, page: usize, edit: impl Fn(String) -> String) -> &mut Forgery {
        let id = self.reference(self.page(page), "/Contents");
        let before = String::from_utf8(self.stream(id)).expect("content is ASCII");
        let after = edit(before.clone());
        assert_ne!(before, after, "nothing was changed");
        self.put_stream(id, "", after.as_bytes())
    }

    /// The changed file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        let table = bytes.len();
        bytes.extend(b"xref\n");
        for (id, at) in &self.added {
            bytes.extend(format!("{id} 1\n{at:010} 00000 n \n").bytes());
        }
        let trailer = self.trailer.replacen(
            &format!("/Size {}", after(&self.trailer, "/Size")),
            &format!("/Prev {}/Size {}", self.last, self.size),
            1,
        );
        bytes.extend(format!("trailer\n{trailer}\nstartxref\n{table}\n%%EOF\n").bytes());
        bytes
    }
}

/// A file made of these objects, the first of which is the catalog.
pub fn paper(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for at in &places {
        bytes.extend(format!("{at:010} 00000 n \n").bytes());
    }
    let size = places.len() + 1;
    bytes
        .extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").bytes());
    bytes
}

/// A stream, deflated.
pub fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(bytes).unwrap();
    raw(&format!("{entries}/Filter/FlateDecode"), &zlib.finish().unwrap())
}

/// A stream as it is.
pub fn raw(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{entries}/Length {}>>\nstream\n", bytes.len()).into_bytes();
    object.extend(bytes);
    object.extend(b"\nendstream");
    object
}

/// The same words of the same length elsewhere in the bytes of a file.
pub fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let (mut bytes, mut at) = (bytes.to_vec(), 0);
    while let Some(next) = find(&bytes[at..], from.as_bytes()) {
        at += next;
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    assert!(at > 0, "{from} is not in the file");
    bytes
}

fn after<'a>(text: &'a str, key: &str) -> &'a str {
    let at = text.find(key).unwrap_or_else(|| panic!("no {key} in {text}")) + key.len();
    let rest = text[at..].trim_start();
    &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())]
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

fn find_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}
