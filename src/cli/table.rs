//! Tables on a terminal, where a Chinese character takes two columns.

use unicode_width::UnicodeWidthStr;

/// Lines of a table: its columns stand under each other, two spaces between.
pub(super) fn lines(head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.chain([head[column].width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut out = String::new();
        for (cell, width) in cells.zip(&widths) {
            out.push_str(cell);
            out.push_str(&" ".repeat(width + 2 - cell.width()));
        }
        out.trim_end().to_owned()
    };
    let mut lines = vec![line(&mut head.iter().copied())];
    lines.extend(rows.iter().map(|row| line(&mut row.iter().map(String::as_str))));
    lines
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_stand_under_each_other() {
        let rows = [vec!["区委".to_owned(), "a".to_owned()], vec![String::new(), "bb".to_owned()]];
        assert_eq!(super::lines(&["组", "邮箱"], &rows), ["组    邮箱", "区委  a", "      bb"]);
    }
}
