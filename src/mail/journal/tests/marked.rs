//! Journals that lost lines which were on the disk, or have others.

use super::*;

fn people() -> [Event; 6] {
    let [a, b, c] = ["a@b.cn", "c@b.cn", "d@b.cn"];
    [ending(a), sent(a), ending(b), sent(b), ending(c), sent(c)]
}

fn refused(folder: &tempfile::TempDir) -> Loss {
    let error = Journal::open(folder.path(), &issue(), moment(9)).expect_err("refused");
    let asked = read(folder.path(), &issue()).expect_err("refused");
    assert_eq!(asked.to_string(), error.to_string());
    assert!(error.help().contains("155.jsonl") && error.help().contains("155.mark"));
    match error {
        Error::Lost(_, loss) => loss,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_journal_cut_anywhere_stops_the_sending() {
    let (folder, bytes) = written(&people());
    let path = Journal::place(folder.path(), &issue());
    let first = bytes.iter().position(|byte| *byte == b'\n').unwrap();
    for end in first..bytes.len() - 1 {
        fs::write(&path, &bytes[..end]).unwrap();
        assert_eq!(refused(&folder), Loss::Cut(bytes.len() - end), "{end}");
    }
    // Shorter still, it is none.
    for end in 0..first {
        fs::write(&path, &bytes[..end]).unwrap();
        let error = Journal::open(folder.path(), &issue(), moment(9)).expect_err("refused");
        assert!(matches!(error, Error::Damaged(..)), "{end}");
    }
    fs::write(&path, &bytes).unwrap();
    Journal::open(folder.path(), &issue(), moment(9)).unwrap();
}

#[test]
fn a_journal_that_is_gone_stops_the_sending() {
    let (folder, _) = written(&people());
    fs::remove_file(Journal::place(folder.path(), &issue())).unwrap();
    assert_eq!(refused(&folder), Loss::Gone);
    // As the advice has it.
    fs::remove_file(mark::place(&Journal::place(folder.path(), &issue()))).unwrap();
    let journal = Journal::open(folder.path(), &issue(), moment(9)).unwrap();
    assert!(matches!(journal.history().state(1, "a@b.cn"), State::Waiting));
}

#[test]
fn lines_that_were_changed_or_taken_out_stop_the_sending() {
    let (folder, bytes) = written(&people());
    let path = Journal::place(folder.path(), &issue());
    let text = String::from_utf8(bytes.clone()).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    fs::write(&path, text.replace("250 ok", "250 no")).unwrap();
    assert_eq!(refused(&folder), Loss::Changed);
    let without = [&lines[..3], &lines[4..]].concat().concat();
    fs::write(&path, &without).unwrap();
    assert_eq!(refused(&folder), Loss::Cut(lines[3].len()));
    // As long as before, by lines of another run.
    fs::write(&path, without + lines[3]).unwrap();
    assert_eq!(refused(&folder), Loss::Changed);
}

#[test]
fn a_mark_that_is_none_stops_the_sending() {
    let (folder, bytes) = written(&people());
    let mark = mark::place(&Journal::place(folder.path(), &issue()));
    let good = fs::read(&mark).unwrap();
    assert!(good.starts_with(format!("{:020} ", bytes.len()).as_bytes()));
    for wrong in [&b""[..], &good[1..], &[&good[..], b"x"].concat(), &vec![0; good.len()]] {
        fs::write(&mark, wrong).unwrap();
        assert_eq!(refused(&folder), Loss::Mark);
    }
}

#[test]
fn a_mark_that_is_behind_is_no_harm() {
    let (folder, bytes) = written(&people());
    let path = Journal::place(folder.path(), &issue());
    let ends = (1..=bytes.len()).filter(|end| bytes[end - 1] == b'\n');
    for end in std::iter::once(0).chain(ends) {
        // Killed after the line and before the mark.
        mark_of(&path, &bytes[..end]);
        let journal = Journal::open(folder.path(), &issue(), moment(9)).unwrap();
        assert!(matches!(journal.history().state(1, "d@b.cn"), State::Sent { .. }));
    }
}

#[test]
fn a_mark_that_is_gone_stops_the_sending() {
    let (folder, bytes) = written(&people());
    let path = Journal::place(folder.path(), &issue());
    fs::remove_file(mark::place(&path)).unwrap();
    assert_eq!(refused(&folder), Loss::NoMark);
    // A journal of an earlier version has none, and gets one.
    let earlier = String::from_utf8(bytes).unwrap().replace("\"version\":2", "\"version\":1");
    fs::write(&path, &earlier).unwrap();
    drop(Journal::open(folder.path(), &issue(), moment(9)).unwrap());
    fs::write(&path, &earlier[..earlier.len() - 5]).unwrap();
    assert_eq!(refused(&folder), Loss::Cut(5));
}

#[test]
fn a_run_that_was_killed_between_mark_and_journal_leaves_nothing_to_stop_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let path = Journal::place(folder.path(), &issue());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    drop(Mark::open(&path).unwrap());
    assert!(read(folder.path(), &issue()).unwrap().is_none());
    drop(Journal::open(folder.path(), &issue(), moment(0)).unwrap());
    // Killed before the mark spoke of the first line.
    mark_of(&path, b"");
    drop(Journal::open(folder.path(), &issue(), moment(0)).unwrap());
}
