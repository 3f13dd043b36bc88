//! Who belongs to the groups that are printed at the foot: `recipients.yaml`.

mod decode;
mod insert;
mod line;
mod merge;
mod person;
mod read;
mod table;

use crate::diagnostic::{Diagnostic, Span, Spanned};
use crate::yaml::Reader;

use super::address::Address;

pub use decode::decode;
pub use merge::{Merged, merge};
pub use read::{read, read_node};
pub use table::{Row, read_table};

pub(super) use person::{formats, named};

/// A file that is attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The Word document.
    Docx,
    /// The archived PDF.
    Pdf,
}

impl Format {
    /// The ending of its file's name: docx.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Pdf => "pdf",
        }
    }
}

/// How a group is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// 报.
    Superiors,
    /// 送.
    Peers,
    /// 发.
    Subordinates,
    /// 另寄: not printed, gets every issue.
    Also,
}

impl Label {
    /// All of them, in the order of print.
    pub const ALL: [Label; 4] = [Label::Superiors, Label::Peers, Label::Subordinates, Label::Also];

    /// As printed.
    pub fn chinese(self) -> &'static str {
        match self {
            Label::Superiors => "报",
            Label::Peers => "送",
            Label::Subordinates => "发",
            Label::Also => "另寄",
        }
    }

    /// Its key in `recipients.yaml`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Label::Superiors => "superiors",
            Label::Peers => "peers",
            Label::Subordinates => "subordinates",
            Label::Also => "also",
        }
    }
}

/// The people of an office's distribution.
#[derive(Clone, Debug)]
pub struct Directory {
    /// The groups in the order of the file.
    pub groups: Vec<Group>,
    /// Printed groups that have no address, by leave: they get paper.
    pub paper: Vec<Spanned<String>>,
    /// Groups that get nothing when they are not printed, by leave.
    pub unprinted: Vec<Spanned<String>>,
    /// Where each label stands.
    pub(super) places: Vec<(Label, Span)>,
    /// Its first line.
    pub(super) place: Span,
}

/// A group, named as it is printed.
#[derive(Clone, Debug)]
pub struct Group {
    /// 报, 送, 发 or 另寄.
    pub label: Label,
    /// 首都文明办.
    pub name: Spanned<String>,
    /// Who belongs to it.
    pub people: Vec<Person>,
}

/// One who gets mail.
#[derive(Clone, Debug)]
pub struct Person {
    /// 城子街道.
    pub unit: Option<String>,
    /// 王芳.
    pub name: Option<String>,
    /// How a message addresses him, when it is not unit and name.
    pub greeting: Option<String>,
    /// Where it goes.
    pub address: Spanned<Address>,
    /// What he gets; empty for what the office sends to all.
    pub formats: Vec<Format>,
}

impl Directory {
    /// How many different addresses there are.
    pub fn addresses(&self) -> usize {
        let people = self.groups.iter().flat_map(|group| &group.people);
        people.map(|p| p.address.key()).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Where to add a group.
    pub(super) fn place_of(&self, label: Label) -> Span {
        self.places.iter().find(|(l, _)| *l == label).map_or(self.place, |(_, span)| *span)
    }
}

/// What a name means whatever spaces, brackets and marks it is written with.
pub(super) fn bare(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_whitespace() && !"。．".contains(*c));
    kept.map(|c| match c {
        '(' => '（',
        ')' => '）',
        '"' => '“',
        c => c,
    })
    .collect()
}

/// The names in a printed phrase: 区委、区人大.
pub(super) fn names(phrase: &str) -> Vec<String> {
    let names = phrase.split(['、', '，', ',', '；', ';']).map(bare);
    names.filter(|name| !name.is_empty()).collect()
}

/// What was read, when nothing was wrong with it.
fn finish<T>(reader: Reader<'_>, read: Option<T>) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
    let findings = reader.finish()?;
    read.map(|read| (read, findings)).ok_or_else(Vec::new)
}
