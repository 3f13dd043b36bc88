//! Delivery over real connections to a server that misbehaves on purpose: what each answer does to
//! the message, to the journal, to the others.

mod hostile;
mod tls;

use std::cell::{Cell, RefCell};
use std::time::Duration;

use hongtou::archive::{IssueId, Kind};
use hongtou::diagnostic::Sources;
use hongtou::mail::delivery::{Clock, Delivery, Rules, Summary};
use hongtou::mail::journal::{self, Journal, Moment, State};
use hongtou::mail::{
    Fate, Login, Outgoing, Post, Reason, Recipient, Secret, Settings, Smtp, settings,
};
use hongtou::yaml::parse;
use tempfile::TempDir;

use crate::support::smtp::{Manners, Server};

/// Time that passes only in sleep.
#[derive(Default)]
struct Quick {
    slept: RefCell<Vec<u64>>,
    time: Cell<Duration>,
}

impl Clock for Quick {
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

fn settings_for(port: u16) -> Settings {
    let text = format!("server: 127.0.0.1\nport: {port}\nsecurity: plain\ntimeout: 1\n");
    let mut sources = Sources::default();
    let file = sources.add("hongtou.yaml", text.clone());
    settings::read(&sources, &parse(file, &text).unwrap()).unwrap()
}

fn issue() -> IssueId {
    IssueId { series: "kb".into(), year: 2019, kind: Kind::Regular, number: 155 }
}

const TEXT: &[u8] = b"Subject: x\r\n\r\nline\r\n.dot\r\n..\r\nend\r\n";

fn outgoing(recipient: &Recipient) -> Outgoing {
    Outgoing {
        recipient: recipient.clone(),
        from: "office@b.cn".into(),
        id: format!("155.1.{}", recipient.address),
        bytes: TEXT.to_vec(),
    }
}

fn people(names: &str) -> Vec<Recipient> {
    let person = |name| Recipient {
        address: format!("{name}@b.cn"),
        person: None,
        unit: None,
        groups: Vec::new(),
    };
    names.split(' ').map(person).collect()
}

fn smtp(server: &Server) -> Smtp {
    Smtp::new(settings_for(server.port), None, None).unwrap()
}

/// One run of a sending.
fn run(folder: &TempDir, server: &Server, names: &str, retries: u32) -> Summary {
    run_over(&mut smtp(server), folder, names, retries)
}

fn run_over(post: &mut Smtp, folder: &TempDir, names: &str, retries: u32) -> Summary {
    let clock = Quick::default();
    let mut journal = Journal::open(folder.path(), &issue(), clock.now()).unwrap();
    Delivery {
        revision: 1,
        write: &|recipient| Ok(outgoing(recipient)),
        post,
        journal: &mut journal,
        clock: &clock,
        rules: Rules { rate: None, retries, pause: Duration::from_secs(60) },
        watch: &mut |_| {},
    }
    .run(&people(names), false)
}

fn state(folder: &TempDir, name: &str) -> State {
    let history = journal::read(folder.path(), &issue()).unwrap().unwrap();
    history.state(1, &format!("{name}@b.cn"))
}

#[test]
fn what_is_sent_arrives_byte_for_byte_over_one_line() {
    let (folder, server) = (TempDir::new().unwrap(), Server::new(Manners::default()));
    let summary = run(&folder, &server, "a b c d", 0);
    assert!(summary.is_complete());
    let seen = server.seen();
    assert_eq!((seen.lines, seen.taken.len()), (1, 4));
    assert!(seen.messages.iter().all(|message| message == TEXT));
    assert!(
        matches!(state(&folder, "c"), State::Sent { answer, .. } if answer == "250 2.0.0 Ok: queued as 4F")
    );
    assert!(run(&folder, &server, "d c b a", 0).is_complete());
    assert_eq!(server.seen().taken.len(), 4, "nobody twice");
}

/// The row of each answer: what is done, what the journal says, how often the server took it.
#[test]
fn each_answer_has_its_meaning() {
    const ROWS: &[(&str, Reason, &str, usize)] = &[
        ("rcpt-450", Reason::Greylisted, "later", 0),
        ("rcpt-452", Reason::NoRoom, "later", 0),
        ("rcpt-550", Reason::NoSuchUser, "failed", 0),
        ("rcpt-drops", Reason::Dropped, "later", 0),
        ("body-drops", Reason::NoAnswer, "unknown", 0),
        ("end-451", Reason::Greylisted, "later", 0),
        ("rcpt-421", Reason::Busy, "later", 0),
        ("end-421", Reason::Busy, "later", 0),
        ("end-552", Reason::TooLarge, "failed", 0),
        ("end-554", Reason::ContentRefused, "failed", 0),
        ("end-drops", Reason::NoAnswer, "unknown", 1),
        ("end-noise", Reason::NoAnswer, "unknown", 0),
    ];
    let server = Server::new(Manners::default());
    for (name, reason, word, taken) in ROWS {
        let folder = TempDir::new().unwrap();
        let summary = run(&folder, &server, &format!("{name} good-{name}"), 0);
        let fault = summary.failed.iter().chain(&summary.unknown).map(|(_, fault)| fault).next();
        let fault =
            fault.or(summary.stopped.as_ref()).unwrap_or_else(|| panic!("{name}: {summary:?}"));
        assert_eq!(fault.reason, *reason, "{name}: {fault}");
        let written = match state(&folder, name) {
            State::Failed { later: true, .. } => "later",
            State::Failed { later: false, .. } => "failed",
            State::Unknown { .. } => "unknown",
            _ => "nothing",
        };
        assert_eq!(written, *word, "{name}");
        assert_eq!((fault.fate == Fate::Unknown), *word == "unknown", "{name}");
        let count = |name: &str| {
            server.seen().taken.iter().filter(|to| to.starts_with(&format!("{name}@"))).count()
        };
        assert_eq!(count(name), *taken, "{name}");
        // The others get theirs.
        assert_eq!(count(&format!("good-{name}")), 1, "{name}");
        // Whatever happened, a second run brings nobody a second one.
        run(&folder, &server, &format!("{name} good-{name}"), 0);
        assert_eq!(count(&format!("good-{name}")), 1, "{name}");
        assert!(count(name) <= 1, "{name}");
    }
}

#[test]
fn a_slow_answer_after_the_message_is_waited_for() {
    let (folder, server) = (TempDir::new().unwrap(), Server::new(Manners::default()));
    // Three seconds, with a patience of one second for commands and of ten for a message.
    assert!(run(&folder, &server, "end-slow", 0).is_complete());
    // Silence before it is about this recipient alone: the others get theirs.
    let summary = run(&folder, &server, "rcpt-slow a", 0);
    assert_eq!((summary.failed[0].1.reason, summary.sent.len()), (Reason::TimedOut, 1));
    assert!(matches!(state(&folder, "rcpt-slow"), State::Failed { later: true, .. }));
}

#[test]
fn greylisted_messages_arrive_in_the_end() {
    let (folder, server) = (TempDir::new().unwrap(), Server::new(Manners::default()));
    assert!(run(&folder, &server, "a rcpt-450-once b", 2).is_complete());
    assert_eq!(server.seen().taken, ["a@b.cn", "b@b.cn", "rcpt-450-once@b.cn"]);
}

#[test]
fn a_line_that_is_gone_is_opened_anew_and_costs_nobody_a_try() {
    let (folder, server) = (TempDir::new().unwrap(), Server::new(Manners::default()));
    assert!(run(&folder, &server, "a end-then-drops b c", 0).is_complete());
    assert_eq!((server.seen().lines, server.seen().taken.len()), (2, 4));

    let folder = TempDir::new().unwrap();
    let server = Server::new(Manners { most: Some(2), ..Manners::default() });
    assert!(run(&folder, &server, "a b c d e", 0).is_complete());
    assert_eq!((server.seen().lines, server.seen().taken.len()), (3, 5));
}

#[test]
fn what_concerns_all_is_said_once_and_stops() {
    for (manners, reason) in [
        (
            Manners { sender: Some("553 5.7.1 Sender rejected"), ..Manners::default() },
            Reason::SenderRefused,
        ),
        (
            Manners { sender: Some("530 5.7.0 Authentication required"), ..Manners::default() },
            Reason::LoginRequired,
        ),
        (Manners { greeting: Some("554 5.7.1 go away"), ..Manners::default() }, Reason::Shut),
        (
            Manners { greeting: Some("421 4.7.0 too many"), ..Manners::default() },
            Reason::TooManyConnections,
        ),
        (
            Manners { greeting: Some("HTTP/1.1 400 Bad Request"), ..Manners::default() },
            Reason::NotSmtp,
        ),
    ] {
        let (folder, server) = (TempDir::new().unwrap(), Server::new(manners));
        let summary = run(&folder, &server, "a b c", 0);
        let fault = summary.stopped.expect("stopped");
        assert_eq!((fault.reason, summary.left.len()), (reason, 3), "{fault}");
        assert!(!fault.reason.help().is_empty() && server.seen().taken.is_empty());
    }
    let nobody =
        { std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port() };
    let mut smtp = Smtp::new(settings_for(nobody), None, None).unwrap();
    let fault = smtp.deliver(&outgoing(&people("a")[0]), &mut || Ok(())).unwrap_err();
    assert_eq!(fault.reason, Reason::ConnectionRefused);
}

#[test]
fn the_size_is_known_beforehand_and_nothing_is_sent() {
    let server = Server::new(Manners { size: Some(20), ..Manners::default() });
    let folder = TempDir::new().unwrap();
    let summary = run(&folder, &server, "a b", 3);
    assert_eq!(summary.failed.len(), 2);
    assert!(summary.failed.iter().all(|(_, fault)| fault.reason == Reason::TooLarge));
    assert_eq!((server.seen().lines, server.seen().asked.len()), (1, 0));
}

#[test]
fn a_password_is_in_no_error_even_if_the_server_repeats_it() {
    let login = || Login { user: "office".into(), password: Secret::new("s3cret-天书") };
    // As it is on the line: \0office\0s3cret-天书.
    const ECHO: &str = "535 5.7.8 bad AG9mZmljZQBzM2NyZXQt5aSp5Lmm s3cret-天书";
    let server = Server::new(Manners { login: Some(ECHO), ..Manners::default() });
    let mut smtp = Smtp::new(settings_for(server.port), Some(login()), None).unwrap();
    let fault = smtp.deliver(&outgoing(&people("a")[0]), &mut || Ok(())).unwrap_err();
    assert_eq!(fault.reason, Reason::WrongPassword);
    let said = format!("{fault} {fault:?} {:?}", login());
    assert!(said.contains("535 5.7.8 bad *** ***") && !said.contains("s3cret"), "{said}");
    assert!(!said.contains("AG9mZmljZQ"), "{said}");

    let server = Server::new(Manners::default());
    let mut smtp = Smtp::new(settings_for(server.port), Some(login()), None).unwrap();
    smtp.deliver(&outgoing(&people("a")[0]), &mut || Ok(())).unwrap();
}

#[test]
fn without_leave_of_the_journal_the_end_is_not_sent() {
    let server = Server::new(Manners::default());
    let mut smtp = smtp(&server);
    let mut full = || Err(std::io::Error::other("disk full"));
    let fault = smtp.deliver(&outgoing(&people("a")[0]), &mut full).unwrap_err();
    assert_eq!((fault.reason, fault.fate), (Reason::Journal, Fate::NotSent));
    assert!(fault.to_string().contains("disk full"));
    // The next goes over a new line; the first was never taken.
    smtp.deliver(&outgoing(&people("b")[0]), &mut || Ok(())).unwrap();
    assert_eq!(server.seen().taken, ["b@b.cn"]);
}
