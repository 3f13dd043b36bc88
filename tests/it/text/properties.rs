//! What holds for every text.

use hongtou::text::{
    Adjustment, Analysis, Break, Class, Fit, Measured, Settings, Shape, analyze, fit, fit_balanced,
};
use hongtou::unit::Length;
use proptest::prelude::*;

use super::fake::{EM, OFFICIAL, em, line_text, measure};

/// Pieces that official texts are made of, and some they are not.
const PIECES: &[&str] = &[
    "全国文明城市",
    "工作",
    "的",
    "一是",
    "街道",
    "，",
    "。",
    "、",
    "；",
    "：",
    "？",
    "！",
    "“",
    "”",
    "‘",
    "’",
    "（",
    "）",
    "《",
    "》",
    "〔2019〕12号",
    "——",
    "……",
    "—",
    "～",
    "–",
    "·",
    "/",
    "2019年",
    "3月14日",
    "24座",
    "2.3万余元",
    "44%",
    "25℃",
    "7×24",
    "5+2",
    "Ⅲ-58",
    "①",
    "1.",
    "（一）",
    "logo",
    "mtgccbxcz@163.com",
    "MC00-0100-0001～0003",
    "it’s",
    " ",
    "　",
    "々",
    "葛\u{E0100}",
    "𠮷",
    "👨‍👩‍👧",
    "？！",
    "！！！",
    "№12",
    "￥100",
    "“12345”",
    "e\u{301}",
    "\u{FEFF}",
    "Ａ",
    "ー",
];

fn official_text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..120).prop_map(|pieces| pieces.concat())
}

/// Runs of plain Chinese of any length between the pieces.
fn prose() -> impl Strategy<Value = String> {
    let clause = (1..30_usize, prop::sample::select(PIECES));
    prop::collection::vec(clause, 1..30).prop_map(|clauses| {
        clauses.into_iter().map(|(n, piece)| format!("{}{piece}", "文".repeat(n))).collect()
    })
}

fn settings() -> impl Strategy<Value = Settings> {
    (
        prop::sample::select(vec![0, 125, 250]),
        prop::sample::select(vec![1500, 1000]),
        any::<[bool; 5]>(),
        prop::sample::select(vec![50, 100, 200]),
    )
        .prop_map(|(autospace, pair_min, b, stretch_max)| Settings {
            autospace,
            pair_min,
            line_end_half: b[0],
            line_start_half: b[1],
            indent_half: b[2],
            squeeze_stops: b[3],
            dash_at_start: b[4],
            stretch_max,
        })
}

fn shape() -> impl Strategy<Value = Shape> {
    (4_000..30_000_i64, 0..3_i64, 0..3_i64, prop::bool::weighted(0.8)).prop_map(
        |(width, first, rest, justify)| Shape {
            measure: em(width),
            first_indent: em(first * 1000),
            rest_indent: em(rest * 1000),
            justify,
        },
    )
}

struct Set {
    text: String,
    analysis: Analysis,
    measured: Vec<Measured>,
    shape: Shape,
}

impl Set {
    fn new(text: &str, shape: Shape, settings: &Settings) -> Set {
        let analysis = analyze(text, settings);
        let measured = measure(text, &analysis);
        Set { text: text.to_owned(), analysis, measured, shape }
    }

    fn ways(&self, settings: &Settings, slack: usize) -> Vec<Fit> {
        fit(&self.analysis, &self.measured, &self.shape, settings, slack)
    }

    /// No atom is lost but spaces at line ends, none is set twice, lines are in order.
    fn complete(&self, fit: &Fit) {
        let mut next = 0;
        for line in &fit.lines {
            self.only_spaces(next..line.atoms.start);
            assert!(!line.atoms.is_empty());
            assert_eq!(line.x.len(), line.atoms.len());
            next = line.atoms.end;
        }
        self.only_spaces(next..self.analysis.atoms.len());
    }

    fn only_spaces(&self, atoms: std::ops::Range<usize>) {
        for atom in &self.analysis.atoms[atoms] {
            assert!(
                matches!(atom.class, Class::Space | Class::IdeographicSpace),
                "lost {:?} of {:?}",
                &self.text[atom.range.clone()],
                self.text
            );
        }
    }

    /// Ink is never overprinted, nothing is trimmed but white, and the ends are flush.
    fn placed(&self, fit: &Fit) {
        for (number, line) in fit.lines.iter().enumerate() {
            let last = number + 1 == fit.lines.len();
            let measured = &self.measured[line.atoms.clone()];
            for (i, pair) in measured.windows(2).enumerate() {
                let ink_end = line.x[i] + pair[0].advance - pair[0].blank_after;
                let ink_start = line.x[i + 1] + pair[1].blank_before;
                let text = line_text(&self.text, &self.analysis, line);
                // A unit of rounding may fall between two glyphs.
                assert!(ink_start + Length(2) >= ink_end, "{i} of {text}: {line:?}");
            }
            let indent = if number == 0 { self.shape.first_indent } else { self.shape.rest_indent };
            assert!(line.x[0] + measured[0].blank_before >= indent);
            let end = measured.len() - 1;
            assert!(
                line.end + Length(2)
                    >= line.x[end] + measured[end].advance - measured[end].blank_after
            );
            if self.shape.justify && !last && !fit.overfull && line.atoms.len() > 1 {
                assert_eq!(line.end, self.shape.measure, "{line:?}");
            }
            if !fit.overfull {
                assert!(line.end <= self.shape.measure + Length(line.atoms.len() as i64));
            }
        }
    }

    /// Lines begin and end where the rules let them.
    fn lawful(&self, fit: &Fit, settings: &Settings) {
        if fit.overfull {
            return;
        }
        for (number, line) in fit.lines.iter().enumerate() {
            assert!(line.stretch_per_gap <= settings.stretch_max.max(500));
            assert!(line.squeeze_per_mark <= 500);
            if number == 0 {
                continue;
            }
            let first = &self.analysis.atoms[line.atoms.start];
            let text = line_text(&self.text, &self.analysis, line);
            assert!(matches!(self.analysis.breaks[line.atoms.start], Break::Allowed(_)), "{text}");
            assert!(
                !matches!(
                    first.class,
                    Class::Pause
                        | Class::Stop
                        | Class::Close
                        | Class::Connector
                        | Class::Interpunct
                        | Class::Slash
                ),
                "begins with {text}"
            );
            let before = &fit.lines[number - 1];
            let last = &self.analysis.atoms[before.atoms.end - 1];
            assert!(
                !matches!(last.class, Class::Open | Class::Slash | Class::Circled if !last.western),
                "{text}"
            );
        }
        self.no_single_character(fit);
    }

    fn no_single_character(&self, fit: &Fit) {
        let count = |atoms: std::ops::Range<usize>| {
            self.analysis.atoms[atoms]
                .iter()
                .filter(|atom| {
                    matches!(
                        atom.class,
                        Class::Han
                            | Class::Iteration
                            | Class::Number
                            | Class::Latin
                            | Class::Roman
                            | Class::Circled
                            | Class::Prefix
                            | Class::Postfix
                    )
                })
                .count()
        };
        if let [.., _, last] = &fit.lines[..]
            && count(0..self.analysis.atoms.len()) > 1
        {
            assert!(count(last.atoms.clone()) > 1, "{}", self.text);
        }
    }

    /// What is reported agrees with itself.
    fn reported(&self, fit: &Fit) {
        for line in &fit.lines {
            match line.adjustment {
                Adjustment::None => {
                    assert_eq!((line.stretch_per_gap, line.squeeze_per_mark), (0, 0));
                }
                Adjustment::Squeezed(by) | Adjustment::Stretched(by) => assert!(by > Length::ZERO),
            }
        }
    }
}

/// All that must hold for a text in a shape.
fn check(text: &str, shape: Shape, settings: &Settings) {
    let set = Set::new(text, shape, settings);
    let mut next = 0;
    for atom in &set.analysis.atoms {
        assert_eq!(atom.range.start, next, "atoms cover the text");
        assert!(text.is_char_boundary(atom.range.end) && !atom.range.is_empty());
        next = atom.range.end;
    }
    assert_eq!(next, text.len());
    assert_eq!(set.analysis.breaks.len(), set.analysis.atoms.len());
    assert_eq!(set.analysis.solid.len(), set.analysis.atoms.len());
    assert!(set.analysis.breaks.first().is_none_or(|&b| b == Break::Never));
    let ways = set.ways(settings, 1);
    assert!(!ways.is_empty());
    assert_eq!(ways, set.ways(settings, 1), "the same again");
    let best = set.ways(settings, 0);
    assert_eq!(ways.iter().map(|fit| fit.cost).min(), Some(best[0].cost));
    for pair in ways.windows(2) {
        assert!(pair[0].lines.len() < pair[1].lines.len());
    }
    for fit in ways.iter().chain(&best) {
        set.complete(fit);
        set.placed(fit);
        set.lawful(fit, settings);
        set.reported(fit);
    }
    let title = fit_balanced(&set.analysis, &set.measured, &set.shape, settings);
    set.complete(&title);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn official_texts_are_set_by_the_rules(
        text in official_text(), shape in shape(), settings in settings()
    ) {
        check(&text, shape, &settings);
    }

    #[test]
    fn prose_is_set_by_the_rules(text in prose(), shape in shape(), settings in settings()) {
        check(&text, shape, &settings);
    }

    #[test]
    fn any_text_is_set_without_loss(text in "\\PC{0,200}", shape in shape()) {
        check(&text, shape, &OFFICIAL);
    }

    #[test]
    fn control_characters_do_no_harm(text in any::<String>(), shape in shape()) {
        let set = Set::new(&text, shape, &OFFICIAL);
        for fit in set.ways(&OFFICIAL, 1) {
            set.complete(&fit);
        }
    }

    #[test]
    fn any_measure_is_survived(text in official_text(), advances in prop::collection::vec(-10..40_i64, 1..9), width in -5..60_i64) {
        let analysis = analyze(&text, &OFFICIAL);
        let measured: Vec<Measured> = (0..analysis.atoms.len())
            .map(|i| {
                let a = advances[i % advances.len()];
                Measured { advance: Length(a), em: Length(a / 2), blank_before: Length(a / 3), blank_after: Length(a) }
            })
            .collect();
        let shape = Shape { measure: Length(width), first_indent: Length(7), rest_indent: Length(-3), justify: true };
        for fit in fit(&analysis, &measured, &shape, &OFFICIAL, 2) {
            let lines: usize = fit.lines.iter().map(|line| line.atoms.len()).sum();
            prop_assert!(lines <= analysis.atoms.len());
        }
    }

    #[test]
    fn where_the_roles_change_makes_no_difference(text in prose(), shape in shape(), cut in any::<prop::sample::Index>()) {
        // Another role from some atom on, in a face of the same widths but with more white: where
        // nothing is trimmed beyond a half, the lines are the same.
        let analysis = analyze(&text, &OFFICIAL);
        let measured = measure(&text, &analysis);
        let from = cut.index(analysis.atoms.len());
        let mut changed = measured.clone();
        for m in &mut changed[from..] {
            if m.blank_after > m.blank_before + em(150) { m.blank_after += em(20); }
        }
        let lines = |m: &[Measured]| fit(&analysis, m, &shape, &OFFICIAL, 0);
        prop_assert_eq!(lines(&measured), lines(&changed));
    }
}

#[test]
fn long_paragraphs_are_set_in_linear_time() {
    // Debug builds are slow: the point is that it ends soon, however long the paragraph.
    let text = "推动全国文明城市创建工作，共24座。“双减一加”制（Ⅲ-58城市）".repeat(300);
    let set = Set::new(
        &text,
        Shape {
            measure: em(28_000),
            first_indent: em(2000),
            rest_indent: Length::ZERO,
            justify: true,
        },
        &OFFICIAL,
    );
    let ways = set.ways(&OFFICIAL, 1);
    set.complete(&ways[0]);
    assert!(set.analysis.atoms.len() > 5_000);
    // Text without width, and without places to part.
    let zero = Measured {
        advance: Length::ZERO,
        em: Length(EM),
        blank_before: Length::ZERO,
        blank_after: Length::ZERO,
    };
    let fits = fit(&set.analysis, &vec![zero; set.analysis.atoms.len()], &set.shape, &OFFICIAL, 1);
    set.complete(&fits[0]);
    for text in [
        "（".repeat(5_000),
        "a".repeat(5_000),
        "“‘".repeat(2_500) + &"”".repeat(2_500),
        "1".repeat(5_000),
        " ".repeat(5_000),
    ] {
        let set = Set::new(&text, set.shape, &OFFICIAL);
        let fits = set.ways(&OFFICIAL, 1);
        set.complete(&fits[0]);
    }
}
