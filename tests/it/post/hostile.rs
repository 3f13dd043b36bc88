//! Servers that lie, rave or never come to an end: each run ends, nobody gets two, and what one
//! recipient's answer was is no other's concern.

use std::fs;
use std::thread;
use std::time::Instant;

use hongtou::mail::{Answer, Security};

use super::*;

/// For what ends by itself, and for what does not.
const LONG: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_secs(1);

fn hurried(server: &Server, total: Duration) -> Smtp {
    Smtp::new(settings_for(server.port), None, None).unwrap().within(total)
}

fn taken(server: &Server, name: &str) -> usize {
    let address = format!("{name}@b.cn");
    server.seen().taken.iter().filter(|to| **to == address).count()
}

/// What is raved, where, and what the journal says of it then.
const MODES: &[(&str, &str, Duration)] = &[
    ("rcpt~endless-line", "later", LONG),
    ("rcpt~endless-digits", "later", LONG),
    ("rcpt~endless-reply", "later", LONG),
    ("rcpt~endless-nul", "later", LONG),
    ("rcpt~drip", "later", SHORT),
    ("rcpt~nul", "later", LONG),
    ("rcpt~nul-text", "sent", LONG),
    ("rcpt~nocode", "later", LONG),
    ("rcpt~empty", "later", LONG),
    ("rcpt~code-999", "later", LONG),
    ("rcpt~code-334", "later", LONG),
    ("rcpt~code-2500", "later", LONG),
    ("rcpt~two-codes", "later", LONG),
    ("rcpt~half", "later", LONG),
    ("rcpt~gbk-450", "later", LONG),
    ("rcpt~gbk-550", "failed", LONG),
    ("rcpt~gbk-250", "sent", LONG),
    ("end~gbk-250", "sent", LONG),
    ("end~nul-text", "sent", LONG),
    ("end~twice", "sent", LONG),
    ("end~endless-line", "unknown", LONG),
    ("end~endless-reply", "unknown", LONG),
    ("end~endless-nul", "unknown", LONG),
    ("end~drip", "unknown", SHORT),
    ("end~nul", "unknown", LONG),
    ("end~nocode", "unknown", LONG),
    ("end~code-334", "unknown", LONG),
    ("end~code-999", "unknown", LONG),
    ("end~two-codes", "unknown", LONG),
    ("end~half", "unknown", LONG),
];

#[test]
fn whatever_a_server_says_to_one_message_a_run_ends_and_the_others_get_theirs() {
    thread::scope(|scope| {
        for mode in MODES {
            scope.spawn(move || raves_at_one(mode));
        }
    });
}

fn raves_at_one((name, word, total): &(&str, &str, Duration)) {
    let (folder, server) = (TempDir::new().unwrap(), Server::new(Manners::default()));
    let began = Instant::now();
    for again in [false, true] {
        let names = format!("a {name} b");
        let summary = run_over(&mut hurried(&server, *total), &folder, &names, 0);
        assert!(summary.stopped.is_none() && summary.left.is_empty(), "{name}: {summary:?}");
        let written = match state(&folder, name) {
            State::Sent { .. } => "sent",
            State::Failed { later: true, .. } => "later",
            State::Failed { later: false, .. } => "failed",
            State::Unknown { .. } => "unknown",
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(written, *word, "{name}: {summary:?}");
        let had = usize::from(matches!(written, "sent") || name.starts_with("end~"));
        let counts = ["a", name, "b"].map(|name| taken(&server, name));
        assert_eq!(counts, [1, had, 1], "{name}, again: {again}");
    }
    assert!(began.elapsed() < Duration::from_secs(15), "{name}: {:?}", began.elapsed());
}

#[test]
fn whatever_a_server_greets_with_a_run_ends_and_nothing_is_sent() {
    const MODES: &[(&str, Reason, Duration)] = &[
        ("~endless-line", Reason::NotSmtp, LONG),
        ("~endless-digits", Reason::NotSmtp, LONG),
        ("~endless-reply", Reason::NotSmtp, LONG),
        ("~endless-nul", Reason::NotSmtp, LONG),
        ("~nul", Reason::NotSmtp, LONG),
        ("~code-334", Reason::NotSmtp, LONG),
        ("~two-codes", Reason::NotSmtp, LONG),
        ("~half", Reason::Dropped, LONG),
        ("~twice", Reason::NotSmtp, LONG),
        ("~gbk-550", Reason::Shut, LONG),
        ("~drip", Reason::TimedOut, SHORT),
    ];
    for (how, reason, total) in MODES {
        let server = Server::new(Manners { raves: Some(how), ..Manners::default() });
        let (folder, began) = (TempDir::new().unwrap(), Instant::now());
        let summary = run_over(&mut hurried(&server, *total), &folder, "a b", 0);
        let fault = summary.stopped.expect("stopped");
        assert_eq!((fault.reason, summary.left.len()), (*reason, 2), "{how}: {fault}");
        assert!(began.elapsed() < Duration::from_secs(10), "{how}: {:?}", began.elapsed());
    }
}

#[test]
fn answers_in_gbk_are_kept_as_chinese() {
    let (folder, server) = (TempDir::new().unwrap(), Server::new(Manners::default()));
    let summary = run(&folder, &server, "rcpt~gbk-550 end~gbk-250 a", 0);
    assert_eq!(summary.sent.len(), 2);
    let (_, fault) = &summary.failed[0];
    assert_eq!(fault.answer, Some(Answer { code: 550, text: "用户不存在".into() }));
    assert_eq!(fault.reason, Reason::NoSuchUser);
    assert!(
        matches!(state(&folder, "end~gbk-250"), State::Sent { answer, .. } if answer == "250 邮件已接收")
    );
}

#[test]
fn what_the_journal_keeps_of_an_answer_is_harmless() {
    let (folder, server) = (TempDir::new().unwrap(), Server::new(Manners::default()));
    assert!(run(&folder, &server, "end~escapes end~nul-text", 0).is_complete());
    let text = fs::read_to_string(Journal::place(folder.path(), &issue())).unwrap();
    assert!(text.contains("\"answer\":\"250 ‹U+001B›[2J‹U+202E›done‹U+009B›1m\""), "{text}");
    // JSON could hide them behind a backslash.
    assert!(!text.contains("\\u") && !text.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\0']));
}

#[test]
fn no_answer_that_is_kept_has_the_password() {
    let login = || Login { user: "office".into(), password: Secret::new("s3cret-天书") };
    // As it is on the line, without its end; hex; in another case.
    const ECHO: &str = "Ok AG9mZmljZQBzM2NyZXQt5aS 7333637265742d S3CRET-天书";
    let server = Server::new(Manners { echo: Some(ECHO), ..Manners::default() });
    let folder = TempDir::new().unwrap();
    let mut smtp = Smtp::new(settings_for(server.port), Some(login()), None).unwrap();
    assert!(run_over(&mut smtp, &folder, "a", 0).is_complete());
    let text = fs::read_to_string(Journal::place(folder.path(), &issue())).unwrap();
    assert!(text.contains("\"answer\":\"250 Ok *** *** ***\""), "{text}");
}

#[test]
fn a_server_that_knows_only_login_is_logged_in_to() {
    let login = Login { user: "office".into(), password: Secret::new("s3cret-天书") };
    let server = Server::new(Manners { only_login: true, ..Manners::default() });
    let mut smtp = Smtp::new(settings_for(server.port), Some(login), None).unwrap();
    smtp.deliver(&outgoing(&people("a")[0]), &mut || Ok(())).unwrap();
    assert_eq!(server.seen().login, ["b2ZmaWNl", "czNjcmV0LeWkqeS5pg=="]);
}

/// Whoever sits on the line can write behind the answer to STARTTLS, in clear.
#[test]
fn nothing_that_was_said_before_tls_is_believed_after_it() {
    for (answer, said) in [
        ("220 go\r\n250-x\r\n250 AUTH PLAIN\r\n235 ok\r\n250 ok\r\n250 ok\r\n354 go", "多出了"),
        ("220 go\r\n250-x\r\n250 AUTH PLAIN", "多出了"),
        ("220 go\r\n", "多出了"),
        // No TLS comes: the line ends, one way or the other.
        ("220 go", ""),
        ("454 4.7.0 TLS not available", "454"),
    ] {
        let server = Server::new(Manners { starttls: Some(answer), ..Manners::default() });
        let settings = Settings { security: Security::Starttls, ..settings_for(server.port) };
        let login = Login { user: "office".into(), password: Secret::new("s3cret") };
        let mut smtp = Smtp::new(settings, Some(login), None).unwrap();
        let fault = smtp.deliver(&outgoing(&people("a")[0]), &mut || Ok(())).unwrap_err();
        let ended = said.is_empty() && fault.reason == Reason::Dropped;
        assert!(ended || fault.reason == Reason::TlsFailed, "{fault}");
        assert!(fault.to_string().contains(said), "{fault}");
        assert!(server.seen().taken.is_empty() && server.seen().asked.is_empty());
    }
    // Without it nothing is said at all.
    let server = Server::new(Manners::default());
    let settings = Settings { security: Security::Starttls, ..settings_for(server.port) };
    let mut smtp = Smtp::new(settings, None, None).unwrap();
    let fault = smtp.deliver(&outgoing(&people("a")[0]), &mut || Ok(())).unwrap_err();
    assert_eq!(fault.reason, Reason::NoTls);
}

#[test]
fn an_address_or_a_text_that_could_say_more_is_not_sent() {
    let server = Server::new(Manners::default());
    let good = outgoing(&people("a")[0]);
    let mut smuggled = good.clone();
    smuggled.recipient.address = "a@b.cn>\r\nRCPT TO:<c@b.cn".into();
    for bytes in [&b"x\r\n\n.\r\nMAIL FROM:<c@b.cn>\r\n"[..], b"a\r.\r\n", b"a\n.\n", b"a\0"] {
        let mut smtp = smtp(&server);
        let wrong = Outgoing { bytes: bytes.to_vec(), ..good.clone() };
        for wrong in [&wrong, &smuggled] {
            let fault = smtp.deliver(wrong, &mut || Ok(())).unwrap_err();
            assert_eq!((fault.reason, fault.fate), (Reason::Unsendable, Fate::NotSent));
        }
        smtp.deliver(&good, &mut || Ok(())).unwrap();
    }
    assert_eq!((server.seen().taken.len(), server.seen().asked.len()), (4, 4));
}
