//! The index of an archive: a cache that may be damaged, lost, locked or killed, never the archive.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use hongtou::archive::Entry;
use hongtou::archive::period::Period;
use hongtou::archive::search::{Query, search};
use hongtou::archive::stats::{Dimension, Question, count};
use hongtou::issue::Registry;

use crate::dice::Dice;
use crate::support::desk::{Desk, Ended};
use crate::support::entries::{archive, entry, item, places, put, roundup};

const UNITS: [&str; 6] = ["甲街道", "乙镇", "丙乡", "区民政局", "区教委", "区城管执法局"];
const CLAUSES: [&str; 8] = [
    "开展志愿服务活动",
    "整治背街小巷",
    "慰问困难群众",
    "清理垃圾",
    "细化任务分工",
    "受到居民好评",
    "建立问题清单",
    "共出动1200余人次",
];

/// A made-up issue of the year 2019.
fn made(number: u32, items: usize) -> Entry {
    let mut dice = Dice::new(u64::from(number));
    let mut list = Vec::new();
    for _ in 0..items {
        let unit = *dice.pick(&UNITS);
        let mut text = format!("近日，{unit}");
        (0..dice.range(3, 12)).for_each(|_| text += &format!("{}，", dice.pick(&CLAUSES)));
        let text = text.trim_end_matches('，').to_owned() + "。";
        list.push(match dice.one_in(4) {
            true => roundup(&text, "简讯", &[unit, UNITS[0]], &[]),
            false => item(&text, "生活环境", &[unit], &["Ⅲ-17 志愿服务活动"]),
        });
    }
    let date = format!("2019-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
    entry(&format!("jb/2019/{number}/r1"), &date, &list)
}

fn desk(issues: u32) -> Desk {
    let desk = Desk::new();
    (1..=issues).for_each(|number| put(&desk.path("archive"), &made(number, 6)));
    desk
}

fn ask(desk: &Desk) -> Ended {
    desk.run(&["archive", "search", "志愿服务", "--format", "json"])
}

fn stats(desk: &Desk) -> String {
    desk.run(&["archive", "stats", "--format", "csv"]).code(0).out
}

/// What lies at the top of the archive; where bags are written aside is its own affair.
fn top(desk: &Desk) -> Vec<String> {
    let mut files = desk.files("archive");
    files.retain(|name| name != ".unfinished" && name != ".lock");
    files
}

fn index(desk: &Desk) -> std::path::PathBuf {
    desk.path("archive/index.sqlite")
}

#[test]
fn it_is_made_when_it_is_asked_and_kept() {
    let desk = desk(5);
    let first = ask(&desk).code(0);
    assert_eq!(first.err, "");
    let written = fs::metadata(index(&desk)).unwrap().modified().unwrap();
    assert_eq!(ask(&desk).code(0).out, first.out);
    assert_eq!(fs::metadata(index(&desk)).unwrap().modified().unwrap(), written);
    let ended = desk.run(&["archive", "index"]).code(0);
    ended.reports(&["索引已建好：5期，30条（archive/index.sqlite）"]);
    assert_eq!(ask(&desk).code(0).out, first.out);
    assert_eq!(top(&desk), ["index.lock", "index.sqlite", "jb"]);
}

#[test]
fn it_follows_what_is_added_corrected_and_taken_away() {
    let desk = desk(5);
    let count = |word: &str| {
        let ended = desk.run(&["archive", "search", word, "--format", "json"]).code(0);
        let json: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        json["total"].as_u64().unwrap()
    };
    assert_eq!(count("新来的一条"), 0);
    let folder = desk.path("archive");
    put(
        &folder,
        &entry("jb/2018/9/r1", "2018-09-09", &[item("新来的一条。", "", &["甲街道"], &[])]),
    );
    assert_eq!(count("新来的一条"), 1);
    put(
        &folder,
        &entry("jb/2018/9/r2", "2018-09-09", &[item("更正的一条。", "", &["甲街道"], &[])]),
    );
    assert_eq!((count("新来的一条"), count("更正的一条")), (0, 1));
    fs::remove_dir_all(folder.join("jb/2018/9/r2")).unwrap();
    assert_eq!((count("新来的一条"), count("更正的一条")), (1, 0));
    fs::remove_dir_all(folder.join("jb/2018")).unwrap();
    assert_eq!((count("新来的一条"), count("更正的一条")), (0, 0));
}

#[test]
fn an_addition_and_a_new_index_answer_alike() {
    let desk = desk(8);
    ask(&desk).code(0);
    for number in [30, 20, 25] {
        put(&desk.path("archive"), &made(number, 6));
        ask(&desk).code(0);
    }
    let (found, counted) = (ask(&desk).out, stats(&desk));
    desk.run(&["archive", "index"]).code(0);
    assert_eq!((ask(&desk).out, stats(&desk)), (found, counted));
}

/// A file that SQLite itself, or our own look at it, can tell from an index.
#[test]
fn a_damaged_index_is_built_anew_and_this_is_said() {
    let desk = desk(20);
    let (whole, counted) = (ask(&desk).code(0).out, stats(&desk));
    let good = fs::read(index(&desk)).unwrap();
    let cut = |length: usize| good[..length].to_vec();
    let mut zeroed = good.clone();
    zeroed[4096..].fill(0);
    let mut other_version = good.clone();
    other_version[60..64].copy_from_slice(&99_u32.to_be_bytes());
    let mut other_program = good.clone();
    other_program[68..72].copy_from_slice(&7_u32.to_be_bytes());
    let kinds = [
        ("empty", Vec::new()),
        ("cut in the head", cut(50)),
        ("cut after a page", cut(4096)),
        ("cut in the middle", cut(good.len() / 2)),
        ("one byte missing", cut(good.len() - 1)),
        ("zeroes", vec![0; good.len()]),
        ("zeroes after the head", zeroed),
        ("text", "这不是索引".repeat(3000).into_bytes()),
        ("another version", other_version),
        ("another program's", other_program),
    ];
    for (kind, bytes) in kinds {
        overwrite(&desk, &bytes);
        let ended = ask(&desk).code(0);
        assert_eq!(ended.out, whole, "{kind}");
        assert!(ended.err.contains("已按存档重建"), "{kind}: {}", ended.err);
        let again = ask(&desk).code(0);
        assert_eq!((again.out, again.err), (whole.clone(), String::new()), "{kind}");
        assert_eq!(stats(&desk), counted, "{kind}");
    }
    fs::remove_file(index(&desk)).unwrap();
    assert_eq!(ask(&desk).code(0).err, "");
}

/// Changes the index so that its length and time do not tell.
fn overwrite(desk: &Desk, bytes: &[u8]) {
    let time = fs::metadata(index(desk)).unwrap().modified().unwrap();
    fs::write(index(desk), bytes).unwrap();
    fs::File::options().write(true).open(index(desk)).unwrap().set_modified(time).unwrap();
}

/// Whatever is overwritten with zeroes, an answer is right or the index was built anew.
#[test]
fn pages_of_zeroes_never_change_an_answer() {
    let desk = desk(20);
    let (whole, counted) = (ask(&desk).code(0).out, stats(&desk));
    let good = fs::read(index(&desk)).unwrap();
    let mut rebuilt = 0;
    for page in 0..good.len() / 4096 {
        let mut bytes = good.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0);
        overwrite(&desk, &bytes);
        let ended = ask(&desk).code(0);
        assert_eq!(ended.out, whole, "page {page}");
        rebuilt += u32::from(ended.err.contains("已按存档重建"));
        assert_eq!(stats(&desk), counted, "page {page}");
    }
    assert!(rebuilt > 2, "{rebuilt}");
}

/// Whatever bit was turned over, the answer is right: an index that somebody else changed is built
/// anew, though SQLite may see nothing wrong with it.
#[test]
fn bits_that_fell_over_never_change_an_answer() {
    let desk = desk(12);
    let folder = desk.path("archive");
    let query = Query { words: vec!["志愿服务".to_owned()], ..Query::default() };
    let asked = || {
        let found = search(&archive(&folder), &places(&folder), &|_, _| {}, &query).unwrap();
        let counted = count(&archive(&folder), &places(&folder), &|_, _| {}, &units()).unwrap();
        let rebuilt = [&found.notes, &counted.warnings].iter().any(|notes| !notes.is_empty());
        (found.hits, counted.rows, rebuilt)
    };
    let (hits, rows, _) = asked();
    let good = fs::read(index(&desk)).unwrap();
    let mut dice = Dice::new(7);
    let mut rebuilt = 0;
    for _ in 0..120 {
        let (at, bit) = (dice.range(0, good.len() - 1), dice.range(0, 7));
        let mut bytes = good.clone();
        bytes[at] ^= 1 << bit;
        fs::write(index(&desk), bytes).unwrap();
        let answer = asked();
        assert!(answer.0 == hits && answer.1 == rows, "byte {at}, bit {bit}");
        rebuilt += u32::from(answer.2);
    }
    assert_eq!(rebuilt, 120);
}

fn units() -> Question {
    Question {
        per: Dimension::Unit,
        by: None,
        period: Period::default(),
        series: Vec::new(),
        registry: Registry::default(),
    }
}

#[test]
fn a_bag_that_cannot_be_read_is_named_every_time_until_it_is_mended() {
    let desk = desk(4);
    let entry = desk.path("archive/jb/2019/3/r1/data/issue.json");
    let good = fs::read(&entry).unwrap();
    fs::write(&entry, "{").unwrap();
    for _ in 0..2 {
        let ended = ask(&desk).code(4);
        ended.says(&["jb/2019/3/r1 读不出，没有算在内"]);
    }
    desk.run(&["archive", "index"]).code(4).reports(&["3期，18条"]);
    fs::write(&entry, good).unwrap();
    assert_eq!(ask(&desk).code(0).err, "");
    desk.run(&["archive", "index"]).code(0).reports(&["4期，24条"]);
}

/// The answer after a kill. One between the last write and the line that says so makes the next
/// build all anew, and say it; the one after that has nothing to say.
fn ask_after_kill(desk: &Desk) -> String {
    let ended = ask(desk).code(0);
    assert!(ended.err.is_empty() || ended.err.contains("上次被打断"), "{}", ended.err);
    let again = ask(desk).code(0);
    assert_eq!((&again.out, again.err.as_str()), (&ended.out, ""));
    ended.out
}

/// Killed at any moment while building: the next one who asks gets the right answer, and nothing
/// that was half made stays.
#[test]
fn whoever_is_killed_while_building_leaves_nothing_wrong() {
    let desk = desk(60);
    let (whole, counted) = (ask(&desk).code(0).out, stats(&desk));
    let mut killed = 0;
    for round in 0..24_u64 {
        let command = if round % 2 == 0 { "index" } else { "search" };
        if round % 2 == 1 {
            fs::remove_file(index(&desk)).unwrap();
        }
        let mut child = desk.command(&["archive", command, "志愿"][..2 + (round % 2) as usize]);
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(4 * round));
        let _ = child.kill();
        killed += u32::from(child.wait().unwrap().code().is_none());
        assert_eq!(ask_after_kill(&desk), whole, "{round}");
        assert_eq!(stats(&desk), counted, "{round}");
    }
    assert!(killed > 2, "{killed} of 24 were killed");
    desk.run(&["archive", "index"]).code(0);
    assert_eq!(top(&desk), ["index.lock", "index.sqlite", "jb"]);
}

/// Killed while it adds to an index that is there: the transaction is there or it is not.
#[test]
fn whoever_is_killed_while_adding_leaves_nothing_wrong() {
    let desk = desk(30);
    ask(&desk).code(0);
    for round in 0..12_u32 {
        (0..10).for_each(|n| put(&desk.path("archive"), &made(100 + round * 10 + n, 6)));
        let mut child = desk.command(&["archive", "search", "志愿"]);
        let mut child = child.stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(u64::from(round) * 3));
        let _ = child.kill();
        child.wait().unwrap();
        ask_after_kill(&desk);
    }
    let (found, counted) = (ask(&desk).out, stats(&desk));
    desk.run(&["archive", "index"]).code(0);
    assert_eq!((ask(&desk).out, stats(&desk)), (found, counted));
}

#[test]
fn many_may_ask_at_once_while_it_changes() {
    let desk = desk(30);
    let mut before = String::new();
    for round in 0..3_u32 {
        (0..5).for_each(|n| put(&desk.path("archive"), &made(100 + round * 5 + n, 6)));
        if round == 1 {
            fs::write(index(&desk), "damaged").unwrap();
        }
        let commands =
            [&["archive", "search", "志愿服务", "--format", "json"][..], &["archive", "index"]];
        let children: Vec<_> = (0..8)
            .map(|n| {
                let mut command = desk.command(commands[usize::from(n == 3)]);
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        let mut answers: Vec<String> = Vec::new();
        for (n, child) in children.into_iter().enumerate() {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            if n != 3 {
                answers.push(String::from_utf8(output.stdout).unwrap());
            }
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{round}");
        assert!(answers[0] != before);
        before = answers.remove(0);
    }
    assert_eq!(top(&desk), ["index.lock", "index.sqlite", "jb"]);
}

/// Runs as somebody who may only read, also when the tests run as root.
fn reader(desk: &Desk, arguments: &[&str]) -> Command {
    let mut command = desk.command(arguments);
    let root = std::os::unix::fs::MetadataExt::uid(&fs::metadata(desk.path("")).unwrap()) == 0;
    if root {
        command.uid(65534).gid(65534);
    }
    command.env("XDG_CACHE_HOME", desk.path("cache")).env("HOME", desk.path("cache"));
    command
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn an_archive_for_reading_only_has_its_index_in_the_users_cache() {
    let desk = desk(5);
    let whole = ask(&desk).code(0).out;
    let folder = desk.path("archive");
    fs::create_dir(desk.path("cache")).unwrap();
    mode(&desk.path(""), 0o755);
    mode(&desk.path("cache"), 0o777);
    let asked = |expected: &str, kept: usize| {
        let output = reader(&desk, &["archive", "search", "志愿服务", "--format", "json"]).output();
        let output = output.expect("the program can be run by somebody else");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
        assert_eq!(desk.files("cache/hongtou").len(), kept);
    };
    // The index that is there is good for all; one that is not up to date is not.
    mode(&folder, 0o555);
    asked(&whole, 0);
    mode(&folder, 0o755);
    fs::remove_file(folder.join("index.sqlite")).unwrap();
    mode(&folder, 0o555);
    asked(&whole, 1);
    asked(&whole, 1);
    mode(&folder, 0o755);
    put(&folder, &made(6, 6));
    let more = ask(&desk).code(0).out;
    assert_ne!(more, whole);
    fs::write(index(&desk), "damaged").unwrap();
    mode(&folder, 0o555);
    asked(&more, 1);
    // No cache either: for once only.
    mode(&desk.path("cache"), 0o777);
    fs::remove_dir_all(desk.path("cache")).unwrap();
    fs::write(desk.path("cache"), "").unwrap();
    asked(&more, 0);
    mode(&folder, 0o755);
}

#[test]
fn a_folder_in_its_place_is_left_alone() {
    let desk = desk(3);
    fs::create_dir_all(index(&desk).join("甲")).unwrap();
    let mut command = desk.command(&["archive", "search", "志愿服务"]);
    let output = command.env("XDG_CACHE_HOME", desk.path("cache")).output().unwrap();
    assert!(output.status.success());
    assert!(index(&desk).join("甲").is_dir());
    assert_eq!(desk.files("cache/hongtou").len(), 1);
}
