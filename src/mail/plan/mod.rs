//! Who gets what: the printed groups and the people of the list, brought together.

mod groups;
mod pick;

use std::collections::{BTreeMap, BTreeSet};

use super::envelope::Recipient;
use super::recipients::{Directory, Format, Group, Person};
use crate::archive::Entry;
use crate::diagnostic::{Code, Diagnostic, Severity};

/// What is wished for beside the list.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Only these units, persons, groups or addresses; empty for all.
    pub only: Vec<String>,
    /// Not these.
    pub except: Vec<String>,
    /// What everyone gets who asks for nothing else.
    pub formats: Vec<Format>,
    /// Who got an earlier revision of this issue, and the latest of them that he got.
    pub earlier: Vec<(Recipient, u32)>,
}

impl Default for Selection {
    fn default() -> Selection {
        Selection {
            only: Vec::new(),
            except: Vec::new(),
            formats: vec![Format::Docx],
            earlier: Vec::new(),
        }
    }
}

/// Who gets what.
#[derive(Clone, Debug)]
pub struct Plan {
    /// One message for each address, in the order of print.
    pub messages: Vec<Planned>,
    /// What is worth knowing.
    pub findings: Vec<Diagnostic>,
}

/// One message that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Who gets it.
    pub recipient: Recipient,
    /// How he is addressed, when it is not by unit and name.
    pub greeting: Option<String>,
    /// What is attached.
    pub formats: Vec<Format>,
    /// The earlier revision that he got, which this one corrects.
    pub correction: Option<u32>,
}

/// Brings the printed groups of an issue and the people of the list together: one message for each
/// address, whatever the number of its groups and persons.
///
/// # Errors
/// Every printed group without an address, every group of the list that is not printed, every word
/// of the selection that means nobody.
pub fn plan(
    entry: &Entry,
    directory: &Directory,
    selection: &Selection,
) -> Result<Plan, Vec<Diagnostic>> {
    let (matched, mut findings) = groups::matched(entry, directory);
    let mut messages = merged(&matched, &selection.formats);
    corrections(&mut messages, selection, &mut findings);
    pick::pick(&mut messages, selection, &mut findings);
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(findings);
    }
    Ok(Plan { messages, findings })
}

/// One message for each address.
fn merged(groups: &[&Group], default: &[Format]) -> Vec<Planned> {
    let mut messages: Vec<Gathered> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for group in groups {
        for person in &group.people {
            let index = *known.entry(person.address.key()).or_insert_with(|| {
                messages.push(Gathered::new(person));
                messages.len() - 1
            });
            messages[index].add(group, person, default);
        }
    }
    messages.into_iter().map(Gathered::planned).collect()
}

/// What comes together at one address.
struct Gathered {
    address: String,
    units: Names,
    names: Names,
    greetings: Names,
    groups: Names,
    formats: Vec<Format>,
}

/// Names in the order in which they came, each once.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    known: BTreeSet<String>,
}

impl Names {
    fn push(&mut self, name: Option<String>) {
        if let Some(name) = name
            && self.known.insert(name.clone())
        {
            self.list.push(name);
        }
    }
}

impl Gathered {
    fn new(person: &Person) -> Gathered {
        Gathered {
            address: person.address.as_str().to_owned(),
            units: Names::default(),
            names: Names::default(),
            greetings: Names::default(),
            groups: Names::default(),
            formats: Vec::new(),
        }
    }

    fn add(&mut self, group: &Group, person: &Person, default: &[Format]) {
        // Who has no name of his own is the group: 首都文明办.
        let alone = person.unit.is_none() && person.name.is_none();
        let unit = if alone { Some(&group.name.value) } else { person.unit.as_ref() };
        self.units.push(unit.cloned());
        self.names.push(person.name.clone());
        self.greetings.push(person.greeting.clone());
        self.groups.push(Some(format!("{} {}", group.label.chinese(), group.name.value)));
        let formats = if person.formats.is_empty() { default } else { &person.formats };
        self.formats.extend(formats);
    }

    fn planned(mut self) -> Planned {
        self.formats.sort_unstable();
        self.formats.dedup();
        let joined = |names: Names| (!names.list.is_empty()).then(|| names.list.join("、"));
        Planned {
            recipient: Recipient {
                address: self.address,
                person: joined(self.names),
                unit: joined(self.units),
                groups: self.groups.list,
            },
            greeting: joined(self.greetings),
            formats: self.formats,
            correction: None,
        }
    }
}

/// Marks those who got an earlier revision, and adds those of them who are on the list no more: they
/// have what is wrong in their hands.
fn corrections(messages: &mut Vec<Planned>, selection: &Selection, findings: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (index, planned) in messages.iter().enumerate() {
        known.entry(planned.recipient.address.to_ascii_lowercase()).or_insert(index);
    }
    for (recipient, revision) in &selection.earlier {
        let index = *known.entry(recipient.address.to_ascii_lowercase()).or_insert(messages.len());
        if let Some(planned) = messages.get_mut(index) {
            planned.correction = planned.correction.max(Some(*revision));
            continue;
        }
        let message =
            format!("“{}”收到过第{revision}版，现在不在分送范围里，仍寄更正", recipient.address);
        let finding =
            Diagnostic { severity: Severity::Info, ..Diagnostic::general(Code::MailLeft, message) };
        findings.push(finding.with_help("不寄的话，加上 --except"));
        messages.push(Planned {
            recipient: recipient.clone(),
            greeting: None,
            formats: selection.formats.clone(),
            correction: Some(*revision),
        });
    }
}
