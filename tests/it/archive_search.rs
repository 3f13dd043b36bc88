//! Searching an archive.

use std::path::Path;

use hongtou::archive::Entry;
use hongtou::archive::index;
use hongtou::archive::search::{Found, Query, search};
use tempfile::TempDir;

use crate::generator;
use crate::support::pages::ISSUE_155;
use crate::support::shelf::{archive, entry, entry_of, item, places, put};

fn words(words: &[&str]) -> Query {
    Query { words: words.iter().map(|word| (*word).to_owned()).collect(), ..Query::default() }
}

fn find(folder: &Path, query: &Query) -> Found {
    search(&archive(folder), &places(folder), &|_, _| {}, query).unwrap()
}

/// `第155期 name` of each hit.
fn names(found: &Found) -> Vec<String> {
    found.hits.iter().map(|hit| format!("{} {}", hit.subject, hit.name)).collect()
}

fn shelf(entries: &[Entry]) -> TempDir {
    let folder = TempDir::new().unwrap();
    entries.iter().for_each(|entry| put(folder.path(), entry));
    folder
}

#[test]
fn issue_155_is_found_by_words_of_any_length() {
    let folder = shelf(&[entry_of(ISSUE_155, "mtg-kuaibao")]);
    for (word, count) in [
        ("志愿服务", 2),
        ("志愿", 2),
        ("志", 2),
        ("大拇指点赞志愿服务活动", 1),
        ("“痛点”对症", 1),
        ("logo", 1),
        ("LOGO", 1),
        ("12345", 2),
        ("1234", 0),
        ("MC00-0100", 1),
        ("文明交通有我参与", 1),
    ] {
        let found = find(folder.path(), &words(&[word]));
        for hit in &found.hits { println!("{word}: {hit:?}"); }
        assert_eq!(found.total, count, "{word}: {:?}", names(&found));
    }
    let entry = entry_of(ISSUE_155, "mtg-kuaibao");
    for item in &entry.items { println!("{item:#?}"); }
    panic!();
}
