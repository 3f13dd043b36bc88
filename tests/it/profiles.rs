//! One issue, every purpose: the archive's tags and metadata, the press's inks, the screen, drafts.

mod outline;
mod purposes;

use hongtou::build::{Options, Recipe};

use crate::support::pages::{bundled, compose, fonts};
use crate::support::pdf::{Pdf, read};

/// The PDF of an issue in 快报, made so.
pub fn made(yaml: &str, recipe: Recipe) -> (Vec<u8>, Pdf) {
    let options = Options { pdf: Some(recipe), ..Options::default() };
    let product = compose(yaml, bundled("kuaibao")).finish(fonts(), &options);
    let bytes = product.expect("it can be made").pdf.expect("a PDF was asked for");
    let pdf = read(&bytes);
    (bytes, pdf)
}
