//! From an issue to its words, through the readers.

use hongtou::compose::{
    ColophonBlock, Document, HeadBlock, Node, Paragraph, compose, runs_of, text_of,
};
use hongtou::diagnostic::{Code, Diagnostic, Sources};
use hongtou::issue::{Block, read_issue};
use hongtou::layout::{Role, bundled, read, read_bundled};

/// The least that an issue must have.
const HEAD: &str = "\
masthead: {owner: 青山区创建全国文明城市, name: 工作快报}
issue: {number: 155, date: 2019-03-14, office: 青山区总指挥部办公室}
";

const TEXT: &str = "text: 近日，区民政局开展活动。\n";

/// Composes an issue in a layout: `kuaibao` with something in it exchanged.
fn composed_in(
    issue: &str,
    change: impl Fn(&str) -> String,
) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let file = sources.add("甲.yaml", issue);
    let (issue, _) = read_issue(&sources, file, None).unwrap_or_else(|findings| {
        panic!("{}", hongtou::diagnostic::render(&sources, &findings, false))
    });
    let text = change(bundled("kuaibao").unwrap());
    let file = sources.add("版式.yaml", text);
    let layout = read(&mut sources, file, "kuaibao").unwrap_or_else(|findings| {
        panic!("{}", hongtou::diagnostic::render(&sources, &findings, false))
    });
    compose(&issue, &layout)
}

fn composed(issue: &str) -> Document {
    composed_in(issue, str::to_owned).unwrap_or_else(|findings| panic!("{findings:#?}")).0
}

fn refused(issue: &str) -> Vec<Diagnostic> {
    composed_in(issue, str::to_owned).map(|(document, _)| document.text()).unwrap_err()
}

/// `kuaibao` with a text exchanged, which must be in it.
fn exchange(from: &'static str, to: &'static str) -> impl Fn(&str) -> String {
    move |layout| {
        assert!(layout.contains(from), "kuaibao has no {from}");
        layout.replace(from, to)
    }
}

/// The paragraphs of an issue whose body is this YAML.
fn body(text: &str) -> Vec<String> {
    composed(&format!("{HEAD}{text}")).paragraphs().iter().map(Paragraph::text).collect()
}

fn paragraphs(document: &Document) -> Vec<String> {
    document.paragraphs().iter().map(Paragraph::text).collect()
}

/// The runs of a paragraph as role and text.
fn runs(paragraph: &Paragraph) -> Vec<(Role, &str)> {
    paragraph.runs.iter().map(|run| (run.role, run.text.as_str())).collect()
}

/// Issue 155, every character of it.
#[test]
fn issue_155_is_put_into_its_words() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/");
    let sample = |name: &str| std::fs::read_to_string(format!("{root}{name}")).unwrap();
    let document = composed(&sample("mentougou-155.yaml"));
    assert_eq!(document.text(), sample("mentougou-155.txt").trim_end());
    assert_eq!(document.metadata.title, "门头沟区创建全国文明城市工作快报第155期");
}

#[test]
fn the_head_says_owner_name_number_office_and_date() {
    let text = composed(&format!("{HEAD}{TEXT}")).text();
    assert_eq!(
        text.lines().collect::<Vec<_>>(),
        [
            "青山区创建全国文明城市",
            "工作快报",
            "第155期",
            "青山区总指挥部办公室",
            "2019年3月14日",
            "近日，区民政局开展活动。",
        ]
    );
}

#[test]
fn joint_owners_have_a_line_each() {
    let issue = HEAD.replace("owner: 青山区创建全国文明城市", "owner: [甲区委, 甲区政府]") + TEXT;
    let document = composed(&issue);
    let lines = document.head.iter().find_map(|block| match block {
        HeadBlock::Line { role: Role::MastheadOwner, lines, .. } => Some(lines),
        _ => None,
    });
    let lines: Vec<String> = lines.unwrap().iter().map(Node::text).collect();
    assert_eq!(lines, ["甲区委", "甲区政府"]);
}

#[test]
fn points_are_numbered_and_run_on() {
    let document = composed(&format!(
        "{HEAD}sections:\n  - title: 生活环境建设\n    items:\n      - headline: 城子街道开“药方”\n        \
         points:\n          - 引入社会力量，参与环境建设。通过购买服务方式。\n          \
         - lead: 强化网格管理。\n            text: 每日巡查。\n        \
         refs: [Ⅲ-58 城市精细化管理, Ⅲ-55 城市规划]\n        source: 城子街道\n"
    ));
    assert_eq!(
        paragraphs(&document),
        [
            "【生活环境建设】",
            "城子街道开“药方”　一是引入社会力量，参与环境建设。通过购买服务方式。\
             二是强化网格管理。每日巡查。（Ⅲ-58城市精细化管理、Ⅲ-55城市规划）（城子街道）",
        ]
    );
    let body = document.paragraphs();
    let item = &body[1];
    assert_eq!(item.role, Role::Body);
    assert_eq!(
        runs(item)[..5],
        [
            (Role::Headline, "城子街道开“药方”"),
            (Role::Headline, "\u{3000}"),
            (Role::Point, "一是"),
            (Role::Point, "引入社会力量，参与环境建设。"),
            (Role::Body, "通过购买服务方式。"),
        ]
    );
}

#[test]
fn points_go_on_beyond_ten() {
    let points: String = (1..=99).map(|_| "  - 抓落实。\n").collect();
    let text = body(&format!("points:\n{points}"));
    let text = &text[0];
    for number in ["一是", "十是", "十一是", "二十是", "二十一是", "九十九是"] {
        assert!(text.contains(number), "{number}");
    }
    assert_eq!(text.matches("抓落实").count(), 99);
}

#[test]
fn points_may_be_a_paragraph_each() {
    let issue = format!("{HEAD}items:\n  - headline: 标题\n    points: [甲。, 乙。]\n");
    let (document, _) = composed_in(&issue, exchange("points: 接排", "points: 分段")).unwrap();
    assert_eq!(paragraphs(&document), ["标题　一是甲。", "二是乙。"]);
}

#[test]
fn a_marker_of_the_editor_takes_the_place_of_the_number() {
    let text = body(
        "points:\n  - {marker: 首先，, lead: 抓宣传。}\n  - {marker: 其次，, lead: 抓落实。}\n",
    );
    assert_eq!(text, ["首先，抓宣传。其次，抓落实。"]);
}

#[test]
fn a_number_of_the_layouts_form_is_the_programs() {
    let issue = format!("{HEAD}points: [第一，抓宣传。, 抓落实。]\n");
    let change = exchange("point: \"{han}是\"", "point: \"第{han}，\"");
    let findings = composed_in(&issue, change).map(|(document, _)| document.text()).unwrap_err();
    assert_eq!(findings[0].code, Code::IssueOwnNumber);
    assert!(findings[0].message.contains("“第一，”"), "{findings:?}");
}

#[test]
fn roundups_name_their_units() {
    let roundup = "items:\n  - roundup: 本刊综合\n    entries:\n      - 区民政局: 开展活动。\n      \
                   - 区民防局: 举办仪式。\n    closing: 各镇也纷纷开展。\n    refs: [Ⅲ-17 志愿服务活动]\n";
    assert_eq!(
        body(roundup),
        ["本刊综合：区民政局：开展活动。区民防局：举办仪式。各镇也纷纷开展。（Ⅲ-17志愿服务活动）"]
    );
    let issue = format!("{HEAD}{roundup}");
    let (document, _) = composed_in(&issue, exchange("roundup: 接排", "roundup: 分段")).unwrap();
    assert_eq!(
        paragraphs(&document),
        [
            "本刊综合：区民政局：开展活动。",
            "区民防局：举办仪式。",
            "各镇也纷纷开展。（Ⅲ-17志愿服务活动）"
        ]
    );
}

#[test]
fn two_character_titles_are_spread_and_categories_bracketed() {
    assert_eq!(
        body(
            "sections:\n  - title: 简讯\n    items:\n      - category: 市场环境建设\n        text: 12日，开展宣传。\n        source: 区工商分局\n"
        ),
        ["【简\u{3000}讯】", "【市场环境建设】12日，开展宣传。（区工商分局）"]
    );
}

#[test]
fn brackets_of_the_editor_are_not_doubled() {
    let issue = format!(
        "{HEAD}sections:\n  - title: 【生活环境】\n    items:\n      - {TEXT}        source: （区民政局）\n"
    );
    let (document, findings) = composed_in(&issue, str::to_owned).unwrap();
    assert_eq!(paragraphs(&document), ["【生活环境】", "近日，区民政局开展活动。（区民政局）"]);
    assert!(
        findings.iter().all(|finding| finding.code == Code::IssuePrintedByLayout),
        "{findings:?}"
    );
}

/// GB/T 9704 §7.3.3: 一、（一）1.（1）, each level from one again under a new one above it.
#[test]
fn headings_are_numbered_by_level() {
    assert_eq!(
        body(
            "title: 标题\nbody:\n  - heading1: 甲\n  - heading2: 乙\n  - heading3: 丙\n  - heading4: 丁\n  - heading4: 戊\n  - heading2: 己\n  - heading3: 庚\n  - heading1: 辛\n  - heading2: 壬\n  - 正文。\n"
        ),
        [
            "标题",
            "一、甲",
            "（一）乙",
            "1.丙",
            "（1）丁",
            "（2）戊",
            "（二）己",
            "1.庚",
            "二、辛",
            "（一）壬",
            "正文。"
        ]
    );
}

#[test]
fn block_headlines_and_a_tail_of_its_own() {
    let issue = format!(
        "{HEAD}items:\n  - headline: 标题\n    {TEXT}    refs: [Ⅲ-17 志愿]\n    source: 区民政局\n"
    );
    let change = |layout: &str| {
        exchange("tail: 接排", "tail: 另行")(&exchange("headline: 接排", "headline: 另行")(
            layout,
        ))
    };
    let (document, _) = composed_in(&issue, change).unwrap();
    assert_eq!(
        paragraphs(&document),
        ["标题", "近日，区民政局开展活动。", "（Ⅲ-17志愿）（区民政局）"]
    );
    assert_eq!(document.paragraphs()[0].role, Role::Headline);
}

#[test]
fn emphasis_is_marked_and_its_signs_are_gone() {
    let document = composed(&format!("{HEAD}text: 要**坚决**落实。\n"));
    let first = document.paragraphs().swap_remove(0).runs;
    let runs: Vec<_> = first.iter().map(|run| (run.text.as_str(), run.emphasis)).collect();
    assert_eq!(runs, [("要", false), ("坚决", true), ("落实。", false)]);
}

/// The reader refuses it too; this is for issues that come another way.
#[test]
fn emphasis_that_does_not_pair_is_an_error_at_its_place() {
    let text = format!("{HEAD}text: 要坚决落实。\n");
    let mut sources = Sources::default();
    let file = sources.add("甲.yaml", text);
    let (mut issue, _) = read_issue(&sources, file, None).unwrap();
    let layout = read_bundled(&mut sources, "kuaibao").unwrap().unwrap();
    let Block::Paragraph(paragraph) = &mut issue.sections[0].items[0].body[0] else { panic!() };
    paragraph.value = "要**坚决落实。".to_owned();
    let span = paragraph.span;
    let findings = compose(&issue, &layout).unwrap_err();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, Code::IssueEmphasis);
    assert_eq!(findings[0].span, Some(span));
}

#[test]
fn emphasis_of_a_point_survives_the_parting_of_its_first_sentence() {
    let document =
        composed(&format!("{HEAD}points: [\"**整合力量，分班上岗。**分类整合。\", 乙。]\n"));
    let first = document.paragraphs().swap_remove(0).runs;
    let runs: Vec<_> = first.iter().map(|run| (run.text.as_str(), run.emphasis)).take(3).collect();
    assert_eq!(runs, [("一是", false), ("整合力量，分班上岗。", true), ("分类整合。", false)]);
}

/// 导语 looks like the text unless the layout says otherwise; only a point's first sentence is bold.
#[test]
fn the_lead_of_an_item_has_a_role_of_its_own() {
    let lead = "lead: 整合六个部门。\n    points: [一网通办。数据共享。, 免费代办。]\n";
    let issue = format!("{HEAD}items:\n  - headline: 标题\n    {lead}");
    let (run_in, _) = composed_in(&issue, str::to_owned).unwrap();
    let roles: Vec<_> = run_in.paragraphs()[0].runs.iter().map(|run| run.role).collect();
    use Role::{Body, Headline, Lead, Point};
    assert_eq!(roles, [Headline, Headline, Lead, Point, Point, Body, Point, Point]);
    let (own, _) = composed_in(&issue, exchange("points: 接排", "points: 分段")).unwrap();
    assert_eq!((own.paragraphs()[0].role, own.paragraphs()[1].role), (Lead, Body));
}

/// A gap of a headline's role behind the subtitle would be a heading of nothing but white space,
/// which ISO 14289-1 does not allow.
#[test]
fn the_gap_after_a_run_in_subtitle_is_not_the_headlines() {
    let document =
        composed(&format!("{HEAD}items:\n  - {{headline: 甲, subheadline: 乙, text: 丙。}}\n"));
    use Role::{Body, Headline, Subtitle};
    assert_eq!(
        runs(&document.paragraphs()[0]),
        [
            (Headline, "甲"),
            (Subtitle, "——"),
            (Subtitle, "乙"),
            (Subtitle, "\u{3000}"),
            (Body, "丙。")
        ]
    );
}

/// `|` in a title says where a line should end: it is no text, in the page nor in bookmarks.
#[test]
fn bars_in_titles_are_wishes_and_no_text() {
    let issue = HEAD.replace("owner: 青山区创建", "owner: 青山区｜创建")
        + "title: 关于整治 | 市容的通知\ncontents: 是\nitems:\n  - {headline: 甲|乙, text: 丙|丁。}\n";
    let (document, _) = composed_in(&issue, exchange("headline: 接排", "headline: 另行")).unwrap();
    let text = document.text();
    assert!(text.starts_with("青山区创建"), "{text}");
    assert_eq!(
        paragraphs(&document),
        ["本期要目", "1.甲乙", "关于整治市容的通知", "甲乙", "丙|丁。"]
    );
    let wishes: Vec<_> = document.paragraphs()[2].runs.iter().map(|run| run.new_line).collect();
    assert_eq!(wishes, [false, true]);
    assert!(document.paragraphs()[4].runs.iter().all(|run| !run.new_line));
    let body = document.paragraphs();
    let bookmarks: Vec<_> = body.iter().flat_map(|paragraph| &paragraph.outline).collect();
    assert!(bookmarks.iter().all(|bookmark| !bookmark.text.contains('|')), "{bookmarks:?}");
    assert_eq!(document.metadata.title, composed(&format!("{HEAD}{TEXT}")).metadata.title);
}

#[test]
fn contents_are_made_from_the_headlines() {
    let items = "items:\n  - {headline: 甲, text: 一。}\n  - {headline: 乙, text: 二。}\n";
    let text = body(&format!("contents: 是\n{items}"));
    assert_eq!(text[..3], ["本期要目", "1.甲", "2.乙"]);
    let text = body(&format!("contents: [丙, 丁]\n{items}"));
    assert_eq!(text[..3], ["本期要目", "1.丙", "2.丁"]);
    let document = composed(&format!("{HEAD}contents: 是\n{items}"));
    let roles: Vec<Role> =
        document.paragraphs().iter().take(3).map(|paragraph| paragraph.role).collect();
    assert_eq!(roles, [Role::ContentsTitle, Role::Contents, Role::Contents]);
    let findings = refused(&format!("{HEAD}contents: 是\n{TEXT}"));
    assert_eq!(findings[0].code, Code::IssueEmptyContents);
}

#[test]
fn notes_have_their_label() {
    assert_eq!(body(&format!("editor_note: 现予刊发。\n{TEXT}"))[0], "编者按：现予刊发。");
    let text = body(&format!("editor_note: {{label: 按, text: [甲。, 乙。]}}\n{TEXT}"));
    assert_eq!(text[..2], ["按：甲。", "乙。"]);
    let document = composed(&format!("{HEAD}editor_note: 现予刊发。\n{TEXT}"));
    use Role::{EditorNote, NoteLabel};
    assert_eq!(
        runs(&document.paragraphs()[0]),
        [(NoteLabel, "编者按"), (NoteLabel, "："), (EditorNote, "现予刊发。")]
    );
}

/// GB/T 9704 §7.3.7: an attachment begins a new side; one alone has no number.
#[test]
fn attachments_begin_a_new_page() {
    let document = composed(&format!(
        "{HEAD}{TEXT}attachments:\n  - {{title: 名单, text: 甲。}}\n  - {{title: 分工, text: 乙。}}\n"
    ));
    assert_eq!(
        paragraphs(&document)[1..],
        ["附件1", "名\u{3000}单", "甲。", "附件2", "分\u{3000}工", "乙。"]
            .map(|t| t.replace('\u{3000}', ""))
    );
    let new: Vec<bool> = document.paragraphs().iter().map(|paragraph| paragraph.new_page).collect();
    assert_eq!(new, [false, true, false, false, true, false, false]);
    let single = body(&format!("{TEXT}attachments:\n  - {{title: 名单, text: 甲。}}\n"));
    assert_eq!(single[1], "附件");
}

/// The left and right texts of the rows of a colophon.
fn colophon_rows(contact: &str) -> Vec<String> {
    let document = composed(&format!("{HEAD}{TEXT}{contact}\n"));
    let row = |block: &ColophonBlock| match block {
        ColophonBlock::Row { left, right } => Some(format!("{}|{}", text_of(left), text_of(right))),
        _ => None,
    };
    document.colophon.iter().filter_map(row).collect()
}

/// Whatever is given, no row has its left empty, and texts that have room stand side by side.
#[test]
fn pairs_close_up() {
    let rows = |contact: &str| colophon_rows(&format!("contact: {{{contact}}}"));
    assert_eq!(rows("phone: 61806756"), ["电话：61806756|"]);
    assert_eq!(rows("email: a@b.cn, phone: 61806756"), ["电子邮箱：a@b.cn|电话：61806756"]);
    assert_eq!(rows("phone: 61806756, fax: 61806757"), ["电话：61806756|传真：61806757"]);
    assert_eq!(
        rows("email: a@b.cn, fax: 61806757, postcode: 102300"),
        ["电子邮箱：a@b.cn|传真：61806757", "邮编：102300|"]
    );
    let staff = "staff: {editor: 甲, reviewer: 乙, signer: 丙}\ndistribution: {copies: 120}";
    assert_eq!(colophon_rows(staff), ["责任编辑：甲|核稿：乙", "签发：丙|共印120份"]);
}

#[test]
fn a_text_too_long_for_a_pair_stands_alone() {
    let address = "云".repeat(20);
    let rows = colophon_rows(&format!(
        "contact: {{phone: 61806756, address: {address}, postcode: 102300, website: www.a.cn}}"
    ));
    assert_eq!(
        rows,
        [
            "电话：61806756|网址：www.a.cn".to_owned(),
            format!("地址：{address}|"),
            "邮编：102300|".into()
        ]
    );
}

#[test]
fn the_colophon_has_what_the_issue_has() {
    let shape = |issue: &str| -> String {
        let document = composed(&format!("{HEAD}{TEXT}{issue}"));
        let line = |block: &ColophonBlock| match block {
            ColophonBlock::Rule { weight, .. } if weight.mm() > 0.3 => "━".to_owned(),
            ColophonBlock::Rule { .. } => "─".to_owned(),
            ColophonBlock::Entry { label, names } => text_of(label) + &text_of(names),
            ColophonBlock::Row { left, right } => format!("{}|{}", text_of(left), text_of(right)),
        };
        document.colophon.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(shape(""), "");
    assert_eq!(
        shape("distribution: {superiors: [区委, 区政府], subordinates: 各单位}\n"),
        "━\n报：区委、区政府\n发：各单位\n━"
    );
    assert_eq!(
        shape(
            "distribution: {peers: 甲, extra: 乙, copies: 50}\nstaff: {editor: 王平, reviewer: [李文, 张三]}\n\
               contact: {email: a@b.cn, phone: \"61806756\"}\nimprint: {office: 区委办, date: 2019-03-15}\n"
        ),
        "━\n送：甲\n本期增发：乙\n─\n责任编辑：王平|核稿：李文、张三\n共印50份|\n\
         电子邮箱：a@b.cn|电话：61806756\n─\n区委办|2019年3月15日印发\n━"
    );
}

#[test]
fn mail_and_telephone_are_links() {
    let document =
        composed(&format!("{HEAD}{TEXT}contact: {{email: a@b.cn, phone: \"61806756\"}}\n"));
    let links: Vec<_> = document
        .colophon
        .iter()
        .flat_map(|block| match block {
            ColophonBlock::Row { left, right } => [runs_of(left), runs_of(right)].concat(),
            _ => Vec::new(),
        })
        .filter_map(|run| Some((run.text.as_str(), run.link.as_deref()?)))
        .collect();
    assert_eq!(links, [("a@b.cn", "mailto:a@b.cn"), ("61806756", "tel:61806756")]);
}

#[test]
fn bookmarks_name_sections_and_items() {
    let document = composed(&format!(
        "{HEAD}sections:\n  - title: 简讯\n    items:\n      - {{headline: 甲标题, text: 一。}}\n      \
         - {{category: 市场, text: 二。}}\n      - {{roundup: 本刊综合, entries: [{{区民政局: 三。}}]}}\n      \
         - {{text: 近日，区民政局开展活动。}}\n"
    ));
    let body = document.paragraphs();
    let marks: Vec<_> = body
        .iter()
        .flat_map(|paragraph| &paragraph.outline)
        .map(|mark| (mark.level, mark.text.as_str()))
        .collect();
    assert_eq!(
        marks,
        [
            (1, "简讯"),
            (2, "甲标题"),
            (2, "市场"),
            (2, "本刊综合：区民政局"),
            (2, "近日，区民政局开展活动。")
        ]
    );
    let item = |paragraph: &Paragraph| paragraph.within.item().map(ToString::to_string);
    let items: Vec<_> = body.iter().filter_map(item).collect();
    let expected: Vec<String> = (0..4).map(|n| format!("sections/0/items/{n}")).collect();
    assert_eq!(items, expected);
    assert_eq!(item(&body[0]), None);
}

#[test]
fn metadata_say_what_the_issue_is() {
    let metadata = composed(&format!(
        "{HEAD}sections:\n  - title: 简讯\n    items:\n      - {{text: 一。, refs: [Ⅲ-17 志愿], source: 区民政局}}\n      \
         - {{text: 二。, refs: [Ⅲ-17 志愿], source: 区民政局}}\n"
    ))
    .metadata;
    assert_eq!(metadata.title, "青山区创建全国文明城市工作快报第155期");
    assert_eq!(metadata.bulletin, "青山区创建全国文明城市工作快报");
    assert_eq!(metadata.subject, "第155期");
    assert_eq!(metadata.authors, ["青山区总指挥部办公室"]);
    assert_eq!(metadata.keywords, ["第155期", "简讯", "区民政局", "Ⅲ-17"]);
    assert_eq!(metadata.stem, metadata.title);
    let supplement = HEAD.replace("number: 155", "number: 2, kind: 增刊") + TEXT;
    let document = composed(&supplement);
    assert_eq!(document.metadata.stem, "青山区创建全国文明城市工作快报增刊第2期");
    assert!(document.text().contains("增刊第2期"));
}

/// Every generated word has no place, every other one the place it was written at.
#[test]
fn runs_know_where_they_were_written() {
    let issue = format!("{HEAD}points: [抓宣传。, 抓落实。]\n");
    let document = composed(&issue);
    for run in &document.paragraphs()[0].runs {
        match run.span {
            Some(span) => {
                assert!(issue[span.start as usize..span.end as usize].contains(&run.text))
            }
            None => assert!(["一是", "二是"].contains(&run.text.as_str())),
        }
    }
}
