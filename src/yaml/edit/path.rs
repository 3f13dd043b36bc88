//! Addresses in a tree: by keys and positions, so that they outlive edits of other values.

use std::fmt;

use super::super::{Node, Value};
use crate::diagnostic::Span;

/// One step down a tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a mapping, by a key as it is written: 标题 and `title` are two keys here.
    Key(String),
    /// Into a list; the first element is 0.
    Index(usize),
}

/// The way from the root to one value. The empty path is the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(Vec<Step>);

/// Where something new goes among the parts of a list or mapping. A part that is named is named as
/// it stood before the edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    First,
    /// After all others.
    Last,
    /// Before this one, and before the comments that belong to it.
    Before(Step),
    /// After this one.
    After(Step),
}

impl From<&str> for Step {
    fn from(key: &str) -> Step {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Step {
        Step::Index(index)
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Path {
        Path(steps.into_iter().collect())
    }
}

impl Path {
    /// The root.
    pub fn root() -> Path {
        Path::default()
    }

    /// One step further down: `Path::root().then("sections").then(0)`.
    #[must_use]
    pub fn then(mut self, step: impl Into<Step>) -> Path {
        self.0.push(step.into());
        self
    }

    /// Its steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The path of the list or mapping that this is in, and the step from there; `None` at the root.
    pub fn split(&self) -> Option<(Path, &Step)> {
        let (last, before) = self.0.split_last()?;
        Some((Path(before.to_vec()), last))
    }

    /// Whether `other` is this value or within it.
    pub fn holds(&self, other: &Path) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The value here, if there is one.
    pub fn resolve<'n>(&self, root: &'n Node) -> Option<&'n Node> {
        self.0.iter().try_fold(root, |node, step| match (&node.value, step) {
            (Value::Sequence(nodes), Step::Index(index)) => nodes.get(*index),
            (Value::Mapping(entries), Step::Key(key)) => {
                entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.value)
            }
            _ => None,
        })
    }

    /// The innermost value that a place of the file lies in. A key counts for its value; what lies
    /// between two values counts for the list or mapping around them.
    pub fn of(root: &Node, span: Span) -> Path {
        let within = |start: u32, end: u32| start <= span.start && span.end <= end;
        let mut path = Path::root();
        let mut node = root;
        loop {
            let below = match &node.value {
                Value::Sequence(nodes) => nodes
                    .iter()
                    .enumerate()
                    .find(|(_, node)| within(node.span.start, node.span.end))
                    .map(|(index, node)| (Step::Index(index), node)),
                Value::Mapping(entries) => entries
                    .iter()
                    .find(|e| within(e.key_span.start, e.value.span.end.max(e.key_span.end)))
                    .map(|entry| (Step::Key(entry.key.clone()), &entry.value)),
                _ => None,
            };
            let Some((step, inner)) = below else { return path };
            path.0.push(step);
            node = inner;
        }
    }
}

/// For messages: 栏目 → 第1条 → 标题.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("整个文件");
        }
        for (index, step) in self.0.iter().enumerate() {
            f.write_str(if index > 0 { " → " } else { "" })?;
            step.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Key(key) => f.write_str(key),
            Step::Index(index) => write!(f, "第{}条", index + 1),
        }
    }
}
