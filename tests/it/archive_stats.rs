//! Counting what an archive holds.

use std::fs;

use hongtou::archive::period::Period;
use hongtou::archive::{Entry, stats};
use roxmltree::Document;

use crate::support::desk::{Desk, Ended};
use crate::support::entries::{archive, entry, item, places, put, roundup};

const OFFICE: &str = "\
名录:
  单位: [甲街道, {name: 区城管执法局, aliases: [区城管局, 区城管监察局]}, 区教委, 区民政局]
  指标: [Ⅲ-17 志愿服务活动, Ⅲ-9 公益, Ⅲ-58 城市精细化管理]
";

fn entries() -> Vec<Entry> {
    vec![
        entry(
            "jb/2019/1/r1",
            "2019-01-10",
            &[
                item("一。", "生活环境", &["甲街道"], &["Ⅲ-17 志愿服务"]),
                item(
                    "二。",
                    "生活环境",
                    &["甲街道", "区城管局"],
                    &["Ⅲ-58 城市管理", "Ⅲ-17 志愿服务"],
                ),
            ],
        ),
        entry("jb/2019/2/r1", "2019-03-01", &[item("旧。", "简讯", &["旧单位"], &[])]),
        entry(
            "jb/2019/2/r2",
            "2019-03-01",
            &[
                // Two notices of one unit under two names, and a unit that also sent it in.
                roundup(
                    "三。",
                    "生活环境",
                    &["区城管执法局", "区民政局", "区城管监察局"],
                    &["Ⅱ-3"],
                ),
                item("四。", "简讯", &["本刊"], &[]),
                item("五。", "", &[], &[]),
            ],
        ),
        entry("jb/2020/1/r1", "2020-01-05", &[item("六。", "简讯", &["甲街道"], &[])]),
    ]
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("hongtou.yaml", OFFICE);
    entries().iter().for_each(|entry| put(&desk.path("archive"), entry));
    desk
}

fn table(desk: &Desk, arguments: &[&str]) -> Ended {
    let mut all = vec!["archive", "stats"];
    all.extend(arguments);
    desk.run(&all).code(0)
}

#[test]
fn items_are_counted_per_unit_by_the_rules() {
    let ended = table(&desk(), &["--year", "2019"]);
    assert_eq!(
        ended.out,
        "\
青山区工作快报信息采用统计（按单位）
2019年，共2期、5条信息（其中综合1条）

名次  单位          条次    占比  其中综合
   1  区城管执法局     3   37.5%         2
   2  甲街道           2   25.0%         0
   3  区民政局         1   12.5%         1
      本刊             1   12.5%         0
      未署名           1   12.5%         0
      合计             8  100.0%         3

没有采用信息的单位（1个）：区教委
注：综合信息按其中的短消息计，每则计入该则的单位；联合供稿的1条，每个单位各计1条；\
本刊自己采写的不算单位，不排名次；别称按名录计入同一单位；更正过的各期只计最新一版。
"
    );
}

/// Five units with one item each: those of the registry in its order, then by name, however they
/// came in.
#[test]
fn equal_counts_stand_in_the_order_of_the_registry_then_of_their_names() {
    let units = ["丁局", "区民政局", "丙局", "甲街道", "区教委"];
    let order = |units: &[&str]| {
        let desk = Desk::new();
        desk.write("hongtou.yaml", OFFICE);
        let items: Vec<_> = units.iter().map(|unit| item("一。", "简讯", &[unit], &[])).collect();
        put(&desk.path("archive"), &entry("jb/2019/1/r1", "2019-01-10", &items));
        let out = table(&desk, &[]).out;
        let names = out.lines().filter_map(|line| line.trim().strip_prefix("1  "));
        let names = names.map(|line| line.split_whitespace().next().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let expected = ["甲街道", "区教委", "区民政局", "丁局", "丙局"];
    assert_eq!(order(&units), expected);
    assert_eq!(order(&["甲街道", "丙局", "丁局", "区教委", "区民政局"]), expected);
}

/// A bulletin whose registry lists its own staff wants them ranked.
#[test]
fn the_bulletins_own_staff_is_a_unit_only_where_the_registry_says_so() {
    let desk = desk();
    let office = OFFICE.replace("区教委,", "区教委, {name: 编辑部, aliases: [本刊]},");
    desk.write("hongtou.yaml", office);
    let ended = table(&desk, &["--year", "2019"]);
    ended.reports(&["   3  编辑部           1"]);
    let json = table(&desk, &["--year", "2019", "--format", "json"]).out;
    assert!(!json.contains("本刊自己"), "{json}");
}

#[test]
fn indicators_without_evidence_are_named() {
    let ended = table(&desk(), &["--per", "ref", "--from", "2019-01", "--to", "2019-03"]);
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines[1], "2019年1—3月，共2期、5条信息（其中综合1条）");
    let first: Vec<&str> = lines[4].split_whitespace().collect();
    assert_eq!(first, ["1", "Ⅲ-17", "志愿服务活动", "2", "33.3%", "0"]);
    ended.reports(&[
        "没有佐证的指标（1个）：Ⅲ-9公益\n",
        "不在名录里的指标（1个）：Ⅱ-3\n",
        "未标指标",
    ]);
}

#[test]
fn months_are_counted_with_those_that_have_nothing() {
    let ended = table(&desk(), &["--per", "月份", "--year", "2019", "--format", "csv"]);
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines[0], "\u{feff}月份,期数,条数,占比,其中综合");
    assert_eq!(lines[1], "2019-01,1,2,40.0%,0");
    assert_eq!(lines[2], "2019-02,0,0,0.0%,0");
    assert_eq!(lines[3], "2019-03,1,3,60.0%,1");
    assert_eq!(lines[12], "2019-12,0,0,0.0%,0");
    assert_eq!(lines[13], "合计,2,5,100.0%,1");
}

#[test]
fn units_by_month_make_a_cross_table() {
    let ended =
        table(&desk(), &["--per", "unit", "--by", "month", "--to", "2019", "--format", "csv"]);
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(
        lines[0],
        "\u{feff}名次,单位,2019-01,2019-02,2019-03,2019-04,2019-05,2019-06,2019-07,2019-08,2019-09,2019-10,2019-11,2019-12,条次,占比"
    );
    assert!(lines[1].starts_with("1,区城管执法局,1,0,2,0,"), "{}", lines[1]);
    assert!(lines[2].starts_with("2,甲街道,2,0,0,"), "{}", lines[2]);
    let json = table(&desk(), &["--per", "section", "--by", "unit", "--format", "json"]);
    let json: Read = serde_json::from_str(&json.out).unwrap();
    // Both have three; the registry's order decides.
    assert_eq!([&*json.columns[0].name, &*json.columns[1].name], ["甲街道", "区城管执法局"]);
    let rows: Vec<(&str, u32, u32)> =
        json.rows.iter().map(|row| (row.name.as_str(), row.count, row.cells[0])).collect();
    assert_eq!(rows, [("生活环境", 3, 2), ("简讯", 2, 1), ("无栏目", 1, 0)]);
}

/// What a program reads of the JSON.
#[derive(serde::Deserialize)]
struct Read {
    columns: Vec<Named>,
    rows: Vec<Named>,
}

#[derive(serde::Deserialize)]
struct Named {
    name: String,
    count: u32,
    #[serde(default)]
    cells: Vec<u32>,
}

#[test]
fn a_time_without_issues_is_said_to_be_empty() {
    let desk = desk();
    let ended = table(&desk, &["--year", "2005"]);
    ended.reports(&["2005年，共0期、0条信息", "没有可以统计的信息", "没有采用信息的单位（4个）"]);
    fs::create_dir(desk.path("空")).unwrap();
    table(&desk, &["--archive", "空", "--chart", "空.svg"]).reports(&["共0期、0条信息"]);
    let drawn = fs::read_to_string(desk.path("空.svg")).unwrap();
    Document::parse(&drawn).unwrap();
    let wrong = desk.run(&["archive", "stats", "--per", "unit", "--by", "unit"]);
    wrong.code(2).says(&["不能相同"]);
    desk.run(&["archive", "stats", "--year", "2019", "--from", "2019"]).code(2);
}

#[test]
fn a_registry_may_be_a_file_and_its_errors_have_places() {
    let desk = desk();
    let whole = table(&desk, &[]).out;
    desk.write("hongtou.yaml", "registries: ./名录.yaml\n");
    let lines: Vec<&str> = OFFICE.lines().skip(1).map(|line| line.trim_start()).collect();
    desk.write("名录.yaml", lines.join("\n"));
    assert_eq!(table(&desk, &[]).out, whole);
    desk.write("名录.yaml", "单位: [甲街道, 甲街道]\n指标: [城市]\n");
    let wrong = desk.run(&["archive", "stats"]).code(3);
    wrong.says(&["名录.yaml:1:11", "“甲街道”在名录里已有", "名录.yaml:2:6"]);
    desk.write("hongtou.yaml", "registries: ./无.yaml\n");
    desk.run(&["archive", "stats"]).code(3).says(&["hongtou.yaml:1:13", "找不到文件"]);
}

#[test]
fn the_chart_is_a_drawing_with_every_label_whole() {
    let desk = desk();
    let long =
        "区新时代文明实践中心暨创建全国文明城市总指挥部办公室宣传教育与志愿服务协调推进工作专班<&>";
    put(
        &desk.path("archive"),
        &entry("jb/2019/9/r1", "2019-09-01", &[item("七。", "", &[long], &[])]),
    );
    let ended = table(&desk, &["--year", "2019", "--chart", "图/单位.svg"]);
    assert!(ended.err.contains("图已写到“图/单位.svg”"), "{}", ended.err);
    let drawn = fs::read_to_string(desk.path("图/单位.svg")).unwrap();
    let svg = Document::parse(&drawn).unwrap();
    let size: Vec<f64> = svg
        .root_element()
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|part| part.parse().unwrap())
        .collect();
    let texts: String = svg
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|node| node.text().unwrap())
        .collect();
    for words in [
        "青山区工作快报信息采用统计（按单位）",
        "2019年　3期、6条信息，计7条次",
        "区教委",
        "另有本刊1条、未署名1条，没有画出。",
        long,
        "数据来源：青山区工作快报存档。",
    ] {
        assert!(texts.contains(words), "{words} not in {texts}");
    }
    // Nothing stands outside, Han counted as squares.
    for node in svg.descendants().filter(|node| node.has_tag_name("text")) {
        let number = |name| node.attribute(name).unwrap().parse::<f64>().unwrap();
        let ems: f64 =
            node.text().unwrap().chars().map(|c| if c.is_ascii() { 0.6 } else { 1.0 }).sum();
        let width = ems * number("font-size");
        let (left, right) = match node.attribute("text-anchor") {
            Some("end") => (number("x") - width, number("x")),
            _ => (number("x"), number("x") + width),
        };
        // A closing mark may hang over.
        assert!(left >= 0.0 && right <= size[2] + number("font-size"), "{:?}", node.text());
        assert!(number("y") <= size[3]);
    }
    // The library draws the same.
    let year = |day: &str| day.parse().ok();
    let question = stats::Question {
        per: stats::Dimension::Unit,
        by: None,
        period: Period { from: year("2019-01-01"), to: year("2019-12-31") },
        series: Vec::new(),
        registry: registry(),
    };
    let folder = desk.path("archive");
    let counted = stats::count(&archive(&folder), &places(&folder), &|_, _| {}, &question);
    assert_eq!(drawn, stats::svg(&counted.unwrap(), None));
}

fn registry() -> hongtou::issue::Registry {
    let mut sources = hongtou::diagnostic::Sources::default();
    let lines: Vec<&str> = OFFICE.lines().skip(1).map(|line| line.trim_start()).collect();
    let file = sources.add("名录.yaml", lines.join("\n"));
    hongtou::issue::read_registry_file(&sources, file).unwrap()
}
