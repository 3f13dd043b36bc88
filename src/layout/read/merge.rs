//! `base: kuaibao`: a layout that says only what is different.

use crate::diagnostic::{FileId, Sources};
use crate::layout::{Role, bundled};
use crate::yaml::{Entry, Node, Value, parse};

/// Longest chain of bases; bundled layouts need one.
const MAX_DEPTH: usize = 4;

/// Adds the bundled layouts that `file` builds on to the sources, nearest first. A base that is not
/// there is left to the reader to report.
pub(super) fn add_bases(sources: &mut Sources, file: FileId) -> Vec<FileId> {
    let mut bases = Vec::new();
    let mut at = file;
    while bases.len() < MAX_DEPTH {
        let Some(name) = base_of(sources, at) else { break };
        let Some(text) = bundled(&name) else { break };
        at = sources.add(format!("内置版式{name}.yaml"), text);
        bases.push(at);
    }
    bases
}

fn base_of(sources: &Sources, file: FileId) -> Option<String> {
    let root = parse(file, &sources.get(file).text).ok()?;
    let Value::Mapping(entries) = root.value else { return None };
    match entries.into_iter().find(|entry| entry.key == "base")?.value.value {
        Value::Scalar { text, .. } => Some(text.trim().to_owned()),
        _ => None,
    }
}

/// The tree with what only `base` has. Mappings are merged key by key; lists and values replace.
pub(super) fn over(tree: Node, base: Node) -> Node {
    let span = tree.span;
    let value = match (tree.value, base.value) {
        (Value::Mapping(mut entries), Value::Mapping(below)) => {
            for entry in below {
                merge(&mut entries, entry);
            }
            Value::Mapping(entries)
        }
        (value, _) => value,
    };
    Node { value, span }
}

fn merge(entries: &mut Vec<Entry>, below: Entry) {
    match entries.iter_mut().find(|entry| same(&entry.key, &below.key)) {
        Some(entry) => {
            let empty = Node { value: Value::Null, span: entry.value.span };
            let value = std::mem::replace(&mut entry.value, empty);
            entry.value = over(value, below.value);
        }
        None => entries.push(below),
    }
}

/// Whether two keys mean the same: roles have a Chinese name too.
fn same(one: &str, other: &str) -> bool {
    one == other || Role::from_key(one).is_some_and(|role| Role::from_key(other) == Some(role))
}
