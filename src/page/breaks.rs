//! The page breaks of an issue, or what is too tall for a page.

use super::body::SetParagraph;
use super::builder::Builder;
use super::colophon::Colophon;
use crate::compose::{ColophonBlock, Document, HeadBlock, Paragraph, Run, runs_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::flow::{self, Frame, Solution, TooTall};
use crate::layout::Layout;
use crate::unit::Length;

/// Finds the page breaks, and how far apart the lines of the colophon stand.
pub(super) fn find(
    builder: &Builder<'_>,
    document: &Document,
    head_bottom: Option<Length>,
    (body, paragraphs): (&[Paragraph], &mut [SetParagraph]),
    colophon: &mut Colophon,
) -> Result<Solution, Vec<Diagnostic>> {
    let layout = builder.layout;
    let (pitch, least) = (layout.colophon.pitch, layout.colophon.pitch_min);
    let at = |pitch| -> Result<_, Vec<Diagnostic>> {
        colophon.stack(layout, pitch);
        let frame = frame(document, layout, head_bottom, colophon)?;
        let solution = solve(builder, paragraphs, body, &frame)?;
        Ok((solution.cost, (pitch, solution)))
    };
    let (pitch, solution) = flow::tighten(pitch, least, at)?;
    colophon.stack(layout, pitch);
    Ok(solution)
}

/// Rows that the title block and the colophon leave.
fn frame(
    document: &Document,
    layout: &Layout,
    head_bottom: Option<Length>,
    colophon: &Colophon,
) -> Result<Frame, Vec<Diagnostic>> {
    let page = &layout.page;
    let mut findings = Vec::new();
    if head_bottom.is_some_and(|bottom| bottom > page.bottom()) {
        findings.push(error(
            longest(head_texts(document)),
            "报头太高，一页放不下".to_owned(),
            "请缩短冠名、标题，或在版式里减小报头的间距",
        ));
    }
    let over = colophon.height() - (page.bottom() - page.top);
    if over > Length::ZERO {
        // What is said is said of lines as close as they may be.
        let lines = colophon.lines();
        let least = layout.colophon.pitch_min;
        let over = (over - (layout.colophon.pitch - least) * (lines as i64 - 1)).max(Length(1));
        let most = lines.saturating_sub((over.0 as u64).div_ceil(least.0.max(1) as u64) as usize);
        findings.push(error(
            longest(colophon_texts(document)),
            format!("版记太高，一页放不下：排成{lines}行，一页最多{most}行"),
            "请缩短报、送、发的名单（如“各镇党委、政府”），或把名单改作附件",
        ));
    }
    if findings.is_empty() {
        return Ok(Frame::new(layout, head_bottom, colophon.height()));
    }
    Err(findings)
}

/// Finds the page breaks: with every paragraph at its best, and, when that is not natural, again
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
            paragraphs.iter_mut().zip(body).for_each(|(set, text)| set.vary(builder, text));
            blocks(paragraphs)
        })
    });
    solution.map_err(|TooTall(indices)| {
        let found = indices.into_iter().filter_map(|index| {
            let (block, paragraph) = (natural.get(index)?, body.get(index)?);
            let lines = block.ways.first()?.lines;
            let most = block.rows.hold(frame.rows);
            let run = paragraph.runs.iter().find(|run| run.span.is_some());
            let field = run.or(paragraph.runs.first()).map_or("标题", |run| run.field);
            Some(error(
                run,
                format!("“{field}”太长，一页放不下：排成{lines}行，一页最多{most}行"),
                "标题宜一两行：请缩短，其余的话写进正文",
            ))
        });
        found.collect()
    })
}

/// The first words of an editor's in the element that says the most.
fn longest<'a>(elements: impl Iterator<Item = Vec<&'a Run>>) -> Option<&'a Run> {
    let length = |runs: &Vec<&Run>| runs.iter().map(|run| run.text.chars().count()).sum::<usize>();
    // Of elements of one length, the first.
    let longest =
        elements.reduce(|best, one| if length(&one) > length(&best) { one } else { best });
    longest?.into_iter().find(|run| run.span.is_some())
}

/// The elements of the title block: lines of one together, as joint owners are.
fn head_texts(document: &Document) -> impl Iterator<Item = Vec<&Run>> {
    document.head.iter().flat_map(|block| match block {
        HeadBlock::Line { lines, .. } => vec![runs_of(lines)],
        HeadBlock::Row { left, right, .. } => vec![runs_of(left), runs_of(right)],
        HeadBlock::Marks { .. } | HeadBlock::Rule { .. } => Vec::new(),
    })
}

fn colophon_texts(document: &Document) -> impl Iterator<Item = Vec<&Run>> {
    document.colophon.iter().flat_map(|block| match block {
        ColophonBlock::Entry { names, .. } => vec![runs_of(names)],
        ColophonBlock::Row { left, right } => vec![runs_of(left), runs_of(right)],
        ColophonBlock::Rule { .. } => Vec::new(),
    })
}

fn error(at: Option<&Run>, message: String, help: &str) -> Diagnostic {
    Diagnostic {
        span: at.and_then(|run| run.span),
        ..Diagnostic::general(Code::PageTooTall, message).with_help(help)
    }
}
