//! The words of the source, all the way to the printed file.

use hongtou::build::Options;

use crate::support::pages::{ISSUE_155, bundled, compose, fonts};
use crate::support::pdf;

/// The text taken out of the PDF of issue 155 is the committed clean text, spaces included; that
/// the clean text is the source, all 2,047 characters of it, is tested with the reader.
#[test]
fn issue_155_copies_out_as_it_was_written() {
    let clean = include_str!("../../samples/mentougou-155.txt");
    let composed = compose(ISSUE_155, bundled("kuaibao"));
    let options = Options { pdf: Some(Default::default()), ..Options::default() };
    let product = composed.finish(fonts(), &options).expect("it can be made");
    let pdf = pdf::read(&product.pdf.expect("a PDF was asked for"));
    let printed: String = (0..pdf.pages.len()).flat_map(|page| pdf.text(page)).collect();
    assert_eq!(printed, clean.replace('\n', ""));
}
