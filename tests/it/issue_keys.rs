//! Every key and every alias, once: `every-key.yaml` is written again under each alias and must say
//! the same.

use std::collections::BTreeSet;

use hongtou::diagnostic::{Sources, render};
use hongtou::issue::{self, keys};
use hongtou::yaml::{Entry, Key, Node, Value, parse};

/// The table of a mapping, by the canonical keys that lead to it.
fn table(path: &[&str]) -> Option<&'static [Key]> {
    let last = path.last().copied().unwrap_or("");
    let above = path.len().checked_sub(2).map_or("", |at| path[at]);
    Some(match (above, last) {
        ("", "") => keys::ISSUE,
        (_, "masthead") => keys::MASTHEAD,
        (_, "classification") => keys::CLASSIFICATION,
        (_, "issue") => keys::NUMBERING,
        (_, "document_number") => keys::DOCUMENT_NUMBER,
        (_, "editor_note" | "note") => keys::NOTE,
        (_, "sections") => keys::SECTION,
        (_, "items") => keys::ITEM,
        (_, "points") => keys::POINT,
        (_, "body") => keys::BLOCK,
        (_, "refs") => keys::REFERENCE,
        (_, "attachments") => keys::ATTACHMENT,
        (_, "distribution") => keys::DISTRIBUTION,
        (_, "imprint") => keys::IMPRINT,
        (_, "staff") => keys::STAFF,
        (_, "contact") => keys::CONTACT,
        _ => return None,
    })
}

/// Writes a tree as flow YAML, each key under its alias number `index` (0 is its own name).
struct Writer {
    index: usize,
    used: BTreeSet<(*const Key, &'static str)>,
}

impl Writer {
    fn node(&mut self, node: &Node, path: &[&str]) -> String {
        match &node.value {
            Value::Null => "~".to_owned(),
            Value::Scalar { text, .. } => format!("'{text}'"),
            Value::Sequence(nodes) => {
                let all: Vec<String> = nodes.iter().map(|node| self.node(node, path)).collect();
                format!("[{}]", all.join(", "))
            }
            Value::Mapping(entries) => {
                let all: Vec<String> = entries.iter().map(|e| self.entry(e, path)).collect();
                format!("{{{}}}", all.join(", "))
            }
        }
    }

    fn entry(&mut self, entry: &Entry, path: &[&str]) -> String {
        let mut keys = table(path);
        if path.last() == Some(&"entries") {
            // A record, or units.
            keys = Some(keys::NOTICE).filter(|_| ["unit", "text"].contains(&&*entry.key));
        }
        let key = keys.and_then(|keys| keys.iter().find(|key| key.name == entry.key));
        let mut name = entry.key.as_str();
        if let Some(key) = key {
            let names: Vec<&'static str> = key.names().collect();
            name = names[self.index % names.len()];
            self.used.insert((key, names[self.index % names.len()]));
        }
        let mut deeper = path.to_vec();
        deeper.push(&entry.key);
        format!("'{name}': {}", self.node(&entry.value, &deeper))
    }
}

/// What was read, places left out.
fn read(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("issue.yaml", text);
    let (issue, _) = issue::read_issue(&sources, file, None)
        .unwrap_or_else(|findings| panic!("{}\n{text}", render(&sources, &findings, false)));
    let debug = format!("{issue:?}");
    let mut parts = debug.split("Span { file: FileId(");
    let mut out = parts.next().unwrap_or("").to_owned();
    parts.for_each(|part| out.push_str(part.split_once('}').map_or("", |(_, rest)| rest)));
    out
}

#[test]
fn every_key_means_the_same_under_every_alias() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/every-key.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    let mut sources = Sources::default();
    let file = sources.add(path, &text);
    let root = parse(file, &text).unwrap();
    let want = read(&text);
    let mut writer = Writer { index: 0, used: BTreeSet::new() };
    for index in 0..4 {
        writer.index = index;
        let written = writer.node(&root, &[]);
        assert_eq!(read(&written), want);
    }
    // The keys of an article at the top have their own tests.
    const ARTICLE: [&str; 14] = [
        "items",
        "lead",
        "text",
        "paragraphs",
        "points",
        "roundup",
        "entries",
        "closing",
        "body",
        "figures",
        "tables",
        "refs",
        "source",
        "author",
    ];
    // Those of hongtou.yaml and recipients.yaml too.
    let settings = keys::TABLES.iter().position(|(title, _)| *title == "hongtou.yaml").unwrap();
    for (title, keys) in &keys::TABLES[..settings] {
        for key in keys.iter() {
            if *title == "最外层" && ARTICLE.contains(&key.name) {
                continue;
            }
            for name in key.names() {
                assert!(writer.used.contains(&(key as *const Key, name)), "{title}: {name}");
            }
        }
    }
}

#[test]
fn an_article_at_the_top_may_use_every_key_and_alias() {
    const HEAD: &str = "masthead: {name: 快报}\nissue: {number: 1, date: 2020-1-2, office: 甲}\n";
    let values = [
        ("items", "[甲。]"),
        ("lead", "甲。"),
        ("text", "甲。"),
        ("paragraphs", "[甲。]"),
        ("points", "[甲。]"),
        ("body", "[甲。]"),
        ("figures", "甲"),
        ("tables", "甲"),
    ];
    let key = |name: &str| keys::ISSUE.iter().find(|key| key.name == name).unwrap();
    for (name, value) in values {
        let all: BTreeSet<String> =
            key(name).names().map(|name| read(&format!("{HEAD}{name}: {value}\n"))).collect();
        assert_eq!(all.len(), 1, "{name}");
    }
    let rest = |index: usize| {
        let mut text = HEAD.to_owned();
        for (name, value) in [
            ("roundup", "综合"),
            ("entries", "{甲: 乙。}"),
            ("closing", "丙。"),
            ("refs", "Ⅲ-1"),
            ("source", "甲"),
            ("author", "乙"),
        ] {
            let names: Vec<&str> = key(name).names().collect();
            text += &format!("{}: {value}\n", names[index % names.len()]);
        }
        read(&text)
    };
    for index in 1..4 {
        assert_eq!(rest(index), rest(0));
    }
}
