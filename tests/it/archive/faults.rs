//! What killed, crowded and refused runs leave behind: nothing lost, nothing doubled.

use std::fs;
use std::process::{Child, Stdio};

use super::{kept, numbered, office, tree};
use crate::support::desk::{Desk, ISSUE};

fn start(desk: &Desk, arguments: &[&str]) -> Child {
    let mut command = desk.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn two_adds_of_one_issue_at_once_keep_it_once() {
    for _ in 0..5 {
        let desk = office();
        let runs: Vec<Child> =
            (0..4).map(|_| start(&desk, &["archive", "add", "甲.yaml"])).collect();
        for run in runs {
            let ended = run.wait_with_output().unwrap();
            assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        }
        assert_eq!(desk.files("archive/kb/2019/7"), ["r1"]);
        assert_eq!(desk.files("archive/.unfinished"), [""; 0]);
        desk.run(&["archive", "verify"]).code(0).reports(&["1个存档件", "全部完好"]);
    }
}

#[test]
fn of_two_contents_of_one_issue_one_is_kept_and_the_other_refused() {
    let desk = office();
    desk.write("乙.yaml", ISSUE.replace("活动", "志愿活动"));
    let one = start(&desk, &["archive", "add", "甲.yaml"]);
    let other = start(&desk, &["archive", "add", "乙.yaml"]);
    let codes = [one, other].map(|run| run.wait_with_output().unwrap().status.code());
    assert!(codes == [Some(0), Some(1)] || codes == [Some(1), Some(0)], "{codes:?}");
    desk.run(&["archive", "verify"]).code(0).reports(&["1个存档件"]);
}

#[test]
fn corrections_at_once_each_get_a_revision() {
    let desk = kept();
    let names = ["甲", "乙", "丙", "丁"];
    for name in names {
        desk.write(&format!("{name}.yaml"), ISSUE.replace("活动", &format!("{name}活动")));
    }
    let add = |name: &str| {
        start(&desk, &["archive", "add", &format!("{name}.yaml"), "--correction", name])
    };
    for run in names.map(add) {
        assert!(run.wait_with_output().unwrap().status.success());
    }
    assert_eq!(desk.files("archive/kb/2019/7"), ["r1", "r2", "r3", "r4", "r5"]);
    desk.run(&["archive", "verify"]).code(0).reports(&["5个存档件", "全部完好"]);
}

#[test]
fn different_issues_at_once_all_get_their_lines() {
    let desk = office();
    let names: Vec<String> = (1..=6).map(|number| format!("{number}.yaml")).collect();
    (1..=6).for_each(|number| desk.write(&names[number as usize - 1], numbered(number)));
    let runs: Vec<Child> =
        names.chunks(2).map(|two| start(&desk, &["archive", "add", &two[0], &two[1]])).collect();
    for run in runs {
        assert!(run.wait_with_output().unwrap().status.success());
    }
    desk.run(&["archive", "verify"]).code(0).reports(&["6个存档件", "全部完好"]);
}

#[test]
fn what_a_killed_run_left_is_cleared_away_and_said() {
    let desk = kept();
    let whole = tree(&desk.path("archive"));
    let left = "archive/.unfinished/kb_2019_8_r1_0";
    desk.write(&format!("{left}/data/issue.yaml"), "半");
    fs::create_dir_all(desk.path("archive/kb/2019/8")).unwrap();
    // Readers do not mind it.
    desk.run(&["archive", "list"]).code(0).reports(&["共1期"]);
    desk.run(&["archive", "verify"]).code(0);
    desk.run(&["archive", "add", "甲.yaml"])
        .code(0)
        .says(&["上次存“kb/2019/8/r1”时中断", "已清除"]);
    assert_eq!(tree(&desk.path("archive")), whole);
}

#[test]
fn a_bag_without_its_line_gets_it() {
    let desk = kept();
    desk.write("乙.yaml", numbered(8));
    desk.run(&["archive", "add", "乙.yaml"]).code(0);
    let ledger = desk.path("archive/kb/2019/ledger.txt");
    let lines = fs::read_to_string(&ledger).unwrap();
    let first = lines.lines().next().unwrap().to_owned() + "\n";
    for cut in [first.clone(), format!("{first}2 2026-11-2"), String::new()] {
        fs::write(&ledger, &cut).unwrap();
        desk.run(&["archive", "verify"]).code(4).reports(&["没有登记"]);
        desk.run(&["archive", "add", "甲.yaml"]).code(0).says(&["“kb/2019/8/r1”已存好", "已补登"]);
        desk.run(&["archive", "verify"]).code(0);
        let lines = fs::read_to_string(&ledger).unwrap();
        assert_eq!(lines.lines().count(), 2, "{lines}");
        assert!(lines.contains("补登 kb/2019/8/r1"));
    }
}

#[test]
fn a_damaged_ledger_is_not_added_to() {
    let desk = kept();
    desk.write("archive/kb/2019/ledger.txt", "乱\n");
    desk.write("乙.yaml", numbered(8));
    desk.run(&["archive", "add", "乙.yaml"]).code(3).says(&["登记簿", "hongtou archive verify"]);
    assert_eq!(desk.files("archive/kb/2019"), ["7", "ledger.txt"]);
}

#[test]
fn where_a_file_is_in_the_way_nothing_is_kept() {
    let desk = office();
    desk.write("archive", "文件");
    desk.run(&["archive", "add", "甲.yaml"]).code(3).says(&["archive", "文件"]);
    assert_eq!(fs::read(desk.path("archive")).unwrap(), "文件".as_bytes());
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named_and_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let desk = kept();
    desk.write("乙.yaml", ISSUE.replace("2019", "2020"));
    let before = tree(&desk.path("archive"));
    let set = |mode| fs::set_permissions(desk.path("archive/kb"), fs::Permissions::from_mode(mode));
    set(0o555).unwrap();
    // The administrator may write all the same: what is tried with other means, outside.
    let refused = fs::create_dir(desk.path("archive/kb/x")).is_err();
    if refused {
        desk.run(&["archive", "add", "乙.yaml"]).code(3).says(&["没有权限", "kb"]);
        assert_eq!(tree(&desk.path("archive")), before);
        desk.run(&["archive", "verify"]).code(0);
        desk.run(&["archive", "get", "7"]).code(0);
    }
    set(0o755).unwrap();
}
