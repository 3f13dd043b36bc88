//! Tables: aligned for a terminal, where Han characters take two columns; CSV for Excel.

use unicode_width::UnicodeWidthStr;

use crate::diagnostic::{Lines, harmless};
use crate::mail::recipients::Format;

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Rows under a head, each column as wide as its widest cell.
pub(super) fn aligned(head: &[String], rows: &[Vec<String>], align: &[Align]) -> Lines {
    // Before they are measured: a cell is as wide as it is shown.
    let all: Vec<Vec<_>> = std::iter::once(head)
        .chain(rows.iter().map(Vec::as_slice))
        .map(|row| row.iter().map(|cell| harmless(cell)).collect())
        .collect();
    let width = |column: usize| {
        all.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut lines = Lines::new();
    for row in &all {
        let cells = row.iter().zip(&widths).zip(align).map(|((cell, width), align)| {
            let space = " ".repeat(width - cell.width());
            match align {
                Align::Left => format!("{cell}{space}"),
                Align::Right => format!("{space}{cell}"),
            }
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        lines.line(line.trim_end());
    }
    lines
}

/// A cell that names formats: docx、pdf.
pub(super) fn formats(formats: &[Format]) -> String {
    formats.iter().map(|format| format.ending()).collect::<Vec<_>>().join("、")
}

/// Rows under a head, every cell to the left.
pub(super) fn plain(head: &[&str], rows: &[Vec<String>]) -> Lines {
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    aligned(&head, rows, &vec![Align::Left; head.len()])
}

/// As CSV with the mark by which Excel knows that it is UTF-8, lines ended as it ends them. It is
/// for people, on a terminal too, so its cells are as harmless as any text; programs read JSON.
pub(super) fn csv(head: &[String], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to the memory does not fail.
    for row in std::iter::once(head.to_vec()).chain(rows) {
        let _ = writer.write_record(row.iter().map(|cell| harmless(&inert(cell)).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// A text that Excel would take for a formula is kept from being one.
fn inert(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn han_are_two_columns_wide() {
        let rows = [cells(&["1", "区民政局", "12"]), cells(&["10", "团区委", "3"])];
        let table = aligned(
            &cells(&["名次", "单位", "条"]),
            &rows,
            &[Align::Right, Align::Left, Align::Right],
        );
        assert_eq!(&*table, "名次  单位      条\n   1  区民政局  12\n  10  团区委     3\n");
    }

    #[test]
    fn csv_opens_in_excel_as_chinese_and_holds_no_formulas() {
        let bytes = csv(&cells(&["甲", "乙"]), [cells(&["一,二", "=1+1"]), cells(&["-3", "“”\""])]);
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\u{feff}甲,乙\r\n\"一,二\",'=1+1\r\n-3,\"“”\"\"\"\r\n");
    }
}
