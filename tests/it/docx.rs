//! The DOCX writer, through the public interface.

mod looks;
mod nasty;
mod readback;
mod structure;

use hongtou::compose::Document;
use hongtou::docx::{Options, write};
use hongtou::layout::Layout;

use crate::generator;
use crate::support::docx::composed;

fn written(document: &Document, layout: &Layout) -> Vec<u8> {
    write(document, layout, &Options::default()).expect("a DOCX file")
}

/// All samples, and issues of the generator.
fn issues() -> Vec<(String, Document, Layout)> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut samples: Vec<_> = std::fs::read_dir(format!("{root}/samples"))
        .expect("samples")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    samples.sort();
    assert!(samples.len() >= 4, "{samples:?}");
    let samples = samples.into_iter().map(|path| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("a sample"))
    });
    let generated = (1..=40).map(|seed| (format!("seed {seed}"), generator::issue(seed)));
    samples
        .into_iter()
        .chain(generated)
        .map(|(name, yaml)| {
            let (document, layout) = composed(&yaml);
            (name, document, layout)
        })
        .collect()
}

#[test]
fn the_same_issue_gives_the_same_bytes() {
    let (_, document, layout) = issues().swap_remove(0);
    assert_eq!(written(&document, &layout), written(&document, &layout));
}
