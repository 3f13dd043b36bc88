//! A colophon that must stand on an even side (GB/T 33476.2 §7.3.1), by setting of the layout.

use hongtou::page::{Adjusted, Element, Pages, Part, RulePart};

use crate::generator;
use crate::support::pages::{bundled, paginate};

fn even(lines: usize) -> Pages {
    let mut layout = bundled("kuaibao");
    layout.colophon.even_page = true;
    paginate(&generator::lines(lines), layout).expect("it can be set")
}

/// What is on a page: lines of text, whether a colophon, whether a number.
fn on(pages: &Pages, index: usize) -> (usize, bool, bool) {
    let page = &pages.pages[index];
    let lines = pages.report.lines.iter().filter(|line| line.page == page.number).count();
    let colophon = page.elements.iter().any(|element| match element {
        Element::Glyphs(run) => {
            run.block.is_some_and(|block| pages.blocks[block].part == Part::Colophon)
        }
        Element::Rule(rule) => rule.part == RulePart::Colophon,
        Element::Link(_) => false,
    });
    let number = page
        .elements
        .iter()
        .any(|element| matches!(element, Element::Rule(rule) if rule.part == RulePart::PageNumber));
    (lines, colophon, number)
}

/// Whether the page before a colophon without text is blank.
fn behind(adjusted: &Adjusted) -> Option<bool> {
    match adjusted {
        Adjusted::ColophonBehind { blank, .. } => Some(*blank),
        _ => None,
    }
}

/// GB/T 9704 §7.5: a blank side before the colophon has no number, nor has the colophon's after it;
/// every other side has one. GB/T 9704 §7.4.1: the last rule is at the foot.
#[test]
fn the_colophon_stands_at_the_foot_of_an_even_page_at_every_length() {
    let (mut together, mut alone, mut blank) = (0, 0, 0);
    for count in 1..=70 {
        let pages = even(count);
        let sides = pages.pages.len();
        assert_eq!(sides % 2, 0, "{count} lines");
        let beyond = (0..sides).filter(|index| on(&pages, *index).0 == 0).count();
        for index in 0..sides {
            let (lines, colophon, number) = on(&pages, index);
            assert_eq!(colophon, index + 1 == sides, "{count} lines, page {}", index + 1);
            assert_eq!(number, lines > 0 || beyond < 2, "{count} lines, page {}", index + 1);
        }
        let last = pages.pages[sides - 1].elements.iter().filter_map(|element| match element {
            Element::Rule(rule) if rule.part == RulePart::Colophon => Some(rule.y + rule.height),
            _ => None,
        });
        let foot = last.max().expect("a rule");
        assert!((foot.mm() - 262.0).abs() < 0.001, "{count} lines: {}", foot.mm());
        let said: Vec<bool> = pages.report.adjustments.iter().filter_map(behind).collect();
        let wanted = if beyond > 0 { vec![beyond > 1] } else { Vec::new() };
        assert_eq!(said, wanted, "{count} lines: {:?}", pages.report.adjustments);
        match beyond {
            0 => together += 1,
            1 => alone += 1,
            2 => blank += 1,
            _ => panic!("{count} lines: {beyond} sides without text"),
        }
    }
    println!("with text {together}, alone {alone}, after a blank side {blank}");
    assert!(together > 10 && alone > 10 && blank > 0, "{together} {alone} {blank}");
}

#[test]
fn an_issue_without_colophon_needs_no_even_page() {
    let mut layout = bundled("kuaibao");
    layout.colophon.even_page = true;
    let yaml = generator::lines(3);
    let yaml = &yaml[..yaml.find("distribution:").expect("a list")];
    let pages = paginate(yaml, layout).expect("it can be set");
    assert_eq!(pages.pages.len(), 1);
}
