//! What an issue says of itself, against its pages.

use hongtou::archive::{Entry, Holding, IssueId, Kind};
use hongtou::diagnostic::Sources;
use hongtou::font::FontBook;
use hongtou::page::{Element, Pages};
use hongtou::{build, issue, layout};

use crate::generator;

fn entry(text: &str, fonts: &FontBook) -> (Entry, Pages) {
    let mut sources = Sources::default();
    let file = sources.add("甲.yaml", text);
    let (issue, _) = issue::read_issue(&sources, file, None).expect("an issue");
    let layout = layout::read_bundled(&mut sources, "kuaibao").unwrap().unwrap();
    let composed = build::compose(&issue, layout).expect("words");
    let pages = composed.finish(fonts, &build::Options::default()).expect("pages").pages;
    let id = IssueId { series: "kb".to_owned(), year: 2019, kind: Kind::Regular, number: 7 };
    let holding = Holding { id, revision: 1 };
    (Entry::new(&holding, &issue, &composed.document, &pages), pages)
}

/// The text that stands on a page, without the white that lines end in.
fn on_page(pages: &Pages, number: u32) -> String {
    let page = pages.pages.iter().find(|page| page.number == number).expect("a page");
    let runs = page.elements.iter().filter_map(|element| match element {
        Element::Glyphs(run) if run.block.is_some() => Some(run.text.as_str()),
        _ => None,
    });
    bare(&runs.collect::<String>())
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_character_of_a_paragraph_stands_on_the_page_that_the_entry_names() {
    let fonts = FontBook::new(&[]).unwrap();
    let (mut turns, mut items) = (0, 0);
    for seed in 0..40 {
        let (entry, pages) = entry(&generator::of_bulletin(seed, 500), &fonts);
        assert_eq!(entry.pages as usize, pages.pages.len());
        for item in &entry.items {
            items += 1;
            assert_eq!(item.page, item.paragraphs[0].page);
            for paragraph in &item.paragraphs {
                let characters: Vec<char> = paragraph.text.chars().collect();
                let starts: Vec<usize> =
                    std::iter::once(0).chain(paragraph.turns.iter().map(|turn| turn.at)).collect();
                for (index, start) in starts.iter().enumerate() {
                    let end = starts.get(index + 1).copied().unwrap_or(characters.len());
                    let part = bare(&characters[*start..end].iter().collect::<String>());
                    let page = paragraph.page_of(*start);
                    assert!(
                        on_page(&pages, page).contains(&part),
                        "seed {seed}, page {page}: {part}"
                    );
                }
                turns += paragraph.turns.len();
            }
        }
    }
    // The paragraphs that matter here are those that go on to another page.
    assert!(turns > 20 && items > 100, "{turns} turns, {items} items");
}

/// One rule says what an item is called: in the outline of the PDF and in the archive, and so in all
/// that is made from it.
#[test]
fn items_have_one_name_in_the_outline_and_in_the_archive() {
    let fonts = FontBook::new(&[]).unwrap();
    let untitled = "\
masthead: {owner: 青山区, name: 工作快报}
issue: {number: 7, date: 2019-03-14, office: 青山区办公室}
items:
  - {text: 近日，区民政局开展“走进社区”活动十余场次，接待咨询70余人次。}
  - {text: 二。, category: 市场环境}
  - {roundup: 本刊综合, entries: [{区民政局: 三。}, {区民防局: 四。}]}
";
    let mut found = Vec::new();
    for text in (0..20).map(generator::issue).chain([untitled.to_owned()]) {
        let (entry, pages) = entry(&text, &fonts);
        let top = pages.outline.iter().map(|mark| mark.level).max().unwrap_or(1);
        let marks = pages.outline.iter().filter(|mark| mark.level == top);
        let marks: Vec<(&str, u32)> =
            marks.map(|mark| (mark.text.as_str(), mark.page as u32 + 1)).collect();
        let items = entry.items.iter();
        let items: Vec<(&str, u32)> = items.map(|item| (item.name.as_str(), item.page)).collect();
        assert_eq!(items, marks);
        found = items.into_iter().map(|(name, _)| name.to_owned()).collect();
    }
    assert_eq!(
        found,
        ["近日，区民政局开展“走进社区”活动十余场…", "市场环境", "本刊综合：区民政局"]
    );
}

#[test]
fn an_entry_is_read_as_it_is_written() {
    let fonts = FontBook::new(&[]).unwrap();
    let (entry, _) = entry(&generator::of_bulletin(3, 500), &fonts);
    let text = serde_json::to_string(&entry).unwrap();
    assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), entry);
}
