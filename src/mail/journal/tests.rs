mod foreign;
mod marked;

use proptest::prelude::*;

use super::*;
use crate::archive::Kind;
use crate::mail::{Reason, Recipient};

fn issue() -> IssueId {
    IssueId { series: "kb".into(), year: 2019, kind: Kind::Regular, number: 155 }
}

fn moment(second: u32) -> Moment {
    format!("2019-03-14T09:{:02}:{:02}+08:00", second / 60, second % 60).parse().unwrap()
}

fn person(address: &str) -> Recipient {
    Recipient {
        address: address.into(),
        person: None,
        unit: None,
        groups: vec!["发 各单位".into()],
    }
}

fn line(second: u32, event: Event) -> Line {
    Line { at: moment(second), revision: 1, event }
}

fn ending(to: &str) -> Event {
    Event::Ending { to: to.into(), id: "x@y".into() }
}

fn sent(to: &str) -> Event {
    Event::Sent { to: to.into(), answer: "250 ok".into() }
}

fn failed(to: &str) -> Event {
    let (reason, said) = (Reason::NoSuchUser.key().to_owned(), Some("550 no".to_owned()));
    Event::Failed { to: to.into(), reason, said, later: false }
}

fn unknown(to: &str) -> Event {
    Event::Unknown { to: to.into(), said: None }
}

/// A journal with these events, and its bytes.
fn written(events: &[Event]) -> (tempfile::TempDir, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::open(folder.path(), &issue(), moment(0)).unwrap();
    for (second, event) in (1..).zip(events) {
        journal.write(line(second, event.clone())).unwrap();
    }
    let bytes = fs::read(journal.path()).unwrap();
    (folder, bytes)
}

/// Leaves a mark behind bytes.
fn mark_of(journal: &Path, bytes: &[u8]) {
    let _ = fs::remove_file(mark::place(journal));
    Mark::open(journal).unwrap().advance(bytes).unwrap();
}

fn state_after(events: &[Event]) -> State {
    let (_, bytes) = written(events);
    History::read(&bytes).unwrap().0.state(1, "a@b.cn")
}

#[test]
fn each_step_tells_who_has_it() {
    let a = "a@b.cn";
    assert_eq!(state_after(&[]), State::Waiting);
    assert_eq!(state_after(&[ending(a)]), State::Unknown { at: moment(1), said: None });
    let has = State::Sent { at: moment(2), answer: "250 ok".into() };
    assert_eq!(state_after(&[ending(a), sent(a)]), has);
    assert!(matches!(
        state_after(&[ending(a), failed(a)]),
        State::Failed { reason: Some(Reason::NoSuchUser), .. }
    ));
    // Refused the second time: whether the first arrived is unknown as before.
    assert!(matches!(state_after(&[ending(a), ending(a), failed(a)]), State::Unknown { .. }));
    assert!(matches!(state_after(&[ending(a), unknown(a), failed(a)]), State::Unknown { .. }));
    assert!(matches!(
        state_after(&[ending(a), unknown(a), ending(a), sent(a)]),
        State::Sent { .. }
    ));
    // What is delivered stays so.
    assert_eq!(state_after(&[ending(a), sent(a), ending(a), failed(a)]), has);
    assert_eq!(state_after(&[ending("A@B.cn"), sent("A@B.cn")]), has);
    assert_eq!(state_after(&[ending("c@b.cn"), sent("c@b.cn")]), State::Waiting);
}

#[test]
fn a_torn_line_is_cut_off_and_writing_goes_on() {
    let (folder, bytes) = written(&[ending("a@b.cn"), sent("a@b.cn")]);
    let path = Journal::place(folder.path(), &issue());
    // Written, and killed before it was whole: the mark does not speak of it.
    let torn = &bytes[..bytes.len() - 5];
    mark_of(&path, &torn[..=torn.iter().rposition(|byte| *byte == b'\n').unwrap()]);
    fs::write(&path, torn).unwrap();
    assert_eq!(read(folder.path(), &issue()).unwrap().unwrap().torn(), Some(3));
    let mut journal = Journal::open(folder.path(), &issue(), moment(9)).unwrap();
    assert_eq!(journal.history().torn(), Some(3));
    assert!(matches!(journal.history().state(1, "a@b.cn"), State::Unknown { .. }));
    journal.write(line(10, sent("a@b.cn"))).unwrap();
    let (history, good) = History::read(&fs::read(&path).unwrap()).unwrap();
    assert!(matches!(history.state(1, "a@b.cn"), State::Sent { .. }));
    assert_eq!(good as u64, fs::metadata(&path).unwrap().len());
}

#[test]
fn a_spoilt_line_stops_everything() {
    let (folder, bytes) = written(&[ending("a@b.cn"), sent("a@b.cn"), ending("c@b.cn")]);
    let path = Journal::place(folder.path(), &issue());
    let text = String::from_utf8(bytes).unwrap();
    for (wrong, number) in [
        (text.replacen("\"sent\"", "\"send\"", 1), 3),
        (text.replacen("\"version\":2", "\"version\":3", 1), 1),
        (text.lines().skip(1).map(|line| format!("{line}\n")).collect(), 1),
    ] {
        fs::write(&path, wrong).unwrap();
        match Journal::open(folder.path(), &issue(), moment(0)) {
            Err(Error::Damaged(_, damage)) => assert_eq!(damage.line, number),
            other => panic!("{other:?}"),
        }
        assert!(read(folder.path(), &issue()).is_err());
    }
    fs::write(&path, text.replace("kb/2019/155", "kb/2019/156")).unwrap();
    let other = Journal::open(folder.path(), &issue(), moment(0)).expect_err("another issue's");
    assert!(other.to_string().contains("156"));
}

#[test]
fn only_one_sends() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::open(folder.path(), &issue(), moment(0)).unwrap();
    let second = Journal::open(folder.path(), &issue(), moment(0)).expect_err("locked");
    assert!(matches!(second, Error::Busy(_)) && second.to_string().contains("正在发送"));
    assert!(read(folder.path(), &issue()).unwrap().is_some(), "reading is always possible");
    drop(journal);
    Journal::open(folder.path(), &issue(), moment(0)).unwrap();
}

#[test]
fn those_who_had_it_before_are_known() {
    let folder = tempfile::tempdir().unwrap();
    assert!(read(folder.path(), &issue()).unwrap().is_none());
    let mut journal = Journal::open(folder.path(), &issue(), moment(0)).unwrap();
    let people = ["a@b.cn", "c@b.cn", "d@b.cn"].map(person);
    let due = Event::Due { recipients: people.to_vec() };
    for event in [
        due,
        ending("a@b.cn"),
        sent("A@b.cn"),
        ending("c@b.cn"),
        failed("d@b.cn"),
        ending("e@b.cn"),
    ] {
        journal.write(line(1, event)).unwrap();
    }
    let history = journal.history();
    let had = history.had_before(2);
    let had: Vec<&str> = had
        .iter()
        .map(|(r, revision)| {
            assert_eq!(*revision, 1);
            r.address.as_str()
        })
        .collect();
    assert_eq!(had, ["a@b.cn", "c@b.cn", "e@b.cn"]);
    assert!(history.had_before(1).is_empty());
    assert_eq!(history.report(1).len(), 4);
    assert_eq!(history.report(1)[0].0, people[0]);
    assert!(matches!(history.state(2, "a@b.cn"), State::Waiting));
    assert_eq!(history.revisions(), [1]);
}

proptest! {
    /// Killed at any moment: each prefix of a journal reads as the lines that are whole, and from no
    /// prefix does a message that was begun look as if it could simply be sent again.
    #[test]
    fn every_prefix_is_read_soundly(
        steps in prop::collection::vec((0..4_usize, 0..3_usize), 0..20),
        cut in 0..10_000_usize,
    ) {
        let addresses = ["a@b.cn", "c@b.cn", "d@b.cn"];
        let make = [ending, sent, failed, unknown];
        let events: Vec<Event> = steps.iter().map(|(what, who)| make[*what](addresses[*who])).collect();
        let start = Event::Journal { version: 1, issue: "kb/2019/155".into() };
        let lines = (0..).zip(std::iter::once(&start).chain(&events));
        let lines = lines.map(|(at, event)| serde_json::to_string(&line(at, event.clone())).unwrap() + "\n");
        let bytes = lines.collect::<String>().into_bytes();
        let prefix = &bytes[..cut % (bytes.len() + 1)];
        // A line counts whose end alone is missing.
        let ends: Vec<usize> = (1..=bytes.len()).filter(|end| bytes[end - 1] == b'\n').collect();
        let whole = ends.iter().filter(|end| prefix.len() >= **end - 1).count();
        let Ok((history, good)) = History::read(prefix) else {
            prop_assert_eq!(whole, 0, "a journal begins whole");
            return Ok(());
        };
        prop_assert!(whole > 0);
        let last = ends[whole - 1];
        prop_assert_eq!(good, last.min(prefix.len()));
        for address in addresses {
            let of_it: Vec<&Event> = events[..whole - 1].iter().filter(|event| match event {
                Event::Ending { to, .. } | Event::Sent { to, .. } | Event::Failed { to, .. } | Event::Unknown { to, .. } => to == address,
                _ => false,
            }).collect();
            let was_sent = of_it.iter().any(|event| matches!(event, Event::Sent { .. }));
            let open = matches!(of_it.last(), Some(Event::Ending { .. } | Event::Unknown { .. }));
            match history.state(1, address) {
                State::Sent { .. } => prop_assert!(was_sent),
                State::Unknown { .. } => prop_assert!(!was_sent),
                State::Waiting | State::Left { .. } | State::Failed { .. } => prop_assert!(!was_sent && !open),
            }
        }
    }
}
