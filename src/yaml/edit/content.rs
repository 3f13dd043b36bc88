//! Values to be written: a tree without places.

use super::super::{Node, Value};

/// A value to be written. How it is written (quotes, lines, brackets) follows from what it replaces
/// and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// No value: `~`.
    Null,
    /// A text, also a number: `Content::from("000017")`.
    Text(String),
    /// A list.
    List(Vec<Content>),
    /// Keys and values in their order.
    Map(Vec<(String, Content)>),
}

impl From<&str> for Content {
    fn from(text: &str) -> Content {
        Content::Text(text.to_owned())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Content {
        Content::Text(text)
    }
}

impl From<&Node> for Content {
    fn from(node: &Node) -> Content {
        match &node.value {
            Value::Null => Content::Null,
            Value::Scalar { text, .. } => Content::Text(text.clone()),
            Value::Sequence(nodes) => Content::List(nodes.iter().map(Content::from).collect()),
            Value::Mapping(entries) => Content::Map(
                entries.iter().map(|e| (e.key.clone(), Content::from(&e.value))).collect(),
            ),
        }
    }
}
