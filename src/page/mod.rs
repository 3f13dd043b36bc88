//! `Document` → [`Pages`]: lines on the grid, what stays together, the colophon at the foot.
//!
//! [`paginate`] sets each paragraph (`setting`, with `text` and `font`), finds the page breaks
//! for the whole issue ([`crate::flow`]), and places glyphs and rules (`place`).

mod adjusted;
mod body;
mod breaks;
mod builder;
mod colophon;
mod folio;
mod grid;
mod head;
mod pages;
mod place;
mod report;
mod setting;

pub use adjusted::{Adjusted, Concession};
pub use grid::draw_grid;
pub use pages::*;

use builder::Builder;
use setting::Setter;

use crate::compose::Document;
use crate::diagnostic::Diagnostic;
use crate::font::FontBook;
use crate::layout::Layout;

/// Lays the document out.
///
/// # Errors
/// Characters that no face has; a title block, a colophon or a title that is taller than a page.
/// For everything else there are pages: where not every rule can be kept, the report says what gave
/// way ([`crate::flow`]).
pub fn paginate(
    document: &Document,
    layout: &Layout,
    fonts: &FontBook,
) -> Result<Pages, Vec<Diagnostic>> {
    let mut builder = Builder::new(layout, Setter::new(layout, fonts));
    builder.page(0);
    let head_bottom = head::set(&mut builder, &document.head);
    let body = document.paragraphs();
    let mut paragraphs = body::set(&mut builder, &body);
    let mut colophon = colophon::set(&mut builder, &document.colophon);
    if !builder.setter.missing.is_empty() {
        return Err(builder.setter.missing);
    }
    let text = (body.as_slice(), paragraphs.as_mut_slice());
    let solution = breaks::find(&builder, document, head_bottom, text, &mut colophon)?;
    builder.report.adjustments = report::adjustments(&solution, &paragraphs, &body);
    // Each is let go when it is placed: a long issue fills the memory once, not twice.
    for ((set, paragraph), at) in paragraphs.into_iter().zip(body).zip(&solution.placements) {
        set.place(&mut builder, paragraph, at);
    }
    builder.report.adjustments.extend(report::closer(&colophon, layout));
    colophon::place(&mut builder, colophon, solution.colophon as usize);
    folio::place(&mut builder, solution.pages as usize);
    builder.report.fallbacks = builder.setter.fallbacks.iter().cloned().collect();
    Ok(builder.finish(document.metadata.clone()))
}
