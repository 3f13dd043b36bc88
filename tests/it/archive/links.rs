//! An archive on a shared disk, where others put links and files of their own in the way.

use std::fs;
use std::os::unix::fs::symlink;

use super::{kept, numbered, office, tree};
use crate::support::desk::{Desk, ISSUE};

/// A folder of somebody's with a text that must stay as it is.
fn others(desk: &Desk) -> std::path::PathBuf {
    desk.write("others/work/thesis.txt", "years\nof work");
    desk.write("others/ledger.txt", "their own\nhalf a line");
    desk.path("others")
}

/// Keeping an issue is refused with exit code 3 and these words; nothing of others changes.
fn refused(desk: &Desk, words: &[&str]) {
    let before = tree(&desk.path("others"));
    desk.write("乙.yaml", numbered(8));
    desk.run(&["archive", "add", "乙.yaml"]).code(3).says(words);
    assert_eq!(tree(&desk.path("others")), before);
}

#[test]
fn folders_of_an_archive_that_are_links_are_not_written_through() {
    for link in [".unfinished", "kb", "kb/2019", "kb/2019/8", "kb/2019/8/r1"] {
        let desk = office();
        let others = others(&desk);
        fs::create_dir_all(desk.path("archive").join(link).parent().unwrap()).unwrap();
        symlink(&others, desk.path("archive").join(link)).unwrap();
        refused(&desk, &[link, "是链接或别的东西"]);
    }
}

/// Not for ever either: what is no bag is not waited for.
#[test]
fn a_file_or_a_link_to_nothing_in_the_place_of_a_bag_is_named() {
    let desk = kept();
    others(&desk);
    desk.write("archive/kb/2019/8/r1", "文件");
    refused(&desk, &["kb/2019/8/r1"]);
    fs::remove_file(desk.path("archive/kb/2019/8/r1")).unwrap();
    symlink(desk.path("无"), desk.path("archive/kb/2019/8/r1")).unwrap();
    refused(&desk, &["kb/2019/8/r1"]);
    assert!(!desk.path("无").exists());
}

#[test]
fn ledgers_and_locks_that_are_links_are_not_written_cut_or_locked() {
    for (link, target) in [
        ("kb/2019/ledger.txt", "ledger.txt"),
        ("kb/2019/ledger.txt", "new.txt"),
        (".lock", "work/thesis.txt"),
        (".lock", "new.txt"),
        (".lock-ledger", "work/thesis.txt"),
        (".lock-ledger", "new.txt"),
    ] {
        let desk = office();
        let others = others(&desk);
        let link = desk.path("archive").join(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(others.join(target), &link).unwrap();
        desk.write("乙.yaml", numbered(8));
        let before = tree(&others);
        let ended = desk.run(&["archive", "add", "乙.yaml"]).code(3);
        assert!(!ended.err.is_empty());
        assert_eq!(tree(&others), before, "{}", link.display());
    }
}

#[test]
fn only_what_looks_like_an_unfinished_bag_is_cleared_away() {
    let desk = kept();
    desk.write("archive/.unfinished/论文/稿.doc", "years of work");
    desk.write("archive/.unfinished/kb_2019_8_r1_0/稿.doc", "years of work");
    desk.write("archive/.unfinished/kb_2019_9_r1_0/data/issue.yaml", "半");
    desk.write("others/稿.doc", "years of work");
    symlink(desk.path("others"), desk.path("archive/.unfinished/kb_2019_9_r1_0/data/x")).unwrap();
    desk.run(&["archive", "add", "甲.yaml"]).code(0).says(&[
        "论文”不像是程序留下的，没有动",
        "kb_2019_8_r1_0”不像是程序留下的",
        "上次存“kb/2019/9/r1”时中断",
    ]);
    assert_eq!(desk.files("archive/.unfinished"), ["kb_2019_8_r1_0", "论文"]);
    assert_eq!(desk.files("others"), ["稿.doc"]);
}

/// The archive's own folder is what whoever runs the program says it is.
#[test]
fn the_folder_of_an_archive_itself_may_be_a_link() {
    let desk = office();
    fs::create_dir(desk.path("disk")).unwrap();
    symlink(desk.path("disk"), desk.path("archive")).unwrap();
    desk.run(&["archive", "add", "甲.yaml"]).code(0);
    desk.run(&["archive", "verify"]).code(0).reports(&["1个存档件"]);
}

#[test]
fn an_index_is_neither_opened_nor_sealed_through_a_link() {
    let desk = kept();
    desk.write("others/text", "years of work");
    desk.run(&["archive", "index"]).code(0);
    fs::rename(desk.path("archive/index.sqlite"), desk.path("others/index")).unwrap();
    symlink(desk.path("others/index"), desk.path("archive/index.sqlite")).unwrap();
    let before = tree(&desk.path("others"));
    desk.write("乙.yaml", ISSUE.replace("2019", "2020"));
    desk.run(&["archive", "add", "乙.yaml"]).code(0);
    desk.run(&["archive", "search", "活动"]).code(0).reports(&["2020"]);
    assert_eq!(tree(&desk.path("others")), before);
    assert!(desk.path("archive/index.sqlite").symlink_metadata().unwrap().is_file());

    fs::remove_file(desk.path("archive/index.lock")).unwrap();
    symlink(desk.path("others/text"), desk.path("archive/index.lock")).unwrap();
    let cache = desk.path("cache");
    let search = |desk: &Desk| {
        let mut command = desk.command(&["archive", "search", "活动"]);
        command.env("XDG_CACHE_HOME", &cache).output().unwrap().status.code()
    };
    assert_eq!(search(&desk), Some(0));
    // A second name of a file of theirs is no link, and yet not ours.
    fs::remove_file(desk.path("archive/index.lock")).unwrap();
    fs::hard_link(desk.path("others/text"), desk.path("archive/index.lock")).unwrap();
    assert_eq!(search(&desk), Some(0));
    assert_eq!(tree(&desk.path("others")), before);
}

#[test]
fn a_socket_among_the_files_of_a_bag_is_named_without_waiting() {
    let desk = kept();
    let path = desk.path("archive/kb/2019/7/r1/bagit.txt");
    fs::remove_file(&path).unwrap();
    // The name of a socket may be short only.
    let aside = tempfile::tempdir().unwrap();
    let socket = std::os::unix::net::UnixListener::bind(aside.path().join("s")).unwrap();
    fs::rename(aside.path().join("s"), &path).or_else(|_| symlink("/dev/null", &path)).unwrap();
    desk.run(&["archive", "verify"]).code(4).reports(&["bagit.txt", "不是文件"]);
    drop(socket);
}

#[test]
fn what_is_taken_out_takes_no_place_of_a_link() {
    let desk = kept();
    desk.write("others/text", "years of work");
    desk.run(&["archive", "get", "7", "-o", "取"]).code(0);
    let name = desk.path("取/issue.yaml");
    fs::remove_file(&name).unwrap();
    for target in ["others/text", "无", "甲.yaml"] {
        symlink(desk.path(target), &name).unwrap();
        desk.run(&["archive", "get", "7", "-o", "取"]).code(3).says(&["issue.yaml", "内容不同"]);
        assert!(name.symlink_metadata().unwrap().is_symlink());
        fs::remove_file(&name).unwrap();
    }
    assert!(!desk.path("无").exists());
    assert_eq!(fs::read(desk.path("others/text")).unwrap(), b"years of work");
}

#[test]
fn what_is_built_takes_the_place_of_a_link_not_of_its_target() {
    let desk = office();
    desk.write("others/text", "years of work");
    fs::create_dir(desk.path("out")).unwrap();
    let pdf = desk.path("out/青山区工作快报第7期.pdf");
    symlink(desk.path("others/text"), &pdf).unwrap();
    desk.run(&["build", "甲.yaml"]).code(0);
    assert_eq!(fs::read(desk.path("others/text")).unwrap(), b"years of work");
    assert!(pdf.symlink_metadata().unwrap().is_file());
}
