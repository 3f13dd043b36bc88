//! A change of a text, and its way back.

/// One stretch of a text and what comes in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Where it begins, in bytes of the text before the change.
    pub start: usize,
    /// What stands there.
    pub old: String,
    /// What comes there.
    pub new: String,
}

impl Replacement {
    /// One past its last byte in the text before the change.
    pub fn end(&self) -> usize {
        self.start + self.old.len()
    }
}

/// The least that must be changed in a text: replacements in their order, none touching another.
/// An empty change leaves the text as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change(Vec<Replacement>);

impl Change {
    /// From stretches of `text` and what replaces them, in any order. `None` when two overlap.
    pub(super) fn new(text: &str, mut parts: Vec<Part>) -> Option<Change> {
        parts.sort_by_key(|part| (part.start, part.end));
        let mut joined: Vec<Part> = Vec::new();
        for part in parts {
            match joined.last_mut() {
                Some(last) if part.start < last.end => return None,
                Some(last) if part.start == last.end => {
                    last.end = part.end;
                    last.new += &part.new;
                }
                _ => joined.push(part),
            }
        }
        let parts = joined.into_iter().map(|part| part.trimmed(text));
        Some(Change(parts.collect::<Option<Vec<_>>>()?.into_iter().filter(differs).collect()))
    }

    /// The replacements, in their order.
    pub fn replacements(&self) -> &[Replacement] {
        &self.0
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text after the change. `None` when this is not the text that the change was made for:
    /// other words stand where something would be replaced.
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for part in &self.0 {
            out.push_str(text.get(at..part.start)?);
            at = part.end();
            if text.get(part.start..at)? != part.old {
                return None;
            }
            out.push_str(&part.new);
        }
        out.push_str(text.get(at..)?);
        Some(out)
    }

    /// The change back: applied to the changed text it gives the bytes of the text before.
    #[must_use]
    pub fn inverse(&self) -> Change {
        let (mut before, mut after) = (0, 0);
        let back = self.0.iter().map(|part| {
            let start = part.start - before + after;
            before += part.old.len();
            after += part.new.len();
            Replacement { start, old: part.new.clone(), new: part.old.clone() }
        });
        Change(back.collect())
    }
}

/// A stretch of the text and what comes in its place, before it is made as short as it can be.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub start: usize,
    pub end: usize,
    pub new: String,
}

impl Part {
    pub fn replace(range: std::ops::Range<usize>, new: impl Into<String>) -> Part {
        Part { start: range.start, end: range.end, new: new.into() }
    }

    pub fn insert(at: usize, new: impl Into<String>) -> Part {
        Part::replace(at..at, new)
    }

    pub fn delete(range: std::ops::Range<usize>) -> Part {
        Part::replace(range, "")
    }

    /// Without what stays the same at both ends.
    fn trimmed(self, text: &str) -> Option<Replacement> {
        let old = text.get(self.start..self.end)?;
        let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
            pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
        };
        let front = same(&mut old.chars().zip(self.new.chars()));
        let (old, new) = (&old[front..], &self.new[front..]);
        let back = same(&mut old.chars().rev().zip(new.chars().rev()));
        Some(Replacement {
            start: self.start + front,
            old: old[..old.len() - back].to_owned(),
            new: new[..new.len() - back].to_owned(),
        })
    }
}

fn differs(part: &Replacement) -> bool {
    part.old != part.new
}
