//! What cannot be written is refused, in the user's words and all together.

use hongtou::layout::Role;
use hongtou::page::{Element, GlyphRun, Pages, Part};
use hongtou::pdf::{Error, Options, Profile, write};
use hongtou::unit::Length;

use super::fixture::{Setter, layout};
use super::{fonts, source};

/// One block, changed before it is written.
fn refused(change: impl Fn(&mut GlyphRun)) -> Vec<Error> {
    let fonts = fonts();
    let mut set = Setter::new(&fonts);
    set.page();
    set.simple(Part::Body, Role::Body, None, "甲乙丙丁", 120.0);
    set.simple(Part::Body, Role::Body, Some(0), "城子街道近日开展工作", 150.0);
    let Some(Element::Glyphs(run)) = set.pages.pages[0].elements.last_mut() else { panic!() };
    change(run);
    write(&set.pages, &layout(), &fonts, &Options::default())
        .map(|bytes| bytes.len())
        .expect_err("must be refused")
}

#[test]
fn a_missing_glyph_is_named_with_its_font_and_place() {
    let errors = refused(|run| run.glyphs[3].id = 0);
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert!(error.message.contains("“道”"), "{error}");
    assert_eq!(error.block, Some(1));
}

#[test]
fn a_private_character_is_named_by_its_code() {
    let errors = refused(|run| {
        run.text = run.text.replace('道', "\u{E123}");
    });
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert!(error.message.contains("U+E123") && error.message.contains("私用区"), "{error}");
    assert_eq!(error.block, Some(1));
}

#[test]
fn an_unknown_colour_is_named() {
    let errors = refused(|run| run.ink = "绿".to_owned());
    assert!(errors[0].message.contains("“绿”"), "{errors:?}");
}

#[test]
fn broken_runs_are_refused_and_do_not_crash() {
    for break_it in [
        (|run: &mut GlyphRun| run.glyphs[1].range = 4..5) as fn(&mut GlyphRun),
        |run| run.glyphs[1].range = 0..400,
        |run| run.glyphs.swap(1, 2),
        |run| run.block = Some(77),
        |run| run.size = Length::ZERO,
    ] {
        let errors = refused(break_it);
        assert!(errors[0].message.starts_with("内部错误"), "{errors:?}");
    }
}

#[test]
fn attachments_are_for_the_archive_only() {
    let fonts = fonts();
    let mut set = Setter::new(&fonts);
    set.page();
    let refused = |profile, attachments| {
        let options = Options { profile, attachments, ..Options::default() };
        let written = write(&set.pages, &layout(), &fonts, &options).map(|bytes| bytes.len());
        let errors = written.expect_err("must be refused");
        errors[0].message.clone()
    };
    assert!(refused(Profile::Screen, vec![source()]).contains("--profile archive"));
    assert!(refused(Profile::Print(Default::default()), vec![source()]).contains("archive"));
    assert!(refused(Profile::Archive, vec![source(), source()]).contains("issue.yaml"));
    let mut wrong = source();
    wrong.mime = "yaml".to_owned();
    assert!(refused(Profile::Archive, vec![wrong]).contains("“yaml”"));
}

#[test]
fn an_issue_without_pages_or_title_is_no_crash() {
    let fonts = fonts();
    let mut pages: Pages = Setter::new(&fonts).pages;
    assert!(write(&pages, &layout(), &fonts, &Options::default()).is_ok());
    pages.metadata.title.clear();
    let written = write(&pages, &layout(), &fonts, &Options::default()).map(|bytes| bytes.len());
    let errors = written.expect_err("no title");
    assert!(errors[0].message.contains("没有标题"), "{errors:?}");
}
