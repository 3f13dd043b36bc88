//! Content that could hurt.

use hongtou::compose::{ColophonBlock, Run};
use hongtou::docx::{EmbeddedFont, FontProfile, Options, write};
use hongtou::layout::Role;

use super::structure::faults;
use super::written;
use crate::support::docx::*;

/// All text of the main part.
fn text(docx: &[u8]) -> String {
    let xml = part(docx, "word/document.xml");
    let tree = roxmltree::Document::parse(&xml).expect("XML");
    tree.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
}

const NASTY: &[&str] = &[
    "<w:p>&amp;\"'</w:p>]]><!-- -->",
    "一\t二\n三\r\n四\u{2028}五",
    "😀👨\u{200d}👩\u{200d}👧🇨🇳",
    "𠮷𨱏𬭎𫖯𬱖𬀩",
    "\u{e000}\u{f8ff}\u{10fffd}",
    "  前后有空格  ",
    "\u{3000}",
    "e\u{301}\u{fe0f}",
];

#[test]
fn nothing_that_can_be_written_is_lost() {
    for &nasty in NASTY {
        let mut body = vec![section(nasty), item(0, nasty, vec![run(Role::Body, nasty)])];
        body.push(paragraph(Role::Title, vec![run(Role::Title, nasty)]));
        let mut document = document(body);
        document.metadata.title = nasty.into();
        document.metadata.keywords = vec![nasty.into(); 3];
        document.colophon.push(ColophonBlock::Row {
            left: vec![words(Role::Staff, nasty)],
            right: vec![paragraph(
                Role::Staff,
                vec![Run {
                    new_line: false,
                    link: Some(format!("mailto:{nasty}?a=1&b=2")),
                    ..run(Role::Staff, nasty)
                }],
            )],
        });
        let docx = written(&document, &layout());
        assert_eq!(faults(&docx), Vec::<String>::new(), "{nasty:?}");
        let kept: String = nasty.chars().filter(|c| !"\t\n\r\u{2028}".contains(*c)).collect();
        // The headline's gap is an ideographic space too.
        let places = if nasty == "\u{3000}" { 7 } else { 6 };
        assert_eq!(text(&docx).matches(&kept).count(), places, "{nasty:?}");
    }
}

#[test]
fn control_characters_do_no_harm() {
    let controls: String = (0..32u8).chain(127..160).map(char::from).collect();
    let nasty = format!("甲{controls}\u{fffe}\u{ffff}乙");
    let mut document = document(vec![item(0, &nasty, vec![run(Role::Body, &*nasty)])]);
    document.metadata.title = nasty.clone();
    document.metadata.authors = vec![nasty];
    let docx = written(&document, &layout());
    assert_eq!(faults(&docx), Vec::<String>::new());
    assert_eq!(text(&docx).matches("甲乙").count(), 2, "headline and text");
    assert_eq!(text(&docx).matches(|c: char| c.is_control()).count(), 0);
}

#[test]
fn long_headlines_and_many_items() {
    let headline = "长".repeat(200);
    let body: Vec<_> =
        (0..300).map(|n| item(n, &headline, vec![run(Role::Body, filler(60))])).collect();
    let docx = written(&document(body), &layout());
    assert_eq!(faults(&docx), Vec::<String>::new());
    assert_eq!(part(&docx, "word/document.xml").matches("<w:bookmarkStart").count(), 300);
    assert_eq!(text(&docx).matches(&headline).count(), 300);
}

#[test]
fn an_owner_of_200_characters_wraps() {
    let mut document = document(Vec::new());
    let name = "名".repeat(200);
    if let hongtou::compose::HeadBlock::Line { lines, .. } = &mut document.head[0] {
        *lines = vec![words(Role::MastheadOwner, &name); 3];
    }
    let docx = written(&document, &layout());
    assert_eq!(faults(&docx), Vec::<String>::new());
    assert_eq!(text(&docx).matches(&name).count(), 3);
}

#[test]
fn empty_parts_leave_nothing_behind() {
    let whole = document(vec![paragraph(Role::Body, vec![run(Role::Body, "正文。")])]);
    for mask in 0..8 {
        let mut document = whole.clone();
        if mask & 1 != 0 {
            document.head.clear();
        }
        if mask & 2 != 0 {
            document.body.clear();
        }
        if mask & 4 != 0 {
            document.colophon.clear();
        }
        let docx = written(&document, &layout());
        assert_eq!(faults(&docx), Vec::<String>::new(), "{mask:03b}");
        let table = part(&docx, "word/document.xml").contains("<w:tbl>");
        assert_eq!(table, mask & 4 == 0, "{mask:03b}");
    }
    let mut no_runs = whole;
    no_runs.body.push(paragraph(Role::Body, Vec::new()));
    no_runs.body.push(paragraph(Role::Body, vec![run(Role::Body, "")]));
    no_runs.colophon.push(ColophonBlock::Row { left: Vec::new(), right: Vec::new() });
    no_runs.metadata.keywords.clear();
    no_runs.metadata.authors.clear();
    assert_eq!(faults(&written(&no_runs, &layout())), Vec::<String>::new());
}

#[test]
fn a_layout_without_page_numbers_has_no_footers() {
    let mut layout = layout();
    layout.page_number.shown = false;
    let docx = written(&document(Vec::new()), &layout);
    assert_eq!(faults(&docx), Vec::<String>::new());
    assert!(!parts(&docx).iter().any(|name| name.contains("footer")));
}

#[test]
fn every_profile_is_sound_and_fonts_can_be_embedded() {
    let document = document(vec![item(0, "标题", vec![run(Role::Body, "正文。")])]);
    for &fonts in FontProfile::ALL {
        let options = Options { fonts, ..Options::default() };
        let docx = write(&document, &layout(), &options).expect("written");
        assert_eq!(faults(&docx), Vec::<String>::new(), "{fonts:?}");
    }
    let name = || "Noto Serif SC".to_owned();
    let font = |bold| EmbeddedFont { name: name(), bold, data: vec![7; 100], subset: bold };
    let embed = vec![font(false), font(true)];
    let options = Options { fonts: FontProfile::Open, embed };
    let docx = write(&document, &layout(), &options).expect("written");
    assert_eq!(faults(&docx), Vec::<String>::new());
    let table = part(&docx, "word/fontTable.xml");
    assert!(table.contains("<w:embedRegular r:id=\"rId1\"") && table.contains("<w:embedBold"));
    assert_eq!(table.matches("w:subsetted=\"1\"").count(), 1);
    assert!(
        part(&docx, "word/settings.xml").contains("<w:embedTrueTypeFonts/><w:saveSubsetFonts/>")
    );
    assert!(parts(&docx).contains(&"word/fonts/font2.odttf".to_owned()));
}
