//! Tags, bookmarks, links: what a screen reader says and where a reader can go.

use hongtou::layout::Role;
use hongtou::page::Part;
use hongtou::pdf::{Options, write};

use super::fixture::{Setter, bulletin, layout};
use super::{archived, fonts};
use crate::support::pdf::{Bookmark, Mark, read};

#[test]
fn the_tag_tree_is_the_structure_of_the_issue() {
    let expected = "\
Document
  Div
    P “内部资料　注意保存”
    Title “门头沟区创建全国文明城市”
    Title “工作快报”
    P “第155期”
    P “2019年3月14日”
  Sect
    H1 “【生活环境建设】”
    Art
      H2 Inline “城子街道紧盯创城“痛点”对症“开药方”　”
      P
        “通过购买服务方式，引入12名保洁员——每天巡查：“双减一加”；”
        Strong “一一落实”
        “。详见creek open data平台。（Ⅲ-58城市精细化管理）”
    Art
      H2 “区民政局三招推进社区服务”
      L
        LI
          LBody
            P “一是建阵地。”
        LI
          LBody
            P “二是强队伍。”
        LI
          LBody
            P “三是抓服务。”
  Sect
    H1 “【简　讯】”
    Art
      P “市场环境建设：区工商分局到鑫源市场检查。”
  Div
    P “报：首都文明办、区委”
    P
      “电子邮箱：”
      Link
        “mtgccbxcz@163.com”
        (annotation)
";
    let pdf = archived();
    assert_eq!(pdf.tag_outline(), expected);
    assert_eq!(pdf.tags.expect("tags").language.as_deref(), Some("zh-CN"));
}

#[test]
fn the_text_of_the_tags_is_the_text_of_the_blocks() {
    let fonts = fonts();
    let text: String = bulletin(&fonts).blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(archived().tags.expect("tags").text(), text);
}

#[test]
fn headings_have_their_words_as_title() {
    let tags = archived().tags.expect("tags");
    let titles: Vec<_> = ["H1", "H2"].iter().flat_map(|kind| tags.all(kind)).collect();
    let titles: Vec<&str> = titles.iter().filter_map(|tag| tag.title.as_deref()).collect();
    let expected = [
        "【生活环境建设】",
        "【简　讯】",
        "城子街道紧盯创城“痛点”对症“开药方”",
        "区民政局三招推进社区服务",
    ];
    assert_eq!(titles, expected);
}

#[test]
fn page_numbers_and_rules_are_artifacts() {
    let pdf = archived();
    for (index, page) in pdf.pages.iter().enumerate() {
        let number = page.lines.iter().find(|line| line.artifact && line.text.trim() != "");
        assert_eq!(number.expect("a page number").text, (index + 1).to_string());
        let number = page.glyphs.iter().find(|glyph| glyph.y > 760.0).expect("a page number");
        assert_eq!(number.mark, Mark::Artifact("Pagination".to_owned()));
        assert!(page.glyphs.iter().all(|glyph| glyph.mark != Mark::None));
        assert!(page.rules.iter().all(|rule| matches!(rule.mark, Mark::Artifact(_))));
    }
}

/// Blocks of a line each, and the tag tree that they make.
fn outline_of(blocks: &[(Part, Role, Option<usize>, &str)]) -> String {
    let fonts = fonts();
    let mut set = Setter::new(&fonts);
    set.page();
    for (line, (part, role, item, text)) in blocks.iter().enumerate() {
        set.simple(*part, *role, *item, text, 120.0 + 30.0 * line as f64);
    }
    let bytes = write(&set.pages, &layout(), &fonts, &Options::default()).expect("a PDF");
    read(&bytes).tag_outline()
}

#[test]
fn no_heading_level_is_left_out() {
    // ISO 14289-1 §7.4.2: levels go down by one; a heading stands under those of its item only.
    let body = Part::Body;
    let outline = outline_of(&[
        (body, Role::Headline, Some(0), "无栏目的标题"),
        (body, Role::Heading2, Some(0), "（一）越级"),
        (body, Role::Heading3, Some(0), "1.再下"),
        (body, Role::Heading2, Some(0), "（二）平级"),
        (body, Role::SectionTitle, None, "栏目"),
        (body, Role::Headline, Some(1), "有标题"),
        (body, Role::Heading1, Some(1), "一、其下"),
        (body, Role::Heading1, Some(2), "一、另一条，没有标题"),
        (body, Role::Body, Some(2), "正文"),
    ]);
    let headings: Vec<&str> = outline.lines().map(str::trim).collect();
    let headings = headings.into_iter().filter(|line| line.starts_with('H')).collect::<Vec<_>>();
    assert_eq!(
        headings,
        [
            "H1 “无栏目的标题”",
            "H2 “（一）越级”",
            "H3 “1.再下”",
            "H2 “（二）平级”",
            "H1 “栏目”",
            "H2 “有标题”",
            "H3 “一、其下”",
            "H2 “一、另一条，没有标题”",
        ]
    );
}

#[test]
fn the_title_of_a_single_article_is_its_first_heading() {
    let body = Part::Body;
    let mut blocks = vec![
        (body, Role::Title, None, "云溪县稳步推进改造"),
        (body, Role::Heading1, Some(0), "一、摸清底数"),
        (body, Role::Body, Some(0), "正文"),
    ];
    let outline = outline_of(&blocks);
    assert!(outline.contains("  H1 “云溪县稳步推进改造”"), "{outline}");
    assert!(outline.contains("    H2 “一、摸清底数”"), "{outline}");
    // Above sections it is the title of the whole.
    blocks.insert(1, (body, Role::SectionTitle, None, "栏目"));
    let outline = outline_of(&blocks);
    assert!(outline.contains("  Title “云溪县稳步推进改造”"), "{outline}");
    assert!(outline.contains("    H1 “栏目”"), "{outline}");
}

/// Points are a list whatever they begin with; what only begins like points is none, nor is one
/// point alone.
#[test]
fn points_are_a_list_only_where_they_are_points() {
    let body = Part::Body;
    let outline = outline_of(&[
        (body, Role::Point, Some(0), "一是独此一条。"),
        (body, Role::Body, Some(0), "另起一段。"),
        (body, Role::Point, Some(1), "首先，甲。"),
        (body, Role::Point, Some(1), "其次，乙。"),
        (body, Role::Body, Some(2), "一是像要点的一段。"),
        (body, Role::Body, Some(2), "二是像要点的又一段。"),
    ]);
    assert_eq!(outline.matches(" L\n").count(), 1, "{outline}");
    assert_eq!(outline.matches(" LI\n").count(), 2, "{outline}");
    assert!(outline.contains("P “其次，乙。”"), "{outline}");
}

#[test]
fn contents_are_a_table_of_contents() {
    let body = Part::Body;
    let outline = outline_of(&[
        (body, Role::ContentsTitle, None, "本期要目"),
        (body, Role::Contents, None, "城子街道"),
        (body, Role::Contents, None, "区民政局"),
        (body, Role::SectionTitle, None, "栏目"),
    ]);
    let expected = "\
Document
  TOC
    Caption
      P “本期要目”
    TOCI
      P “城子街道”
    TOCI
      P “区民政局”
  Sect
    H1 “栏目”
";
    assert_eq!(outline, expected);
}

#[test]
fn bookmarks_lead_to_sections_and_items() {
    let bookmark = |level, text: &str, page, y| Bookmark { level, text: text.to_owned(), page, y };
    let expected = [
        bookmark(1, "生活环境建设", 0, 360.0),
        bookmark(2, "城子街道紧盯创城“痛点”对症“开药方”", 0, 390.0),
        bookmark(2, "区民政局三招推进社区服务", 1, 134.0),
        bookmark(1, "简讯", 1, 260.0),
        bookmark(2, "市场环境建设", 1, 282.0),
    ];
    let pdf = archived();
    assert_eq!(pdf.outline.len(), expected.len());
    for (found, expected) in pdf.outline.iter().zip(expected) {
        assert!((found.y - expected.y).abs() < 0.001, "{found:?}");
        assert_eq!(Bookmark { y: expected.y, ..found.clone() }, expected);
    }
}

#[test]
fn links_say_what_they_do_and_cover_their_text() {
    let pdf = archived();
    let [link] = pdf.pages[1].links.as_slice() else { panic!("{:?}", pdf.pages[1].links) };
    assert_eq!(link.target, "mailto:mtgccbxcz@163.com");
    assert_eq!(link.description, "发邮件到 mtgccbxcz@163.com");
    assert_eq!(link.quads, 1);
    let address: Vec<_> =
        pdf.pages[1].glyphs.iter().filter(|glyph| (glyph.y - 704.0).abs() < 0.1).collect();
    let m = address.iter().find(|glyph| glyph.text == "m").expect("the address is there");
    assert!((link.rect[0] - m.x).abs() < 0.01, "{:?} {}", link.rect, m.x);
}
