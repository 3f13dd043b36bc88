//! Bags that were never typeset: for what reads an archive, in tests and in measuring large ones.
#![allow(dead_code)] // the tests and the example use different parts

use chrono::NaiveDate;
use hongtou::archive::{
    ENTRY, Entry, Files, Holding, Item, Kind, Paragraph, Reference, Scheme, Store,
};
use sha2::{Digest, Sha256};

/// An entry with these items, on the day of this number of the year.
pub fn entry(series: &str, year: i32, number: u32, items: Vec<Item>) -> Entry {
    let day = 1 + (number - 1) % 365;
    let bulletin = format!("青山区{series}");
    let subject = format!("第{number}期");
    Entry {
        series: series.to_owned(),
        year,
        kind: Kind::Regular,
        number,
        revision: 1,
        scheme: Scheme::Annual,
        total: None,
        title: format!("{bulletin}{subject}"),
        stem: format!("{bulletin}{subject}"),
        bulletin,
        subject,
        date: NaiveDate::from_yo_opt(year, day).expect("a day"),
        offices: vec!["青山区精神文明建设委员会办公室".to_owned()],
        pages: items.iter().map(|item| item.page).max().unwrap_or(1),
        items,
        distribution: Vec::new(),
        contact: Vec::new(),
    }
}

/// An item from this unit.
pub fn item(headline: &str, unit: &str, reference: (&str, &str), text: &str, page: u32) -> Item {
    let (code, title) = reference;
    let reference = Reference { code: code.to_owned(), title: Some(title.to_owned()) };
    let text = format!("{headline}\u{3000}{text}（{code}{title}）（{unit}）");
    Item {
        section: Some("生活环境建设".to_owned()),
        headline: Some(headline.to_owned()),
        category: None,
        name: headline.to_owned(),
        roundup: false,
        notices: Vec::new(),
        units: vec![unit.to_owned()],
        authors: Vec::new(),
        references: vec![reference],
        page,
        paragraphs: vec![Paragraph { text, page, turns: Vec::new() }],
    }
}

/// The files of its bag.
pub fn files(entry: &Entry, pdf: &[u8]) -> Files {
    let json = serde_json::to_vec(entry).expect("an entry");
    let payload = [(ENTRY.to_owned(), json), (format!("data/{}.pdf", entry.stem), pdf.to_vec())];
    let lines = payload.iter().map(|(path, bytes)| {
        let digits: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        format!("{digits}  {path}\n")
    });
    let manifest: String = lines.collect();
    let manifest = ("manifest-sha256.txt".to_owned(), manifest.into_bytes());
    payload.into_iter().chain([manifest]).collect()
}

/// Puts it there.
pub fn put(store: &dyn Store, entry: &Entry, pdf: &[u8]) -> Holding {
    let holding = entry.holding();
    store.put_bag(&holding, &files(entry, pdf)).expect("a place that takes it");
    holding
}
