//! Each rule by its id (N02 to N30), and the promise that nothing is lost.

use crate::diagnostic::Code;
use proptest::prelude::*;

use super::{Setting, normalize, skeleton};

fn text(written: &str) -> String {
    normalize(written, Setting::Text).text
}

fn rules(written: &str) -> Vec<&'static str> {
    normalize(written, Setting::Text).edits.iter().map(|edit| edit.rule).collect()
}

#[test]
fn n02_nfc_and_never_nfkc() {
    assert_eq!(text("e\u{301}tude"), "étude");
    for kept in ["Ⅲ-58", "（）", "，：；！？", "①②", "㎡", "℃", "……"] {
        assert_eq!(text(kept), kept);
    }
}

#[test]
fn n03_radicals_become_characters() {
    assert_eq!(text("⼀⽂⻚⺠⻔"), "一文页民门");
    assert_eq!(rules("⼀"), ["N03"]);
    let problems = normalize("⺮", Setting::Text).problems;
    assert!(problems[0].error && problems[0].message.contains("U+2EAE"));
}

#[test]
fn n04_what_is_invisible_goes_and_odd_spaces_are_spaces() {
    assert_eq!(text("甲\u{200b}乙\u{feff}丙\u{ad}"), "甲乙丙");
    assert_eq!(text("one\u{a0}two\u{2003}three\u{3000}four"), "one two three four");
    assert_eq!(text("👩\u{200d}💻"), "👩\u{200d}💻");
}

#[test]
fn n05_no_space_between_han_and_digits_or_letters() {
    assert_eq!(text("人员 7×24 小时"), "人员7×24小时");
    assert_eq!(text("沟新城 MC00-0100 规划 12 日"), "沟新城MC00-0100规划12日");
    assert_eq!(text("Ⅱ-27 城市"), "Ⅱ-27城市");
    assert_eq!(text("下降 44% 左右，25 ℃ 以上"), "下降44%左右，25 ℃以上");
}

#[test]
fn n06_no_space_beside_full_width_marks() {
    assert_eq!(text("甲 ， 乙 （丙） 丁"), "甲，乙（丙）丁");
    assert_eq!(text("门头沟“热心人” logo 征集"), "门头沟“热心人”logo征集");
    assert_eq!(text("**甲：** 乙"), "**甲：**乙");
    assert_eq!(text("say “yes” or “no” now"), "say “yes” or “no” now");
}

#[test]
fn n07_n10_a_space_between_han_is_kept_and_pointed_out_unless_a_slogan() {
    let slogan = normalize("开展“文明交通 有我参与”活动", Setting::Text);
    assert_eq!(slogan.text, "开展“文明交通\u{3000}有我参与”活动");
    assert!(slogan.problems.is_empty());
    let doubtful = normalize("全国文明城市 工作快报", Setting::Text);
    assert_eq!(doubtful.text, "全国文明城市\u{3000}工作快报");
    assert_eq!(doubtful.problems[0].code, Code::IssueSpace);
    assert_eq!(&"全国文明城市 工作快报"[doubtful.problems[0].range.clone()], " ");
}

#[test]
fn n08_a_spread_heading_is_closed() {
    assert_eq!(normalize("简 讯", Setting::Heading).text, "简讯");
    assert_eq!(normalize("简\u{3000}\u{3000}讯", Setting::Heading).text, "简讯");
    assert_eq!(normalize("【简 讯】", Setting::Heading).text, "【简讯】");
    assert_eq!(normalize("简讯 两则", Setting::Heading).text, "简讯\u{3000}两则");
}

#[test]
fn n11_the_indent_is_the_layouts() {
    assert_eq!(text("\u{3000}\u{3000}甲乙 "), "甲乙");
    assert_eq!(text("\t甲"), "甲");
}

#[test]
fn n15_full_width_digits_and_letters() {
    assert_eq!(text("２０１９年，ＡＢｃ"), "2019年，ABc");
}

#[test]
fn n17_range_marks() {
    assert_eq!(text("0001~0003"), "0001～0003");
    assert_eq!(text("15%〜20%、3∼5"), "15%～20%、3～5");
    assert_eq!(text("http://a.cn/~b"), "http://a.cn/~b");
}

#[test]
fn n19_dashes() {
    assert_eq!(text("问题――特别"), "问题——特别");
    assert_eq!(text("问题⸺特别"), "问题——特别");
    assert_eq!(text("北京—上海"), "北京—上海");
    for doubtful in ["问题──特别", "问题--特别"] {
        let out = normalize(doubtful, Setting::Text);
        assert_eq!((out.text.as_str(), out.problems[0].code), (doubtful, Code::IssueDash));
    }
    assert!(normalize("a--b", Setting::Text).problems.is_empty());
}

#[test]
fn n20_ellipses() {
    for written in ["等等...", "等等......", "等等…", "等等······", "等等⋯⋯", "等等……"]
    {
        assert_eq!(text(written), "等等……", "{written}");
    }
    assert_eq!(text("wait..."), "wait...");
    assert_eq!(normalize("完。。", Setting::Text).problems[0].code, Code::IssueFullStops);
}

#[test]
fn n21_straight_quotes_in_pairs() {
    assert_eq!(text("\"痛点\"对症开\"药方\""), "“痛点”对症开“药方”");
    assert_eq!(text("甲'乙'丙"), "甲‘乙’丙");
    assert_eq!(text("it's"), "it’s");
    let odd = normalize("甲\"乙", Setting::Text).problems;
    assert!(odd[0].error && odd[0].code == Code::IssueStraightQuotes);
}

#[test]
fn n23_small_and_vertical_forms() {
    assert_eq!(text("京政发﹝2019﹞12号"), "京政发〔2019〕12号");
    assert_eq!(text("甲﹐乙︵丙︶"), "甲，乙（丙）");
}

#[test]
fn n25_interpuncts() {
    assert_eq!(text("比尔•盖茨、比尔・盖茨、比尔‧盖茨"), "比尔·盖茨、比尔·盖茨、比尔·盖茨");
    assert_eq!(text("• 要点"), "• 要点");
}

#[test]
fn n30_what_cannot_be_printed_is_named() {
    for (written, code) in
        [("甲\u{1}乙", "U+0001"), ("甲\u{fffd}", "U+FFFD"), ("甲\u{e000}", "U+E000")]
    {
        let problems = normalize(written, Setting::Text).problems;
        assert!(problems[0].error && problems[0].message.contains(code), "{problems:?}");
        assert_eq!(problems[0].range.start, "甲".len());
    }
}

#[test]
fn edits_and_origins_point_into_the_text_as_written() {
    let written = "13 日，到 “热心人”";
    let out = normalize(written, Setting::Text);
    assert_eq!(out.text, "13日，到“热心人”");
    assert!(out.edits.iter().all(|edit| &written[edit.range.clone()] == " "));
    let at = out.text.find("热心").unwrap();
    assert_eq!(&written[out.origin(at..at + "热心人".len())], "热心人");
    assert_eq!(out.origin(0..out.text.len()), 0..written.len());
}

proptest! {
    #[test]
    fn nothing_is_lost(written in any::<String>()) {
        for setting in [Setting::Text, Setting::Heading] {
            let out = normalize(&written, setting);
            prop_assert_eq!(skeleton(&out.text), skeleton(&written));
            prop_assert!(out.problems.iter().all(|problem| problem.code != Code::Fault));
        }
    }

    /// Of the characters that the rules are about.
    #[test]
    fn nothing_is_lost_of_what_editors_type(
        written in "[甲乙Ⅲ⼀⻚a-cA12１Ａ“”\"'‘’，。：（）【】 \u{3000}\u{a0}\u{200b}~〜—―─⸺.…·•﹝﹞%*-]{0,40}"
    ) {
        for setting in [Setting::Text, Setting::Heading] {
            let out = normalize(&written, setting);
            prop_assert_eq!(skeleton(&out.text), skeleton(&written));
            prop_assert!(out.problems.iter().all(|problem| problem.code != Code::Fault));
            // Once is enough, but where a run of signs stays doubtful.
            if out.problems.is_empty() {
                let again = normalize(&out.text, setting);
                prop_assert_eq!(&again.text, &out.text);
            }
            for edit in &out.edits {
                prop_assert!(written.get(edit.range.clone()).is_some());
            }
            let whole = out.origin(0..out.text.len());
            prop_assert!(written.get(whole).is_some());
        }
    }
}
