//! Who steps in, and what nobody has.

use hongtou::font::Coverage;
use hongtou::layout::Typeface;

use super::{ALL, book, cell, missing, shape, size};

/// Characters of names that GB 2312 does not have (fonts/README.md).
const NAMES: &str = "喆堃玥珺垚翀頔昇婳琋祎旻烜瑄璟玙沄鋆赟骎镕濛湉彧囧堉宬犇䶮㛃㙟𨱏𬭎𫖯𬱖𬀩瞭燊邨埗塱嘢\
    槑珅俶昉晞珣琇琤瑨璘鹮";

/// A person's name is never left out.
#[test]
fn names_outside_gb2312_are_set_in_every_face() {
    let book = book();
    for typeface in ALL {
        let shaped = shape(&book, typeface, NAMES);
        assert_eq!(shaped.len(), NAMES.chars().count());
        for (cluster, name) in shaped.iter().zip(NAMES.chars()) {
            assert_eq!(cluster.advance, cell(), "{name}");
            assert!(cluster.blank_before + cluster.blank_after < cell() / 2, "{name}");
        }
    }
}

/// Of the symbols that 仿宋 lacks, another face has all; ✔ U+2714 alone is missing.
#[test]
fn symbols_come_from_other_faces() {
    let book = book();
    for symbol in "Ⅰ Ⅻ ① ⑳ ㎡ ★ ☑ ○ ✓".chars().filter(|c| !c.is_whitespace()) {
        let coverage = book.coverage(Typeface::Fangsong, symbol);
        assert!(matches!(coverage, Coverage::Fallback(_)), "{symbol} {coverage:?}");
    }
    assert!(matches!(book.coverage(Typeface::Fangsong, '国'), Coverage::Own(_)));
    assert!(matches!(book.coverage(Typeface::Fangsong, '7'), Coverage::Own(_)));
    assert_eq!(book.coverage(Typeface::Fangsong, '✔'), Coverage::Missing);
}

/// All of GBK's ideographs and of ASCII is there, so that what is reported missing is rare.
#[test]
fn the_chain_has_all_of_gbk() {
    let book = book();
    let ideographs = '\u{4E00}'..='\u{9FA5}';
    let ascii = '\u{21}'..='\u{7E}';
    let marks = "、。·—～…‖‘’“”〔〕〈〉《》「」『』〖〗【】±×÷∶∧∨∑∏∪∩∈∷√⊥∥∠⌒⊙∫∮≡≌≈∽∝≠≮≯≤≥∞∵∴♂♀°′″℃＄¤￠￡‰\
        §№☆★○●◎◇◆□■△▲※→←↑↓〓ⅰⅹ⒈⒛⑴⒇①⑩㈠㈩ⅠⅫぁんァヶΑΩαωАЯаяāǜㄅㄩ─╋";
    for character in ideographs.chain(ascii).chain(marks.chars()) {
        for typeface in ALL {
            assert_ne!(book.coverage(typeface, character), Coverage::Missing, "{character}");
        }
    }
}

/// 宋体 is asked first, then 楷体.
#[test]
fn the_chain_is_in_order() {
    let book = book();
    let names: Vec<&str> = book.chain(Typeface::Fangsong).iter().map(|id| book.name(*id)).collect();
    assert_eq!(names[..3], ["朱雀仿宋", "思源宋体", "霞鹜文楷 GB 轻便版"]);
    assert!(book.chain(Typeface::Fangsong).iter().all(|id| book.is_bundled(*id)));
}

/// Trap 5: a face that steps in is made smaller and lowered.
#[test]
fn the_size_of_a_fallback_is_corrected() {
    let book = book();
    let shaped = &shape(&book, Typeface::Fangsong, "★")[0];
    assert!(shaped.fallback);
    let scale = shaped.size.0 * 1000 / size().0;
    assert!((955..=975).contains(&scale), "{scale}");
    let shift = shaped.glyphs[0].rise.0 * 1000 / size().0;
    assert!((-35..=-15).contains(&shift), "{shift}");
    // Numerals stay on the baseline of the Latin digits beside them.
    assert_eq!(shape(&book, Typeface::Fangsong, "Ⅲ")[0].glyphs[0].rise.0, 0);
    // Faces of the same design need nothing.
    let own = &shape(&book, Typeface::Songti, "★")[0];
    assert_eq!((own.size, own.fallback), (size(), false));
}

/// Old input methods put names into the private use area: what shows there is chance.
#[test]
fn private_use_and_pictures_are_missing() {
    let book = book();
    for typeface in ALL {
        for cluster in ["\u{E863}", "\u{F0001}", "\u{FFFD}", "😀", "👨\u{200D}👩", "\u{200B}", "\t"]
        {
            assert!(missing(&book, typeface, cluster), "{cluster:?} in {typeface:?}");
        }
        // A variant of a character that no face has; a mark that no face puts on a Han.
        assert!(missing(&book, typeface, "国\u{E01FF}"));
        assert!(missing(&book, typeface, "葛\u{E0105}"));
        assert!(missing(&book, typeface, "国\u{F39}"));
        // Choosing text instead of a picture changes nothing.
        assert!(!missing(&book, typeface, "☑\u{FE0E}"));
    }
}

/// All that is missing is told at once.
#[test]
fn every_missing_character_is_named() {
    let book = book();
    let text = "甲\u{E001}乙✔丙";
    let clusters = super::clusters(text, false);
    let missing = super::shape_in(&book, Typeface::Kaiti, text, &clusters, cell()).unwrap_err();
    let named: Vec<&str> = missing.iter().map(|missing| missing.cluster.as_str()).collect();
    assert_eq!(named, ["\u{E001}", "✔"]);
    assert_eq!(&text[missing[0].range.clone()], "\u{E001}");
}

/// Ranges that do not fit the text are the caller's mistake, and no reason to panic.
#[test]
fn ranges_out_of_bounds_are_missing() {
    let book = book();
    let clusters = [(0..99, false), (1..2, true)];
    assert!(super::shape_in(&book, Typeface::Kaiti, "国", &clusters, cell()).is_err());
}
