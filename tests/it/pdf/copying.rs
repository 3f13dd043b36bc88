//! What copies out of the file is what was written, character for character.

use hongtou::layout::Role;
use hongtou::page::Part;
use hongtou::pdf::{Options, write};

use super::fixture::{Line, Setter, layout};
use super::{archived, fonts};
use crate::support::pdf::{Mark, Pdf, read};

/// One block of the given lines, written and read back.
fn set(lines: &[(&[(Role, &str)], f64)]) -> Pdf {
    let fonts = fonts();
    let mut set = Setter::new(&fonts);
    set.page();
    let words = lines.iter().flat_map(|(words, _)| words.iter().map(|(_, text)| *text));
    let text: String = words.collect();
    let block = set.block(Part::Body, Role::Body, Some(0), &text);
    for (line, (words, tracking)) in lines.iter().enumerate() {
        let at = (80.0, 120.0 + 30.0 * line as f64);
        set.line(&Line { block: Some(block), line, at, words, tracking: *tracking });
    }
    let bytes = write(&set.pages, &layout(), &fonts, &Options::default()).expect("a PDF");
    read(&bytes)
}

fn one(text: &str) -> Pdf {
    set(&[(&[(Role::Body, text)], 0.0)])
}

#[test]
fn lines_copy_out_in_reading_order() {
    let pdf = archived();
    let expected = [
        "内部资料　注意保存",
        "门头沟区创建全国文明城市",
        "工作快报",
        "第155期",
        "2019年3月14日",
        "【生活环境建设】",
        "城子街道紧盯创城“痛点”对症“开药方”　通过购买服务方式，引",
        "入12名保洁员——每天巡查：“双减一加”；一一落实。详见",
        "creek open ",
    ];
    assert_eq!(pdf.text(0), expected);
    assert_eq!(pdf.text(1)[0], "data平台。（Ⅲ-58城市精细化管理）");
    assert_eq!(pdf.text(1).last(), Some(&"电子邮箱：mtgccbxcz@163.com"));
}

#[test]
fn characters_stay_what_they_are() {
    // The faces have one glyph for 一 and for the radical ⼀, for full-width quotes as variants.
    for text in ["一一二⼀人⼈", "“甲”‘乙’", "破——折……省略", "甲·乙—丙～丁", "Ⅲ①㎡★", "𬭎㛃㙟"]
    {
        assert_eq!(one(text).text(0), [text]);
    }
}

#[test]
fn a_space_that_fell_away_at_a_line_end_still_parts_two_words() {
    let fonts = fonts();
    let mut set = Setter::new(&fonts);
    set.page();
    let block = set.block(Part::Body, Role::Body, Some(0), "open data");
    for (line, word) in ["open", "data"].into_iter().enumerate() {
        let words = [(Role::Body, word)];
        let at = (80.0, 120.0 + 30.0 * line as f64);
        set.line(&Line { block: Some(block), line, at, words: &words, tracking: 0.0 });
    }
    let bytes = write(&set.pages, &layout(), &fonts, &Options::default()).expect("a PDF");
    assert_eq!(read(&bytes).tags.expect("tags").text(), "open data");
}

#[test]
fn text_without_glyphs_copies_out_too() {
    let fonts = fonts();
    let mut set = Setter::new(&fonts);
    set.page();
    let block = set.block(Part::Body, Role::Body, Some(0), "甲　乙\u{200B}丙　");
    let words = [(Role::Body, "甲　乙丙")];
    set.line(&Line {
        block: Some(block),
        line: 0,
        at: (80.0, 120.0),
        words: &words,
        tracking: 0.0,
    });
    for element in &mut set.pages.pages[0].elements {
        let hongtou::page::Element::Glyphs(run) = element else { continue };
        assert_eq!(run.text, "甲　乙丙");
        run.glyphs.remove(1);
        // U+200B between the last two, a space after them.
        run.text = "甲　乙\u{200B}丙　".to_owned();
        run.glyphs[2].range = 12..15;
    }
    let bytes = write(&set.pages, &layout(), &fonts, &Options::default()).expect("a PDF");
    assert_eq!(read(&bytes).text(0), ["甲　乙\u{200B}丙　"]);
}

/// The widest gap or overlap of a line as a program sees it: from the end of what copies out as one
/// to the beginning of the next, in ems.
fn widest_gap(pdf: &Pdf) -> f64 {
    let mut units: Vec<(f64, f64, f64)> = Vec::new();
    let glyphs = pdf.pages[0].glyphs.iter();
    for glyph in glyphs.filter(|glyph| matches!(glyph.mark, Mark::Content(_))) {
        let end = glyph.x + glyph.advance;
        match units.last_mut() {
            // The rest of a unit says nothing itself.
            Some(unit) if glyph.text.is_empty() => unit.1 = end,
            _ => units.push((glyph.x, end, glyph.size)),
        }
    }
    let gaps = units.windows(2).map(|pair| (pair[1].0 - pair[0].1).abs() / pair[0].2);
    gaps.fold(0.0, f64::max)
}

#[test]
fn no_gap_looks_like_a_space_and_no_overlap_like_a_line() {
    let cases: [(&[(Role, &str)], f64); 5] = [
        (&[(Role::Body, "共12名，设3处：“双减”。（甲）")], 0.0),
        (&[(Role::MastheadName, "工作快报")], 0.3),
        (&[(Role::Body, "散开的一行字")], 0.12),
        (
            &[(Role::Body, "见《快报》、"), (Role::Reference, "（Ⅲ-58城市）"), (Role::Body, "2人")],
            0.0,
        ),
        (&[(Role::Headline, "城子街道“痛点”"), (Role::Body, "近日")], 0.2),
    ];
    for (words, tracking) in cases {
        let pdf = set(&[(words, tracking)]);
        let text: String = words.iter().map(|(_, text)| *text).collect();
        assert_eq!(pdf.tags.as_ref().expect("tags").text(), text);
        assert_eq!(pdf.text(0).concat(), text);
        let worst = widest_gap(&pdf);
        assert!(worst < 0.1, "{text}: {worst} em");
    }
}

#[test]
fn what_fills_a_gap_is_a_space_to_programs_that_know_no_actual_text() {
    let pdf = set(&[(&[(Role::Body, "共12名：“双减”")], 0.0)]);
    let fillers: Vec<_> =
        pdf.pages[0].glyphs.iter().filter(|glyph| glyph.text.is_empty()).collect();
    assert!(fillers.len() >= 3, "{fillers:?}");
    assert!(fillers.iter().all(|glyph| glyph.mapped == " "), "{fillers:?}");
    let others = pdf.pages[0].glyphs.iter().filter(|glyph| !glyph.text.is_empty());
    for glyph in others {
        assert_eq!(glyph.text, glyph.mapped);
    }
}
