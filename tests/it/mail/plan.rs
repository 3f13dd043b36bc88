//! Who gets what.

use hongtou::diagnostic::Code;
use hongtou::mail::recipients::Format;
use hongtou::mail::{Planned, Selection, plan};

use super::post_box::{LIST, bad_list, entry, issue_155, list, to};

fn addresses(messages: &[Planned]) -> Vec<&str> {
    messages.iter().map(|planned| planned.recipient.address.as_str()).collect()
}

/// What is wrong with list and print together, as one text.
fn refused(names: &[(&str, &[&str])], text: &str) -> String {
    let findings = plan(&entry(names), &list(text), &Selection::default()).expect_err("refused");
    findings
        .iter()
        .map(|f| format!("{}；{}\n", f.message, f.help.as_deref().unwrap_or_default()))
        .collect()
}

fn fits(names: &[(&str, &[&str])], text: &str) -> Vec<Planned> {
    match plan(&entry(names), &list(text), &Selection::default()) {
        Ok(plan) => plan.messages,
        Err(findings) => panic!("{findings:#?}"),
    }
}

#[test]
fn each_address_of_issue_155_gets_one_message_in_the_order_of_print() {
    let plan = plan(&issue_155().0, &list(LIST), &Selection::default()).unwrap();
    assert!(plan.findings.is_empty());
    assert_eq!(
        addresses(&plan.messages),
        [
            "szwmb@example.cn",
            "qwb@mtg.example.cn",
            "zhaoming@mtg.example.cn",
            "rdb@mtg.example.cn",
            "zfb@mtg.example.cn",
            "liqiang@cz.example.cn",
            "sunli@wp.example.cn",
            "cgj@mtg.example.cn",
            "wangfang@cz.example.cn",
            "dxf@xn--fsqu00a.xn--fiqs8s",
            "archive@example.cn",
        ]
    );
    let of = |address: &str| {
        plan.messages.iter().find(|planned| planned.recipient.address == address).unwrap()
    };
    // In two groups: one message. Two persons with one address: one message too.
    assert_eq!(
        of("sunli@wp.example.cn").recipient.groups,
        ["发 全区各单位主要领导", "发 创城工作主管领导"]
    );
    let shared = &of("wangfang@cz.example.cn").recipient;
    assert_eq!(shared.person.as_deref(), Some("王芳、周涛"));
    assert_eq!(shared.unit.as_deref(), Some("城子街道"));
    // Who has no name is called as his group; formats and greeting are his own.
    assert_eq!(of("szwmb@example.cn").recipient.unit.as_deref(), Some("首都文明办"));
    assert_eq!(of("zhaoming@mtg.example.cn").formats, [Format::Docx, Format::Pdf]);
    assert_eq!(of("zhaoming@mtg.example.cn").greeting.as_deref(), Some("赵书记"));
    assert_eq!(of("rdb@mtg.example.cn").formats, [Format::Docx]);
}

#[test]
fn every_group_without_an_address_and_every_one_not_printed_is_named_at_once() {
    let said = refused(
        &[("报", &["首都文明办", "区委", "区人大"]), ("发", &["网站信息员"])],
        "报: {区委: a@b.cn, 区政府: c@b.cn}\n发: {网站信息圆: d@b.cn, 媒体: e@b.cn}\n",
    );
    for line in [
        "第155期印着“报：首都文明办”，名单里没有这一组的邮箱；在“报”下面写一行",
        "第155期印着“报：区人大”",
        "第155期印着“发：网站信息员”，名单里没有这一组的邮箱；名单里的“网站信息圆”若是同一组",
        "名单里有“报：区政府”，第155期的末尾没有印这一组",
        "名单里有“发：网站信息圆”，第155期的末尾没有印这一组；印着的“网站信息员”若是同一组",
        "名单里有“发：媒体”",
    ] {
        assert!(said.contains(line), "{line} not in\n{said}");
    }
    assert_eq!(said.lines().count(), 6, "{said}");
}

#[test]
fn another_office_is_never_offered_as_the_same_group() {
    for (printed, listed) in [
        ("团县委", "县委"),
        ("县委办", "县委"),
        ("县政府", "县政府办"),
        ("区人民政府", "区人民政府办"),
        ("县委办公室", "县府办公室"),
        ("市委组织部", "县委组织部"),
        ("机关第一支部", "机关第二支部"),
        ("信息员", "信访员"),
    ] {
        for (printed, listed) in [(printed, listed), (listed, printed)] {
            let said = refused(&[("送", &[printed])], &format!("送: {{{listed}: a@b.cn}}\n"));
            assert!(!said.contains("同一组，两处写成一样"), "{printed}, {listed}: {said}");
        }
    }
    for (printed, listed) in [
        ("县融媒体中心", "县融煤体中心"),
        ("网站信息员", "网站息信员"),
        ("县政府（办）", "县政府办"),
        ("各乡镇……", "各乡镇"),
    ] {
        let said = refused(&[("送", &[printed])], &format!("送: {{{listed}: a@b.cn}}\n"));
        assert_eq!(said.matches("同一组，两处写成一样").count(), 2, "{printed}, {listed}: {said}");
    }
}

#[test]
fn a_group_under_another_label_is_refused() {
    let said = refused(&[("发", &["信息员"])], "报: {信息员: a@b.cn}\n");
    assert!(said.contains("印在“发”里：在名单里也移到“发”下面"), "{said}");
}

#[test]
fn exceptions_are_by_leave() {
    let names: &[(&str, &[&str])] = &[("报", &["区委", "区政协领导同志"])];
    let text = "报: {区委: a@b.cn}\n发: {媒体: b@b.cn}\n另寄: {存档信箱: c@b.cn}\n\
                例外: {只发纸质: [区政协领导同志], 不印不寄: [媒体]}\n";
    assert_eq!(addresses(&fits(names, text)), ["a@b.cn", "c@b.cn"]);
    // Printed, they get theirs.
    let names: &[(&str, &[&str])] = &[("报", &["区委", "区政协领导同志"]), ("发", &["媒体"])];
    assert_eq!(addresses(&fits(names, text)), ["a@b.cn", "b@b.cn", "c@b.cn"]);
}

#[test]
fn spaces_and_marks_make_no_other_group() {
    let phrase: &[(&str, &[&str])] = &[("报", &["首都文明办、区委、区 人大", "区政府（办）"])];
    let text = "报:\n  首都 文明办: a@b.cn\n  区委、区人大: b@b.cn\n  区政府(办): c@b.cn\n";
    assert_eq!(addresses(&fits(phrase, text)), ["a@b.cn", "b@b.cn", "c@b.cn"]);
    // But a part of a name is no name.
    let said = refused(&[("报", &["区委办公室"])], "报: {区委: a@b.cn}\n");
    assert!(said.contains("报：区委办公室") && said.contains("报：区委”"), "{said}");
}

#[test]
fn a_part_of_the_list_can_be_chosen() {
    let choose = |only: &[&str], except: &[&str]| {
        let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let selection =
            Selection { only: texts(only), except: texts(except), ..Selection::default() };
        plan(&issue_155().0, &list(LIST), &selection)
    };
    let chosen = |only: &[&str], except: &[&str]| {
        let plan = choose(only, except).unwrap();
        plan.messages.into_iter().map(|planned| planned.recipient.address).collect::<Vec<_>>()
    };
    assert_eq!(chosen(&["周涛"], &[]), ["wangfang@cz.example.cn"]);
    assert_eq!(chosen(&["SUNLI@wp.example.cn"], &[]), ["sunli@wp.example.cn"]);
    assert_eq!(
        chosen(&["区委", "发 信息员"], &["赵明"]),
        ["qwb@mtg.example.cn", "wangfang@cz.example.cn", "dxf@xn--fsqu00a.xn--fiqs8s"]
    );
    assert_eq!(chosen(&["城子街道王芳"], &[]), ["wangfang@cz.example.cn"]);
    assert_eq!(
        chosen(&[], &["报 区委", "发 全区各单位主要领导", "信息员", "另寄 存档信箱"]).len(),
        3
    );
    let findings = choose(&["王方", "某某"], &[]).unwrap_err();
    assert!(findings.iter().all(|one| one.code == Code::MailNobody), "{findings:?}");
    assert_eq!(findings[0].help.as_deref(), Some("是否应为“王芳”？"));
    assert!(findings[1].help.as_deref().unwrap().contains("--dry-run"));
}

#[test]
fn a_correction_goes_to_those_who_got_the_one_before() {
    let earlier = |address: &str, revision| (to(address, "旧单位", "旧人").recipient, revision);
    let selection = Selection {
        earlier: vec![
            earlier("rdb@MTG.example.cn", 1),
            earlier("gone@example.cn", 1),
            earlier("rdb@mtg.example.cn", 2),
        ],
        ..Selection::default()
    };
    let plan = plan(&issue_155().0, &list(LIST), &selection).unwrap();
    let corrected: Vec<(&str, u32)> = plan
        .messages
        .iter()
        .filter_map(|p| Some((p.recipient.address.as_str(), p.correction?)))
        .collect();
    assert_eq!(corrected, [("rdb@mtg.example.cn", 2), ("gone@example.cn", 1)]);
    assert_eq!(plan.messages.len(), 12);
    assert_eq!(plan.findings[0].code, Code::MailLeft);
    assert!(plan.findings[0].message.contains("gone@example.cn"));
}

#[test]
fn what_is_wrong_with_a_list_is_said_all_at_once_with_its_place() {
    bad_list(
        "报:\n  首都文明办: 张三\n  区委:\n    - 甲 乙 丙 <a@b.cn>\n    - {姓名: 王芳, 邮箱: 王芳@b.cn}\n\
         发：\n",
        &["recipients.yaml:6:2 yaml/colon"],
    );
    bad_list(
        "报:\n  首都文明办: 张三\n  区委:\n    - 甲 乙 丙 <a@b.cn>\n    - {姓名: 王芳, 邮箱: 王芳@b.cn}\n\
         \x20   - {姓名: 王芳, 信箱: a@b.cn}\n  区 委: a@b.cn\n  区人大:\n发: [a@b.cn]\n信息员: a@b.cn\n\
         例外: {不印不寄: [媒体], 只发纸质: [区委]}\n",
        &[
            "recipients.yaml:2:10 mail/address",
            "recipients.yaml:4:7 recipients/person",
            "recipients.yaml:5:20 mail/address",
            "recipients.yaml:6:16 recipients/unknown-key",
            "是否应为“邮箱”？",
            "recipients.yaml:7:3 recipients/duplicate",
            "recipients.yaml:8:3 recipients/none",
            "recipients.yaml:9:4 recipients/wrong-kind",
            "recipients.yaml:10:1 recipients/unknown-key",
            "组名缩进两格",
            "recipients.yaml:11:13 recipients/unknown-group",
            "recipients/paper-only",
        ],
    );
    bad_list("例外: {只发纸质: [区委]}\n", &["recipients/none"]);
    bad_list("报: {区委: {邮箱: a@b.cn, 格式: doc}}\n", &["recipients/person", "docx、pdf"]);
}

#[test]
fn english_keys_say_the_same() {
    let english = "superiors: {区委: {unit: 区委, person: 甲, address: a@b.cn, greeting: 乙, formats: pdf}}\n\
                   peers: {某办: b@b.cn}\nsubordinates: {信息员: c@b.cn}\nalso: {存档: d@b.cn}\n\
                   exceptions: {paper: [区政府], unprinted: [某办]}\n";
    let chinese = "报: {区委: {单位: 区委, 姓名: 甲, 邮箱: a@b.cn, 称呼: 乙, 格式: pdf}}\n\
                   送: {某办: b@b.cn}\n发: {信息员: c@b.cn}\n另寄: {存档: d@b.cn}\n\
                   例外: {只发纸质: [区政府], 不印不寄: [某办]}\n";
    let names: &[(&str, &[&str])] = &[("报", &["区委", "区政府"]), ("发", &["信息员"])];
    assert_eq!(fits(names, english), fits(names, chinese));
    assert_eq!(fits(names, chinese)[0].formats, [Format::Pdf]);
}
