//! `hongtou fonts`: which faces there are, and which one sets a character.

use super::args::Fonts;
use super::terminal::Terminal;
use super::{Exit, project};
use crate::diagnostic::{Sources, render};
use crate::font::{Coverage, FaceId, FontBook};
use crate::layout::Typeface;

pub(super) fn run(arguments: &Fonts, terminal: &Terminal) -> Exit {
    let book = match project::font_book(&arguments.fonts.font_path) {
        Ok(book) => book,
        Err(failure) => {
            let said = render(&Sources::default(), &failure.findings, terminal.color());
            terminal.warn(&said);
            return failure.exit;
        }
    };
    match &arguments.text {
        Some(text) => coverage(&book, text, terminal),
        None => {
            list(&book, terminal);
            Exit::Done
        }
    }
}

fn list(book: &FontBook, terminal: &Terminal) {
    for typeface in Typeface::ALL {
        let faces: Vec<String> =
            book.chain(typeface).iter().map(|face| described(book, *face)).collect();
        terminal.say_row(&[typeface.chinese(), &faces.join(" → ")]);
    }
    terminal.say("每行从左到右：先用前面的，前面没有的字用后面的。");
}

fn described(book: &FontBook, face: FaceId) -> String {
    let from = if book.is_bundled(face) { "内置" } else { "自备" };
    format!("{}（{from}）", book.name(face))
}

/// Says of each character what sets it in each kind of type; a character that none has is an
/// error.
fn coverage(book: &FontBook, text: &str, terminal: &Terminal) -> Exit {
    let mut missing = false;
    let mut seen = Vec::new();
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        if seen.contains(&character) {
            continue;
        }
        seen.push(character);
        let found: Vec<String> = Typeface::ALL
            .map(|typeface| (typeface, typeface.chinese()))
            .into_iter()
            .map(|(typeface, name)| match book.coverage(typeface, character) {
                Coverage::Own(face) => format!("{name}：{}", book.name(face)),
                Coverage::Fallback(face) => format!("{name}：{}（代替）", book.name(face)),
                Coverage::Missing => {
                    missing = true;
                    format!("{name}：没有")
                }
            })
            .collect();
        let shown = format!("{character}（U+{:04X}）", u32::from(character));
        terminal.say_row(&[&shown, &found.join("，")]);
    }
    if missing { Exit::Environment } else { Exit::Done }
}
