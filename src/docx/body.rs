//! The text, with a bookmark for each section and item.

use super::metrics;
use super::metrics::Sheet;
use super::para::{Para, StyleKey, pieces};
use super::stand::{role_format, style, white_in_rows};
use super::titles::pieces_of_title;
use crate::compose::{Paragraph, Run};
use crate::layout::Layout;

/// Plans the text; `below_head` when a title block stands above it.
pub(super) fn plan<'a>(
    body: &'a [Paragraph],
    layout: &Layout,
    sheet: &Sheet,
    below_head: bool,
) -> Vec<Para<'a>> {
    let mut planned: Vec<Para<'a>> = Vec::with_capacity(body.len());
    let mut above = White { after: 0, below: 0, rows_after: 0, debt: 0 };
    for (index, paragraph) in body.iter().enumerate() {
        let mut format = role_format(layout, sheet, paragraph.role);
        format.new_page = paragraph.new_page && index > 0;
        if let Some(style) = style(layout, paragraph.role) {
            let lines = metrics::lines(layout, style, &paragraph.runs, style.size);
            let (over, below) = white_in_rows(layout, sheet, style, lines);
            // As on our pages: none at the head of a page nor between paragraphs of one role, and
            // the greater of two that meet.
            let at_top = format.new_page || (index == 0 && !below_head);
            let same = index > 0 && body[index - 1].role == paragraph.role;
            let rows = match (at_top, style.attach || same) {
                (true, _) | (_, true) => 0,
                _ => style.rows_before.max(above.rows_after),
            };
            // What there is too little of is taken off the next.
            let wanted = sheet.pitch * i64::from(rows) + above.below + over - above.debt;
            let white = wanted.max(0);
            let debt = white - wanted;
            // All of it above or all below: programs add two that meet, or take the greater.
            // Below, if that is where it is wanted: text has nothing to say about white above it.
            let own = std::mem::replace(&mut format.before, white);
            if let Some(previous) = planned.last_mut() {
                let below = own == 0 || white == above.after;
                previous.format.after = if below { white } else { 0 };
                format.before = if below { 0 } else { white };
            }
            let after = (sheet.pitch * i64::from(style.rows_after) + below).max(0);
            format.after = after;
            above = White { after, below, rows_after: style.rows_after, debt };
        }
        let runs = match style(layout, paragraph.role) {
            Some(style) => {
                let runs: Vec<&Run> = paragraph.runs.iter().collect();
                pieces_of_title(layout, style, &runs, None)
            }
            None => pieces(&paragraph.runs, None),
        };
        planned.push(Para::new(StyleKey::Role(paragraph.role), format, runs));
    }
    set_bookmarks(body, &mut planned);
    planned
}

/// The white below a paragraph.
struct White {
    /// What it says itself, twips.
    after: i64,
    /// Of its rows, below its last line, twips.
    below: i64,
    /// Rows that its style wants empty.
    rows_after: u32,
    /// By how much it stands too low, twips.
    debt: i64,
}

/// The colophon is not alone on a page, nor with a single line of text, where the text allows it.
///
/// A paragraph with more lines than there is room for above the colophon is left to break where
/// it will: LibreOffice before 24.2 moves what is kept with the next as a whole, and then has no
/// room for both. The first so many paragraphs stay where they are.
pub(super) fn keep_with_colophon(
    planned: &mut [Para<'_>],
    stays: usize,
    lines_of: impl Fn(usize) -> i64,
    room: i64,
) {
    let mut lines = 0;
    for (index, para) in planned.iter_mut().enumerate().skip(stays).rev() {
        lines += lines_of(index);
        if lines > room {
            break;
        }
        para.format.keep_next = true;
        if lines >= 2 {
            break;
        }
    }
}

/// Bookmarks: a section's (an attachment's, a title's) is its heading, an item's the whole item.
fn set_bookmarks(body: &[Paragraph], planned: &mut [Para<'_>]) {
    let mut number = 0;
    let mut sections = 0;
    let mut items = 0;
    for index in 0..body.len() {
        let paragraph = &body[index];
        let item_of = |at: usize| body[at].within.item();
        let begins =
            item_of(index).is_some() && (index == 0 || item_of(index - 1) != item_of(index));
        let mut entries = paragraph.outline.as_slice();
        let mut item = "";
        if begins && let Some((last, rest)) = entries.split_last() {
            (item, entries) = (last.text.as_str(), rest);
        }
        for entry in entries {
            sections += 1;
            let name = bookmark_name("栏目", sections, &entry.text);
            planned[index].bookmarks.push((number, name));
            planned[index].ends.push(number);
            number += 1;
        }
        if begins {
            items += 1;
            let end = (index..body.len()).take_while(|&at| item_of(at) == item_of(index)).last();
            planned[index].bookmarks.push((number, bookmark_name("条目", items, item)));
            planned[end.unwrap_or(index)].ends.push(number);
            number += 1;
        }
    }
}

/// A name as Word takes it: a letter first, then letters, digits and `_`, 40 UTF-16 units at most.
/// The number makes it the only one.
fn bookmark_name(kind: &str, number: usize, text: &str) -> String {
    let mut name = format!("{kind}{number}");
    let words: String = text
        .chars()
        .filter(|&c| c.is_ascii_alphanumeric() || ('\u{3400}'..='\u{9fff}').contains(&c))
        .take(40 - 1 - name.chars().count().min(39))
        .collect();
    if !words.is_empty() {
        name.push('_');
        name.push_str(&words);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_bookmarks_are_words_own() {
        assert_eq!(bookmark_name("条目", 3, "紧盯“痛点” 对症“开药方”"), "条目3_紧盯痛点对症开药方");
        assert_eq!(bookmark_name("条目", 12, "——"), "条目12");
        assert_eq!(bookmark_name("条目", 300, &"长".repeat(200)).encode_utf16().count(), 40);
    }
}
