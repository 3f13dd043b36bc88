//! What each purpose makes of the same pages.

use hongtou::build::{EmbedRecipe, Recipe};
use hongtou::pdf::{PrintOptions, Profile, Separation};
use hongtou::unit::Length;

use super::made;
use crate::generator;
use crate::support::desk::{Desk, ISSUE};
use crate::support::pages::ISSUE_155;
use crate::support::pdf::{Pdf, read};

fn press(change: impl FnOnce(&mut PrintOptions)) -> Recipe {
    let mut options = PrintOptions::default();
    change(&mut options);
    Recipe { profile: Profile::Print(options), ..Recipe::default() }
}

fn screen() -> Recipe {
    Recipe { profile: Profile::Screen, ..Recipe::default() }
}

fn draft() -> Recipe {
    Recipe { draft: true, ..Recipe::default() }
}

/// Left edge of the type area: where lines that begin with a Han character begin. Opening marks have their white trimmed.
fn left(pdf: &Pdf, page: usize) -> f64 {
    let han = |text: &str| text.starts_with(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let lines = pdf.pages[page].lines.iter().filter(|line| han(&line.text));
    lines.map(|line| line.x).fold(f64::MAX, f64::min) / 72.0 * 25.4
}

#[test]
fn red_is_left_out_for_preprinted_paper() {
    let whole = made(ISSUE_155, press(|_| {})).1;
    let bare = made(ISSUE_155, press(|options| options.preprinted = true)).1;
    assert!(whole.colors().iter().any(|color| color.starts_with("Red")), "{:?}", whole.colors());
    assert!(bare.colors().iter().all(|color| color.starts_with("Black")), "{:?}", bare.colors());
    let text = bare.text(0).concat();
    assert!(!text.contains("工作快报") && text.contains("第155期"), "{text}");
    // The body is where it is without.
    for page in 0..whole.pages.len() {
        let black = |pdf: &Pdf| {
            let glyphs = pdf.pages[page].glyphs.iter().filter(|glyph| glyph.color == "Black 1");
            glyphs.map(|glyph| (glyph.text.clone(), glyph.x, glyph.y)).collect::<Vec<_>>()
        };
        assert_eq!(black(&whole), black(&bare), "page {page}");
    }
}

/// GB/T 9704 §6.2: red is Y 80 %, M 80 %.
#[test]
fn the_press_gets_two_inks_or_four() {
    let spot = made(ISSUE_155, press(|_| {})).1;
    assert_eq!(spot.separations, ["Black", "Red"]);
    let process = made(ISSUE_155, press(|options| options.separation = Separation::Process)).1;
    assert_eq!(process.separations, ["Black"]);
    assert!(process.colors().contains(&"cmyk 0 0.8 0.8 0".to_owned()), "{:?}", process.colors());
}

/// A screen has no binding edge; sheets have it left on the front and right on the back.
#[test]
fn margins_are_mirrored_on_paper_only() {
    let paper = made(ISSUE_155, Recipe::default()).1;
    assert!((left(&paper, 2) - left(&paper, 1) - 2.0).abs() < 0.5, "{}", left(&paper, 1));
    let shown = made(ISSUE_155, screen()).1;
    assert!((left(&shown, 2) - left(&shown, 1)).abs() < 0.5, "{}", left(&shown, 1));
    assert_eq!(paper.pages.len(), shown.pages.len());
}

#[test]
fn the_file_for_the_screen_is_the_smallest() {
    let size = |recipe| made(ISSUE_155, recipe).0.len();
    let shown = size(screen());
    assert!(shown < size(Recipe::default()), "{shown}");
    assert!(shown < size(press(|_| {})), "{shown}");
}

#[test]
fn drafts_are_marked_on_every_page_and_in_what_they_say_of_themselves() {
    let (plain, marked) = (made(ISSUE_155, Recipe::default()).1, made(ISSUE_155, draft()).1);
    assert!(!plain.info["Title"].contains("送审稿") && !plain.info["Keywords"].contains("送审稿"));
    assert_eq!(marked.info["Title"], plain.info["Title"].clone() + "（送审稿）");
    assert!(marked.info["Keywords"].ends_with("送审稿"), "{}", marked.info["Keywords"]);
    assert!(Recipe::parse(&marked.info["Creator"]).expect("it says how it was made").draft);
    for page in 0..plain.pages.len() {
        assert!(marked.pages[page].shapes >= plain.pages[page].shapes + 3, "page {page}");
        assert_eq!(marked.text(page), plain.text(page));
    }
    assert_eq!(plain.tag_outline(), marked.tag_outline(), "the watermark is an artifact");
}

/// Title, subject, the offices as authors, keywords (number, sections, units, indicators), language
/// and the date of the issue, in the document information and in XMP.
#[test]
fn programs_find_what_an_issue_is_about() {
    let joint = ISSUE_155.replace(
        "office: 门头沟区创建全国文明城市总指挥部办公室",
        "office: [门头沟区创建全国文明城市总指挥部办公室, 门头沟区文明办]",
    );
    assert_ne!(joint, ISSUE_155);
    for recipe in [Recipe::default(), press(|_| {}), screen()] {
        let words = recipe.words();
        let pdf = made(&joint, recipe).1;
        let (info, xmp) = (&pdf.info, &pdf.xmp);
        assert_eq!(info["Title"], "门头沟区创建全国文明城市工作快报第155期");
        assert_eq!(info["Subject"], "第155期");
        assert!(info["Author"].contains("总指挥部办公室") && info["Author"].contains("区文明办"));
        for word in ["第155期", "生活环境建设", "简讯", "城子街道", "区民政局", "Ⅲ-58"]
        {
            assert!(
                info["Keywords"].split(", ").any(|k| k == word),
                "{word}: {}",
                info["Keywords"]
            );
        }
        assert_eq!(info["CreationDate"], "2019-03-14T00:00:00+08:00");
        assert_eq!(info["Creator"], words);
        assert_eq!(xmp["dc:language"], ["zh-CN"]);
        for (key, name) in [
            ("Title", "dc:title"),
            ("Subject", "dc:description"),
            ("Author", "dc:creator"),
            ("Keywords", "pdf:Keywords"),
            ("Creator", "xmp:CreatorTool"),
            ("CreationDate", "xmp:CreateDate"),
        ] {
            assert_eq!(info[key], xmp[name].join("|"), "{words}");
        }
    }
}

/// Other issues than 155, too, in every way, twice with the same bytes.
#[test]
fn generated_issues_are_made_for_every_purpose_and_twice_the_same() {
    let recipes = [
        Recipe::default(),
        press(|_| {}),
        press(|options| options.preprinted = true),
        press(|options| {
            options.separation = Separation::Process;
            options.crop_marks = true;
            options.bleed = Length::from_mm(3.0);
        }),
        screen(),
        draft(),
    ];
    for seed in 0..6 {
        let yaml = generator::issue(seed);
        for recipe in &recipes {
            let first = made(&yaml, recipe.clone()).0;
            assert!(first == made(&yaml, recipe.clone()).0, "seed {seed}: {}", recipe.words());
            let said = read(&first).info["Creator"].clone();
            assert_eq!(Recipe::parse(&said).as_ref(), Some(recipe), "{said}");
        }
    }
}

/// Every sample, on the command line; the one that shows every field has some that its layout has
/// no place for, whatever the purpose.
#[test]
fn every_purpose_makes_every_sample() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let names = ["mentougou-155", "jianbao-chengguan", "jianxun-anquan", "quanbu-yaosu"];
    let paths = names.map(|name| samples.join(name).with_extension("yaml").display().to_string());
    let desk = Desk::new();
    let mut counts = Vec::new();
    for (index, options) in [
        "",
        "--embed-source",
        "--embed-source=yaml,docx",
        "--profile archive",
        "--profile print",
        "--profile print --ink process --marks --bleed 3",
        "--profile print --preprinted",
        "--profile screen",
        "--draft",
        "--draft --profile screen",
    ]
    .into_iter()
    .enumerate()
    {
        let folder = index.to_string();
        let mut arguments = vec!["build", "-o", &folder, "--to", "pdf"];
        arguments.extend(options.split_whitespace());
        arguments.extend(paths.iter().map(String::as_str));
        let ended = desk.run(&arguments);
        assert!([0, 4].contains(&ended.code), "{options}: {}", ended.err);
        let files = desk.files(&folder);
        for name in &files {
            let pdf = read(&std::fs::read(desk.path(&folder).join(name)).expect("written"));
            assert_eq!(name.contains("送审稿"), options.contains("--draft"), "{name}");
            let embedded = Recipe::parse(&pdf.info["Creator"]).expect("a recipe").embed;
            assert_eq!(embedded.is_some(), !pdf.attachments.is_empty(), "{name}");
            let docx = embedded.is_some_and(|EmbedRecipe { docx }| docx.is_some());
            assert_eq!(docx, options.contains("docx"), "{name}");
        }
        counts.push(files.len());
    }
    assert!(counts[0] >= 3 && counts.iter().all(|count| *count == counts[0]), "{counts:?}");
}

#[test]
fn options_that_contradict_each_other_are_an_error_of_usage() {
    let desk = Desk::with_issue();
    for (options, words) in [
        ("--marks", "--profile print"),
        ("--draft --embed-source", "送审稿不存档"),
        ("--profile screen --embed-source", "--embed-source"),
        ("--profile print --bleed 40", "写0至20的毫米数"),
        ("--profile print --bleed 三", "写0至20的毫米数"),
        ("--to docx --preprinted", "--to docx"),
        ("--embed-source=pdf", "yaml、docx"),
        ("--profile print --ink cmyk", "spot、process"),
    ] {
        let mut arguments = vec!["build", "甲.yaml"];
        arguments.extend(options.split_whitespace());
        desk.run(&arguments).code(2).says(&["用法有错", words]);
    }
    assert_eq!(desk.files("out"), [""; 0]);
}

#[test]
fn the_name_of_a_file_says_what_it_is_for() {
    let desk = Desk::new();
    desk.write("甲.yaml", ISSUE);
    for options in [
        "--to pdf",
        "--profile print",
        "--profile print --preprinted",
        "--profile screen",
        "--draft",
        "--draft --profile screen --to pdf,docx",
    ] {
        let mut arguments = vec!["build", "甲.yaml", "-o", "出"];
        arguments.extend(options.split_whitespace());
        desk.run(&arguments).code(0);
    }
    let stem = "青山区工作快报第7期";
    let mut expected = [
        ".docx",
        ".pdf",
        "-印刷.pdf",
        "-套打.pdf",
        "-阅读.pdf",
        "-送审稿.pdf",
        "-阅读-送审稿.pdf",
        "-送审稿.docx",
    ]
    .map(|ending| format!("{stem}{ending}"));
    expected.sort();
    assert_eq!(desk.files("出"), expected);
}
