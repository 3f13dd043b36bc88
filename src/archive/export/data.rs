//! The data of the page, as JSON inside scripts: a page opened from a folder may load scripts, but
//! may not read files.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::archive::{Entry, Item, Kind};

/// A bulletin.
#[derive(Serialize)]
pub(super) struct Series {
    pub(super) id: String,
    pub(super) name: String,
}

/// A script with issues of one year.
#[derive(Serialize)]
pub(super) struct Part {
    file: String,
    pub(super) year: i32,
    first: NaiveDate,
    last: NaiveDate,
    issues: usize,
    items: usize,
}

/// An issue on the page.
#[derive(Serialize)]
pub(super) struct Issue {
    series: usize,
    year: i32,
    /// As in its path: 155, s1.
    id: String,
    number: u32,
    /// 第155期.
    name: String,
    date: NaiveDate,
    pages: u32,
    revision: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<u32>,
    pub(super) items: Vec<Shown>,
    #[serde(skip)]
    kind: Kind,
}

/// An item on the page.
#[derive(Serialize)]
pub(super) struct Shown {
    /// What the list calls it.
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) units: Vec<String>,
    /// Ⅲ-58 城市精细化管理.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) refs: Vec<String>,
    /// Its paragraphs, a line each.
    text: String,
    /// From which character on, counted as JavaScript counts, it stands on which page.
    pages: Vec<(usize, u32)>,
}

impl Part {
    pub(super) fn new(file: String, year: i32, issues: &[Issue]) -> Part {
        let dates = || issues.iter().map(|issue| issue.date);
        Part {
            file,
            year,
            first: dates().min().unwrap_or_default(),
            last: dates().max().unwrap_or_default(),
            issues: issues.len(),
            items: issues.iter().map(|issue| issue.items.len()).sum(),
        }
    }
}

impl Issue {
    /// The latest revision of an issue; `id` as in its path, `earlier` its other revisions.
    pub(super) fn new(entry: Entry, series: usize, id: String, earlier: Vec<u32>) -> Issue {
        Issue {
            series,
            year: entry.year,
            id,
            number: entry.number,
            name: entry.subject,
            date: entry.date,
            pages: entry.pages,
            revision: entry.revision,
            earlier,
            items: entry.items.into_iter().map(Shown::new).collect(),
            kind: entry.kind,
        }
    }

    /// By date; on one day by number.
    pub(super) fn order(&self) -> (NaiveDate, usize, Kind, u32) {
        (self.date, self.series, self.kind, self.number)
    }

    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        100 + self.items.iter().map(|item| 100 + item.name.len() + item.text.len()).sum::<usize>()
    }
}

impl Shown {
    fn new(item: Item) -> Shown {
        let (text, pages) = text(&item);
        let references = item.references.iter().map(|reference| match &reference.title {
            Some(title) => format!("{} {title}", reference.code),
            None => reference.code.clone(),
        });
        Shown {
            name: item.name,
            section: item.section,
            refs: references.collect(),
            units: item.units,
            pages,
            text,
        }
    }
}

/// The paragraphs as lines, and where pages begin in them.
fn text(item: &Item) -> (String, Vec<(usize, u32)>) {
    let mut text = String::new();
    let mut pages: Vec<(usize, u32)> = Vec::new();
    let mut at = 0;
    for paragraph in &item.paragraphs {
        if !text.is_empty() {
            text.push('\n');
            at += 1;
        }
        let mut turns = paragraph.turns.iter().peekable();
        let begin = |at, page, pages: &mut Vec<(usize, u32)>| {
            if pages.last().is_none_or(|(_, last)| *last != page) {
                pages.push((at, page));
            }
        };
        begin(at, paragraph.page, &mut pages);
        for (index, c) in paragraph.text.chars().enumerate() {
            while let Some(turn) = turns.next_if(|turn| turn.at <= index) {
                begin(at, turn.page, &mut pages);
            }
            text.push(if c == '\n' { ' ' } else { c });
            at += c.len_utf16();
        }
    }
    if pages.is_empty() {
        pages.push((0, item.page));
    }
    (text, pages)
}

/// The issues of a part.
pub(super) fn json(issues: &[Issue]) -> String {
    serde_json::to_string(issues).unwrap_or_default()
}

/// What the page knows from the start.
pub(super) fn index(
    series: &[Series],
    parts: &[&Part],
    units: &BTreeMap<String, usize>,
    references: &BTreeMap<String, usize>,
) -> String {
    #[derive(Serialize)]
    struct Index<'a> {
        series: &'a [Series],
        parts: &'a [&'a Part],
        units: Vec<(&'a String, &'a usize)>,
        refs: Vec<(&'a String, &'a usize)>,
    }
    let index =
        Index { series, parts, units: units.iter().collect(), refs: references.iter().collect() };
    serde_json::to_string(&index).unwrap_or_default()
}

/// JSON as a JavaScript file that hands it to the page. As a string: browsers read long JSON faster
/// than long programs.
pub(super) fn script(file: &str, json: &str) -> String {
    format!("hongtouPart('{file}',{});\n", literal(json))
}

/// A string in JavaScript, of any age and also inside HTML.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + text.len() / 50 + 2);
    literal.push('\'');
    for c in text.chars() {
        match c {
            '\'' => literal.push_str("\\'"),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            // What would end the script inside HTML.
            '<' => literal.push_str("\\x3c"),
            // Ends of lines in older JavaScript.
            '\u{2028}' => literal.push_str("\\u2028"),
            '\u{2029}' => literal.push_str("\\u2029"),
            '\u{feff}' => literal.push_str("\\ufeff"),
            c => literal.push(c),
        }
    }
    literal.push('\'');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Paragraph, Turn};

    fn item(paragraphs: Vec<Paragraph>) -> Item {
        Item {
            section: None,
            headline: None,
            category: None,
            name: "甲".to_owned(),
            roundup: false,
            notices: Vec::new(),
            units: Vec::new(),
            authors: Vec::new(),
            references: Vec::new(),
            page: 1,
            paragraphs,
        }
    }

    #[test]
    fn pages_begin_where_a_browser_counts_them() {
        let turns = vec![Turn { at: 2, page: 3 }];
        let first = Paragraph { text: "𠮷甲乙丙".to_owned(), page: 2, turns };
        let second = Paragraph { text: "丁".to_owned(), page: 3, turns: Vec::new() };
        let third = Paragraph { text: "戊".to_owned(), page: 4, turns: Vec::new() };
        let (text, pages) = text(&item(vec![first, second, third]));
        assert_eq!(text, "𠮷甲乙丙\n丁\n戊");
        assert_eq!(pages, [(0, 2), (3, 3), (8, 4)]);
    }

    #[test]
    fn a_literal_ends_no_script() {
        assert_eq!(literal("</script>'\\\u{2028}甲"), "'\\x3c/script>\\'\\\\\\u2028甲'");
    }
}
