//! What the tests of mail start from: issue 155, its list, its messages.

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset};
use hongtou::archive::{Entry, Holding, IssueId, Kind};
use hongtou::build::{self, Options};
use hongtou::diagnostic::{Diagnostic, Sources};
use hongtou::mail::message::{Files, Letter, Purpose, Style, write};
use hongtou::mail::recipients::{self, Directory};
use hongtou::mail::{Outgoing, Planned, Recipient};

use crate::support::findings::told;
use crate::support::pages::{ISSUE_155, bundled, fonts};

/// The list of issue 155.
pub const LIST: &str = include_str!("../../data/mail/recipients.yaml");

/// Issue 155 as the archive has it, and its files.
pub fn issue_155() -> &'static (Entry, Files) {
    static ISSUE: OnceLock<(Entry, Files)> = OnceLock::new();
    ISSUE.get_or_init(|| made(ISSUE_155))
}

/// An issue as the archive would have it.
pub fn made(yaml: &str) -> (Entry, Files) {
    let mut sources = Sources::default();
    let file = sources.add("issue.yaml", yaml);
    let (issue, _) = hongtou::issue::read_issue(&sources, file, None).expect("a sound issue");
    let composed = build::compose(&issue, bundled("kuaibao")).expect("words");
    let options = Options { docx: Some(Default::default()), ..Options::default() };
    let product = composed.finish(fonts(), &options).expect("files");
    let id = IssueId::of("mtg-kuaibao", &issue);
    let holding = Holding { id, revision: 1 };
    let entry = Entry::new(&holding, &issue, &composed.document, &product.pages);
    (entry, Files { docx: product.docx, pdf: Some(b"%PDF-1.7 ...".to_vec()) })
}

/// A small entry with what matters here.
pub fn entry(distribution: &[(&str, &[&str])]) -> Entry {
    let mut entry = issue_155().0.clone();
    assert_eq!(entry.kind, Kind::Regular);
    entry.distribution = distribution
        .iter()
        .map(|(label, names)| hongtou::archive::Group {
            label: (*label).to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        })
        .collect();
    entry
}

/// Reads a list; what is wrong with it, see [`told`].
pub fn try_list(text: &str) -> Result<Directory, String> {
    let mut sources = Sources::default();
    let file = sources.add("recipients.yaml", text);
    let read = recipients::read(&sources, file).map(|(directory, _)| directory);
    read.map_err(|findings| told(&sources, &findings))
}

/// Reads a sound list.
#[track_caller]
pub fn list(text: &str) -> Directory {
    try_list(text).unwrap_or_else(|said| panic!("{said}"))
}

/// What is wrong with a list must be told with these codes, places and words.
#[track_caller]
pub fn bad_list(text: &str, words: &[&str]) {
    let said = try_list(text).expect_err(text);
    words.iter().for_each(|word| assert!(said.contains(word), "{word} not in\n{said}"));
}

/// The settings of `mail`, as an office writes them.
pub fn style(text: &str) -> Result<Style, String> {
    let mut sources = Sources::default();
    let file = sources.add("hongtou.yaml", text);
    let node = hongtou::yaml::parse(file, text).expect("YAML");
    Style::of(&sources, &node).map_err(|findings| told(&sources, &findings))
}

/// One who gets mail.
pub fn to(address: &str, unit: &str, person: &str) -> Planned {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Planned {
        recipient: Recipient {
            address: address.to_owned(),
            person: text(person),
            unit: text(unit),
            groups: vec!["发 信息员".to_owned()],
        },
        greeting: None,
        formats: vec![recipients::Format::Docx],
        correction: None,
    }
}

/// A message of issue 155.
pub fn written(planned: &Planned, style: &Style, purpose: Purpose) -> Result<Outgoing, Diagnostic> {
    let (entry, files) = issue_155();
    written_of(entry, files, planned, style, purpose)
}

/// A message of any issue.
pub fn written_of(
    entry: &Entry,
    files: &Files,
    planned: &Planned,
    style: &Style,
    purpose: Purpose,
) -> Result<Outgoing, Diagnostic> {
    let reason = Some("更正第2页的数字");
    write(planned, &Letter { entry, style, files, reason, date: noon(), purpose })
}

/// The sender's settings of most tests.
pub fn office() -> Style {
    style("sender: 门头沟区创城办 <mtgccbxcz@163.com>\nserver: smtp.163.com\n").unwrap()
}

fn noon() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2019-03-14T12:00:00+08:00").unwrap()
}
