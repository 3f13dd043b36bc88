//! `archive add`: what is kept, what is refused, what is said.

use std::fs;

use serde_json::Value;

use super::{FIRST, kept, numbered, office, tree};
use crate::support::desk::{Desk, ISSUE};

#[test]
fn a_bag_has_everything_of_the_issue() {
    let desk = office();
    let ended = desk.run(&["archive", "add", "甲.yaml"]).code(0);
    assert_eq!(ended.out, "kb/2019/7/r1：《青山区工作快报第7期》已存档，1页\n");
    assert_eq!(ended.err, "注意：还没有存档，新建“archive”\n");
    let names =
        ["bag-info.txt", "bagit.txt", "data", "manifest-sha256.txt", "tagmanifest-sha256.txt"];
    assert_eq!(desk.files(FIRST), names);
    let names = [
        "build.json",
        "issue.json",
        "issue.yaml",
        "layout.yaml",
        "青山区工作快报第7期.docx",
        "青山区工作快报第7期.pdf",
    ];
    assert_eq!(desk.files(&format!("{FIRST}/data")), names);
    assert_eq!(fs::read(desk.path(FIRST).join("data/issue.yaml")).unwrap(), ISSUE.as_bytes());
    let info = fs::read_to_string(desk.path(FIRST).join("bag-info.txt")).unwrap();
    for line in [
        "Source-Organization: 青山区办公室",
        "External-Description: 青山区工作快报第7期",
        "External-Identifier: kb/2019/7/r1",
        "期号: 第7期",
        "日期: 2019-03-14",
    ] {
        assert!(info.lines().any(|l| l == line), "{line} not in\n{info}");
    }
    assert_eq!(desk.files("archive/kb/2019"), ["7", "ledger.txt"]);
    assert_eq!(desk.files("archive/.unfinished"), [""; 0]);
}

#[test]
fn the_pdf_of_a_bag_can_be_made_again_from_what_is_inside() {
    let desk = kept();
    let pdf = format!("{FIRST}/data/青山区工作快报第7期.pdf");
    desk.run(&["verify", &pdf]).code(0).reports(&["一致"]);
    // What was in force of hongtou.yaml lies beside it.
    let with_defaults = "series: kb\ndefaults: {contact: {phone: \"61806756\"}}\n";
    desk.write("hongtou.yaml", with_defaults);
    desk.write("乙.yaml", numbered(8));
    desk.run(&["archive", "add", "乙.yaml"]).code(0);
    let config = fs::read_to_string(desk.path("archive/kb/2019/8/r1/data/hongtou.yaml")).unwrap();
    assert!(config.contains("61806756") && !config.contains("series"), "{config}");
}

#[test]
fn the_same_issue_again_is_not_kept_twice() {
    let desk = kept();
    let before = tree(&desk.path("archive"));
    desk.run(&["archive", "add", "甲.yaml"]).code(0).reports(&["完全相同，不必再存"]);
    // Nor as a correction that corrects nothing.
    desk.run(&["archive", "add", "甲.yaml", "--correction", "无"]).code(0).reports(&["完全相同"]);
    assert_eq!(tree(&desk.path("archive")), before);
}

#[test]
fn the_same_content_in_other_files_is_there_already() {
    let desk = kept();
    let before = tree(&desk.path("archive"));
    let again = ["archive", "add", "甲.yaml", "--docx-fonts", "windows"];
    desk.run(&again).code(0).reports(&["内容相同，不必再存", "--correction"]);
    assert_eq!(tree(&desk.path("archive")), before);
    let again = [&again[..], &["--correction", "换字体"]].concat();
    desk.run(&again).code(0).reports(&["kb/2019/7/r2"]);
}

#[test]
fn other_content_is_a_correction_or_refused() {
    let desk = kept();
    let before = tree(&desk.path("archive"));
    desk.write("甲.yaml", ISSUE.replace("开展活动", "开展志愿活动"));
    desk.run(&["archive", "add", "甲.yaml"])
        .code(1)
        .says(&["已有“kb/2019/7”，内容不同", "--correction"]);
    assert_eq!(tree(&desk.path("archive")), before);
    let reason = "更正第1页\n的活动名称";
    desk.run(&["archive", "add", "甲.yaml", "--correction", reason])
        .code(0)
        .reports(&["kb/2019/7/r2", "更正r1，旧版保留"]);
    // What was there is there, unchanged.
    let after = tree(&desk.path("archive"));
    let kept = before.iter().filter(|(name, _)| !name.ends_with("ledger.txt"));
    assert!(kept.clone().count() > 10);
    kept.for_each(|(name, bytes)| assert_eq!(&after[name], bytes, "{name}"));
    let info = fs::read_to_string(desk.path("archive/kb/2019/7/r2/bag-info.txt")).unwrap();
    assert!(info.contains("更正: kb/2019/7/r1\n更正原因: 更正第1页 的活动名称\n"), "{info}");
    desk.run(&["archive", "show", "7"]).code(0).reports(&["r1  首次存档", "r2  更正：更正第1页"]);
    desk.run(&["archive", "verify"]).code(0).reports(&["2个存档件", "全部完好"]);
}

#[test]
fn what_a_correction_replaced_is_not_taken_for_another_content() {
    let desk = kept();
    desk.write("新.yaml", ISSUE.replace("开展活动", "开展志愿活动"));
    desk.run(&["archive", "add", "新.yaml", "--correction", "改名称"]).code(0);
    let before = tree(&desk.path("archive"));
    desk.run(&["archive", "add", "甲.yaml"]).code(1).says(&[
        "与存档里的“kb/2019/7”第1版相同，它已被第2版更正，没有存",
        "archive get kb/2019/7",
    ]);
    assert_eq!(tree(&desk.path("archive")), before);
    // Back to the old words, when that is meant.
    desk.run(&["archive", "add", "甲.yaml", "--correction", "改回"])
        .code(0)
        .reports(&["kb/2019/7/r3"]);
}

#[test]
fn nothing_is_corrected_that_is_not_there() {
    let desk = office();
    desk.run(&["archive", "add", "甲.yaml", "--correction", "改"]).code(1).says(&["无从更正"]);
    assert_eq!(desk.files("archive"), [""; 0]);
}

#[test]
fn an_issue_with_errors_keeps_the_others_out_too() {
    let desk = office();
    desk.write("乙.yaml", numbered(8).replace("2019-03-14", "2019-02-30"));
    desk.write("丙.yaml", numbered(9).replace("开展", "\u{10FFFD}"));
    desk.run(&["archive", "add", "甲.yaml", "乙.yaml", "丙.yaml", "丁.yaml"]).code(3).says(&[
        "2019-02-30",
        "丙.yaml",
        "找不到文件“丁.yaml”",
        "什么都没有存",
    ]);
    assert_eq!(desk.files("archive"), [""; 0]);
}

#[test]
fn two_files_of_one_issue_are_named() {
    let desk = office();
    desk.write("乙.yaml", ISSUE);
    desk.run(&["archive", "add", "甲.yaml", "乙.yaml"])
        .code(1)
        .says(&["“甲.yaml”和“乙.yaml”都是“kb/2019/7”"]);
    assert_eq!(desk.files("archive"), [""; 0]);
}

#[test]
fn a_bulletin_without_a_short_name_is_asked_for_one() {
    let desk = Desk::with_issue();
    desk.run(&["archive", "add", "甲.yaml"]).code(3).says(&["刊名代号", "刊名代号: mtg-kuaibao"]);
    desk.run(&["archive", "add", "甲.yaml", "--series", "快报"]).code(2).says(&["小写"]);
    desk.run(&["archive", "add", "甲.yaml", "--series", "kb"]).code(0);
}

#[test]
fn what_is_made_of_an_issue_is_no_issue() {
    let desk = office();
    desk.run(&["build", "甲.yaml"]).code(0);
    for ending in ["pdf", "docx"] {
        let file = format!("out/青山区工作快报第7期.{ending}");
        desk.run(&["archive", "add", &file]).code(3).says(&["不是简报的内容", "YAML"]);
    }
}

#[test]
fn the_kinds_of_issues_have_numbers_of_their_own() {
    let desk = office();
    for (name, kind) in [("乙.yaml", "增刊"), ("丙.yaml", "专刊")] {
        desk.write(name, ISSUE.replace("number: 7", &format!("number: 7, kind: {kind}")));
    }
    desk.run(&["archive", "add", "甲.yaml", "乙.yaml", "丙.yaml"]).code(0).reports(&[
        "kb/2019/7/r1",
        "kb/2019/s7/r1",
        "kb/2019/z7/r1",
    ]);
}

#[test]
fn sm3_manifests_stand_beside_the_others_where_they_are_wanted() {
    let desk = office();
    desk.write("hongtou.yaml", "刊名代号: kb\n存档: {国密校验: 是}\n");
    desk.run(&["archive", "add", "甲.yaml"]).code(0);
    let names = desk.files(FIRST);
    for name in ["manifest-sm3.txt", "tagmanifest-sm3.txt"] {
        assert!(names.iter().any(|other| other == name), "{names:?}");
    }
    desk.run(&["archive", "verify"]).code(0).reports(&["全部完好"]);
}

#[test]
fn programs_are_told_the_same() {
    let desk = office();
    desk.write("乙.yaml", numbered(8));
    desk.run(&["archive", "add", "甲.yaml"]).code(0);
    let ended = desk.run(&["archive", "add", "甲.yaml", "乙.yaml", "--format", "json"]).code(0);
    let said: Value = serde_json::from_str(&ended.out).unwrap();
    let results: Vec<_> =
        said["issues"].as_array().unwrap().iter().map(|one| &one["result"]).collect();
    assert_eq!(results, ["same", "new"]);
    assert_eq!(said["exit"], "done");
}

#[test]
fn an_issue_from_standard_input_is_kept() {
    let desk = office();
    desk.run_with_input(&["archive", "add", "-"], ISSUE.as_bytes())
        .code(0)
        .reports(&["kb/2019/7/r1"]);
}

/// What is kept cannot be taken out again, so another bulletin is not kept under a name in use.
#[test]
fn another_bulletin_needs_a_series_of_its_own() {
    let desk = office();
    desk.run(&["archive", "add", "甲.yaml"]).code(0).says(&["新建“archive”"]);
    let other = ISSUE.replace("青山区, name", "绿水县, name").replace("number: 7", "number: 8");
    desk.write("乙.yaml", other);
    let ended = desk.run(&["archive", "add", "乙.yaml"]).code(1);
    ended.says(&["“kb”", "《青山区工作快报》", "《绿水县工作快报》", "--series kb"]);
    desk.run(&["archive", "add", "乙.yaml", "--series", "lsx"]).code(0);
    desk.run(&["archive", "add", "乙.yaml", "--series", "kb"]).code(0);
}
