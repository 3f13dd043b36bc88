//! Files that no editor means: nothing panics, every finding points into its file, and nothing
//! takes long.

use hongtou::diagnostic::{Code, Diagnostic, Sources, is_hidden, json, render, to_json};
use hongtou::issue;
use proptest::prelude::*;

use crate::dice::Dice;
use crate::fuzz::corpus;
use crate::fuzz::mutate::{Grammar, mutated};

/// Reads a text as an issue and as `hongtou.yaml` and shows what was found.
fn read(text: &str) {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let config = issue::read_config(&sources, file);
    let issue = issue::read_issue(&sources, file, config.as_ref().ok());
    let alone = issue::read_issue(&sources, file, None);
    for findings in [config.err(), issue.err(), alone.err()].into_iter().flatten() {
        assert!(!findings.is_empty());
        check(&sources, &findings);
    }
}

fn check(sources: &Sources, findings: &[Diagnostic]) {
    assert!(findings.len() <= 201);
    for finding in findings {
        let Some(span) = finding.span else {
            assert_eq!(finding.code, Code::More);
            continue;
        };
        let text = &sources.get(span.file).text;
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{finding:?}");
        assert!(!finding.message.is_empty());
        let one = std::slice::from_ref(finding);
        assert!(render(sources, one, true).contains(&sources.get(span.file).name));
        assert!(to_json(sources, one).starts_with('['));
        // Whatever was in the file, nothing of it reaches a terminal as more than text.
        let shown = render(sources, one, false);
        assert!(!shown.contains(|c| c != '\n' && is_hidden(c)), "{shown:?}");
        assert!(!json(&to_json(sources, one)).contains(is_hidden));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text(text in any::<String>()) {
        read(&text);
    }
}

#[test]
fn a_sample_with_slips() {
    let samples = corpus::issues();
    for seed in 0..400 {
        println!("seed {seed}");
        let slipped = mutated(&mut Dice::new(seed), Grammar::Yaml, &samples, 64 << 10);
        read(&String::from_utf8_lossy(&slipped));
    }
}

#[test]
fn hostile_files_end_soon() {
    let head = "masthead: {name: 快报}\nissue: {number: 1, date: 2020-1-2, office: 甲}\n";
    let deep: String = (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let files = [
        "[".repeat(200),
        "[".repeat(1_000_000),
        "{a: ".repeat(200),
        format!("{head}body: {}{}", "[".repeat(200), "]".repeat(200)),
        deep,
        format!("{head}text: {}\n", "甲".repeat(1 << 20)),
        format!("{head}text: {}\n", "甲 ".repeat(3_000)),
        format!("{head}text: \"{}\"\n", "\\u7532".repeat(19_000)),
        format!("{head}items:\n{}", "  - 甲。\n".repeat(30_000)),
        format!("{head}items:\n{}", "  - a: b\n".repeat(10_000)),
        format!("{head}items:\n{}", "  - *a\n".repeat(10_000)),
        format!("a: &a [x,x]\n{}", "b: [*a,*a]\n".repeat(10_000)),
        format!("{head}{}", "k: v\n".repeat(30_000)),
        (0..30_000).map(|n| format!("k{n}: v\n")).collect(),
        format!("{head}text: 甲\n  乙{}丙\n", " ".repeat(1 << 20)),
        format!("{head}text: '甲\n  乙{}丙'\n", " \t".repeat(1 << 20)),
        format!("{head}text: \"{}\"\n", "\\u7532\\n".repeat(400_000)),
        format!("{head}items: [{}]\n", "甲。, ".repeat(60_000)),
        format!("{head}refs: [{}]\n", format!("Ⅲ-1 {}, ", "甲、".repeat(9000)).repeat(20)),
        "\u{feff}".repeat(1000),
        "a\n".repeat(100_000),
        "#\n".repeat(100_000),
        "甲".repeat(2 << 20),
    ];
    for file in files {
        // A reader that is slow in the square of these would take hours: the run would not end.
        read(&file);
    }
}
