use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;

use super::*;
use crate::archive::{IssueId, Kind};

/// What the server does with a message.
#[derive(Clone, Copy, Debug)]
enum Act {
    Refuses(Reason),
    /// Refuses after the end.
    RefusesEnd(Reason),
    /// No answer after the end.
    Drops,
}

use Act::*;

/// A server that does as it is told, message by message, then takes everything.
#[derive(Default)]
struct Stage {
    acts: RefCell<BTreeMap<String, VecDeque<Act>>>,
    taken: RefCell<Vec<String>>,
    slept: RefCell<Vec<u64>>,
    time: Cell<Duration>,
}

struct Player<'a>(&'a Stage);

impl Post for Player<'_> {
    fn deliver(
        &mut self,
        message: &Outgoing,
        before_end: &mut dyn FnMut() -> io::Result<()>,
    ) -> Result<Answer, Fault> {
        let address = &message.recipient.address;
        let act = self.0.acts.borrow_mut().get_mut(address).and_then(VecDeque::pop_front);
        let answer = Answer { code: 450, text: "no".into() };
        if let Some(Refuses(reason)) = act {
            return Err(match reason.reach() {
                Reach::Line => Fault::new(reason),
                _ => Fault::answered(reason, answer),
            });
        }
        before_end().map_err(|error| Fault::because(Reason::Journal, error))?;
        match act {
            Some(Drops) => Err(Fault { fate: Fate::Unknown, ..Fault::new(Reason::NoAnswer) }),
            Some(RefusesEnd(reason)) => Err(Fault::answered(reason, answer)),
            _ => {
                self.0.taken.borrow_mut().push(address.clone());
                Ok(Answer { code: 250, text: "ok".into() })
            }
        }
    }

    fn close(&mut self) {}
}

impl Clock for Stage {
    fn now(&self) -> Moment {
        let start: Moment = "2019-03-14T09:00:00+08:00".parse().unwrap();
        start + self.time.get()
    }

    fn elapsed(&self) -> Duration {
        self.time.get()
    }

    fn sleep(&self, time: Duration) {
        self.slept.borrow_mut().push(time.as_secs());
        self.time.set(self.time.get() + time);
    }
}

struct Desk {
    folder: tempfile::TempDir,
    stage: Stage,
    rules: Rules,
    people: Vec<Recipient>,
}

impl Desk {
    fn new(names: &str, acts: &[(&str, &[Act])]) -> Desk {
        let address = |name: &str| format!("{name}@b.cn");
        let person =
            |name| Recipient { address: address(name), person: None, unit: None, groups: vec![] };
        let acts = acts.iter().map(|(name, acts)| (address(name), acts.iter().copied().collect()));
        Desk {
            folder: tempfile::tempdir().unwrap(),
            stage: Stage { acts: RefCell::new(acts.collect()), ..Stage::default() },
            rules: Rules { rate: None, retries: 2, pause: Duration::from_secs(10) },
            people: names.split(' ').map(person).collect(),
        }
    }

    fn issue(&self) -> IssueId {
        IssueId { series: "kb".into(), year: 2019, kind: Kind::Regular, number: 155 }
    }

    fn run(&self, resend_unknown: bool) -> Summary {
        let mut journal =
            Journal::open(self.folder.path(), &self.issue(), self.stage.now()).unwrap();
        let delivery = Delivery {
            revision: 1,
            write: &|recipient| {
                Ok(Outgoing {
                    recipient: recipient.clone(),
                    from: "o@b.cn".into(),
                    id: format!("155.{}", recipient.address),
                    bytes: b"Subject: x\r\n\r\n".to_vec(),
                })
            },
            post: &mut Player(&self.stage),
            journal: &mut journal,
            clock: &self.stage,
            rules: self.rules,
            watch: &mut |_| {},
        };
        delivery.run(&self.people, resend_unknown)
    }

    /// How often each got it, at the server.
    fn taken(&self) -> String {
        self.stage.taken.borrow().iter().map(|address| &address[..1]).collect::<Vec<_>>().join("")
    }

    fn slept(&self) -> Vec<u64> {
        self.stage.slept.borrow().clone()
    }
}

#[test]
fn everyone_gets_one_and_nobody_two() {
    let desk = Desk::new("a b c", &[]);
    assert!(desk.run(false).is_complete());
    let again = desk.run(true);
    assert!(again.is_complete() && again.sent.is_empty());
    assert_eq!(desk.taken(), "abc");
}

#[test]
fn the_order_and_the_spelling_of_addresses_do_not_matter() {
    let mut desk = Desk::new("a b c", &[("b", &[Refuses(Reason::NoSuchUser)])]);
    assert_eq!(desk.run(false).failed.len(), 1);
    desk.people.reverse();
    desk.people.iter_mut().for_each(|r| r.address = r.address.to_uppercase());
    assert_eq!(desk.run(false).sent.len(), 1);
    assert_eq!(desk.taken(), "acB");
}

#[test]
fn what_fails_for_a_while_is_tried_again_with_growing_pauses() {
    let later = [Refuses(Reason::Greylisted), RefusesEnd(Reason::Busy)];
    let desk = Desk::new("a b c", &[("b", &later)]);
    assert!(desk.run(false).is_complete());
    assert_eq!((desk.taken(), desk.slept()), ("acb".into(), vec![10, 20]));

    let desk = Desk::new("a b", &[("b", &[Refuses(Reason::Greylisted); 9])]);
    let summary = desk.run(false);
    assert_eq!((summary.failed.len(), summary.failed[0].1.reason), (1, Reason::Greylisted));
    assert_eq!(desk.slept(), [10, 20]);
    assert_eq!(desk.stage.acts.borrow()["b@b.cn"].len(), 6, "three tries");
}

#[test]
fn what_is_refused_for_good_is_not_tried_again_in_the_same_run() {
    let desk = Desk::new("a b", &[("a", &[RefusesEnd(Reason::TooLarge)])]);
    let summary = desk.run(false);
    assert_eq!((summary.failed.len(), desk.slept().len()), (1, 0));
    assert!(desk.run(false).is_complete());
    assert_eq!(desk.taken(), "ba");
}

#[test]
fn an_unknown_fate_waits_for_a_person() {
    let desk = Desk::new("a b c", &[("b", &[Drops])]);
    let summary = desk.run(false);
    assert_eq!((summary.unknown.len(), summary.sent.len()), (1, 2));
    let again = desk.run(false);
    assert!(
        again.sent.is_empty() && again.unknown.is_empty(),
        "the caller names it from the journal"
    );
    assert_eq!(desk.run(true).sent.len(), 1);
    assert_eq!(desk.taken(), "acb");
}

#[test]
fn no_line_means_a_pause_for_all() {
    let desk = Desk::new("a b c", &[("b", &[Refuses(Reason::ConnectionRefused); 2])]);
    assert!(desk.run(false).is_complete());
    assert_eq!((desk.taken(), desk.slept()), ("abc".into(), vec![10, 20]));

    let desk = Desk::new("a b c", &[("a", &[Refuses(Reason::ConnectionRefused); 9])]);
    let summary = desk.run(false);
    assert_eq!(
        (summary.left.len(), summary.stopped.unwrap().reason),
        (3, Reason::ConnectionRefused)
    );
    assert_eq!(desk.slept(), [10, 20]);
}

#[test]
fn what_concerns_all_stops_at_once() {
    let desk = Desk::new("a b c", &[("b", &[Refuses(Reason::WrongPassword)])]);
    let summary = desk.run(false);
    assert_eq!((summary.sent.len(), summary.left.len(), desk.slept().len()), (1, 2, 0));
    assert_eq!(summary.stopped.unwrap().reason, Reason::WrongPassword);
}

#[test]
fn a_server_that_never_answers_does_not_get_all() {
    let drops: &[Act] = &[Drops];
    let desk = Desk::new("a b c d e", &[("a", drops), ("b", drops), ("c", drops), ("d", drops)]);
    let summary = desk.run(false);
    assert_eq!((summary.unknown.len(), summary.left.len()), (3, 2));
    assert!(summary.stopped.is_some());
}

#[test]
fn a_rate_is_kept() {
    let mut desk = Desk::new("a b c", &[]);
    desk.rules.rate = Some(20);
    desk.run(false);
    assert_eq!(desk.slept(), [3, 3]);
}

#[test]
fn without_a_journal_nothing_is_ended() {
    let desk = Desk::new("a b", &[]);
    let mut journal = Journal::open(desk.folder.path(), &desk.issue(), desk.stage.now()).unwrap();
    // A disk that takes nothing more: Linux has one for tests.
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    journal.write_to(full);
    let summary = Delivery {
        revision: 1,
        write: &|recipient| {
            Ok(Outgoing {
                recipient: recipient.clone(),
                from: "o@b.cn".into(),
                id: "x".into(),
                bytes: Vec::new(),
            })
        },
        post: &mut Player(&desk.stage),
        journal: &mut journal,
        clock: &desk.stage,
        rules: desk.rules,
        watch: &mut |_| {},
    }
    .run(&desk.people, false);
    assert_eq!((summary.left.len(), desk.taken().len()), (2, 0));
    assert_eq!(summary.stopped.unwrap().reason, Reason::Journal);
}
