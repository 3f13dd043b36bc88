//! Tables on a terminal: Han characters are two columns wide.

/// How wide a text is on a terminal.
fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// Rows under their heading, each column as wide as its widest cell. Columns of numbers stand to
/// the right.
pub(in crate::cli) fn table(heading: &[&str], numbers: &[usize], rows: &[Vec<String>]) -> String {
    let heading: Vec<String> = heading.iter().map(|text| (*text).to_owned()).collect();
    let all = || std::iter::once(&heading).chain(rows);
    let columns = heading.len();
    let widths: Vec<usize> = (0..columns)
        .map(|column| all().filter_map(|row| row.get(column)).map(|c| width(c)).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in all() {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let space = " ".repeat(widths[column].saturating_sub(width(cell)));
            let between = if column == 0 { "" } else { "  " };
            line.push_str(between);
            match numbers.contains(&column) {
                true => line.push_str(&format!("{space}{cell}")),
                false => line.push_str(&format!("{cell}{space}")),
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.pop();
    text
}
