//! `bag-info.txt`: what a person wants to know of a bag without opening anything in it.

use chrono::NaiveDate;

use crate::archive::{Entry, Files, Holding};
use crate::build;

/// Label of what the bag is called.
pub(in crate::archive) const IDENTIFIER: &str = "External-Identifier";
/// Label of the day it was filed.
pub(in crate::archive) const DATE: &str = "Bagging-Date";
/// Label of its total number.
pub(in crate::archive) const TOTAL: &str = "总期号";
/// Label of what it corrects.
pub(in crate::archive) const SUPERSEDES: &str = "更正";
/// Label of the reason.
pub(in crate::archive) const REASON: &str = "更正原因";
/// Label of the digest of the tag manifest of what it corrects.
pub(in crate::archive) const SUPERSEDED_SEAL: &str = "被更正者的指纹";

/// What is said of a bag beside its entry.
pub(in crate::archive) struct Facts<'a> {
    /// What the issue says of itself, in this revision.
    pub(in crate::archive) entry: &'a Entry,
    /// The day it is filed.
    pub(in crate::archive) date: NaiveDate,
    /// What it supersedes.
    pub(in crate::archive) superseded: Option<Superseded<'a>>,
}

/// What a correction supersedes.
pub(in crate::archive) struct Superseded<'a> {
    /// The revision.
    pub(in crate::archive) holding: Holding,
    /// The digest of its tag manifest.
    pub(in crate::archive) seal: String,
    /// Why.
    pub(in crate::archive) reason: &'a str,
}

impl Facts<'_> {
    /// The text. Labels of RFC 8493 where it has one, the archivist's own words otherwise.
    pub(super) fn write(&self, payload: &Files) -> String {
        let Facts { entry, date, superseded } = self;
        let bytes: usize = payload.values().map(Vec::len).sum();
        let mut lines = Vec::new();
        let mut say = |label: &str, value: &str| lines.push(format!("{label}: {}\n", line(value)));
        entry.offices.iter().for_each(|office| say("Source-Organization", office));
        entry.contact.iter().for_each(|address| say("Contact-Email", address));
        say("External-Description", &entry.title);
        say(IDENTIFIER, &entry.holding().to_string());
        say(DATE, &date.to_string());
        say("Payload-Oxum", &format!("{bytes}.{}", payload.len()));
        say("Bag-Software-Agent", build::PROGRAM);
        say("刊名", &entry.bulletin);
        say("期号", &entry.subject);
        say("年度", &entry.year.to_string());
        say("日期", &entry.date.to_string());
        if let Some(total) = entry.total {
            say(TOTAL, &total.to_string());
        }
        if let Some(Superseded { holding, seal, reason }) = superseded {
            say(SUPERSEDES, &holding.to_string());
            say(REASON, reason);
            say(SUPERSEDED_SEAL, seal);
        }
        lines.concat()
    }
}

/// The values of a label in such a text.
pub(in crate::archive) fn values<'a>(text: &'a str, label: &str) -> Vec<&'a str> {
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs.filter(|(name, _)| *name == label).map(|(_, value)| value.trim()).collect()
}

/// A value on one line: a second one would begin another label.
fn line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}
