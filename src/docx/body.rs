//! The text, with a bookmark for each section and item.

use super::metrics;
use super::metrics::Sheet;
use super::plan::{Para, StyleKey, pieces, role_format, set_solid, style};
use crate::compose::Paragraph;
use crate::layout::Layout;

/// Plans the text.
pub(super) fn plan<'a>(body: &'a [Paragraph], layout: &Layout, sheet: &Sheet) -> Vec<Para<'a>> {
    let mut planned: Vec<Para<'a>> = Vec::with_capacity(body.len());
    for (index, paragraph) in body.iter().enumerate() {
        let mut format = role_format(layout, sheet, paragraph.role);
        format.new_page = paragraph.new_page && index > 0;
        if let Some(style) = style(layout, paragraph.role) {
            let lines = metrics::lines(layout, style, &paragraph.runs, style.size);
            set_solid(&mut format, layout, sheet, style, lines);
            // White above is white between: none at the head, and not beside that below.
            let above = index.checked_sub(1).and_then(|above| body.get(above));
            let free = match above {
                Some(above) if !format.new_page => super::plan::style(layout, above.role)
                    .map_or(0, |above| style.rows_before.min(above.rows_after)),
                _ => style.rows_before,
            };
            format.before -= sheet.pitch * i64::from(free);
        }
        let runs = pieces(&paragraph.runs, None);
        planned.push(Para::new(StyleKey::Role(paragraph.role), format, runs));
    }
    set_bookmarks(body, &mut planned);
    planned
}

/// The colophon is never alone on a page, and never with a single line of text.
///
/// A paragraph with more lines than there is room for above the colophon is left to break where
/// it will: LibreOffice before 24.2 moves what is kept with the next as a whole, and then has no
/// room for both.
pub(super) fn keep_with_colophon(
    body: &[Paragraph],
    planned: &mut [Para<'_>],
    layout: &Layout,
    room: i64,
) {
    let mut lines = 0;
    for (paragraph, para) in body.iter().zip(planned).rev() {
        lines += style(layout, paragraph.role)
            .map_or(1, |style| metrics::lines(layout, style, &paragraph.runs, style.size));
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
        let begins =
            paragraph.item.is_some() && (index == 0 || body[index - 1].item != paragraph.item);
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
            let end = (index..body.len()).take_while(|&at| body[at].item == paragraph.item).last();
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
