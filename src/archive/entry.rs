//! What an archived issue says of itself: kept as `issue.json` in its bag, so that lists, search,
//! statistics, export and mail need neither this version's reader nor its typesetting again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Holding, IssueId, Kind};
use crate::compose::{Document, Metadata, plain, plain_title};
use crate::issue::{self, Block, Issue, NumberingScheme};
use crate::page::Pages;

/// The entry of one archived revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// ASCII short name of the bulletin.
    pub series: String,
    /// The year it is numbered in.
    pub year: i32,
    /// Regular, supplement, special.
    pub kind: Kind,
    /// 期数.
    pub number: u32,
    /// 1 for the first.
    pub revision: u32,
    /// How its numbers run.
    #[serde(default)]
    pub scheme: Scheme,
    /// 总期数.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// 门头沟区创建全国文明城市工作快报第155期.
    pub title: String,
    /// Name of the bulletin without the number: 门头沟区创建全国文明城市工作快报.
    pub bulletin: String,
    /// 第155期.
    pub subject: String,
    /// Stem of the files' names.
    pub stem: String,
    /// Date of the issue.
    pub date: NaiveDate,
    /// Issuing offices.
    pub offices: Vec<String>,
    /// How many pages the PDF has.
    pub pages: u32,
    /// The items in order.
    pub items: Vec<Item>,
    /// The groups printed at the foot.
    pub distribution: Vec<Group>,
    /// Mail addresses printed at the foot.
    pub contact: Vec<String>,
}

/// How numbers run (编号方式).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// They start anew each year, with or without a total number (总期数) beside them.
    #[default]
    Annual,
    /// They go on from year to year.
    Cumulative,
}

impl Scheme {
    /// How the numbers of an issue run.
    pub fn of(issue: &Issue) -> Scheme {
        match issue.number.scheme.as_ref().map(|scheme| scheme.value) {
            Some(NumberingScheme::Cumulative) => Scheme::Cumulative,
            Some(NumberingScheme::Annual | NumberingScheme::Both) | None => Scheme::Annual,
        }
    }
}

/// One item of an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The section it stands in, unspaced.
    pub section: Option<String>,
    /// Its title.
    pub headline: Option<String>,
    /// Its category.
    pub category: Option<String>,
    /// What it is called in a list: headline, category, label of the round-up, else the beginning of its text.
    pub name: String,
    /// Whether it is a round-up of several units.
    pub roundup: bool,
    /// The units it comes from: its sources; of a round-up, the units of its notices.
    pub units: Vec<String>,
    /// The unit of each notice of a round-up, in order: one that has two stands here twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
    /// Its authors.
    pub authors: Vec<String>,
    /// Indicators it counts for.
    pub references: Vec<Reference>,
    /// The page it begins on, from 1.
    pub page: u32,
    /// Its text as printed.
    pub paragraphs: Vec<Paragraph>,
}

/// An indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Ⅲ-58.
    pub code: String,
    /// 城市精细化管理.
    pub title: Option<String>,
}

/// A paragraph as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its words.
    pub text: String,
    /// The page of its first line.
    pub page: u32,
    /// Where it goes on to another page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<Turn>,
}

/// Where a paragraph goes on to another page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// How many characters stand before.
    pub at: usize,
    /// The page.
    pub page: u32,
}

/// A printed group of the distribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// 报, 送 or 发.
    pub label: String,
    /// The groups' names as printed: 首都文明办, 全区各单位主要领导.
    pub names: Vec<String>,
}

impl Paragraph {
    /// The page on which its character `at` stands.
    pub fn page_of(&self, at: usize) -> u32 {
        let turn = self.turns.iter().rev().find(|turn| turn.at <= at);
        turn.map_or(self.page, |turn| turn.page)
    }
}

impl Entry {
    /// The entry of an issue that was set.
    pub fn new(holding: &Holding, issue: &Issue, document: &Document, pages: &Pages) -> Entry {
        let bulletin = document.metadata.bulletin().to_owned();
        let Metadata { title, subject, stem, date, authors, .. } = document.metadata.clone();
        let IssueId { series, year, kind, number } = holding.id.clone();
        Entry {
            series,
            year,
            kind,
            number,
            revision: holding.revision,
            scheme: Scheme::of(issue),
            total: issue.number.total.as_ref().map(|total| total.value),
            bulletin,
            title,
            subject,
            stem,
            date,
            offices: authors,
            pages: u32::try_from(pages.pages.len()).unwrap_or(u32::MAX),
            items: items(issue, pages),
            distribution: distribution(&issue.distribution),
            contact: texts(&issue.contact.email),
        }
    }

    /// As a file.
    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// What it is called in the archive.
    pub fn holding(&self) -> Holding {
        let (series, year, kind, number) = (self.series.clone(), self.year, self.kind, self.number);
        Holding { id: IssueId { series, year, kind, number }, revision: self.revision }
    }
}

fn items(issue: &Issue, pages: &Pages) -> Vec<Item> {
    let sections = issue.sections.iter();
    let items = sections.flat_map(|section| section.items.iter().map(move |item| (section, item)));
    let mut items: Vec<Item> = items
        .enumerate()
        .map(|(index, (section, item))| entry(index, section, item, pages))
        .collect();
    // An issue that is one article has its title at the top.
    if let (Some(title), [only]) = (&issue.title, items.as_mut_slice())
        && only.headline.is_none()
    {
        let title = plain_title(title);
        only.name.clone_from(&title);
        only.headline = Some(title);
    }
    items
}

fn entry(index: usize, section: &issue::Section, item: &issue::Item, pages: &Pages) -> Item {
    let roundups = || {
        item.body.iter().filter_map(|block| match block {
            Block::Roundup(roundup) => Some(roundup),
            _ => None,
        })
    };
    let roundup = roundups().next();
    let notices = roundups().flat_map(|roundup| &roundup.entries);
    let notices: Vec<String> = notices.map(|notice| plain(&notice.unit)).collect();
    let mut units = texts(&item.source);
    units.extend(notices.iter().cloned());
    let mut seen = std::collections::BTreeSet::new();
    units.retain(|unit| seen.insert(unit.clone()));
    let paragraphs = paragraphs(index, pages);
    let named =
        [item.headline.as_ref(), item.category.as_ref(), roundup.map(|roundup| &roundup.label)];
    let name = match named.into_iter().flatten().next() {
        Some(text) => plain_title(text),
        None => beginning(&paragraphs),
    };
    let references = item.references.iter().map(|reference| Reference {
        code: reference.code.value.clone(),
        title: reference.title.as_ref().map(|title| title.value.clone()),
    });
    Item {
        section: section.title.as_ref().map(|text| plain_title(text)),
        headline: item.headline.as_ref().map(|text| plain_title(text)),
        category: item.category.as_ref().map(|text| plain_title(text)),
        name,
        roundup: roundup.is_some(),
        units,
        notices,
        authors: texts(&item.author),
        references: references.collect(),
        page: paragraphs.first().map_or(1, |paragraph| paragraph.page),
        paragraphs,
    }
}

/// The printed paragraphs of an item, with the pages that their lines stand on.
fn paragraphs(item: usize, pages: &Pages) -> Vec<Paragraph> {
    let blocks = pages.blocks.iter().enumerate().filter(|(_, block)| block.item == Some(item));
    let paragraphs = blocks.map(|(index, block)| {
        let mut paragraph = Paragraph { text: block.text.clone(), page: 0, turns: Vec::new() };
        let characters: Vec<char> = block.text.chars().collect();
        let mut at = 0;
        let mut current = 0;
        for line in pages.report.lines.iter().filter(|line| line.block == index) {
            // A space at which a line ends is not among the line's own characters.
            at = skip_spaces(&characters, at);
            if current == 0 {
                paragraph.page = line.page;
            } else if current != line.page {
                paragraph.turns.push(Turn { at, page: line.page });
            }
            current = line.page;
            for _ in line.text.chars().filter(|c| !c.is_whitespace()) {
                at = skip_spaces(&characters, at) + 1;
            }
        }
        paragraph
    });
    paragraphs.collect()
}

/// The next character that is no space.
fn skip_spaces(characters: &[char], at: usize) -> usize {
    let spaces = characters.iter().skip(at).take_while(|c| c.is_whitespace());
    at + spaces.count()
}

/// The first words of an item that has no title.
fn beginning(paragraphs: &[Paragraph]) -> String {
    const SHOWN: usize = 20;
    let text = paragraphs.first().map_or("", |paragraph| paragraph.text.as_str());
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= SHOWN {
        return text.to_owned();
    }
    let torn = |at: usize| keeps_together(characters[at - 1]) && keeps_together(characters[at]);
    // A run longer than the name itself is cut all the same.
    let end = (1..=SHOWN).rev().find(|at| !torn(*at)).unwrap_or(SHOWN);
    let start: String = characters[..end].iter().collect();
    let dangling = |c: char| c.is_whitespace() || "，、；：,;:“‘（〈《「『【〔［([{<".contains(c);
    start.trim_end_matches(dangling).to_owned() + "…"
}

/// Whether it belongs to a number or a Western word, which is not cut in two: 1,200, 3.5%, PM2.5.
fn keeps_together(c: char) -> bool {
    let western = c < '\u{250}' || ('！'..='～').contains(&c);
    western && c.is_alphanumeric() || "%％‰.．,".contains(c)
}

fn distribution(distribution: &issue::Distribution) -> Vec<Group> {
    let groups = [
        ("报", &distribution.superiors),
        ("送", &distribution.peers),
        ("发", &distribution.subordinates),
        ("发", &distribution.extra),
    ];
    let groups = groups.into_iter().filter(|(_, names)| !names.is_empty());
    groups.map(|(label, names)| Group { label: label.to_owned(), names: texts(names) }).collect()
}

fn texts(texts: &[issue::Text]) -> Vec<String> {
    texts.iter().map(|text| plain(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Paragraph, beginning};

    #[test]
    fn the_beginning_of_a_text_breaks_no_number_and_ends_on_no_open_mark() {
        for (text, name) in [
            ("甲乙丙。", "甲乙丙。"),
            (
                "一二三四五六七八九十一二三四五六七八九十",
                "一二三四五六七八九十一二三四五六七八九十",
            ),
            (
                "一二三四五六七八九十一二三四五六七八九十，",
                "一二三四五六七八九十一二三四五六七八九十…",
            ),
            (
                "城管委开展一系列活动十余场次，接待咨询70余人次。",
                "城管委开展一系列活动十余场次，接待咨询…",
            ),
            (
                "城管委开展一系列活动十场次，接待咨询70余人次。",
                "城管委开展一系列活动十场次，接待咨询70…",
            ),
            (
                "城管委开展活动，今年以来满意率达到了93.5%，比去年高。",
                "城管委开展活动，今年以来满意率达到了…",
            ),
            (
                "城管委开展活动，今年以来居民户均使用了PM2.5仪。",
                "城管委开展活动，今年以来居民户均使用了…",
            ),
            (
                "城管委开展活动，今年以来居民一共使用了，“甲”。",
                "城管委开展活动，今年以来居民一共使用了…",
            ),
            (
                "城管委开展活动，今年以来居民一共印发了《甲》。",
                "城管委开展活动，今年以来居民一共印发了…",
            ),
            ("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst…"),
        ] {
            let paragraph = Paragraph { text: text.to_owned(), page: 1, turns: Vec::new() };
            assert_eq!(beginning(&[paragraph]), name);
        }
    }
}
