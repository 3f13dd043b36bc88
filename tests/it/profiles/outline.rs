//! The tag tree is the structure of the issue: what a screen reader goes by.

use hongtou::build::{Options, Recipe};
use hongtou::diagnostic::Sources;
use hongtou::issue::{Block, Issue, read_issue};

use super::made;
use crate::generator;
use crate::support::pages::{ISSUE_155, bundled, compose, fonts};
use crate::support::pdf::{Child, Pdf, Tag, read};

/// The outline of issue 155, read from top to bottom, makes sense. After a change that is meant:
/// `HONGTOU_UPDATE=1 cargo test outline_of_issue_155`, and read it.
#[test]
fn the_outline_of_issue_155_is_the_one_that_was_read() {
    let outline = made(ISSUE_155, Recipe::default()).1.tag_outline();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mentougou-155-tags.txt");
    if std::env::var_os("HONGTOU_UPDATE").is_some() {
        std::fs::write(path, &outline).expect("it can be written");
    }
    let expected = std::fs::read_to_string(path).expect("the snapshot is there");
    for (number, (line, expected)) in outline.lines().zip(expected.lines()).enumerate() {
        assert_eq!(line, expected, "line {}", number + 1);
    }
    assert_eq!(outline.lines().count(), expected.lines().count());
}

/// The tags of one item with nested headings and points under both kinds of marker.
fn item_in(layout: hongtou::layout::Layout) -> String {
    let yaml = "\
masthead: {owner: 青山区, name: 工作快报}
issue: {number: 1, date: 2019-03-14, office: 青山区办公室}
items:
  - headline: 甲
    body:
      - points: [抓宣传。, 抓落实。]
      - heading1: 其一
      - heading2: 其二
      - points:
          - {marker: 首先，, lead: 抓宣传。}
          - {marker: 其次，, lead: 抓落实。, text: 到人。}
      - heading2: 其三
      - 文字。
";
    let options = Options { pdf: Some(Recipe::default()), ..Options::default() };
    let product = compose(yaml, layout).finish(fonts(), &options).expect("it can be made");
    let outline = read(&product.pdf.expect("a PDF was asked for")).tag_outline();
    let item = outline.split_once("  Art\n").expect("an item").1;
    // Only the item's own tags are further in.
    let item = item.lines().take_while(|line| line.starts_with("    "));
    item.map(|line| format!("{}\n", &line[4..])).collect()
}

/// Points are a list under an editor's own markers as under the program's, and headings go down
/// level by level.
#[test]
fn points_are_a_list_under_any_marker() {
    let expected = "\
H1 “甲”
L
  LI
    LBody
      P “一是抓宣传。”
  LI
    LBody
      P “二是抓落实。”
H2 “一、其一”
H3 “（一）其二”
L
  LI
    LBody
      P “首先，抓宣传。”
  LI
    LBody
      P “其次，抓落实。到人。”
H3 “（二）其三”
P “文字。”
";
    assert_eq!(item_in(bundled("jianbao")), expected);
}

/// A headline that runs in before the first point heads the list and is no part of it.
#[test]
fn a_headline_before_points_stands_outside_the_list() {
    let mut layout = bundled("kuaibao");
    layout.item.points_run_in = false;
    let item = item_in(layout);
    let expected = "\
H1 Inline “甲　”
L
  LI
    LBody
      P “一是抓宣传。”
  LI
    LBody
      P “二是抓落实。”
H2 “一、其一”
";
    assert!(item.starts_with(expected), "{item}");
}

/// An attachment is no part of the last section: it stands beside the sections, with its title as
/// its heading.
#[test]
fn attachments_are_sections_of_their_own() {
    let yaml = "\
masthead: {owner: 青山区, name: 工作快报}
issue: {number: 1, date: 2019-03-14, office: 青山区办公室}
sections:
  - title: 改革动态
    items: [{headline: 甲, text: 乙。}]
attachments:
  - {title: 名单, body: [{points: [丙。, 丁。]}]}
";
    let mut layout = bundled("kuaibao");
    layout.item.points_run_in = false;
    let options = Options { pdf: Some(Recipe::default()), ..Options::default() };
    let product = compose(yaml, layout).finish(fonts(), &options).expect("it can be made");
    let outline = read(&product.pdf.expect("a PDF was asked for")).tag_outline();
    let expected = "\
  Sect
    H1 “【改革动态】”
    Art
      H2 Inline “甲　”
      P “乙。”
  Sect
    P “附件”
    H1 “名单”
    L
      LI
        LBody
          P “一是丙。”
      LI
        LBody
          P “二是丁。”
";
    assert!(outline.contains(expected), "{outline}");
}

/// What is tagged as a heading, with its level, in order.
fn headings(pdf: &Pdf) -> Vec<(usize, String)> {
    fn walk(tag: &Tag, found: &mut Vec<(usize, String)>) {
        let level = tag.kind.strip_prefix('H').and_then(|level| level.parse().ok());
        found.extend(level.map(|level| (level, tag.text())));
        for child in &tag.children {
            if let Child::Tag(tag) = child {
                walk(tag, found);
            }
        }
    }
    let mut found = Vec::new();
    walk(pdf.tags.as_ref().expect("the archive's file has tags"), &mut found);
    found
}

/// The headings that an issue has by its content: sections or the title of its one article, then
/// headlines, then headings of four levels, each one below the one that it stands under.
fn expected(issue: &Issue) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let titled = issue.sections.iter().any(|section| section.title.is_some());
    let article = issue.title.as_ref().filter(|_| !titled);
    found.extend(article.map(|title| (1, title.value.clone())));
    for section in &issue.sections {
        found.extend(section.title.as_ref().map(|title| (1, title.value.clone())));
        let top = usize::from(section.title.is_some() || article.is_some());
        for item in &section.items {
            let mut open: Vec<u8> = Vec::new();
            if let Some(headline) = &item.headline {
                open.push(0);
                found.push((top + 1, headline.value.clone()));
            }
            for block in &item.body {
                if let Block::Heading { level, text } = block {
                    open.retain(|above| above < level);
                    open.push(*level);
                    found.push((top + open.len(), text.value.clone()));
                }
            }
        }
    }
    found
}

fn issue(yaml: &str) -> Issue {
    let mut sources = Sources::default();
    let file = sources.add("甲", yaml);
    read_issue(&sources, file, None).expect("generated issues are good").0
}

/// Every generated issue: as many H1 and H2 as sections and headlines, and every word of the
/// document in the tags, in its order, and no other.
#[test]
fn headings_and_words_of_generated_issues_are_those_of_their_content() {
    let bare = |text: &str| text.replace("**", "").replace('\u{3000}', "");
    let (mut first, mut second) = (0, 0);
    for seed in 0..40 {
        let yaml = generator::issue(seed);
        let pdf = made(&yaml, Recipe::default()).1;
        let (found, expected) = (headings(&pdf), expected(&issue(&yaml)));
        for level in 1..=6 {
            let count = |list: &[(usize, String)]| list.iter().filter(|h| h.0 == level).count();
            assert_eq!(count(&found), count(&expected), "seed {seed}: H{level}");
        }
        for ((level, text), (wanted, words)) in found.iter().zip(&expected) {
            assert_eq!(level, wanted, "seed {seed}: {text}");
            assert!(bare(text).contains(&bare(words)), "seed {seed}: {text} is not {words}");
        }
        first += expected.iter().filter(|heading| heading.0 == 1).count();
        second += expected.iter().filter(|heading| heading.0 == 2).count();
        let document = compose(&yaml, bundled("kuaibao")).document.text().replace('\n', "");
        assert_eq!(pdf.tags.expect("tags").text(), document, "seed {seed}");
    }
    assert!(first > 40 && second > 40, "{first} {second}");
}
