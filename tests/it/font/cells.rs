//! Widths of Chinese characters and punctuation.

use hongtou::font::{ASCENT, DESCENT};
use hongtou::layout::Typeface;
use hongtou::unit::Length;

use super::{ALL, assert_copies_out, book, cell, clusters, shape, shape_in, size};

const FULL_WIDTH: &str = "、，；：。．！？‘’“”（）《》〈〉【】〔〕〖〗「」『』［］｛｝〘〙〚〛〝〞〟｟｠\
    ～％￥々〻Ⅰ Ⅲ Ⅻ ① ⑳ ⑴ ㈠ ℃ ㎡ ㎏ ★ ☆ ○ ● □ ■ △ ▲ ◇ ◆ ※ → ← ↑ ↓ ☑ ✓ 〇 × ＋ － ＝ —";

fn hair() -> Length {
    Length::from_pt(0.01)
}

/// GB/T 15834 §5.1.1 to §5.1.3, §5.1.6: marks are one em wide; so are the numerals and signs of
/// the Chinese character sets.
#[test]
fn chinese_marks_are_one_em_wide_in_every_face() {
    let book = book();
    for typeface in ALL {
        for mark in FULL_WIDTH.chars().filter(|mark| !mark.is_whitespace()) {
            let text = mark.to_string();
            for em in [size(), cell()] {
                let shaped =
                    shape_in(&book, typeface, &text, &clusters(&text, false), em).expect(&text);
                assert_eq!(shaped[0].advance, em, "{mark} in {typeface:?}");
                assert_copies_out(&text, &shaped);
            }
        }
    }
}

/// GB/T 15834 §5.1.10: what is trimmed is what is blank in the glyph; the ink stays within the
/// advance, also in a cell smaller than the glyph's em.
#[test]
fn ink_stays_within_the_advance() {
    let book = book();
    let text = FULL_WIDTH.to_owned() + "——……·国明鑫囊一–";
    for typeface in ALL {
        for text in text.chars().filter(|c| !c.is_whitespace()).map(String::from) {
            let shaped = &shape(&book, typeface, &text)[0];
            let ink = shaped.advance - shaped.blank_before - shaped.blank_after;
            assert!(ink > Length::ZERO && ink <= shaped.advance, "{text} {typeface:?}");
        }
    }
}

/// Trap 1: Zhuque and WenKai have narrow quotation marks; the full-width ones are variants
/// U+FE01. Half of the cell is blank, to be trimmed.
#[test]
fn quotation_marks_have_full_width_glyphs() {
    let book = book();
    for typeface in ALL {
        for (mark, opens) in [("“", true), ("”", false), ("‘", true), ("’", false)] {
            let shaped = &shape(&book, typeface, mark)[0];
            assert_eq!(shaped.advance, cell());
            assert!(!shaped.fallback, "{mark} is in every face");
            // The glyph itself is one em wide, no narrow one put into a cell.
            assert_eq!(shaped.glyphs[0].advance, size());
            let blank = if opens { shaped.blank_before } else { shaped.blank_after };
            assert!(blank >= cell().thousandths(500), "{mark} {typeface:?} {blank}");
        }
    }
}

/// Trap 2, GB/T 15834 §5.1.4: —— is two ems, and reaches nearly from end to end. (That it has no
/// hole is tested inside the crate, where the ink of each glyph is known.)
#[test]
fn the_dash_is_two_ems() {
    let book = book();
    for typeface in ALL {
        for em in [cell(), size(), Length::from_pt(18.0)] {
            for (text, ems) in [("——", 2), ("—", 1), ("⸺", 2)] {
                let shaped =
                    shape_in(&book, typeface, text, &clusters(text, false), em).expect(text);
                assert_eq!(shaped.len(), 1);
                assert_eq!(shaped[0].advance, em * ems, "{text} in {typeface:?}");
                let most = em.thousandths(85);
                assert!(shaped[0].blank_before <= most, "{text} in {typeface:?}");
                assert!(shaped[0].blank_after <= most, "{text} in {typeface:?}");
                assert_copies_out(text, &shaped);
            }
        }
    }
}

/// GB/T 15834 §5.1.5: …… is two ems; each … shows one character.
#[test]
fn the_ellipsis_is_two_ems() {
    let book = book();
    for typeface in ALL {
        for (text, ems) in [("……", 2), ("…", 1), ("⋯⋯", 2)] {
            let shaped = shape(&book, typeface, text);
            assert_eq!(shaped.len(), 1);
            assert_eq!(shaped[0].advance, cell() * ems);
            assert_eq!(shaped[0].glyphs.len(), usize::try_from(ems).unwrap());
            assert!((shaped[0].blank_before - shaped[0].blank_after).abs() <= hair());
            assert_copies_out(text, &shaped);
        }
    }
}

/// Trap 3, GB/T 15834 §5.1.7: · is half an em, its dot in the middle, whatever the font says.
#[test]
fn the_interpunct_is_half_an_em_and_centred() {
    let book = book();
    for typeface in ALL {
        let shaped = &shape(&book, typeface, "·")[0];
        assert_eq!(shaped.advance, cell() / 2);
        assert!((shaped.blank_before - shaped.blank_after).abs() <= hair());
        assert!(shaped.blank_before > Length::ZERO);
    }
}

/// GB/T 15834 §5.1.6, §5.1.9: the short connector and the slash are half an em.
#[test]
fn short_connectors_and_slashes_are_half_an_em() {
    let book = book();
    for typeface in ALL {
        for mark in ["–", "-", "/", "‐"] {
            let text = format!("京{mark}沪");
            let shaped = &shape(&book, typeface, &text)[1];
            assert_eq!(shaped.advance, cell() / 2, "{mark}");
            assert!((shaped.blank_before - shaped.blank_after).abs() <= hair());
        }
    }
}

/// GB/T 9704 §5.2.3: 28 characters fill the measure; each stands in the middle of its cell.
#[test]
fn a_glyph_stands_in_the_middle_of_its_cell() {
    let book = book();
    let shaped = &shape(&book, Typeface::Fangsong, "国")[0];
    assert_eq!(shaped.advance * 28, cell() * 28);
    assert_eq!(shaped.glyphs[0].advance, size());
    assert_eq!(shaped.glyphs[0].x, (cell() - size()) / 2);
}

/// × between digits is the Latin one, ½ to ⅔ em wide; in ××市 it fills a cell.
#[test]
fn the_multiplication_sign_follows_its_neighbours() {
    let book = book();
    for typeface in ALL {
        let text = "7×24";
        let shaped = &shape(&book, typeface, text)[1];
        assert!(book.is_latin(shaped.face));
        assert!(shaped.advance >= size() / 2 && shaped.advance <= size() * 2 / 3);
        let shaped = &shape(&book, typeface, "××市")[0];
        assert!(!book.is_latin(shaped.face));
        assert_eq!(shaped.advance, cell());
    }
}

/// Spaces advance, and keep a glyph so that they copy out.
#[test]
fn spaces_have_width_and_a_glyph() {
    let book = book();
    for typeface in ALL {
        let wide = &shape(&book, typeface, "\u{3000}")[0];
        assert_eq!((wide.advance, wide.glyphs.len()), (cell(), 1));
        let space = &shape(&book, typeface, " ")[0];
        assert_eq!(space.advance, size() / 4);
        assert_eq!(space.glyphs.len(), 1);
        assert_eq!((space.blank_before, space.blank_after), (Length::ZERO, space.advance));
    }
}

/// Trap 8: the em box is the same for every font.
#[test]
fn the_em_box_is_fixed() {
    assert_eq!((ASCENT, DESCENT), (880, 120));
}
