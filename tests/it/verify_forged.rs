//! Somebody changes a figure on the page and wants `verify` not to say so. Each way is tried on a
//! file of an older version, whose bytes cannot be compared, and on one of this version.

use hongtou::verify::{Verdict, read};

use crate::support::desk::Desk;
use crate::support::forge::{Forgery, stream};
use crate::verify::{checked, embedded, says, source};
use crate::verify_versions::old;

/// A way to change a file, and the words by which it is found out in a file of an older version.
type Way = (fn(&mut Forgery), &'static str);

const WAYS: [Way; 28] = [
    (note, "批注或表单"),
    (link_with_looks, "批注或表单"),
    (field, "批注或表单"),
    (form, "图片或嵌套的图形"),
    (inline_picture, "图片或嵌套的图形"),
    (invisible, "看不见的文字"),
    (layer, "可以隐藏的图层"),
    (layer_of_content, "可以隐藏的图层"),
    (drawn_glyphs, "Type3"),
    (clipped, "绘图指令“W”"),
    (other_words_said, "页上画出的字与复制出来的字不同"),
    (other_words, "源文件里的字在页上变了"),
    (more_words, "源文件里的字在页上变了"),
    (unreadable, "读不了的内容"),
    (too_small, "小得看不见的文字"),
    (scaled_away, "小得看不见的文字"),
    (beside_the_sheet, "纸外的文字"),
    (cropped, "裁切、转动或缩放的页面"),
    (turned, "裁切、转动或缩放的页面"),
    (in_other_units, "裁切、转动或缩放的页面"),
    (on_a_larger_sheet, "纸张与应有的不同"),
    (other_glyphs, "CIDToGIDMap"),
    (fewer_pages_counted, "页面树"),
    (pages_not_counted, "页面树"),
    (a_page_that_is_none, "页面树"),
    (a_page_of_another_parent, "页面树"),
    (unpacked_otherwise, "另有解法的页面内容"),
    (unpacked_elsewhere, "另有解法的页面内容"),
];

#[test]
fn every_way_to_change_the_page_is_found_in_an_older_file() {
    let bytes = old("jianxun-anquan-source");
    for (index, (way, words)) in WAYS.iter().enumerate() {
        let mut forgery = Forgery::of(&bytes);
        way(&mut forgery);
        let report = checked(forgery.bytes(), None);
        println!("{index}: {report:?}");
        says(&report, Verdict::Different, words);
    }
}

#[test]
fn and_in_one_of_this_version() {
    let yaml = include_str!("../../samples/jianxun-anquan.yaml");
    let mut own = source(yaml);
    let old = read(old("jianxun-anquan-source")).expect("a PDF");
    let inside = hongtou::verify::embedded(&old).expect("a source");
    (own.layout, own.layout_name) = (inside.layout, inside.layout_name);
    let bytes = embedded(&own);
    assert_eq!(checked(bytes.clone(), None).verdict, Verdict::Same);
    for (index, (way, _)) in WAYS.iter().enumerate() {
        let mut forgery = Forgery::of(&bytes);
        way(&mut forgery);
        let report = checked(forgery.bytes(), None);
        assert_eq!(report.verdict, Verdict::Different, "{index}: {report:?}");
    }
}

/// What changes nothing but the drawing is said where it cannot be proved.
#[test]
fn a_page_drawn_otherwise_is_said_in_an_older_file() {
    let bytes = old("jianxun-anquan-source");
    says(&checked(bytes.clone(), None), Verdict::Older, "每页的画法和字形与本版本排出的完全相同");
    assert_eq!(checked(bytes.clone(), None).drawn, Some(true));
    // A white cover over the first line.
    let mut forgery = Forgery::of(&bytes);
    forgery
        .draw(0, |content| content + "\nq /c1 cs 1 scn 0 700 m 600 700 l 600 800 l 0 800 l h f Q");
    says(&checked(forgery.bytes(), None), Verdict::Older, "也可能被改动过");
    // A line that was moved.
    let mut forgery = Forgery::of(&bytes);
    forgery.draw(0, |content| format!("1 0 0 1 0 -14 cm\n{content}"));
    let moved = checked(forgery.bytes(), None);
    says(&moved, Verdict::Older, "画法或字形与本版本排出的不同");
    assert_eq!((moved.text, moved.drawn), (Some(true), Some(false)));
    let desk = Desk::new();
    desk.write("甲.pdf", forgery.bytes());
    let headline =
        "由旧版本（hongtou 0.1.0）生成：文字相同，画法不同，不能断定是版本不同还是被改动过";
    desk.run(&["verify", "甲.pdf"]).code(3).reports(&[headline, "与存档里的那一份比较"]);
    // A font that has other glyphs for the same text.
    let mut forgery = Forgery::of(&bytes);
    let program = forgery.reference(forgery.with("/FontName/"), "/FontFile2");
    let mut font = forgery.stream(program);
    *font.last_mut().unwrap() ^= 1;
    forgery.put_stream(program, "", &font);
    says(&checked(forgery.bytes(), None), Verdict::Older, "画法或字形与本版本排出的不同");
}

fn annotate(forgery: &mut Forgery, annotation: &str) {
    let note = forgery.add(annotation);
    let page = forgery.page(1);
    forgery.edit(page, "/Annots[", &format!("/Annots[{note} 0 R "));
}

fn note(forgery: &mut Forgery) {
    annotate(forgery, "<</Type/Annot/Subtype/FreeText/Rect[0 0 99 99]/Contents(25)/DA(/F 9 Tf)>>");
}

fn link_with_looks(forgery: &mut Forgery) {
    let looks = forgery.add(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"0 0 9 9 re f"));
    let link = "<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[0 0 99 99]/AP<</N";
    annotate(forgery, &format!("{link} {looks} 0 R>>>>"));
}

fn field(forgery: &mut Forgery) {
    let catalog = forgery.with("/Type/Catalog");
    forgery.edit(catalog, "/Type/Catalog", "/Type/Catalog/AcroForm<</Fields[]>>");
}

fn form(forgery: &mut Forgery) {
    let form = forgery.add(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"q Q"));
    let resources = forgery.reference(forgery.page(0), "/Resources");
    forgery.edit(resources, "/Font<<", &format!("/XObject<</X {form} 0 R>>/Font<<"));
    forgery.draw(0, |content| content + "\n/X Do");
}

fn inline_picture(forgery: &mut Forgery) {
    forgery.draw(0, |content| content + "\nBI/W 1/H 1/CS/G/BPC 8 ID x EI");
}

fn invisible(forgery: &mut Forgery) {
    forgery.draw(0, |content| content.replacen("BT 0 Tr", "BT 3 Tr", 1));
}

fn layer(forgery: &mut Forgery) {
    let catalog = forgery.with("/Type/Catalog");
    forgery.edit(catalog, "/Type/Catalog", "/Type/Catalog/OCProperties<</OCGs[]/D<<>>>>");
}

fn layer_of_content(forgery: &mut Forgery) {
    let group = forgery.add("<</Type/OCG/Name(x)>>");
    let resources = forgery.reference(forgery.page(0), "/Resources");
    forgery.edit(resources, "/Font<<", &format!("/Properties<</L {group} 0 R>>/Font<<"));
    forgery.draw(0, |content| format!("/OC/L BDC\n{content}\nEMC"));
}

fn drawn_glyphs(forgery: &mut Forgery) {
    let font = forgery.add("<</Type/Font/Subtype/Type3/CharProcs<<>>/FontMatrix[1 0 0 1 0 0]>>");
    let resources = forgery.reference(forgery.page(0), "/Resources");
    forgery.edit(resources, "/Font<<", &format!("/Font<</X {font} 0 R"));
    forgery.draw(0, |content| content + "\nBT /X 9 Tf () Tj ET");
}

fn clipped(forgery: &mut Forgery) {
    forgery.draw(0, |content| format!("0 0 m 9 9 l h W n\n{content}"));
}

/// The mark says what the source has; the glyphs are others.
fn other_words_said(forgery: &mut Forgery) {
    forgery.draw(0, |content| {
        assert!(content.contains("<FEFF5168>>>BDC"), "{content}");
        let (before, after) = content.split_once("<FEFF5168>>>BDC").unwrap();
        format!("{before}<FEFF5168>>>BDC{}", after.replacen("(\\000\\005)", "(\\000\\004)", 1))
    });
}

fn other_words(forgery: &mut Forgery) {
    // In the text of the second page: its glyphs 006 and 007 are digits.
    forgery.draw(1, |content| {
        content.replacen(
            "[(\\000\\006)6.4678345(\\000\\007)",
            "[(\\000\\007)6.4678345(\\000\\007)",
            1,
        )
    });
}

fn more_words(forgery: &mut Forgery) {
    forgery.draw(1, |content| {
        content.replacen("[(\\000\\006)6.4678345(", "[(\\000\\006)6.4678345(\\000\\006)(", 1)
    });
}

/// Other programs may read on where this one cannot.
fn unreadable(forgery: &mut Forgery) {
    forgery.draw(0, |content| content + "\n[(x)");
}

fn too_small(forgery: &mut Forgery) {
    // The size of a font is the second word before its operator.
    forgery.draw(0, |content| {
        let end = content.find(" Tf").expect("text");
        let start = content[..end].rfind(' ').expect("a size");
        format!("{} 0.01{}", &content[..start], &content[end..])
    });
}

fn scaled_away(forgery: &mut Forgery) {
    forgery.draw(0, |content| format!("0.001 0 0 1 0 0 cm\n{content}"));
}

fn beside_the_sheet(forgery: &mut Forgery) {
    forgery.draw(0, |content| format!("1 0 0 1 0 2000 cm\n{content}"));
}

fn on_page(forgery: &mut Forgery, entry: &str) {
    let page = forgery.page(0);
    forgery.edit(page, "/Type/Page", &format!("{entry}/Type/Page"));
}

fn cropped(forgery: &mut Forgery) {
    on_page(forgery, "/CropBox[0 400 500 600]");
}

fn turned(forgery: &mut Forgery) {
    on_page(forgery, "/Rotate 90");
}

fn in_other_units(forgery: &mut Forgery) {
    on_page(forgery, "/UserUnit 2");
}

fn on_a_larger_sheet(forgery: &mut Forgery) {
    let page = forgery.page(0);
    let object = forgery.object(page);
    let at = object.find("/MediaBox").expect("a sheet");
    let end = at + object[at..].find(']').unwrap() + 1;
    let larger = format!("{}/MediaBox[-300 -300 900 1200]{}", &object[..at], &object[end..]);
    forgery.put(page, larger);
}

fn other_glyphs(forgery: &mut Forgery) {
    let map = forgery.add(stream("", &[0, 1, 0, 2, 0, 3, 0, 5, 0, 4]));
    let font = forgery.with("/CIDToGIDMap/Identity");
    forgery.edit(font, "/CIDToGIDMap/Identity", &format!("/CIDToGIDMap {map} 0 R"));
}

/// Readers that believe the count show as many pages.
fn fewer_pages_counted(forgery: &mut Forgery) {
    forgery.edit(forgery.with("/Type/Pages"), "/Count 2", "/Count 1");
}

fn pages_not_counted(forgery: &mut Forgery) {
    forgery.edit(forgery.with("/Type/Pages"), "/Count 2", "");
}

fn a_page_that_is_none(forgery: &mut Forgery) {
    forgery.edit(forgery.with("/Type/Pages"), "/Kids[", "/Kids[null ");
}

fn a_page_of_another_parent(forgery: &mut Forgery) {
    let other = forgery.add("<</Type/Pages/Kids[]/Count 0/Rotate 90>>");
    let page = forgery.page(0);
    let parent = forgery.reference(page, "/Parent");
    forgery.edit(page, &format!("/Parent {parent} 0 R"), &format!("/Parent {other} 0 R"));
}

/// Some readers take the short keys of pictures within a page (ISO 32000-1, table 92) everywhere.
fn unpacked_otherwise(forgery: &mut Forgery) {
    let content = forgery.reference(forgery.page(0), "/Contents");
    let bytes = forgery.stream(content);
    forgery.put_stream(content, "/DP<</Predictor 2/Columns 5>>", &bytes);
}

fn unpacked_elsewhere(forgery: &mut Forgery) {
    let content = forgery.reference(forgery.page(0), "/Contents");
    let bytes = forgery.stream(content);
    forgery.put_stream(content, "/F(x.txt)", &bytes);
}

/// A reader that believes the first object shows one page.
#[test]
fn a_file_that_says_to_be_read_in_parts_is_a_difference_in_any_version() {
    let bytes = old("jianxun-anquan-source");
    let start = bytes.windows(6).position(|word| word == b" 0 obj").expect("an object");
    let start = bytes[..start].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    let first = b"9999 0 obj\n<</Linear#69zed 1/N 1>>\nendobj\n";
    let bytes = [&bytes[..start], first, &bytes[start..]].concat();
    says(&checked(bytes, None), Verdict::Different, "Linearized");
}
