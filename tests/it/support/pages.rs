//! From the YAML of an issue to its pages, with the bundled fonts, read once.

use std::sync::OnceLock;

use hongtou::build::{self, Composed};
use hongtou::diagnostic::{Diagnostic, Sources};
use hongtou::font::FontBook;
use hongtou::layout::{self, Layout};
use hongtou::page::{self, Pages};

/// The bundled fonts.
pub fn fonts() -> &'static FontBook {
    static FONTS: OnceLock<FontBook> = OnceLock::new();
    FONTS.get_or_init(|| FontBook::new(&[]).expect("the bundled fonts are sound"))
}

/// A bundled layout.
pub fn bundled(name: &str) -> Layout {
    let read = layout::read_bundled(&mut Sources::default(), name).expect("a bundled layout");
    read.expect("bundled layouts are sound")
}

/// The layout of the tests that is unlike the bundled ones.
pub fn b5() -> Layout {
    let text = include_str!("../../data/layout/b5.yaml");
    let mut sources = Sources::default();
    let file = sources.add("b5.yaml", text);
    layout::read(&mut sources, file, "b5").expect("the layout of the tests is sound")
}

/// An issue in the words of a layout.
pub fn compose(yaml: &str, layout: Layout) -> Composed {
    let mut sources = Sources::default();
    let file = sources.add("test.yaml", yaml);
    let shown = |findings: &[Diagnostic]| {
        findings.iter().map(|one| one.message.clone()).collect::<Vec<_>>().join("\n")
    };
    let (issue, _) = hongtou::issue::read_issue(&sources, file, None)
        .unwrap_or_else(|findings| panic!("{}\n{yaml}", shown(&findings)));
    build::compose(&issue, layout).unwrap_or_else(|findings| panic!("{}\n{yaml}", shown(&findings)))
}

/// The pages of an issue.
///
/// # Errors
/// What keeps it from being set.
pub fn paginate(yaml: &str, layout: Layout) -> Result<Pages, Vec<Diagnostic>> {
    let composed = compose(yaml, layout);
    page::paginate(&composed.document, &composed.layout, fonts())
}

/// The pages of an issue in the layout 快报.
pub fn kuaibao(yaml: &str) -> Pages {
    paginate(yaml, bundled("kuaibao")).expect("it can be set")
}

/// Issue 155.
pub const ISSUE_155: &str = include_str!("../../../samples/mentougou-155.yaml");
