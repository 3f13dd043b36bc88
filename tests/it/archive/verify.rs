//! `archive verify` names what is wrong, whatever it is.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{kept, numbered, office};
use crate::support::desk::{Desk, ISSUE};

/// An archive with issues 1 to 3, the second in two revisions, with SM3 manifests.
fn shelf() -> Desk {
    let desk = office();
    for number in 1..=3 {
        desk.write(&format!("{number}.yaml"), numbered(number));
    }
    let add = ["archive", "add", "--sm3"];
    desk.run(&[&add[..], &["1.yaml", "2.yaml", "3.yaml"]].concat()).code(0);
    desk.write("2.yaml", numbered(2).replace("活动", "志愿活动"));
    desk.run(&[&add[..], &["2.yaml", "--correction", "改"]].concat()).code(0);
    desk
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

/// All files of the archive but the program's own.
fn files(root: &Path) -> Vec<PathBuf> {
    let tree = super::tree(root);
    let names = tree.keys().filter(|name| !name.ends_with('/') && !name.starts_with('.'));
    names.map(|name| root.join(name)).collect()
}

/// What `verify` finds.
fn flaws(desk: &Desk, archive: &str) -> Vec<(String, String)> {
    let ended = desk.run(&["archive", "verify", "--archive", archive, "--format", "json"]);
    let said: Value = serde_json::from_str(&ended.out).expect(&ended.err);
    let flaws = said["flaws"].as_array().unwrap();
    assert_eq!(ended.code, if flaws.is_empty() { 0 } else { 4 });
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let say = |one: &Value| format!("{}：{}", text(&one["place"]), text(&one["message"]));
    flaws.iter().map(|one| (text(&one["wrong"]), say(one))).collect()
}

#[test]
fn a_bit_that_is_turned_is_found_in_every_file() {
    let desk = shelf();
    let root = desk.path("archive");
    let all = files(&root);
    assert_eq!(all.len(), 4 * 12 + 1, "{all:?}");
    for path in &all {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        let bytes = fs::read(path).unwrap();
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            let mut turned = bytes.clone();
            turned[at] ^= 1;
            fs::write(path, turned).unwrap();
            let found = flaws(&desk, "archive");
            let bag = match name.split_once("/data/") {
                Some((bag, _)) => bag,
                None => name.rsplit_once('/').unwrap().0,
            };
            assert!(found.iter().any(|(_, said)| said.contains(bag)), "{name} {at}: {found:?}");
        }
        // Cut short, emptied, gone.
        for cut in [bytes.len() - 1, bytes.len() / 2, 0] {
            fs::write(path, &bytes[..cut]).unwrap();
            assert!(!flaws(&desk, "archive").is_empty(), "{name} cut to {cut}");
        }
        fs::remove_file(path).unwrap();
        let found = flaws(&desk, "archive");
        assert!(found.iter().any(|(wrong, _)| wrong == "missing"), "{name}: {found:?}");
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(flaws(&desk, "archive"), []);
}

#[test]
fn each_kind_of_damage_has_its_words() {
    let desk = shelf();
    let root = desk.path("archive");
    let case = |damage: &dyn Fn(&Path), wrong: &str, words: &[&str]| {
        let copied = desk.path("copy");
        copy(&root, &copied);
        damage(&copied.join("kb/2019"));
        let found = flaws(&desk, "copy");
        fs::remove_dir_all(&copied).unwrap();
        let fits = |(kind, said): &(String, String)| {
            kind == wrong && words.iter().all(|word| said.contains(word))
        };
        assert!(found.iter().any(fits), "{wrong} {words:?} not in {found:#?}");
    };
    let lines = |year: &Path| -> Vec<String> {
        let text = fs::read_to_string(year.join("ledger.txt")).unwrap();
        text.lines().map(|line| format!("{line}\n")).collect()
    };
    let write =
        |year: &Path, lines: &[String]| fs::write(year.join("ledger.txt"), lines.concat()).unwrap();

    let pdf = "data/青山区工作快报第1期.pdf";
    case(&|y| fs::remove_file(y.join("1/r1").join(pdf)).unwrap(), "missing", &["1/r1", pdf]);
    case(
        &|y| fs::write(y.join("1/r1").join(pdf), "改").unwrap(),
        "changed",
        &["1/r1", pdf, "被改动过"],
    );
    case(
        &|y| fs::write(y.join("1/r1/data/多.txt"), "").unwrap(),
        "extra",
        &["1/r1", "data/多.txt"],
    );
    case(&|y| fs::write(y.join("1/r1/多.txt"), "").unwrap(), "extra", &["1/r1", "多.txt"]);
    case(&|y| fs::write(y.join("1/多.txt"), "").unwrap(), "extra", &["kb/2019/1/多.txt"]);
    case(&|y| fs::create_dir(y.join("副本")).unwrap(), "extra", &["kb/2019/副本"]);
    let swap = |y: &Path, one: &str, other: &str| {
        fs::rename(y.join(one), y.join("换")).unwrap();
        fs::rename(y.join(other), y.join(one)).unwrap();
        fs::rename(y.join("换"), y.join(other)).unwrap();
    };
    let (yaml, layout) = ("1/r1/data/issue.yaml", "1/r1/data/layout.yaml");
    case(&|y| swap(y, yaml, layout), "reordered", &["data/issue.yaml", "data/layout.yaml"]);
    case(
        &|y| swap(y, "1/r1", "3/r1"),
        "reordered",
        &["kb/2019/1/r1", "放错了地方", "kb/2019/3/r1"],
    );
    case(&|y| swap(y, "2/r1", "2/r2"), "changed", &["kb/2019/2/r1", "指纹不符"]);
    case(&|y| fs::remove_dir_all(y.join("3")).unwrap(), "missing", &["kb/2019/3/r1", "不见了"]);
    case(&|y| fs::remove_dir_all(y.join("2/r1")).unwrap(), "missing", &["kb/2019/2", "第1版"]);
    case(&|y| fs::remove_dir_all(y.join("2")).unwrap(), "gap", &["缺2019年第2期"]);

    case(&|y| write(y, &lines(y)[1..]), "reordered", &["第1行的序号是2"]);
    case(&|y| write(y, &lines(y)[1..]), "changed", &["前面的行被删去"]);
    case(&|y| write(y, &lines(y)[..3]), "missing", &["没有登记"]);
    case(
        &|y| {
            let mut lines = lines(y);
            lines.swap(1, 2);
            write(y, &lines);
        },
        "reordered",
        &["调换"],
    );
    case(
        &|y| {
            let mut lines = lines(y);
            lines[1] = lines[1].replace("入藏", "补登");
            write(y, &lines);
        },
        "changed",
        &["第3行接不上第2行"],
    );
    case(&|y| fs::remove_file(y.join("ledger.txt")).unwrap(), "missing", &["没有登记"]);
    case(
        &|y| {
            let mut lines = lines(y);
            lines.push("5 2026".to_owned());
            write(y, &lines);
        },
        "changed",
        &["半行"],
    );
}

/// Whoever changes a file and every digest of it is found out by the ledger.
#[test]
fn a_bag_that_was_made_anew_does_not_fit_its_ledger() {
    let desk = shelf();
    let forged = Desk::new();
    forged.write("hongtou.yaml", "series: kb\n");
    forged.write("3.yaml", numbered(3).replace("活动", "别的活动"));
    forged.run(&["archive", "add", "--sm3", "3.yaml"]).code(0);
    fs::remove_dir_all(desk.path("archive/kb/2019/3")).unwrap();
    copy(&forged.path("archive/kb/2019/3"), &desk.path("archive/kb/2019/3"));
    let found = flaws(&desk, "archive");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].1.contains("“kb/2019/3/r1”已不是第3行登记时的样子")
            || found[0].1.contains("kb/2019/3/r1"),
        "{found:?}"
    );
}

/// The ledger of a year begins with the last lines of its neighbours.
#[test]
fn a_year_that_is_gone_is_missed() {
    let desk = kept();
    for year in ["2021", "2020"] {
        desk.write("乙.yaml", ISSUE.replace("2019", year));
        desk.run(&["archive", "add", "乙.yaml"]).code(0);
    }
    assert_eq!(flaws(&desk, "archive"), []);
    let first = fs::read_to_string(desk.path("archive/kb/2020/ledger.txt")).unwrap();
    let linked: Vec<_> = first.lines().filter_map(|line| line.split(' ').nth(3)).collect();
    assert_eq!(linked, ["kb/2019#1", "kb/2021#2", "kb/2020/7/r1"]);
    fs::remove_dir_all(desk.path("archive/kb/2019")).unwrap();
    let found = flaws(&desk, "archive");
    assert!(found.iter().any(|(_, said)| said.contains("登记簿“kb/2019”当时有1行")), "{found:?}");
}

#[test]
fn numbers_that_go_on_over_the_years_are_followed() {
    let desk = office();
    for (name, year, number) in [("一", 2019, 7), ("二", 2020, 9), ("三", 2020, 7)] {
        let text = numbered(number).replace("2019", &year.to_string());
        let text = text.replace("office:", "numbering: 累计, office:");
        desk.write(&format!("{name}.yaml"), text);
    }
    desk.run(&["archive", "add", "一.yaml", "二.yaml", "三.yaml"]).code(0);
    let said: Vec<String> = flaws(&desk, "archive").into_iter().map(|(_, said)| said).collect();
    assert_eq!(said, ["kb：第7期重号：“kb/2019/7”、“kb/2020/7”", "kb：缺第8期"]);
}

#[test]
fn single_issues_are_verified_alone() {
    let desk = shelf();
    desk.write("archive/kb/2019/1/r1/data/issue.yaml", "改");
    desk.run(&["archive", "verify", "3"]).code(0).reports(&["1个存档件", "全部完好"]);
    desk.run(&["archive", "verify", "2", "3"]).code(0).reports(&["3个存档件"]);
    desk.run(&["archive", "verify", "1"]).code(4).reports(&["被改动过"]);
    desk.run(&["archive", "verify", "4"]).code(3).says(&["没有“4”"]);
}

#[test]
fn what_is_not_there_cannot_be_verified() {
    let desk = office();
    desk.run(&["archive", "verify", "--archive", "无"]).code(3).says(&["没有存档“无”"]);
}
