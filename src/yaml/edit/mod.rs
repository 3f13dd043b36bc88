//! The way back: one value of a file replaced, added, moved or taken away, while quotes, comments,
//! order and line breaks around it stay as they are, byte for byte.
//!
//! An edit reads the text, finds the least that must change, and reads the result again: what is
//! read must be the tree before with just that change. Else the edit is [`Refused`], and nothing
//! has changed. Every edit says its undo.
//!
//! - A value keeps its style (quotes, `|`, brackets) as long as it is read back so. In a text of
//!   several lines only the words that differ are exchanged.
//! - What belongs to a part of a list or mapping goes where it goes: the comment on its last line;
//!   the comment lines directly above it, indented as it is (those above the first part of a file
//!   speak of the file and stay); the comment lines below that are indented deeper.
//! - A list or mapping that loses its last part stays, empty: `[]`, `{}`. Whoever does not want it
//!   removes it itself. What is added to an empty one gets a line of its own.
//! - Nothing is moved at the price of a comment: between brackets there is no room for one.
//!
//! ```
//! use hongtou::diagnostic::Sources;
//! use hongtou::yaml::edit::{Operation, Path, Place, edit};
//!
//! let text = "条目:\n  - 标题: 甲   # 待核\n  - 标题: '乙：#1'\n";
//! let mut sources = Sources::default();
//! let file = sources.add("issue.yaml", text);
//!
//! let title = Path::root().then("条目").then(1).then("标题");
//! let first = Operation::Set { at: title.clone(), value: "丙 #2".into() };
//! let edited = edit(file, text, &first)?;
//! assert_eq!(edited.text, "条目:\n  - 标题: 甲   # 待核\n  - 标题: '丙 #2'\n");
//! assert_eq!(edited.undo.apply(&edited.text).as_deref(), Some(text));
//!
//! let up = Operation::Move {
//!     from: Path::root().then("条目").then(1),
//!     to: Path::root().then("条目"),
//!     place: Place::First,
//! };
//! let moved = edit(file, &edited.text, &up)?;
//! assert_eq!(moved.text, "条目:\n  - 标题: '丙 #2'\n  - 标题: 甲   # 待核\n");
//! // The address of a value, carried through the edit.
//! assert_eq!(moved.follow(&title), Some(Path::root().then("条目").then(0).then("标题")));
//! # Ok::<(), hongtou::yaml::edit::Refused>(())
//! ```

mod after;
mod block;
mod change;
mod content;
mod extent;
mod flow;
mod lines;
mod marks;
mod patch;
mod path;
mod plan;
mod put;
mod refused;
mod render;
mod scalar;
mod shape;
mod slot;

pub use change::{Change, Replacement};
pub use content::Content;
pub use path::{Path, Place, Step};
pub use refused::{Refused, Why};
pub use scalar::double_quoted;

use super::parse;
use crate::diagnostic::{FileId, Span};
use plan::Way;
use shape::Shape;

/// What is to be done with one value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// Writes a value in the place of another. Comments within the old one go with it.
    Set {
        /// Which value.
        at: Path,
        /// What it will be.
        value: Content,
    },
    /// Adds a key with its value to a mapping, or to a value that is not there yet.
    AddEntry {
        /// Which mapping.
        to: Path,
        /// The key; the mapping must not have it.
        key: String,
        /// Its value.
        value: Content,
        /// Where among the others.
        place: Place,
    },
    /// Adds an element to a list, or to a value that is not there yet.
    AddElement {
        /// Which list.
        to: Path,
        /// The element.
        value: Content,
        /// Where among the others.
        place: Place,
    },
    /// Takes an element out of its list, or a key with its value out of its mapping.
    Remove {
        /// Which value.
        at: Path,
    },
    /// Moves an element to another place in a list, or a key with its value in a mapping: the same
    /// one or another.
    Move {
        /// Which value.
        from: Path,
        /// The list or mapping that it goes to, by its address before the move.
        to: Path,
        /// Where among the others there.
        place: Place,
    },
    /// Gives a value another key, in the place of the old one.
    Rename {
        /// Which value.
        at: Path,
        /// The new key; the mapping must not have it.
        key: String,
    },
}

/// An edit that was made.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The text after it.
    pub text: String,
    /// What changed in the text before it.
    pub change: Change,
    /// The change back: applied to [`Self::text`] it gives the bytes of the text before.
    pub undo: Change,
    before: Shape,
    after: Shape,
}

impl Edited {
    /// Where a value stands after the edit, by its address before; `None` when it is gone.
    pub fn follow(&self, path: &Path) -> Option<Path> {
        self.after.path(self.before.id_of(path)?)
    }
}

/// Makes one edit in the text of a file; `file` is the text's id, for findings.
///
/// # Errors
/// [`Refused`], with what the editor can do, when the text cannot be read as it stands, the address
/// leads nowhere, or what was asked for cannot be written there.
pub fn edit(file: FileId, text: &str, operation: &Operation) -> Result<Edited, Refused> {
    let root = parse(file, text).map_err(Refused::unreadable)?;
    let before = Shape::of(&root);
    let after = before.after(operation)?;
    let made = |text: String, change: Change| {
        let undo = change.inverse();
        Edited { text, change, undo, before: before.clone(), after: after.clone() }
    };
    if after.same_as(&before) && !matches!(operation, Operation::Set { .. }) {
        return Ok(made(text.to_owned(), Change::default()));
    }
    let at = subject(operation);
    let span = at.resolve(&root).map_or(Span { file, start: 0, end: 0 }, |node| node.span);
    let (mut reasons, mut tried) = (Vec::new(), false);
    for way in Way::ALL {
        let Some(change) = plan::plan(text, &root, operation, way, span)? else { continue };
        let Some(changed) = change.apply(text) else { continue };
        tried = true;
        match parse(file, &changed) {
            Ok(read) if after.is(&read) => return Ok(made(changed, change)),
            Ok(_) => {}
            Err(findings) => reasons = findings,
        }
    }
    Err(if tried { Refused::not_kept(at, span, reasons) } else { Refused::unfollowed(span) })
}

/// The value that an operation is about.
fn subject(operation: &Operation) -> &Path {
    match operation {
        Operation::Set { at, .. } | Operation::Remove { at } | Operation::Rename { at, .. } => at,
        Operation::AddEntry { to, .. } | Operation::AddElement { to, .. } => to,
        Operation::Move { from, .. } => from,
    }
}

#[cfg(test)]
mod tests;
