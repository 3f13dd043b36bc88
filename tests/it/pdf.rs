//! The PDF writer, seen through the files it writes.

mod copying;
mod fixture;
mod press;
mod refusals;
mod structure;

use hongtou::font::FontBook;
use hongtou::page::{Element, Glyph, GlyphRun, Pages};
use hongtou::pdf::{Attachment, Options, Profile, Relationship, write};

use crate::support::pdf::{Mark, Pdf, PdfGlyph, read};
use fixture::{bulletin, layout};

fn fonts() -> FontBook {
    FontBook::new(&[]).expect("the bundled fonts are good")
}

/// The bulletin of the fixture, written and read back.
fn written(options: &Options) -> (Vec<u8>, Pdf) {
    let fonts = fonts();
    let bytes = write(&bulletin(&fonts), &layout(), &fonts, options).expect("a PDF");
    let pdf = read(&bytes);
    (bytes, pdf)
}

fn archived() -> Pdf {
    written(&Options::default()).1
}

fn source() -> Attachment {
    Attachment {
        name: "issue.yaml".to_owned(),
        mime: "application/yaml".to_owned(),
        description: "本期源文件".to_owned(),
        bytes: "期号: 155\n# 城子街道“痛点”\n".repeat(40).into_bytes(),
        relationship: Relationship::Source,
    }
}

/// The runs of a page and their glyphs.
fn glyphs(pages: &Pages, page: usize) -> Vec<(&GlyphRun, &Glyph)> {
    let elements = pages.pages[page].elements.iter();
    let runs = elements.filter_map(|element| match element {
        Element::Glyphs(run) => Some(run),
        _ => None,
    });
    runs.flat_map(|run| run.glyphs.iter().map(move |glyph| (run, glyph))).collect()
}

/// Whether a glyph of the file is one of the pages' (else it fills a gap).
fn shows(drawn: &PdfGlyph, run: &GlyphRun, glyph: &Glyph) -> bool {
    let text = &run.text[glyph.range.clone()];
    drawn.text == text && (drawn.x - glyph.x.pt()).abs() < 1.0
}

#[test]
fn every_glyph_stands_where_the_page_put_it() {
    let fonts = fonts();
    let pages = bulletin(&fonts);
    let pdf = archived();
    let mut worst = (0.0_f64, 0.0_f64);
    for page in 0..pages.pages.len() {
        let mut drawn = pdf.pages[page].glyphs.iter();
        for (run, glyph) in glyphs(&pages, page) {
            let found = drawn.find(|drawn| shows(drawn, run, glyph));
            let found = found.unwrap_or_else(|| panic!("{} is missing", run.text));
            let baseline = run.baseline - glyph.rise;
            worst.0 = worst.0.max((found.x - glyph.x.pt()).abs());
            worst.1 = worst.1.max((found.y - baseline.pt()).abs());
            assert!((found.size - run.size.pt()).abs() < 1e-3, "{} at {}", run.text, found.size);
        }
    }
    println!("farthest from its place: {:.6} pt across, {:.6} pt down", worst.0, worst.1);
    assert!(worst.0 < 0.005 && worst.1 < 0.005, "{worst:?}");
}

#[test]
fn bold_is_a_stroke_in_the_ink_of_the_fill() {
    let fonts = fonts();
    let pages = bulletin(&fonts);
    let pdf = archived();
    let mut drawn = pdf.pages[0].glyphs.iter();
    let mut bold = 0;
    for (run, glyph) in glyphs(&pages, 0) {
        let found = drawn.find(|drawn| shows(drawn, run, glyph)).expect("every glyph is drawn");
        match &found.stroke {
            None => assert_eq!(run.stroke.pt(), 0.0, "{}", run.text),
            Some((color, width)) => {
                assert_eq!(*color, found.color);
                assert!((width - run.stroke.pt()).abs() < 1e-4, "{width}");
                bold += 1;
            }
        }
    }
    assert!(bold > 20, "{bold}");
}

#[test]
fn rules_are_filled_rectangles_at_their_place() {
    let pdf = archived();
    let close = |a: f64, b: f64| (a - b).abs() < 0.001;
    let rules = &pdf.pages[1].rules;
    // GB/T 9704 §7.4.1: the last rule lies on the lower edge of the type area, 262 mm.
    let last = rules.iter().find(|rule| rule.y > 740.0 && rule.y < 750.0).expect("a last rule");
    assert!(close(last.y + last.height, 262.0 / 25.4 * 72.0), "{last:?}");
    assert!(close(last.width, 442.2) && close(last.height, 0.992), "{last:?}");
    assert_eq!(last.color, "gray 0");
    let red = pdf.pages[0].rules.iter().find(|rule| rule.color == "rgb 1 0 0").expect("a red rule");
    assert!(close(red.y, 330.0) && close(red.height, 2.0), "{red:?}");
    assert!(rules.iter().all(|rule| matches!(rule.mark, Mark::Artifact(_))));
}

#[test]
fn the_grid_lies_under_the_text_and_is_light() {
    let pdf = archived();
    let grid = &pdf.pages[0].rules[0];
    assert_eq!((grid.after, grid.color.as_str()), (0, "rgb 0.72 0.83 0.92"));
    assert_eq!(grid.mark, Mark::Artifact("Layout".to_owned()));
}

#[test]
fn fonts_are_embedded_subset_and_only_those_used() {
    let (bytes, pdf) = written(&Options::default());
    let names: Vec<&str> = pdf.fonts.keys().map(|name| &name[7..]).collect();
    assert_eq!(pdf.fonts.len(), 5, "{names:?}");
    for (name, font) in &pdf.fonts {
        assert!(font.embedded && font.subset && font.unicode, "{name} {font:?}");
        assert!(font.bytes < 100_000, "{name}: {}", font.bytes);
    }
    assert!(bytes.len() < 120_000, "{}", bytes.len());
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let options = Options { attachments: vec![source()], ..Options::default() };
    let first = written(&options).0;
    assert!(first == written(&options).0, "twice in one process");
    let elsewhere = std::thread::spawn(move || written(&options).0).join().expect("a thread");
    assert!(first == elsewhere, "in another thread");
}

#[test]
fn information_is_the_same_in_the_dictionary_and_in_xmp() {
    let pdf = archived();
    let one = |key: &str| pdf.xmp[key].join("|");
    for (info, xmp) in [
        ("Title", "dc:title"),
        ("Subject", "dc:description"),
        ("Author", "dc:creator"),
        ("Keywords", "pdf:Keywords"),
        ("Creator", "xmp:CreatorTool"),
        ("Producer", "pdf:Producer"),
        ("CreationDate", "xmp:CreateDate"),
        ("ModDate", "xmp:ModifyDate"),
    ] {
        assert_eq!(pdf.info[info], one(xmp), "{info}");
    }
    assert_eq!(pdf.info["Title"], "门头沟区创建全国文明城市工作快报第155期");
    assert_eq!(pdf.info["Subject"], "第155期");
    assert_eq!(pdf.info["Author"], "门头沟区创建全国文明城市总指挥部办公室");
    assert_eq!(pdf.info["Keywords"], "155, 生活环境建设, 城子街道, Ⅲ-58");
    assert_eq!(pdf.info["Producer"], concat!("hongtou ", env!("CARGO_PKG_VERSION")));
    // The date of the issue, in the office's own time.
    assert_eq!(pdf.info["CreationDate"], "2019-03-14T00:00:00+08:00");
    assert_eq!(one("dc:language"), "zh-CN");
    assert_eq!(pdf.language.as_deref(), Some("zh-CN"));
}

#[test]
fn a_correction_is_another_file_of_the_same_document() {
    let fonts = fonts();
    let mut pages = bulletin(&fonts);
    let ids = |pages: &Pages| {
        let bytes = write(pages, &layout(), &fonts, &Options::default()).expect("a PDF");
        let xmp = read(&bytes).xmp;
        (xmp["xmpMM:DocumentID"].clone(), xmp["xmpMM:InstanceID"].clone())
    };
    let first = ids(&pages);
    pages.metadata.keywords.push("更正".to_owned());
    let second = ids(&pages);
    assert_eq!(first.0, second.0);
    assert_ne!(first.1, second.1);
}

#[test]
fn each_profile_says_what_it_conforms_to() {
    let screen = Options { profile: Profile::Screen, ..Options::default() };
    let print = Options { profile: Profile::Print(Default::default()), ..Options::default() };
    let with_source = Options { attachments: vec![source()], ..Options::default() };
    for (options, part, level, ua) in [
        (Options::default(), "2", "A", true),
        (with_source, "3", "A", true),
        (print, "2", "U", false),
        (screen, "2", "U", false),
    ] {
        let pdf = written(&options).1;
        assert_eq!(pdf.xmp["pdfaid:part"], [part]);
        assert_eq!(pdf.xmp["pdfaid:conformance"], [level]);
        assert_eq!(pdf.xmp.contains_key("pdfuaid:part"), ua, "{options:?}");
        assert_eq!(pdf.display_title, ua, "{options:?}");
        assert_eq!(pdf.tags.is_some(), ua, "{options:?}");
    }
}

#[test]
fn the_file_for_the_screen_is_smaller_and_says_the_same() {
    let (archive, whole) = written(&Options::default());
    let (screen, lean) = written(&Options { profile: Profile::Screen, ..Options::default() });
    assert!(screen.len() < archive.len(), "{} {}", screen.len(), archive.len());
    let text = |pdf: &Pdf| {
        let glyphs = pdf.pages.iter().flat_map(|page| &page.glyphs);
        glyphs.map(|glyph| glyph.text.as_str()).collect::<String>()
    };
    assert_eq!(text(&whole), text(&lean));
    assert_eq!((&whole.outline, &whole.info), (&lean.outline, &lean.info));
    assert_eq!(whole.pages[1].links, lean.pages[1].links);
}

#[test]
fn attachments_come_out_as_they_went_in() {
    let docx = Attachment {
        name: "第155期.docx".to_owned(),
        mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document".to_owned(),
        description: "可编辑的文本".to_owned(),
        bytes: (0..=255).cycle().take(5000).collect(),
        relationship: Relationship::Alternative,
    };
    let attachments = vec![source(), docx];
    let pdf = written(&Options { attachments: attachments.clone(), ..Options::default() }).1;
    assert_eq!(pdf.attachments.len(), 2);
    for file in &attachments {
        let found = pdf.attachments.iter().find(|found| found.name == file.name);
        let found = found.expect("the attachment is there");
        assert!(found.bytes == file.bytes && found.associated, "{}", file.name);
        assert_eq!((&found.mime, &found.description), (&file.mime, &file.description));
        assert_eq!(found.relationship, format!("{:?}", file.relationship));
    }
}
