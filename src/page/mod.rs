//! `Document` → [`Pages`]: lines on the grid, what stays together, the colophon at the foot.
//!
//! [`paginate`] sets each paragraph (`setting`, with `text` and `font`), finds the page breaks
//! for the whole issue ([`crate::flow`]), and places glyphs and rules (`place`).

mod body;
mod builder;
mod colophon;
mod folio;
mod grid;
mod head;
mod pages;
mod place;
mod setting;

pub use grid::draw_grid;
pub use pages::*;

use body::SetParagraph;
use builder::Builder;
use setting::Setter;

use crate::compose::{Document, Paragraph};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flow::{self, Frame, Solution};
use crate::font::FontBook;
use crate::layout::Layout;
use crate::unit::Length;

/// Lays the document out.
///
/// # Errors
/// Characters that no face has; a title block that leaves no room for text on the first page
/// (GB/T 9704 §7.3.3); a colophon that leaves no room for two lines of text above it.
pub fn paginate(
    document: &Document,
    layout: &Layout,
    fonts: &FontBook,
) -> Result<Pages, Vec<Diagnostic>> {
    let mut builder = Builder::new(layout, Setter::new(layout, fonts));
    builder.page(0);
    let head_bottom = head::set(&mut builder, &document.head);
    let mut paragraphs = body::set(&mut builder, &document.body, 0);
    let colophon = colophon::set(&mut builder, &document.colophon);
    if !builder.setter.missing.is_empty() {
        return Err(builder.setter.missing);
    }
    let frame = frame(layout, head_bottom, colophon.height())?;
    let solution = solve(&builder, &mut paragraphs, &document.body, &frame)?;
    for ((set, paragraph), at) in paragraphs.iter().zip(&document.body).zip(&solution.placements) {
        set.place(&mut builder, paragraph, at);
    }
    colophon::place(&mut builder, colophon, solution.colophon as usize);
    folio::place(&mut builder, solution.pages as usize);
    builder.report.adjustments = adjustments(&solution, &paragraphs, &document.body);
    builder.report.fallbacks = builder.setter.fallbacks.iter().cloned().collect();
    Ok(builder.finish(document.metadata.clone()))
}

/// Rows that the title block and the colophon leave.
fn frame(
    layout: &Layout,
    head_bottom: Option<Length>,
    colophon: Length,
) -> Result<Frame, Vec<Diagnostic>> {
    let frame = Frame::new(layout, head_bottom, colophon);
    if frame.first_row + 2 > frame.rows {
        return Err(vec![plain_error(
            "报头太高，第一页放不下正文",
            "请缩短冠名、标题，或在版式里减小报头的间距",
        )]);
    }
    if frame.last_rows < 2 {
        return Err(vec![plain_error(
            "版记太高，一页里放不下版记和两行正文",
            "请缩短报、送、发的名单，或在版式里减小版记的行距",
        )]);
    }
    Ok(frame)
}

/// Finds the page breaks: with every paragraph at its best, and, when that leaves rows empty, again
/// with paragraphs that may be a line longer or shorter.
fn solve(
    builder: &Builder<'_>,
    paragraphs: &mut [SetParagraph],
    body: &[Paragraph],
    frame: &Frame,
) -> Result<Solution, Vec<Diagnostic>> {
    let blocks = |paragraphs: &[SetParagraph]| -> Vec<_> {
        let above = std::iter::once(None).chain(body.iter().map(Some));
        let both = paragraphs.iter().zip(body).zip(above);
        both.map(|((set, paragraph), above)| set.flow(builder, paragraph, above)).collect()
    };
    let natural = blocks(paragraphs);
    let solution = flow::settle(&natural, frame, || {
        builder.layout.typography.vary_paragraphs.then(|| {
            paragraphs.iter_mut().for_each(|paragraph| paragraph.vary(builder));
            blocks(paragraphs)
        })
    });
    solution.ok_or_else(|| {
        vec![plain_error(
            "分页无解：有的标题或段落一页放不下",
            "请缩短过长的标题，或检查版式里的行数",
        )]
    })
}

/// What was done to get there, in the editor's words.
fn adjustments(
    solution: &Solution,
    paragraphs: &[SetParagraph],
    body: &[Paragraph],
) -> Vec<String> {
    let mut said = Vec::new();
    for ((set, paragraph), at) in paragraphs.iter().zip(body).zip(&solution.placements) {
        if let Some(change) = set.variation(at) {
            let start: String =
                paragraph.runs.iter().flat_map(|run| run.text.chars()).take(8).collect();
            said.push(format!("“{start}…”一段{change}"));
        }
    }
    for (page, rows) in &solution.empty {
        said.push(format!("第{}页末空{rows}行", page + 1));
    }
    let (text, colophon) = (solution.pages, solution.colophon + 1);
    if colophon > text {
        let blank = if colophon > text + 1 { "，前一页空白" } else { "" };
        said.push(format!("版记单独排在第{colophon}页（偶数页）{blank}，不编页码"));
    }
    if solution.lone_line {
        said.push("版记太高，有单独一行或标题落在页首或页末".to_owned());
    }
    said
}

fn plain_error(message: &str, help: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        message: message.to_owned(),
        span: None,
        words: None,
        label: None,
        help: Some(help.to_owned()),
    }
}
