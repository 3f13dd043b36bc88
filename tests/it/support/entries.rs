//! Archives for tests: bags with nothing but the entry of their issue, made up or from a text.

use std::path::Path;

use hongtou::archive::index::Place;
use hongtou::archive::{Archive, ENTRY, Entry, Files, Folder, Holding, IssueId, Store};
use hongtou::build;
use hongtou::diagnostic::{Sources, render};
use hongtou::{issue, page};
use serde_json::{Value, json};

use super::pages::{bundled, fonts};

/// The archive in this folder.
pub fn archive(folder: &Path) -> Archive {
    Archive::new(Folder::new(folder))
}

/// Where its index lies.
pub fn places(folder: &Path) -> [Place; 1] {
    [Place::File(folder.join("index.sqlite"))]
}

/// Puts a bag that has the entry and nothing else.
pub fn put(folder: &Path, entry: &Entry) {
    let bytes = serde_json::to_vec(entry).unwrap();
    let files = Files::from([(ENTRY.to_owned(), bytes)]);
    Folder::new(folder).put_bag(&entry.holding(), &files).unwrap();
}

/// An entry with these items.
pub fn entry(path: &str, date: &str, items: &[Value]) -> Entry {
    let Holding { id, revision } = Holding::parse(path).expect(path);
    let subject = format!("{}第{}期", id.kind.chinese(), id.number);
    let entry = json!({
        "series": id.series, "year": id.year, "kind": id.kind, "number": id.number,
        "revision": revision, "title": format!("青山区工作快报{subject}"),
        "bulletin": "青山区工作快报", "subject": subject, "stem": format!("青山区工作快报{subject}"),
        "date": date, "offices": ["青山区办公室"], "pages": 2, "items": items,
        "distribution": [], "contact": [],
    });
    serde_json::from_value(entry).unwrap()
}

/// An item of one paragraph.
pub fn item(text: &str, section: &str, units: &[&str], references: &[&str]) -> Value {
    let references = references.iter().map(|reference| {
        let (code, title) = reference.split_once(' ').unwrap_or((reference, ""));
        json!({ "code": code, "title": Some(title).filter(|title| !title.is_empty()) })
    });
    let name: String = text.chars().take(8).collect();
    json!({
        "section": Some(section).filter(|section| !section.is_empty()), "headline": null,
        "category": null, "name": name, "roundup": false, "units": units, "authors": [],
        "references": references.collect::<Vec<_>>(), "page": 1,
        "paragraphs": [{ "text": text, "page": 1 }],
    })
}

/// A round-up of these units' notices.
pub fn roundup(text: &str, section: &str, notices: &[&str], references: &[&str]) -> Value {
    let mut units: Vec<&str> = Vec::new();
    notices.iter().for_each(|unit| {
        if !units.contains(unit) {
            units.push(unit);
        }
    });
    let mut item = item(text, section, &units, references);
    item["roundup"] = json!(true);
    item["notices"] = json!(notices);
    item
}

/// The entry that an issue's text gives, set with the bundled fonts.
pub fn entry_of(yaml: &str, series: &str) -> Entry {
    let mut sources = Sources::default();
    let file = sources.add("test.yaml", yaml);
    let (issue, _) = issue::read_issue(&sources, file, None)
        .unwrap_or_else(|findings| panic!("{}", render(&sources, &findings, false)));
    let composed = build::compose(&issue, bundled("kuaibao")).expect("it has words");
    let pages = page::paginate(&composed.document, &composed.layout, fonts()).expect("it is set");
    let holding = Holding { id: IssueId::of(series, &issue), revision: 1 };
    Entry::new(&holding, &issue, &composed.document, &pages)
}
