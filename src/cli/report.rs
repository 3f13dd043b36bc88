//! What was made, in words and for programs.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::adjusted;
use super::terminal::Terminal;
use crate::diagnostic::{Count, Diagnostic, Sources, to_json};
use crate::page::{Fallback, LineReport, Pages};
use crate::text::Adjustment;

/// The most adjustments that the one line names.
const SHOWN: usize = 3;

/// One line: the files, pages, lines, fonts that stepped in, what was adjusted; the size of a DOCX
/// with fonts in it, for it goes out by mail.
pub(super) fn summary(files: &[PathBuf], pages: &Pages, with_fonts: Option<usize>) -> String {
    let report = &pages.report;
    let mut parts =
        vec![format!("{}页", pages.pages.len()), format!("正文{}行", report.lines.len())];
    parts.extend(fallbacks(&report.fallbacks));
    parts.extend(report.adjustments.iter().take(SHOWN).map(adjusted::said));
    if report.adjustments.len() > SHOWN {
        parts.push(format!("等共{}处调整（--report 列出全部）", report.adjustments.len()));
    }
    let size = with_fonts.map(|bytes| format!("DOCX嵌入字体后{:.1}兆", bytes as f64 / 1e6));
    parts.extend(size);
    format!("{}：{}", names(files), parts.join("，"))
}

/// The files; those that differ in their ending only are named once: 第155期.pdf、.docx.
fn names(files: &[PathBuf]) -> String {
    let mut names = String::new();
    for (index, file) in files.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &files[before]);
        match (before, file.extension()) {
            (Some(before), Some(ending))
                if before.with_extension("") == file.with_extension("") =>
            {
                names.push_str(&format!("、.{}", ending.display()));
            }
            (before, _) => {
                names.push_str(if before.is_some() { "、" } else { "" });
                names.push_str(&path(file));
            }
        }
    }
    names
}

/// “★”用思源宋体代替, the characters of a face together.
fn fallbacks(fallbacks: &[Fallback]) -> Vec<String> {
    let mut faces: Vec<(&str, String)> = Vec::new();
    for fallback in fallbacks {
        let shown = match faces.iter_mut().find(|(face, _)| *face == fallback.face) {
            Some((_, shown)) => shown,
            None => {
                faces.push((&fallback.face, String::new()));
                &mut faces.last_mut().expect("just pushed").1
            }
        };
        if !shown.contains(fallback.character) {
            shown.push(fallback.character);
        }
    }
    faces.into_iter().map(|(face, shown)| format!("“{shown}”用{face}代替")).collect()
}

/// Line by line, how far the text is from the grid, and the whole in the end.
pub(super) fn lines(pages: &Pages, terminal: &Terminal) {
    for adjustment in pages.report.adjustments.iter().skip(SHOWN) {
        terminal.say(&format!("另有调整：{}", adjusted::said(adjustment)));
    }
    terminal.say("  页  行  顶边距纸边  偏离字格  调整      文字");
    for line in &pages.report.lines {
        terminal.say(&row(line));
    }
    terminal.say(&totals(&pages.report.lines));
}

fn row(line: &LineReport) -> String {
    // Han characters take two columns, so what has them is padded here by hand.
    let adjustment = match line.adjustment {
        Adjustment::None => "—       ".to_owned(),
        Adjustment::Squeezed(by) => format!("压{:.2}mm", by.mm()),
        Adjustment::Stretched(by) => format!("拉{:.2}mm", by.mm()),
    };
    format!(
        "{:>4}{:>4}{:>10.3}mm{:>8.3}mm  {adjustment}  {}",
        line.page,
        line.row + 1,
        line.top.mm(),
        line.off_grid.mm(),
        line.text
    )
}

/// How many justified lines stand on the grid, and the most that any line was adjusted.
fn totals(lines: &[LineReport]) -> String {
    let justified = lines.iter().filter(|line| line.justified).count();
    // A thousandth of a millimetre is what rounding can leave.
    let exact = |line: &&LineReport| line.justified && line.off_grid.mm() < 0.001;
    let on_grid = lines.iter().filter(exact).count();
    let most = |of: fn(&LineReport) -> i64| lines.iter().map(of).max().unwrap_or(0) as f64 / 1000.0;
    format!(
        "两端对齐{justified}行，其中{on_grid}行各字都在字格上；标点最多压缩{:.3}字，字间最多拉开{:.3}字",
        most(|line| line.squeeze_per_mark),
        most(|line| line.stretch_per_gap)
    )
}

/// One issue for programs.
pub(super) fn json(
    input: &str,
    files: &[PathBuf],
    pages: Option<&Pages>,
    with_lines: bool,
    sources: &Sources,
    findings: &[Diagnostic],
) -> Value {
    let files: Vec<String> = files.iter().map(|file| path(file)).collect();
    let object = json!({ "input": input, "ok": pages.is_some(), "files": files });
    let mut object = with_findings(object, sources, findings);
    if let Some(pages) = pages {
        let report = &pages.report;
        object["pages"] = json!(pages.pages.len());
        object["lines"] = json!(report.lines.len());
        object["fallbacks"] = report
            .fallbacks
            .iter()
            .map(|f| json!({"character": f.character, "font": f.face, "field": f.field}))
            .collect();
        object["adjustments"] = report.adjustments.iter().map(adjusted::said).collect();
        if with_lines {
            object["grid"] = report.lines.iter().map(line_json).collect();
        }
    }
    object
}

/// An object with findings: as many as are listed, and how many there are.
pub(super) fn with_findings(
    mut object: Value,
    sources: &Sources,
    findings: &[Diagnostic],
) -> Value {
    object["findings"] = to_json(sources, findings).parse().unwrap_or_default();
    object["findings_total"] = json!(Count::of(findings).total());
    object
}

fn line_json(line: &LineReport) -> Value {
    let (squeezed, stretched) = match line.adjustment {
        Adjustment::None => (0.0, 0.0),
        Adjustment::Squeezed(by) => (by.mm(), 0.0),
        Adjustment::Stretched(by) => (0.0, by.mm()),
    };
    json!({
        "page": line.page,
        "row": line.row + 1,
        "top_mm": line.top.mm(),
        "off_grid_mm": line.off_grid.mm(),
        "justified": line.justified,
        "squeezed_mm": squeezed,
        "stretched_mm": stretched,
        "text": line.text,
    })
}

fn path(path: &Path) -> String {
    path.display().to_string()
}
