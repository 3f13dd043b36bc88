//! The vectors of `tests/vectors/`; its README says where each comes from.

use std::collections::BTreeMap;

use hongtou::text::{Analysis, Break, Settings, analyze};
use serde_json::Value;

use super::fake::{OFFICIAL, em, measure, ragged, set, texts};

fn read(name: &str) -> Value {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("vectors")).expect("JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

/// Whether a line may begin with the character at this byte without an emergency.
pub fn may_break(analysis: &Analysis, byte: usize) -> bool {
    analysis.atoms.iter().zip(&analysis.breaks).any(|(atom, &b)| {
        atom.range.start == byte && matches!(b, Break::Allowed(cost) if cost < 1_000_000)
    })
}

#[test]
fn gb_break_rules() {
    let vectors = read("gb-break-rules.json");
    let vectors = vectors.as_array().expect("a list");
    assert_eq!(vectors.len(), 28);
    for vector in vectors {
        let line = text(&vector["text"]);
        let index = vector["index"].as_u64().expect("a number") as usize;
        let byte = line.char_indices().nth(index).expect("a character").0;
        assert_eq!(
            may_break(&analyze(line, &OFFICIAL), byte),
            vector["break_allowed"].as_bool().expect("a truth value"),
            "{vector}"
        );
    }
}

#[test]
fn chinese_line_breaks_of_the_web_platform_tests() {
    let file = read("zh-line-break.json");
    let strict: Vec<&Value> = file["vectors"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|vector| vector["level"] == "strict")
        .collect();
    assert_eq!(strict.len(), 35);
    for vector in strict {
        let line = text(&vector["text"]);
        let expected: Vec<&str> = vector["expected_lines_at_6cells"]
            .as_array()
            .expect("a list")
            .iter()
            .map(text)
            .collect();
        let fit = set(line, &ragged(6000), &OFFICIAL);
        assert_eq!(texts(line, &fit, &OFFICIAL), expected, "{vector}");
    }
}

/// The width of each character inside a line: F or H.
fn shapes(line: &str, settings: &Settings) -> String {
    // Han on both sides keeps the edges of the line out of it.
    let line = format!("国{line}国");
    let fit = set(&line, &ragged(100_000), settings);
    let analysis = analyze(&line, settings);
    let measured = measure(&line, &analysis);
    let placed = &fit.lines[0];
    let mut shapes = String::new();
    for i in 1..analysis.atoms.len() - 1 {
        // Ink is where the glyph is drawn: from its neighbours' ink the trimmed white follows.
        let trimmed_before = match i {
            1 => placed.x[0] + measured[0].advance - placed.x[1],
            _ => trimmed_between(&placed.x, &measured, i).1,
        };
        let trimmed_after = trimmed_between(&placed.x, &measured, i + 1).0;
        let opening = analysis.atoms[i].class == hongtou::text::Class::Open;
        let trimmed = if opening { trimmed_before } else { trimmed_after };
        shapes.push(if trimmed == em(500) { 'H' } else { 'F' });
        assert!(trimmed == em(500) || trimmed.0 == 0, "{line}: {trimmed}");
    }
    shapes
}

/// What two neighbours lost between them, parted by the rule that only closing marks lose white
/// after and only opening ones before: which of them it was shows in the ink, never in both.
fn trimmed_between(
    x: &[hongtou::unit::Length],
    measured: &[hongtou::text::Measured],
    i: usize,
) -> (hongtou::unit::Length, hongtou::unit::Length) {
    let lost = x[i - 1] + measured[i - 1].advance - x[i];
    let white_before = measured[i].blank_before > measured[i].blank_after;
    let white_after = measured[i - 1].blank_after > measured[i - 1].blank_before;
    match (white_after, white_before) {
        (true, false) => (lost, hongtou::unit::Length::ZERO),
        (false, true) => (hongtou::unit::Length::ZERO, lost),
        // ）（: the opening one gives way; 《《 and 》》 cannot come here twice.
        (true, true) => (hongtou::unit::Length::ZERO, lost),
        (false, false) => (lost, lost),
    }
}

#[test]
fn punctuation_widths() {
    let file = read("punctuation-width.json");
    let vectors = file["vectors"].as_array().expect("a list");
    assert_eq!(vectors.len(), 332);
    for vector in vectors {
        let line = text(&vector["text"]);
        assert_eq!(shapes(line, &OFFICIAL), text(&vector["expect"]), "{vector}");
    }
}

#[test]
fn punctuation_widths_at_the_line_edge() {
    let file = read("punctuation-width.json");
    let vectors = file["line_edge"].as_array().expect("a list");
    assert_eq!(vectors.len(), 4);
    for vector in vectors {
        // One more character: the last line of （国 alone is what GB/T 15834 §5.1.11 avoids.
        let more = if text(&vector["mode"]) == "allow-end" { "" } else { "国" };
        let line = &format!("{}{more}", text(&vector["text"]));
        let width = (vector["width_em"].as_f64().expect("a number") * 1000.0) as i64;
        let mode = text(&vector["mode"]);
        let settings = Settings {
            line_start_half: !mode.starts_with("normal"),
            indent_half: mode == "trim-start",
            line_end_half: mode == "allow-end",
            ..OFFICIAL
        };
        let fit = set(line, &ragged(width), &settings);
        if let Some(lines) = vector.get("lines") {
            let mut expected: Vec<String> =
                lines.as_array().expect("a list").iter().map(|l| text(l).to_owned()).collect();
            if let Some(last) = expected.last_mut() {
                last.push_str(more);
            }
            assert_eq!(texts(line, &fit, &settings), expected, "{vector}");
        }
        for (line, shape) in fit.lines.iter().zip(vector["starts"].as_str().unwrap_or("").chars()) {
            let trimmed = if shape == 'H' { -500 } else { 0 };
            assert_eq!(line.x[0], em(trimmed), "{vector}");
        }
        for (line, shape) in fit.lines.iter().zip(vector["ends"].as_str().unwrap_or("").chars()) {
            assert_eq!(line.end, em(if shape == 'H' { 3500 } else { 4000 }), "{vector}");
        }
    }
}

#[test]
fn gaps_between_han_and_western() {
    let file = read("autospace.json");
    let settings = Settings { autospace: 125, ..OFFICIAL };
    let vectors = file["vectors"].as_array().expect("a list");
    assert_eq!(vectors.len(), 7);
    for vector in vectors {
        let line = text(&vector["text"]);
        let analysis = analyze(line, &settings);
        let measured = measure(line, &analysis);
        let fit = set(line, &ragged(100_000), &settings);
        let mut shown = String::new();
        let mut pen = em(0);
        for (i, atom) in analysis.atoms.iter().enumerate() {
            // A mark's own trim does not count: only what was added.
            if fit.lines[0].x[i] > pen {
                assert_eq!(fit.lines[0].x[i] - pen, em(125), "{vector}");
                shown.push('|');
            }
            shown.push_str(&line[atom.range.clone()]);
            pen = fit.lines[0].x[i] + measured[i].advance;
        }
        assert_eq!(shown, text(&vector["expect"]), "{vector}");
    }
    for vector in file["edge"].as_array().expect("a list") {
        let line = text(&vector["text"]);
        let width = vector["width_em"].as_i64().expect("a number") * 1000;
        let expected: Vec<&str> =
            vector["lines"].as_array().expect("a list").iter().map(text).collect();
        let fit = set(line, &ragged(width), &settings);
        assert_eq!(texts(line, &fit, &settings), expected, "{vector}");
        assert_eq!(fit.lines[0].end, em(4000));
        assert_eq!(fit.lines[1].end, em(1625));
    }
}

/// A line of LineBreakTest: the text and whether a line may begin at each of its characters.
fn parse(line: &str) -> (String, Vec<(usize, bool)>) {
    let mut text = String::new();
    let mut boundaries = Vec::new();
    let mut allowed = false;
    for token in line.split('#').next().unwrap_or("").split_whitespace() {
        match token {
            "÷" => allowed = true,
            "×" => allowed = false,
            code => {
                boundaries.push((text.len(), allowed));
                let value = u32::from_str_radix(code, 16).expect("a code point");
                text.push(char::from_u32(value).expect("a character"));
            }
        }
    }
    (text, boundaries)
}

/// The committed departures: line of the vectors and boundary (in characters) → reason.
fn departures() -> BTreeMap<(usize, usize), String> {
    let path = format!("{}/tests/vectors/uax14-departures.txt", env!("CARGO_MANIFEST_DIR"));
    let mut reason = String::new();
    let mut departures = BTreeMap::new();
    for line in std::fs::read_to_string(path).expect("departures").lines() {
        if let Some(text) = line.strip_prefix("## ") {
            reason = text.to_owned();
        } else if let Some((place, _)) = line.split_once('\t') {
            let (line, boundary) = place.split_once(':').expect("line:boundary");
            departures.insert(
                (line.parse().expect("a number"), boundary.parse().expect("a number")),
                reason.clone(),
            );
        }
    }
    departures
}

#[test]
fn uax14_but_for_the_listed_departures() {
    let path = format!("{}/tests/vectors/uax14-cjk-17.0.txt", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path).expect("vectors");
    let cases: Vec<(usize, &str)> = file
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        .collect();
    assert_eq!(cases.len(), 673);
    let mut listed = departures();
    let mut wrong = Vec::new();
    for (number, line) in cases {
        let (text, boundaries) = parse(line);
        let analysis = analyze(&text, &OFFICIAL);
        for (character, &(byte, allowed)) in boundaries.iter().enumerate().skip(1) {
            if may_break(&analysis, byte) == allowed {
                continue;
            }
            if listed.remove(&(number + 1, character)).is_none() {
                let code = |c: Option<char>| format!("U+{:04X}", c.map_or(0, |c| c as u32));
                let sign = if allowed { '×' } else { '÷' };
                let before = code(text[..byte].chars().next_back());
                let after = code(text[byte..].chars().next());
                wrong.push(format!("{}:{character}\t{before} {sign} {after}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(listed.is_empty(), "listed, but no departure any more: {listed:?}");
}
