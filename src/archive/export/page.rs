//! `index.html`: one file with its style, its program and the list of the data.

use super::data::literal;
use super::years::Index;
use crate::archive::markup::escape;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");

/// The program, in the order in which its parts use each other.
const PROGRAM: [&str; 5] = [
    include_str!("words.js"),
    include_str!("load.js"),
    include_str!("show.js"),
    include_str!("search.js"),
    include_str!("page.js"),
];

/// The page.
pub(super) fn html(title: Option<&str>, index: &Index) -> String {
    let title = title.map_or_else(|| index.title(), str::to_owned);
    let program = format!(
        "(function () {{\n'use strict';\nvar DATA = JSON.parse({});\n{}}}());\n",
        literal(&index.json()),
        PROGRAM.concat()
    );
    let offices = match index.offices() {
        none if none.is_empty() => String::new(),
        offices => format!("<p>{}</p>\n", escape(&offices)),
    };
    fill(&[
        ("title", &escape(&title)),
        ("offices", &offices),
        ("style", STYLE),
        ("program", &program),
    ])
}

/// The template with its gaps filled; what fills one is not searched for others.
fn fill(values: &[(&str, &str)]) -> String {
    let mut page = String::new();
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        page.push_str(before);
        let value = values.iter().find(|(known, _)| *known == name);
        page.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    page + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_text_whatever_it_says() {
        let page =
            html(Some("{{program}}</title><script>alert(1)</script>&\"'"), &Index::default());
        assert!(page.contains("<title>{{program}}&lt;/title&gt;&lt;script&gt;"));
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("</script").count(), 1);
    }

    #[test]
    fn the_template_has_no_gap_that_nothing_fills() {
        let gaps = PAGE.matches("{{").count();
        let known = ["{{title}}", "{{offices}}", "{{style}}", "{{program}}"];
        assert_eq!(known.iter().map(|gap| PAGE.matches(gap).count()).sum::<usize>(), gaps);
    }
}
