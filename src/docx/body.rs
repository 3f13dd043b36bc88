//! The text, with a bookmark for each section and item.

use super::metrics::Sheet;
use super::plan::{Format, Para, StyleKey, pieces, role_format};
use crate::compose::Paragraph;
use crate::layout::Layout;

/// Plans the text.
pub(super) fn plan<'a>(body: &'a [Paragraph], layout: &Layout, sheet: &Sheet) -> Vec<Para<'a>> {
    let mut planned: Vec<Para<'a>> = body
        .iter()
        .map(|paragraph| {
            let format = Format {
                new_page: paragraph.new_page,
                ..role_format(layout, sheet, paragraph.role)
            };
            Para::new(StyleKey::Role(paragraph.role), format, pieces(&paragraph.runs, None))
        })
        .collect();
    set_bookmarks(body, &mut planned);
    planned
}

/// A section's bookmark is its title, an item's the whole item.
fn set_bookmarks(body: &[Paragraph], planned: &mut [Para<'_>]) {
    let mut number = 0;
    let mut sections = 0;
    let mut items = 0;
    for index in 0..body.len() {
        let paragraph = &body[index];
        let entry = |level| paragraph.outline.iter().find(|entry| entry.level == level);
        if let Some(section) = entry(1) {
            sections += 1;
            let name = bookmark_name("栏目", sections, &section.text);
            planned[index].bookmarks.push((number, name));
            planned[index].ends.push(number);
            number += 1;
        }
        let begins =
            paragraph.item.is_some() && (index == 0 || body[index - 1].item != paragraph.item);
        if begins {
            items += 1;
            let text = entry(2).map_or("", |entry| entry.text.as_str());
            let end = (index..body.len()).take_while(|&at| body[at].item == paragraph.item).last();
            planned[index].bookmarks.push((number, bookmark_name("条目", items, text)));
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
