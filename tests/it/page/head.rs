//! Title blocks of every length: nothing collides, nothing leaves the type area, text below moves
//! by whole rows.

use hongtou::layout::{Layout, Role};
use hongtou::page::{Element, GlyphRun, Pages, Part, Rule, RulePart};
use hongtou::unit::Length;

use crate::support::pages::{bundled, paginate};

const WORDS: &str = "白川市人民政府推进职能转变和优化营商环境工作领导小组暨创建全国文明城市总指挥部综合协调办公室专题组";

fn words(count: usize) -> String {
    WORDS.chars().take(count).collect()
}

struct Head {
    owners: Vec<String>,
    name: String,
    offices: Vec<String>,
    more: &'static str,
}

impl Head {
    fn new(owners: &[usize], name: usize) -> Head {
        let owners = owners.iter().map(|count| words(*count)).collect();
        let name = "城市管理综合行政执法工作简报".chars().take(name).collect();
        Head { owners, name, offices: vec![words(12)], more: "" }
    }

    fn yaml(&self) -> String {
        let list = |texts: &[String]| format!("[{}]", texts.join(", "));
        format!(
            "layout: kuaibao\nmasthead:\n  owner: {}\n  name: {}\n{}issue:\n  number: 12\n  \
             date: 2024-11-25\n  office: {}\ntext: 近日，区民政局开展活动。\n",
            list(&self.owners),
            self.name,
            self.more,
            list(&self.offices)
        )
    }

    fn pages(&self, layout: &str) -> (Pages, Layout) {
        let layout = bundled(layout);
        let pages = paginate(&self.yaml(), layout.clone());
        (pages.unwrap_or_else(|findings| panic!("{findings:?}\n{}", self.yaml())), layout)
    }
}

fn head_runs(pages: &Pages) -> impl Iterator<Item = &GlyphRun> {
    pages.pages[0].elements.iter().filter_map(|element| match element {
        Element::Glyphs(run) => {
            let head = run.block.is_some_and(|block| pages.blocks[block].part == Part::Head);
            head.then_some(run)
        }
        _ => None,
    })
}

fn rule(pages: &Pages) -> &Rule {
    let rule = pages.pages[0].elements.iter().find_map(|element| match element {
        Element::Rule(rule) if rule.part == RulePart::Head => Some(rule),
        _ => None,
    });
    rule.expect("the red rule")
}

/// Left, top, right and bottom of the em boxes of a run.
fn edges(run: &GlyphRun) -> [Length; 4] {
    let last = run.glyphs.last().expect("a glyph");
    let top = run.baseline - run.size.thousandths(880);
    [run.glyphs[0].x, top, last.x + last.advance, top + run.size]
}

fn check(head: &Head, layout: &str) {
    let (pages, layout) = head.pages(layout);
    let what = format!("{}\n{}", layout.name, head.yaml());
    let slack = Length::from_pt(0.5);
    let page = &layout.page;
    let runs: Vec<&GlyphRun> = head_runs(&pages).collect();
    for (index, run) in runs.iter().enumerate() {
        let [left, top, right, bottom] = edges(run);
        assert!(left > page.left(1) - slack, "{what}: {} begins too far left", run.text);
        assert!(right < page.left(1) + page.measure + slack, "{what}: {} is too wide", run.text);
        // GB/T 9704 §7.2.7: the rule is 4 mm below the text.
        assert!(bottom + Length::from_mm(3.99) < rule(&pages).y, "{what}: {}", run.text);
        for other in &runs[index + 1..] {
            let [l, t, r, b] = edges(other);
            let same = (run.block, run.line) == (other.block, other.line);
            let beside = same || right <= l || r <= left;
            assert!(beside || bottom <= t || b <= top, "{what}: {} / {}", run.text, other.text);
        }
    }
    let owners: Vec<&GlyphRun> =
        runs.iter().copied().filter(|run| run.role == Role::MastheadOwner).collect();
    assert!(owners.iter().all(|run| run.size == owners[0].size), "{what}: sizes of owners");
    assert!(owners.iter().all(|run| run.text.chars().count() > 1), "{what}: one character alone");
    let least = layout.style(Role::MastheadOwner).shrink_to.expect("it may shrink");
    assert!(owners[0].size + slack >= least, "{what}: {}", owners[0].size.pt());
    let names = runs.iter().filter(|run| run.role == Role::MastheadName);
    assert_eq!(names.count(), 1, "{what}: the name is on one line");
    // What the title block needs, text moves down by whole rows.
    let foot = rule(&pages).y + rule(&pages).height;
    let below = (0..page.lines).find(|row| page.row_top(*row) >= foot).expect("there is room");
    assert_eq!(pages.report.lines[0].row, below + layout.head_gap, "{what}");
}

#[test]
fn owners_and_names_of_every_length() {
    for layout in ["kuaibao", "jianbao", "xinxi"] {
        for owner in (2..=47).step_by(3) {
            check(&Head::new(&[owner], 4), layout);
        }
        for name in 2..=12 {
            check(&Head::new(&[11], name), layout);
        }
        for owners in [&[9, 18][..], &[12, 5, 9], &[26, 8], &[30, 31]] {
            check(&Head::new(owners, 6), layout);
        }
    }
}

#[test]
fn marks_a_subtitle_and_long_offices() {
    let more = "  subtitle: 增刊\nclassification: 机密★1年\nurgency: 特急\ncopy_number: 000017\n\
                handling: 内部资料 注意保存\n";
    for layout in ["kuaibao", "jianbao", "xinxi"] {
        for offices in [&[4][..], &[19], &[20], &[21], &[27], &[40], &[16, 11], &[9, 12, 8]] {
            let offices: Vec<String> = offices.iter().map(|count| words(*count)).collect();
            check(&Head { offices: offices.clone(), ..Head::new(&[18], 4) }, layout);
            check(&Head { offices, more, ..Head::new(&[9, 12], 4) }, layout);
        }
    }
}

/// A long name gives up the space between its characters before its size.
#[test]
fn a_long_name_first_closes_up_then_shrinks() {
    let name = |count: usize| {
        let (pages, _) = Head::new(&[8], count).pages("kuaibao");
        let run = head_runs(&pages).find(|run| run.role == Role::MastheadName).expect("the name");
        let step = run.glyphs[1].x - run.glyphs[0].x;
        (run.size, (step - run.size).pt())
    };
    let own = Length::from_pt(60.0);
    assert!(name(4).0 == own && (name(4).1 - 18.0).abs() < 0.01, "{:?}", name(4));
    assert!(name(7).0 == own && (0.5..6.0).contains(&name(7).1), "{:?}", name(7));
    assert!(name(12).0 < own && name(12).1.abs() < 0.1, "{:?}", name(12));
    assert!((name(12).0.pt() - 442.2 / 12.0).abs() < 0.5, "{:?}", name(12));
}

/// An owner too long for a line takes two, as large as two can be, not four in full size.
#[test]
fn an_owner_too_long_for_a_line_takes_two_large_ones() {
    let (pages, _) = Head::new(&[27], 4).pages("kuaibao");
    let owners: Vec<&GlyphRun> =
        head_runs(&pages).filter(|run| run.role == Role::MastheadOwner).collect();
    assert_eq!(owners.len(), 2, "{owners:?}");
    assert!(owners[0].size > Length::from_pt(26.0), "{}", owners[0].size.pt());
}

/// Where a row's text is too long, what was to stay free at the sides gives way first.
#[test]
fn an_inset_gives_way_before_a_row_breaks() {
    let left = |count: usize| {
        let offices = vec![words(count)];
        let (pages, layout) = Head { offices, ..Head::new(&[8], 4) }.pages("jianbao");
        let runs: Vec<&GlyphRun> =
            head_runs(&pages).filter(|run| run.role == Role::Office).collect();
        (runs.len(), (runs[0].glyphs[0].x - layout.page.left(1)).pt())
    };
    // 28 characters less seven of the date and one between: 20 fit without insets.
    assert!(left(18).0 == 1 && (left(18).1 - 15.8).abs() < 0.3, "{:?}", left(18));
    assert!(left(20).0 == 1 && left(20).1 < 1.0, "{:?}", left(20));
    assert_eq!(left(21).0, 2);
}
