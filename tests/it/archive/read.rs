//! `archive list`, `show`, `get`.

use std::fs;

use serde_json::Value;

use super::{FIRST, kept, numbered, office};
use crate::support::desk::ISSUE;

#[test]
fn get_writes_the_files_back_byte_for_byte() {
    let desk = kept();
    desk.run(&["archive", "get", "7", "-o", "取"]).code(0).reports(&["6个文件"]);
    let names = desk.files("取");
    assert_eq!(names.len(), 6);
    for name in names {
        let bytes = |folder: &str| fs::read(desk.path(folder).join(&name)).unwrap();
        assert!(bytes("取") == bytes(&format!("{FIRST}/data")), "{name}");
    }
    // Again into the same place: the same files are there.
    desk.run(&["archive", "get", "第7期", "-o", "取"]).code(0);
    desk.run(&["archive", "get", "7"]).code(0).reports(&["out/青山区工作快报第7期"]);
}

#[test]
fn get_overwrites_nothing() {
    let desk = kept();
    desk.write("取/issue.yaml", "别的");
    desk.run(&["archive", "get", "7", "-o", "取"]).code(3).says(&["issue.yaml", "什么都没有取出"]);
    assert_eq!(desk.files("取"), ["issue.yaml"]);
}

#[test]
fn get_gives_nothing_back_that_is_not_as_it_was() {
    let desk = kept();
    desk.write(&format!("{FIRST}/data/issue.yaml"), "改过");
    desk.run(&["archive", "get", "7", "-o", "取"]).code(3).says(&["issue.yaml", "被改动过"]);
    assert_eq!(desk.files("取"), [""; 0]);
}

#[test]
fn a_number_alone_is_the_latest_revision() {
    let desk = kept();
    desk.write("甲.yaml", ISSUE.replace("活动", "志愿活动"));
    desk.run(&["archive", "add", "甲.yaml", "--correction", "改"]).code(0);
    desk.run(&["archive", "get", "7", "-o", "新"]).code(0).reports(&["kb/2019/7/r2"]);
    desk.run(&["archive", "get", "7", "--revision", "1", "-o", "旧"]).code(0);
    desk.run(&["archive", "get", "kb/2019/7/r1", "-o", "旧"]).code(0);
    desk.run(&["archive", "get", "7", "--revision", "3"]).code(3).says(&["没有第3版", "第2版"]);
    assert_eq!(fs::read(desk.path("旧/issue.yaml")).unwrap(), ISSUE.as_bytes());
    assert_ne!(fs::read(desk.path("新/issue.yaml")).unwrap(), ISSUE.as_bytes());
}

#[test]
fn a_number_that_can_mean_several_issues_is_asked_about() {
    let desk = kept();
    desk.write("乙.yaml", ISSUE.replace("2019", "2020"));
    desk.run(&["archive", "add", "乙.yaml"]).code(0);
    desk.run(&["archive", "add", "乙.yaml", "--series", "jb"]).code(0);
    desk.run(&["archive", "show", "7"]).code(2).says(&["不止一期", "kb/2019/7", "--year"]);
    desk.run(&["archive", "show", "7", "--year", "2019"]).code(0).reports(&["kb/2019/7/r1"]);
    desk.run(&["archive", "show", "2020/7"]).code(2).says(&["jb/2020/7"]);
    desk.run(&["archive", "show", "2020/7", "--series", "jb"]).code(0);
    desk.run(&["archive", "show", "jb/2020/7"]).code(0).reports(&["jb/2020/7/r1"]);
    desk.run(&["archive", "show", "增刊第7期"]).code(3).says(&["没有“增刊第7期”"]);
}

#[test]
fn a_series_that_the_archive_has_not_is_said_with_those_it_has() {
    let desk = kept();
    let says = ["没有刊名代号“nope”", "存档里有：kb"];
    for command in [
        &["list"][..],
        &["list", "--format", "json"],
        &["stats"],
        &["search"],
        &["search", "活动", "--series", "kb"],
        &["verify"],
        &["show", "7"],
        &["get", "7"],
    ] {
        let all = [&["archive"], command, &["--series", "nope"]].concat();
        let ended = desk.run(&all).code(3).says(&says);
        assert!(ended.out.is_empty(), "{all:?}: {}", ended.out);
    }
    desk.run(&["archive", "list", "--series", "kv"]).code(3).says(&["是否应为“kb”？"]);
    desk.run(&["archive", "list", "--series", "kb"]).code(0).reports(&["共1期"]);
}

#[test]
fn the_list_is_a_table_for_people_and_for_programs() {
    let desk = office();
    desk.write("乙.yaml", numbered(10));
    desk.write("丙.yaml", ISSUE.replace("2019", "2020").replace("青山区办公室", "民政局"));
    desk.run(&["archive", "add", "甲.yaml", "乙.yaml", "丙.yaml"]).code(0);
    let ended = desk.run(&["archive", "list"]).code(0);
    let table = "\
存档号      版  日期        期号    页  条  刊名
kb/2019/7   r1  2019-03-14  第7期    1   1  青山区工作快报
kb/2019/10  r1  2019-03-14  第10期   1   1  青山区工作快报
kb/2020/7   r1  2020-03-14  第7期    1   1  青山区工作快报
共3期
";
    assert_eq!(ended.out, table);
    for (filter, found) in [
        (&["--year", "2019"][..], &["kb/2019/7", "kb/2019/10"][..]),
        (&["--number", "7"], &["kb/2019/7", "kb/2020/7"]),
        (&["--office", "民政"], &["kb/2020/7"]),
        (&["--series", "kb", "--year", "2018"], &[]),
    ] {
        let ended = desk.run(&[&["archive", "list", "--format", "json"], filter].concat()).code(0);
        let said: Value = serde_json::from_str(&ended.out).unwrap();
        let holdings = said["issues"].as_array().unwrap().iter().map(|one| one["holding"].as_str());
        let ids: Vec<_> = holdings.map(|one| one.unwrap().trim_end_matches("/r1")).collect();
        assert_eq!(ids, found, "{filter:?}");
    }
    let csv = desk.run(&["archive", "list", "--format", "csv"]).code(0).out;
    assert!(csv.starts_with("\u{feff}存档号,版,日期"), "{csv}");
    assert_eq!(csv.lines().count(), 4);
}

#[test]
fn a_damaged_entry_does_not_hide_the_others() {
    let desk = kept();
    desk.write("乙.yaml", numbered(8));
    desk.run(&["archive", "add", "乙.yaml"]).code(0);
    desk.write(&format!("{FIRST}/data/issue.json"), "{");
    desk.run(&["archive", "list"])
        .code(4)
        .says(&["kb/2019/7/r1/data/issue.json"])
        .reports(&["kb/2019/8", "共1期"]);
}
