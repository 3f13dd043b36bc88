//! The font book: every trap of the bundled fonts, fallback, the user's own fonts.

use std::ops::Range;

use hongtou::font::{Coverage, FontBook, Missing, Request, Shaped};
use hongtou::layout::Typeface;
use hongtou::unit::Length;

const ALL: [Typeface; 5] = [
    Typeface::Xiaobiaosong,
    Typeface::Fangsong,
    Typeface::Kaiti,
    Typeface::Heiti,
    Typeface::Songti,
];

fn book() -> FontBook {
    FontBook::new(&[]).expect("the bundled fonts are sound")
}

/// The size of the body, and the cell of its grid: 156 mm over 28 (GB/T 9704 §5.2.3).
fn size() -> Length {
    Length::from_pt(16.0)
}

fn cell() -> Length {
    Length::from_mm(156.0) / 28
}

/// Clusters as the text engine makes them: —— and …… are one.
fn clusters(text: &str, western: bool) -> Vec<(Range<usize>, bool)> {
    let mut clusters: Vec<(Range<usize>, bool)> = Vec::new();
    let mut last = None;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let joins = last == Some(c) && matches!(c, '—' | '…');
        match clusters.last_mut() {
            Some((range, _)) if joins => {
                range.end = end;
                last = None;
            }
            _ => {
                clusters.push((start..end, western));
                last = Some(c);
            }
        }
    }
    clusters
}

fn shape_at(
    book: &FontBook,
    typeface: Typeface,
    text: &str,
    western: bool,
    em: Length,
) -> Result<Vec<Shaped>, Vec<Missing>> {
    let clusters = clusters(text, western);
    book.shape(&Request { typeface, bold: false, size: size(), em, text, clusters: &clusters })
}

fn shape(book: &FontBook, typeface: Typeface, text: &str) -> Vec<Shaped> {
    shape_at(book, typeface, text, false, cell()).expect(text)
}

fn latin(book: &FontBook, typeface: Typeface, text: &str) -> Vec<Shaped> {
    shape_at(book, typeface, text, true, cell()).expect(text)
}

/// Every glyph shows its own bytes, and all of them together show the text.
fn assert_copies_out(text: &str, shaped: &[Shaped]) {
    let mut at = 0;
    for glyph in shaped.iter().flat_map(|cluster| &cluster.glyphs) {
        assert_eq!(glyph.start, at, "{text}");
        at = glyph.end;
    }
    assert_eq!(at, text.len(), "{text}");
}

const FULL_WIDTH: &str = "、，；：。．！？‘’“”（）《》〈〉【】〔〕〖〗「」『』［］｛｝〘〙〚〛〝〞〟｟｠\
    ～％￥々〻Ⅰ Ⅲ Ⅻ ① ⑳ ⑴ ㈠ ℃ ㎡ ㎏ ★ ☆ ○ ● □ ■ △ ▲ ◇ ◆ ※ → ← ↑ ↓ ☑ ✓ 〇 × ＋ － ＝";

/// GB/T 15834 §5.1: punctuation is one em wide; so are the numerals and signs of the Chinese
/// character sets.
#[test]
fn chinese_marks_are_whole_ems_wide_in_every_face() {
    let book = book();
    for typeface in ALL {
        for mark in FULL_WIDTH.split_whitespace().flat_map(|word| word.chars()) {
            let text = mark.to_string();
            for em in [size(), cell()] {
                let shaped = shape_at(&book, typeface, &text, false, em).expect(&text);
                assert_eq!(shaped[0].advance, em, "{mark} in {typeface:?}");
                assert_copies_out(&text, &shaped);
            }
        }
    }
}

/// What is trimmed is what is blank in the glyph: the ink stays within the advance.
#[test]
fn ink_stays_within_the_advance() {
    let book = book();
    let hair = Length::from_pt(0.01);
    let text: String = FULL_WIDTH.split_whitespace().collect::<String>() + "——…·国明鑫囊一";
    for typeface in ALL {
        for shaped in shape(&book, typeface, &text) {
            let ink = shaped.advance - shaped.blank_before - shaped.blank_after;
            assert!(ink > Length::ZERO && ink <= shaped.advance + hair);
        }
    }
}
