//! Journals that are not as this program left them.

use super::*;

fn damage(folder: &tempfile::TempDir, bytes: &[u8]) -> Damage {
    let path = Journal::place(folder.path(), &issue());
    fs::write(&path, bytes).unwrap();
    let error = Journal::open(folder.path(), &issue(), moment(9)).expect_err("refused");
    assert!(error.help().contains("备份") && error.help().contains("--except"), "{error}");
    assert!(!error.help().contains("--resend"), "{}", error.help());
    assert_eq!(fs::read(&path).unwrap(), bytes, "left as it was");
    // Whoever asks for the state is told the same.
    let asked = read(folder.path(), &issue()).expect_err("refused");
    assert_eq!(asked.to_string(), error.to_string());
    match error {
        Error::Damaged(_, damage) => damage,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_journal_that_is_empty_or_nul_stops_the_sending() {
    let (folder, bytes) = written(&[ending("a@b.cn"), sent("a@b.cn")]);
    assert_eq!(damage(&folder, b""), Damage { line: 1, why: "文件是空的".into() });
    for nul in [&[0; 1][..], &[0; 4096], b"\0\0\n"] {
        let found = damage(&folder, nul);
        assert!(found.line == 1 && found.why.contains("空字节"), "{found:?}");
    }
    // It goes on with NUL: after a whole line, after a torn one, with more behind.
    let torn = &bytes[..bytes.len() - 5];
    for (whole, line) in [(&bytes[..], 4), (torn, 3)] {
        for tail in [&[0; 40][..], b"\0\n", b"\0\0{\"at\":\"2019"] {
            let found = damage(&folder, &[whole, tail].concat());
            assert!(found.line == line && found.why.contains("空字节"), "{found:?}");
        }
    }
}

#[test]
fn only_the_beginning_of_a_line_of_ours_is_a_torn_tail() {
    let (folder, bytes) = written(&[ending("a@b.cn"), sent("a@b.cn")]);
    for tail in [
        &b"x"[..],
        b"[",
        b"{\"revision\":1",
        b"{\"at\":\"2019\x01",
        b"{\"at\":\"2019\xff\xff",
        b"{\"at\":\"2019\r",
        b"\n",
        b" ",
    ] {
        assert_eq!(damage(&folder, &[&bytes[..], tail].concat()).line, 4, "{tail:?}");
    }
    // Nothing but a tail: a journal of ours begins whole.
    let first = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    for cut in [1, 9, first - 1] {
        assert_eq!(damage(&folder, &bytes[..cut]).line, 1);
    }
    // Two journals put behind one another.
    assert_eq!(damage(&folder, &[&bytes[..], &bytes].concat()).line, 4);
    let path = Journal::place(folder.path(), &issue());
    // 好, cut in the middle of its bytes, is what a crash leaves.
    for tail in [&b"{"[..], b"{\"at", b"{\"at\":\"2019-03", b"{\"at\":\"2019\",\"said\":\"\xe5\xa5"]
    {
        fs::write(&path, [&bytes[..], tail].concat()).unwrap();
        let journal = Journal::open(folder.path(), &issue(), moment(9)).unwrap();
        assert!(matches!(journal.history().state(1, "a@b.cn"), State::Sent { .. }));
        drop(journal);
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn a_last_line_that_lacks_only_its_end_counts() {
    let (folder, bytes) = written(&[ending("a@b.cn"), sent("a@b.cn"), ending("c@b.cn")]);
    let path = Journal::place(folder.path(), &issue());
    // An editor or a copy took the last line end away.
    fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    let mut journal = Journal::open(folder.path(), &issue(), moment(9)).unwrap();
    assert!(matches!(journal.history().state(1, "c@b.cn"), State::Unknown { .. }));
    journal.write(line(9, sent("c@b.cn"))).unwrap();
    let (history, _) = History::read(&fs::read(&path).unwrap()).unwrap();
    assert!(matches!(history.state(1, "c@b.cn"), State::Sent { .. }));
}

#[test]
fn a_journal_begins_whole_and_leaves_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = Journal::place(folder.path(), &issue());
    // Killed before it was in its place.
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path.with_extension("new"), "{\"at\":").unwrap();
    assert!(read(folder.path(), &issue()).unwrap().is_none());
    drop(Journal::open(folder.path(), &issue(), moment(0)).unwrap());
    let bytes = fs::read(&path).unwrap();
    assert!(bytes.ends_with(b"\n") && History::read(&bytes).is_ok());
    let names = fs::read_dir(path.parent().unwrap()).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["155.jsonl", "155.lock", "155.mark"]);
}

#[test]
fn the_journal_of_another_issue_is_nobodys_state() {
    let (folder, bytes) = written(&[]);
    let path = Journal::place(folder.path(), &issue());
    let text = String::from_utf8(bytes).unwrap().replace("kb/2019/155", "kb/2019/156");
    fs::write(path, text).unwrap();
    assert!(matches!(read(folder.path(), &issue()), Err(Error::Other(..))));
}

#[test]
fn what_was_said_is_harmless_however_it_came_into_the_journal() {
    let answer = "250 ok \u{1b}[2J\u{202e}\n好".to_owned();
    let state = state_after(&[ending("a@b.cn"), Event::Sent { to: "a@b.cn".into(), answer }]);
    assert_eq!(
        state,
        State::Sent { at: moment(2), answer: "250 ok ‹U+001B›[2J‹U+202E› 好".into() }
    );
    let said = Some("\u{9b}31m\u{2066}x".to_owned());
    let state = state_after(&[ending("a@b.cn"), Event::Unknown { to: "a@b.cn".into(), said }]);
    assert_eq!(state, State::Unknown { at: moment(1), said: Some("‹U+009B›31m‹U+2066›x".into()) });
}

#[test]
fn a_journal_without_end_is_not_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    fs::write(&path, "12345").unwrap();
    let read = |most| file::read(&path, &File::open(&path).unwrap(), most);
    assert_eq!(read(5).unwrap(), b"12345");
    let error = read(4).unwrap_err();
    assert!(matches!(error, Error::TooLong(_, 4)), "{error}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn a_journal_and_its_lock_are_their_owners_alone() {
        let (folder, _) = written(&[]);
        let path = Journal::place(folder.path(), &issue());
        let (lock, mark) = (path.with_extension("lock"), mark::place(&path));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!([&path, &lock, &mark].map(|path| mode(path)), [0o600; 3]);
        // Those of earlier versions become so.
        for path in [&path, &lock] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
        }
        drop(Journal::open(folder.path(), &issue(), moment(0)).unwrap());
        assert_eq!((mode(&path), mode(&lock)), (0o600, 0o600));
    }

    /// A link, a folder and a socket in the place of the journal or of its lock. A pipe and a device
    /// are told apart by the same look at the kind of file, and need another program to make.
    #[test]
    fn what_is_no_file_is_named_and_never_opened() {
        for kind_of in ["jsonl", "lock", "mark"] {
            let (folder, bytes) = written(&[ending("a@b.cn")]);
            let path = Journal::place(folder.path(), &issue()).with_extension(kind_of);
            let elsewhere = folder.path().join("elsewhere");
            fs::write(&elsewhere, &bytes).unwrap();
            for (kind, make) in [
                ("链接", &(|path: &Path| symlink(&elsewhere, path).unwrap()) as &dyn Fn(&Path)),
                ("链接", &|path| symlink("nowhere", path).unwrap()),
                ("链接", &|path| symlink("/dev/null", path).unwrap()),
                ("文件夹", &|path| fs::create_dir(path).unwrap()),
                ("套接字", &|path| drop(UnixListener::bind(path).unwrap())),
            ] {
                let _ = fs::remove_file(&path);
                make(&path);
                let said = Journal::open(folder.path(), &issue(), moment(0)).unwrap_err();
                assert!(said.to_string().contains(&format!("不是文件，是{kind}")), "{said}");
                assert_eq!(read(folder.path(), &issue()).is_err(), kind_of != "lock");
                let _ = fs::remove_dir(&path);
            }
            assert_eq!(fs::read(&elsewhere).unwrap(), bytes);
            assert!(!path.with_file_name("nowhere").exists());
        }
    }
}
