//! Where the signs around the values stand: dashes, colons, brackets, commas, headers of block
//! texts. The parser tells none of these (and puts the span of a list, or of an empty block text,
//! now here, now there), so the text between two values is walked once, along the tree.

use std::ops::Range;

use super::super::{Node, Value};
use super::lines::{column, indent, is_blank, line_end, line_start, next_line, skip};

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Not at all: nothing behind the colon or dash.
    Absent,
    Plain,
    Single,
    Double,
    Literal,
    Folded,
    /// A list or mapping, a part a line.
    Block,
    /// A list or mapping between brackets.
    Flow,
    /// `a: b` between the brackets of a list.
    Pair,
}

/// A value as it stands in the text.
#[derive(Debug)]
pub(super) struct Mark<'n> {
    pub node: &'n Node,
    pub style: Style,
    /// From its first sign (quote, bracket, `|`, first dash or key) to its last. Of an absent value:
    /// where it would be.
    pub at: Range<usize>,
    /// Of a block text: the end of `|2-`, and whether the empty lines behind it are part of it.
    pub header: usize,
    pub keeps: bool,
    pub items: Vec<Item<'n>>,
}

/// An element of a list or an entry of a mapping.
#[derive(Debug)]
pub(super) struct Item<'n> {
    /// Its first sign: dash, key, `?`, first sign of an element between brackets.
    pub head: usize,
    /// The key, quotes and all.
    pub key: Option<Range<usize>>,
    /// Behind its dash or colon; where there is none, where the value would be.
    pub after: usize,
    /// Whether it has that sign.
    pub signed: bool,
    pub mark: Mark<'n>,
    /// The comma behind it.
    pub comma: Option<usize>,
}

/// Walks the whole text. `None` when it cannot be followed.
pub(super) fn walk<'n>(text: &str, root: &'n Node) -> Option<Mark<'n>> {
    value(text, root, prologue(text), None, false)
}

/// Past the byte order mark, `%` lines and `---`.
fn prologue(text: &str) -> usize {
    let start = line_start(text, 0);
    let mut at = skip(text, start);
    while text[at..].starts_with('%') {
        at = skip(text, line_end(text, at));
    }
    let marker = text[at..].strip_prefix("---");
    let ends = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    if marker.is_some_and(ends) && column(text, at) == 0 { at + "---".len() } else { start }
}

/// A value that comes after `from`. `owner` is the column of the part that it belongs to.
fn value<'n>(
    text: &str,
    node: &'n Node,
    from: usize,
    owner: Option<usize>,
    flow: bool,
) -> Option<Mark<'n>> {
    let span = node.span.start as usize..node.span.end as usize;
    let next = skip(text, from);
    let leaf = |style, at| Mark { node, style, at, header: 0, keeps: false, items: Vec::new() };
    match &node.value {
        Value::Null if span.is_empty() => Some(leaf(Style::Absent, from..from)),
        Value::Null => (span.start == next).then(|| leaf(Style::Plain, span)),
        Value::Scalar { plain: true, .. } => (span.start == next).then(|| leaf(Style::Plain, span)),
        Value::Scalar { text: words, .. } => match text[next..].chars().next()? {
            '\'' => (span.start == next).then(|| leaf(Style::Single, span)),
            '"' => (span.start == next).then(|| leaf(Style::Double, span)),
            sign @ ('|' | '>') if !flow => {
                let style = if sign == '|' { Style::Literal } else { Style::Folded };
                let (header, end) = block_text(text, next, owner);
                // What stands below an empty one is a comment.
                let end =
                    if words.trim().is_empty() && !words.contains(' ') { header } else { end };
                let keeps = text[next..header].contains('+');
                Some(Mark { header, keeps, ..leaf(style, next..end) })
            }
            _ => None,
        },
        Value::Sequence(nodes) => {
            let open = text[next..].starts_with('[');
            let mut items: Vec<Item<'n>> = Vec::new();
            let mut at = if open { next + 1 } else { from };
            for node in nodes {
                let head = skip(text, at);
                let item = if open {
                    let mark = value(text, node, head, None, true)?;
                    Item { head, key: None, after: head, signed: false, mark, comma: None }
                } else {
                    text[head..].strip_prefix('-')?;
                    let mark = value(text, node, head + 1, Some(column(text, head)), false)?;
                    Item { head, key: None, after: head + 1, signed: true, mark, comma: None }
                };
                at = push(text, &mut items, item, open);
            }
            collection(text, node, next, open.then_some(']'), items)
        }
        Value::Mapping(entries) => {
            let open = text[next..].starts_with('{');
            let mut items = Vec::new();
            let mut at = if open { next + 1 } else { from };
            for entry in entries {
                let key = entry.key_span.start as usize..entry.key_span.end as usize;
                let head = skip(text, at);
                // `? |`, a block text as a key, is left alone.
                let asked = text[head..].starts_with('?') && skip(text, head + 1) == key.start;
                let block = text[key.start..].starts_with(['|', '>']);
                if block || head != key.start && !asked {
                    return None;
                }
                let colon = skip(text, key.end);
                let signed = text[colon..].starts_with(':');
                let after = if signed { colon + 1 } else { key.end };
                let flow = open || flow;
                let owner = (!flow).then(|| column(text, head));
                let mark = value(text, &entry.value, after, owner, flow)?;
                let item = Item { head, key: Some(key), after, signed, mark, comma: None };
                at = push(text, &mut items, item, open);
            }
            let mark = collection(text, node, next, open.then_some('}'), items)?;
            let bare = flow && mark.style == Style::Block;
            Some(if bare { Mark { style: Style::Pair, ..mark } } else { mark })
        }
    }
}

/// Adds a part and says where to go on: behind its comma, if it has one.
fn push<'n>(text: &str, items: &mut Vec<Item<'n>>, mut item: Item<'n>, flow: bool) -> usize {
    let mut at = item.mark.at.end;
    let next = skip(text, at);
    if flow && text[next..].starts_with(',') {
        item.comma = Some(next);
        at = next + 1;
    }
    items.push(item);
    at
}

fn collection<'n>(
    text: &str,
    node: &'n Node,
    start: usize,
    close: Option<char>,
    items: Vec<Item<'n>>,
) -> Option<Mark<'n>> {
    let last = items.last().map(|item| item.comma.map_or(item.mark.at.end, |comma| comma + 1));
    let (style, end) = match close {
        Some(close) => {
            let end = skip(text, last.unwrap_or(start + 1));
            text[end..].strip_prefix(close)?;
            (Style::Flow, end + 1)
        }
        None => (Style::Block, last?),
    };
    Some(Mark { node, style, at: start..end, header: 0, keeps: false, items })
}

/// The end of a block text's header and of its last line that is not empty.
fn block_text(text: &str, start: usize, owner: Option<usize>) -> (usize, usize) {
    let marks = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-');
    let header = text.len() - text[start + 1..].trim_start_matches(marks).len();
    let told = text[start..header].bytes().find(u8::is_ascii_digit);
    let mut line = next_line(text, start);
    let first = {
        let mut line = line;
        while line < text.len() && is_blank(text, line) {
            line = next_line(text, line);
        }
        indent(text, line)
    };
    let least = owner.map_or(0, |column| column + 1);
    let columns =
        told.map_or(first.max(least), |digit| owner.unwrap_or(0) + usize::from(digit - b'0'));
    let mut end = header;
    while line < text.len() {
        let spaces = indent(text, line);
        let empty = line_end(text, line) == line + spaces;
        if if empty { spaces > columns } else { spaces >= columns } {
            end = line_end(text, line);
        } else if !empty {
            break;
        }
        line = next_line(text, line);
    }
    (header, end)
}
