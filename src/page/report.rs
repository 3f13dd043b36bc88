//! What was done to get to the pages, in the editor's words.

use super::body::SetParagraph;
use super::colophon::Colophon;
use crate::compose::Paragraph;
use crate::flow::{Concession, Solution};
use crate::layout::Layout;
use crate::unit::Length;

/// What gave way first, then what was adjusted.
pub(super) fn adjustments(
    solution: &Solution,
    paragraphs: &[SetParagraph],
    body: &[Paragraph],
) -> Vec<String> {
    let mut said: Vec<String> = solution.concessions.iter().map(gave_way).collect();
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
    said.extend(on_the_back(solution));
    said
}

/// Lines of the colophon that stand closer than the layout has them.
pub(super) fn closer(colophon: &Colophon, layout: &Layout) -> Option<String> {
    let (own, now) = (layout.colophon.pitch, colophon.pitch);
    let points = |length: Length| format!("{}", (length.pt() * 10.0).round() / 10.0);
    let said = || format!("版记行距由{}磅缩为{}磅", points(own), points(now));
    (now < own).then(said)
}

fn gave_way(concession: &Concession) -> String {
    match concession {
        Concession::NoText => "第1页没有正文".to_owned(),
        Concession::FirstLine { page } => format!("第{}页末行是一段的第一行", page + 1),
        Concession::LastLine { page } => format!("第{}页首行是一段的最后一行", page + 1),
        Concession::FewLines { page } => format!("第{}页末的标题下行数不足", page + 1),
        Concession::Parted { page } => format!("第{}页末行是标题，正文在下一页", page + 1),
        Concession::SingleLine { page } => format!("第{}页只有一行正文", page + 1),
        Concession::ColophonAlone { page } => {
            format!("版记和正文排不到一页，单独排在第{}页", page + 1)
        }
    }
}

/// A colophon without text because the layout wants it on an even page.
fn on_the_back(solution: &Solution) -> Option<String> {
    let given_way =
        |concession: &Concession| matches!(concession, Concession::ColophonAlone { .. });
    let (text, colophon) = (solution.pages, solution.colophon + 1);
    if colophon <= text || solution.concessions.iter().any(given_way) {
        return None;
    }
    let blank = if colophon > text + 1 { "，前一页空白，这两页不编页码" } else { "" };
    Some(format!("版记单独排在第{colophon}页（偶数页）{blank}"))
}
