//! Documents and layouts made by hand, and a look into a DOCX.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use chrono::NaiveDate;
use hongtou::compose::{ColophonBlock, Document, HeadBlock, Id, Kind, Metadata, Node, Run};
use hongtou::layout::{
    Align, Colophon, Field, Ink, ItemLayout, Labels, Layout, Numbers, PageGeometry, PageNumber,
    Role, Space, Style, Template, TemplatePart, Typeface, Typography,
};
use hongtou::unit::Length;

/// A run of a role.
pub fn run(role: Role, text: impl Into<String>) -> Run {
    Run {
        role,
        text: text.into(),
        span: None,
        field: "",
        emphasis: false,
        new_line: false,
        link: None,
    }
}

/// A paragraph of text with these runs.
pub fn paragraph(role: Role, runs: Vec<Run>) -> Node {
    Node::words(Id::new("text"), role, runs)
}

/// A text of one run.
pub fn words(role: Role, text: &str) -> Node {
    paragraph(role, vec![run(role, text)])
}

/// A section's title.
pub fn section(title: &str) -> Node {
    let text = format!("【{title}】");
    words(Role::SectionTitle, &text).in_outline(1, title.to_owned())
}

/// An item in one paragraph.
pub fn item(number: usize, headline: &str, runs: Vec<Run>) -> Node {
    let mut all = Vec::new();
    if !headline.is_empty() {
        all.push(run(Role::Headline, headline));
        all.push(run(Role::Headline, "\u{3000}"));
    }
    all.extend(runs);
    let node = item_of(number, vec![paragraph(Role::Body, all)]);
    if headline.is_empty() { node } else { node.in_outline(2, headline.to_owned()) }
}

/// An item in several paragraphs.
pub fn item_of(number: usize, paragraphs: Vec<Node>) -> Node {
    Node::group(Id::item(0, number), Kind::Item, paragraphs)
}

/// A document with title block, colophon and this text.
pub fn document(body: Vec<Node>) -> Document {
    Document { metadata: metadata(), head: head(), body, colophon: colophon() }
}

fn metadata() -> Metadata {
    Metadata {
        title: "门头沟区创建全国文明城市工作快报第155期".into(),
        bulletin: "门头沟区创建全国文明城市工作快报".into(),
        subject: "第155期".into(),
        authors: vec!["门头沟区创建全国文明城市总指挥部办公室".into()],
        keywords: vec!["第155期".into(), "生活环境建设".into(), "Ⅲ-58".into()],
        date: NaiveDate::from_ymd_opt(2019, 3, 14).unwrap_or_default(),
        stem: "门头沟区创建全国文明城市工作快报第155期".into(),
    }
}

fn head() -> Vec<HeadBlock> {
    let line = |role, text: &str, top: f64, gap: f64| HeadBlock::Line {
        role,
        lines: vec![words(role, text)],
        top: Some(Length::from_mm(top)),
        gap: Space::Length(Length::from_mm(gap)),
    };
    vec![
        line(Role::MastheadOwner, "门头沟区创建全国文明城市", 47.0, 4.0),
        line(Role::MastheadName, "工作快报", 62.5, 2.8),
        line(Role::IssueNumber, "第155期", 89.23, 4.8),
        HeadBlock::Row {
            left: vec![words(Role::Office, "门头沟区创建全国文明城市总指挥部办公室")],
            right: vec![words(Role::Date, "2019年3月14日")],
            gap: Space::Length(Length::from_mm(4.8)),
            inset: 0,
        },
        HeadBlock::Rule {
            weights: vec![Length::from_mm(0.7)],
            between: Length::ZERO,
            ink: "red".into(),
            gap: Space::Length(Length::from_mm(4.0)),
        },
    ]
}

fn colophon() -> Vec<ColophonBlock> {
    let rule = |mm| ColophonBlock::Rule { weight: Length::from_mm(mm), ink: "black".to_owned() };
    let entry = |label: &str, names: &str| ColophonBlock::Entry {
        label: vec![words(Role::DistributionLabel, label)],
        names: vec![words(Role::DistributionNames, names)],
    };
    let mut mail = run(Role::Contact, "mtgccbxcz@163.com");
    mail.link = Some("mailto:mtgccbxcz@163.com".into());
    vec![
        rule(0.35),
        entry("报：", "首都文明办、区委、区人大、区政府、区政协领导同志"),
        entry("发：", "全区各单位主要领导、创城工作主管领导、信息员"),
        rule(0.25),
        ColophonBlock::Row {
            left: vec![paragraph(Role::Contact, vec![run(Role::Contact, "电子邮箱："), mail])],
            right: vec![words(Role::Contact, "电话：61806756")],
        },
        rule(0.35),
    ]
}

/// Text that no one wrote, of this many characters.
pub fn filler(characters: usize) -> String {
    let text = "城子街道紧盯创城痛点，引入社会力量参与环境建设，细化服务标准，提升整治效果。";
    let mut filler: String = text.chars().cycle().take(characters.saturating_sub(1)).collect();
    filler.push('。');
    filler
}

/// A4, 22 lines of 28 characters, as 工作快报 has them.
pub fn layout() -> Layout {
    let mm = Length::from_mm;
    let page = PageGeometry {
        width: mm(210.0),
        height: mm(297.0),
        top: mm(37.0),
        inner: mm(28.0),
        measure: mm(156.0),
        depth: mm(225.0),
        lines: 22,
        characters: 28,
        size: Length::from_pt(16.0),
        mirror: true,
    };
    let ink = |rgb| Ink { rgb, cmyk: [0, 0, 0, 100], spot: String::new() };
    let words = |text: &str| Template { parts: vec![TemplatePart::Words(text.into())] };
    Layout {
        name: "kuaibao".into(),
        title: "工作快报".into(),
        page,
        inks: BTreeMap::from([("black".into(), ink([0, 0, 0])), ("red".into(), ink([255, 0, 0]))]),
        styles: Role::ALL.iter().map(|&role| (role, style(role))).collect(),
        head: Vec::new(),
        head_gap: 1,
        order: Vec::new(),
        item: ItemLayout {
            order: Vec::new(),
            headline_run_in: true,
            points_run_in: true,
            roundup_run_in: true,
            tail_run_in: true,
        },
        numbers: Numbers {
            point: words(""),
            headings: [words(""), words(""), words(""), words("")],
            date: String::new(),
            contents: None,
            attachment: words(""),
            attachment_single: words(""),
        },
        labels: Labels {
            contents: String::new(),
            editor_note: String::new(),
            editor_note_after: String::new(),
            roundup_after: String::new(),
            unit_after: String::new(),
            recipients_after: String::new(),
            joiner: String::new(),
            reference_gap: String::new(),
        },
        colophon: Colophon {
            pitch: Length::from_pt(28.0),
            pitch_min: Length::from_pt(28.0),
            padding: Length::from_pt(7.0),
            clearance: mm(4.8),
            between: 2000,
            elements: Vec::new(),
            even_page: false,
        },
        page_number: PageNumber {
            shown: true,
            form: Template {
                parts: vec![
                    TemplatePart::Words("— ".into()),
                    TemplatePart::Field(Field::Page),
                    TemplatePart::Words(" —".into()),
                ],
            },
            center: mm(269.0),
            inset: 1000,
            dash_gap: 250,
            dash_weight: 50,
            odd: Align::Right,
            even: Align::Left,
            first: true,
        },
        typography: Typography {
            autospace: 0,
            pair_min: 1500,
            line_end_half: true,
            line_start_half: true,
            indent_half: false,
            squeeze_stops: false,
            dash_at_start: true,
            stretch_max: 100,
            vary_paragraphs: true,
        },
    }
}

fn style(role: Role) -> Style {
    let pt = Length::from_pt;
    let body = Style {
        typeface: Typeface::Fangsong,
        size: pt(16.0),
        bold: 0,
        ink: "black".into(),
        align: Align::Justify,
        indent: 2000,
        left: 0,
        right: 0,
        tracking: 0,
        pitch: None,
        rows_before: 0,
        rows_after: 0,
        attach: false,
        keep_next: 0,
        before: String::new(),
        after: String::new(),
        gap: 0,
        spread_two: false,
        shrink_to: None,
    };
    let red = Style {
        typeface: Typeface::Xiaobiaosong,
        ink: "red".into(),
        align: Align::Center,
        indent: 0,
        ..body.clone()
    };
    let line = |align| Style { align, indent: 0, ..body.clone() };
    let foot = Style { size: pt(14.0), left: 1000, right: 1000, indent: 0, ..body.clone() };
    let kai = Style { typeface: Typeface::Kaiti, ..body.clone() };
    let hei = Style { typeface: Typeface::Heiti, ..body.clone() };
    match role {
        Role::MastheadOwner => {
            Style { size: pt(36.0), pitch: Some(pt(50.0)), shrink_to: Some(pt(26.0)), ..red }
        }
        Role::MastheadName => Style {
            size: pt(60.0),
            tracking: 300,
            pitch: Some(pt(74.0)),
            shrink_to: Some(pt(36.0)),
            ..red
        },
        Role::IssueNumber => line(Align::Center),
        Role::Office | Role::Classification => line(Align::Left),
        Role::Date => line(Align::Right),
        Role::Title => Style {
            size: pt(22.0),
            ink: "black".into(),
            pitch: Some(pt(36.0)),
            rows_after: 1,
            keep_next: 2,
            ..red
        },
        Role::SectionTitle => Style { align: Align::Center, indent: 0, keep_next: 2, ..hei },
        Role::Headline | Role::Category | Role::Roundup | Role::Heading1 => hei,
        Role::Reference | Role::Source | Role::Author | Role::Heading2 => kai,
        Role::Point | Role::Unit | Role::Emphasis => Style { bold: 22, ..body },
        Role::DistributionLabel
        | Role::DistributionNames
        | Role::Copies
        | Role::Staff
        | Role::Contact
        | Role::Imprint => foot,
        Role::PageNumber => Style {
            typeface: Typeface::Songti,
            size: pt(14.0),
            align: Align::Left,
            indent: 0,
            ..body
        },
        _ => body,
    }
}

/// A part of a DOCX as text.
pub fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip file");
    let mut text = String::new();
    zip.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// Names of the parts, in order.
pub fn parts(docx: &[u8]) -> Vec<String> {
    let zip = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip file");
    zip.file_names().map(|name| name.expect("a name").into_owned()).collect()
}

/// The file with another text for one part.
pub fn replaced(docx: &[u8], name: &str, text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part_name in parts(docx) {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(part_name.as_str(), options).expect("a part");
        let text = if part_name == name { text.to_owned() } else { part(docx, &part_name) };
        zip.write_all(text.as_bytes()).expect("a part");
    }
    zip.finish().expect("a zip file").into_inner()
}

/// Chinese names of styles by id: the alias where Word has a name of its own.
pub fn style_names(docx: &[u8]) -> BTreeMap<String, String> {
    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let xml = part(docx, "word/styles.xml");
    let tree = roxmltree::Document::parse(&xml).expect("XML");
    let styles = tree.descendants().filter(|node| node.has_tag_name((WORD, "style")));
    styles
        .filter_map(|style| {
            let value = |name| {
                let child = style.children().find(|child| child.has_tag_name((WORD, name)));
                child.and_then(|child| child.attribute((WORD, "val")))
            };
            let name = value("aliases").or(value("name"))?;
            let name = name.trim_end_matches(" 字符").to_owned();
            Some((style.attribute((WORD, "styleId"))?.to_owned(), name))
        })
        .collect()
}

/// An issue read and put into words in the layout that it names.
pub fn composed(yaml: &str) -> (Document, Layout) {
    use hongtou::diagnostic::{Sources, render};
    let mut sources = Sources::default();
    let file = sources.add("issue.yaml", yaml);
    let fail =
        |sources: &Sources, findings: &[_]| -> ! { panic!("{}", render(sources, findings, false)) };
    let issue = match hongtou::issue::read_issue(&sources, file, None) {
        Ok((issue, _)) => issue,
        Err(findings) => fail(&sources, &findings),
    };
    let name = issue.layout.as_ref().map_or("kuaibao", |name| name.value.as_str());
    let layout = match hongtou::layout::read_bundled(&mut sources, name).expect("a layout") {
        Ok(layout) => layout,
        Err(findings) => fail(&sources, &findings),
    };
    match hongtou::compose::compose(&issue, &layout) {
        Ok((document, _)) => (document, layout),
        Err(findings) => fail(&sources, &findings),
    }
}
