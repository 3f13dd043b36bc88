//! Generated issues are read and put into words without a finding, and nothing is lost.

use hongtou::build;
use hongtou::compose::{Document, Kind, compose};
use hongtou::diagnostic::{Severity, Sources, render};
use hongtou::font::FontBook;
use hongtou::issue::{Block, Issue, read_issue};
use hongtou::layout::read_bundled;

use super::generator;

fn composed(name: &str, text: &str) -> (Issue, Document) {
    let mut sources = Sources::default();
    let file = sources.add(name, text);
    let (issue, findings) = read_issue(&sources, file, None)
        .unwrap_or_else(|found| panic!("{}", render(&sources, &found, false)));
    let layout = read_bundled(&mut sources, "kuaibao").unwrap().unwrap();
    let (document, more) = compose(&issue, &layout)
        .unwrap_or_else(|found| panic!("{}", render(&sources, &found, false)));
    let warnings = findings.iter().chain(&more).filter(|f| f.severity > Severity::Info);
    let warnings: Vec<_> = warnings.cloned().collect();
    assert!(warnings.is_empty(), "{}", render(&sources, &warnings, false));
    (issue, document)
}

#[test]
fn generated_issues_are_put_into_words() {
    for seed in 0..200 {
        let text = generator::issue(seed);
        let (issue, document) = composed(&format!("种子{seed}"), &text);
        let printed = document.text();
        for text in texts(&issue) {
            let text = text.replace("**", "");
            assert!(printed.contains(&text), "seed {seed}: {text} is not in\n{printed}");
        }
        let items: usize = issue.sections.iter().map(|section| section.items.len()).sum();
        let found = document.nodes().iter().filter(|node| node.kind == Kind::Item).count();
        assert_eq!(found, items, "seed {seed}");
    }
}

/// The texts of the items, each of which stands in one piece on the page.
fn texts(issue: &Issue) -> Vec<String> {
    let mut texts = Vec::new();
    for item in issue.sections.iter().flat_map(|section| &section.items) {
        texts.extend(item.headline.iter().map(|text| text.value.clone()));
        texts.extend(item.source.iter().map(|text| text.value.clone()));
        for block in &item.body {
            match block {
                Block::Paragraph(text) | Block::Heading { text, .. } => {
                    texts.push(text.value.clone());
                }
                Block::Points(points) => {
                    texts.extend(points.iter().map(|point| point.lead.value.clone()));
                    let rest = points.iter().filter_map(|point| point.text.as_ref());
                    texts.extend(rest.map(|text| text.value.clone()));
                }
                Block::Roundup(roundup) => {
                    let entries = roundup.entries.iter();
                    texts.extend(entries.map(|n| format!("{}：{}", n.unit.value, n.text.value)));
                }
                Block::Other { .. } => panic!("the generator makes none"),
            }
        }
    }
    texts
}

#[test]
fn issues_of_exact_length_are_put_into_words() {
    for count in [1, 2, 5, 6, 7, 22, 60] {
        let (_, document) = composed("行", &generator::lines(count));
        let lines: usize = document
            .paragraphs()
            .iter()
            .map(|paragraph| (paragraph.text().chars().count() + 2).div_ceil(28))
            .sum();
        assert_eq!(lines, count);
    }
}

/// The way from words to pages, in memory: what is pushed through is what comes out.
#[test]
fn issues_of_exact_length_have_so_many_lines() {
    let fonts = FontBook::new(&[]).unwrap();
    for count in [1, 2, 6, 13, 14, 15, 16, 38] {
        let mut sources = Sources::default();
        let file = sources.add("行", generator::lines(count));
        let (issue, _) = read_issue(&sources, file, None).unwrap();
        let layout = read_bundled(&mut sources, "kuaibao").unwrap().unwrap();
        let composed = build::compose(&issue, layout).unwrap();
        let product = composed.finish(&fonts, &build::Options::default()).unwrap();
        assert_eq!(product.pages.report.lines.len(), count);
        assert!(product.pdf.is_none() && product.docx.is_none());
    }
}
