//! Where a value hangs: the way from an address to the signs around it.

use super::super::Value;
use super::lines::column;
use super::marks::{Item, Mark, Style};
use super::path::{Path, Place, Step};

/// What a value hangs at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'m, 'n> {
    pub mark: &'m Mark<'n>,
    /// Behind the colon or dash.
    pub after: usize,
    /// The column of the key or dash.
    pub column: usize,
    pub owner: Owner,
    /// Whether there is a colon or dash.
    pub signed: bool,
}

/// What a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    File,
    Key,
    Dash,
}

/// A value's surroundings: what it hangs at, and the list or mapping that it is in.
pub(super) struct Found<'m, 'n> {
    pub slot: Slot<'m, 'n>,
    pub item: Option<&'m Item<'n>>,
    /// The slot of the parent, and the position there.
    pub parent: Option<(Slot<'m, 'n>, usize)>,
    /// Whether it stands between brackets of others.
    pub flow: bool,
}

/// Goes down to a value.
pub(super) fn find<'m, 'n>(text: &str, root: &'m Mark<'n>, path: &Path) -> Option<Found<'m, 'n>> {
    let (after, owner) = (root.at.start, Owner::File);
    let slot = Slot { mark: root, after, column: 0, owner, signed: true };
    let mut found = Found { slot, item: None, parent: None, flow: false };
    for step in path.steps() {
        let mark = found.slot.mark;
        let index = match (step, &mark.node.value) {
            (Step::Index(index), Value::Sequence(_)) => *index,
            (Step::Key(key), Value::Mapping(entries)) => {
                entries.iter().position(|entry| entry.key == *key)?
            }
            _ => return None,
        };
        let item = mark.items.get(index)?;
        let owner = if item.key.is_some() { Owner::Key } else { Owner::Dash };
        let (column, signed) = (column(text, item.head), item.signed);
        let slot = Slot { mark: &item.mark, after: item.after, column, owner, signed };
        let flow = found.flow || mark.style != Style::Block;
        found = Found { parent: Some((found.slot, index)), item: Some(item), slot, flow };
    }
    Some(found)
}

/// Before or after which part a place is; `None` where there are none.
pub(super) fn position(mark: &Mark<'_>, place: &Place) -> Option<(usize, bool)> {
    let find = |step: &Step| match (step, &mark.node.value) {
        (Step::Index(index), _) => Some(*index),
        (Step::Key(key), Value::Mapping(entries)) => entries.iter().position(|e| e.key == *key),
        _ => None,
    };
    let last = mark.items.len().checked_sub(1)?;
    Some(match place {
        Place::First => (0, false),
        Place::Last => (last, true),
        Place::Before(step) => (find(step)?, false),
        Place::After(step) => (find(step)?, true),
    })
}
