//! Searching an archive.

use std::path::Path;

use hongtou::archive::Entry;
use hongtou::archive::period::{Moment, Period};
use hongtou::archive::search::{Found, Query, search};
use hongtou::build;
use hongtou::diagnostic::Sources;
use hongtou::page;
use tempfile::TempDir;

use crate::generator;
use crate::support::desk::Desk;
use crate::support::entries::{archive, entry, entry_of, item, places, put, roundup};
use crate::support::pages::{ISSUE_155, bundled, fonts};

fn words(words: &[&str]) -> Query {
    Query { words: words.iter().map(|word| (*word).to_owned()).collect(), ..Query::default() }
}

fn find(folder: &Path, query: &Query) -> Found {
    search(&archive(folder), &places(folder), &|_, _| {}, query).unwrap()
}

/// `155 name` of each hit.
fn names(found: &Found) -> Vec<String> {
    let number = |issue: &str| issue.split('/').nth(2).unwrap().to_owned();
    found.hits.iter().map(|hit| format!("{} {}", number(&hit.issue), hit.name)).collect()
}

fn shelf(entries: &[Entry]) -> TempDir {
    let folder = TempDir::new().unwrap();
    entries.iter().for_each(|entry| put(folder.path(), entry));
    folder
}

/// Three issues of 2019; the second has a correction.
fn small() -> Vec<Entry> {
    vec![
        entry(
            "jb/2019/1/r1",
            "2019-01-10",
            &[
                item(
                    "甲街道开展志愿服务。居民满意。",
                    "生活环境",
                    &["甲街道"],
                    &["Ⅲ-17 志愿服务活动"],
                ),
                item(
                    "乙镇整治环境；清理垃圾。",
                    "生活环境",
                    &["乙镇", "区城管局"],
                    &["Ⅲ-58 城市精细化管理"],
                ),
            ],
        ),
        entry(
            "jb/2019/2/r1",
            "2019-02-10",
            &[item(
                "区民政局慰问老人，志愿者参与。",
                "政务环境",
                &["区民政局"],
                &["Ⅲ-17 志愿服务活动"],
            )],
        ),
        entry(
            "jb/2019/2/r2",
            "2019-02-10",
            &[item(
                "区民政局慰问困难老人，志愿者参与。",
                "政务环境",
                &["区民政局"],
                &["Ⅲ-17 志愿服务活动"],
            )],
        ),
        entry(
            "jb/2019/3/r1",
            "2019-03-10",
            &[
                roundup("甲街道：开展活动。区民政局：走访。", "简讯", &["甲街道", "区民政局"], &[]),
                item("无人署名的一条。ＡＢＣ系统，第Ⅳ类、Ⅲ类；３～５天。", "", &[], &[]),
            ],
        ),
    ]
}

#[test]
fn issue_155_is_found_by_words_of_any_length() {
    let folder = shelf(&[entry_of(ISSUE_155, "mtg-kuaibao")]);
    for (word, count) in [
        ("志愿服务", 1),
        ("志愿", 1),
        ("志", 1),
        ("厕", 1),
        ("大拇指点赞志愿服务活动", 1),
        ("“痛点”对症", 1),
        ("痛点对症“开药方”", 1),
        ("logo", 1),
        ("ＬＯＧＯ", 1),
        ("12345", 2),
        ("1234", 0),
        ("MC00-0100-0001～0003", 1),
        ("文明交通有我参与", 1),
        ("iii-58", 2),
        ("提升整治效果强化网格", 0),
        ("没有的词", 0),
    ] {
        let found = find(folder.path(), &words(&[word]));
        assert_eq!(found.total, count, "{word}: {:?}", names(&found));
    }
    let found = find(folder.path(), &words(&["志愿服务"]));
    let hit = &found.hits[0];
    assert_eq!(
        (hit.subject.as_str(), hit.page, hit.name.as_str()),
        ("第155期", 3, "本刊综合：区民政局")
    );
    assert_eq!(hit.section.as_deref(), Some("文明道德风尚培育"));
    assert_eq!(hit.units, ["区民政局", "区民防局", "区食药监局"]);
    let excerpt = &hit.excerpts[0];
    let (start, end) = excerpt.marks[0];
    let marked: String = excerpt.text.chars().skip(start).take(end - start).collect();
    assert_eq!(marked, "志愿服务");
    assert!(excerpt.text.ends_with("此项活动。"));
}

/// Where a paragraph goes on to another page is counted in characters of its lines.
#[test]
fn every_character_of_an_entry_stands_on_the_page_it_is_printed_on() {
    let mut turned = 0;
    for yaml in (0..25).map(generator::issue).chain([ISSUE_155.to_owned()]) {
        let mut sources = Sources::default();
        let file = sources.add("test.yaml", yaml.as_str());
        let (issue, _) = hongtou::issue::read_issue(&sources, file, None).unwrap();
        let composed = build::compose(&issue, bundled("kuaibao")).unwrap();
        let pages = page::paginate(&composed.document, &composed.layout, fonts()).unwrap();
        let entry = entry_of(&yaml, "jb");
        let nodes = composed.document.nodes();
        let items = nodes.iter().filter(|node| node.kind == hongtou::compose::Kind::Item);
        let items: Vec<_> = items.map(|node| node.id.clone()).collect();
        let mut blocks: Vec<usize> = (0..pages.blocks.len()).collect();
        for (index, item) in entry.items.iter().enumerate() {
            for paragraph in &item.paragraphs {
                let at = blocks.iter().position(|block| {
                    let block = &pages.blocks[*block];
                    block.within.item() == Some(&items[index]) && block.text == paragraph.text
                });
                let block = blocks.remove(at.expect("its block"));
                let mut at = 0;
                let characters: Vec<char> = paragraph.text.chars().collect();
                for line in pages.report.lines.iter().filter(|line| line.block == block) {
                    for c in line.text.chars().filter(|c| !c.is_whitespace()) {
                        while characters[at].is_whitespace() {
                            at += 1;
                        }
                        assert_eq!(characters[at], c, "{}\n{}", paragraph.text, line.text);
                        assert_eq!(paragraph.page_of(at), line.page, "{at} of {}", paragraph.text);
                        at += 1;
                    }
                }
                turned += paragraph.turns.len();
            }
        }
    }
    assert!(turned > 10, "{turned}");
}

#[test]
fn several_words_must_all_be_in_the_item() {
    let folder = shelf(&small());
    let found = find(folder.path(), &words(&["志愿 居民"]));
    assert_eq!(names(&found), ["1 甲街道开展志愿服"]);
    let sentences: Vec<&str> = found.hits[0].excerpts.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(sentences, ["甲街道开展志愿服务。", "居民满意。"]);
    assert_eq!(find(folder.path(), &words(&["志愿", "垃圾"])).total, 0);
}

#[test]
fn a_query_is_never_a_language() {
    let folder = shelf(&small());
    for word in [
        "“",
        "\"",
        "'",
        "*",
        "志愿*",
        "志愿 OR",
        "NOT 志愿",
        "text:志愿",
        "(志愿",
        "志愿)",
        "^志愿",
        "NEAR(志 愿)",
        "志愿\"",
        "“志愿",
        "{text}",
        "-志愿",
        "+",
        "\\",
        "%",
        "\0志愿",
        "；",
    ] {
        let found = find(folder.path(), &words(&[word]));
        assert!(found.hits.len() <= 5, "{word}");
    }
    assert_eq!(find(folder.path(), &words(&["志愿*"])).total, 2);
    assert_eq!(find(folder.path(), &words(&["（志愿）服务”"])).total, 1);
    assert_eq!(find(folder.path(), &words(&["abc系统第iv类"])).total, 1);
    assert_eq!(find(folder.path(), &words(&["3-5天"])).total, 1);
}

#[test]
fn the_newest_come_first_and_only_the_latest_revision() {
    let folder = shelf(&small());
    let all = find(folder.path(), &Query::default());
    assert_eq!(
        names(&all),
        [
            "3 甲街道：开展活动",
            "3 无人署名的一条。",
            "2 区民政局慰问困难",
            "1 甲街道开展志愿服",
            "1 乙镇整治环境；清",
        ]
    );
    assert_eq!(find(folder.path(), &words(&["慰问老人"])).total, 0);
    let query = Query { all_revisions: true, ..words(&["慰问老人"]) };
    let found = find(folder.path(), &query);
    assert!(found.hits[0].superseded && found.hits[0].issue == "jb/2019/2/r1");
    let limited = find(folder.path(), &Query { limit: Some(2), ..Query::default() });
    assert_eq!((limited.hits.len(), limited.total), (2, 5));
    assert_eq!(names(&limited), names(&all)[..2]);
}

#[test]
fn units_indicators_sections_and_dates_narrow_it() {
    let folder = shelf(&small());
    let with = |change: &dyn Fn(&mut Query)| {
        let mut query = Query::default();
        change(&mut query);
        names(&find(folder.path(), &query)).join("|")
    };
    let one = |text: &str| vec![text.to_owned()];
    assert_eq!(with(&|q| q.units = one("区民政局")), "3 甲街道：开展活动|2 区民政局慰问困难");
    assert_eq!(with(&|q| q.units = one("民政")), "3 甲街道：开展活动|2 区民政局慰问困难");
    assert_eq!(with(&|q| q.units = one("区城管局")), "1 乙镇整治环境；清");
    for code in ["Ⅲ-17", "III-17", "iii-17", "ⅲ－17", "Ⅲ-17 志愿服务活动", "志愿服务"]
    {
        let found = with(&|q| q.references = one(code));
        assert_eq!(found, "2 区民政局慰问困难|1 甲街道开展志愿服", "{code}");
    }
    assert_eq!(with(&|q| q.references = one("Ⅲ-1")), "");
    assert_eq!(with(&|q| q.sections = one("政务环境")), "2 区民政局慰问困难");
    assert_eq!(with(&|q| q.series = one("jb")).matches('|').count(), 4);
    assert_eq!(with(&|q| q.series = one("j")), "");
    let moment = |text: &str| text.parse::<Moment>().unwrap();
    let period =
        |from: &str, to: &str| Period { from: Some(moment(from).first), to: Some(moment(to).last) };
    assert_eq!(with(&|q| q.period = period("2019-02", "2019年2月")), "2 区民政局慰问困难");
    assert_eq!(with(&|q| q.period = period("2018", "2018")), "");
    assert_eq!(with(&|q| q.period = period("2019-01-10", "2019-01-10")).matches('|').count(), 1);
    let both = Query { units: one("甲街道"), ..words(&["志愿"]) };
    assert_eq!(names(&find(folder.path(), &both)), ["1 甲街道开展志愿服"]);
}

#[test]
fn nothing_found_comes_with_advice() {
    let folder = shelf(&small());
    let hints = |query: Query| find(folder.path(), &query).hints.join("\n");
    let said = hints(words(&["志愿 垃圾"]));
    assert!(said.contains("单独找“志愿”，有2条") && said.contains("单独找“垃圾”，有1条"), "{said}");
    let said = hints(Query { units: vec!["区民正局".to_owned()], ..words(&["志愿"]) });
    assert!(said.contains("没有单位“区民正局”；是否应为“区民政局”？"), "{said}");
    assert!(said.contains("不加其他条件，有2条"), "{said}");
}

#[test]
fn the_command_shows_issue_page_section_units_and_the_marked_sentence() {
    let desk = Desk::new();
    put(&desk.path("archive"), &entry_of(ISSUE_155, "mtg-kuaibao"));
    let ended = desk.run(&[
        "archive",
        "search",
        "志愿服务",
        "--unit",
        "区民政局",
        "--ref",
        "Ⅲ-17",
        "--from",
        "2019-01",
        "--to",
        "2019-03",
    ]);
    let ended = ended.code(0);
    assert_eq!(ended.out, "\
2019-03-14  第155期  第3页  文明道德风尚培育
  本刊综合：区民政局  区民政局、区民防局、区食药监局  Ⅲ-17志愿服务活动
    本刊综合：区民政局：11日，区社区服务中心自发在门头沟路圈门地区开展“文明交通　有我参与”大拇指点赞「志愿服务」活动，并定于每月在此开展此项活动。
共1条
");
    assert_eq!(ended.err, "");
    let colored = desk.run(&["archive", "search", "志愿服务", "--color", "always"]).code(0);
    assert!(colored.out.contains("\u{1b}[1;31m志愿服务\u{1b}[0m活动"), "{}", colored.out);
    let json = desk.run(&["archive", "search", "志愿", "--format", "json"]).code(0);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["hits"][0]["issue"], "mtg-kuaibao/2019/155/r1");
    assert_eq!(json["hits"][0]["excerpts"][0]["marks"][0], serde_json::json!([50, 52]));
    let csv = desk.run(&["archive", "search", "志愿", "--format", "csv"]).code(0);
    assert!(csv.out.starts_with("\u{feff}日期,刊名,期号,"), "{}", csv.out);
    let mut reader = csv::Reader::from_reader(csv.out.trim_start_matches('\u{feff}').as_bytes());
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!((&row[2], &row[4], &row[7]), ("第155期", "3", "区民政局、区民防局、区食药监局"));
}

#[test]
fn the_command_says_what_is_wrong() {
    let desk = Desk::new();
    desk.run(&["archive", "search", "甲"]).code(3).says(&["没有存档“archive”", "--archive"]);
    put(&desk.path("archive"), &small()[0]);
    desk.run(&["archive", "search", "没有的词"]).code(0).reports(&["没有找到"]);
    let wrong = desk.run(&["archive", "search", "甲", "--from", "2019-13"]).code(2);
    wrong.says(&["“--from <日期>”不能是“2019-13”", "请检查年、月、日"]);
    let wrong = desk.run(&["archive", "search", "甲", "--from", "2019-05", "--to", "2019-04"]);
    wrong.code(2).says(&["在“--from”（2019-05-01）之前"]);
}
