//! There are pages for whatever an editor can write.

use hongtou::layout::Layout;
use hongtou::page::{self, Adjusted, Element, GlyphRun, Pages, Part};

use super::promise;
use crate::generator::{self, wild};
use crate::support::pages::{b5, bundled, compose, fonts, paginate};

/// Issues of every kind in every layout, with the colophon anywhere or on an even page.
#[test]
fn wild_issues_have_pages_or_are_refused_with_reason() {
    let (mut set, mut refused) = (0, 0);
    for (index, name) in ["kuaibao", "jianbao", "xinxi", "b5"].into_iter().enumerate() {
        for even in [false, true] {
            let mut layout = if name == "b5" { b5() } else { bundled(name) };
            layout.colophon.even_page = even;
            for seed in (0..16).map(|n| 1000 * index as u64 + 2 * n + u64::from(even)) {
                match outcome(&wild::issue(seed, name == "b5"), &layout) {
                    Ok(()) => set += 1,
                    Err(()) => refused += 1,
                }
            }
        }
    }
    println!("{set} set, {refused} refused");
    assert!(set > 10 * refused, "{set} set, {refused} refused");
}

/// Sets an issue and checks the promise; `Err` when it was refused, with reason.
fn outcome(yaml: &str, layout: &Layout) -> Result<(), ()> {
    let composed = compose(yaml, layout.clone());
    match page::paginate(&composed.document, &composed.layout, fonts()) {
        Ok(pages) => {
            let broken = promise::broken(&composed.document, layout, &pages);
            assert!(broken.is_empty(), "{broken:?}\n{:?}\n{yaml}", pages.report.adjustments);
            Ok(())
        }
        Err(findings) => {
            let unfounded = promise::unfounded(&findings);
            assert!(unfounded.is_empty(), "{unfounded:?}\n{yaml}");
            Err(())
        }
    }
}

/// An issue of so many lines, in one paragraph or many, under a colophon of so many names.
fn tall(lines: usize, single: bool, names: usize) -> String {
    let names: Vec<String> = (1..=names).map(|n| format!("第{n:03}单位")).collect();
    let yaml = generator::lines(if single { lines } else { 1 });
    let yaml = yaml.replace("[全区各单位]", &format!("[{}]", names.join(", ")));
    if single {
        return yaml;
    }
    let at = yaml.find("          - ").expect("a paragraph");
    let end = at + yaml[at..].find('\n').expect("its end") + 1;
    format!("{}{}{}", &yaml[..at], "          - 开展环境整治。\n".repeat(lines), &yaml[end..])
}

/// Colophons of every height over texts of every length up to a page: the first page always shows
/// text, and only a text too short to part leaves the colophon alone.
#[test]
fn little_text_stands_on_the_first_page() {
    let layout = bundled("kuaibao");
    for names in (20..=92).step_by(6) {
        for lines in 1..=9 {
            for single in [true, false] {
                let yaml = tall(lines, single, names);
                let pages = paginate(&yaml, layout.clone()).expect("it can be set");
                let what = format!(
                    "{names} names, {lines} lines, {single}: {:?}",
                    pages.report.adjustments
                );
                assert_eq!(pages.report.lines[0].page, 1, "{what}");
                let said = pages.report.adjustments.iter().any(promise::is_alone);
                let last = pages.pages.len() as u32;
                let with = pages.report.lines.iter().filter(|line| line.page == last).count();
                assert_eq!(with == 0, said, "{what}");
                assert!(with > 0 || lines <= 2, "{what}");
                assert!(with >= 2.min(lines) || lines <= 2, "{what}");
            }
        }
    }
}

/// A text of a line or two and a long list share the first page, the lines of the list a little
/// closer, its last rule where it always is.
#[test]
fn a_long_list_is_set_closer_rather_than_alone() {
    let names = (60..=90).find(|names| {
        let pages = paginate(&tall(1, true, *names), bundled("kuaibao")).expect("it can be set");
        let closer = |one: &Adjusted| matches!(one, Adjusted::ColophonCloser { own, .. } if own.pt() == 28.0);
        pages.report.adjustments.iter().any(closer)
    });
    let yaml = tall(1, true, names.expect("a list that is a little too long"));
    let pages = paginate(&yaml, bundled("kuaibao")).expect("it can be set");
    assert_eq!(pages.pages.len(), 1);
    let mut baselines: Vec<_> = colophon_runs(&pages).map(|run| run.baseline).collect();
    baselines.dedup();
    let steps: Vec<f64> = baselines.windows(2).map(|pair| (pair[1] - pair[0]).pt()).collect();
    let closest = steps.iter().copied().fold(f64::MAX, f64::min);
    assert!((22.0..28.0).contains(&closest), "{steps:?}");
    let mut layout = bundled("kuaibao");
    layout.colophon.pitch_min = layout.colophon.pitch;
    let pages = paginate(&yaml, layout).expect("it can be set");
    assert_eq!(pages.pages.len(), 2);
}

fn colophon_runs(pages: &Pages) -> impl Iterator<Item = &GlyphRun> {
    pages.pages.iter().flat_map(|page| &page.elements).filter_map(|element| match element {
        Element::Glyphs(run) => {
            run.block.is_some_and(|at| pages.blocks[at].part == Part::Colophon).then_some(run)
        }
        _ => None,
    })
}

/// What is refused, where it is, what to do.
#[test]
fn refusals_name_the_place() {
    let first = |yaml: &str, layout: &str| {
        let findings = paginate(yaml, bundled(layout)).expect_err("it cannot be set");
        assert!(promise::unfounded(&findings).is_empty(), "{findings:?}");
        let span = findings[0].span.expect("a place");
        (findings[0].message.clone(), yaml[span.start as usize..span.end as usize].to_owned())
    };
    let (message, place) = first(&tall(3, true, 300), "kuaibao");
    assert!(message.starts_with("版记太高，一页放不下：排成"), "{message}");
    assert!(place.contains("第001单位"), "{place}");
    let long = format!("{}title: {}\n", generator::lines(3), "工作情况".repeat(150));
    let (message, place) = first(&long, "kuaibao");
    assert!(message.starts_with("“标题”太长，一页放不下：排成"), "{message}");
    assert!(place.starts_with("工作情况"), "{place}");
}
