//! Long lists: findings are counted and not all shown, and nothing is slow in the square of them.
//! What is tried here would take hours if it were.

use hongtou::compose::{Document, HeadBlock};
use hongtou::diagnostic::Sources;
use hongtou::issue;
use hongtou::mail::recipients::{self, read, read_table};
use hongtou::mail::{Selection, plan};
use serde_json::{Value, json};

use crate::support::desk::{Desk, ISSUE};
use crate::support::entries::entry;
use crate::support::pages::{bundled, compose, paginate};

const MANY: usize = 20_000;

/// An issue with so many unknown keys.
fn with_slips(count: usize) -> String {
    let items: String =
        (0..count).map(|n| format!("  - {{headlin: 甲{n}, text: 乙。}}\n")).collect();
    ISSUE.replace("text: 近日，区民政局开展活动。\n", &format!("items:\n{items}"))
}

#[test]
fn of_a_long_list_200_findings_are_shown_and_all_counted() {
    let desk = Desk::new();
    desk.write("甲.yaml", with_slips(1000));
    let ended = desk.run(&["build", "甲.yaml"]).code(1);
    assert_eq!(ended.err.matches("错误：").count(), 200, "{}", ended.err);
    ended.says(&["提示：另有800个错误没有列出，共1000处", "没有生成：1000个错误"]);

    let ended = desk.run(&["build", "甲.yaml", "--format", "json"]).code(1);
    let said: Value = serde_json::from_str(&ended.out).unwrap();
    let issue = &said["issues"][0];
    assert_eq!(issue["findings_total"], 1000);
    let findings = issue["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 201);
    assert_eq!(findings[200]["message"], "另有800个错误没有列出，共1000处");
}

/// They come from another stage than the reader.
#[test]
fn findings_that_no_reader_counted_are_limited_too() {
    let desk = Desk::new();
    let items: String = (0..700).map(|_| "  - text: 甲\u{13a0}乙。\n".to_owned()).collect();
    let text = ISSUE.replace("text: 近日，区民政局开展活动。\n", &format!("items:\n{items}"));
    desk.write("甲.yaml", text);
    let ended = desk.run(&["build", "甲.yaml"]).code(1);
    assert!(ended.err.matches("错误：").count() <= 200, "{}", ended.err.len());
    let few = "items:\n  - text: 甲\u{13a0}乙。\n";
    desk.write("甲.yaml", ISSUE.replace("text: 近日，区民政局开展活动。\n", few));
    let ended = desk.run(&["build", "甲.yaml"]).code(1);
    assert!(!ended.err.contains("没有列出"), "{}", ended.err);
}

#[test]
fn places_of_many_findings_in_a_long_file_are_found_at_once() {
    let desk = Desk::new();
    // One line of a megabyte, and a megabyte of lines.
    let flow: String = (0..MANY).map(|n| format!("{{headlin: 甲{n}, text: 乙。}}, ")).collect();
    let line = ISSUE.replace("text: 近日，区民政局开展活动。\n", &format!("items: [{flow}]\n"));
    desk.write("甲.yaml", line);
    desk.write("乙.yaml", with_slips(MANY));
    for (name, place) in [("甲.yaml", "甲.yaml:3:5273"), ("乙.yaml", "乙.yaml:203:6")] {
        let ended = desk.run(&["build", name]).code(1);
        ended.says(&[&format!("共{MANY}处"), place]);
    }
}

#[test]
fn a_registry_of_many_units_is_read_at_once() {
    let mut text = String::from("单位:\n");
    (0..3 * MANY).for_each(|n| text.push_str(&format!("  - 单位{n}\n")));
    let mut sources = Sources::default();
    let file = sources.add("名录.yaml", text);
    assert_eq!(issue::read_registry_file(&sources, file).unwrap().units.len(), 3 * MANY);
}

#[test]
fn a_table_of_many_groups_becomes_a_list_at_once() {
    const ROWS: usize = 6000;
    let mut table = String::from("分送,组,邮箱\n");
    (0..ROWS).for_each(|n| table.push_str(&format!("报,单位{n},u{n}@example.cn\n")));
    let mut sources = Sources::default();
    let file = sources.add("表.csv", table);
    let (rows, _) = read_table(&sources, file, None, None).unwrap();
    let merged = recipients::merge(None, rows.clone()).unwrap();
    assert_eq!((merged.added.len(), merged.same), (ROWS, 0));
    // And into a list that has as many.
    let list = sources.add("recipients.yaml", merged.text.as_str());
    let (directory, _) = read(&sources, list).unwrap();
    let again = recipients::merge(Some((&merged.text, &directory)), rows).unwrap();
    assert_eq!((again.added.len(), again.same), (0, ROWS));
    assert_eq!(again.text, merged.text);
    // One more in each group.
    let more: String = (0..ROWS).map(|n| format!("报,单位{n},v{n}@example.cn\n")).collect();
    let file = sources.add("表.csv", format!("分送,组,邮箱\n{more}"));
    let (rows, _) = read_table(&sources, file, Some(&directory), None).unwrap();
    let third = recipients::merge(Some((&merged.text, &directory)), rows).unwrap();
    assert_eq!(third.added.len(), ROWS);
    assert!(third.text.contains("  单位7:\n    - u7@example.cn\n    - v7@example.cn\n"));
}

fn printed(names: &[String]) -> hongtou::archive::Entry {
    let entry = entry("jb/2019/7/r1", "2019-03-14", &[]);
    let mut value = serde_json::to_value(entry).unwrap();
    value["distribution"] = json!([{ "label": "报", "names": names }]);
    serde_json::from_value(value).unwrap()
}

#[test]
fn many_printed_groups_are_planned_at_once() {
    let names: Vec<String> = (0..MANY).map(|n| format!("单位{n}")).collect();
    let mut list = String::from("报:\n");
    names.iter().for_each(|name| list.push_str(&format!("  {name}: u@example.cn\n")));
    let mut sources = Sources::default();
    let file = sources.add("recipients.yaml", list);
    let (directory, _) = read(&sources, file).unwrap();
    let planned = plan(&printed(&names), &directory, &Selection::default()).unwrap();
    assert_eq!(planned.messages.len(), 1);
    assert_eq!(planned.messages[0].recipient.groups.len(), MANY);
    // None of them is printed: each is a finding, those that are shown with advice.
    let others: Vec<String> = (0..MANY).map(|n| format!("部门{n}")).collect();
    let findings = plan(&printed(&others), &directory, &Selection::default()).unwrap_err();
    assert_eq!(findings.len(), 2 * MANY);
}

/// Paragraphs beyond those that are kept set are set again, the same.
#[test]
fn a_long_issue_has_the_pages_that_its_parts_have() {
    let text = "持续做好占道经营整治工作，共立案121起，罚款2.3万余元，处罚量达到举报量的318%。";
    let items: String = (0..6000).map(|_| format!("  - text: {text}\n")).collect();
    let issue = ISSUE.replace("text: 近日，区民政局开展活动。\n", &format!("items:\n{items}"));
    let pages = paginate(&issue, bundled("kuaibao")).unwrap();
    let lines = &pages.report.lines;
    let first: Vec<_> = lines.iter().filter(|line| line.block == lines[0].block).collect();
    let last = lines.iter().rev().find(|line| line.line == 0).unwrap();
    assert_eq!(last.text, first[0].text);
    assert_eq!((last.adjustment, last.off_grid), (first[0].adjustment, first[0].off_grid));
    assert_eq!(lines.iter().filter(|line| line.line == 0).count(), 6000);
}

#[test]
fn a_paragraph_that_would_fill_the_memory_is_refused_by_name() {
    let text = "甲".repeat(10_000);
    let points = |count| {
        let points: String = (0..count).map(|_| format!("      - {text}\n")).collect();
        let items = format!("items:\n  - headline: 题目\n    points:\n{points}");
        ISSUE.replace("text: 近日，区民政局开展活动。\n", &items)
    };
    let desk = Desk::new();
    desk.write("甲.yaml", points(51));
    let ended = desk.run(&["build", "甲.yaml"]).code(1);
    ended.says(&["一段有51万字，一段最多50万字", "分到几条信息里", "甲.yaml:"]);
}

/// Each keyword once, however many units there are.
#[test]
fn keywords_of_many_units_are_gathered_at_once() {
    let items: String =
        (0..MANY).map(|n| format!("  - {{text: 甲。, source: 单位{}}}\n", n / 2)).collect();
    let issue = ISSUE.replace("text: 近日，区民政局开展活动。\n", &format!("items:\n{items}"));
    let Document { metadata, head, .. } = compose(&issue, bundled("kuaibao")).document;
    // As many as a PDF/A may have; two of each unit came.
    assert_eq!(metadata.keywords[..3], ["第7期", "单位0", "单位1"]);
    let bytes: usize =
        metadata.keywords.iter().map(|word| 2 * word.encode_utf16().count() + 4).sum();
    assert!((31_000..=32_000).contains(&bytes), "{bytes}");
    assert!(head.iter().any(|block| matches!(block, HeadBlock::Line { .. })));
}

#[test]
fn of_many_flaws_of_an_archive_200_are_shown_and_all_counted() {
    let desk = Desk::with_issue();
    desk.run(&["archive", "add", "甲.yaml", "--series", "qs"]).code(0);
    for number in 0..230 {
        desk.write(&format!("archive/qs/2019/多出{number}.txt"), "");
    }
    let ended = desk.run(&["archive", "verify"]).code(4);
    assert_eq!(ended.out.lines().filter(|line| line.contains("多出“")).count(), 200);
    ended.reports(&["另有30处没有列出", "发现230处问题"]);
    let ended = desk.run(&["archive", "verify", "--format", "json"]).code(4);
    let found: Value = ended.out.parse().unwrap();
    assert_eq!(found["flaws"].as_array().unwrap().len(), 200);
    assert_eq!(found["flaws_total"], 230);
}
