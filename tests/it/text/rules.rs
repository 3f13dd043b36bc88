//! The clauses of the standards, one by one.

use hongtou::text::{Adjustment, Break, Class, Settings, analyze, fit, fit_balanced};
use hongtou::unit::Length;

use super::fake::{
    OFFICIAL, block, em, line_text, measure, paragraph, ragged, set, texts, ways, widths,
};
use super::vectors::may_break;

/// Whether a line may begin at the `|` in a text.
fn breaks_at(marked: &str) -> bool {
    let byte = marked.find('|').expect("a mark");
    let text = marked.replacen('|', "", 1);
    may_break(&analyze(&text, &OFFICIAL), byte)
}

/// What it costs to begin a line at the `|`.
fn cost_at(marked: &str) -> u32 {
    let byte = marked.find('|').expect("a mark");
    let text = marked.replacen('|', "", 1);
    let analysis = analyze(&text, &OFFICIAL);
    let atom = analysis.atoms.iter().position(|atom| atom.range.start == byte).expect("an atom");
    match analysis.breaks[atom] {
        Break::Allowed(cost) => cost,
        Break::Never => u32::MAX,
    }
}

/// Widths inside a line that needs no adjustment.
fn natural(text: &str) -> Vec<i64> {
    widths(text, &set(text, &ragged(100_000), &OFFICIAL), 0, &OFFICIAL)
}

#[test]
fn gbt_15834_5_1_1_pauses_take_an_em_and_begin_no_line() {
    for mark in "。，、；：".chars() {
        assert!(!breaks_at(&format!("文|{mark}文")), "{mark}");
        assert!(breaks_at(&format!("文{mark}|文")), "{mark}");
        assert_eq!(natural(&format!("文{mark}文")), [1000, 1000, 1000], "{mark}");
    }
}

#[test]
fn gbt_15834_5_1_2_question_and_exclamation_marks_stack() {
    for mark in "？！".chars() {
        assert!(!breaks_at(&format!("文|{mark}文")), "{mark}");
        assert_eq!(natural(&format!("文{mark}文"))[1], 1000, "{mark}");
    }
    let sum = |text: &str| natural(text).iter().sum::<i64>() - 2000;
    for pair in ["？？", "！！", "？！"] {
        assert_eq!(sum(&format!("文{pair}文")), 1000, "{pair}");
    }
    for three in ["？？？", "！！！"] {
        assert_eq!(sum(&format!("文{three}文")), 2000, "{three}");
    }
}

#[test]
fn gbt_15834_5_1_3_opening_marks_end_no_line_closing_marks_begin_none() {
    for (open, close) in
        ["“”", "‘’", "（）", "《》", "〈〉", "【】", "〔〕", "［］", "｛｝", "「」", "『』"]
            .map(|pair| (pair.chars().next().unwrap_or(' '), pair.chars().nth(1).unwrap_or(' ')))
    {
        assert!(breaks_at(&format!("文|{open}文{close}文")), "{open}");
        assert!(!breaks_at(&format!("文{open}|文{close}文")), "{open}");
        assert!(!breaks_at(&format!("文{open}文|{close}文")), "{close}");
        assert!(breaks_at(&format!("文{open}文{close}|文")), "{close}");
        assert_eq!(natural(&format!("文{open}文{close}文")), [1000; 5], "{open}{close}");
    }
}

#[test]
fn gbt_15834_5_1_4_the_dash_takes_two_ems_and_holds_together() {
    let analysis = analyze("问题——特别", &OFFICIAL);
    assert_eq!(analysis.atoms[2].class, Class::Dash);
    assert_eq!(analysis.atoms[2].range.len(), "——".len());
    assert_eq!(natural("问题——特别")[2], 2000);
    assert_eq!(cost_at("问题|——特别"), 100);
    assert!(breaks_at("问题——|特别"));
    let settings = Settings { dash_at_start: false, ..OFFICIAL };
    assert_eq!(analyze("问题——特别", &settings).breaks[2], Break::Never);
}

#[test]
fn gbt_15834_5_1_5_the_ellipsis_takes_two_ems_and_holds_together() {
    for text in ["等等……他", "等等⋯⋯他"] {
        let analysis = analyze(text, &OFFICIAL);
        assert_eq!(analysis.atoms[2].class, Class::Ellipsis);
        assert_eq!(natural(text)[2], 2000);
    }
    // Two together take four ems and hold together too.
    let analysis = analyze("等…………他", &OFFICIAL);
    assert_eq!(analysis.atoms.len(), 4);
    assert_eq!(analysis.breaks[2], Break::Never);
    assert!(!breaks_at("等|……他"));
    assert!(breaks_at("等……|他"));
}

#[test]
fn gbt_15834_5_1_6_connectors_begin_no_line() {
    for mark in "—～–-".chars() {
        assert!(!breaks_at(&format!("北京|{mark}上海")), "{mark}");
        assert!(breaks_at(&format!("北京{mark}|上海")), "{mark}");
    }
    assert_eq!(natural("北京—上海")[2], 1000);
    assert_eq!(natural("北京～上海")[2], 1000);
    assert_eq!(natural("北京–上海")[2], 500);
}

#[test]
fn gbt_15834_5_1_7_the_interpunct_takes_half_an_em_and_begins_no_line() {
    assert!(!breaks_at("比尔|·盖茨"));
    assert!(breaks_at("比尔·|盖茨"));
    assert_eq!(natural("比尔·盖茨")[2], 500);
}

#[test]
fn gbt_15834_5_1_9_the_slash_takes_half_an_em_and_stands_at_no_edge() {
    assert!(!breaks_at("小时|/天"));
    assert!(!breaks_at("小时/|天"));
    assert_eq!(natural("小时/天")[2], 500);
}

#[test]
fn gbt_15834_5_1_10_a_mark_at_the_line_end_takes_half_an_em() {
    let text = "文文文文，文文文文文";
    let fit = set(text, &ragged(5000), &OFFICIAL);
    assert_eq!(texts(text, &fit, &OFFICIAL), ["文文文文，", "文文文文文"]);
    assert_eq!(fit.lines[0].end, em(4500));
    // The half em that it leaves goes to the line.
    let fit = set(text, &block(4500), &Settings { stretch_max: 1000, ..OFFICIAL });
    assert_eq!(fit.lines[0].atoms, 0..5);
    assert_eq!(fit.lines[0].end, em(4500));
    assert_eq!(fit.lines[0].adjustment, Adjustment::None);
    // Without the rule a mark gives its half only where the line needs it.
    let settings = Settings { line_end_half: false, ..OFFICIAL };
    assert_eq!(set(text, &ragged(5000), &settings).lines[0].end, em(5000));
    assert_eq!(set(text, &block(4500), &settings).lines[0].end, em(4500));
}

#[test]
fn gbt_15834_5_1_11_no_single_character_is_the_last_line() {
    // 28 a line, indented by two: 26 + 28 and one over, with room to squeeze or without.
    for text in [
        format!("{}，{}。{}", "一".repeat(20), "二".repeat(22), "三".repeat(11)),
        "一".repeat(26 + 28 + 1),
        format!("{}。", "一".repeat(26 + 28)),
        format!("{}，{}。", "一".repeat(10), "二".repeat(15 + 28 + 1)),
    ] {
        let fit = set(&text, &paragraph(28), &OFFICIAL);
        let analysis = analyze(&text, &OFFICIAL);
        let last = line_text(&text, &analysis, &fit.lines[fit.lines.len() - 1]);
        assert!(last.trim_end_matches('。').chars().count() >= 2, "{last}");
        assert!(!fit.overfull, "{text}");
    }
    // Narrow lines, where the limits leave no way: marks are compressed first (also 。？！), then a
    // character is pulled down and the line before widened beyond the limit.
    let text = "一二三。四五六七";
    let fit = set(text, &block(7500), &OFFICIAL);
    assert_eq!(texts(text, &fit, &OFFICIAL), [text]);
    assert_eq!(fit.lines[0].squeeze_per_mark, 500);
    let text = "一二三四五六七八";
    let fit = set(text, &block(7000), &OFFICIAL);
    assert_eq!(texts(text, &fit, &OFFICIAL), ["一二三四五六", "七八"]);
    assert!(fit.overfull);
    // A paragraph of one character has no choice.
    assert_eq!(set("一", &block(7000), &OFFICIAL).lines.len(), 1);
    assert_eq!(set("一。", &block(1500), &OFFICIAL).lines.len(), 1);
}

#[test]
fn required_breaks_of_standards_3_3() {
    for (text, expected) in [
        ("针对|“痛点”发力", true),
        ("针对“|痛点”发力", false),
        ("针对“痛点|”发力", false),
        ("针对“痛点”|发力", true),
        ("办理|“7×24”工作", true),
        ("办理“7×24”|工作", true),
        ("“12345”、|“96310”热线", true),
        ("“12345”|、“96310”热线", false),
        ("“12345”、“96310”|热线", true),
        ("展“热心人”|logo征", true),
        ("展“热心人”logo|征", true),
        ("比尔|·盖茨", false),
        ("100|～150元", false),
        ("100～|150元", false),
        ("9亿～|16亿", false),
        ("北京|—上海", false),
        ("小时|/天", false),
        ("小时/|天", false),
        ("2019|年3月14日", false),
        ("2019年|3月14日", true),
        ("〔2019〕12|号", false),
        ("〔2019〕|12号", false),
        ("第155|期", false),
        ("第|155期", false),
        ("Ⅲ|-58城市", false),
        ("Ⅲ-|58城市", false),
        ("①|加快", false),
        ("44|%", false),
        ("25|℃", false),
        ("￥|100", false),
        ("№|12", false),
        ("11:30—|12:00", false),
        ("1|/3", false),
        ("80|㎡", false),
    ] {
        assert_eq!(breaks_at(text), expected, "{text}");
    }
    assert_eq!(cost_at("MC00-|0100-0001～0003"), 200);
    assert_eq!(cost_at("MC00-0100-|0001～0003"), 200);
    assert_eq!(cost_at("MC00-0100-0001～|0003"), u32::MAX);
    assert!(cost_at("mtgccbxcz@|163.com") >= 1_000_000);
    assert_eq!(cost_at("mtgc|cbxcz@163.com"), u32::MAX);
}

#[test]
fn soft_rules_have_their_price() {
    assert_eq!(cost_at("共24|座"), 50);
    assert_eq!(cost_at("罚款2.3万|余元"), 50);
    assert_eq!(cost_at("3|月14日"), 100);
    assert_eq!(cost_at("Ⅲ-58|城市精细化管理"), 150);
    assert_eq!(cost_at("京政发|〔2019〕12号"), 100);
    assert_eq!(cost_at("好。一是|加强调度"), 200);
    assert_eq!(cost_at("好。一|是加强调度"), 200);
    assert_eq!(cost_at("好。（一）|加强调度"), 200);
    assert_eq!(cost_at("好。1.|加强调度"), 200);
    assert_eq!(cost_at("（村|民）"), 30);
    assert_eq!(cost_at("普通|文字"), 0);
}

#[test]
fn faces_and_classes_by_context() {
    let show = |text: &str| -> Vec<(String, Class, bool)> {
        analyze(text, &OFFICIAL)
            .atoms
            .iter()
            .map(|atom| (text[atom.range.clone()].to_owned(), atom.class, atom.western))
            .collect()
    };
    let find = |text: &str, atom: &str| {
        let found = show(text).into_iter().find(|(t, ..)| t == atom).expect("an atom");
        (found.1, found.2)
    };
    assert_eq!(find("针对“痛点”", "“"), (Class::Open, false));
    assert_eq!(find("he said “ok” to us", "“"), (Class::Latin, true));
    assert_eq!(find("it’s", "’"), (Class::Latin, true));
    assert_eq!(find("7×24小时", "×"), (Class::Number, false));
    assert_eq!(find("44%", "%"), (Class::Postfix, true));
    assert_eq!(find("25℃", "℃"), (Class::Postfix, false));
    assert_eq!(find("Ⅲ-58城", "Ⅲ"), (Class::Roman, false));
    assert_eq!(find("Ⅲ-58城", "-"), (Class::Number, true));
    assert_eq!(find("秦岭–淮河", "–"), (Class::HalfConnector, false));
    assert_eq!(find("100～150", "～"), (Class::Connector, false));
    assert_eq!(find("2.3万", "."), (Class::Number, true));
    assert_eq!(find("11:30", ":"), (Class::Number, true));
    assert_eq!(find("小时/天", "/"), (Class::Slash, false));
    assert_eq!(find("km/h", "/"), (Class::Latin, true));
    assert_eq!(find("a@163.com", "1"), (Class::Latin, true));
    assert_eq!(find("好……", "……"), (Class::Ellipsis, false));
    assert_eq!(find("人人々", "々"), (Class::Iteration, false));
    assert_eq!(find("①加", "①"), (Class::Circled, false));
    assert_eq!(find("№12", "№"), (Class::Prefix, false));
}

#[test]
fn standards_3_5_adjacent_marks_squeeze_also_across_a_change_of_em() {
    let text = "文（文），文";
    let analysis = analyze(text, &OFFICIAL);
    let mut measured = measure(text, &analysis);
    // The closing bracket in another size, as when another role ends there.
    for m in &mut measured[..4] {
        m.advance = m.advance * 2;
        m.em = m.em * 2;
        m.blank_before = m.blank_before * 2;
        m.blank_after = m.blank_after * 2;
    }
    let line = &fit(&analysis, &measured, &ragged(100_000), &OFFICIAL, 0)[0].lines[0];
    assert_eq!(line.x[4] - line.x[3], em(1000), "half of its own two ems");
}

#[test]
fn standards_3_5_pairs_may_close_up_to_one_em() {
    let settings = Settings { pair_min: 1000, ..OFFICIAL };
    for text in ["文。”文", "文）（文", "文），文", "文（《文"] {
        let fit = set(text, &ragged(100_000), &settings);
        assert_eq!(fit.lines[0].end, em(3000), "{text}");
        let fit = set(text, &ragged(100_000), &OFFICIAL);
        assert_eq!(fit.lines[0].end, em(3500), "{text}");
    }
}

#[test]
fn standards_3_12_a_centred_mark_is_trimmed_on_both_sides() {
    let text = "文？”文";
    let analysis = analyze(text, &OFFICIAL);
    let measured = measure(text, &analysis);
    let line = &fit(&analysis, &measured, &ragged(100_000), &OFFICIAL, 0)[0].lines[0];
    assert_eq!(line.x[1], em(1000 - 250));
    assert_eq!(line.x[2], em(1500));
}

#[test]
fn standards_3_9_squeezes_in_order() {
    // Half an em too much; a bracket is squeezed before the comma.
    let text = "一二三（四）五六，七八九十";
    let fit = set(text, &block(12_500), &OFFICIAL);
    assert_eq!(fit.lines[0].adjustment, Adjustment::Squeezed(em(500)));
    let found = widths(text, &fit, 0, &OFFICIAL);
    assert_eq!((found[3], found[5], found[8]), (750, 750, 1000), "{found:?}");
    let text = "一二三，四五六七八九十甲乙丙";
    let fit = set(text, &block(13_500), &OFFICIAL);
    assert_eq!(widths(text, &fit, 0, &OFFICIAL)[3], 500);
    // A stop is squeezed only where the setting allows it.
    let text = format!("一二三。{}", "四".repeat(40));
    let strict = set(&text, &block(20_500), &OFFICIAL);
    assert!(strict.lines.iter().all(|line| line.squeeze_per_mark == 0));
    let settings = Settings { squeeze_stops: true, stretch_max: 1, ..OFFICIAL };
    let loose = set(&text, &block(20_500), &settings);
    assert_eq!(loose.lines[0].squeeze_per_mark, 500);
}

#[test]
fn standards_3_9_never_widens_inside_a_sequence_or_beside_a_connector() {
    let text = "共计1234567元，北京—上海一二三四五六七八";
    let settings = Settings { stretch_max: 500, ..OFFICIAL };
    let fit = set(text, &block(14_200), &settings);
    let analysis = analyze(text, &OFFICIAL);
    let line = &fit.lines[0];
    assert!(matches!(line.adjustment, Adjustment::Stretched(_)), "{line:?}");
    let measured = measure(text, &analysis);
    for i in 1..line.x.len() {
        let gap = line.x[i] - line.x[i - 1] - measured[i - 1].advance;
        let class = |i: usize| analysis.atoms[i].class;
        if analysis.solid[i] || class(i) == Class::Connector || class(i - 1) == Class::Connector {
            assert_eq!(gap, Length::ZERO, "{i}");
        } else {
            assert!(gap > Length::ZERO, "{i}");
        }
    }
}

#[test]
fn spaces_at_line_ends_are_dropped() {
    let text = "一二三四五　六七八九十";
    let fit = set(text, &ragged(5000), &OFFICIAL);
    assert_eq!(texts(text, &fit, &OFFICIAL), ["一二三四五", "六七八九十"]);
    assert_eq!(fit.lines[0].end, em(5000));
    assert_eq!(fit.lines[1].x[0], Length::ZERO);
    assert!(ways("　　", &block(5000), &OFFICIAL, 1)[0].lines.is_empty());
}

#[test]
fn a_word_longer_than_the_line_is_parted_and_reported() {
    let text = format!("地址{}完毕", "abcdefghij".repeat(8));
    let fit = set(&text, &block(10_000), &OFFICIAL);
    assert!(fit.overfull);
    assert_eq!(texts(&text, &fit, &OFFICIAL).concat(), text);
    assert!(fit.lines.iter().all(|line| line.end <= em(10_000)));
    // An address parts at its signs before that.
    let text = "地址是https://www.example.gov.cn/news/issue155/index.html完毕";
    let fit = set(text, &block(10_000), &OFFICIAL);
    let lines = texts(text, &fit, &OFFICIAL);
    assert!(fit.overfull);
    for line in &lines[..lines.len() - 1] {
        assert!(line.ends_with(['/', '.', '是']) || line.ends_with(".html"), "{lines:?}");
    }
}

#[test]
fn ways_with_more_and_fewer_lines_are_ordered_and_within_the_limits() {
    let text = "一二三四五，六七八九十，".repeat(30);
    let fits = ways(&text, &paragraph(28), &OFFICIAL, 1);
    assert!(fits.len() >= 2, "{}", fits.len());
    let best = fits.iter().min_by_key(|fit| fit.cost).expect("a way");
    for pair in fits.windows(2) {
        assert_eq!(pair[0].lines.len() + 1, pair[1].lines.len());
    }
    for fit in &fits {
        assert!(!fit.overfull);
        assert!(fit.lines.len().abs_diff(best.lines.len()) <= 1);
        assert!(fit.lines.iter().all(|line| line.stretch_per_gap <= 100));
        assert_eq!(texts(&text, fit, &OFFICIAL).concat(), text);
    }
    assert_eq!(ways(&text, &paragraph(28), &OFFICIAL, 0)[0], *best);
}

#[test]
fn gbt_9704_7_3_1_titles_are_trapezia_or_lozenges() {
    for text in [
        "门头沟区创建全国文明城市总指挥部办公室关于开展文明交通志愿服务活动的通知",
        "中共北京市委北京市人民政府关于进一步加强社区小广告楼道堆物等问题整治工作推进城市精细化管理的实施意见",
        "城子街道紧盯创城“痛点”对症“开药方”推动人居环境整治取得实效",
    ] {
        let analysis = analyze(text, &OFFICIAL);
        let measured = measure(text, &analysis);
        let shape = ragged(20_000);
        let title = fit_balanced(&analysis, &measured, &shape, &OFFICIAL);
        let fewest = set(text, &shape, &OFFICIAL).lines.len();
        assert_eq!(title.lines.len(), fewest);
        let widths: Vec<i64> =
            title.lines.iter().map(|line| line.end.0 * 10 / em(1000).0).collect();
        for three in widths.windows(3) {
            assert!(three[1] >= three[0].min(three[2]), "hourglass: {widths:?}");
        }
        for pair in widths.windows(2) {
            assert_ne!(pair[0], pair[1], "rectangle: {widths:?}");
        }
        println!("{widths:?} {:?}", texts(text, &title, &OFFICIAL));
    }
}

#[test]
fn gbt_9704_7_3_1_titles_part_by_sense() {
    let lines = |text: &'static str| {
        let analysis = analyze(text, &OFFICIAL);
        let measured = measure(text, &analysis);
        let title = fit_balanced(&analysis, &measured, &ragged(16_000), &OFFICIAL);
        texts(text, &title, &OFFICIAL)
    };
    assert_eq!(
        lines("区民政局关于开展学雷锋志愿服务活动的情况报告"),
        ["区民政局关于开展", "学雷锋志愿服务活动的情况报告"]
    );
}
