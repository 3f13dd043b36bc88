//! The font book: every trap of the bundled fonts, fallback, the user's own fonts.

mod cells;
mod fallback;
mod files;
pub mod user;
mod western;

use std::ops::Range;

use hongtou::font::{FontBook, Missing, Request, Shaped};
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

/// The size of the body.
fn size() -> Length {
    Length::from_pt(16.0)
}

/// The cell of its grid: 156 mm over 28 (GB/T 9704 §5.2.3).
fn cell() -> Length {
    Length::from_mm(156.0) / 28
}

/// Clusters as the text engine makes them: —— and …… are one.
fn clusters(text: &str, western: bool) -> Vec<(Range<usize>, bool)> {
    let mut clusters: Vec<(Range<usize>, bool)> = Vec::new();
    let mut last = None;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let joins = last == Some(c) && matches!(c, '—' | '…' | '⋯');
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

fn shape_in(
    book: &FontBook,
    typeface: Typeface,
    text: &str,
    clusters: &[(Range<usize>, bool)],
    em: Length,
) -> Result<Vec<Shaped>, Vec<Missing>> {
    book.shape(&Request { typeface, bold: false, size: size(), em, text, clusters })
}

/// Chinese text in the cells of the grid.
fn shape(book: &FontBook, typeface: Typeface, text: &str) -> Vec<Shaped> {
    shape_in(book, typeface, text, &clusters(text, false), cell()).expect(text)
}

/// Western text.
fn latin(book: &FontBook, typeface: Typeface, text: &str) -> Vec<Shaped> {
    shape_in(book, typeface, text, &clusters(text, true), cell()).expect(text)
}

/// What is missing of a cluster.
fn missing(book: &FontBook, typeface: Typeface, cluster: &str) -> bool {
    let clusters = [(0..cluster.len(), false)];
    match shape_in(book, typeface, cluster, &clusters, cell()) {
        Ok(_) => false,
        Err(missing) => {
            let expected = Missing { range: 0..cluster.len(), cluster: cluster.to_owned() };
            assert_eq!(missing, [expected]);
            true
        }
    }
}

/// Every glyph shows its own bytes, and all of them together show the text.
fn assert_copies_out(text: &str, shaped: &[Shaped]) {
    for (cluster, (range, _)) in shaped.iter().zip(clusters(text, false)) {
        let mut at = 0;
        for glyph in &cluster.glyphs {
            assert_eq!(glyph.start, at, "{text}");
            at = glyph.end;
        }
        assert_eq!(at, range.len(), "{text}");
    }
}

/// The font book goes between threads.
#[test]
fn the_book_can_be_shared() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&book());
}

/// Same input, same output; also when another text was set before.
#[test]
fn shaping_repeats_itself() {
    let text = "近日，“7×24”——①㎡喆，Ⅲ-58……·Wi-Fi";
    let (one, two) = (book(), book());
    shape(&two, Typeface::Kaiti, "先设别的文字");
    for typeface in ALL {
        let once = shape(&one, typeface, text);
        assert_eq!(once, shape(&one, typeface, text));
        assert_eq!(once, shape(&two, typeface, text));
    }
}
