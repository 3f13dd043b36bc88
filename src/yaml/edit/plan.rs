//! From an operation to the stretches of text that it changes.

use super::super::{Node, Value};
use super::Operation;
use super::block;
use super::change::{Change, Part};
use super::content::Content;
use super::extent::extent;
use super::flow;
use super::lines::{comments, next_line};
use super::marks::{Mark, Style, walk};
use super::patch::patch;
use super::path::{Path, Place, Step};
use super::put::{New, put};
use super::refused::Refused;
use super::render::Hand;
use super::scalar::Written;
use super::slot::{Found, find, position};
use crate::diagnostic::Span;

/// The ways in which a change is tried, the one that keeps most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A few words within a text of several lines.
    Words,
    /// As things are written in the file.
    Kept,
    /// What is moved is written anew.
    Anew,
    /// That, and texts in double quotes.
    Careful,
}

impl Way {
    pub const ALL: [Way; 4] = [Way::Words, Way::Kept, Way::Anew, Way::Careful];
}

struct Planner<'t> {
    text: &'t str,
    hand: Hand,
    way: Way,
    span: Span,
}

/// The change that an operation makes this way; `None` when this way does not apply.
///
/// # Errors
/// When a comment would be lost.
pub(super) fn plan(
    text: &str,
    root: &Node,
    operation: &Operation,
    way: Way,
    span: Span,
) -> Result<Option<Change>, Refused> {
    let Some(mark) = walk(text, root) else { return Ok(None) };
    let hand = Hand::of(text, &mark, way == Way::Careful);
    let planner = Planner { text, hand, way, span };
    Ok(planner.parts(&mark, operation)?.and_then(|parts| Change::new(text, parts)))
}

impl Planner<'_> {
    fn parts(&self, root: &Mark<'_>, operation: &Operation) -> Result<Option<Vec<Part>>, Refused> {
        let applies = match self.way {
            Way::Words => matches!(operation, Operation::Set { .. }),
            Way::Anew => matches!(operation, Operation::Move { .. }),
            Way::Kept | Way::Careful => true,
        };
        if !applies {
            return Ok(None);
        }
        let found = |path: &Path| find(self.text, root, path);
        Ok(match operation {
            Operation::Set { at, value } => {
                let Some(found) = found(at) else { return Ok(None) };
                match self.way {
                    Way::Words => self.words(&found, value),
                    _ => Some(self.set(&found, value)),
                }
            }
            Operation::AddEntry { to, key, value, place } => found(to).and_then(|to| {
                let lines = || self.hand.entry(key, value);
                self.add(&to, place, true, &lines, &|| self.hand.pair(key, value))
            }),
            Operation::AddElement { to, value, place } => found(to).and_then(|to| {
                let lines = || self.hand.element(value);
                let inline = || self.hand.inline(value, Style::Plain);
                self.add(&to, place, false, &lines, &inline)
            }),
            Operation::Remove { at } => found(at).and_then(|at| self.remove(&at)),
            Operation::Move { from, to, place } => {
                let (Some(old), Some(to)) = (found(from), found(to)) else { return Ok(None) };
                self.shift(&old, &to, from, place)?
            }
            Operation::Rename { at, key } => found(at).and_then(|at| {
                let written = at.item?.key.clone()?;
                let style = match self.text[written.clone()].chars().next()? {
                    '\'' => Style::Single,
                    '"' => Style::Double,
                    _ => Style::Plain,
                };
                let flow = at.parent.is_some_and(|(parent, _)| parent.mark.style != Style::Block);
                let key = match flow {
                    true => self.hand.inline(&Content::from(key.as_str()), style),
                    false => self.hand.key(key, style),
                };
                Some(vec![Part::replace(written, key)])
            }),
        })
    }

    /// A few words within a text that stands on several lines.
    fn words(&self, found: &Found<'_, '_>, value: &Content) -> Option<Vec<Part>> {
        let mark = found.slot.mark;
        let Value::Scalar { text: old, .. } = &mark.node.value else { return None };
        let Content::Text(new) = value else { return None };
        let (start, end) = match mark.style {
            Style::Plain | Style::Single | Style::Double => (mark.at.start, mark.at.end),
            Style::Folded => (mark.node.span.start as usize, next_line(self.text, mark.at.end)),
            _ => return None,
        };
        let source = self.text.get(start..end).filter(|source| source.contains(['\n', '\r']))?;
        let (range, words) = patch(source, mark.style, old, new)?;
        Some(vec![Part::replace(start + range.start..start + range.end, words)])
    }

    fn set(&self, found: &Found<'_, '_>, value: &Content) -> Vec<Part> {
        let mark = found.slot.mark;
        if found.flow {
            let words = self.hand.inline(value, mark.style);
            return flow::put(mark, found.slot.after, found.slot.signed, &words);
        }
        let new = match (self.hand.leaf(value, mark.style), mark.style) {
            (Some(written), _) => New::Leaf(written),
            // Brackets stay brackets.
            (None, Style::Flow) if !mark.items.is_empty() => {
                New::Leaf(Written::Inline(self.hand.inline(value, Style::Plain)))
            }
            (None, _) => New::Parts(self.hand.lines(value), self.hand.step(value)),
        };
        put(self.text, &found.slot, new)
    }

    /// Adds an entry or element, given as lines and as words between brackets.
    fn add(
        &self,
        to: &Found<'_, '_>,
        place: &Place,
        entry: bool,
        lines: &dyn Fn() -> Vec<String>,
        inline: &dyn Fn() -> String,
    ) -> Option<Vec<Part>> {
        let mark = to.slot.mark;
        if let Some((index, after)) = position(mark, place) {
            return Some(match mark.style {
                Style::Block => block::insert(self.text, &to.slot, index, after, &lines()),
                _ => flow::insert(self.text, mark, index, after, &inline()),
            });
        }
        let commented = mark.style == Style::Flow && self.text[mark.at.clone()].contains('#');
        if commented {
            return Some(flow::insert(self.text, mark, 0, false, &inline()));
        }
        if to.flow {
            // An empty value between brackets: which brackets it gets follows from what is added.
            let (open, close) = if entry { ('{', '}') } else { ('[', ']') };
            let words = format!("{open}{}{close}", inline());
            return Some(flow::put(mark, to.slot.after, to.slot.signed, &words));
        }
        let step = if entry { self.hand.map } else { self.hand.list };
        Some(put(self.text, &to.slot, New::Parts(lines(), step)))
    }

    fn remove(&self, at: &Found<'_, '_>) -> Option<Vec<Part>> {
        let (parent, index) = at.parent.as_ref()?;
        let mark = parent.mark;
        if mark.items.len() > 1 {
            return Some(match mark.style {
                Style::Block => block::remove(self.text, parent, *index),
                _ => flow::remove(self.text, mark, *index),
            });
        }
        let empty = match mark.node.value {
            Value::Sequence(_) => "[]",
            _ => "{}",
        };
        let only = flow::extent(self.text, mark, *index);
        Some(match mark.style {
            Style::Block => put(self.text, parent, New::Leaf(Written::Inline(empty.to_owned()))),
            Style::Flow if self.comments_beside(mark, &only) => vec![Part::delete(only)],
            _ => vec![Part::replace(mark.at.clone(), empty)],
        })
    }

    /// Whether between the brackets stand comments that do not belong to the part at `own`.
    fn comments_beside(&self, mark: &Mark<'_>, own: &std::ops::Range<usize>) -> bool {
        let within = |at: &std::ops::Range<usize>| mark.at.contains(&at.start);
        comments(self.text).iter().any(|at| within(at) && !own.contains(&at.start))
    }

    fn shift(
        &self,
        old: &Found<'_, '_>,
        to: &Found<'_, '_>,
        from: &Path,
        place: &Place,
    ) -> Result<Option<Vec<Part>>, Refused> {
        let (Some((parent, index)), Some(item)) = (&old.parent, old.item) else { return Ok(None) };
        let from_block = parent.mark.style == Style::Block;
        let target = to.slot.mark.style;
        let to_block = target == Style::Block
            || !to.flow && (target == Style::Absent || to.slot.mark.items.is_empty());
        let range = match from_block {
            true => {
                let extent = extent(self.text, parent, *index);
                extent.start..extent.stop
            }
            false => flow::extent(self.text, parent.mark, *index),
        };
        let commented = comments(self.text).iter().any(|at| range.contains(&at.start));
        let anew = self.way != Way::Kept || from_block && !to_block;
        if commented && (!from_block || anew) {
            return match anew && from_block && to_block {
                true => Ok(None),
                false => Err(Refused::comment(from, self.span)),
            };
        }
        let content = Content::from(item.mark.node);
        let key = match from.steps().last() {
            Some(Step::Key(key)) => Some(key.as_str()),
            _ => None,
        };
        let slice = || {
            let words = &self.text[item.head..item.mark.at.end.max(item.after)];
            let colon = if key.is_some() && !item.signed { ":" } else { "" };
            format!("{words}{colon}")
        };
        let lines = || match (anew, from_block, key) {
            (false, true, _) => block::lines(self.text, parent, *index),
            (false, false, _) => under_dash(key, &slice()),
            (true, _, Some(key)) => self.hand.entry(key, &content),
            (true, _, None) => self.hand.element(&content),
        };
        let inline = || match (anew, key) {
            (false, _) => slice(),
            (true, Some(key)) => self.hand.pair(key, &content),
            (true, None) => self.hand.inline(&content, Style::Plain),
        };
        let parts = self.add(to, place, key.is_some(), &lines, &inline).zip(self.remove(old));
        Ok(parts.map(|(mut parts, gone)| {
            parts.extend(gone);
            parts
        }))
    }
}

/// What stood between brackets, as the lines of a part: every line break within it stands in a text
/// or between brackets, where the indent of a line says nothing.
fn under_dash(key: Option<&str>, words: &str) -> Vec<String> {
    let sign = if key.is_some() { "" } else { "- " };
    let mut lines = words.lines();
    let mut out = vec![format!("{sign}{}", lines.next().unwrap_or(""))];
    out.extend(lines.map(|line| format!("    {}", line.trim_start_matches([' ', '\t']))));
    out
}
