//! `hongtou.yaml`: what an issue takes over, and what it may overrule.

use hongtou::diagnostic::{Sources, render};
use hongtou::issue::{self, Config, Issue};

use crate::support::findings::told;

const CONFIG: &str = "\
刊名代号: mtg-kuaibao
默认:
  版式: ./layouts/mine.yaml
  报头:
    冠名: 甲区
    简报名称: 工作快报
  issue:
    office: 甲区办公室
    签发人: 张三
  distribution: {superiors: [区委, 区政府], subordinates: 各单位, copies: 100}
  contact: {phone: 61806756, email: a@b.cn}
字体:
  路径: [./字体, /usr/share/fonts/office]
  文档字体: fangzheng
存档: {路径: ./archive}
mail: {server: smtp.b.cn, port: 465}
recipients: ./recipients.yaml
registries: {orgs: ./orgs.yaml}
";

fn read(text: &str) -> (Sources, Config, Issue) {
    let mut sources = Sources::default();
    let file = sources.add("hongtou.yaml", CONFIG);
    let config = issue::read_config(&sources, file)
        .unwrap_or_else(|findings| panic!("{}", render(&sources, &findings, false)));
    let file = sources.add("issue.yaml", text);
    let (issue, _) = issue::read_issue(&sources, file, Some(&config))
        .unwrap_or_else(|findings| panic!("{}", render(&sources, &findings, false)));
    (sources, config, issue)
}

#[test]
fn an_office_sets_things_once() {
    let (sources, config, issue) = read("issue: {number: 1, date: 2020-1-2}\ntext: 甲。\n");
    assert_eq!(config.series.unwrap().value, "mtg-kuaibao");
    assert_eq!(config.font_path.len(), 2);
    assert_eq!(config.docx_fonts.unwrap().value, "fangzheng");
    assert_eq!(config.archive_path.unwrap().value, "./archive");
    assert!(config.mail.is_some() && config.recipients.is_some() && config.registries.is_some());
    assert_eq!(issue.masthead.name.value, "工作快报");
    assert_eq!(issue.number.office[0].value, "甲区办公室");
    assert_eq!(issue.number.signer[0].value, "张三");
    assert_eq!(issue.distribution.copies.unwrap().value, 100);
    // Its place is in hongtou.yaml, so that a relative path can be found from there.
    let layout = issue.layout.unwrap();
    assert_eq!(sources.get(layout.span.file).name, "hongtou.yaml");
}

#[test]
fn only_open_fonts_are_put_into_a_docx() {
    let read = |text: &str| {
        let mut sources = Sources::default();
        let file = sources.add("hongtou.yaml", text);
        let config = issue::read_config(&sources, file);
        config.map_err(|findings| told(&sources, &findings))
    };
    let embed = |text| read(text).expect("settings").docx_embed.map(|text| text.value);
    assert_eq!(embed("fonts: {docx: open, embed: true}"), Some("used".to_owned()));
    assert_eq!(embed("字体: {文档字体: open, 嵌入: whole}"), Some("whole".to_owned()));
    assert_eq!(embed("字体: {文档字体: open, 嵌入: 否}"), None);
    assert_eq!(embed("字体: {文档字体: windows, 嵌入: 否}"), None);
    for text in ["字体:\n  文档字体: windows\n  嵌入: 是", "字体:\n  路径: 甲\n  嵌入: used"]
    {
        let said = read(text).expect_err("refused");
        assert!(said.contains(":3:7 docx/embedding"), "{said}");
        assert!(said.contains("文档字体: open"), "{said}");
    }
    assert!(read("字体: {文档字体: open, 嵌入: 全部}").expect_err("refused").contains("whole"));
}

#[test]
fn an_issue_overrules_key_by_key_in_any_language() {
    let (sources, _, issue) = read(
        "masthead: {name: 专报}\n\
         本期: {期号: 1, 日期: 2020-1-2, 编发机关: 乙}\n\
         分送: {报: 市委}\n\
         contact: {电话: '010'}\n\
         text: 甲。\n",
    );
    assert_eq!(issue.masthead.name.value, "专报");
    assert_eq!(issue.masthead.owner[0].value, "甲区");
    assert_eq!(issue.number.office.len(), 1);
    assert_eq!(issue.number.office[0].value, "乙");
    assert_eq!(sources.get(issue.number.office[0].span.file).name, "issue.yaml");
    assert_eq!(issue.distribution.superiors.len(), 1);
    assert_eq!(issue.distribution.subordinates[0].value, "各单位");
    assert_eq!(issue.contact.phone[0].value, "010");
    assert_eq!(issue.contact.email[0].value, "a@b.cn");
}

#[test]
fn a_tilde_takes_a_default_away() {
    let (_, _, issue) = read(
        "issue: {number: 1, date: 2020-1-2, signer: ~}\ncontact: ~\n\
         distribution: {copies: ~}\ntext: 甲。\n",
    );
    assert!(issue.number.signer.is_empty());
    assert!(issue.contact.phone.is_empty());
    assert!(issue.distribution.copies.is_none());
    assert_eq!(issue.distribution.superiors.len(), 2);
}

#[test]
fn an_empty_or_missing_part_is_no_harm() {
    let mut sources = Sources::default();
    let file = sources.add("hongtou.yaml", "# 空\n");
    assert!(issue::read_config(&sources, file).unwrap().defaults.is_none());
}
