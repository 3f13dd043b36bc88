//! Layout files: an own layout needs no change of code, a wrong one is told what is wrong.

use std::fs;
use std::path::{Path, PathBuf};

use hongtou::diagnostic::{Sources, render};
use hongtou::layout::{self, Align, BodyElement, HeadElement, Layout, Role, Space, Typeface};
use hongtou::unit::Length;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/layout").join(name)
}

fn own(name: &str, text: &str) -> Result<Layout, String> {
    let mut sources = Sources::default();
    let file = sources.add(format!("{name}.yaml"), text);
    layout::read(&mut sources, file, name)
        .map_err(|errors| render(&sources, &errors, false).to_string())
}

/// Each input stands beside what the reader says of it, and `codes` has the codes of all;
/// `HONGTOU_BLESS=1` writes them anew.
#[test]
fn wrong_layouts_are_told_what_is_wrong() {
    let mut inputs: Vec<PathBuf> = fs::read_dir(data("errors"))
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    inputs.sort();
    assert!(inputs.len() >= 20, "{}", inputs.len());
    let bless = std::env::var_os("HONGTOU_BLESS").is_some();
    let mut codes = String::new();
    for input in inputs {
        let name = input.file_stem().and_then(|name| name.to_str()).expect("an ASCII name");
        let text = fs::read_to_string(&input).expect("it can be read");
        let mut sources = Sources::default();
        let file = sources.add(format!("{name}.yaml"), text);
        let errors = layout::read(&mut sources, file, name).expect_err(name);
        errors.iter().for_each(|error| codes.push_str(&format!("{name} {}\n", error.code)));
        let said = render(&sources, &errors, false).to_string();
        let expected = input.with_extension("txt");
        if bless {
            fs::write(&expected, &said).expect("it can be written");
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(said, expected, "{name}");
    }
    let expected = data("errors").join("codes");
    if bless {
        fs::write(&expected, &codes).expect("it can be written");
    }
    assert_eq!(codes, fs::read_to_string(&expected).unwrap_or_default());
}

fn b5() -> Layout {
    let text = fs::read_to_string(data("b5.yaml")).expect("it is there");
    own("b5", &text).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn a_layout_unlike_the_bundled_ones_is_data_alone() {
    let layout = b5();
    let page = &layout.page;
    assert_eq!((page.lines, page.characters), (20, 25));
    assert_eq!((page.width, page.height), (Length::from_mm(176.0), Length::from_mm(250.0)));
    assert_eq!(page.row_top(19) + page.size, page.bottom());
    // Mirrored: 23 mm at the binding edge, 21 mm at the other.
    assert_eq!(page.left(1), Length::from_mm(23.0));
    assert!((page.left(2).mm() - 21.0).abs() < 0.0001);
    assert_eq!(layout.inks.keys().collect::<Vec<_>>(), ["墨"]);
    assert_eq!(layout.order[..2], [BodyElement::Title, BodyElement::Subtitle]);
    let item = &layout.item;
    assert!(!item.headline_run_in && !item.points_run_in && !item.tail_run_in);
    assert_eq!((layout.page_number.odd, layout.page_number.even), (Align::Center, Align::Center));
    assert!(matches!(&layout.head[0], HeadElement::Row { left, .. } if left.len() == 2));
    let HeadElement::Rule { weights, between, .. } = &layout.head[1] else { panic!() };
    assert_eq!((weights.len(), *between), (2, Length::from_mm(0.8)));
    assert!(matches!(&layout.head[2], HeadElement::Line { gap: Space::Rows(1), .. }));
}

/// A style takes from its base what it does not say; one that is aligned anew has no indents.
#[test]
fn styles_inherit() {
    let layout = b5();
    let source = layout.style(Role::Source);
    assert_eq!((source.typeface, source.size), (Typeface::Kaiti, Length::from_pt(12.0)));
    assert_eq!((source.before.as_str(), source.after.as_str()), ("（", "供稿）"));
    assert_eq!((source.align, source.indent), (Align::Right, 0));
    let unit = layout.style(Role::Unit);
    assert_eq!((unit.bold, unit.indent, unit.align), (20, 2000, Align::Justify));
    // A role that the layout does not print looks like the body.
    assert_eq!(layout.style(Role::Handling), layout.style(Role::Body));
}

#[test]
fn an_own_layout_can_build_on_a_bundled_one() {
    let layout = own("ours", "base: kuaibao\ntitle: 我区快报\nstyles:\n  简报名称: {size: 72pt}\n")
        .unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!((layout.name.as_str(), layout.title.as_str()), ("ours", "我区快报"));
    let name = layout.style(Role::MastheadName);
    assert_eq!(name.size, Length::from_pt(72.0));
    assert_eq!((name.typeface, name.tracking), (Typeface::Xiaobiaosong, 300));
    let mut sources = Sources::default();
    let base = layout::read_bundled(&mut sources, "kuaibao").expect("it is bundled");
    assert_eq!(layout.page, base.expect("it is sound").page);
}
