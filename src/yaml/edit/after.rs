//! What an operation makes of a tree. It knows nothing of lines, so that an error in the writing of
//! a change is found by it.

use super::Operation;
use super::path::{Path, Place, Step};
use super::refused::Refused;
use super::shape::{Bare, Shape};

/// The number of a value that is being moved, at its old place.
const LEAVING: usize = usize::MAX;

impl Shape {
    /// Before which part a place is; at most the number of parts.
    fn index(&self, place: &Place) -> Result<usize, Refused> {
        let length = match &self.bare {
            Bare::List(list) => list.len(),
            Bare::Map(map) => map.len(),
            _ => 0,
        };
        let find =
            |step| self.position(step).ok_or_else(|| Refused::step_not_there(step, self.span));
        match place {
            Place::First => Ok(0),
            Place::Last => Ok(length),
            Place::Before(step) => find(step),
            Place::After(step) => find(step).map(|index| index + 1),
        }
    }

    fn at(&mut self, path: &Path) -> Result<&mut Shape, Refused> {
        let mut shape = self;
        for step in path.steps() {
            let span = shape.span;
            let Some(index) = shape.position(step) else {
                return Err(Refused::not_there(path, span));
            };
            shape = match &mut shape.bare {
                Bare::List(list) => &mut list[index],
                Bare::Map(map) => &mut map[index].1,
                _ => return Err(Refused::not_there(path, span)),
            };
        }
        Ok(shape)
    }

    fn list(&mut self, path: &Path) -> Result<&mut Vec<Shape>, Refused> {
        let (kind, span) = (self.kind(), self.span);
        if matches!(self.bare, Bare::Null) {
            self.bare = Bare::List(Vec::new());
        }
        match &mut self.bare {
            Bare::List(list) => Ok(list),
            _ => Err(Refused::wrong_kind(path, "列表", kind, span)),
        }
    }

    fn map(&mut self, path: &Path) -> Result<&mut Vec<(String, Shape)>, Refused> {
        let (kind, span) = (self.kind(), self.span);
        if matches!(self.bare, Bare::Null) {
            self.bare = Bare::Map(Vec::new());
        }
        match &mut self.bare {
            Bare::Map(map) => Ok(map),
            _ => Err(Refused::wrong_kind(path, "一组“键: 值”", kind, span)),
        }
    }

    fn insert(
        &mut self,
        to: &Path,
        place: &Place,
        key: Option<&str>,
        new: Shape,
    ) -> Result<(), Refused> {
        let target = self.at(to)?;
        let (index, span) = (target.index(place)?, target.span);
        match key {
            None => target.list(to)?.insert(index, new),
            Some(key) => {
                let map = target.map(to)?;
                let stays = |shape: &Shape| shape.id != Some(LEAVING);
                if map.iter().any(|(other, shape)| other == key && stays(shape)) {
                    return Err(Refused::key_taken(key, span));
                }
                map.insert(index, (key.to_owned(), new));
            }
        }
        Ok(())
    }

    fn take(&mut self, path: &Path) -> Result<(), Refused> {
        let span = self.at(path)?.span;
        let Some((parent, step)) = path.split() else {
            return Err(Refused::wrong_kind(path, "其中的一处", "全部", span));
        };
        let parent = self.at(&parent)?;
        let Some(index) = parent.position(step) else { return Err(Refused::not_there(path, span)) };
        match &mut parent.bare {
            Bare::List(list) => drop(list.remove(index)),
            Bare::Map(map) => drop(map.remove(index)),
            _ => return Err(Refused::not_there(path, span)),
        }
        Ok(())
    }

    /// The tree after an operation.
    pub fn after(&self, operation: &Operation) -> Result<Shape, Refused> {
        let mut tree = self.clone();
        match operation {
            Operation::Set { at, value } => {
                let old = tree.at(at)?;
                *old = Shape { id: old.id, ..Shape::new(value, old.span) };
            }
            Operation::AddEntry { to, key, value, place } => {
                let new = Shape::new(value, tree.at(to)?.span);
                tree.insert(to, place, Some(key), new)?;
            }
            Operation::AddElement { to, value, place } => {
                let new = Shape::new(value, tree.at(to)?.span);
                tree.insert(to, place, None, new)?;
            }
            Operation::Remove { at } => tree.take(at)?,
            Operation::Rename { at, key } => tree.rename(at, key)?,
            Operation::Move { from, to, place } => {
                let old = tree.at(from)?;
                if from.holds(to) {
                    return Err(Refused::into_itself(from, old.span));
                }
                // Put in first and taken out of its old place afterwards: places are named as they
                // were before.
                let mut moved = old.clone();
                old.id = Some(LEAVING);
                moved.loosen();
                let key = match from.steps().last() {
                    Some(Step::Key(key)) => Some(key.as_str()),
                    _ => None,
                };
                tree.insert(to, place, key, moved)?;
                tree.remove_leaving();
            }
        }
        Ok(tree)
    }

    fn rename(&mut self, at: &Path, key: &str) -> Result<(), Refused> {
        let span = self.at(at)?.span;
        let no_key = || Refused::wrong_kind(at, "一项“键: 值”", "没有键的一处", span);
        let (parent, step) = at.split().ok_or_else(no_key)?;
        let parent = self.at(&parent)?;
        let index = parent.position(step);
        let (Bare::Map(map), Some(index)) = (&mut parent.bare, index) else {
            return Err(no_key());
        };
        if map.iter().enumerate().any(|(i, (other, _))| i != index && other == key) {
            return Err(Refused::key_taken(key, span));
        }
        key.clone_into(&mut map[index].0);
        Ok(())
    }

    /// What is moved may need other quotes where it goes.
    fn loosen(&mut self) {
        match &mut self.bare {
            Bare::Null => {}
            Bare::Text(_, plain) => *plain = None,
            Bare::List(list) => list.iter_mut().for_each(Shape::loosen),
            Bare::Map(map) => map.iter_mut().for_each(|(_, shape)| shape.loosen()),
        }
    }

    fn remove_leaving(&mut self) {
        match &mut self.bare {
            Bare::List(list) => {
                list.retain(|shape| shape.id != Some(LEAVING));
                list.iter_mut().for_each(Shape::remove_leaving);
            }
            Bare::Map(map) => {
                map.retain(|(_, shape)| shape.id != Some(LEAVING));
                map.iter_mut().for_each(|(_, shape)| shape.remove_leaving());
            }
            _ => {}
        }
    }
}
