//! Tables of people into the list.

use hongtou::diagnostic::Sources;
use hongtou::mail::recipients::{self, Label, Merged};

use super::post_box::list;
use crate::support::findings::told;

fn try_import(old: Option<&str>, table: &str, label: Option<Label>) -> Result<Merged, String> {
    let mut sources = Sources::default();
    let directory = old.map(list);
    let file = sources.add("表.csv", table);
    recipients::read_table(&sources, file, directory.as_ref(), label)
        .and_then(|(rows, _)| {
            let old = old.zip(directory.as_ref());
            recipients::merge(old, rows)
        })
        .map_err(|findings| told(&sources, &findings))
}

#[track_caller]
fn imported(old: Option<&str>, table: &str) -> String {
    let merged = try_import(old, table, None).unwrap_or_else(|said| panic!("{said}"));
    list(&merged.text);
    merged.text
}

#[test]
fn a_table_becomes_a_list() {
    let text = imported(
        None,
        "序号,邮箱,姓名,单位,组,分送,格式\r\n\
         1,a@b.cn,王芳,城子街道,信息员,发,\r\n\
         2,c@b.cn,,区委办,区委,报,\"docx、pdf\"\r\n\
         3,d@b.cn,,,信息员,发,\r\n\
         4,e@b.cn,李 四,,信息员,发,\r\n\
         ,,,,,,\r\n",
    );
    let body: String =
        text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    assert_eq!(
        body,
        "发:\n  信息员:\n    - 城子街道 王芳 <a@b.cn>\n    - d@b.cn\n    - {姓名: \"李 四\", 邮箱: e@b.cn}\n\
         报:\n  区委:\n    - {单位: 区委办, 邮箱: c@b.cn, 格式: [docx, pdf]}"
    );
}

#[test]
fn what_is_there_stays_with_its_comments() {
    let old = "# 名单\n报:\n  区委: qwb@b.cn   # 值班\n  区政府: [甲 <a@b.cn>, {姓名: 乙, 邮箱: b@b.cn}]\n\
               \n# 下面是发\n发:\n  # 每季度核对\n  信息员:\n    - 城子街道 王芳 <w@b.cn>   # 老人\n\n  主管领导:\n  - 丁 <d@b.cn>\n\
               例外:\n  只发纸质: [区政协]\n";
    let text = imported(
        Some(old),
        "组,单位,姓名,邮箱\n信息员,王平镇,孙丽,s@b.cn\n区委,,,y@b.cn\n区政府,丙,,c@b.cn\n主管领导,戊,,f@b.cn\n信息员,,,w@b.cn\n",
    );
    assert_eq!(
        text,
        "# 名单\n报:\n  区委:\n    - qwb@b.cn   # 值班\n    - y@b.cn\n  区政府:\n    - 甲 <a@b.cn>\n    - {姓名: 乙, 邮箱: b@b.cn}\n    - 丙 <c@b.cn>\n\
         \n# 下面是发\n发:\n  # 每季度核对\n  信息员:\n    - 城子街道 王芳 <w@b.cn>   # 老人\n    - 王平镇 孙丽 <s@b.cn>\n\n  主管领导:\n  - 丁 <d@b.cn>\n  - 戊 <f@b.cn>\n\
         例外:\n  只发纸质: [区政协]\n"
    );
    // Again: nothing to do.
    let again =
        try_import(Some(&text), "组,单位,姓名,邮箱\n信息员,王平镇,孙丽,S@b.cn\n", None).unwrap();
    assert_eq!((again.added.len(), again.same, again.text == text), (0, 1, true));
}

#[test]
fn new_groups_and_labels_are_added() {
    let old = "报:\n    区委:\n        单位: 区委\n        邮箱: a@b.cn";
    let text = imported(
        Some(old),
        "分送,组,邮箱\n报,区委,c@b.cn\n报,区人大,d@b.cn\n发,\"信息员: 各镇\",e@b.cn\n另寄,存档,f@b.cn\n",
    );
    assert_eq!(
        text,
        "报:\n    区委:\n      - 单位: 区委\n        邮箱: a@b.cn\n      - c@b.cn\n    区人大:\n      - d@b.cn\n\
         发:\n  \"信息员: 各镇\":\n    - e@b.cn\n另寄:\n  存档:\n    - f@b.cn\n"
    );
}

#[test]
fn whose_label_is_unknown_is_asked_for() {
    let table = "组,邮箱\n信息员,a@b.cn\n发：媒体,b@b.cn\n";
    let said = try_import(None, table, None).unwrap_err();
    assert!(said.contains("表.csv:1:1 recipients/label"), "{said}");
    assert!(said.contains("“信息员”") && !said.contains("媒体"), "{said}");
    let merged = try_import(None, table, Some(Label::Peers)).unwrap();
    assert!(merged.text.contains("送:\n  信息员:\n") && merged.text.contains("发:\n  媒体:\n"));
    // However many rows, one question.
    let rows = |count: usize| (0..count).map(|n| format!("组{},p{n}@b.cn\n", n % 7));
    let said = try_import(None, &("组,邮箱\n".to_owned() + &rows(50).collect::<String>()), None);
    let said = said.unwrap_err();
    assert!(said.contains("“组3”“组4”等7组是报、送还是发"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    // A cell that is empty is asked for in its row.
    let said = try_import(None, "分送,组,邮箱\n发,甲,a@b.cn\n,乙,b@b.cn\n", None).unwrap_err();
    assert!(said.contains("表.csv:3:2 recipients/label"), "{said}");
}

#[test]
fn what_is_wrong_with_a_table_is_said_all_at_once() {
    let said = try_import(
        None,
        "组,单位,姓名,邮箱,格式,分送\n信息员,,,\"a@b.cn, c@d.cn\",,发\n,甲,,b@b.cn,,发\n信息员,\"甲\n乙\",,c@b.cn,,发\n\
         信息员,,,张三@b.cn,,发\n信息员,,,d@b.cn,doc,发\n信息员,,,e@b.cn,,抄\n信息员,丙,,,,发\n",
        None,
    )
    .unwrap_err();
    for words in [
        "表.csv:2:8 mail/address",
        "表.csv:3:1 recipients/no-name",
        "合并过的单元格",
        "表.csv:4:6 mail/address",
        "里有换行",
        "表.csv:6:7 mail/address",
        "“@”前面有“张”",
        "表.csv:7:14 recipients/person",
        "表.csv:8:15 recipients/label",
        "表.csv:9:1 recipients/no-address",
    ] {
        assert!(said.contains(words), "{words} not in\n{said}");
    }
    let said = try_import(None, "组名,姓名,邮相\n甲,乙,丙\n", None).unwrap_err();
    assert!(said.contains("recipients/column") && said.contains("应为“邮箱”"), "{said}");
    for (table, code) in [
        ("", "recipients/none"),
        ("组,邮箱\n", "recipients/none"),
        ("组,邮箱,电子邮箱\n", "recipients/column"),
    ] {
        let said = try_import(None, table, None).unwrap_err();
        assert!(said.contains(code), "{said}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let old = "发:\n  信息员:\n    - 城子街道 王芳 <a@b.cn>\n";
    let said = try_import(
        Some(old),
        "组,单位,姓名,邮箱,分送\n信息员,王平镇,王芳,a@b.cn,发\n信息员,城子街道,周涛,a@b.cn,发\n信息员,甲,,c@b.cn,报\n",
        None,
    )
    .unwrap_err();
    assert!(
        said.contains("已有这个邮箱：城子街道 王芳 <a@b.cn>，表格里是：王平镇 王芳 <a@b.cn>"),
        "{said}"
    );
    assert_eq!(said.matches("recipients/differs").count(), 2, "{said}");
    assert!(!said.contains("周涛"), "{said}");
    for flow in ["{报: {区委: a@b.cn}}\n", "报: {区委: a@b.cn}\n"] {
        let said = try_import(Some(flow), "分送,组,邮箱\n报,区政府,b@b.cn\n", None).unwrap_err();
        assert!(said.contains("recipients/locked"), "{said}");
    }
}

#[test]
fn tabs_and_semicolons_part_cells_too() {
    for table in ["分送\t组\t邮箱\n报\t区委\ta@b.cn\n", "分送;组;邮箱\r报;区委;a@b.cn\r"]
    {
        assert!(imported(None, table).ends_with("报:\n  区委:\n    - a@b.cn\n"), "{table:?}");
    }
}
