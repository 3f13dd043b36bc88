//! The values that a PDF file is made of (ISO 32000-1 §7.3).

use std::collections::BTreeMap;
use std::ops::Range;

/// A value. Numbers of objects are without their generation: what a file of ours refers to has none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::verify) enum Object {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    Real(f64),
    Name(Vec<u8>),
    String(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Reference(u32),
    Stream(Stream),
}

/// Names and values.
pub(in crate::verify) type Dict = BTreeMap<Vec<u8>, Object>;

/// Bytes in the file, as they are packed.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::verify) struct Stream {
    pub(in crate::verify) dict: Dict,
    /// Where they are.
    pub(in crate::verify) bytes: Range<usize>,
}

impl Object {
    /// How many values it is: what a copy of it costs.
    pub(in crate::verify) fn weight(&self) -> usize {
        1 + match self {
            Object::Array(array) => array.iter().map(Object::weight).sum(),
            Object::Dict(dict) | Object::Stream(Stream { dict, .. }) => {
                dict.values().map(|value| 2 + value.weight()).sum()
            }
            _ => 0,
        }
    }

    pub(in crate::verify) fn dict(self) -> Option<Dict> {
        match self {
            Object::Dict(dict) => Some(dict),
            Object::Stream(stream) => Some(stream.dict),
            _ => None,
        }
    }

    pub(in crate::verify) fn array(self) -> Option<Vec<Object>> {
        match self {
            Object::Array(array) => Some(array),
            _ => None,
        }
    }

    pub(in crate::verify) fn stream(self) -> Option<Stream> {
        match self {
            Object::Stream(stream) => Some(stream),
            _ => None,
        }
    }

    pub(in crate::verify) fn index(&self) -> Option<usize> {
        match self {
            Object::Integer(number) => usize::try_from(*number).ok(),
            _ => None,
        }
    }

    pub(in crate::verify) fn number(&self) -> Option<f64> {
        match self {
            Object::Integer(number) => Some(*number as f64),
            Object::Real(number) => Some(*number),
            _ => None,
        }
    }

    /// A number of an object.
    pub(in crate::verify) fn id(&self) -> Option<u32> {
        match self {
            Object::Reference(id) => Some(*id),
            _ => None,
        }
    }

    pub(in crate::verify) fn is_name(&self, name: &str) -> bool {
        matches!(self, Object::Name(own) if own == name.as_bytes())
    }

    /// The characters of a name.
    pub(in crate::verify) fn name(&self) -> Option<String> {
        match self {
            Object::Name(name) => Some(String::from_utf8_lossy(name).into_owned()),
            _ => None,
        }
    }

    /// A text string: UTF-16 or UTF-8 with its mark, else Latin.
    pub(in crate::verify) fn text(&self) -> Option<String> {
        let Object::String(bytes) = self else { return None };
        Some(match bytes.as_slice() {
            [0xFE, 0xFF, rest @ ..] => utf16(rest),
            [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
            _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
        })
    }
}

/// Big-endian UTF-16.
pub(in crate::verify) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
}
