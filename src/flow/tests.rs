use super::*;
use crate::unit::Length;

const ROWS: u32 = 22;

fn paragraph(rows: u32) -> FlowBlock {
    FlowBlock {
        ways: vec![Way { lines: rows, cost: 0, varied: false }],
        rows: Rows::Grid,
        solid: false,
        rows_before: 0,
        rows_after: 0,
        attach: false,
        title: false,
        keep_next: 0,
        new_page: false,
    }
}

fn section_title() -> FlowBlock {
    FlowBlock { title: true, keep_next: 2, ..paragraph(1) }
}

/// A paragraph that can also be set a line shorter or longer.
fn elastic(rows: u32) -> FlowBlock {
    let way = |lines, varied| Way { lines, cost: 0, varied };
    FlowBlock {
        ways: vec![way(rows, false), way(rows - 1, true), way(rows + 1, true)],
        ..paragraph(rows)
    }
}

/// Every rule of pages that holds for any solution; panics with the broken one.
fn check(blocks: &[FlowBlock], frame: &Frame, solution: &Solution) {
    let mut at = (0, frame.first_row);
    for (index, (block, placement)) in blocks.iter().zip(&solution.placements).enumerate() {
        let rows: u32 = placement.pieces.iter().map(|piece| piece.rows).sum();
        assert_eq!(rows, block.ways[placement.way].lines, "block {index} has all its lines");
        for piece in &placement.pieces {
            assert!(piece.page > at.0 || piece.row >= at.1, "block {index} goes on, never back");
            assert!(piece.row + piece.rows <= frame.rows, "block {index} stays on the page");
            if placement.pieces.len() > 1 {
                assert!(piece.rows >= 2, "block {index}: a single line alone on a page");
            }
            at = (piece.page, piece.row + piece.rows);
        }
        if block.keep_next > 0 && index + 1 < blocks.len() {
            let next = solution.placements[index + 1].pieces[0];
            assert_eq!(next.page, at.0, "a title is never last on a page");
            let least = block.keep_next.min(blocks[index + 1].ways[0].lines);
            assert!(next.rows >= least, "two lines follow a title");
        }
    }
    let (page, row) = at;
    assert!(row <= frame.last_rows, "the colophon has its room");
    assert!(page == 0 || row >= 2, "the colophon stands with two lines at the least");
}

#[test]
fn natural_flow_costs_nothing() {
    let frame = Frame { rows: ROWS, first_row: 9, last_rows: 16, even: false };
    let solution = solve(&[section_title(), paragraph(5)], &frame).unwrap();
    assert_eq!(solution.cost, 0);
    assert_eq!(solution.pages, 1);
    assert_eq!(solution.placements[1].pieces, [Piece { page: 0, row: 10, rows: 5, lines: 5 }]);
}

/// GB/T 9704 §7.4.1 and the practice that no colophon stands alone: text pushed line by line
/// through three pages, with paragraphs of every length.
#[test]
fn the_colophon_is_never_alone() {
    for last_rows in [2, 3, 9, 16, 18, 20] {
        for length in [1, 2, 3, 4, 5, 9] {
            for lines in 1..=(3 * ROWS) {
                let frame = Frame { rows: ROWS, first_row: 9, last_rows, even: false };
                let mut blocks = vec![section_title()];
                let mut left = lines;
                while left > 0 {
                    let take = left.min(length);
                    blocks.push(paragraph(take));
                    left -= take;
                }
                let Ok(solution) = solve(&blocks, &frame) else {
                    panic!("no way: {last_rows} {length} {lines}")
                };
                if solution.concessions.is_empty() {
                    check(&blocks, &frame, &solution);
                } else {
                    let hard = last_rows < 4 || lines < 5;
                    assert!(hard, "{last_rows} {length} {lines}: {solution:?}");
                }
            }
        }
    }
}

#[test]
fn a_paragraph_is_varied_before_two_rows_are_left_empty() {
    // Thirteen rows on page one, which the text fills: the colophon's page needs two lines.
    let frame = Frame { rows: ROWS, first_row: 9, last_rows: 16, even: false };
    let blocks = [elastic(5), elastic(8)];
    let solution = solve(&blocks, &frame).unwrap();
    check(&blocks, &frame, &solution);
    assert!(solution.empty.is_empty(), "{solution:?}");
    assert_eq!(solution.pages, 2);

    let rigid = [paragraph(5), paragraph(8)];
    let solution = solve(&rigid, &frame).unwrap();
    check(&rigid, &frame, &solution);
    assert_eq!(solution.empty, [(0, 2)]);
}

#[test]
fn a_solid_block_taller_than_a_page_has_no_solution() {
    let frame = Frame { rows: ROWS, first_row: 9, last_rows: 16, even: false };
    let block = FlowBlock { solid: true, ..paragraph(ROWS + 1) };
    let blocks = [paragraph(1), block.clone(), paragraph(1), block];
    assert_eq!(solve(&blocks, &frame).err(), Some(TooTall(vec![1, 3])));
}

/// GB/T 9704 §7.3.7: an attachment begins a new side.
#[test]
fn an_attachment_begins_a_page() {
    let frame = Frame { rows: ROWS, first_row: 9, last_rows: 16, even: false };
    let attachment = FlowBlock { new_page: true, ..paragraph(4) };
    let solution = solve(&[paragraph(3), attachment], &frame).unwrap();
    assert_eq!(solution.placements[1].pieces[0].page, 1);
    assert_eq!(solution.placements[1].pieces[0].row, 0);
    assert!(solution.empty.is_empty(), "rows above a new page that was wanted are no adjustment");
}

#[test]
fn long_issues_are_solved_quickly_and_fully() {
    let frame = Frame { rows: ROWS, first_row: 9, last_rows: 14, even: false };
    let blocks: Vec<FlowBlock> = (0..300)
        .map(|i| if i % 7 == 0 { section_title() } else { elastic(2 + (i * 5) % 11) })
        .collect();
    let solution = solve(&blocks, &frame).unwrap();
    check(&blocks, &frame, &solution);
}

/// GB/T 33476.2 §7.3.1: the colophon stands on an even side. Pushed line by line, it always does,
/// with text or, at little loss, alone; at most one side before it is blank (GB/T 9704 §7.5).
#[test]
fn the_colophon_stands_on_an_even_side_when_it_must() {
    let (mut alone, mut blank) = (0, 0);
    for last_rows in [9, 16, 18] {
        for lines in 1..=(5 * ROWS) {
            let frame = Frame { rows: ROWS, first_row: 9, last_rows, even: true };
            let mut blocks = vec![section_title()];
            blocks.extend((0..lines / 5).map(|_| paragraph(5)));
            blocks.extend((lines % 5 > 0).then(|| paragraph(lines % 5)));
            let solution = solve(&blocks, &frame).expect("a way");
            assert_eq!(solution.concessions, [], "{last_rows} {lines}");
            assert_eq!(solution.colophon % 2, 1, "{last_rows} {lines}: sides count from 1");
            match solution.colophon + 1 - solution.pages {
                0 => check(&blocks, &frame, &solution),
                1 => alone += 1,
                2 => blank += 1,
                sides => panic!("{last_rows} {lines}: {sides} sides beyond the text"),
            }
        }
    }
    assert!(alone > 0 && blank > 0, "{alone} {blank}");
}

#[test]
fn text_goes_along_with_the_colophon_where_little_is_lost() {
    let frame = Frame { rows: ROWS, first_row: 9, last_rows: 16, even: true };
    // Thirteen rows fill the first side: two of them go to the back.
    let solution = solve(&[paragraph(5), paragraph(8)], &frame).unwrap();
    assert_eq!((solution.pages, solution.colophon), (2, 1));
    assert_eq!(solution.empty, [(0, 2)]);
    // Three rows are no reason to tear them apart.
    let solution = solve(&[paragraph(3)], &frame).unwrap();
    assert_eq!((solution.pages, solution.colophon), (1, 1));
}

/// Little text under a title block and above a colophon that leaves eight rows: what stands on the
/// first page, what with the colophon, what gave way.
#[test]
fn little_text_and_a_tall_colophon() {
    use Concession::{ColophonAlone, FirstLine, SingleLine};
    let frame = Frame { rows: ROWS, first_row: 9, last_rows: 8, even: false };
    let on = |blocks: &[FlowBlock]| {
        let solution = solve(blocks, &frame).expect("a way");
        let pieces = || solution.placements.iter().flat_map(|at| &at.pieces);
        let lines = |page: u32| -> u32 {
            pieces().filter(|piece| piece.page == page).map(|piece| piece.lines).sum()
        };
        assert_eq!(solution.colophon, 1);
        assert_eq!(solution.placements[0].pieces[0].row, 9, "the first page shows text");
        (lines(0), lines(1), solution.concessions)
    };
    let (title, text) = (section_title(), paragraph);
    assert_eq!(on(&[text(1)]), (1, 0, vec![ColophonAlone { page: 1 }]));
    assert_eq!(on(&[text(1), text(1)]), (1, 1, vec![SingleLine { page: 1 }]));
    assert_eq!(on(&[text(2)]), (2, 0, vec![ColophonAlone { page: 1 }]));
    assert_eq!(on(&[text(1), text(2)]), (1, 2, vec![]));
    assert_eq!(on(&[text(2), text(1)]), (2, 1, vec![SingleLine { page: 1 }]));
    assert_eq!(on(&[text(3)]), (1, 2, vec![FirstLine { page: 0 }]));
    assert_eq!(on(&[text(4)]), (2, 2, vec![]));
    assert_eq!(on(&[title.clone(), text(1)]), (2, 0, vec![ColophonAlone { page: 1 }]));
    assert_eq!(on(&[title.clone(), text(2)]), (3, 0, vec![ColophonAlone { page: 1 }]));
    assert_eq!(on(&[title.clone(), text(3)]), (2, 2, vec![FirstLine { page: 0 }]));
    assert_eq!(on(&[title, text(4)]), (3, 2, vec![]));
}

/// A title block that fills the first page, to the last row or but for one or two.
#[test]
fn a_title_block_may_fill_the_first_page() {
    for (first_row, blocks, first, given_way) in [
        (22, vec![paragraph(5)], 1, vec![Concession::NoText]),
        (21, vec![paragraph(5)], 0, vec![Concession::FirstLine { page: 0 }]),
        (21, vec![section_title(), paragraph(5)], 0, vec![Concession::NoText]),
        (20, vec![section_title(), paragraph(5)], 0, vec![Concession::FirstLine { page: 0 }]),
        (19, vec![section_title(), paragraph(5)], 0, vec![]),
    ] {
        let frame = Frame { rows: ROWS, first_row, last_rows: 16, even: false };
        let solution = solve(&blocks, &frame).expect("a way");
        assert_eq!(solution.placements[0].pieces[0].page, first, "{first_row}");
        assert_eq!(solution.concessions, given_way, "{first_row}");
    }
}

/// Text in lines of a narrower pitch than the grid's is parted like any other.
#[test]
fn text_of_another_pitch_is_parted() {
    let rows = Rows::Own { pitch: 20, size: 12, row: 30 };
    assert_eq!((rows.of(1), rows.of(2), rows.of(3), rows.of(4)), (1, 2, 2, 3));
    assert_eq!((rows.hold(0), rows.hold(1), rows.hold(2), rows.hold(3)), (0, 1, 3, 4));
    for lines in 1..=100 {
        let frame = Frame { rows: ROWS, first_row: 9, last_rows: 16, even: false };
        let blocks = [FlowBlock { rows, ..paragraph(lines) }];
        let solution = solve(&blocks, &frame).expect("a way");
        assert_eq!(solution.concessions, []);
        let pieces = &solution.placements[0].pieces;
        assert_eq!(pieces.iter().map(|piece| piece.lines).sum::<u32>(), lines);
        assert!(pieces.iter().all(|piece| piece.rows == rows.of(piece.lines)));
    }
}

/// A title that ends an issue (an attachment that is its title only) above a colophon that leaves
/// less room than it takes.
#[test]
fn a_title_may_be_the_last() {
    let frame = Frame { rows: ROWS, first_row: 9, last_rows: 2, even: false };
    let title =
        FlowBlock { solid: true, new_page: true, title: true, keep_next: 2, ..paragraph(3) };
    let solution = solve(&[paragraph(5), title], &frame).expect("a way");
    assert_eq!((solution.pages, solution.colophon), (2, 2));
    assert_eq!(solution.concessions, [Concession::ColophonAlone { page: 2 }]);
}

/// The lines of the colophon stand closer where that saves a rule or most of a page, and no closer
/// than they must.
#[test]
fn a_colophon_is_set_closer_where_it_is_worth_it() {
    let pt = Length::from_pt;
    let frame = |last_rows| Frame { rows: ROWS, first_row: 9, last_rows, even: false };
    // A row more for each two points.
    let solved = |blocks: &[FlowBlock], rows: u32| {
        tighten(pt(28.0), pt(22.5), |pitch| {
            let gained = ((28.0 - pitch.pt()) / 2.0) as u32;
            let solution = solve(blocks, &frame(rows + gained))?;
            Ok::<_, TooTall>((solution.cost, (pitch, solution.pages)))
        })
    };
    assert_eq!(solved(&[paragraph(3)], 12), Ok((pt(28.0), 1)), "it fits");
    assert_eq!(solved(&[paragraph(3)], 11), Ok((pt(26.0), 1)), "a rule is saved");
    assert_eq!(solved(&[paragraph(4)], 12), Ok((pt(26.0), 1)), "most of a page is saved");
    assert_eq!(solved(&[paragraph(12)], 19), Ok((pt(28.0), 2)), "three rows are no reason");
    assert_eq!(solved(&[paragraph(4)], 10), Ok((pt(28.0), 2)), "it does not help");
    assert_eq!(solved(&[paragraph(3)], 9), Ok((pt(28.0), 2)), "nor here");
}

mod always;
