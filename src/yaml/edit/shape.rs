//! A tree without places, and what an operation makes of it: what the changed text must be read as.

use super::super::{Node, Value};
use super::content::Content;
use super::path::{Path, Step};
use crate::diagnostic::Span;

/// A value; one that was there before the edit keeps its number through it.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub id: Option<usize>,
    /// Where it stood.
    pub span: Span,
    pub bare: Bare,
}

#[derive(Clone, Debug)]
pub(super) enum Bare {
    Null,
    /// With whether it is plain, where that must stay.
    Text(String, Option<bool>),
    List(Vec<Shape>),
    Map(Vec<(String, Shape)>),
}

impl Shape {
    pub fn of(root: &Node) -> Shape {
        Shape::numbered(root, &mut 0)
    }

    fn numbered(node: &Node, count: &mut usize) -> Shape {
        let id = Some(*count);
        *count += 1;
        let bare = match &node.value {
            Value::Null => Bare::Null,
            Value::Scalar { text, plain } => Bare::Text(text.clone(), Some(*plain)),
            Value::Sequence(nodes) => {
                Bare::List(nodes.iter().map(|node| Shape::numbered(node, count)).collect())
            }
            Value::Mapping(entries) => Bare::Map(
                entries.iter().map(|e| (e.key.clone(), Shape::numbered(&e.value, count))).collect(),
            ),
        };
        Shape { id, span: node.span, bare }
    }

    pub fn new(content: &Content, span: Span) -> Shape {
        let bare = match content {
            Content::Null => Bare::Null,
            Content::Text(text) => Bare::Text(text.clone(), None),
            Content::List(list) => {
                Bare::List(list.iter().map(|content| Shape::new(content, span)).collect())
            }
            Content::Map(map) => Bare::Map(
                map.iter().map(|(key, content)| (key.clone(), Shape::new(content, span))).collect(),
            ),
        };
        Shape { id: None, span, bare }
    }

    /// Whether a tree says this.
    pub fn is(&self, node: &Node) -> bool {
        match (&self.bare, &node.value) {
            (Bare::Null, Value::Null) => true,
            (Bare::Text(text, plain), Value::Scalar { text: read, plain: written }) => {
                text == read && plain.is_none_or(|plain| plain == *written)
            }
            (Bare::List(shapes), Value::Sequence(nodes)) => {
                shapes.len() == nodes.len()
                    && shapes.iter().zip(nodes).all(|(shape, node)| shape.is(node))
            }
            (Bare::Map(shapes), Value::Mapping(entries)) => {
                let same = |((key, shape), entry): (&(String, Shape), &super::super::Entry)| {
                    *key == entry.key && shape.is(&entry.value)
                };
                shapes.len() == entries.len() && shapes.iter().zip(entries).all(same)
            }
            _ => false,
        }
    }

    /// Whether it says the same as before, in the same order.
    pub fn same_as(&self, other: &Shape) -> bool {
        self.id == other.id
            && match (&self.bare, &other.bare) {
                (Bare::Null, Bare::Null) => true,
                (Bare::Text(text, _), Bare::Text(before, _)) => text == before,
                (Bare::List(a), Bare::List(b)) => {
                    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same_as(b))
                }
                (Bare::Map(a), Bare::Map(b)) => {
                    let same = |((key, a), (other, b)): (&(String, Shape), &(String, Shape))| {
                        key == other && a.same_as(b)
                    };
                    a.len() == b.len() && a.iter().zip(b).all(same)
                }
                _ => false,
            }
    }

    pub fn kind(&self) -> &'static str {
        match self.bare {
            Bare::Null => "空的",
            Bare::Text(..) => "文字",
            Bare::List(_) => "列表",
            Bare::Map(_) => "一组“键: 值”",
        }
    }

    /// The number of a value, if it was there before the edit.
    pub fn id_of(&self, path: &Path) -> Option<usize> {
        let mut shape = self;
        for step in path.steps() {
            let index = shape.position(step)?;
            shape = match &shape.bare {
                Bare::List(list) => &list[index],
                Bare::Map(map) => &map[index].1,
                _ => return None,
            };
        }
        shape.id
    }

    /// The address of the value with this number.
    pub fn path(&self, id: usize) -> Option<Path> {
        let mut steps = Vec::new();
        self.find(id, &mut steps).then(|| steps.into_iter().collect())
    }

    fn find(&self, id: usize, steps: &mut Vec<Step>) -> bool {
        if self.id == Some(id) {
            return true;
        }
        let mut within = |step: Step, shape: &Shape| {
            steps.push(step);
            let found = shape.find(id, steps);
            if !found {
                steps.pop();
            }
            found
        };
        match &self.bare {
            Bare::List(list) => {
                list.iter().enumerate().any(|(index, shape)| within(Step::Index(index), shape))
            }
            Bare::Map(map) => map.iter().any(|(key, shape)| within(Step::Key(key.clone()), shape)),
            _ => false,
        }
    }

    /// Where a step leads among the parts.
    pub fn position(&self, step: &Step) -> Option<usize> {
        match (&self.bare, step) {
            (Bare::List(list), Step::Index(index)) => (*index < list.len()).then_some(*index),
            (Bare::Map(map), Step::Key(key)) => map.iter().position(|(other, _)| other == key),
            _ => None,
        }
    }
}
