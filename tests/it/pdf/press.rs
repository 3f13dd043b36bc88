//! Files for the press, and the watermark of a draft.

use hongtou::pdf::{Options, PrintOptions, Profile, Separation};
use hongtou::unit::Length;

use super::{archived, written};
use crate::support::pdf::Pdf;

fn printed(change: impl FnOnce(&mut PrintOptions)) -> Pdf {
    let mut options = PrintOptions::default();
    change(&mut options);
    written(&Options { profile: Profile::Print(options), ..Options::default() }).1
}

#[test]
fn the_press_gets_a_plate_for_black_and_one_for_red() {
    let pdf = printed(|_| {});
    // The tints are those of the grid and of the blank glyphs.
    assert_eq!(pdf.colors(), ["Black 0.11", "Black 0.15", "Black 1", "Red 1"]);
    assert_eq!(pdf.separations, ["Black", "Red"]);
    let red = pdf.pages[0].rules.iter().find(|rule| rule.color == "Red 1").expect("a red rule");
    assert!((red.height - 2.0).abs() < 0.001);
}

#[test]
fn process_colour_is_that_of_the_standard() {
    // GB/T 9704 §6.2: red is Y 80 %, M 80 %.
    let pdf = printed(|options| options.separation = Separation::Process);
    assert!(pdf.colors().contains(&"cmyk 0 0.8 0.8 0".to_owned()), "{:?}", pdf.colors());
    assert_eq!(pdf.separations, ["Black"]);
}

#[test]
fn the_trimmed_page_is_the_same_with_and_without_marks() {
    let plain = printed(|_| {});
    let marked = printed(|options| {
        options.crop_marks = true;
        options.bleed = Length::from_mm(3.0);
    });
    let mm = |mm: f64| mm / 25.4 * 72.0;
    let close = |a: [f64; 4], b: [f64; 4]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.001);
    let (width, height) = (mm(210.0), mm(297.0));
    for pdf in [&plain, &marked] {
        let page = &pdf.pages[0];
        assert!(close(page.trim.expect("a trim box"), [0.0, 0.0, width, height]));
    }
    let page = &marked.pages[0];
    let bleed = mm(3.0);
    let around = [-bleed, -bleed, width + bleed, height + bleed];
    assert!(close(page.bleed.expect("a bleed box"), around), "{:?}", page.bleed);
    let sheet = mm(10.0);
    assert!(close(page.media, [-sheet, -sheet, width + sheet, height + sheet]), "{:?}", page.media);
    for (a, b) in plain.pages[0].glyphs.iter().zip(&page.glyphs) {
        assert!((a.x - b.x).abs() < 0.001 && (a.y - b.y).abs() < 0.001, "{a:?} {b:?}");
    }
    // Eight marks, on every plate, all of them beyond the bleed.
    let marks: Vec<_> = page.rules.iter().filter(|rule| rule.color == "All 1").collect();
    assert_eq!(marks.len(), 8);
    for mark in marks {
        let inside = mark.x + mark.width > -bleed + 0.01
            && mark.x < width + bleed - 0.01
            && mark.y + mark.height > -bleed + 0.01
            && mark.y < height + bleed - 0.01;
        assert!(!inside, "{mark:?}");
    }
}

#[test]
fn preprinted_paper_has_the_red_head_already() {
    let pdf = printed(|options| options.preprinted = true);
    assert_eq!(pdf.colors(), ["Black 0.11", "Black 0.15", "Black 1"]);
    let text = pdf.text(0);
    assert_eq!(text[..3], ["内部资料　注意保存", "第155期", "2019年3月14日"]);
    // The rest stands where it stood.
    let whole = printed(|_| {});
    let find = |pdf: &Pdf| {
        let line = pdf.pages[0].lines.iter().find(|line| line.text == "第155期");
        line.map(|line| (line.x, line.y)).expect("the number of the issue")
    };
    assert_eq!(find(&pdf), find(&whole));
}

#[test]
fn a_watermark_is_drawn_behind_the_text_and_is_no_text() {
    let options = Options { watermark: Some("送审稿".to_owned()), ..Options::default() };
    let draft = written(&options).1;
    let plain = archived();
    for page in 0..plain.pages.len() {
        assert_eq!(plain.pages[page].shapes, 0);
        assert!(draft.pages[page].shapes >= 3, "{}", draft.pages[page].shapes);
        assert_eq!(plain.text(page), draft.text(page));
    }
    assert_eq!(plain.tag_outline(), draft.tag_outline());
}
