//! How a PDF was made, in the words of the command line. It stands in the file as the program that
//! created it (Creator, xmp:CreatorTool), so that every file says how it can be made again.

use super::word::{Embedding, WordFonts};
use crate::docx::FontProfile;
use crate::pdf::{self, PrintOptions, Separation};
use crate::unit::Length;

/// What a file was made for and with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipe {
    /// What it is for.
    pub profile: pdf::Profile,
    /// A draft, marked as such on every page.
    pub draft: bool,
    /// With the grid of lines and characters under the text.
    pub grid: bool,
    /// With the files that it is made of.
    pub embed: Option<EmbedRecipe>,
}

/// Which files are put into a PDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmbedRecipe {
    /// The DOCX too, with these fonts.
    pub docx: Option<WordFonts>,
}

/// What the words begin with.
const PROGRAM: &str = "hongtou build";

impl Recipe {
    /// The command that makes such a file.
    pub fn words(&self) -> String {
        let mut words = vec![PROGRAM.to_owned(), "--profile".to_owned()];
        match &self.profile {
            pdf::Profile::Archive => words.push("archive".to_owned()),
            pdf::Profile::Screen => words.push("screen".to_owned()),
            pdf::Profile::Print(options) => {
                words.push("print".to_owned());
                words.extend(press(options));
            }
        }
        match self.embed {
            None => {}
            Some(EmbedRecipe { docx: None }) => words.push("--embed-source".to_owned()),
            Some(EmbedRecipe { docx: Some(fonts) }) => {
                words.push("--embed-source=yaml,docx".to_owned());
                words.push(format!("--docx-fonts {}", fonts.profile.key()));
                let embed = fonts.embed.map(|embed| format!("--docx-embed={}", embed.key()));
                words.extend(embed);
            }
        }
        words.extend(self.draft.then(|| "--draft".to_owned()));
        words.extend(self.grid.then(|| "--grid".to_owned()));
        words.join(" ")
    }

    /// Reads [`Self::words`]; `None` for anything else.
    pub fn parse(words: &str) -> Option<Recipe> {
        let mut words = words.strip_prefix(PROGRAM)?.split_whitespace();
        let mut recipe = Recipe::default();
        let mut print = PrintOptions::default();
        let mut fonts = WordFonts::default();
        let mut docx = false;
        let mut purpose = "archive";
        while let Some(word) = words.next() {
            match word {
                "--profile" => purpose = words.next()?,
                "--ink" => print.separation = separation(words.next()?)?,
                "--bleed" => print.bleed = millimetres(words.next()?)?,
                "--marks" => print.crop_marks = true,
                "--preprinted" => print.preprinted = true,
                "--embed-source" => recipe.embed = Some(EmbedRecipe::default()),
                "--embed-source=yaml,docx" => {
                    recipe.embed = Some(EmbedRecipe::default());
                    docx = true;
                }
                "--docx-fonts" => fonts.profile = FontProfile::from_key(words.next()?)?,
                "--draft" => recipe.draft = true,
                "--grid" => recipe.grid = true,
                word => {
                    let embed = word.strip_prefix("--docx-embed=")?;
                    fonts.embed = Some(Embedding::from_key(embed)?);
                }
            }
        }
        if let Some(embed) = recipe.embed.as_mut().filter(|_| docx) {
            embed.docx = Some(fonts);
        }
        recipe.profile = match purpose {
            "archive" => pdf::Profile::Archive,
            "screen" => pdf::Profile::Screen,
            "print" => pdf::Profile::Print(print),
            _ => return None,
        };
        Some(recipe)
    }
}

fn press(options: &PrintOptions) -> Vec<String> {
    let ink = match options.separation {
        Separation::Spot => "spot",
        Separation::Process => "process",
    };
    let mut words = vec![format!("--ink {ink}")];
    if options.bleed > Length::ZERO {
        // To a hundredth: finer than anything that is cut, and the same when it is read again.
        words.push(format!("--bleed {}mm", (options.bleed.mm() * 100.0).round() / 100.0));
    }
    words.extend(options.crop_marks.then(|| "--marks".to_owned()));
    words.extend(options.preprinted.then(|| "--preprinted".to_owned()));
    words
}

fn separation(word: &str) -> Option<Separation> {
    match word {
        "spot" => Some(Separation::Spot),
        "process" => Some(Separation::Process),
        _ => None,
    }
}

fn millimetres(word: &str) -> Option<Length> {
    let number: f64 = word.strip_suffix("mm")?.parse().ok()?;
    (0.0..=1000.0).contains(&number).then(|| Length::from_mm(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_read_again() {
        let print = |bleed, crop_marks, preprinted, separation| {
            let bleed = Length::from_mm(bleed);
            pdf::Profile::Print(PrintOptions { separation, bleed, crop_marks, preprinted })
        };
        let profiles = [
            pdf::Profile::Archive,
            pdf::Profile::Screen,
            print(0.0, false, false, Separation::Spot),
            print(3.0, true, false, Separation::Process),
            print(2.35, false, true, Separation::Spot),
        ];
        let mut said = Vec::new();
        for profile in profiles {
            let whole = Some(Embedding::Whole);
            let word = [(FontProfile::Gb2312, None), (FontProfile::Open, whole)];
            let word = word.map(|(profile, embed)| Some(WordFonts { profile, embed }));
            for docx in [None].into_iter().chain(word) {
                for embed in [None, Some(EmbedRecipe { docx })] {
                    for (draft, grid) in [(false, false), (true, false), (true, true)] {
                        let recipe = Recipe { profile: profile.clone(), draft, grid, embed };
                        let words = recipe.words();
                        assert_eq!(Recipe::parse(&words), Some(recipe), "{words}");
                        said.push(words);
                    }
                }
            }
        }
        assert!(said.contains(&"hongtou build --profile archive".to_owned()), "{said:?}");
    }

    #[test]
    fn other_words_are_no_recipe() {
        for words in ["", "hongtou", "Word", "hongtou build --profile", "hongtou build --new"] {
            assert_eq!(Recipe::parse(words), None, "{words}");
        }
        assert_eq!(Recipe::parse("hongtou build --profile print --bleed 1e9mm"), None);
    }
}
