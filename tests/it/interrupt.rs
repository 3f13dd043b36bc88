//! A program that is stopped leaves nothing unfinished, and what a killed one leaves the next clears.
//! Real processes, real signals.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::desk::{Desk, ISSUE};

/// Issues enough that the program is at work for a while.
fn many(count: usize) -> (Desk, Vec<String>) {
    let desk = Desk::new();
    let names: Vec<String> = (1..=count).map(|number| format!("{number}.yaml")).collect();
    for (index, name) in names.iter().enumerate() {
        desk.write(name, ISSUE.replace("number: 7", &format!("number: {}", index + 1)));
    }
    (desk, names)
}

fn start(desk: &Desk, arguments: &[&str]) -> Child {
    let mut command = desk.command(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What is unfinished below a folder, whoever made it.
fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        let ours = name.starts_with(".hongtou-") || name.starts_with(".index-");
        if ours || name.ends_with(".part") || folder.ends_with(".unfinished") {
            found.push(path.clone());
        }
        if path.is_dir() {
            found.extend(unfinished(&path));
        }
    }
    found
}

/// Waits until something is so; a minute at most.
fn until(what: &str, mut so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited in vain: {what}");
        sleep(Duration::from_millis(2));
    }
}

/// Whether this process, and so those it starts, ignores a signal: then there is nothing to try.
#[cfg(unix)]
fn ignores(signal: u32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask & (1 << (signal - 1)) != 0
}

#[cfg(unix)]
fn signal(name: &str, child: &Child) {
    let done = Command::new("sh").arg("-c").arg(format!("kill -s {name} {}", child.id())).status();
    assert!(done.unwrap().success());
}

/// Stops a child, and asserts that it ends as one that was stopped.
#[cfg(unix)]
fn stop(name: &str, mut child: Child) -> String {
    signal(name, &child);
    let ended = child.wait().unwrap();
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    assert_eq!(ended.code(), Some(130), "{said}");
    assert!(said.contains("已停止") && !said.contains("错误"), "{said}");
    said
}

#[cfg(unix)]
fn none_is_ignored() -> bool {
    [1, 2, 15].into_iter().all(|signal| !ignores(signal))
}

#[cfg(unix)]
#[test]
fn a_stopped_build_leaves_no_temporary_file() {
    if !none_is_ignored() {
        return;
    }
    for name in ["INT", "TERM", "HUP"] {
        let (desk, names) = many(60);
        let mut arguments = vec!["build", "--to", "docx"];
        arguments.extend(names.iter().map(String::as_str));
        let child = start(&desk, &arguments);
        let out = desk.path("out");
        until("a file", || fs::read_dir(&out).is_ok_and(|entries| entries.count() > 2));
        stop(name, child);
        assert_eq!(unfinished(&out), Vec::<PathBuf>::new(), "{name}");
        // What is there is whole.
        for file in fs::read_dir(&out).unwrap() {
            let path = file.unwrap().path();
            assert!(fs::read(&path).unwrap().starts_with(b"PK"), "{}", path.display());
        }
    }
}

#[cfg(unix)]
#[test]
fn a_stopped_add_has_kept_the_first_of_its_issues() {
    if !none_is_ignored() {
        return;
    }
    let (desk, names) = many(60);
    let mut arguments = vec!["archive", "add", "--series", "jb"];
    arguments.extend(names.iter().map(String::as_str));
    let child = start(&desk, &arguments);
    let year = desk.path("archive/jb/2019");
    until("some issues", || year.join("3").exists());
    let said = stop("INT", child);
    assert!(said.contains("hongtou archive list") && said.contains("再运行一次"), "{said}");
    assert_eq!(unfinished(&desk.path("archive")), Vec::<PathBuf>::new());
    let kept = (1..=60).filter(|number| year.join(number.to_string()).exists()).count();
    assert!((1..=kept).all(|number| year.join(number.to_string()).exists()), "no gap");
    // Each of them stands in the ledger.
    desk.run(&["archive", "verify"]).code(0);
    // As the advice has it.
    desk.run(&arguments).code(0);
    assert!((1..=60).all(|number| year.join(number.to_string()).exists()));
    desk.run(&["archive", "verify"]).code(0);
}

/// An index that waits for another program: unfinished for as long as the test wants.
#[cfg(unix)]
fn waiting_index() -> (Desk, File, Child) {
    let (desk, names) = many(3);
    let mut arguments = vec!["archive", "add", "--series", "jb"];
    arguments.extend(names.iter().map(String::as_str));
    desk.run(&arguments).code(0);
    let lock = File::create(desk.path("archive/index.lock")).unwrap();
    lock.lock().unwrap();
    let child = start(&desk, &["archive", "index"]);
    let archive = desk.path("archive");
    until("an unfinished index", || {
        unfinished(&archive)
            .iter()
            .any(|path| fs::metadata(path).is_ok_and(|file| file.len() > 9000))
    });
    (desk, lock, child)
}

#[cfg(unix)]
#[test]
fn a_stopped_index_leaves_no_temporary_file() {
    if !none_is_ignored() {
        return;
    }
    let (desk, _lock, child) = waiting_index();
    stop("INT", child);
    assert_eq!(unfinished(&desk.path("archive")), Vec::<PathBuf>::new());
}

#[cfg(unix)]
#[test]
fn what_a_killed_index_left_is_cleared_but_not_one_that_is_being_made() {
    let (desk, lock, mut child) = waiting_index();
    child.kill().unwrap();
    child.wait().unwrap();
    let archive = desk.path("archive");
    let left = unfinished(&archive);
    assert_eq!(left.len(), 1);
    // A second program comes while a third is at work: it takes what was left and nothing else.
    let first = start(&desk, &["archive", "index"]);
    until("the first", || unfinished(&archive).iter().any(|path| !left.contains(path)));
    until("cleared", || !left[0].exists());
    let own = unfinished(&archive);
    let second = start(&desk, &["archive", "index"]);
    until("the second", || unfinished(&archive).len() > own.len());
    assert!(own.iter().all(|path| path.exists()), "{own:?}");
    lock.unlock().unwrap();
    for mut child in [first, second] {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(unfinished(&archive), Vec::<PathBuf>::new());
}

#[test]
fn what_a_killed_build_left_is_cleared() {
    let desk = Desk::with_issue();
    for name in [".hongtou-Ab12cd.tmp", ".hongtou-zzzzzz.tmp", ".hongtou-notes.txt"] {
        desk.write(&format!("out/{name}"), "half");
    }
    let held = File::options().write(true).open(desk.path("out/.hongtou-zzzzzz.tmp")).unwrap();
    held.lock().unwrap();
    desk.run(&["build", "甲.yaml", "--to", "docx"]).code(0);
    let left = desk.files("out");
    assert_eq!(left[..2], [".hongtou-notes.txt", ".hongtou-zzzzzz.tmp"]);
    assert_eq!(left.len(), 3, "{left:?}");
    drop(held);
}

#[test]
fn a_killed_build_leaves_nothing_that_the_next_does_not_clear() {
    let (desk, names) = many(60);
    let mut arguments = vec!["build", "--to", "docx"];
    arguments.extend(names.iter().map(String::as_str));
    for round in 0..3 {
        let mut child = start(&desk, &arguments);
        let out = desk.path("out");
        until("a file", || fs::read_dir(&out).is_ok_and(|entries| entries.count() > round * 9 + 1));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    desk.run(&arguments[..4]).code(0);
    assert_eq!(unfinished(&desk.path("out")), Vec::<PathBuf>::new());
}
