//! `archive add` says what is odd beside the issues that are there, and keeps it all the same.

use serde_json::Value;

use super::office;
use crate::support::desk::{Desk, ISSUE};

/// An issue of this number, day and other particulars.
fn issue(number: u32, date: &str, more: &str) -> String {
    let text = ISSUE.replace("number: 7", &format!("number: {number}{more}"));
    text.replace("2019-03-14", date)
}

fn add(desk: &Desk, issues: &[(u32, &str, &str)]) -> String {
    let mut arguments = vec!["archive".to_owned(), "add".to_owned()];
    for (index, (number, date, more)) in issues.iter().enumerate() {
        let name = format!("{index}.yaml");
        desk.write(&name, issue(*number, date, more));
        arguments.push(name);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    desk.run(&arguments).code(0).err
}

#[test]
fn a_gap_is_said_where_the_number_stands() {
    let desk = office();
    add(&desk, &[(150, "2019-03-01", "")]);
    let said = add(&desk, &[(152, "2019-03-08", "")]);
    assert!(said.contains("缺第151期：离它最近的是“kb/2019/150”"), "{said}");
    assert!(said.contains("警告") && said.contains("0.yaml:2"), "{said}");
    // Filled in later, and gone on with: nothing to say.
    assert_eq!(add(&desk, &[(151, "2019-03-05", "")]), "");
    assert_eq!(add(&desk, &[(153, "2019-03-12", "")]), "");
    let said = add(&desk, &[(147, "2019-02-01", "")]);
    assert!(said.contains("缺第148期至第149期：离它最近的是“kb/2019/150”"), "{said}");
    // It is said once: what is there already is not looked at again.
    assert_eq!(add(&desk, &[(152, "2019-03-08", "")]), "");
    // Another year begins anew.
    assert_eq!(add(&desk, &[(1, "2020-01-02", "")]), "");
}

#[test]
fn issues_of_one_run_are_each_others_neighbours() {
    let desk = office();
    let said = add(&desk, &[(3, "2019-03-03", ""), (1, "2019-03-01", ""), (2, "2019-03-02", "")]);
    assert!(!said.contains("警告"), "{said}");
    let said = add(&desk, &[(6, "2019-03-06", ""), (4, "2019-03-04", "")]);
    assert_eq!(said.matches("警告").count(), 1, "{said}");
    assert!(said.contains("缺第5期"), "{said}");
}

#[test]
fn a_day_against_the_order_of_numbers_is_said() {
    let desk = office();
    add(&desk, &[(22, "2019-03-08", "")]);
    let said = add(&desk, &[(23, "2019-03-01", "")]);
    assert!(said.contains("日期比前一期“kb/2019/22”的2019-03-08还早"), "{said}");
    let said = add(&desk, &[(21, "2019-03-09", "")]);
    assert!(said.contains("日期比后一期“kb/2019/22”的2019-03-08还晚"), "{said}");
    // The same day is in order.
    assert_eq!(add(&desk, &[(20, "2019-03-08", "")]), "");
}

#[test]
fn a_total_number_that_is_there_is_said_whatever_the_kind_and_the_year() {
    let desk = office();
    add(&desk, &[(1, "2019-03-01", ", total: 155")]);
    let said = add(&desk, &[(1, "2020-03-01", ", kind: 增刊, total: 155")]);
    assert!(said.contains("总第155期已是“kb/2019/1”的总期号"), "{said}");
    assert!(!add(&desk, &[(2, "2019-03-02", ", total: 156")]).contains("警告"));
    // A correction of the issue itself repeats nothing.
    desk.write("0.yaml", issue(1, "2019-03-01", ", total: 155").replace("活动", "志愿活动"));
    let ended = desk.run(&["archive", "add", "0.yaml", "--correction", "改", "--format", "json"]);
    let said: Value = serde_json::from_str(&ended.code(0).out).unwrap();
    let said = said["issues"][0]["findings"].to_string();
    assert!(said.contains("kb/2020/s1") && !said.contains("kb/2019/1"), "{said}");
}

#[test]
fn supplements_have_numbers_of_their_own() {
    let desk = office();
    add(&desk, &[(7, "2019-03-14", "")]);
    assert_eq!(add(&desk, &[(1, "2019-02-01", ", kind: 增刊")]), "");
    let said = add(&desk, &[(3, "2019-02-03", ", kind: 增刊")]);
    assert!(said.contains("缺增刊第2期：离它最近的是“kb/2019/s1”"), "{said}");
}

#[test]
fn numbers_that_go_on_over_the_years_have_neighbours_in_other_years() {
    let desk = office();
    add(&desk, &[(9, "2019-12-30", ", numbering: 累计")]);
    assert_eq!(add(&desk, &[(10, "2020-01-03", ", numbering: 累计")]), "");
    let said = add(&desk, &[(9, "2020-01-04", ", numbering: 累计")]);
    assert!(said.contains("期号与“kb/2019/9”相同，而编号是跨年累计的"), "{said}");
    let said = add(&desk, &[(12, "2020-01-09", ", numbering: 累计")]);
    assert!(said.contains("缺第11期"), "{said}");
}
