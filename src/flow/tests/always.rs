//! The promise: whatever an issue holds, its pages are found, and what gave way is said.

use proptest::prelude::*;

use super::super::*;

/// Rows of a page: as few as a layout may have, as many as small type needs.
fn frames() -> impl Strategy<Value = Frame> {
    (2..40_u32).prop_flat_map(|rows| {
        (0..=rows, 0..=rows, any::<bool>()).prop_map(move |(first_row, last_rows, even)| Frame {
            rows,
            first_row,
            last_rows,
            even,
        })
    })
}

fn lines() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 1..4_u32, 3 => 1..12_u32, 1 => 1..100_u32]
}

fn rows() -> impl Strategy<Value = Rows> {
    let own = (1..80_u64, 1..60_u64).prop_map(|(pitch, size)| Rows::Own { pitch, size, row: 30 });
    prop_oneof![4 => Just(Rows::Grid), 1 => own]
}

/// A block; one that may not be parted is no taller than two rows.
fn blocks() -> impl Strategy<Value = FlowBlock> {
    let kept = prop_oneof![3 => Just(0_u32), 2 => Just(2), 1 => 1..5_u32];
    let white = (0..3_u32, 0..3_u32, prop::bool::weighted(0.2));
    let ways = (lines(), any::<[bool; 2]>());
    (ways, rows(), prop::bool::weighted(0.2), white, kept, prop::bool::weighted(0.05)).prop_map(
        |((lines, others), rows, solid, (before, after, attach), keep_next, new_page)| {
            let lines = if solid { 1 + lines % 2 } else { lines };
            let rows = if solid { Rows::Grid } else { rows };
            let way = |lines, varied| Way { lines, cost: u64::from(varied) * 7, varied };
            let shorter = (others[0] && lines > 1).then(|| way(lines - 1, true));
            let longer = (others[1] && !solid).then(|| way(lines + 1, true));
            FlowBlock {
                ways: std::iter::once(way(lines, false)).chain(shorter).chain(longer).collect(),
                rows,
                solid,
                rows_before: before,
                rows_after: after,
                attach,
                title: keep_next > 0,
                keep_next,
                new_page,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_are_always_found(
        frame in frames(),
        blocks in prop::collection::vec(blocks(), 0..14),
    ) {
        let solution = solve(&blocks, &frame).expect("nothing is taller than a page");
        everything_is_there(&blocks, &frame, &solution);
        no_page_is_empty(&solution);
        given_way_is_said(&blocks, &frame, &solution);
    }
}

/// Every line once, in order, within its page, above the colophon.
fn everything_is_there(blocks: &[FlowBlock], frame: &Frame, solution: &Solution) {
    assert_eq!(solution.placements.len(), blocks.len());
    let mut at = (0, frame.first_row);
    for (block, placement) in blocks.iter().zip(&solution.placements) {
        let lines: u32 = placement.pieces.iter().map(|piece| piece.lines).sum();
        assert_eq!(lines, block.ways[placement.way].lines);
        assert!(!block.solid || placement.pieces.len() == 1);
        for piece in &placement.pieces {
            assert!((piece.page, piece.row) >= at, "{piece:?} after {at:?}");
            assert!(piece.lines > 0 && piece.rows == block.rows.of(piece.lines));
            assert!(piece.row + piece.rows <= frame.rows);
            at = (piece.page, piece.row + piece.rows);
        }
    }
    assert_eq!(solution.pages, at.0 + 1);
    assert!(solution.colophon > at.0 || at.1 <= frame.last_rows, "{solution:?}");
    assert!(!frame.even || solution.colophon % 2 == 1);
}

/// But the first, when there is no room below the title block, and a blank one before an even
/// colophon.
fn no_page_is_empty(solution: &Solution) {
    let first = u32::from(solution.concessions.contains(&Concession::NoText));
    for page in first..solution.pages {
        let mut pieces = solution.placements.iter().flat_map(|at| &at.pieces);
        let text = pieces.any(|piece| piece.page == page) || solution.placements.is_empty();
        assert!(text, "page {page} is empty: {solution:?}");
    }
    assert!(solution.colophon <= solution.pages + 1);
}

/// Rules that are broken are those that are said to have given way, found here in another manner.
fn given_way_is_said(blocks: &[FlowBlock], frame: &Frame, solution: &Solution) {
    let said = |concession: Concession| solution.concessions.contains(&concession);
    let lines = |page: u32| -> u32 {
        let pieces = solution.placements.iter().flat_map(|at| &at.pieces);
        pieces.filter(|piece| piece.page == page).map(|piece| piece.lines).sum()
    };
    let last = solution.pages - 1;
    if last > 0 && lines(last) < 2 && (0..=last).map(lines).sum::<u32>() > 1 {
        assert!(said(Concession::SingleLine { page: last }), "{solution:?}");
    }
    if solution.colophon > last && !frame.even {
        assert!(said(Concession::ColophonAlone { page: solution.colophon }), "{solution:?}");
    }
    for (index, at) in solution.placements.iter().enumerate() {
        let first = at.pieces[0];
        if at.pieces.len() > 1 {
            let end = at.pieces[at.pieces.len() - 1];
            assert_eq!(first.lines == 1, said(Concession::FirstLine { page: first.page }));
            assert!(end.lines > 1 || said(Concession::LastLine { page: end.page }));
        }
        let Some(above) = index.checked_sub(1) else { continue };
        let (title, end) = (&blocks[above], solution.placements[above].pieces.last());
        let page = end.map_or(0, |piece| piece.page);
        if title.keep_next > 0 && !blocks[index].new_page && first.page > page {
            let first = page == 0 && said(Concession::NoText);
            assert!(first || said(Concession::Parted { page }), "{solution:?}");
        }
    }
    // What is said is what was paid for.
    assert_eq!(solution.cost >= weight::HARM, !solution.concessions.is_empty(), "{solution:?}");
}
