//! New values as lines and between brackets.

use super::content::Content;
use super::lines::column;
use super::marks::{Mark, Style};
use super::scalar::{Ground, STEP, Written, double_quoted, write};

/// How a file is written, and how new values are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hand {
    /// Columns by which a mapping is indented under its key.
    pub map: usize,
    /// Columns by which a list is; 0 where dashes stand under the key.
    pub list: usize,
    /// Whether every value that is a text gets double quotes: the last resort.
    pub careful: bool,
}

impl Hand {
    /// As the first list and the first mapping of the file under a key are indented.
    pub fn of(text: &str, root: &Mark<'_>, careful: bool) -> Hand {
        let (mut map, mut list) = (None, None);
        measure(text, root, &mut map, &mut list);
        Hand { map: map.unwrap_or(STEP), list: list.unwrap_or(STEP), careful }
    }

    /// A text that is written for the first time, or was in this style.
    pub fn text(self, text: &str, style: Style, ground: Ground) -> Written {
        if self.careful { Written::Inline(double_quoted(text)) } else { write(text, style, ground) }
    }

    /// On one line, between brackets.
    pub fn inline(self, content: &Content, style: Style) -> String {
        match content {
            Content::Null => "~".to_owned(),
            Content::Text(text) => line(self.text(text, style, Ground::Flow)),
            Content::List(list) => {
                let list: Vec<String> = list.iter().map(|c| self.inline(c, Style::Plain)).collect();
                format!("[{}]", list.join(", "))
            }
            Content::Map(map) => {
                let map: Vec<String> = map.iter().map(|(k, c)| self.pair(k, c)).collect();
                format!("{{{}}}", map.join(", "))
            }
        }
    }

    /// `key: value` between brackets.
    pub fn pair(self, key: &str, value: &Content) -> String {
        format!("{}: {}", self.key(key, Style::Plain), self.inline(value, Style::Plain))
    }

    /// A key, in the style of another.
    pub fn key(self, key: &str, style: Style) -> String {
        line(write(key, style, Ground::Key))
    }

    /// A value that is no list or mapping with parts.
    pub fn leaf(self, content: &Content, style: Style) -> Option<Written> {
        match content {
            Content::Null => Some(Written::Inline("~".to_owned())),
            Content::Text(text) => Some(self.text(text, style, Ground::Block)),
            Content::List(list) if list.is_empty() => Some(Written::Inline("[]".to_owned())),
            Content::Map(map) if map.is_empty() => Some(Written::Inline("{}".to_owned())),
            Content::List(_) | Content::Map(_) => None,
        }
    }

    /// A list or mapping, a part a line.
    pub fn lines(self, content: &Content) -> Vec<String> {
        match content {
            Content::List(list) => list.iter().flat_map(|content| self.element(content)).collect(),
            Content::Map(map) => {
                map.iter().flat_map(|(k, content)| self.entry(k, content)).collect()
            }
            Content::Null | Content::Text(_) => Vec::new(),
        }
    }

    /// `- value`, with the lines below.
    pub fn element(self, content: &Content) -> Vec<String> {
        let below = self.lines(content);
        match self.leaf(content, Style::Plain) {
            Some(written) => under("-", written),
            None => {
                let mut lines = indented(below, STEP);
                if let Some(first) = lines.first_mut() {
                    first.replace_range(..STEP, "- ");
                }
                lines
            }
        }
    }

    /// `key: value`, with the lines below.
    pub fn entry(self, key: &str, content: &Content) -> Vec<String> {
        let head = format!("{}:", self.key(key, Style::Plain));
        if let Some(written) = self.leaf(content, Style::Plain) {
            return under(&head, written);
        }
        let mut lines = vec![head];
        lines.extend(indented(self.lines(content), self.step(content)));
        lines
    }

    /// By how much a list or mapping is indented under its key.
    pub fn step(self, content: &Content) -> usize {
        if matches!(content, Content::List(_)) { self.list } else { self.map }
    }
}

fn under(head: &str, written: Written) -> Vec<String> {
    match written {
        Written::Inline(text) => vec![format!("{head} {text}")],
        Written::Below(sign, lines) => {
            let mut all = vec![format!("{head} {sign}")];
            all.extend(indented(lines, STEP));
            all
        }
    }
}

/// A text that cannot but stand on one line.
fn line(written: Written) -> String {
    match written {
        Written::Inline(text) => text,
        Written::Below(sign, _) => sign,
    }
}

pub(super) fn indented(lines: Vec<String>, by: usize) -> Vec<String> {
    let spaces = " ".repeat(by);
    let indent = |line: String| if line.is_empty() { line } else { format!("{spaces}{line}") };
    lines.into_iter().map(indent).collect()
}

/// The first list and the first mapping on lines of their own under a key.
fn measure(text: &str, mark: &Mark<'_>, map: &mut Option<usize>, list: &mut Option<usize>) {
    if mark.style != Style::Block {
        return;
    }
    for item in &mark.items {
        if item.mark.style == Style::Block && item.key.is_some() {
            let inner = item.mark.items.first();
            let step =
                inner.map(|inner| column(text, inner.head).saturating_sub(column(text, item.head)));
            let is_map = inner.is_some_and(|inner| inner.key.is_some());
            let known = if is_map { &mut *map } else { &mut *list };
            *known = known.or(step);
        }
        measure(text, &item.mark, map, list);
    }
}
