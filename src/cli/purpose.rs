//! What `build` is asked to make: which options go together, what they mean, how the files are
//! named.

use super::args::{Build, Docx, DocxEmbed, DocxFonts, Embedded, Format, Ink, Profile};
use crate::build::{DRAFT, EmbedRecipe, Embedding, Recipe, WordFonts};
use crate::diagnostic::{Code, Diagnostic};
use crate::docx::FontProfile;
use crate::pdf::{self, PrintOptions, Separation};
use crate::unit::Length;

/// The formats that are asked for, each once. All when none is named; but a draft has its mark on
/// the pages of a PDF only, so then no DOCX that looks final is made unasked.
pub(super) fn formats(arguments: &Build) -> Vec<Format> {
    let mut formats = arguments.to.clone();
    if formats.is_empty() {
        formats.push(Format::Pdf);
        formats.extend((!arguments.draft).then_some(Format::Docx));
    }
    formats.sort();
    formats.dedup();
    formats
}

/// How the PDF is made.
pub(super) fn recipe(arguments: &Build, docx: WordFonts) -> Recipe {
    let profile = match arguments.profile.unwrap_or_default() {
        Profile::Archive => pdf::Profile::Archive,
        Profile::Screen => pdf::Profile::Screen,
        Profile::Print => pdf::Profile::Print(PrintOptions {
            separation: match arguments.ink {
                Some(Ink::Process) => Separation::Process,
                Some(Ink::Spot) | None => Separation::Spot,
            },
            bleed: Length::from_mm(arguments.bleed.unwrap_or(0.0)),
            crop_marks: arguments.marks,
            preprinted: arguments.preprinted,
        }),
    };
    // The source is always among what is embedded: without it nothing could be verified.
    let embed = arguments
        .embed_source
        .as_ref()
        .map(|files| EmbedRecipe { docx: files.contains(&Embedded::Docx).then_some(docx) });
    Recipe { profile, draft: arguments.draft, grid: arguments.grid, embed }
}

/// The fonts of a DOCX: what the command line says, else what the office has set. What is to be put
/// into a DOCX of the office's own fonts is not asked of others.
///
/// # Errors
/// Fonts that nobody may give away are to be embedded.
pub(super) fn word_fonts(asked: &Docx, office: WordFonts) -> Result<WordFonts, Diagnostic> {
    let profile = asked.fonts.map_or(office.profile, profile);
    let own = office.embed.filter(|_| profile == office.profile);
    let embed = asked.embed.map(|embed| match embed {
        DocxEmbed::Used => Embedding::Used,
        DocxEmbed::Whole => Embedding::Whole,
    });
    if embed.is_some() && profile != FontProfile::Open {
        let message = "“--docx-embed”只用于开源字体，办公字体的许可不准嵌入";
        let help = "加上“--docx-fonts open”，或去掉“--docx-embed”";
        return Err(Diagnostic::general(Code::DocxEmbedding, message).with_help(help));
    }
    Ok(WordFonts { profile, embed: embed.or(own) })
}

fn profile(fonts: DocxFonts) -> FontProfile {
    match fonts {
        DocxFonts::Gb2312 => FontProfile::Gb2312,
        DocxFonts::Windows => FontProfile::Windows,
        DocxFonts::Fangzheng => FontProfile::Fangzheng,
        DocxFonts::Open => FontProfile::Open,
    }
}

/// What the name of a PDF says of its purpose.
pub(super) fn mark(arguments: &Build) -> String {
    let purpose = match arguments.profile.unwrap_or_default() {
        Profile::Archive => "",
        Profile::Print if arguments.preprinted => "-套打",
        Profile::Print => "-印刷",
        Profile::Screen => "-阅读",
    };
    format!("{purpose}{}", draft_mark(arguments))
}

/// What the name of a draft says.
pub(super) fn draft_mark(arguments: &Build) -> String {
    if arguments.draft { format!("-{DRAFT}") } else { String::new() }
}

/// Why the options cannot be meant together; `None` when they can.
pub(super) fn contradiction(arguments: &Build) -> Option<String> {
    let profile = arguments.profile.unwrap_or_default();
    let embed = arguments.embed_source.is_some();
    if !formats(arguments).contains(&Format::Pdf) {
        let named = [
            (arguments.profile.is_some(), "--profile"),
            (embed, "--embed-source"),
            (arguments.grid, "--grid"),
        ];
        let named = named.into_iter().chain(press_options(arguments)).find(|option| option.0);
        if let Some((_, option)) = named {
            return Some(format!("“{option}”只管PDF，和“--to docx”不能一起用"));
        }
    }
    if profile != Profile::Print
        && let Some((_, option)) = press_options(arguments).into_iter().find(|option| option.0)
    {
        return Some(format!("“{option}”只用于印刷，请加上“--profile print”"));
    }
    let why = if embed && profile != Profile::Archive {
        "源文件只嵌入存档的PDF，“--embed-source”不能和“--profile print”“--profile screen”一起用"
    } else if arguments.draft && embed {
        "送审稿不存档，“--draft”和“--embed-source”不能一起用"
    } else if arguments.draft && profile == Profile::Print {
        "送审稿不付印，“--draft”和“--profile print”不能一起用"
    } else if arguments.grid && embed {
        "行格只供检查，“--grid”和“--embed-source”不能一起用"
    } else if arguments.grid && profile == Profile::Print {
        "行格只供检查，“--grid”和“--profile print”不能一起用"
    } else if arguments.preprinted && (arguments.marks || arguments.bleed.is_some()) {
        "套打用的是裁好的纸，“--preprinted”和“--marks”“--bleed”不能一起用"
    } else {
        return None;
    };
    Some(why.to_owned())
}

/// Options that are for the press alone, and whether they are given.
fn press_options(arguments: &Build) -> [(bool, &'static str); 4] {
    [
        (arguments.preprinted, "--preprinted"),
        (arguments.marks, "--marks"),
        (arguments.bleed.is_some(), "--bleed"),
        (arguments.ink.is_some(), "--ink"),
    ]
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::super::args::{Command, parse};
    use super::*;

    fn build(options: &str) -> Build {
        let words = format!("hongtou build 甲.yaml {options}");
        match parse(words.split_whitespace().map(OsString::from)).expect("options").command {
            Command::Build(build) => build,
            _ => panic!("another command"),
        }
    }

    #[test]
    fn options_that_contradict_each_other_are_named() {
        for (options, words) in [
            ("--to docx --profile print", &["--profile", "--to docx"][..]),
            ("--to docx --embed-source", &["--embed-source"]),
            ("--to docx --grid", &["--grid"]),
            ("--marks", &["--marks", "--profile print"]),
            ("--profile screen --bleed 3", &["--bleed"]),
            ("--profile archive --ink spot", &["--ink"]),
            ("--preprinted --draft", &["--preprinted"]),
            ("--profile print --embed-source", &["存档", "--profile print"]),
            ("--profile screen --embed-source=yaml,docx", &["--profile screen"]),
            ("--draft --embed-source", &["送审稿不存档"]),
            ("--draft --profile print", &["送审稿不付印"]),
            ("--grid --profile print", &["--grid"]),
            ("--grid --embed-source", &["--grid"]),
            ("--profile print --preprinted --marks", &["--preprinted", "--marks"]),
            ("--profile print --preprinted --bleed 0", &["--bleed"]),
        ] {
            let said = contradiction(&build(options)).unwrap_or_else(|| panic!("{options}"));
            assert!(words.iter().all(|word| said.contains(word)), "{options}: {said}");
        }
    }

    #[test]
    fn options_that_go_together_are_accepted() {
        for (options, mark_of, words) in [
            ("", "", "--profile archive"),
            ("--embed-source", "", "--profile archive --embed-source"),
            (
                "--embed-source=yaml,docx --to pdf",
                "",
                "--profile archive --embed-source=yaml,docx --docx-fonts open",
            ),
            (
                "--embed-source=docx",
                "",
                "--profile archive --embed-source=yaml,docx --docx-fonts open",
            ),
            (
                "--embed-source=docx --docx-embed",
                "",
                "--profile archive --embed-source=yaml,docx --docx-fonts open --docx-embed=used",
            ),
            ("--draft", "-送审稿", "--profile archive --draft"),
            ("--draft --profile screen", "-阅读-送审稿", "--profile screen --draft"),
            (
                "--profile print --marks --bleed 2.5mm --ink process",
                "-印刷",
                "--profile print --ink process --bleed 2.5mm --marks",
            ),
            ("--profile print --preprinted", "-套打", "--profile print --ink spot --preprinted"),
        ] {
            let build = build(options);
            assert_eq!(contradiction(&build), None, "{options}");
            assert_eq!(mark(&build), mark_of, "{options}");
            let office = WordFonts { profile: FontProfile::Open, embed: None };
            let fonts = word_fonts(&build.docx, office).expect("fonts");
            let said = recipe(&build, fonts).words();
            assert_eq!(said, format!("hongtou build {words}"), "{options}");
        }
    }

    #[test]
    fn only_open_fonts_are_embedded() {
        let office = |profile, embed| WordFonts { profile, embed };
        let (open, used) = (FontProfile::Open, Some(Embedding::Used));
        for (options, office, wanted) in [
            ("--docx-embed --docx-fonts open", WordFonts::default(), Some((open, used))),
            ("--docx-embed=whole", office(open, used), Some((open, Some(Embedding::Whole)))),
            ("", office(open, used), Some((open, used))),
            ("--docx-fonts windows", office(open, used), Some((FontProfile::Windows, None))),
            ("--docx-embed", WordFonts::default(), None),
            ("--docx-embed --docx-fonts fangzheng", office(open, used), None),
        ] {
            let build = build(options);
            let fonts = word_fonts(&build.docx, office);
            let found = fonts.map(|fonts| (fonts.profile, fonts.embed)).ok();
            assert_eq!(found, wanted, "{options}");
        }
    }

    #[test]
    fn a_draft_is_a_pdf_unless_a_docx_is_asked_for() {
        assert_eq!(formats(&build("--draft")), [Format::Pdf]);
        assert_eq!(formats(&build("--draft --to docx,pdf")), [Format::Pdf, Format::Docx]);
        assert_eq!(formats(&build("")), [Format::Pdf, Format::Docx]);
    }
}
