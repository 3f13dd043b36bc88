//! A chart of statistics as SVG, to be put into a report: bars that lie, sorted, each with its
//! label and number. Text stays text, in fonts that Chinese systems have.
//!
//! Written here and not with a charting library: those at hand measure text with Latin fonts or
//! not at all, so Chinese labels are cut or run into the bars, and bring a drawing engine for what
//! are a few rectangles. Only attributes that Word and WPS know are used: no style sheets, no
//! `dominant-baseline`.

use std::fmt::Write;

use super::{Dimension, Row, Statistics};
use crate::archive::markup::escape;
use crate::archive::period::span;

/// Tenths of a millimetre: the text area of an official document is 156 mm wide.
const WIDTH: u32 = 1560;

/// And 225 mm high: what is taller is set closer.
const HEIGHT: u32 = 2250;

/// The most bars; the rest is told in a note.
const BARS: usize = 60;

/// The widest that labels may be before they are set on several lines.
const LABELS: u32 = 620;

const GAP: u32 = 24;
const TITLE: u32 = 48;
const SUBTITLE: u32 = 32;
const NOTE: u32 = 26;
/// From bar to bar, and the least it may be.
const PITCH: (u32, u32) = (62, 34);
/// The size of labels, and the least it may be.
const LABEL: (u32, u32) = (32, 25);

/// The red of the masthead, and what is not red.
const RED: &str = "#d7000f";
const BAR: &str = "#5f6b76";
const TEXT: &str = "#1a1a1a";
const PALE: &str = "#666666";

/// Sans-serif, as titles and labels of charts are: what Windows, WPS, macOS and Linux have.
const FONTS: &str = "'Microsoft YaHei','微软雅黑','PingFang SC','Source Han Sans SC','Noto Sans CJK SC','Noto Sans SC','SimHei','黑体',sans-serif";

/// The chart of these statistics; the title is made from them unless one is given.
pub fn svg(statistics: &Statistics, title: Option<&str>) -> String {
    let title = title.map_or_else(|| self::title(statistics), str::to_owned);
    let rows: Vec<&Row> = statistics.rows.iter().filter(|row| !row.nameless).collect();
    let (rest, shown) = match statistics.per.is_time() {
        true => rows.split_at(rows.len().saturating_sub(BARS)),
        false => {
            let (shown, rest) = rows.split_at(rows.len().min(BARS));
            (rest, shown)
        }
    };
    // Ascenders of some fonts are higher than their size.
    let mut drawing = Drawing { y: GAP / 2, ..Drawing::default() };
    drawing.head(&title, &subtitle(statistics));
    match shown.is_empty() {
        true => drawing.lines("这一时期没有可以统计的信息", LABEL.0, PALE, WIDTH),
        false => drawing.bars(statistics.per, shown),
    }
    drawing.y += GAP;
    for note in notes(statistics, rest) {
        drawing.lines(&note, NOTE, PALE, WIDTH);
    }
    drawing.finish(&title)
}

/// What statistics are called.
pub fn title(statistics: &Statistics) -> String {
    let bulletin = match statistics.bulletins.as_slice() {
        [one] => one.as_str(),
        _ => "",
    };
    format!("{bulletin}信息采用统计（按{}）", statistics.per.chinese())
}

fn subtitle(statistics: &Statistics) -> String {
    let Statistics { issues, items, .. } = statistics;
    let named = statistics.rows.iter().filter(|row| !row.nameless);
    let uses: u32 = named.map(|row| row.count).sum();
    let period = match (statistics.from, statistics.to) {
        (Some(from), Some(to)) => span(from, to) + "　",
        _ => String::new(),
    };
    let uses = if *items == uses { String::new() } else { format!("，计{uses}条次") };
    format!("{period}{issues}期、{items}条信息{uses}")
}

fn notes(statistics: &Statistics, rest: &[&Row]) -> Vec<String> {
    let mut notes = Vec::new();
    if !rest.is_empty() {
        let sum: u32 = rest.iter().map(|row| row.count).sum();
        notes.push(format!(
            "另有{}个{}共{sum}条，没有画出。",
            rest.len(),
            statistics.per.chinese()
        ));
    }
    let nameless = statistics.rows.iter().filter(|row| row.nameless && row.count > 0);
    let nameless: Vec<String> =
        nameless.map(|row| format!("{}{}条", row.name, row.count)).collect();
    if !nameless.is_empty() {
        notes.push(format!("另有{}，没有画出。", nameless.join("、")));
    }
    notes.push(format!("注：{}。", statistics.notes.join("；")));
    notes.push(format!("数据来源：{}存档。", source(&statistics.bulletins)));
    notes
}

/// The bulletins; of many the first few.
fn source(bulletins: &[String]) -> String {
    const NAMED: usize = 3;
    match bulletins.len() {
        0..=NAMED => bulletins.join("、"),
        count => format!("{}等{count}份简报", bulletins[..NAMED].join("、")),
    }
}

/// What is drawn so far, and how far down.
#[derive(Default)]
struct Drawing {
    body: String,
    y: u32,
}

impl Drawing {
    fn head(&mut self, title: &str, subtitle: &str) {
        self.lines(title, TITLE, TEXT, WIDTH);
        self.y += 8;
        self.lines(subtitle, SUBTITLE, PALE, WIDTH);
        self.y += 12;
        self.rect(0, self.y, WIDTH, 6, RED);
        self.y += 6 + GAP;
    }

    fn bars(&mut self, per: Dimension, rows: &[&Row]) {
        let left = HEIGHT.saturating_sub(self.y + 160);
        let pitch = (left / rows.len().max(1) as u32).clamp(PITCH.1, PITCH.0);
        let size = (pitch * 4 / 5).clamp(LABEL.1, LABEL.0);
        let labels: Vec<Vec<String>> =
            rows.iter().map(|row| wrap(&label(per, row), size, LABELS)).collect();
        let widest = labels.iter().flatten().map(|line| width(line, size)).max().unwrap_or(0);
        let most = rows.iter().map(|row| row.count).max().unwrap_or(0).max(1);
        let value = width(&most.to_string(), size) + GAP;
        let start = widest + GAP;
        let room = WIDTH - start - value;
        let thick = pitch * 11 / 20;
        let top = self.y;
        for (row, lines) in rows.iter().zip(&labels) {
            let height = pitch.max(lines.len() as u32 * size * 6 / 5 + 8);
            let middle = self.y + height / 2;
            let block = lines.len() as u32 * size * 6 / 5;
            for (line, at) in lines.iter().zip(0_u32..) {
                let baseline = middle - block / 2 + at * size * 6 / 5 + size;
                self.text(start - GAP / 2, baseline, size, TEXT, "end", line);
            }
            let long = room * row.count / most;
            let first = row.rank == Some(1) || (per.is_time() && row.count == most);
            let color = if first { RED } else { BAR };
            self.rect(start, middle - thick / 2, long, thick, color);
            // Digits are about 0.72 em high.
            let baseline = middle + size * 36 / 100;
            self.text(
                start + long + GAP / 2,
                baseline,
                size,
                TEXT,
                "start",
                &row.count.to_string(),
            );
            self.y += height;
        }
        self.rect(start, top, 2, self.y - top, PALE);
    }

    /// Text on as many lines as it needs.
    fn lines(&mut self, text: &str, size: u32, color: &str, room: u32) {
        for line in wrap(text, size, room) {
            self.y += size * 13 / 10;
            self.text(0, self.y - size * 3 / 10, size, color, "start", &line);
        }
    }

    fn text(&mut self, x: u32, y: u32, size: u32, color: &str, anchor: &str, text: &str) {
        let weight = if size == TITLE { " font-weight=\"bold\"" } else { "" };
        let text = escape(text);
        let _ = writeln!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight} fill=\"{color}\" text-anchor=\"{anchor}\">{text}</text>"
        );
    }

    fn rect(&mut self, x: u32, y: u32, width: u32, height: u32, color: &str) {
        if width > 0 {
            let _ = writeln!(
                self.body,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{color}\"/>"
            );
        }
    }

    fn finish(self, title: &str) -> String {
        let height = self.y + GAP / 2;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\" height=\"{}.{}mm\" \
             viewBox=\"0 0 {WIDTH} {height}\" font-family=\"{FONTS}\">\n\
             <title>{}</title>\n\
             <rect x=\"0\" y=\"0\" width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            WIDTH / 10,
            height / 10,
            height % 10,
            escape(title),
            self.body
        )
    }
}

fn label(per: Dimension, row: &Row) -> String {
    match (per, &row.title, row.name.split_once('-')) {
        (Dimension::Month, _, Some((year, month))) => {
            format!("{year}年{}月", month.trim_start_matches('0'))
        }
        (_, Some(title), _) => format!("{} {title}", row.name),
        _ => row.name.clone(),
    }
}

/// A text in lines no wider than this. Between any two Chinese characters a line may end.
fn wrap(text: &str, size: u32, room: u32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for c in text.chars() {
        let line = lines.last_mut().expect("there is one");
        // Closing marks hang over rather than begin a line.
        let hangs = "，。、；：）”》".contains(c);
        if width(line, size) + width(&c.to_string(), size) > room && !hangs {
            lines.push(c.to_string());
        } else {
            line.push(c);
        }
    }
    lines
}

/// How wide a text is, at most: the fonts are those of whoever looks at it.
fn width(text: &str, size: u32) -> u32 {
    let hundredths: u32 = text
        .chars()
        .map(|c| match c {
            '0'..='9' | 'a'..='z' | ' ' | '-' | '.' => 60,
            c if c.is_ascii() => 78,
            _ => 100,
        })
        .sum();
    (hundredths * size).div_ceil(100)
}
