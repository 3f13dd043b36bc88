use super::{Code, Diagnostic, FileId, Sources, Span, render, to_json};

fn at(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap() as u32;
    Span { file: FileId(0), start, end: start + part.len() as u32 }
}

fn shown(text: &str, span: Span) -> String {
    let mut sources = Sources::default();
    sources.add("期刊.yaml", text);
    render(&sources, &[Diagnostic::error(Code::Fault, span, "不对").with_help("改")], false)
        .to_string()
}

#[test]
fn line_column_caret_and_help() {
    let text = "甲: 1\n城子街道: “痛点”乙\n丙: 2\n";
    assert_eq!(
        shown(text, at(text, "“痛点”")),
        "错误：不对\n --> 期刊.yaml:2:7\n  |\n2 | 城子街道: “痛点”乙\n  |           ^^^^^^\n  |\n  = 怎么改：改\n\n"
    );
}

#[test]
fn a_place_of_several_lines_is_shown_by_its_first() {
    let text = "甲:\n  - 乙\n  - 丙\n";
    let shown = shown(text, at(text, "- 乙\n  - 丙"));
    assert!(shown.contains("期刊.yaml:2:3") && !shown.contains("丙"), "{shown}");
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!("a: {}错{}\n", "甲".repeat(400), "乙".repeat(400));
    let shown = shown(&text, at(&text, "错"));
    assert!(shown.contains("期刊.yaml:1:404"), "{shown}");
    assert!(
        shown.contains('错') && shown.lines().all(|line| line.chars().count() < 120),
        "{shown}"
    );
}

#[test]
fn a_long_place_is_shown_by_its_beginning() {
    let text = format!("a: {}\n", "甲".repeat(4000));
    let shown = shown(&text, at(&text, &"甲".repeat(4000)));
    assert!(shown.contains("期刊.yaml:1:4"), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() < 120), "{shown}");
}

#[test]
fn ends_of_files_and_odd_places_are_no_trouble() {
    for text in ["", "\n", "甲", "甲\r\n", "\u{feff}甲: 1\n"] {
        let last = text.len() as u32;
        for (start, end) in [(0, 0), (0, last), (last, last), (1, 2), (900, 999)] {
            let span = Span { file: FileId(0), start, end };
            let shown = shown(text, span);
            assert!(shown.contains("期刊.yaml:"), "{text:?} {span:?}: {shown}");
        }
    }
}

#[test]
fn a_byte_order_mark_is_no_column() {
    let text = "\u{feff}甲: 1\n";
    assert!(shown(text, at(text, "甲")).contains("期刊.yaml:1:1\n"));
    let mut sources = Sources::default();
    sources.add("a", text);
    let json = to_json(&sources, &[Diagnostic::error(Code::Fault, at(text, "1"), "不对")]);
    assert!(json.contains("\"column\":4"), "{json}");
}

#[test]
fn a_finding_without_a_place() {
    let sources = Sources::default();
    assert_eq!(
        &*render(&sources, &[Diagnostic::general(Code::Fault, "不行")], false),
        "错误：不行\n\n"
    );
}

#[test]
fn a_finding_is_small() {
    assert!(size_of::<Diagnostic>() <= 128, "{}", size_of::<Diagnostic>());
}

#[test]
fn programs_are_told_the_code() {
    let json = to_json(&Sources::default(), &[Diagnostic::general(Code::FontMissingGlyph, "不行")]);
    assert!(json.contains("\"code\":\"font/missing-glyph\""), "{json}");
}
