//! The paragraphs of issue 155 on 28 cells: how much the lines must be adjusted.

use hongtou::text::{Adjustment, Line, Settings, analyze};

use super::fake::{OFFICIAL, line_text, paragraph, set};

fn paragraphs() -> Vec<String> {
    let path = format!("{}/tests/vectors/issue-155-paragraphs.txt", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("paragraphs").lines().map(str::to_owned).collect()
}

/// What became of the lines.
#[derive(Debug, Default)]
struct Figures {
    lines: usize,
    justified: usize,
    exact: usize,
    squeezed: usize,
    stretched: usize,
    most_stretch: i64,
    most_squeeze: i64,
}

impl Figures {
    fn of(settings: &Settings) -> Figures {
        let mut figures = Figures::default();
        for text in paragraphs() {
            let fit = set(&text, &paragraph(28), settings);
            assert!(!fit.overfull, "{text}");
            let last = fit.lines.len() - 1;
            for (i, line) in fit.lines.iter().enumerate() {
                figures.count(line, i == last);
                if std::env::var_os("SHOW_LINES").is_some() {
                    let analysis = analyze(&text, settings);
                    println!("{:?}\t{}", line.adjustment, line_text(&text, &analysis, line));
                }
            }
        }
        figures
    }

    fn count(&mut self, line: &Line, last: bool) {
        self.lines += 1;
        self.most_stretch = self.most_stretch.max(line.stretch_per_gap);
        self.most_squeeze = self.most_squeeze.max(line.squeeze_per_mark);
        self.justified += usize::from(!last);
        match line.adjustment {
            Adjustment::None => self.exact += usize::from(!last),
            Adjustment::Squeezed(_) => self.squeezed += 1,
            Adjustment::Stretched(_) => self.stretched += 1,
        }
    }
}

#[test]
fn the_lines_of_issue_155_are_hardly_adjusted() {
    for autospace in [0, 125, 250] {
        let figures = Figures::of(&Settings { autospace, ..OFFICIAL });
        println!("autospace {autospace}: {figures:?}");
        assert!((72..=74).contains(&figures.lines), "{figures:?}");
        // The gaps beside digits are widened first, to ⅓ em.
        let most = if autospace == 0 { 50 } else { 333 - autospace + 60 };
        assert!(figures.most_stretch <= most, "{figures:?}");
    }
    let figures = Figures::of(&OFFICIAL);
    assert!(figures.exact * 2 > figures.justified, "{figures:?}");
}
