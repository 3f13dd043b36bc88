//! Every field of an issue is printed, or refused with the name of the layout that has no place
//! for it: a test for each.

use hongtou::compose::{Document, compose};
use hongtou::diagnostic::{Diagnostic, Severity, Sources, render};
use hongtou::issue::read_issue;
use hongtou::layout::{
    BodyElement, ColophonElement, Field, HeadElement, ItemPart, Layout, Role, Slot, Template,
    TemplatePart, read_bundled,
};

const HEAD: &str = "\
masthead: {owner: 青山区创建全国文明城市, name: 工作快报}
issue: {number: 155, date: 2019-03-14, office: 青山区总指挥部办公室}
";

const TEXT: &str = "text: 近日，区民政局开展活动。\n";

/// Where a layout prints a field.
#[derive(Clone, Copy, Debug)]
enum Place {
    Slot(Field),
    Body(BodyElement),
    Item(ItemPart),
}

use Place::{Body, Item, Slot as At};

/// A field: that it is printed when the layout has the place, and refused when it has not.
macro_rules! fields {
    ($($name:ident: $issue:expr, $printed:literal, $place:expr, $field:literal;)*) => {$(
        #[test]
        fn $name() {
            check(&$issue, $printed, $place, $field);
        }
    )*};
}

fn check(issue: &str, printed: &str, place: Place, field: &str) {
    let text = composed(issue, |layout| give(layout, place)).expect("a place").text();
    assert!(text.contains(printed), "{printed} is not printed in\n{text}");
    let findings = composed(issue, |layout| take(layout, place)).expect_err("no place");
    let message = format!("版式「kuaibao」没有“{field}”的位置");
    let finding = findings.iter().find(|finding| finding.message == message);
    let finding = finding.unwrap_or_else(|| panic!("no “{message}” in {findings:#?}"));
    assert_eq!(finding.severity, Severity::Error);
    assert!(finding.help.is_some());
    let span = finding.span.expect("its place in the file");
    assert!(span.start < span.end && span.end as usize <= issue.len());
}

fn composed(issue: &str, change: impl Fn(&mut Layout)) -> Result<Document, Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let file = sources.add("甲.yaml", issue);
    let read = read_issue(&sources, file, None);
    let (issue, _) = read.unwrap_or_else(|found| panic!("{}", render(&sources, &found, false)));
    let mut layout = read_bundled(&mut sources, "kuaibao").unwrap().unwrap();
    change(&mut layout);
    compose(&issue, &layout).map(|(document, _)| document)
}

/// Gives a place to a field that 工作快报 has none for.
fn give(layout: &mut Layout, place: Place) {
    let named = |field| vec![TemplatePart::Field(field)];
    match place {
        At(field @ (Field::DocumentCode | Field::DocumentYear | Field::DocumentSequence)) => {
            let _ = field;
            let words = |words: &str| vec![TemplatePart::Words(words.into())];
            let parts = [
                named(Field::DocumentCode),
                words("〔"),
                named(Field::DocumentYear),
                words("〕"),
                named(Field::DocumentSequence),
                words("号"),
            ];
            let slot =
                Slot { role: Role::DocumentNumber, text: vec![Template { parts: parts.concat() }] };
            layout.head.insert(0, HeadElement::Marks { left: vec![slot], right: Vec::new() });
        }
        Body(BodyElement::Recipients) => layout.order.insert(0, BodyElement::Recipients),
        _ => {}
    }
}

/// Takes the place of a field away.
fn take(layout: &mut Layout, place: Place) {
    match place {
        At(field) => slots(layout).for_each(|slot| {
            slot.text.retain(|template| !template.parts.contains(&TemplatePart::Field(field)));
        }),
        Body(element) => layout.order.retain(|other| *other != element),
        Item(part) => layout.item.order.retain(|other| *other != part),
    }
}

fn slots(layout: &mut Layout) -> impl Iterator<Item = &mut Slot> {
    let head = layout.head.iter_mut().flat_map(|element| match element {
        HeadElement::Marks { left, right } | HeadElement::Row { left, right, .. } => {
            left.iter_mut().chain(right).collect::<Vec<_>>()
        }
        HeadElement::Line { slot, .. } => vec![slot],
        HeadElement::Rule { .. } => Vec::new(),
    });
    let foot = layout.colophon.elements.iter_mut().flat_map(|element| match element {
        ColophonElement::Entry { label, names, .. } => vec![label, names],
        ColophonElement::Row { left, right } => left.iter_mut().chain(right).collect(),
        ColophonElement::Pairs(slots) => slots.iter_mut().collect(),
        ColophonElement::Rule { .. } => Vec::new(),
    });
    head.chain(foot)
}

/// An issue with more at its top level.
fn with(more: &str) -> String {
    format!("{HEAD}{TEXT}{more}\n")
}

/// An issue with more in `issue`.
fn numbered(more: &str) -> String {
    HEAD.replace("number: 155", &format!("number: 155, {more}")) + TEXT
}

/// An issue with one item, `text` and more.
fn item(more: &str) -> String {
    format!("{HEAD}items:\n  - {TEXT}    {more}\n")
}

// The fields of standards.md §2.3 that are text, in its order.
fields! {
    owner: with(""), "青山区创建全国文明城市", At(Field::Owner), "冠名";
    name: with(""), "工作快报", At(Field::Name), "简报名称";
    masthead_subtitle: HEAD.replace("name: 工作快报", "name: 工作快报, subtitle: 专题") + TEXT,
        "专题", At(Field::MastheadSubtitle), "副名";
    classification: with("classification: 机密"), "机密", At(Field::Classification), "密级";
    period: with("classification: 机密★1年"), "机密★1年", At(Field::Period), "保密期限";
    handling: with("handling: 内部资料　注意保存"), "内部资料　注意保存", At(Field::Handling), "保存要求";
    urgency: with("urgency: 特急"), "特急", At(Field::Urgency), "紧急程度";
    copy_number: with("copy_number: \"000017\""), "000017", At(Field::CopyNumber), "份号";
    number: with(""), "第155期", At(Field::Number), "期号";
    supplement: numbered("kind: 增刊"), "增刊第155期", At(Field::Supplement), "增刊期号";
    special: numbered("kind: 专刊"), "专刊第155期", At(Field::Special), "专刊期号";
    total: numbered("total: 1203"), "（总第1203期）", At(Field::Total), "总期数";
    year: numbered("year: 2019"), "〔2019〕第155期", At(Field::Year), "年度";
    office: with(""), "青山区总指挥部办公室", At(Field::Office), "编发机关";
    date: with(""), "2019年3月14日", At(Field::Date), "印发日期";
    signer: numbered("signer: 王平"), "签发人：王平", At(Field::Signer), "签发人";
    document_number: with("document_number: 京政发〔2019〕12号"), "京政发〔2019〕12号",
        At(Field::DocumentCode), "发文字号";
    document_year: with("document_number: 京政发〔2019〕12号"), "〔2019〕",
        At(Field::DocumentYear), "发文字号";
    document_sequence: with("document_number: 京政发〔2019〕12号"), "12号",
        At(Field::DocumentSequence), "发文字号";
    contents: with("contents: [甲, 乙]"), "1.甲", Body(BodyElement::Contents), "本期要目";
    contents_made: item("headline: 甲标题").replace("items:", "contents: 是\nitems:"), "1.甲标题",
        Body(BodyElement::Contents), "本期要目";
    editor_note: with("editor_note: 现予刊发。"), "编者按：现予刊发。",
        Body(BodyElement::EditorNote), "按语";
    title: with("title: 关于工作的报告"), "关于工作的报告", Body(BodyElement::Title), "标题";
    subtitle: with("title: 报告\nsubtitle: 工作综述"), "工作综述",
        Body(BodyElement::Subtitle), "副题";
    recipients: with("recipients: [区委, 区政府]"), "区委、区政府：",
        Body(BodyElement::Recipients), "主送";
    section_title: format!("{HEAD}sections:\n  - title: 生活环境\n    items: [{{text: 甲。}}]\n"),
        "【生活环境】", Body(BodyElement::Sections), "栏目";
    section_note: format!("{HEAD}sections:\n  - title: 生活环境\n    note: 请阅。\n    items: [{{text: 甲。}}]\n"),
        "编者按：请阅。", Body(BodyElement::Sections), "按语";
    headline: item("headline: 甲标题"), "甲标题", Item(ItemPart::Headline), "标题";
    subheadline: item("headline: 甲标题\n    subheadline: 乙副题"), "甲标题——乙副题",
        Item(ItemPart::Subheadline), "副题";
    category: item("category: 市场环境"), "【市场环境】", Item(ItemPart::Category), "分类";
    lead: item("lead: 导语在此。"), "导语在此。", Item(ItemPart::Lead), "导语";
    text: with(""), "近日，区民政局开展活动。", Item(ItemPart::Body), "正文";
    points: format!("{HEAD}points: [甲。乙。, 丙。]\n"), "一是甲。乙。二是丙。",
        Item(ItemPart::Body), "要点";
    heading: format!("{HEAD}body: [{{heading1: 甲}}, 乙。]\n"), "一、甲",
        Item(ItemPart::Body), "层次标题";
    roundup: format!("{HEAD}items: [{{roundup: 本刊综合, entries: [{{区民政局: 甲。}}], closing: 乙。}}]\n"),
        "本刊综合：区民政局：甲。乙。", Item(ItemPart::Body), "综合";
    references: item("refs: [Ⅲ-58 城市精细化管理]"), "（Ⅲ-58城市精细化管理）",
        Item(ItemPart::References), "指标";
    source: item("source: [区民政局, 区民防局]"), "（区民政局、区民防局）", Item(ItemPart::Source), "来源";
    author: item("author: 王平"), "（王平）", Item(ItemPart::Author), "作者";
    attachments: with("attachments: [{title: 名册, text: 甲乙丙。}]"), "附件\n名册\n甲乙丙。",
        Body(BodyElement::Attachments), "附件";
    superiors: with("distribution: {superiors: [区委, 区政府]}"), "报：区委、区政府",
        At(Field::Superiors), "报";
    peers: with("distribution: {peers: 兄弟区}"), "送：兄弟区", At(Field::Peers), "送";
    subordinates: with("distribution: {subordinates: 各单位}"), "发：各单位",
        At(Field::Subordinates), "发";
    extra: with("distribution: {extra: 区科协}"), "本期增发：区科协", At(Field::Extra), "增发";
    copies: with("distribution: {copies: 120}"), "共印120份", At(Field::Copies), "共印份数";
    imprint_office: with("imprint: {office: 区委办公室}"), "区委办公室",
        At(Field::ImprintOffice), "印发机关";
    imprint_date: with("imprint: {date: 2019-03-15}"), "2019年3月15日印发",
        At(Field::ImprintDate), "印发日期";
    editor: with("staff: {editor: 王平}"), "责任编辑：王平", At(Field::Editor), "责任编辑";
    reviewer: with("staff: {reviewer: 王平}"), "核稿：王平", At(Field::Reviewer), "核稿";
    approver: with("staff: {approver: 王平}"), "审核：王平", At(Field::Approver), "审核";
    staff_signer: with("staff: {signer: 王平}"), "签发：王平", At(Field::StaffSigner), "签发";
    proofreader: with("staff: {proofreader: 王平}"), "校对：王平", At(Field::Proofreader), "校对";
    phone: with("contact: {phone: \"61806756\"}"), "电话：61806756", At(Field::Phone), "电话";
    email: with("contact: {email: a@b.cn}"), "电子邮箱：a@b.cn", At(Field::Email), "电子邮箱";
    fax: with("contact: {fax: \"61806757\"}"), "传真：61806757", At(Field::Fax), "传真";
    address: with("contact: {address: 新桥大街36号}"), "地址：新桥大街36号", At(Field::Address), "地址";
    postcode: with("contact: {postcode: \"102300\"}"), "邮编：102300", At(Field::Postcode), "邮编";
    website: with("contact: {website: www.bjmtg.gov.cn}"), "网址：www.bjmtg.gov.cn",
        At(Field::Website), "网址";
}

/// Pictures, tables and quotations: no layout has a place for them yet.
#[test]
fn what_no_layout_prints_is_refused_by_name() {
    for (body, name) in
        [("quote: 引文。", "引文"), ("figure: 图.png", "图"), ("table: 表.csv", "表")]
    {
        let issue = format!("{HEAD}body: [甲。, {{{body}}}]\n");
        let findings = composed(&issue, |_| ()).unwrap_err();
        assert_eq!(findings[0].message, format!("版式「kuaibao」没有“{name}”的位置"));
    }
}

/// A template that another one comes before is no place: the year is not lost.
#[test]
fn a_field_that_the_chosen_template_leaves_out_is_refused() {
    let change = |layout: &mut Layout| {
        for slot in slots(layout).filter(|slot| slot.role == Role::IssueNumber) {
            slot.text.sort_by_key(|template| template.parts.len());
        }
    };
    let findings = composed(&numbered("total: 9, year: 2019"), change).unwrap_err();
    let messages: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages, ["版式「kuaibao」没有“总期数”的位置", "版式「kuaibao」没有“年度”的位置"]);
}

#[test]
fn every_field_without_a_place_is_named_once_in_the_order_of_the_file() {
    let issue = with("document_number: 京政发〔2019〕12号\nrecipients: [区委, 区政府, 区政协]");
    let findings = composed(&issue, |_| ()).unwrap_err();
    let names: Vec<_> =
        findings.iter().map(|finding| finding.message.split(['“', '”']).nth(1).unwrap()).collect();
    assert_eq!(names, ["发文字号", "主送"]);
}
