//! The issue reader, from outside: what an editor writes and what he is told.

use hongtou::diagnostic::{Sources, render};
use hongtou::issue::{self, Block, Config, Contents, Issue, IssueKind, NumberingScheme};

/// Reads a text; the findings rendered when it is refused.
fn read_with(text: &str, config: Option<&str>) -> Result<(Issue, String), String> {
    let mut sources = Sources::default();
    let config: Option<Config> = match config {
        Some(text) => {
            let file = sources.add("hongtou.yaml", text);
            let read = issue::read_config(&sources, file);
            Some(read.map_err(|findings| render(&sources, &findings, false).to_string())?)
        }
        None => None,
    };
    let file = sources.add("issue.yaml", text);
    match issue::read_issue(&sources, file, config.as_ref()) {
        Ok((issue, warnings)) => Ok((issue, render(&sources, &warnings, false).to_string())),
        Err(findings) => Err(render(&sources, &findings, false).to_string()),
    }
}

fn read(text: &str) -> Result<(Issue, String), String> {
    read_with(text, None)
}

fn values(texts: &[issue::Text]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}

fn sample(name: &str) -> Issue {
    let path = format!("{}/samples/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let (issue, warnings) = read(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(warnings, "", "{name}");
    issue
}

/// An issue with one item, whose lines are given.
fn with_item(item: &str) -> String {
    let item: String = item.lines().map(|line| format!("    {line}\n")).collect();
    let item = item.replacen("    ", "  - ", 1);
    format!(
        "masthead: {{name: 快报}}\nissue: {{number: 1, date: 2020-1-2, office: 甲}}\nitems:\n{item}"
    )
}

#[test]
fn issue_155_says_what_the_clean_text_says() {
    let issue = sample("mentougou-155");
    assert_eq!(issue.number.number.value, 155);
    assert_eq!(issue.number.date.value.to_string(), "2019-03-14");
    assert_eq!(issue.sections.len(), 5);
    let items: Vec<usize> = issue.sections.iter().map(|section| section.items.len()).collect();
    assert_eq!(items, [3, 1, 1, 1, 4]);
    assert_eq!(printed(&issue), fixture("samples/mentougou-155.txt"));
}

/// The clean text is the source, but for white space, the scan's stray asterisks, and ~ for ～.
#[test]
fn the_clean_text_is_the_source() {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
    };
    let source = bare(&fixture("tests/data/mentougou-155-source.txt"));
    assert_eq!(source.chars().count(), 2047);
    assert_eq!(source.matches('~').count(), 1);
    assert_eq!(bare(&fixture("samples/mentougou-155.txt")), source.replace('~', "～"));
}

fn fixture(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A plain printing of what issue 155 uses, written for this test alone.
fn printed(issue: &Issue) -> String {
    let mut out = String::new();
    let mut line = |text: String| out.push_str(&(text + "\n"));
    issue.masthead.owner.iter().for_each(|owner| line(owner.value.clone()));
    line(issue.masthead.name.value.clone());
    line(format!("第{}期", issue.number.number.value));
    line(values(&issue.number.office).join("、"));
    line(issue.number.date.value.format("%Y年%-m月%-d日").to_string());
    for section in &issue.sections {
        let title = &section.title.as_ref().unwrap().value;
        line(format!("【{}】", if title == "简讯" { "简　讯" } else { title }));
        section.items.iter().for_each(|item| line(printed_item(item)));
    }
    line(format!("报：{}", values(&issue.distribution.superiors).join("、")));
    line(format!("发：{}", values(&issue.distribution.subordinates).join("、")));
    line(format!("电子邮箱：{}", issue.contact.email[0].value));
    line(format!("电话：{}", issue.contact.phone[0].value));
    out
}

fn printed_item(item: &issue::Item) -> String {
    let mut out = String::new();
    if let Some(headline) = &item.headline {
        out += &format!("{}　", headline.value);
    }
    if let Some(category) = &item.category {
        out += &format!("【{}】", category.value);
    }
    for block in &item.body {
        match block {
            Block::Paragraph(text) => out += &text.value,
            Block::Points(points) => {
                for (point, numeral) in points.iter().zip("一二三四五".chars()) {
                    out += &format!("{numeral}是{}", point.lead.value);
                    out += point.text.as_ref().map_or("", |text| &text.value);
                }
            }
            Block::Roundup(roundup) => {
                out += &format!("{}：", roundup.label.value);
                for notice in &roundup.entries {
                    out += &format!("{}：{}", notice.unit.value, notice.text.value);
                }
                out += roundup.closing.as_ref().map_or("", |text| &text.value);
            }
            other => panic!("{other:?}"),
        }
    }
    let references: Vec<String> = item
        .references
        .iter()
        .map(|r| format!("{}{}", r.code.value, r.title.as_ref().map_or("", |t| &t.value)))
        .collect();
    out += &format!("（{}）", references.join("、"));
    item.source.iter().for_each(|source| out += &format!("（{}）", source.value));
    out
}

#[test]
fn an_article_has_headings_of_four_levels() {
    let issue = sample("jianbao-chengguan");
    assert_eq!(issue.sections.len(), 1);
    assert!(issue.sections[0].title.is_none());
    let body = &issue.sections[0].items[0].body;
    let levels: Vec<u8> = body
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, .. } => Some(*level),
            _ => None,
        })
        .collect();
    assert_eq!(levels, [1, 2, 2, 3, 3, 4, 4, 1, 1]);
    assert!(body.iter().any(|block| matches!(block, Block::Points(points) if points.len() == 3)));
    assert_eq!(issue.attachments[0].body.len(), 2);
}

#[test]
fn chinese_keys_say_the_same() {
    let issue = sample("jianxun-anquan");
    assert_eq!(issue.number.number.value, 32);
    assert_eq!(issue.number.date.value.to_string(), "2022-09-06");
    assert_eq!(issue.sections[0].items.len(), 5);
    let Block::Paragraph(text) = &issue.sections[0].items[3].body[0] else { panic!("a text") };
    assert!(text.value.contains("“安全进社区　平安到家庭”"));
    assert_eq!(values(&issue.contact.phone).len(), 2);
}

#[test]
fn every_field_is_read() {
    // With what 工作快报 has no place for put back.
    let text = fixture("samples/quanbu-yaosu.yaml");
    let text = text.replace("# document_number", "document_number").replace("# recip", "recip");
    let (issue, warnings) = read(&text).unwrap();
    assert_eq!(warnings, "");
    assert_eq!(values(&issue.masthead.owner), ["白川市政务服务管理局", "白川市市场监督管理局"]);
    assert_eq!(issue.masthead.subtitle.unwrap().value, "专刊");
    let classification = issue.classification.unwrap();
    assert_eq!(classification.level.value, "秘密");
    assert_eq!(classification.period.unwrap().value, "1年");
    assert_eq!(issue.handling.unwrap().value, "会后收回");
    assert_eq!(issue.urgency.unwrap().value, "加急");
    assert_eq!(issue.copy_number.unwrap().value, "000017");
    assert_eq!(issue.number.total.unwrap().value, 208);
    assert_eq!(issue.number.year.unwrap().value, 2024);
    assert_eq!(issue.number.scheme.unwrap().value, NumberingScheme::Both);
    assert_eq!(issue.number.kind.value, IssueKind::Special);
    assert_eq!(issue.number.office.len(), 2);
    assert_eq!(values(&issue.number.signer), ["周明远"]);
    let number = issue.document_number.unwrap();
    assert_eq!((number.code.value.as_str(), number.year.value), ("白营商发", 2024));
    assert_eq!(number.sequence.value, 15);
    assert_eq!(values(&issue.recipients), ["省营商环境建设局"]);
    assert!(matches!(issue.contents, Contents::Automatic(_)));
    let note = issue.editor_note.unwrap();
    assert_eq!(note.label.unwrap().value, "编者按");
    assert_eq!(note.text.len(), 1);
    let section = &issue.sections[0];
    assert!(section.note.is_some());
    let item = &section.items[0];
    assert_eq!(item.subheadline.as_ref().unwrap().value, "开办时间压缩至半天");
    assert!(item.lead.as_ref().unwrap().value.contains("**开办企业"));
    assert_eq!(values(&item.author), ["林知夏", "陈默"]);
    let Block::Points(points) = &item.body[0] else { panic!("points") };
    assert_eq!(points[0].lead.value, "一网通办。");
    assert_eq!(points[2].marker.as_ref().unwrap().value, "同时，");
    assert_eq!(section.items[1].body.len(), 2);
    let Block::Roundup(roundup) = &issue.sections[1].items[0].body[0] else { panic!("a round-up") };
    assert_eq!(roundup.entries[2].unit.value, "高新区");
    assert!(roundup.closing.is_some());
    assert_eq!(issue.sections[1].items[0].references[0].code.value, "Ⅲ-35");
    assert_eq!(issue.sections[2].items[0].category.as_ref().unwrap().value, "监督评议");
    assert_eq!(issue.attachments.len(), 2);
    assert_eq!(issue.attachments[0].body.len(), 4);
    let distribution = &issue.distribution;
    assert_eq!(distribution.superiors.len(), 5);
    assert_eq!(distribution.peers.len(), 2);
    assert_eq!(distribution.extra.len(), 2);
    assert_eq!(distribution.copies.as_ref().unwrap().value, 300);
    assert_eq!(issue.imprint.date.unwrap().value.to_string(), "2024-11-06");
    assert!(issue.imprint.office.is_some());
    assert_eq!(issue.staff.editor.len(), 2);
    for one in [
        &issue.staff.reviewer,
        &issue.staff.approver,
        &issue.staff.signer,
        &issue.staff.proofreader,
    ] {
        assert_eq!(one.len(), 1);
    }
    let contact = &issue.contact;
    assert_eq!((contact.phone.len(), contact.email.len(), contact.fax.len()), (2, 1, 1));
    assert!(contact.address.is_some() && contact.website.is_some());
    assert_eq!(contact.postcode.as_ref().unwrap().value, "330900");
}

fn item(text: &str) -> issue::Item {
    let (mut issue, warnings) = read(&with_item(text)).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(warnings, "");
    issue.sections.remove(0).items.remove(0)
}

#[test]
fn an_item_may_be_written_in_short() {
    let Block::Paragraph(text) = &item("甲乙。").body[0] else { panic!("a paragraph") };
    assert_eq!(text.value, "甲乙。");
    // Line breaks part paragraphs; folds do not.
    assert_eq!(item("text: |\n  一段。\n\n  二段。").body.len(), 2);
    assert_eq!(item("text: >\n  一段，\n  未完。\n\n  二段。").body.len(), 2);
    let Block::Paragraph(text) = &item("text: 一段，\n  未完。").body[0] else { panic!() };
    assert_eq!(text.value, "一段，未完。");
}

#[test]
fn marks_that_the_layout_prints_may_be_typed_too() {
    let item = item(
        "category: 【简 讯】\nroundup: 本刊综合：\nentries: {区民政局：: 甲。}\n\
         refs: （Ⅲ-55城市规划、Ⅲ－58 城市精细化、管理）\nsource: （本刊）",
    );
    assert_eq!(item.category.unwrap().value, "简讯");
    let Block::Roundup(roundup) = &item.body[0] else { panic!("a round-up") };
    assert_eq!(roundup.label.value, "本刊综合");
    assert_eq!(roundup.entries[0].unit.value, "区民政局");
    let codes: Vec<&str> = item.references.iter().map(|r| r.code.value.as_str()).collect();
    assert_eq!(codes, ["Ⅲ-55", "Ⅲ-58"]);
    assert_eq!(item.references[1].title.as_ref().unwrap().value, "城市精细化、管理");
    assert_eq!(values(&item.source), ["本刊"]);
}

#[test]
fn texts_are_put_right_and_keep_their_places() {
    let text =
        with_item("headline: 人员 7x24 小时 \"痛点\"\npoints: [加强 调度。亲自部署 12 次。]");
    let mut sources = Sources::default();
    let file = sources.add("issue.yaml", &text);
    let (issue, warnings) = issue::read_issue(&sources, file, None).unwrap();
    let item = &issue.sections[0].items[0];
    let headline = item.headline.as_ref().unwrap();
    assert_eq!(headline.value, "人员7x24小时“痛点”");
    let written = |span: hongtou::diagnostic::Span| &text[span.start as usize..span.end as usize];
    assert_eq!(written(headline.span), "人员 7x24 小时 \"痛点\"");
    let Block::Points(points) = &item.body[0] else { panic!("points") };
    assert_eq!(points[0].lead.value, "加强　调度。");
    assert_eq!(written(points[0].lead.span), "加强 调度。");
    let rest = points[0].text.as_ref().unwrap();
    assert_eq!((rest.value.as_str(), written(rest.span)), ("亲自部署12次。", "亲自部署 12 次。"));
    assert_eq!(warnings.len(), 1);
    assert_eq!(written(warnings[0].span.unwrap()), " ");
}

#[test]
fn files_of_other_systems_read_the_same() {
    let text = with_item("text: |\n  一段。\n  二段。");
    let plain = read(&text).unwrap().0;
    let other = read(&format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap().0;
    assert_eq!(plain.sections[0].items[0].body.len(), 2);
    assert_eq!(other.sections[0].items[0].body.len(), 2);
    assert_eq!(plain.masthead.name.value, other.masthead.name.value);
}

#[test]
fn contents_may_be_wished_for_or_written() {
    let contents = |wish: &str| {
        let text = format!("contents: {wish}\n{}", with_item("甲。"));
        read(&text).unwrap().0.contents
    };
    assert!(matches!(contents("true"), Contents::Automatic(_)));
    assert!(matches!(contents("否"), Contents::None));
    assert!(matches!(contents("[甲, 乙]"), Contents::List(list) if list.len() == 2));
}
