//! What a ledger's chain cannot show alone: that its end is gone, that it was written anew, that it
//! was exchanged for another; and bags that stand in no ledger.

use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{numbered, office};
use crate::support::desk::{Desk, ISSUE};

const LEDGER: &str = "archive/kb/2019/ledger.txt";

/// An archive with issues 1 to 3.
fn shelf() -> Desk {
    let desk = office();
    let names = ["1.yaml", "2.yaml", "3.yaml"];
    for (name, number) in names.iter().zip(1..) {
        desk.write(name, numbered(number));
        desk.run(&["archive", "add", name]).code(0);
    }
    desk
}

fn lines(desk: &Desk) -> Vec<String> {
    let text = fs::read_to_string(desk.path(LEDGER)).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Writes a ledger whose chain is sound: numbers and hashes are made anew.
fn write_sound(desk: &Desk, lines: &[String]) {
    let mut text = String::new();
    let mut previous = "0".repeat(64);
    for (index, line) in lines.iter().enumerate() {
        let words: Vec<&str> = line.split(' ').collect();
        let line = format!("{} {} {previous}\n", index + 1, words[1..5].join(" "));
        previous = Sha256::digest(&line).iter().map(|byte| format!("{byte:02x}")).collect();
        text += &line;
    }
    desk.write(LEDGER, text);
}

/// The lines that `verify` prints to be written down.
fn last(desk: &Desk) -> (String, String) {
    let ended = desk.run(&["archive", "verify"]).code(0);
    let marks: Vec<&str> = ended.out.lines().filter(|line| line.starts_with("kb/")).collect();
    let [whole, short] = marks[..] else { panic!("{}", ended.out) };
    (whole.to_owned(), short.to_owned())
}

#[test]
fn the_last_line_is_printed_to_be_written_down_and_compared() {
    let desk = shelf();
    let (whole, short) = last(&desk);
    assert_eq!(whole, format!("kb/2019#{}", lines(&desk)[2]));
    assert!(short.starts_with("kb/2019#3:") && short.len() == 10 + 39, "{short}");
    // Typed from paper: the first half, in capital letters.
    let typed = short[..10 + 19].to_uppercase().replace("KB", "kb");
    for mark in [&whole, &short, &typed, &lines(&desk)[2]] {
        let ended = desk.run(&["archive", "verify", "--against", mark]).code(0);
        ended.reports(&["对照了另处记下的1行：全部完好"]);
    }
    // Later lines are no harm, and a single issue may be looked at.
    desk.write("4.yaml", numbered(4));
    desk.run(&["archive", "add", "4.yaml"]).code(0);
    desk.run(&["archive", "verify", "1", "--against", &short]).code(0);
    let ended = desk.run(&["archive", "verify", "--against", &short, "--format", "json"]).code(0);
    let said: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!((&said["against"], &said["ok"]), (&1.into(), &true.into()));
    let fourth = &said["last"][0];
    assert_eq!((&fourth["ledger"], &fourth["number"]), (&"kb/2019".into(), &4.into()));
    assert_eq!(fourth["line"], lines(&desk)[3].as_str());
    assert_eq!(fourth["whole"], format!("kb/2019#{}", lines(&desk)[3]).as_str());
    let digest: String =
        Sha256::digest(lines(&desk)[3].clone() + "\n").iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(fourth["hash"], digest.as_str());
}

#[test]
fn a_ledger_that_was_cut_written_anew_or_exchanged_is_found_by_what_was_written_down() {
    let desk = shelf();
    let (whole, short) = last(&desk);
    let kept = lines(&desk);
    let found = |words: &str| {
        // Sound in itself.
        desk.run(&["archive", "verify"]).code(0);
        for mark in [&whole, &short] {
            for issues in [&["1"][..], &[]] {
                let verify = [&["archive", "verify", "--against", mark], issues].concat();
                desk.run(&verify).code(4).reports(&["kb/2019（登记簿）：", words]);
            }
        }
        let ended = desk.run(&["archive", "verify", "--against", &short]);
        assert!(ended.out.contains("不要抄它的末行"), "{}", ended.out);
        assert!(!ended.out.lines().any(|line| line.starts_with("kb/2019#")), "{}", ended.out);
    };
    // Cut, with the bag.
    fs::rename(desk.path("archive/kb/2019/3"), desk.path("away")).unwrap();
    write_sound(&desk, &kept[..2]);
    found("另处记下的第3行不见了，现在只有2行");
    fs::rename(desk.path("away"), desk.path("archive/kb/2019/3")).unwrap();
    // Written anew in another order.
    write_sound(&desk, &[&kept[1..2], &kept[..1], &kept[2..]].concat());
    found("第3行不是另处记下的那一行");
    // Gone as a whole, with all its bags.
    desk.write("乙.yaml", ISSUE.replace("2019", "2020"));
    fs::remove_dir_all(desk.path("archive/kb")).unwrap();
    desk.run(&["archive", "add", "乙.yaml"]).code(0);
    desk.run(&["archive", "verify"]).code(0);
    desk.run(&["archive", "verify", "--against", &short]).code(4).reports(&["登记簿不见了"]);
}

#[test]
fn a_file_has_many_lines_and_those_that_are_none_are_named() {
    let desk = shelf();
    desk.write("乙.yaml", ISSUE.replace("2019", "2020"));
    desk.run(&["archive", "add", "乙.yaml"]).code(0);
    // What is printed can be kept as it is, without the first line.
    let ended = desk.run(&["archive", "verify"]).code(0);
    let printed = ended.out.split_once('\n').unwrap().1.to_owned();
    desk.write(
        "末行.txt",
        format!("\u{feff}# 2026年11月\r\n\r\n{}", printed.replace('\n', "\r\n")),
    );
    let against = ["archive", "verify", "--against", "末行.txt"];
    desk.run(&against).code(0).reports(&["对照了另处记下的4行"]);
    desk.write("末行.txt", format!("{printed}\n记于周一\nkb/2019#3:12345678\n"));
    let rows = printed.lines().count();
    desk.run(&against).code(4).reports(&[
        &format!("末行.txt:{}：不是登记簿的一行，没有对照：“记于周一”", rows + 2),
        &format!("末行.txt:{}：", rows + 3),
        "对照了另处记下的4行",
    ]);
    let ended = desk.run(&[&against[..], &["--format", "json"]].concat()).code(4);
    let said: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(said["flaws"].as_array().unwrap().len(), 2);
    assert_eq!(said["flaws"][0]["wrong"], "unreadable");
    desk.write("末行.txt", "# 还没有\n");
    desk.run(&against).code(4).reports(&["什么都没有对照"]);
    // Neither a line nor a file.
    desk.run(&["archive", "verify", "--against", "末行"]).code(2).says(&["也没有这个文件"]);
    desk.run(&["archive", "verify", "--against", "kb/2019#3:12"]).code(2).says(&["16位"]);
}

/// Whoever takes a bag's line out and makes the chain anew has not got rid of it, and the next
/// `add` does not heal it.
#[test]
fn a_bag_whose_line_was_taken_out_is_not_entered_again_unasked() {
    let desk = shelf();
    let kept = lines(&desk);
    let cut = [&kept[..1], &kept[2..]].concat();
    write_sound(&desk, &cut);
    let before = lines(&desk);
    let found = "“kb/2019/2/r1”缺它的一行，而第2行已登记了之后的“kb/2019/3/r1”";
    desk.run(&["archive", "verify"]).code(4).reports(&[found]);
    desk.run(&["archive", "add", "1.yaml"]).code(0).says(&[
        "“kb/2019/2/r1”没有登记",
        "没有补登",
        "hongtou archive verify",
    ]);
    assert_eq!(lines(&desk), before);
    desk.run(&["archive", "verify"]).code(4).reports(&[found]);
    // Other content is no reason either.
    desk.run(&["archive", "add", "2.yaml", "--docx-fonts", "windows"]).code(0);
    assert_eq!(lines(&desk), before);
    // Its source is: the same files are made of it.
    desk.run(&["archive", "add", "2.yaml"]).code(0).reports(&["登记簿里没有它，已补登"]);
    assert!(lines(&desk)[2].contains("补登 kb/2019/2/r1"));
    desk.run(&["archive", "verify"]).code(0);
}

/// A ledger that is lost takes the bags of the last day with it at most: a killed run left no more.
#[test]
fn a_lost_ledger_is_not_written_anew_from_bags_of_earlier_days() {
    let desk = shelf();
    let info = desk.path("archive/kb/2019/1/r1/bag-info.txt");
    let text = fs::read_to_string(&info).unwrap();
    let at = text.find("Bagging-Date: ").unwrap() + "Bagging-Date: ".len();
    fs::write(&info, format!("{}2019-03-15{}", &text[..at], &text[at + 10..])).unwrap();
    fs::remove_file(desk.path(LEDGER)).unwrap();
    desk.run(&["archive", "verify"]).code(4).reports(&["“kb/2019/1/r1”缺它的一行", "就已存入"]);
    desk.run(&["archive", "add", "3.yaml"]).code(0).says(&[
        "“kb/2019/1/r1”没有登记",
        "从备份恢复登记簿",
        "“kb/2019/2/r1”已存好",
    ]);
    assert_eq!(lines(&desk).len(), 2);
}

#[test]
fn days_that_go_back_are_found_and_never_written() {
    let desk = shelf();
    let mut kept = lines(&desk);
    let today = kept[0].split(' ').nth(1).unwrap().to_owned();
    kept[1] = kept[1].replace(&today, "2999-01-01");
    write_sound(&desk, &kept);
    let found = format!("第3行的日期{today}早于第2行的2999-01-01：日期倒退");
    desk.run(&["archive", "verify"]).code(4).reports(&[&found]);
    // A machine whose clock was wrong once.
    kept[2] = kept[2].replace(&today, "2999-01-01");
    write_sound(&desk, &kept);
    desk.run(&["archive", "verify"]).code(0);
    desk.write("4.yaml", numbered(4));
    desk.run(&["archive", "add", "4.yaml"]).code(0).says(&["2999-01-01", "检查电脑的日期"]);
    assert!(lines(&desk)[3].starts_with("4 2999-01-01 入藏 kb/2019/4/r1"));
    desk.run(&["archive", "verify"]).code(0);
}
