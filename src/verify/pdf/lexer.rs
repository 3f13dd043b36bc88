//! Reads values from bytes (ISO 32000-1 §7.2, §7.3): in files, object streams, contents of pages and
//! maps of fonts. Goes forward only; every byte is counted, and so are the values of one object and
//! how deep they lie in each other.

use super::object::{Dict, Object};
use crate::verify::limits::{Error, Fault, Meter};

/// A place in bytes.
pub(in crate::verify) struct Lexer<'a> {
    data: &'a [u8],
    /// The next byte.
    pub(in crate::verify) at: usize,
    /// Values of the object that is read.
    values: usize,
}

/// What a value takes beside looking at its bytes, counted as so many of them.
pub(in crate::verify) const VALUE: usize = 6;

/// What stands in bytes.
#[derive(Debug, PartialEq)]
pub(in crate::verify) enum Token<'a> {
    /// A value.
    Value(Object),
    /// Anything else: an operator, `obj`, `endobj`, `]`, `>>`.
    Word(&'a [u8]),
    End,
}

pub(in crate::verify) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    pub(in crate::verify) fn new(data: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { data, at, values: 0 }
    }

    pub(in crate::verify) fn rest(&self) -> &'a [u8] {
        self.data.get(self.at..).unwrap_or(&[])
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    /// Goes past white space and comments.
    fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => drop(self.run(|byte| byte != b'\n' && byte != b'\r')),
                byte if is_space(byte) => self.at += 1,
                _ => return,
            }
        }
    }

    /// The bytes from here that are such.
    fn run(&mut self, such: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let end = rest.iter().position(|&byte| !such(byte)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The next value or word. Values of an object of its own may be as many as the limits say.
    pub(in crate::verify) fn next(&mut self, meter: &mut Meter) -> Result<Token<'a>, Fault> {
        self.values = 0;
        self.token(meter, 0, true)
    }

    /// As [`Self::next`], where two numbers and `R` are no reference: contents, maps.
    pub(in crate::verify) fn plain(&mut self, meter: &mut Meter) -> Result<Token<'a>, Fault> {
        self.values = 0;
        self.token(meter, 0, false)
    }

    /// The next value.
    pub(in crate::verify) fn object(&mut self, meter: &mut Meter) -> Result<Object, Fault> {
        match self.next(meter)? {
            Token::Value(object) => Ok(object),
            _ => Err(Fault::Broken),
        }
    }

    /// A number that counts.
    pub(in crate::verify) fn number(&mut self, meter: &mut Meter) -> Result<usize, Fault> {
        match self.plain(meter)? {
            Token::Value(object) => object.index().ok_or(Fault::Broken),
            _ => Err(Fault::Broken),
        }
    }

    /// Goes past a word.
    pub(in crate::verify) fn word(&mut self, word: &str, meter: &mut Meter) -> Result<(), Fault> {
        match self.plain(meter)? {
            Token::Word(found) if found == word.as_bytes() => Ok(()),
            _ => Err(Fault::Broken),
        }
    }

    fn token(
        &mut self,
        meter: &mut Meter,
        depth: usize,
        references: bool,
    ) -> Result<Token<'a>, Fault> {
        let start = self.at;
        let token = self.bare(meter, depth, references);
        // Values inside this one have been counted by themselves; counting them again bounds what
        // deep nesting costs too.
        meter.work(self.at - start + VALUE)?;
        self.values += 1;
        if self.values > meter.limits.values {
            return Err(Error::refused("有过长的数组或字典，不核对".to_owned()).into());
        }
        token
    }

    fn bare(
        &mut self,
        meter: &mut Meter,
        depth: usize,
        references: bool,
    ) -> Result<Token<'a>, Fault> {
        self.skip();
        let Some(byte) = self.peek() else { return Ok(Token::End) };
        let value = match byte {
            b'/' => {
                self.at += 1;
                Object::Name(name(self.run(|byte| !is_space(byte) && !is_mark(byte))))
            }
            b'(' => Object::String(self.literal()?),
            b'<' if self.data.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Object::Dict(self.dict(meter, deeper(meter, depth)?, references)?)
            }
            b'<' => Object::String(self.hexadecimal()?),
            b'[' => {
                self.at += 1;
                Object::Array(self.array(meter, deeper(meter, depth)?, references)?)
            }
            b'>' if self.data.get(self.at + 1) == Some(&b'>') => return Ok(self.mark(2)),
            byte if is_mark(byte) => return Ok(self.mark(1)),
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.numeral(references),
            _ => match self.run(|byte| !is_space(byte) && !is_mark(byte)) {
                b"true" => Object::Bool(true),
                b"false" => Object::Bool(false),
                b"null" => Object::Null,
                word => return Ok(Token::Word(word)),
            },
        };
        Ok(Token::Value(value))
    }

    fn mark(&mut self, length: usize) -> Token<'a> {
        let word = &self.rest()[..length];
        self.at += length;
        Token::Word(word)
    }

    fn array(
        &mut self,
        meter: &mut Meter,
        depth: usize,
        references: bool,
    ) -> Result<Vec<Object>, Fault> {
        let mut array = Vec::new();
        loop {
            match self.token(meter, depth, references)? {
                Token::Value(value) => array.push(value),
                Token::Word(b"]") => return Ok(array),
                _ => return Err(Fault::Broken),
            }
        }
    }

    fn dict(&mut self, meter: &mut Meter, depth: usize, references: bool) -> Result<Dict, Fault> {
        let mut dict = Dict::new();
        loop {
            let key = match self.token(meter, depth, references)? {
                Token::Value(Object::Name(key)) => key,
                Token::Word(b">>") => return Ok(dict),
                _ => return Err(Fault::Broken),
            };
            let Token::Value(value) = self.token(meter, depth, references)? else {
                return Err(Fault::Broken);
            };
            // Finding its place among the keys takes its time too.
            meter.work(2 * VALUE)?;
            // Which of two values of a key holds, programs disagree.
            if dict.insert(key, value).is_some() {
                return Err(Fault::Broken);
            }
        }
    }

    /// A number, or a reference that begins with one.
    fn numeral(&mut self, references: bool) -> Object {
        let word = self.run(|byte| matches!(byte, b'+' | b'-' | b'.' | b'0'..=b'9'));
        let number = number(word);
        if references && let Object::Integer(id) = number {
            let after = self.at;
            if let Some(id) = self.reference(id) {
                return Object::Reference(id);
            }
            self.at = after;
        }
        number
    }

    fn reference(&mut self, id: i64) -> Option<u32> {
        const LONGEST: usize = 5;
        let id = u32::try_from(id).ok()?;
        let spaces = |lexer: &mut Lexer<'a>| !lexer.run(is_space).is_empty();
        let generation = spaces(self).then(|| self.run(|byte| byte.is_ascii_digit()))?;
        if generation.is_empty() || generation.len() > LONGEST || !spaces(self) {
            return None;
        }
        let ended = self.data.get(self.at + 1).is_none_or(|&b| is_space(b) || is_mark(b));
        (self.peek() == Some(b'R') && ended).then(|| self.at += 1)?;
        Some(id)
    }

    /// A string in brackets.
    fn literal(&mut self) -> Result<Vec<u8>, Fault> {
        let mut string = Vec::new();
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    if open > 1 {
                        string.push(byte);
                    }
                }
                b')' if open == 1 => return Ok(string),
                b')' => {
                    open -= 1;
                    string.push(byte);
                }
                b'\\' => string.extend(self.escaped()),
                b'\r' => {
                    self.at += usize::from(self.peek() == Some(b'\n'));
                    string.push(b'\n');
                }
                _ => string.push(byte),
            }
        }
        Err(Fault::Broken)
    }

    /// What stands after a backslash.
    fn escaped(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' => return None,
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                return None;
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                value as u8
            }
            other => other,
        })
    }

    /// A string in digits.
    fn hexadecimal(&mut self) -> Result<Vec<u8>, Fault> {
        self.at += 1;
        let digits = self.run(|byte| byte != b'>');
        if self.peek().is_none() {
            return Err(Fault::Broken);
        }
        self.at += 1;
        Ok(from_hexadecimal(digits))
    }
}

fn deeper(meter: &Meter, depth: usize) -> Result<usize, Fault> {
    if depth < meter.limits.depth {
        return Ok(depth + 1);
    }
    Err(Error::refused(format!("嵌套超过{}层，不核对", meter.limits.depth)).into())
}

/// Bytes in digits, whatever else stands between them; a digit that is missing at the end is 0.
pub(super) fn from_hexadecimal(digits: &[u8]) -> Vec<u8> {
    let mut digits = digits.iter().filter_map(|&byte| char::from(byte).to_digit(16));
    let mut bytes = Vec::new();
    while let Some(high) = digits.next() {
        bytes.push((high << 4 | digits.next().unwrap_or(0)) as u8);
    }
    bytes
}

fn name(written: &[u8]) -> Vec<u8> {
    if !written.contains(&b'#') {
        return written.to_vec();
    }
    let mut name = Vec::new();
    let mut at = 0;
    while let Some(&byte) = written.get(at) {
        let digit = |at: usize| char::from(*written.get(at)?).to_digit(16);
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'#', Some(high), Some(low)) => {
                name.push((high << 4 | low) as u8);
                at += 3;
            }
            _ => {
                name.push(byte);
                at += 1;
            }
        }
    }
    name
}

fn number(word: &[u8]) -> Object {
    let text = std::str::from_utf8(word).unwrap_or("");
    if let Ok(integer) = text.parse() {
        return Object::Integer(integer);
    }
    // A number of millions of digits is none.
    let sane = text.len() <= 64;
    text.parse().ok().filter(|_| sane).map_or(Object::Null, Object::Real)
}
