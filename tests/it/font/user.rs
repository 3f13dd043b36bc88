//! The user's own fonts: found by their names, refused when they may not be embedded or are
//! broken. The fonts are Liberation Serif with other names and other characters.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hongtou::font::{Coverage, FontBook};
use hongtou::layout::Typeface;
use hongtou::unit::Length;
use tempfile::TempDir;

use super::{ALL, assert_copies_out, book, cell, latin, missing, shape, size};

/// Glyphs of Liberation Serif: A, the empty space, the quotation mark, dash and ellipsis.
const A: u16 = 36;
const EMPTY: u16 = 3;

/// A font as its tables.
#[derive(Clone)]
struct Tables(BTreeMap<[u8; 4], Vec<u8>>);

fn published(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) << 16 | u32::from(u16_at(bytes, at + 2))
}

impl Tables {
    fn liberation() -> Tables {
        let bytes = fs::read(published("LiberationSerif-Regular.ttf")).unwrap();
        let tables = (0..usize::from(u16_at(&bytes, 4))).map(|i| {
            let record = 12 + 16 * i;
            let tag = [0, 1, 2, 3].map(|k| bytes[record + k]);
            let start = u32_at(&bytes, record + 8) as usize;
            (tag, bytes[start..][..u32_at(&bytes, record + 12) as usize].to_vec())
        });
        Tables(tables.collect())
    }

    /// A font with this full name that has these characters.
    fn font(name: &str, characters: &[(char, u16)]) -> Tables {
        let mut tables = Tables::liberation().named(name);
        let mut characters = characters.to_vec();
        characters.sort();
        let mut cmap = [0_u16, 1, 3, 10, 0, 12, 12, 0].map(u16::to_be_bytes).concat();
        let groups = u32::try_from(characters.len()).unwrap();
        cmap.extend([16 + 12 * groups, 0, groups].map(u32::to_be_bytes).concat());
        for (character, glyph) in characters {
            let code = u32::from(character);
            cmap.extend([code, code, glyph.into()].map(u32::to_be_bytes).concat());
        }
        tables.0.insert(*b"cmap", cmap);
        tables
    }

    fn named(mut self, name: &str) -> Tables {
        let text: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let length = u16::try_from(text.len()).unwrap();
        let mut table = [0, 1, 18, 3, 1, 1033, 4, length, 0].map(u16::to_be_bytes).concat();
        table.extend(text);
        self.0.insert(*b"name", table);
        self
    }

    fn fs_type(mut self, fs_type: u16) -> Tables {
        self.0.get_mut(b"OS/2").unwrap()[8..10].copy_from_slice(&fs_type.to_be_bytes());
        self
    }

    fn italic(mut self) -> Tables {
        self.0.get_mut(b"OS/2").unwrap()[63] |= 1;
        self
    }

    /// The file, whose first byte stands at `offset` of a collection.
    fn bytes(&self, offset: usize) -> Vec<u8> {
        let count = u16::try_from(self.0.len()).unwrap();
        let mut head =
            [0x0001_0000_u32.to_be_bytes().to_vec(), count.to_be_bytes().to_vec()].concat();
        head.resize(12, 0);
        let mut body = Vec::new();
        let start = offset + 12 + 16 * self.0.len();
        for (tag, table) in &self.0 {
            head.extend(tag);
            let numbers = [0, start + body.len(), table.len()];
            head.extend(numbers.map(|n| u32::try_from(n).unwrap().to_be_bytes()).concat());
            body.extend(table);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        [head, body].concat()
    }
}

/// The file of a font with this name that has these characters.
pub fn file(name: &str, characters: &[char]) -> Vec<u8> {
    let characters: Vec<_> = characters.iter().map(|c| (*c, A)).collect();
    Tables::font(name, &characters).bytes(0)
}

fn folder(files: &[(&str, &Tables)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, tables) in files {
        fs::write(folder.path().join(name), tables.bytes(0)).unwrap();
    }
    folder
}

fn book_of(folder: &TempDir) -> FontBook {
    FontBook::new(&[folder.path().to_owned()]).expect("usable fonts")
}

fn errors(paths: &[PathBuf]) -> Vec<String> {
    let Err(errors) = FontBook::new(paths) else { return Vec::new() };
    errors.into_iter().map(|error| format!("{}：{}", error.message, error.help)).collect()
}

fn own(book: &FontBook, typeface: Typeface, character: char) -> String {
    match book.coverage(typeface, character) {
        Coverage::Own(face) => book.name(face).to_owned(),
        other => panic!("{character}: {other:?}"),
    }
}

fn fallback(book: &FontBook, typeface: Typeface, character: char) -> String {
    match book.coverage(typeface, character) {
        Coverage::Fallback(face) => book.name(face).to_owned(),
        other => panic!("{character}: {other:?}"),
    }
}

#[test]
fn the_offices_own_faces_stand_before_the_bundled_ones() {
    for (name, typeface) in [
        ("方正小标宋简体", Typeface::Xiaobiaosong),
        ("FZXiaoBiaoSong-B05", Typeface::Xiaobiaosong),
        ("仿宋_GB2312", Typeface::Fangsong),
        ("KaiTi", Typeface::Kaiti),
        ("SimHei", Typeface::Heiti),
        ("宋体", Typeface::Songti),
    ] {
        let folder = folder(&[("font.TTF", &Tables::font(name, &[('国', A)]))]);
        let book = book_of(&folder);
        assert_eq!(own(&book, typeface, '国'), name);
        assert!(!book.is_bundled(book.chain(typeface)[0]));
        // What it lacks comes from the bundled face of the same kind, and is reported.
        let bundled = super::book();
        let own = bundled.name(bundled.chain(typeface)[0]);
        assert_eq!(fallback(&book, typeface, '家'), own);
        // The other kinds of type are as they were.
        let other = if typeface == Typeface::Kaiti { Typeface::Heiti } else { Typeface::Kaiti };
        assert!(matches!(book.coverage(other, '国'), Coverage::Own(face) if book.is_bundled(face)));
    }
}

#[test]
fn the_face_of_the_rule_ranks_before_its_substitutes() {
    let characters = [('国', A)];
    let folder = folder(&[
        ("a.ttf", &Tables::font("华文仿宋", &characters)),
        ("b.ttf", &Tables::font("仿宋_GB2312", &characters)),
        ("c.ttf", &Tables::font("仿宋", &characters)),
    ]);
    assert_eq!(own(&book_of(&folder), Typeface::Fangsong, '国'), "仿宋_GB2312");
}

#[test]
fn fonts_of_no_known_kind_step_in_last_in_the_order_of_their_files() {
    let characters = [('国', A), ('✔', A)];
    let folder = folder(&[
        ("b.ttf", &Tables::font("Second", &characters)),
        ("a.otf", &Tables::font("First", &characters)),
        ("c.txt", &Tables::font("Ignored", &characters)),
    ]);
    let book = book_of(&folder);
    for typeface in ALL {
        assert_eq!(fallback(&book, typeface, '✔'), "First");
        assert!(matches!(book.coverage(typeface, '国'), Coverage::Own(_)));
    }
}

#[test]
fn latin_faces_are_known_by_family_and_italics_left_out() {
    let times = Tables::liberation().named("Times New Roman");
    let italic = folder(&[("a.ttf", &times.clone().italic())]);
    let upright = folder(&[("a.ttf", &times.clone().italic()), ("b.ttf", &times)]);
    let face = |folder: &TempDir| {
        let book = book_of(folder);
        book.name(latin(&book, Typeface::Fangsong, "A")[0].face).to_owned()
    };
    assert_eq!(face(&italic), "Liberation Serif");
    assert_eq!(face(&upright), "Times New Roman");
}

/// Trap 7: a character mapped to an empty glyph is not there.
#[test]
fn an_empty_glyph_is_no_coverage() {
    let folder = folder(&[("a.ttf", &Tables::font("仿宋_GB2312", &[('国', EMPTY), ('家', A)]))]);
    let book = book_of(&folder);
    assert_eq!(fallback(&book, Typeface::Fangsong, '国'), "朱雀仿宋");
    assert_eq!(own(&book, Typeface::Fangsong, '家'), "仿宋_GB2312");
}

#[test]
fn private_use_is_missing_even_when_a_face_has_it() {
    let folder = folder(&[("a.ttf", &Tables::font("仿宋_GB2312", &[('\u{E863}', A)]))]);
    assert!(missing(&book_of(&folder), Typeface::Fangsong, "\u{E863}"));
}

/// A font with Western “ … — gets them to full width, to the middle, to both ends all the same.
#[test]
fn western_marks_of_a_font_are_put_right() {
    let source = fs::read(published("LiberationSerif-Regular.ttf")).unwrap();
    let glyph = |c: char| {
        use skrifa::MetadataProvider;
        let font = skrifa::FontRef::new(&source).unwrap();
        u16::try_from(font.charmap().map(c).unwrap().to_u32()).unwrap()
    };
    let mut marks: Vec<(char, u16)> = "“”—…".chars().map(|c| (c, glyph(c))).collect();
    // Some fonts have ～ at the top of the body, like a tilde.
    marks.push(('～', glyph('"')));
    let folder = folder(&[("a.ttf", &Tables::font("仿宋", &marks))]);
    let book = book_of(&folder);
    let text = "“——……”";
    let shaped = shape(&book, Typeface::Fangsong, text);
    assert!(shaped.iter().all(|cluster| book.name(cluster.face) == "仿宋"));
    assert_eq!(
        shaped.iter().map(|c| c.advance).collect::<Vec<_>>(),
        [1, 2, 2, 1].map(|n| cell() * n)
    );
    assert!(shaped[0].blank_before > cell() / 2 && shaped[3].blank_after > cell() / 2);
    let hair = Length::from_pt(0.01);
    assert!(shaped[1].blank_before <= hair && shaped[1].blank_after <= hair, "the dash is full");
    assert!(shaped[2].glyphs[0].rise > size() / 4, "the dots are raised");
    assert_copies_out(text, &shaped);
    let wave = &shape(&book, Typeface::Fangsong, "～")[0];
    assert!(wave.glyphs[0].rise < -size() / 8, "the wave is lowered");
}

/// Trap 9: restricted fonts are refused, and the user is told which and what to do.
#[test]
fn fonts_that_may_not_be_embedded_are_refused() {
    for (fs_type, word) in
        [(0x0002, "禁止嵌入"), (0x0100, "取子集"), (0x0108, "取子集"), (0x0200, "点阵")]
    {
        let font = Tables::font("方正小标宋简体", &[('国', A)]).fs_type(fs_type);
        let folder = folder(&[("标宋.ttf", &font)]);
        let errors = errors(&[folder.path().to_owned()]);
        assert_eq!(errors.len(), 1);
        for part in ["方正小标宋简体", "标宋.ttf", word, "请换用", &format!("0x{fs_type:04X}")]
        {
            assert!(errors[0].contains(part), "{}", errors[0]);
        }
    }
    for fs_type in [0x0000, 0x0004, 0x0008, 0x000C] {
        let font = Tables::font("方正小标宋简体", &[('国', A)]).fs_type(fs_type);
        let folder = folder(&[("a.ttf", &font)]);
        assert_eq!(own(&book_of(&folder), Typeface::Xiaobiaosong, '国'), "方正小标宋简体");
    }
}

/// A restricted font that nobody asked for does not stand in the way of the others in its folder.
#[test]
fn a_restricted_font_of_no_use_is_left_out() {
    let banned = Tables::font("Decoration", &[('✔', A)]).fs_type(2);
    let folder = folder(&[("a.ttf", &banned), ("b.ttf", &Tables::font("宋体", &[('国', A)]))]);
    let book = book_of(&folder);
    assert_eq!(own(&book, Typeface::Songti, '国'), "宋体");
    assert_eq!(book.coverage(Typeface::Songti, '✔'), Coverage::Missing);
    assert_eq!(errors(&[folder.path().join("a.ttf")]).len(), 1, "named, it is refused");
}

#[test]
fn what_cannot_be_read_is_told_all_at_once() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("empty.ttf"), b"").unwrap();
    fs::write(path("text.ttf"), "这不是字体，只是改了扩展名的文本。".repeat(9)).unwrap();
    let whole = Tables::font("宋体", &[('国', A)]).bytes(0);
    fs::write(path("half.ttf"), &whole[..whole.len() / 2]).unwrap();
    let mut bare = Tables::font("宋体", &[('国', A)]);
    bare.0.remove(b"glyf");
    fs::write(path("bare.ttf"), bare.bytes(0)).unwrap();
    let without = TempDir::new().unwrap();
    let errors = errors(&[folder.path().to_owned(), path("none.ttf"), without.path().to_owned()]);
    assert_eq!(errors.len(), 6, "{errors:#?}");
    for (error, (file, word)) in errors.iter().zip([
        ("bare.ttf", "缺少必需的字体表"),
        ("empty.ttf", "文件不完整"),
        ("half.ttf", "文件不完整"),
        ("text.ttf", "不是 TrueType 或 OpenType 格式"),
        ("none.ttf", "找不到"),
    ]) {
        assert!(error.contains(file) && error.contains(word), "{error}");
    }
    let folder = errors[5].contains("没有 .ttf、.otf 或 .ttc 文件");
    assert!(folder, "{}", errors[5]);
}

/// Bytes changed at random, or cut off anywhere: an error or other glyphs, never a panic.
#[test]
fn broken_fonts_never_panic() {
    let whole = Tables::font("仿宋", &[('国', A), ('—', 2016), ('“', 180)]).bytes(0);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.ttf");
    let mut seed = 155_u32;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    for round in 0..150 {
        let mut bytes = whole.clone();
        // Every other time only in the directory and the small tables before the outlines.
        let reach = if round % 2 == 0 { bytes.len() } else { 4096 };
        for _ in 0..20 {
            bytes[random(reach)] = u8::try_from(random(256)).unwrap();
        }
        if round % 5 == 0 {
            bytes.truncate(random(whole.len()));
        }
        fs::write(&path, bytes).unwrap();
        if let Ok(book) = FontBook::new(std::slice::from_ref(&path)) {
            shape(&book, Typeface::Fangsong, "国——“家”……7×24");
        }
    }
}

/// A file that goes away between finding and setting counts as empty.
#[test]
fn a_font_that_goes_away_is_not_missed() {
    let folder = folder(&[("a.ttf", &Tables::font("仿宋", &[('国', A)]))]);
    let book = book_of(&folder);
    drop(folder);
    assert_eq!(fallback(&book, Typeface::Fangsong, '国'), "朱雀仿宋");
}

/// simsun.ttc holds two fonts; each is found, with its index.
#[test]
fn collections_hold_several_fonts() {
    let fonts = [Tables::font("宋体", &[('国', A)]), Tables::font("Other", &[('✔', A)])];
    let first = fonts[0].bytes(20);
    let second = 20 + first.len();
    let mut bytes = b"ttcf\0\x01\0\0".to_vec();
    bytes.extend([2, 20, second].map(|n| u32::try_from(n).unwrap().to_be_bytes()).concat());
    bytes.extend(first);
    bytes.extend(fonts[1].bytes(second));
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("simsun.ttc"), bytes).unwrap();
    let book = book_of(&folder);
    assert_eq!(own(&book, Typeface::Songti, '国'), "宋体");
    let Coverage::Fallback(face) = book.coverage(Typeface::Songti, '✔') else { panic!() };
    assert_eq!((book.name(face), book.data(face).1), ("Other", 1));
}

#[cfg(unix)]
#[test]
fn file_names_need_not_be_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = TempDir::new().unwrap();
    let name = std::ffi::OsStr::from_bytes(b"\xB7\xC2\xCB\xCE.ttf");
    fs::write(folder.path().join(name), Tables::font("仿宋", &[('国', A)]).bytes(0)).unwrap();
    assert_eq!(own(&book_of(&folder), Typeface::Fangsong, '国'), "仿宋");
}

/// Without the embedded fonts, `fonts/` is given as a path: its faces are known by their names
/// and set the same page.
#[test]
fn the_folder_of_the_project_does_what_the_embedded_fonts_do() {
    let folder = FontBook::new(&[published("")]).unwrap();
    let embedded = book();
    let text = "国家——“喆”㎡★……·×７";
    for typeface in ALL {
        assert!(!folder.is_bundled(folder.chain(typeface)[0]));
        let faceless = |book: &FontBook| {
            let mut shaped = shape(book, typeface, text);
            shaped.extend(latin(book, typeface, "No. 155"));
            shaped
                .into_iter()
                .map(|c| (c.glyphs, c.advance, c.size, c.fallback))
                .collect::<Vec<_>>()
        };
        assert_eq!(faceless(&folder), faceless(&embedded));
    }
}
