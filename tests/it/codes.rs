//! The names of findings: each means one thing, is used, and stands in `docs/findings.md`.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use hongtou::diagnostic::Code;

const DOCUMENT: &str = include_str!("../../docs/findings.md");

#[test]
fn the_document_has_every_code_and_no_other() {
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.name());
    let mut table = String::new();
    for code in codes {
        let meaning = code.meaning().trim_end_matches('.');
        writeln!(table, "| `{code}` | {meaning} |").unwrap();
    }
    let (_, written) = DOCUMENT.split_once("|---|---|\n").expect("a table");
    assert_eq!(written, table, "the table of docs/findings.md should be:\n{table}");
}

#[test]
fn names_are_one_each_and_of_one_form() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    for name in names {
        let (place, kind) = name.split_once('/').expect(name);
        assert!(word(place) && word(kind), "{name}");
    }
}

#[test]
fn no_code_is_without_a_finding() {
    let mut source = String::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut source);
    for code in Code::ALL {
        // `UnknownKey(Issue)`: the kind of file is the reader's to say.
        let variant = format!("{code:?}");
        let variant = variant.split('(').next().unwrap();
        let used = source.match_indices(&format!("Code::{variant}")).any(|(at, found)| {
            !source[at + found.len()..].starts_with(|next: char| next.is_alphanumeric())
        });
        assert!(used, "no finding has {code}");
    }
}

/// All of the program but the table itself.
fn read(folder: &Path, source: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, source);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("code.rs")
        {
            source.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}
