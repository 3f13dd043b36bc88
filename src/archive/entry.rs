//! What an archived issue says of itself: kept as `issue.json` in its bag, so that lists, search,
//! statistics, export and mail need neither this version's reader nor its typesetting again.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Holding, IssueId, Kind};
use crate::compose::{Document, Id, Metadata, plain, plain_title};
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
    /// What it is called in a list: headline, category, round-up with its first unit, else the
    /// beginning of its text.
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
        let bulletin = document.metadata.bulletin.clone();
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
            items: items(issue, document, pages),
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

fn items(issue: &Issue, document: &Document, pages: &Pages) -> Vec<Item> {
    let nodes = document.nodes();
    let names: BTreeMap<&Id, &str> =
        nodes.iter().filter_map(|node| Some((&node.id, node.name.as_deref()?))).collect();
    let mut items = Vec::new();
    for (index, section) in issue.sections.iter().enumerate() {
        for (place, item) in section.items.iter().enumerate() {
            let id = Id::item(index, place);
            let name = names.get(&id).copied().unwrap_or_default();
            items.push(entry(section, item, name, paragraphs(&id, pages)));
        }
    }
    // An issue that is one article has its title at the top.
    if let (Some(title), [only]) = (&issue.title, items.as_mut_slice())
        && only.headline.is_none()
    {
        only.headline = Some(plain_title(title));
    }
    items
}

fn entry(
    section: &issue::Section,
    item: &issue::Item,
    name: &str,
    paragraphs: Vec<Paragraph>,
) -> Item {
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
    let references = item.references.iter().map(|reference| Reference {
        code: reference.code.value.clone(),
        title: reference.title.as_ref().map(|title| title.value.clone()),
    });
    Item {
        section: section.title.as_ref().map(|text| plain_title(text)),
        headline: item.headline.as_ref().map(|text| plain_title(text)),
        category: item.category.as_ref().map(|text| plain_title(text)),
        name: name.to_owned(),
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
fn paragraphs(item: &Id, pages: &Pages) -> Vec<Paragraph> {
    let blocks = pages.blocks.iter().enumerate();
    let blocks = blocks.filter(|(_, block)| block.within.item() == Some(item));
    let paragraphs = blocks.map(|(index, block)| {
        let mut paragraph = Paragraph { text: block.text.clone(), page: 0, turns: Vec::new() };
        let mut current = 0;
        for line in pages.report.lines.iter().filter(|line| line.block == index) {
            if current == 0 {
                paragraph.page = line.page;
            } else if current != line.page {
                let at = block.text[..line.range.start].chars().count();
                paragraph.turns.push(Turn { at, page: line.page });
            }
            current = line.page;
        }
        paragraph
    });
    paragraphs.collect()
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
