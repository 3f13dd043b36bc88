//! YAML with places: a tree in which every key and value knows where it was written, and a reader
//! that walks it and collects everything that is wrong.
//!
//! Scalars stay text (`000017` keeps its zeros, `61806756` is no number until a reader asks for
//! one). Anchors, aliases, tags, merge keys, duplicate keys and second documents are refused: none
//! of them helps an editor, and each can hide a mistake.
//!
//! How to read a file:
//!
//! ```
//! use hongtou::diagnostic::{FileKind, Sources};
//! use hongtou::yaml::{Key, Reader};
//!
//! const KEYS: &[Key] =
//!     &[Key::new("number", &["期号", "期数"]), Key::new("office", &["编发机关"])];
//!
//! let mut sources = Sources::default();
//! let file = sources.add("issue.yaml", "期号: 155\noffice: [甲, 乙]\n");
//! let mut reader = Reader::new(&sources, FileKind::Issue);
//! let Some(root) = reader.parse(file) else { panic!("a syntax error comes alone") };
//! let Some(fields) = reader.fields(&root, "这一期", KEYS) else { panic!("not a mapping") };
//! let number = fields.require(&mut reader, "number", Reader::integer::<u32>);
//! let office = fields.require(&mut reader, "office", Reader::texts);
//! assert!(reader.finish().is_ok());
//! assert_eq!(number.unwrap().value, 155);
//! assert_eq!(office.unwrap().len(), 2);
//! ```

pub mod edit;
mod fields;
mod fold;
mod key;
mod parse;
mod reader;
mod suggest;
mod syntax;

pub use fields::Fields;
pub use key::Key;
pub(crate) use key::keys;
pub use parse::{MAX_BYTES, MAX_DEPTH, MAX_NODES, parse};
pub use reader::{Reader, shorten};
pub use suggest::{nearest, places_of};

use crate::diagnostic::Span;

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What is written.
    pub value: Value,
    /// Where.
    pub span: Span,
}

/// What a [`Node`] holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`, unquoted.
    Null,
    /// A scalar as text; `plain` when it was written without quotes.
    Scalar {
        /// The text after YAML's escapes and line folding; a fold between two Chinese characters
        /// is no space.
        text: String,
        /// Whether it was written without quotes.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values in the order of writing.
    Mapping(Vec<Entry>),
}

impl Value {
    /// What it is, in the editor's words: 文字, 列表, 一组“键: 值”.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "空的",
            Value::Scalar { .. } => "文字",
            Value::Sequence(_) => "列表",
            Value::Mapping(_) => "一组“键: 值”",
        }
    }
}

/// One `key: value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

#[cfg(test)]
mod tests;
