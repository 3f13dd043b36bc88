//! Every build of the program writes the same bytes: what the samples give, compression included,
//! has the digests of `tests/data/bytes.txt`. `.ci/bytes` compares other builds with the same list.
//!
//! Whoever changes bytes raises the version: `verify` compares versions, and would call every older
//! file changed. The first line of the list names the version that wrote it.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::support::desk::Desk;

const LIST: &str = include_str!("../data/bytes.txt");

/// The version of this program, as the first line of the list has it.
const VERSION: &str = concat!("# version ", env!("CARGO_PKG_VERSION"));

/// The options of one build, and the digest of the file that it must give.
struct Line {
    digest: &'static str,
    sample: &'static str,
    format: &'static str,
    options: Vec<&'static str>,
}

fn lines() -> Vec<Line> {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let mut words = line.split(' ');
        let mut next = || words.next().expect("digest, sample, format");
        let (digest, sample, format) = (next(), next(), next());
        Line { digest, sample, format, options: words.collect() }
    };
    lines.map(read).collect()
}

/// The digest of the only file of its format that a build gives.
fn built(line: &Line) -> String {
    let desk = Desk::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = root.join("samples").join(line.sample).with_extension("yaml");
    let mut arguments = vec!["build", sample.to_str().unwrap(), "--to", line.format];
    arguments.extend(&line.options);
    desk.run(&arguments).code(0);
    let files = desk.files("out");
    assert_eq!(files.len(), 1, "{files:?}");
    let digest = Sha256::digest(fs::read(desk.path("out").join(&files[0])).unwrap());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn samples_have_the_bytes_of_the_list() {
    let mut found = String::new();
    let mut differ = Vec::new();
    for line in lines() {
        let digest = built(&line);
        let what = [&[line.sample, line.format], &line.options[..]].concat().join(" ");
        found.push_str(&format!("{digest} {what}\n"));
        if digest != line.digest {
            differ.push(what);
        }
    }
    let comments = LIST.lines().filter(|line| line.starts_with('#')).skip(1);
    let comments: String = [VERSION].into_iter().chain(comments).flat_map(|c| [c, "\n"]).collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bytes.txt");
    fs::write(&path, comments + &found).unwrap();
    println!("as built here: {}", path.display());
    let copy = format!("cp {} tests/data/bytes.txt, and say so in CHANGELOG.md", path.display());
    let raised = LIST.lines().next() != Some(VERSION);
    let advice = if raised {
        format!("the version was raised: {copy}")
    } else {
        format!(
            "if the change of the page or of a library is meant: raise the version in Cargo.toml, \
             run this test again, then {copy}"
        )
    };
    assert!(differ.is_empty(), "other bytes than in tests/data/bytes.txt: {differ:#?}\n{advice}");
}

#[test]
fn the_list_is_that_of_this_version() {
    let first = LIST.lines().next().expect("a first line");
    assert_eq!(
        first, VERSION,
        "tests/data/bytes.txt is of another version. Run `cargo test --test it bytes`; it names the \
         file to copy over the list, whose first line has the version"
    );
}

/// A sample that is not in the list would be no test.
#[test]
fn every_sample_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let samples = names.filter(|path| path.extension().is_some_and(|end| end == "yaml"));
    for sample in samples {
        let stem = sample.file_stem().unwrap().to_str().unwrap();
        for format in ["pdf", "docx"] {
            let listed = |line: &Line| (line.sample, line.format) == (stem, format);
            assert!(lines().iter().any(listed), "{stem} as {format}");
        }
    }
}
