//! Styles, page and properties: what an editor in Word finds.

use std::collections::BTreeSet;

use hongtou::docx::{FontProfile, Options, write};
use hongtou::layout::Role;
use hongtou::unit::Length;
use roxmltree::{Document as Xml, Node};

use super::{issues, written};
use crate::generator;
use crate::support::docx::*;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn attribute(node: Node, name: &str) -> String {
    node.attribute((WORD, name)).unwrap_or_default().to_owned()
}

fn number(node: Node, name: &str) -> i64 {
    attribute(node, name).parse().unwrap_or_default()
}

/// The first element of this name in a part, by what `look` makes of it.
fn first<T>(docx: &[u8], name: &str, element: &str, look: impl Fn(Node) -> T) -> T {
    let text = part(docx, name);
    let tree = Xml::parse(&text).expect("XML");
    let node = tree.descendants().find(|node| node.tag_name().name() == element);
    look(node.unwrap_or_else(|| panic!("no {element} in {name}")))
}

#[test]
fn every_role_has_a_style_of_its_chinese_name() {
    let docx = written(&document(Vec::new()), &layout());
    let names: Vec<String> = style_names(&docx).into_values().collect();
    for &role in Role::ALL {
        assert!(names.iter().any(|name| name == role.chinese()), "{}", role.chinese());
    }
}

/// Whether spacing is that of characters, and so little that nobody sees it: at most 1.25 pt tighter
/// or 0.6 pt wider than that of the text.
fn is_slight(spacing: Node) -> bool {
    let of_characters = spacing.parent().is_some_and(|node| node.has_tag_name((WORD, "rPr")));
    of_characters && (-35..=2).contains(&number(spacing, "val"))
}

/// Changing 简报正文 changes the text everywhere: nothing in a paragraph of it gets in the way. Only
/// in a few paragraphs characters are spaced, to have as many lines as in the PDF: no style can.
#[test]
fn text_has_no_direct_formatting() {
    let (mut all, mut spaced) = (0, 0);
    for (name, document, layout) in issues() {
        let text = part(&written(&document, &layout), "word/document.xml");
        let tree = Xml::parse(&text).expect("XML");
        let has_style = |node: &Node| {
            node.descendants()
                .any(|node| node.tag_name().name() == "pStyle" && attribute(node, "val") == "Body")
        };
        let body = tree.descendants().filter(|node| node.tag_name().name() == "p");
        for paragraph in body.filter(has_style) {
            let spacing =
                paragraph.descendants().filter(|node| node.tag_name().name() == "spacing");
            let spacing: BTreeSet<i64> = spacing.map(|node| number(node, "val")).collect();
            assert!(spacing.len() <= 1, "{name}: {spacing:?}");
            all += 1;
            spaced += spacing.len();
            let properties = paragraph
                .descendants()
                .filter(|node| matches!(node.tag_name().name(), "pPr" | "rPr"))
                .flat_map(|node| node.children());
            for property in properties {
                match property.tag_name().name() {
                    "pStyle" | "rStyle" | "keepNext" => {}
                    "rFonts" => assert_eq!(property.attributes().len(), 1, "{name}: the hint"),
                    "spacing" => assert!(is_slight(property), "{name}: {property:?}"),
                    other => panic!("{name}: {other}"),
                }
            }
        }
    }
    assert!(spaced > 0 && spaced * 15 < all, "{spaced} of {all} paragraphs");
}

/// A character that would stand alone on the last line is brought up, as in the PDF, by spacing
/// the lines above it; text that needs nothing gets nothing.
#[test]
fn gb_t_15834_5_1_11_no_character_alone() {
    let mended = |sample: &str| -> Vec<String> {
        let (_, document, layout) =
            issues().into_iter().find(|(name, ..)| name == sample).expect("a sample");
        let text = part(&written(&document, &layout), "word/document.xml");
        let tree = Xml::parse(&text).expect("XML");
        let is_tight = |run: &Node| {
            let mut spacing = run.descendants().filter(|node| node.has_tag_name((WORD, "spacing")));
            spacing.any(|node| number(node, "val") < 0)
        };
        let paragraphs = tree.descendants().filter(|node| node.has_tag_name((WORD, "p")));
        let tight = paragraphs.map(|paragraph| {
            let runs = paragraph.children().filter(is_tight);
            runs.flat_map(|run| {
                run.descendants().filter(Node::is_text).filter_map(|node| node.text())
            })
            .collect()
        });
        tight.filter(|text: &String| !text.is_empty()).collect()
    };
    let tight = mended("jianxun-anquan");
    assert_eq!(tight.len(), 1, "{tight:?}");
    assert!(tight[0].ends_with("加装报警器340个。（区城管局）"), "{tight:?}");
}

/// Our pages squeeze marks in the colophon too. An entry that a word processor would set a line
/// longer, lifting the rules above it, is set closer; the others are left as they are.
#[test]
fn entries_of_the_colophon_keep_their_lines() {
    let seeds =
        [(10010, "发："), (10060, "报："), (10077, "报："), (10107, "报："), (10199, "送：")];
    for (seed, label) in seeds {
        let (document, layout) = composed(&generator::issue(seed));
        let text = part(&written(&document, &layout), "word/document.xml");
        let tree = Xml::parse(&text).expect("XML");
        let is_closer = |node: &Node| {
            let spacing = number(*node, "val");
            assert!(spacing <= 0, "{seed}: {spacing}");
            is_slight(*node) && spacing < 0
        };
        let cells = tree.descendants().filter(|node| node.has_tag_name((WORD, "tc")));
        let closer: Vec<String> = cells
            .filter(|cell| {
                let mut spacing =
                    cell.descendants().filter(|node| node.has_tag_name((WORD, "spacing")));
                spacing.any(|node| {
                    node.parent().is_some_and(|p| p.has_tag_name((WORD, "rPr"))) && is_closer(&node)
                })
            })
            .map(|cell| cell.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect())
            .collect();
        assert_eq!(closer.len(), 1, "{seed}: {closer:?}");
        assert!(closer[0].starts_with(label), "{seed}: {closer:?}");
    }
}

/// On our pages letters and digits beside 黑体 and 小标宋 are bold; and emphasis within a lead is a
/// style as well, not formatting on top.
#[test]
fn what_a_role_alone_does_not_say_is_a_style_too() {
    let mut emphasis = run(Role::Headline, "要紧");
    emphasis.emphasis = true;
    let headline = vec![run(Role::Headline, "“12345”热线Café"), emphasis, run(Role::Body, "3次。")];
    let body = vec![section("2019年简讯"), paragraph(Role::Body, headline)];
    let docx = written(&document(body), &layout());
    let text = part(&docx, "word/document.xml");
    let tree = Xml::parse(&text).expect("XML");
    let style_of = |words: &str| -> Option<String> {
        let node = tree.descendants().find(|node| node.is_text() && node.text() == Some(words));
        let run = node.and_then(|node| node.ancestors().nth(2)).expect(words);
        let style = run.descendants().find(|node| node.tag_name().name() == "rStyle");
        style.map(|style| attribute(style, "val"))
    };
    for (words, style) in [
        ("12345", Some("HeadlineLatinChar")),
        ("”热线", Some("HeadlineChar")),
        ("Café", Some("HeadlineLatinChar")),
        ("要紧", Some("HeadlineEmphasisChar")),
        ("3次。", None),
        ("2019", Some("SectionTitleLatinChar")),
        ("年简讯】", None),
    ] {
        assert_eq!(style_of(words).as_deref(), style, "{words}");
    }
    let styles = part(&docx, "word/styles.xml");
    let of = |id: &str| {
        let rest = styles.split(&format!("w:styleId=\"{id}\"")).nth(1).expect(id);
        rest.split("</w:style>").next().unwrap_or_default().to_owned()
    };
    for (id, base) in [
        ("HeadlineLatinChar", "HeadlineChar"),
        ("HeadlineEmphasisChar", "HeadlineChar"),
        ("SectionTitleLatinChar", "DefaultParagraphFont"),
    ] {
        let style = of(id);
        assert!(style.contains(&format!("<w:basedOn w:val=\"{base}\"/>")), "{style}");
        assert!(style.contains("<w:b/><w:bCs/>"), "{style}");
    }
    assert_eq!(super::structure::faults(&docx), Vec::<String>::new());
}

/// Nor do the characters of any other paragraph have any, but those of a masthead that is fitted to
/// its line.
#[test]
fn characters_have_styles_and_nothing_else() {
    let mut emphasised = 0;
    for (name, document, layout) in issues() {
        let text = part(&written(&document, &layout), "word/document.xml");
        emphasised += text.matches("EmphasisChar\"").count();
        let tree = Xml::parse(&text).expect("XML");
        for run in tree.descendants().filter(|node| node.tag_name().name() == "rPr") {
            let paragraph = run.ancestors().find(|node| node.tag_name().name() == "p");
            let style = paragraph.and_then(|paragraph| {
                paragraph.descendants().find(|node| node.tag_name().name() == "pStyle")
            });
            let style = style.map(|style| attribute(style, "val")).unwrap_or_default();
            for property in run.children() {
                match property.tag_name().name() {
                    "rStyle" => {}
                    "rFonts" => assert_eq!(property.attributes().len(), 1, "{name}: the hint"),
                    _ if style.starts_with("Masthead") => {}
                    "spacing" => assert!(is_slight(property), "{name}: {property:?}"),
                    other => panic!("{name}: {other} in {style}"),
                }
            }
        }
    }
    assert!(emphasised > 0, "no sample has emphasis within another role");
}

/// ECMA-376 part 1, §17.7.3: in Word bold in a bold paragraph is not bold; said on the run it is.
#[test]
fn emphasis_in_a_bold_title_is_bold() {
    let mut emphasis = run(Role::Title, "要紧");
    emphasis.emphasis = true;
    let title = vec![run(Role::Title, "关于"), emphasis, run(Role::Source, "（某局）")];
    let document = document(vec![paragraph(Role::Title, title)]);
    let properties = |fonts, words: &str| {
        let options = Options { fonts, ..Options::default() };
        let docx = write(&document, &layout(), &options).expect("written");
        assert_eq!(super::structure::faults(&docx), Vec::<String>::new());
        let text = part(&docx, "word/document.xml");
        let before = text.split(&format!(">{words}<")).next().unwrap_or_default().to_owned();
        before.rsplit("<w:r>").next().unwrap_or_default().to_owned()
    };
    // 小标宋 is the bold of an open 宋体.
    assert!(properties(FontProfile::Open, "要紧").contains("<w:b/><w:bCs/>"));
    assert!(properties(FontProfile::Open, "（某局）").contains("<w:b w:val=\"0\"/>"));
    assert!(!properties(FontProfile::Open, "关于").contains("<w:b"));
    assert!(!properties(FontProfile::Gb2312, "要紧").contains("<w:b"));
}

/// GB/T 33476.2 §6.2: software margins of 34.58, 32.58, 28 and 26 mm; GB/T 9704 §5.2.3: 22 lines
/// of 28 characters.
#[test]
fn gb_t_33476_2_6_2_page() {
    let docx = written(&document(vec![paragraph(Role::Body, Vec::new())]), &layout());
    let mm = |twips: i64| twips as f64 / 1440.0 * 25.4;
    first(&docx, "word/document.xml", "pgMar", |margins| {
        let left = number(margins, "left") + number(margins, "gutter");
        for (twips, wanted) in [
            (number(margins, "top"), 34.58),
            (number(margins, "bottom"), 32.58),
            (left, 28.0),
            (number(margins, "right"), 26.0),
        ] {
            assert!((mm(twips) - wanted).abs() < 0.03, "{} for {wanted}", mm(twips));
        }
    });
    first(&docx, "word/document.xml", "docGrid", |grid| {
        assert_eq!(number(grid, "linePitch"), 592);
    });
    assert!(part(&docx, "word/settings.xml").contains("<w:mirrorMargins/>"));
}

/// GB/T 9704 §7.3.3: two characters of indent, in characters and in twips.
#[test]
fn gb_t_9704_7_3_3_indent() {
    let docx = written(&document(vec![paragraph(Role::Body, Vec::new())]), &layout());
    let styles = part(&docx, "word/styles.xml");
    let body = styles.split("w:styleId=\"Body\"").nth(1).expect("the style of the text");
    let body = body.split("</w:style>").next().unwrap_or_default();
    assert!(body.contains("w:firstLineChars=\"200\" w:firstLine=\"632\""), "{body}");
    assert!(body.contains("w:eastAsia=\"仿宋_GB2312\""), "{body}");
    assert!(body.contains("<w:spacing w:val=\"-10\"/>"), "{body}");
    assert!(styles.contains("w:line=\"592\" w:lineRule=\"exact\""));
}

#[test]
fn sections_are_headings_and_items_are_bookmarked() {
    let body = vec![
        section("生活环境建设"),
        item(0, "城子街道紧盯创城“痛点”", vec![run(Role::Body, "正文。")]),
        item(1, "", vec![run(Role::Body, "无题。")]),
    ];
    let docx = written(&document(body), &layout());
    let text = part(&docx, "word/document.xml");
    assert!(text.contains("w:name=\"栏目1_生活环境建设\""));
    assert!(text.contains("w:name=\"条目1_城子街道紧盯创城痛点\""));
    assert!(text.contains("w:name=\"条目2\""));
    let styles = part(&docx, "word/styles.xml");
    assert!(styles.contains("<w:name w:val=\"heading 1\"/><w:aliases w:val=\"栏目\"/>"));
    assert!(styles.contains("<w:outlineLvl w:val=\"0\"/>"));
}

/// An item of several paragraphs is one bookmark from its first to its last.
#[test]
fn a_bookmark_spans_its_item() {
    let paragraphs = vec![words(Role::Body, "第一段。"), words(Role::Body, "第二段。")];
    let body = vec![item_of(0, paragraphs).in_outline(2, "标题".to_owned())];
    let text = part(&written(&document(body), &layout()), "word/document.xml");
    let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(place("bookmarkStart") < place("第一段") && place("第二段") < place("bookmarkEnd"));
}

#[test]
fn properties_tell_what_the_issue_is() {
    let docx = written(&document(Vec::new()), &layout());
    let core = part(&docx, "docProps/core.xml");
    for wanted in [
        "<dc:title>门头沟区创建全国文明城市工作快报第155期</dc:title>",
        "<dc:subject>第155期</dc:subject>",
        "<dc:creator>门头沟区创建全国文明城市总指挥部办公室</dc:creator>",
        "<cp:keywords>第155期；生活环境建设；Ⅲ-58</cp:keywords>",
        ">2019-03-14T00:00:00Z</dcterms:created>",
        "<dc:language>zh-CN</dc:language>",
    ] {
        assert!(core.contains(wanted), "{wanted} in {core}");
    }
    assert!(part(&docx, "word/styles.xml").contains("w:eastAsia=\"zh-CN\""));
}

#[test]
fn the_mail_address_is_a_link() {
    let docx = written(&document(Vec::new()), &layout());
    let relations = part(&docx, "word/_rels/document.xml.rels");
    assert!(relations.contains("Target=\"mailto:mtgccbxcz@163.com\" TargetMode=\"External\""));
    let text = part(&docx, "word/document.xml");
    let link = text.split("<w:hyperlink").nth(1).expect("a link");
    assert!(link.split("</w:hyperlink>").next().is_some_and(|link| link.contains("@163.com")));
}

/// GB/T 9704 §7.5: the dashes 7 mm below the type area, odd right, even left, one character in.
#[test]
fn gb_t_9704_7_5_page_number() {
    let docx = written(&document(Vec::new()), &layout());
    // Middle of the em box in a line of 1.1 em with the baseline at 80 %.
    let distance = first(&docx, "word/document.xml", "pgMar", |node| number(node, "footer"));
    let line = 308.0;
    let middle = 16838.0 - distance as f64 - line + (0.8 * line - 0.38 * 280.0);
    assert!((middle / 1440.0 * 25.4 - 269.0).abs() < 0.05, "{middle}");
    let styles = part(&docx, "word/styles.xml");
    let style = |id: &str| {
        let rest = styles.split(&format!("w:styleId=\"{id}\"")).nth(1).expect(id);
        rest.split("</w:style>").next().unwrap_or_default().to_owned()
    };
    let (odd, even) = (style("Footer"), style("FooterEven"));
    assert!(odd.contains("<w:jc w:val=\"right\"/>") && odd.contains("w:right=\"280\""), "{odd}");
    assert!(even.contains("<w:jc w:val=\"left\"/>") && even.contains("w:left=\"280\""), "{even}");
    assert!(odd.contains("w:ascii=\"宋体\"") && odd.contains("<w:sz w:val=\"28\"/>"), "{odd}");
}

/// Another size of paper, another grid, other order, no red: no change of code.
#[test]
fn another_layout_is_another_page() {
    let mut b5 = layout();
    b5.page.width = Length::from_mm(176.0);
    b5.page.height = Length::from_mm(250.0);
    b5.page.top = Length::from_mm(30.0);
    b5.page.inner = Length::from_mm(22.0);
    b5.page.measure = Length::from_mm(132.0);
    b5.page.depth = Length::from_mm(190.0);
    b5.page.lines = 20;
    b5.page.characters = 25;
    b5.page.size = Length::from_pt(14.0);
    b5.page.mirror = false;
    b5.page_number.center = Length::from_mm(226.0);
    b5.page_number.even = b5.page_number.odd;
    for style in b5.styles.values_mut() {
        style.ink = "black".into();
        style.size = style.size.scale(14, 16);
    }
    let body = vec![paragraph(Role::Body, vec![run(Role::Body, filler(2000))])];
    let mut document = document(body);
    document.head.pop();
    let docx = written(&document, &b5);
    assert_eq!(super::structure::faults(&docx), Vec::<String>::new());
    first(&docx, "word/document.xml", "pgSz", |size| {
        assert_eq!((number(size, "w"), number(size, "h")), (9978, 14173));
    });
    let (area, measure) = first(&docx, "word/document.xml", "pgMar", |margins| {
        assert_eq!(number(margins, "gutter"), 0);
        let down = 14173 - number(margins, "top") - number(margins, "bottom");
        (down, 9978 - number(margins, "left") - number(margins, "right"))
    });
    let pitch = first(&docx, "word/document.xml", "docGrid", |grid| number(grid, "linePitch"));
    assert_eq!(area / pitch, 20);
    let styles = part(&docx, "word/styles.xml");
    let body = styles.split("w:styleId=\"Body\"").nth(1).expect("the style of the text");
    let spacing = body.split("<w:spacing w:val=\"").nth(1).expect("spacing");
    let spacing: i64 = spacing.split('"').next().unwrap_or_default().parse().expect("a number");
    assert_eq!(measure / (280 + spacing), 25);
    assert!(!styles.contains("FF0000"));
    assert!(!part(&docx, "word/settings.xml").contains("mirrorMargins"));
    assert!(part(&docx, "word/document.xml").contains("w:horzAnchor=\"page\""));
    assert!(!parts(&docx).contains(&"word/footer2.xml".to_owned()));
}

#[test]
fn profiles_name_their_fonts() {
    let document = document(Vec::new());
    for (fonts, name) in [
        (FontProfile::Gb2312, "仿宋_GB2312"),
        (FontProfile::Windows, "仿宋"),
        (FontProfile::Fangzheng, "方正仿宋_GBK"),
        (FontProfile::Open, "朱雀仿宋（预览测试版）"),
    ] {
        let options = Options { fonts, ..Options::default() };
        let docx = write(&document, &layout(), &options).expect("written");
        assert!(part(&docx, "word/styles.xml").contains(&format!("w:eastAsia=\"{name}\"")));
        assert!(part(&docx, "word/fontTable.xml").contains(&format!("w:name=\"{name}\"")));
    }
}

/// An office that is too long to stand beside the date takes lines of its own length.
#[test]
fn a_long_office_is_broken_beside_the_date() {
    let mut document = document(Vec::new());
    for block in &mut document.head {
        if let hongtou::compose::HeadBlock::Row { left, inset, .. } = block {
            left[0] = words(Role::Office, "门头沟区创建全国文明城市总指挥部办公室宣传组");
            *inset = 1000;
        }
    }
    let text = part(&written(&document, &layout()), "word/document.xml");
    let row = text.split("w:val=\"Office\"").nth(1).expect("the row");
    let row = row.split("</w:p>").next().unwrap_or_default();
    let (left, right) = row.split_once("<w:tab/>").expect("a tab");
    assert!(left.contains("门头沟区创建全国文明城<") && left.contains("<w:br/>"), "{left}");
    assert!(right.contains("2019年3月14日") && !right.contains("<w:br/>"), "{right}");
}

/// Programs add space below and space above where they meet, or take the greater: they never do.
#[test]
fn white_stands_above_or_below_but_not_both() {
    for (name, document, layout) in issues() {
        let docx = written(&document, &layout);
        let styles = part(&docx, "word/styles.xml");
        let tree = Xml::parse(&styles).expect("XML");
        let white = |node: Node| {
            let spacing = node.descendants().find(|node| {
                node.tag_name().name() == "spacing" && !attribute(*node, "line").is_empty()
            });
            spacing.map(|spacing| (number(spacing, "before"), number(spacing, "after")))
        };
        let of_style = |id: &str| {
            let style = tree.descendants().find(|node| attribute(*node, "styleId") == id);
            style.and_then(white).unwrap_or_default()
        };
        let text = part(&docx, "word/document.xml");
        let text = Xml::parse(&text).expect("XML");
        let body = text.root_element().first_element_child().expect("a body");
        let mut below = 0;
        for paragraph in body.children().filter(|node| node.tag_name().name() == "p") {
            let style = paragraph.descendants().find(|node| node.tag_name().name() == "pStyle");
            let style = style.map(|style| of_style(&attribute(style, "val"))).unwrap_or_default();
            let (before, after) = white(paragraph).unwrap_or(style);
            assert!(below == 0 || before == 0, "{name}: {below} and {before}");
            below = after;
        }
    }
}

/// As on our pages: a long name gives up the space between its characters before its size, joint
/// owners are of one size.
#[test]
fn long_titles_fit_as_on_our_pages() {
    let yaml = "layout: kuaibao\nmasthead:\n  owner: [中共白川市委宣传部, 白川市精神文明建设指导委员会办公室]\n  \
                name: 城市管理综合行政执法简报\nissue: {number: 1, date: 2024-11-25, office: 白川市办公室}\n\
                text: 近日，区民政局开展活动。\n";
    let (document, layout) = composed(yaml);
    let docx = written(&document, &layout);
    let text = part(&docx, "word/document.xml");
    let tree = Xml::parse(&text).expect("XML");
    let find = |words: &str, element: &str| -> Vec<i64> {
        let runs = tree.descendants().filter(|node| node.tag_name().name() == "r");
        let runs = runs.filter(|run| {
            let text = run.descendants().filter(|node| node.is_text());
            let text: String = text.filter_map(|node| node.text()).collect();
            !text.is_empty() && words.contains(&text)
        });
        runs.flat_map(|run| run.descendants())
            .filter(|node| node.tag_name().name() == element)
            .map(|node| number(node, "val"))
            .collect()
    };
    // 442.2 pt by 12 characters: 36.5 pt, and no space between them.
    assert_eq!(find("城市管理综合行政执法简报", "sz"), [73]);
    assert_eq!(find("城市管理综合行政执法简报", "spacing"), [0]);
    let [first, second] =
        ["中共白川市委宣传部", "白川市精神文明建设指导委员会办公室"].map(|owner| find(owner, "sz"));
    assert!(!first.is_empty() && first == second, "{first:?} {second:?}");
}

/// Where the editor has marked the places (`|`), the lines of a title begin as on our pages.
#[test]
fn lines_of_a_title_begin_where_the_editor_would_have_them() {
    let (mut broken, mut whole) = (0, 0);
    for title in [
        "关于开展全区冬季城市环境|综合整治行动情况的通报",
        "关于进一步加强|城市精细化管理和|文明城市创建工作的|若干意见",
        "白川市|城市管理工作|情况通报",
        "白川市人民政府办公室|关于冬季城市环境综合整治的通报",
        "关于整治|市容的通知",
        "区|城市管理综合行政执法局开展冬季市容环境专项整治行动|取得阶段性成效的情况报告",
    ] {
        let yaml = format!(
            "layout: jianbao\nmasthead: {{owner: 白川市, name: 城管简报}}\n\
             issue: {{number: 1, date: 2024-11-25, office: 白川市办公室}}\n\
             title: {title}\ntext: 近日，区民政局开展活动。\n"
        );
        let (document, layout) = composed(&yaml);
        let text = part(&written(&document, &layout), "word/document.xml");
        let tree = Xml::parse(&text).expect("XML");
        let is_title = |node: &Node| {
            node.descendants()
                .any(|node| node.tag_name().name() == "pStyle" && attribute(node, "val") == "Title")
        };
        let found = tree.descendants().filter(|node| node.tag_name().name() == "p").find(is_title);
        let mut lines = vec![String::new()];
        for node in found.expect("the title").descendants() {
            match node.tag_name().name() {
                "br" => lines.push(String::new()),
                "t" => lines.last_mut().expect("a line").push_str(node.text().unwrap_or_default()),
                _ => {}
            }
        }
        let pages = crate::support::pages::paginate(&yaml, layout).expect("it can be set");
        let role = |block: usize| pages.blocks[block].role;
        let ours = pages.report.lines.iter().filter(|line| role(line.block) == Role::Title);
        let ours: Vec<String> = ours.map(|line| line.text.clone()).collect();
        // What stands before each line but the first.
        let before = |lines: &[String]| -> Vec<String> {
            (1..lines.len()).map(|upto| lines[..upto].concat()).collect()
        };
        let marked: Vec<String> = title.split('|').map(str::to_owned).collect();
        let marked = before(&marked);
        let wanted: Vec<String> =
            before(&ours).into_iter().filter(|before| marked.contains(before)).collect();
        assert_eq!(before(&lines), wanted, "{ours:?}");
        *if wanted.is_empty() { &mut whole } else { &mut broken } += 1;
    }
    assert!(broken >= 3 && whole >= 2, "{broken} and {whole}");
}
