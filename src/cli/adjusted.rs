//! What the pages had to adjust, in the editor's words.

use crate::page::{Adjusted, Concession};
use crate::unit::Length;

/// In words.
pub(super) fn said(adjusted: &Adjusted) -> String {
    match adjusted {
        Adjusted::GaveWay(concession) => gave_way(concession),
        Adjusted::Tighter(start) => format!("“{start}…”一段排紧一行"),
        Adjusted::Looser(start) => format!("“{start}…”一段排松一行"),
        Adjusted::EmptyRows { page, rows } => format!("第{}页末空{rows}行", page + 1),
        Adjusted::ColophonBehind { page, blank } => {
            let blank = if *blank { "，前一页空白，这两页不编页码" } else { "" };
            format!("版记单独排在第{}页（偶数页）{blank}", page + 1)
        }
        Adjusted::ColophonCloser { own, now } => {
            format!("版记行距由{}磅缩为{}磅", points(*own), points(*now))
        }
    }
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

fn points(length: Length) -> String {
    format!("{}", (length.pt() * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_as_people_do() {
        assert_eq!(said(&Adjusted::EmptyRows { page: 0, rows: 2 }), "第1页末空2行");
        let alone = Adjusted::GaveWay(Concession::ColophonAlone { page: 3 });
        assert_eq!(said(&alone), "版记和正文排不到一页，单独排在第4页");
        let behind = Adjusted::ColophonBehind { page: 3, blank: true };
        assert_eq!(said(&behind), "版记单独排在第4页（偶数页），前一页空白，这两页不编页码");
    }

    #[test]
    fn pitches_are_in_points() {
        let closer =
            Adjusted::ColophonCloser { own: Length::from_pt(28.0), now: Length::from_pt(25.25) };
        assert_eq!(said(&closer), "版记行距由28磅缩为25.3磅");
    }
}
