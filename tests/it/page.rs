//! Pages: where lines stand, what stays together, the foot of the last page.

mod always;
mod even;
mod head;
mod promise;
mod rules;

use hongtou::diagnostic::Code;
use hongtou::flow::Concession;
use hongtou::layout::Role;
use hongtou::page::{Adjusted, Element, GlyphRun, Pages, Part, Rule, RulePart};
use hongtou::unit::Length;

use crate::generator;
use crate::support::pages::{ISSUE_155, b5, bundled, kuaibao, paginate};

/// GB/T 9704 §5.2.1 and §5.2.3: the first line's characters begin at 37 mm, the twenty-second's end
/// at 262 mm, and every line stands on its row.
#[test]
fn lines_fill_the_type_area() {
    let pages = kuaibao(ISSUE_155);
    let layout = bundled("kuaibao");
    let size = layout.page.size;
    for page in 2..pages.pages.len() as u32 {
        let lines: Vec<_> = pages.report.lines.iter().filter(|line| line.page == page).collect();
        assert_eq!(lines.len(), 22, "page {page}");
        assert!((lines[0].top.mm() - 37.0).abs() < 0.001, "{}", lines[0].top.mm());
        assert!(((lines[21].top + size).mm() - 262.0).abs() < 0.001);
    }
    for line in &pages.report.lines {
        assert_eq!(line.top, layout.page.row_top(line.row), "{}", line.text);
    }
}

/// The baseline is 0.88 em below the upper edge of the em box: 118.962 pt for the first row, which
/// is the height that standards derive from 37 mm.
#[test]
fn baselines_follow_from_the_em_box() {
    let pages = kuaibao(ISSUE_155);
    let first = body_runs(&pages, 1).next().expect("page 2 has text");
    assert!((first.baseline.pt() - 118.962).abs() < 0.002, "{}", first.baseline.pt());
}

/// GB/T 9704 §7.5: the dashes of the page number at 269 mm, odd pages right, even pages left, one
/// character from the edge of the type area.
#[test]
fn page_numbers_stand_where_the_standard_says() {
    let pages = kuaibao(ISSUE_155);
    let layout = bundled("kuaibao");
    for page in &pages.pages {
        let dashes: Vec<&Rule> = drawn(&pages, page.number, RulePart::PageNumber).collect();
        let [left, right] = dashes[..] else { panic!("two dashes") };
        for dash in [left, right] {
            let center = dash.y + dash.height / 2;
            assert!((center.mm() - 269.0).abs() < 0.001, "{}", center.mm());
            assert_eq!(dash.width, Length::from_pt(14.0), "a dash is one em of 四号");
        }
        let em = Length::from_pt(14.0);
        if page.number % 2 == 1 {
            assert_eq!(right.x + right.width + em, page.left + layout.page.measure);
        } else {
            assert_eq!(left.x - em, page.left);
        }
    }
}

/// GB/T 9704 §7.4.1: rules of 0.35, 0.25 and 0.35 mm as wide as the type area, the last one's lower
/// edge on the lower edge of the type area.
#[test]
fn the_colophon_ends_at_the_foot_of_the_last_page() {
    let pages = kuaibao(ISSUE_155);
    let last = pages.pages.len() as u32;
    let found: Vec<&Rule> = drawn(&pages, last, RulePart::Colophon).collect();
    let weights: Vec<i64> =
        found.iter().map(|rule| (rule.height.mm() * 100.0).round() as i64).collect();
    assert_eq!(weights, [35, 25, 35]);
    for rule in &found {
        assert!((rule.width.mm() - 156.0).abs() < 0.001);
    }
    let foot = found[2].y + found[2].height;
    assert!((foot.mm() - 262.0).abs() < 0.001, "{}", foot.mm());
}

/// GB/T 9704 §7.4.2: names that wrap hang under the first character after the colon.
#[test]
fn wrapped_names_hang_after_the_label() {
    let units: Vec<String> = (1..40).map(|n| format!("第{n}街道办事处")).collect();
    let yaml = generator::lines(3).replace("[全区各单位]", &format!("[{}]", units.join(", ")));
    let pages = kuaibao(&yaml);
    let block = pages
        .blocks
        .iter()
        .position(|block| block.part == Part::Colophon && block.text.starts_with("发："))
        .expect("the entry");
    let last = pages.pages.len() - 1;
    let lines: Vec<_> = runs(&pages, last).filter(|run| run.block == Some(block)).collect();
    let first = lines.iter().find(|run| run.line == 0).expect("its first line");
    let second = lines.iter().find(|run| run.line == 1).expect("it wraps");
    let em = Length::from_pt(14.0);
    let start = first.glyphs[0].x;
    assert!((second.glyphs[0].x - start - em * 2).abs() < Length::from_pt(0.01));
}

/// The two texts of a row stand side by side when the layout's white is between them, else they
/// take a row each.
#[test]
fn texts_of_a_row_stand_side_by_side_when_they_have_room() {
    let rows = |address: usize| {
        let contact = format!("contact: {{address: {}, postcode: 102300}}\n", "云".repeat(address));
        let pages = kuaibao(&(generator::lines(3) + &contact));
        let last = pages.pages.len() - 1;
        let found = runs(&pages, last).filter(|run| run.role == Role::Contact);
        found.map(|run| run.baseline).collect::<std::collections::BTreeSet<_>>().len()
    };
    // 442.2 pt: insets 2 em, 地址： 3 em, 邮编：102300 6 em, white 2 em of 14 pt leave 18 em.
    assert_eq!((rows(18), rows(19)), (1, 2));
}

/// The contents: entries close together, a row empty below them, and lines after the first under
/// the first character behind the number.
#[test]
fn contents_are_a_list() {
    let long = "城子街道紧盯创城痛点对症开药方东辛房街道三举措补齐为民服务短板";
    let yaml = generator::lines(3) + &format!("contents: [{long}, 王平镇提升服务水平]\n");
    let pages = kuaibao(&yaml);
    let rows: Vec<(u32, &str)> =
        pages.report.lines.iter().map(|line| (line.row, line.text.as_str())).collect();
    let first = rows[0].0;
    assert_eq!(rows[0].1, "本期要目");
    let at: Vec<u32> = rows.iter().take(5).map(|(row, _)| row - first).collect();
    assert_eq!(at, [0, 1, 2, 3, 5], "{rows:?}");
    let lines: Vec<&GlyphRun> = runs(&pages, 0).filter(|run| run.role == Role::Contents).collect();
    let second = lines.iter().find(|run| run.line == 1).expect("it wraps");
    let behind = lines.iter().find(|run| run.text.contains('城')).expect("the first line");
    let at = behind.text.find('城').expect("it is there");
    let glyph = behind.glyphs.iter().find(|glyph| glyph.range.start == at).expect("its glyph");
    assert!((glyph.x - second.glyphs[0].x).abs() < Length::from_pt(0.5));
}

/// The lines of a paragraph of an issue whose title block is that of the generator.
fn lines_of(yaml: &str, role: Role) -> Vec<(u32, String)> {
    let pages = kuaibao(yaml);
    let lines = pages.report.lines.iter().filter(|line| pages.blocks[line.block].role == role);
    lines.map(|line| (line.row, line.text.clone())).collect()
}

/// GB/T 9704 §7.3.1: titles break by sense. Where an editor says where, lines end there, if there
/// are several.
#[test]
fn a_title_breaks_where_the_editor_wants_it() {
    let title = |text: &str| -> Vec<String> {
        let yaml = format!("{}title: {text}\n", generator::lines(3));
        lines_of(&yaml, Role::Title).into_iter().map(|(_, text)| text).collect()
    };
    let whole = "白川市推进优化营商环境和深化改革工作取得新的明显成效";
    assert_eq!(title(whole).len(), 2);
    for at in [11, 13, 16] {
        let split = whole.char_indices().nth(at).expect("a character").0;
        let (first, second) = whole.split_at(split);
        assert_eq!(title(&format!("{first}|{second}")), [first, second]);
    }
    assert_eq!(title("白川市推进|改革"), ["白川市推进改革"]);
}

/// GB/T 9704 §7.3.1: two rows between the red rule and the title, one below it; a subtitle
/// follows its title at once.
#[test]
fn a_title_has_its_rows() {
    for (subtitle, rows) in [("", vec![1, 3]), ("subtitle: 工作综述\n", vec![1, 2, 4])] {
        let pages = kuaibao(&format!("{}title: 白川市情况\n{subtitle}", generator::lines(3)));
        let layout = bundled("kuaibao");
        let rule = drawn(&pages, 1, RulePart::Head).next().expect("the red rule");
        let below = (0..22).find(|row| layout.page.row_top(*row) >= rule.y).expect("a row");
        let found: Vec<u32> =
            pages.report.lines.iter().take(rows.len()).map(|line| line.row - below - 1).collect();
        assert_eq!(found, rows);
    }
}

/// GB/T 9704 §7.3.7: 附件 in the first row of a new side, its title in the third.
#[test]
fn an_attachment_has_its_rows() {
    let pages =
        kuaibao(&format!("{}attachments: [{{title: 名单, text: 甲。}}]\n", generator::lines(3)));
    let second: Vec<u32> =
        pages.report.lines.iter().filter(|line| line.page == 2).map(|line| line.row).collect();
    assert_eq!(second, [0, 2, 4]);
}

/// Mirrored margins: the binding edge of an even page is its right edge.
#[test]
fn even_pages_are_mirrored_when_the_layout_says_so() {
    let pages = kuaibao(ISSUE_155);
    assert!((pages.pages[0].left.mm() - 28.0).abs() < 0.001);
    assert!((pages.pages[1].left.mm() - 26.0).abs() < 0.001);
    let mut layout = bundled("kuaibao");
    layout.page.mirror = false;
    let pages = paginate(ISSUE_155, layout).expect("it can be set");
    assert!(pages.pages.iter().all(|page| (page.left.mm() - 28.0).abs() < 0.001));
}

/// Text pushed line by line through three pages: the colophon always stands with two lines at the
/// least, at the foot of the last page.
#[test]
fn the_last_page_is_solved_at_every_length() {
    for count in 1..=66 {
        let pages = kuaibao(&generator::lines(count));
        rules::check(&pages, &bundled("kuaibao"), &format!("{count} lines"));
        assert_eq!(pages.report.lines.len(), count, "no line is varied without need");
    }
}

/// The same with paragraphs of one line, which cannot give up a second one.
#[test]
fn the_last_page_is_solved_with_paragraphs_of_one_line() {
    for count in 1..=44 {
        let lines: String = (0..count).map(|_| "          - 开展环境整治。\n").collect();
        let yaml = generator::lines(1);
        let at = yaml.find("          - ").expect("a paragraph");
        let end = at + yaml[at..].find('\n').expect("its end") + 1;
        let yaml = format!("{}{lines}{}", &yaml[..at], &yaml[end..]);
        rules::check(&kuaibao(&yaml), &bundled("kuaibao"), &format!("{count} paragraphs"));
    }
}

/// Issues of every kind keep every rule.
#[test]
fn generated_issues_keep_the_rules() {
    for seed in 0..60 {
        let pages = kuaibao(&generator::issue(seed));
        rules::check(&pages, &bundled("kuaibao"), &format!("seed {seed}"));
    }
}

/// Nothing about looks is in the code: a layout of another paper, grid, order and colour.
#[test]
fn another_layout_needs_no_other_code() {
    let layout = b5();
    for seed in 0..24 {
        let pages = match paginate(&generator::lines_of(20 + seed, 25), layout.clone()) {
            Ok(pages) => pages,
            Err(findings) => panic!("{findings:?}"),
        };
        rules::check(&pages, &layout, &format!("b5, {seed}"));
        let full = pages.report.lines.iter().filter(|line| line.page == 2).count();
        assert!(full <= 20);
    }
}

#[test]
fn a_colophon_taller_than_a_page_is_an_error() {
    let many: Vec<String> = (1..900).map(|n| format!("第{n}单位")).collect();
    let yaml = generator::lines(30).replace("[全区各单位]", &format!("[{}]", many.join(", ")));
    let findings = paginate(&yaml, bundled("kuaibao")).expect_err("it cannot be set");
    assert_eq!(findings[0].code, Code::PageTooTall);
    assert!(findings[0].message.contains("版记太高"), "{}", findings[0].message);
}

/// GB/T 9704 §7.3.3: the first page shows text.
#[test]
fn a_title_block_that_leaves_no_room_for_text_is_an_error() {
    let owners: Vec<String> = (1..14).map(|n| format!("第{n}联合编发机关")).collect();
    let yaml = generator::lines(3)
        .replace("青山区创建全国文明城市\n", &format!("[{}]\n", owners.join(", ")));
    let findings = paginate(&yaml, bundled("kuaibao")).expect_err("it cannot be set");
    assert_eq!(findings[0].code, Code::PageTooTall);
    assert!(findings[0].message.contains("报头太高"), "{}", findings[0].message);
}

#[test]
fn a_character_without_a_face_is_named_with_its_field() {
    let yaml = generator::lines(1).replace("区委", "区\u{10CCCC}委");
    let outcome = std::panic::catch_unwind(|| paginate(&yaml, bundled("kuaibao")));
    // Private use is refused by the reader already; a character that is merely rare, by the page.
    assert!(outcome.is_err() || outcome.is_ok_and(|pages| pages.is_err()));
    let yaml = generator::lines(1).replace("区委", "区\u{1F600}委");
    let findings = paginate(&yaml, bundled("kuaibao")).expect_err("no face has it");
    assert_eq!(findings[0].code, Code::FontMissingGlyph);
    assert!(findings[0].message.contains("U+1F600"), "{}", findings[0].message);
}

#[test]
fn the_same_issue_gives_the_same_pages() {
    assert_eq!(kuaibao(ISSUE_155), kuaibao(ISSUE_155));
}

/// What is a title is said by its role, not by what must stand below it: text that a layout wants
/// kept together is text.
#[test]
fn text_that_is_kept_with_the_next_is_no_title() {
    let mut layout = bundled("kuaibao");
    layout.styles.get_mut(&Role::Body).expect("the text has a style").keep_next = 1;
    let pages = paginate(&generator::lines(30), layout).expect("it can be set");
    assert!(pages.pages.len() > 1);
    let said = &pages.report.adjustments;
    assert!(!said.contains(&Adjusted::GaveWay(Concession::NoText)), "{said:?}");
}

fn runs(pages: &Pages, page: usize) -> impl Iterator<Item = &GlyphRun> {
    pages.pages[page].elements.iter().filter_map(|element| match element {
        Element::Glyphs(run) => Some(run),
        _ => None,
    })
}

fn body_runs(pages: &Pages, page: usize) -> impl Iterator<Item = &GlyphRun> {
    runs(pages, page)
        .filter(|run| run.block.is_some_and(|block| pages.blocks[block].part == Part::Body))
}

fn drawn(pages: &Pages, number: u32, part: RulePart) -> impl Iterator<Item = &Rule> {
    pages.pages[number as usize - 1].elements.iter().filter_map(move |element| match element {
        Element::Rule(rule) if rule.part == part => Some(rule),
        _ => None,
    })
}
