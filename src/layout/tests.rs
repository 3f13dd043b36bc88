//! Tests of the bundled layouts and of the reader's limits.

use super::*;
use crate::diagnostic::{Sources, render};
use crate::unit::Length;
use crate::yaml::{Node, Value, parse};

fn bundled_layout(name: &str) -> Layout {
    let mut sources = Sources::default();
    match read_bundled(&mut sources, name) {
        Some(Ok(layout)) => layout,
        Some(Err(errors)) => panic!("{}", render(&sources, &errors, false)),
        None => panic!("no layout {name}"),
    }
}

fn near(length: Length, mm: f64) -> bool {
    (length.mm() - mm).abs() < 0.00005
}

#[test]
fn every_bundled_layout_reads() {
    for name in bundled_names() {
        let layout = bundled_layout(name);
        assert_eq!(layout.name, name);
        assert_eq!(layout.styles.len(), Role::ALL.len());
    }
    assert!(bundled_names().is_sorted());
    assert!(bundled("no-such").is_none());
}

/// GB/T 9704 §5.1 and §5.2.1: A4, 37 mm above, 28 mm at the binding edge, 156 × 225 mm.
#[test]
fn the_page_is_the_standards() {
    let page = bundled_layout("kuaibao").page;
    assert_eq!((page.width, page.height), (Length::from_mm(210.0), Length::from_mm(297.0)));
    assert_eq!(page.row_top(0), Length::from_mm(37.0));
    assert_eq!(page.row_top(21) + page.size, page.bottom());
    assert!(near(page.bottom(), 262.0), "{}", page.bottom().mm());
    assert!(near(page.left(1), 28.0) && near(page.left(3), 28.0));
    // §6.3: bound at the left, so the back has the binding edge on its right.
    assert!(near(page.left(2), 26.0));
}

/// GB/T 9704 §5.2.3: 22 lines of 28 characters that fill the type area.
#[test]
fn the_grid_fills_the_type_area() {
    let page = bundled_layout("kuaibao").page;
    assert_eq!((page.lines, page.characters), (22, 28));
    assert!((page.cell().mm() - 5.571_43).abs() < 0.0001, "{}", page.cell().mm());
    assert!((page.pitch().mm() - 10.445_5).abs() < 0.0001, "{}", page.pitch().mm());
    assert!((page.pitch().pt() - 29.609).abs() < 0.001);
    for row in 1..22 {
        let step = page.row_top(row) - page.row_top(row - 1) - page.pitch();
        assert!(step.abs() <= Length(1), "row {row}");
    }
}

/// GB/T 9704 §5.2.2, §7.3.1, §7.3.3, §7.4.2, §7.5: kinds and sizes of type.
#[test]
fn type_is_the_standards() {
    let layout = bundled_layout("kuaibao");
    for (role, typeface, pt) in [
        (Role::Body, Typeface::Fangsong, 16.0),
        (Role::Title, Typeface::Xiaobiaosong, 22.0),
        (Role::Heading1, Typeface::Heiti, 16.0),
        (Role::Heading2, Typeface::Kaiti, 16.0),
        (Role::Heading3, Typeface::Fangsong, 16.0),
        (Role::Classification, Typeface::Heiti, 16.0),
        (Role::DistributionNames, Typeface::Fangsong, 14.0),
        (Role::Imprint, Typeface::Fangsong, 14.0),
        (Role::PageNumber, Typeface::Songti, 14.0),
    ] {
        let style = layout.style(role);
        assert_eq!((style.typeface, style.size), (typeface, Length::from_pt(pt)), "{role:?}");
    }
    assert_eq!(layout.style(Role::Body).indent, 2000);
    assert_eq!(layout.style(Role::Title).indent, 0, "centred lines have no indent");
    // §7.4.2: the colophon keeps one character free on both sides.
    let names = layout.style(Role::DistributionNames);
    assert_eq!((names.left, names.right, names.indent), (1000, 1000, 0));
}

/// Only the first sentence of a point is bold, not the whole lead of an item.
#[test]
fn points_are_bold_and_leads_are_not() {
    for name in bundled_names() {
        let layout = bundled_layout(name);
        assert!(layout.style(Role::Point).bold > 0, "{name}");
        assert_eq!(layout.style(Role::Lead), layout.style(Role::Body), "{name}");
    }
}

/// GB/T 9704 §6.2: red is magenta 80, yellow 80; black is 100.
#[test]
fn inks_are_the_standards() {
    let layout = bundled_layout("kuaibao");
    assert_eq!(layout.ink("red").cmyk, [0, 80, 80, 0]);
    assert_eq!(layout.ink("black").cmyk, [0, 0, 0, 100]);
    assert_eq!(layout.ink("black").rgb, [0, 0, 0]);
}

/// The places that the comments of the layouts name, for an issue with one owner line and no marks.
#[test]
fn title_blocks_stand_where_the_comments_say() {
    for name in bundled_names() {
        let layout = bundled_layout(name);
        let absent = |role| matches!(role, Role::MastheadSubtitle | Role::Signer);
        let places =
            read::places(&layout.head, absent, |role| layout.style(role).size, &layout.page);
        assert_eq!(places.len(), 5, "{name}: owner, name, number, office and date, rule");
        let text = bundled(name).unwrap().replace("  ", " ");
        for (top, bottom) in &places {
            let line = format!(" {:.2} 至 {:.2} ", top.mm(), bottom.mm());
            assert!(text.contains(&line), "{name}: no comment says{line}");
        }
        // GB/T 9704 §7.2.7: the rule stands 4 mm below the text.
        assert!(near(places[4].0 - places[3].1, 4.0), "{name}");
        // The title block takes about the upper third of the type area.
        let share = (places[4].1 - layout.page.top).mm() / layout.page.depth.mm();
        assert!((0.25..0.35).contains(&share), "{name}: {share}");
    }
}

/// The row under the red rule of `kuaibao` stays empty, text begins on the ninth.
#[test]
fn text_begins_on_the_grid_below_the_title_block() {
    let layout = bundled_layout("kuaibao");
    let absent = |role| matches!(role, Role::MastheadSubtitle | Role::Signer);
    let places = read::places(&layout.head, absent, |role| layout.style(role).size, &layout.page);
    let rule = places.last().unwrap().1;
    assert!(rule <= layout.page.row_top(7) && rule > layout.page.row_top(6));
    assert_eq!(layout.head_gap, 1);
}

/// GB/T 9704 §7.4.1: 0.35 mm at the ends, 0.25 mm between; §3.2: a line is the type's height and
/// 7/8 of 三号.
#[test]
fn the_colophon_is_the_standards() {
    let colophon = bundled_layout("kuaibao").colophon;
    let weights: Vec<f64> = colophon
        .elements
        .iter()
        .filter_map(|element| match element {
            ColophonElement::Rule { weight, .. } => Some((weight.mm() * 100.0).round() / 100.0),
            _ => None,
        })
        .collect();
    assert_eq!(weights.first(), Some(&0.35));
    assert_eq!(weights.last(), Some(&0.35));
    assert!(weights[1..weights.len() - 1].iter().all(|weight| *weight == 0.25));
    assert_eq!(colophon.pitch, Length::from_pt(14.0 + 16.0 * 7.0 / 8.0));
}

/// GB/T 9704 §7.5: 7 mm below the type area, odd right, even left, one character free.
#[test]
fn the_page_number_is_the_standards() {
    let layout = bundled_layout("kuaibao");
    let number = &layout.page_number;
    assert_eq!(number.center, Length::from_mm(269.0));
    assert!(near(number.center - layout.page.bottom(), 7.0));
    assert_eq!((number.odd, number.even, number.inset), (Align::Right, Align::Left, 1000));
}

/// Every form of a number that an issue can have.
#[test]
fn issue_numbers_have_all_forms() {
    let layout = bundled_layout("kuaibao");
    let slot = layout.head.iter().find_map(|element| match element {
        HeadElement::Line { slot, .. } if slot.role == Role::IssueNumber => Some(slot),
        _ => None,
    });
    let forms = &slot.unwrap().text;
    assert_eq!(forms.len(), 12);
    assert_eq!(
        forms[3].parts,
        [
            TemplatePart::Words("第".into()),
            TemplatePart::Field(Field::Number),
            TemplatePart::Words("期".into())
        ]
    );
}

/// Fields that a bulletin of this kind may have; the others are refused with the layout's name.
#[test]
fn kuaibao_has_a_place_for_what_a_bulletin_carries() {
    let layout = bundled_layout("kuaibao");
    let placed = |field: Field| {
        let slots = layout.head.iter().flat_map(|element| match element {
            HeadElement::Marks { left, right } | HeadElement::Row { left, right, .. } => {
                left.iter().chain(right).collect()
            }
            HeadElement::Line { slot, .. } => vec![slot],
            HeadElement::Rule { .. } => Vec::new(),
        });
        let foot = layout.colophon.elements.iter().flat_map(|element| match element {
            ColophonElement::Rule { .. } => Vec::new(),
            ColophonElement::Entry { label, names, .. } => vec![label, names],
            ColophonElement::Row { left, right } => left.iter().chain(right).collect(),
            ColophonElement::Pairs(slots) => slots.iter().collect(),
        });
        slots
            .chain(foot)
            .flat_map(|slot| &slot.text)
            .flat_map(|template| &template.parts)
            .any(|part| *part == TemplatePart::Field(field))
    };
    let without = [
        Field::DocumentCode,
        Field::DocumentYear,
        Field::DocumentSequence,
        Field::Page,
        Field::Arabic,
        Field::Han,
        Field::Text,
    ];
    for field in Field::ALL.iter().copied() {
        assert_eq!(placed(field), !without.contains(&field), "{}", field.key());
    }
    assert!(!layout.order.contains(&BodyElement::Recipients));
}

/// Scalars that carry a figure: digits, 字号, or a number of 行 or 字.
fn figures(node: &Node, found: &mut Vec<usize>) {
    match &node.value {
        Value::Scalar { text, .. } => {
            let figure = text.chars().any(|c| c.is_ascii_digit())
                || super::units::named_size(text).is_some();
            // `masthead-name` and the like hold no figure; `A4` does.
            if figure && Role::from_key(text).is_none() {
                found.push(node.span.start as usize);
            }
        }
        Value::Sequence(nodes) => nodes.iter().for_each(|node| figures(node, found)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| figures(&entry.value, found)),
        Value::Null => {}
    }
}

/// Whether a line says where its figure is from: `# 标准 GB/T 9704 5.2.1` or `# 惯例`.
fn marked(line: &str) -> bool {
    let Some((_, comment)) = line.split_once(" # ") else { return false };
    let comment = comment.trim();
    if comment == "惯例" || comment.starts_with("惯例 ") {
        return true;
    }
    let clause = comment.strip_prefix("标准 GB/T ").and_then(|rest| {
        let mut words = rest.split(' ');
        Some((words.next()?, words.next()?))
    });
    clause.is_some_and(|(standard, clause)| {
        let numeric = |text: &str| {
            !text.is_empty()
                && text
                    .split('.')
                    .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
        };
        numeric(standard) && numeric(clause)
    })
}

#[test]
fn every_figure_of_a_layout_says_where_it_is_from() {
    for name in bundled_names() {
        let text = bundled(name).unwrap();
        let mut sources = Sources::default();
        let file = sources.add(name, text);
        let mut found = Vec::new();
        figures(&parse(file, text).unwrap(), &mut found);
        assert!(found.len() > 10, "{name}: {} figures found", found.len());
        for at in found {
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let line = text[start..].lines().next().unwrap();
            assert!(marked(line), "{name}: no source for the figure in: {line}");
        }
    }
    assert!(marked("  lines: 22   # 标准 GB/T 9704 5.2.3 撑满"));
    assert!(!marked("  lines: 22   # 国标"));
    assert!(!marked("  lines: 22"));
    assert!(!marked("  lines: 22   # 标准 GB/T 9704"));
}

#[test]
fn every_key_is_in_the_reference() {
    let reference = include_str!("../../docs/layout-format.md");
    for (list, keys) in keys::ALL {
        for key in *keys {
            let named = format!("`{}`", key.name);
            assert!(reference.contains(&named), "{list}: {} is not in the reference", key.name);
        }
    }
    for field in Field::ALL.iter().filter(|field| **field != Field::Text) {
        let named = format!("`{{{}}}`", field.key());
        assert!(reference.contains(&named), "{named} is not in the reference");
    }
    for role in Role::ALL {
        assert!(reference.contains(&format!("`{}`", role.key())), "{role:?}");
        assert!(reference.contains(role.chinese()), "{role:?}");
    }
}

/// Values that a hand or a fuzzer may put anywhere.
const NASTY: &[&str] = &[
    "",
    "0",
    "-1",
    "99999999999999999999",
    "0mm",
    "-5mm",
    "1999mm",
    "0.0001pt",
    "100字",
    "-100字",
    "200行",
    "八号",
    "200pt",
    "第1行",
    "第200行",
    "\"{}\"",
    "\"{number}\"",
    "\"[{number}\"",
    "[]",
    "{}",
    "[a, b]",
    "~",
    "\"\\u0000\"",
    "是",
    "body",
];

/// Every line dropped, and every value replaced by every nasty one: never a panic, and what is
/// accepted is safe to compute with.
#[test]
fn no_file_makes_the_reader_panic() {
    let text = bundled("kuaibao").unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut tried = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let (code, _) = line.split_once(" # ").unwrap_or((line, ""));
        let mut variants = vec![String::new()];
        if let Some((key, _)) = code.rsplit_once(": ") {
            // One value in five: the whole product takes half a minute.
            let some = NASTY.iter().enumerate().filter(|(at, _)| (at + index) % 5 == 0);
            variants.extend(some.map(|(_, value)| format!("{key}: {value}")));
        }
        for variant in variants {
            let mut changed = lines.clone();
            changed[index] = &variant;
            let mut sources = Sources::default();
            let file = sources.add("own.yaml", changed.join("\n"));
            match read(&mut sources, file, "own") {
                Ok(layout) => exercise(&layout),
                Err(errors) => {
                    assert!(!render(&sources, &errors, false).is_empty());
                    // Never refused without a reason.
                    assert!(errors[0].span.is_some(), "{line} -> {variant}");
                }
            }
            tried += 1;
        }
    }
    assert!(tried > 700, "{tried}");
}

/// Lines dropped, doubled, swapped and indented otherwise, several at once, from a fixed seed.
#[test]
fn no_heap_of_mistakes_makes_the_reader_panic() {
    let lines: Vec<&str> = bundled("kuaibao").unwrap().lines().collect();
    let mut seed: u64 = 0x5EED;
    let mut below = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most
    };
    for _ in 0..150 {
        let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        for _ in 0..=below(4) {
            let (one, other) = (below(changed.len()), below(changed.len()));
            match below(5) {
                0 => drop(changed.remove(one)),
                1 => changed.insert(other, changed[one].clone()),
                2 => changed.swap(one, other),
                3 => changed[one].insert_str(0, "  "),
                _ => {
                    let kept = below(changed[one].chars().count() + 1);
                    changed[one] = changed[one].chars().take(kept).collect();
                }
            }
        }
        let mut sources = Sources::default();
        let file = sources.add("own.yaml", changed.join("\n"));
        match read(&mut sources, file, "own") {
            Ok(layout) => exercise(&layout),
            Err(errors) => assert!(!render(&sources, &errors, false).is_empty()),
        }
    }
}

/// The arithmetic that pages do with a layout.
fn exercise(layout: &Layout) {
    let page = &layout.page;
    assert!(page.pitch() >= page.size && page.cell() > Length::ZERO);
    assert!(page.row_top(page.lines - 1) + page.size == page.bottom());
    assert!(page.bottom() <= page.height && page.left(2) >= Length::ZERO);
    for style in layout.styles.values() {
        assert!(layout.inks.contains_key(&style.ink));
        let room = page.measure - style.size.thousandths(style.left + style.right + style.indent);
        assert!(room >= style.size * 2);
    }
}
