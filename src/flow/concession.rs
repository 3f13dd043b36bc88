//! Which rules gave way.

use super::{FlowBlock, Frame, Placement, Solution};

/// A rule that gave way; pages count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concession {
    /// The first page has no text; titles it may have.
    NoText,
    /// The last line of a page is the first of a paragraph that goes on on the next.
    FirstLine {
        /// The page.
        page: u32,
    },
    /// The first line of a page is the last of a paragraph.
    LastLine {
        /// The page.
        page: u32,
    },
    /// A page ends with a title that has too few lines below it.
    FewLines {
        /// The page.
        page: u32,
    },
    /// A page, the first one without text apart, ends with a title, and what it heads is on the
    /// next.
    Parted {
        /// The page.
        page: u32,
    },
    /// The last page of text has a single line of it.
    SingleLine {
        /// The page.
        page: u32,
    },
    /// The colophon stands alone although it need not be on an even side.
    ColophonAlone {
        /// Its page.
        page: u32,
    },
}

/// All of a way through blocks.
pub(super) fn concessions(
    blocks: &[FlowBlock],
    frame: &Frame,
    solution: &Solution,
) -> Vec<Concession> {
    let mut found = Vec::new();
    if no_text(blocks, solution) {
        found.push(Concession::NoText);
    }
    for (index, at) in solution.placements.iter().enumerate() {
        let above = index.checked_sub(1).map(|above| (&blocks[above], &solution.placements[above]));
        let parted = above.and_then(|above| below_title(above, &blocks[index], at));
        let said = |one: &Concession| {
            *one == Concession::Parted { page: 0 } && found.contains(&Concession::NoText)
        };
        found.extend(parted.filter(|one| !said(one)));
        found.extend(torn(at).into_iter().flatten());
    }
    let last = solution.pages - 1;
    let pieces = || solution.placements.iter().flat_map(|at| &at.pieces);
    let on_last: u32 = pieces().filter(|piece| piece.page == last).map(|piece| piece.lines).sum();
    let all: u32 = pieces().map(|piece| piece.lines).sum();
    if last > 0 && on_last == 1 && all > 1 {
        found.push(Concession::SingleLine { page: last });
    }
    if !frame.even && solution.colophon > last {
        found.push(Concession::ColophonAlone { page: solution.colophon });
    }
    found
}

/// Whether the first page ends before any text, though nobody wanted a new one.
fn no_text(blocks: &[FlowBlock], solution: &Solution) -> bool {
    let beyond = |at: &Placement| at.pieces[at.pieces.len() - 1].page > 0;
    let Some(index) = solution.placements.iter().position(beyond) else { return false };
    let only_titles = blocks[..index].iter().all(|block| block.title);
    only_titles
        && match solution.placements[index].pieces[0].page {
            0 => blocks[index].title,
            _ => index == 0 || !blocks[index].new_page,
        }
}

/// What is wrong with a block below a title.
fn below_title(
    (title, above): (&FlowBlock, &Placement),
    block: &FlowBlock,
    at: &Placement,
) -> Option<Concession> {
    if title.keep_next == 0 || block.new_page {
        return None;
    }
    let page = above.pieces[above.pieces.len() - 1].page;
    let first = at.pieces[0];
    let must = title.keep_next.min(block.ways[at.way].lines);
    match first.page > page {
        true => Some(Concession::Parted { page }),
        false if first.lines < must && first.lines > 1 => Some(Concession::FewLines { page }),
        false => None,
    }
}

/// Single lines of a paragraph that is parted.
fn torn(at: &Placement) -> [Option<Concession>; 2] {
    let [first, .., last] = at.pieces[..] else { return [None; 2] };
    [
        (first.lines == 1).then_some(Concession::FirstLine { page: first.page }),
        (last.lines == 1).then_some(Concession::LastLine { page: last.page }),
    ]
}
