//! Where the next block can go.

use super::tail::Tails;
use super::weight::{
    BARE, EMPTY_ROW, LONE_LINE, NO_TEXT, PARTED, Rules, SINGLE_LINE, TITLES_PARTED,
};
use super::{FlowBlock, Frame, Piece, State, Way};

/// A block about to be placed.
pub(super) struct Situation<'a> {
    pub frame: &'a Frame,
    pub previous: Option<&'a FlowBlock>,
    /// Whether all blocks before are titles.
    pub only_titles: bool,
    pub block: &'a FlowBlock,
    pub way: &'a Way,
    pub state: State,
    pub rules: Rules,
    /// Whether it ends a text of several lines.
    pub ends_text: bool,
}

/// Takes the next free row, what it costs to get there, and how to make the pieces.
type Emit<'e> = dyn FnMut(State, u64, &dyn Fn() -> Vec<Piece>) + 'e;

impl Situation<'_> {
    /// Calls `emit` with every arrangement of pieces worth trying.
    pub fn each(&self, tails: &mut Tails<'_>, emit: &mut Emit<'_>) {
        let (page, row) = self.state;
        let at_head = row == if page == 0 { self.frame.first_row } else { 0 };
        // Below a title block the rows above a title are wanted (GB/T 9704 §7.3.1), at the head of
        // a page they are not.
        let at_top = at_head && row == 0;
        let after = self.previous.map_or(0, |previous| previous.rows_after);
        let gap = if at_top || self.block.attach { 0 } else { self.block.rows_before.max(after) };
        let free = self.frame.rows.saturating_sub(row + gap);
        let forced = self.block.new_page && !at_head;
        if !forced {
            self.here(row + gap, free, tails, emit);
        }
        // The head of a page is no place to leave, but for the first, which the title block may fill.
        if !at_head || page == 0 {
            // A new page that is wanted leaves no rows empty for want of room.
            let cost = if forced { 0 } else { u64::from(free) * EMPTY_ROW + self.parting() };
            if self.rules.allow(cost) {
                self.with_tails(None, self.way.lines, cost, tails, emit);
            }
        }
    }

    /// Begins on this page: whole, or with some of its lines.
    fn here(&self, row: u32, free: u32, tails: &mut Tails<'_>, emit: &mut Emit<'_>) {
        let (page, lines) = (self.state.0, self.way.lines);
        let piece = |lines| Piece { page, row, rows: self.block.rows.of(lines), lines };
        let whole = piece(lines);
        let cost = self.single(page, row, lines);
        if whole.rows <= free && self.rules.allow(cost) {
            emit((page, row + whole.rows), cost, &|| vec![whole]);
        }
        let must = match self.previous {
            Some(previous) if !self.block.new_page => previous.keep_next.min(lines),
            _ => 0,
        };
        for (take, cost) in tails.splits(lines, free) {
            let short = take < must && take > 1;
            let bare = if self.block.title { self.without_text() } else { 0 };
            let cost = cost + bare + if short { LONE_LINE } else { 0 };
            if self.rules.allow(cost) {
                self.with_tails(Some(piece(take)), lines - take, cost, tails, emit);
            }
        }
    }

    /// What it weighs that the block begins the next page, below a title or the title block.
    fn parting(&self) -> u64 {
        match self.previous {
            None => BARE,
            Some(previous) if previous.keep_next == 0 => 0,
            Some(_) if self.block.title => TITLES_PARTED + self.without_text(),
            Some(_) => PARTED + self.without_text(),
        }
    }

    /// What it weighs that the first page ends here, if it has nothing but titles.
    fn without_text(&self) -> u64 {
        if self.state.0 == 0 && self.only_titles { NO_TEXT } else { 0 }
    }

    /// What it weighs that the text ends with a single line on a page of its own.
    fn single(&self, page: u32, row: u32, lines: u32) -> u64 {
        if self.ends_text && page > 0 && row == 0 && lines == 1 { SINGLE_LINE } else { 0 }
    }

    /// So many lines go on from the head of the next page, after a first piece or none.
    fn with_tails(
        &self,
        first: Option<Piece>,
        lines: u32,
        cost: u64,
        tails: &mut Tails<'_>,
        emit: &mut Emit<'_>,
    ) {
        let page = self.state.0;
        for tail in tails.of(lines).iter() {
            let end = page + tail.pages();
            let cost = cost + tail.cost + self.single(end, 0, tail.last());
            if self.rules.allow(cost) {
                let pieces = || first.into_iter().chain(tails.pieces(tail, page + 1)).collect();
                emit((end, self.block.rows.of(tail.last())), cost, &pieces);
            }
        }
    }
}
