//! What the pages offer to the text.

use crate::layout::Layout;
use crate::unit::Length;

/// The rows of the grid that are free for text.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Rows of a full page.
    pub rows: u32,
    /// First row below the title block on the first page; past the last when it fills the page.
    pub first_row: u32,
    /// Rows above the colophon on the last page.
    pub last_rows: u32,
    /// Whether the colophon must stand on an even side.
    pub even: bool,
}

impl Frame {
    /// What a title block with this lower edge and a colophon of this height leave.
    pub fn new(layout: &Layout, head_bottom: Option<Length>, colophon: Length) -> Frame {
        let page = &layout.page;
        let rows = page.lines;
        let first_row = head_bottom.map_or(0, |bottom| {
            let below = (0..rows).find(|row| page.row_top(*row) >= bottom).unwrap_or(rows);
            (below + layout.head_gap).min(rows)
        });
        let last_rows = if colophon == Length::ZERO {
            rows
        } else {
            let limit = page.bottom() - colophon - layout.colophon.clearance;
            (0..rows).take_while(|row| page.row_top(*row) + page.size <= limit).count() as u32
        };
        let even = layout.colophon.even_page && colophon > Length::ZERO;
        Frame { rows, first_row, last_rows, even }
    }
}
