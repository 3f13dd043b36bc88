//! A few thousand hostile inputs for every reader, and all that once were too much for one.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::fuzz::readers::READERS;
use crate::fuzz::{Plan, Tally, check, input, run};

fn plan(executions: u64) -> Plan {
    Plan {
        seed: 1,
        executions,
        time: None,
        from: 0,
        only: None,
        crashes: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("crashes"),
        longest: Duration::from_secs(60),
    }
}

#[test]
fn readers_stand_what_strangers_write() {
    let plan = plan(3000);
    for Tally { reader, executions, crashes, .. } in run(&plan) {
        assert!(executions > 0, "{reader} read nothing");
        let kept = plan.crashes.display();
        assert!(crashes.is_empty(), "{reader}: {crashes:?}; inputs kept in {kept}");
    }
}

/// `tests/data/crashes` has inputs that a reader once did not stand, `READER-WHAT`.
#[test]
fn what_was_too_much_once_is_not_any_more() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/crashes");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let (reader, _) = name.split_once('-').unwrap_or_else(|| panic!("{name}: whose?"));
        let reader = READERS.iter().find(|one| one.name == reader);
        let reader = reader.unwrap_or_else(|| panic!("{name}: no such reader"));
        if let Err(what) = check(reader, &fs::read(&path).unwrap()) {
            panic!("{name}: {what}");
        }
        count += 1;
    }
    assert!(count > 0, "no cases");
}

/// A crash can be seen again: its number and the seed are enough.
#[test]
fn the_same_seed_gives_the_same_inputs() {
    for reader in READERS.iter().filter(|reader| reader.name != "pdf") {
        let corpus = (reader.corpus)();
        let all = |seed| (0..20).map(|n| input(seed, reader, n, &corpus)).collect::<Vec<_>>();
        assert_eq!(all(1), all(1));
        assert_ne!(all(1), all(2), "{}", reader.name);
        assert!(all(1).iter().all(|input| input.len() <= reader.most));
    }
}

/// The harness sees what it is for.
#[test]
fn a_reader_that_panics_or_wavers_is_found() {
    use crate::fuzz::mutate::Grammar;
    use crate::fuzz::readers::{Reader, Seen};
    use std::sync::atomic::{AtomicUsize, Ordering};

    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let reader = |read| Reader {
        name: "it",
        weight: 1,
        grammar: Grammar::Lines,
        most: 9,
        corpus: || vec![b"it".to_vec()],
        read,
    };
    let panics = reader(|bytes| panic!("at {}", bytes.len()));
    assert_eq!(check(&panics, b"12"), Err("panicked: at 2".to_owned()));
    let wavers =
        reader(|_| Seen { findings: 0, said: CALLS.fetch_add(1, Ordering::Relaxed).to_string() });
    assert!(check(&wavers, b"").is_err());
    let says_all = reader(|_| Seen { findings: 5000, said: String::new() });
    assert!(check(&says_all, b"").is_err());
    let sound = reader(|_| Seen { findings: 201, said: String::new() });
    assert_eq!(check(&sound, b""), Ok(()));
}
