//! What a journal says of each recipient.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::entry::{Event, Line, MARKED, VERSION};
use crate::mail::{Answer, Reason, Recipient, harmless};

/// A moment.
pub type Moment = DateTime<FixedOffset>;

/// Whether a recipient has a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was tried, or nothing that came as far as an answer.
    Waiting,
    /// A run stopped before it came to this one.
    Left {
        /// When.
        at: Moment,
        /// Why, if this version of the program knows the reason.
        reason: Option<Reason>,
        /// What the server or the system said.
        said: Option<String>,
    },
    /// The server took it.
    Sent {
        /// When.
        at: Moment,
        /// What it said.
        answer: String,
    },
    /// The end was sent and no answer is known: perhaps.
    Unknown {
        /// When it was sent.
        at: Moment,
        /// What the system said then.
        said: Option<String>,
    },
    /// The last try failed.
    Failed {
        /// When.
        at: Moment,
        /// Why, if this version of the program knows the reason.
        reason: Option<Reason>,
        /// What the server or the system said.
        said: Option<String>,
        /// Whether it may work later.
        later: bool,
    },
}

/// What happened to one message.
#[derive(Clone, Debug, Default)]
struct Record {
    /// The address as it was written last.
    address: String,
    sent: Option<(Moment, String)>,
    /// An end was sent, and what became of it is not written yet.
    ending: Option<Moment>,
    /// A try that nobody knows the fate of. Only a delivery settles it: that a later try is refused
    /// says nothing of the earlier.
    unknown: Option<(Moment, Option<String>)>,
    failed: Option<(Moment, String, Option<String>, bool)>,
    /// The last run that stopped before it came to this one.
    left: Option<(Moment, String, Option<String>)>,
}

/// All that a journal says.
#[derive(Clone, Debug, Default)]
pub struct History {
    issue: Option<String>,
    due: BTreeMap<u32, Vec<Recipient>>,
    records: BTreeMap<(u32, String), Record>,
    torn: Option<usize>,
    version: u32,
}

/// Why a journal cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl History {
    /// Reads a journal. A last line that was torn by whatever stopped the program is left out: what
    /// it was about had not happened yet, or is unknown by the line before. It must look like the
    /// beginning of a line of ours; one that lacks nothing but its end counts. Also says how many
    /// bytes are good.
    ///
    /// # Errors
    /// Anything else that is no line, an empty journal, one without its beginning: nobody knows then
    /// who has what.
    pub fn read(bytes: &[u8]) -> Result<(History, usize), Damage> {
        let mut history = History::default();
        let mut good = 0;
        for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let damage = |why: &str| Damage { line: index + 1, why: why.to_owned() };
            let read = serde_json::from_slice::<Line>(line);
            let read = match (read, index) {
                (Ok(line), _) => line,
                (Err(_), 1..) if is_torn(line) => {
                    history.torn = Some(index + 1);
                    break;
                }
                (Err(_), _) if line.contains(&0) => return Err(damage(NULS)),
                (Err(_), _) => return Err(damage(NO_LINE)),
            };
            match (&read.event, index) {
                (Event::Journal { .. }, 0) => {}
                (Event::Journal { .. }, _) => return Err(damage("中间又有一个开头")),
                (_, 0) => return Err(damage("没有开头")),
                _ => {}
            }
            history.add(read).map_err(|why| damage(&why))?;
            good += line.len();
        }
        if good == 0 {
            return Err(Damage { line: 1, why: "文件是空的".to_owned() });
        }
        Ok((history, good))
    }

    /// Adds a line.
    pub(super) fn add(&mut self, line: Line) -> Result<(), String> {
        let Line { at, revision, event } = line;
        match event {
            Event::Journal { version, issue } => {
                if version == 0 || version > VERSION {
                    return Err(format!(
                        "格式的版本是{version}，这个程序只认识{VERSION}，请换新版的程序"
                    ));
                }
                self.issue = Some(issue);
                self.version = version;
            }
            Event::Due { recipients } => {
                self.due.insert(revision, recipients);
            }
            Event::Ending { to, .. } => {
                let record = self.record(revision, to);
                record.forget();
                record.ending = Some(at);
            }
            Event::Sent { to, answer } => {
                let answer = said(&answer);
                let record = self.record(revision, to);
                record.ending = None;
                record.unknown = None;
                record.sent.get_or_insert((at, answer));
            }
            Event::Failed { to, reason, said, later } => {
                let record = self.record(revision, to);
                record.ending = None;
                record.failed = Some((at, reason, said.as_deref().map(self::said), later));
            }
            Event::Stopped { left, reason, said } => {
                let said = said.as_deref().map(self::said);
                for to in left {
                    self.record(revision, to).left = Some((at, reason.clone(), said.clone()));
                }
            }
            Event::Unknown { to, said } => {
                let record = self.record(revision, to);
                let sent = record.ending.take().unwrap_or(at);
                record.unknown = Some((sent, said.as_deref().map(self::said)));
            }
        }
        Ok(())
    }

    fn record(&mut self, revision: u32, to: String) -> &mut Record {
        let record = self.records.entry((revision, key(&to))).or_default();
        record.address = to;
        record
    }

    /// The issue that it is about.
    pub fn issue(&self) -> Option<&str> {
        self.issue.as_deref()
    }

    /// Whether the journal was begun with a mark: those of earlier versions have none.
    pub(super) fn is_marked(&self) -> bool {
        self.version >= MARKED
    }

    /// The last line, from 1, if it was torn and is left out.
    pub fn torn(&self) -> Option<usize> {
        self.torn
    }

    /// Whether a recipient has a revision.
    pub fn state(&self, revision: u32, address: &str) -> State {
        let record = self.records.get(&(revision, key(address)));
        record.map_or(State::Waiting, Record::state)
    }

    /// Who was to get a revision when it was sent last.
    pub fn due(&self, revision: u32) -> &[Recipient] {
        self.due.get(&revision).map_or(&[], Vec::as_slice)
    }

    /// The revisions that something was done about.
    pub fn revisions(&self) -> Vec<u32> {
        let mut revisions: Vec<u32> =
            self.due.keys().copied().chain(self.records.keys().map(|(r, _)| *r)).collect();
        revisions.sort_unstable();
        revisions.dedup();
        revisions
    }

    /// Everyone who was to get a revision, and everyone else to whom it was sent, with how it stands.
    pub fn report(&self, revision: u32) -> Vec<(Recipient, State)> {
        let due = self.due(revision).iter().cloned();
        let mut report: Vec<_> =
            due.map(|r| (r.clone(), self.state(revision, &r.address))).collect();
        let listed: BTreeSet<String> = report.iter().map(|(due, _)| key(&due.address)).collect();
        let of_it = self.records.iter().filter(|((r, _), _)| *r == revision);
        let others: Vec<_> = of_it.filter(|((_, address), _)| !listed.contains(address)).collect();
        if others.is_empty() {
            return report;
        }
        // As the latest list that had them has them.
        let mut known: BTreeMap<String, &Recipient> = BTreeMap::new();
        for recipient in self.due.values().rev().flatten() {
            known.entry(key(&recipient.address)).or_insert(recipient);
        }
        for ((_, address), record) in others {
            let known = known.get(address).map(|recipient| (*recipient).clone());
            let recipient = known.unwrap_or_else(|| record.stranger());
            report.push((recipient, record.state()));
        }
        report
    }

    /// Everyone who has, or may have, a revision before this one, with the latest such: they must get
    /// what corrects it.
    pub fn had_before(&self, revision: u32) -> Vec<(Recipient, u32)> {
        let mut had: Vec<(Recipient, u32)> = Vec::new();
        let mut seen = BTreeSet::new();
        for earlier in self.revisions().into_iter().rev().filter(|r| *r < revision) {
            for (recipient, state) in self.report(earlier) {
                let has = matches!(state, State::Sent { .. } | State::Unknown { .. });
                if has && seen.insert(key(&recipient.address)) {
                    had.push((recipient, earlier));
                }
            }
        }
        had
    }
}

impl Record {
    /// A recipient that no list has.
    fn stranger(&self) -> Recipient {
        Recipient { address: self.address.clone(), person: None, unit: None, groups: Vec::new() }
    }

    /// Before another try: an earlier one that stopped at its end is unknown for good.
    fn forget(&mut self) {
        if let Some(at) = self.ending.take() {
            self.unknown = Some((at, None));
        }
    }

    fn state(&self) -> State {
        if let Some((at, answer)) = self.sent.clone() {
            return State::Sent { at, answer };
        }
        if let Some(at) = self.ending {
            return State::Unknown { at, said: None };
        }
        if let Some((at, said)) = self.unknown.clone() {
            return State::Unknown { at, said };
        }
        // A try that failed says more of this one than a run that did not come to it.
        if let Some((at, reason, said, later)) = self.failed.clone() {
            return State::Failed { at, reason: Reason::from_key(&reason), said, later };
        }
        match self.left.clone() {
            Some((at, reason, said)) => State::Left { at, reason: Reason::from_key(&reason), said },
            None => State::Waiting,
        }
    }
}

/// Why a line is none, in words for whoever keeps the disk.
const NULS: &str = "里面是空字节（NUL），磁盘或网络盘没有存好";
const NO_LINE: &str = "不是发送记录的一行";

/// Whether bytes are what is there of a line that was being written: its beginning, without an end,
/// without anything that a line never has. A journal begins whole, so its first line is never torn.
fn is_torn(tail: &[u8]) -> bool {
    const BEGINNING: &[u8] = b"{\"at\":\"";
    let same = tail.iter().zip(BEGINNING).all(|(a, b)| a == b);
    // JSON writes control characters with a backslash; only the last character may lack bytes.
    let text = std::str::from_utf8(tail).err().is_none_or(|cut| cut.error_len().is_none());
    same && text && tail.iter().all(|byte| *byte >= b' ')
}

/// What somebody said once, as it may be shown: earlier versions kept more than that.
fn said(text: &str) -> String {
    harmless::line(text, Answer::LONGEST)
}

/// Under which an address is known: nobody tells two people apart by capitals.
fn key(address: &str) -> String {
    address.to_lowercase()
}
