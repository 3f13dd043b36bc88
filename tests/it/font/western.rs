//! Latin letters and digits.

use hongtou::font::{FaceId, Request};
use hongtou::layout::Typeface;
use hongtou::unit::Length;

use super::{ALL, assert_copies_out, book, cell, clusters, latin, shape, size};

fn face_of(typeface: Typeface, bold: bool) -> String {
    let book = book();
    let clusters = [(0..1, true)];
    let (size, em, text) = (size(), size(), "8");
    let request = Request { typeface, bold, size, em, text, clusters: &clusters };
    let face: FaceId = book.shape(&request).unwrap()[0].face;
    book.name(face).to_owned()
}

/// The weight goes with that of the Han: digits as grey or as black as what stands beside them.
#[test]
fn the_latin_weight_matches_the_kind_of_type() {
    for typeface in [Typeface::Fangsong, Typeface::Kaiti, Typeface::Songti] {
        assert_eq!(face_of(typeface, false), "Liberation Serif");
        assert_eq!(face_of(typeface, true), "Liberation Serif Bold");
    }
    for typeface in [Typeface::Xiaobiaosong, Typeface::Heiti] {
        assert_eq!(face_of(typeface, false), "Liberation Serif Bold");
    }
}

/// GB/T 15835 asks for digits of half an em. Two of them fill a cell of the grid, and 11 is not
/// kerned.
#[test]
fn digits_are_half_an_em() {
    let book = book();
    for typeface in ALL {
        for shaped in latin(&book, typeface, "0123456789110") {
            // Rounded to 1/65536 pt.
            assert!((shaped.advance - cell() / 2).abs().0 <= 1);
            assert!(book.is_latin(shaped.face));
        }
    }
}

/// Trap 6: 朱雀仿宋 has old-style digits. Also digits that count as Chinese come from the Latin face.
#[test]
fn digits_never_come_from_the_chinese_face() {
    let book = book();
    for typeface in ALL {
        for shaped in shape(&book, typeface, "155") {
            assert!(book.is_latin(shaped.face) && !shaped.fallback);
        }
    }
}

/// Neighbours are shaped together: AV is kerned.
#[test]
fn letters_are_kerned() {
    let book = book();
    let width = |text: &str| -> Length {
        latin(&book, Typeface::Fangsong, text).iter().map(|cluster| cluster.advance).sum()
    };
    assert!(width("AV") < width("A") + width("V"));
    // A cluster between them that is not Western parts them.
    let text = "A国V";
    let mixed = [(0..1, true), (1..4, false), (4..5, true)];
    let parted = super::shape_in(&book, Typeface::Fangsong, text, &mixed, cell()).unwrap();
    assert_eq!(parted[0].advance, width("A"));
}

/// Each cluster keeps its glyphs: no ligatures, and the text copies out letter by letter.
#[test]
fn each_letter_has_its_own_glyph() {
    let book = book();
    for text in ["office fi ffl", "mtgccbxcz@163.com", "Wi-Fi it’s 1,000.5%", "é Ω Ж ±3‰ №1"]
    {
        let shaped = latin(&book, Typeface::Fangsong, text);
        assert_eq!(shaped.len(), clusters(text, true).len());
        assert!(shaped.iter().all(|cluster| cluster.glyphs.len() == 1));
        assert_copies_out(text, &shaped);
    }
}

/// Marks that are not precomposed are put on their letter; both belong to one cluster.
#[test]
fn combining_marks_stay_with_their_letter() {
    let book = book();
    let text = "x\u{301}y";
    let clusters = [(0..3, true), (3..4, true)];
    let shaped = super::shape_in(&book, Typeface::Fangsong, text, &clusters, size()).unwrap();
    assert_eq!(shaped.len(), 2);
    assert!(shaped[0].glyphs.iter().all(|glyph| (glyph.start, glyph.end) == (0, 3)));
    assert!(shaped[0].advance < size());
}
