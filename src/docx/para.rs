//! What a paragraph of the Word document is.

use super::stand::{Border, Format};
use crate::compose::{Node, Run, runs_of};
use crate::layout::Role;
use crate::unit::Length;

/// Names a paragraph style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StyleKey {
    /// That of a role.
    Role(Role),
    /// A rule of the title block.
    HeadRule,
    /// The page number on even pages.
    EvenPageNumber,
    /// The strip under the last rule of the colophon.
    ColophonEnd,
    /// The paragraph after the colophon, which holds it on its page.
    Anchor,
}

/// A paragraph.
pub(super) struct Para<'a> {
    /// Its style.
    pub style: StyleKey,
    /// How it should stand.
    pub format: Format,
    /// What it says.
    pub pieces: Vec<Piece<'a>>,
    /// Bookmarks that begin before its text: number and name.
    pub bookmarks: Vec<(usize, String)>,
    /// Bookmarks that end after its text.
    pub ends: Vec<usize>,
    /// Whether the last character must not be followed by the spacing between characters: Word
    /// adds it, so that a spaced line would not stand in the middle.
    pub tight_end: bool,
    /// Space between characters, twips, where it is not its style's.
    pub spacing: Option<i64>,
}

impl<'a> Para<'a> {
    /// A paragraph without bookmarks.
    pub fn new(style: StyleKey, format: Format, pieces: Vec<Piece<'a>>) -> Para<'a> {
        Para {
            style,
            format,
            pieces,
            bookmarks: Vec::new(),
            ends: Vec::new(),
            tight_end: false,
            spacing: None,
        }
    }

    /// Its role, if it has one.
    pub fn role(&self) -> Option<Role> {
        match self.style {
            StyleKey::Role(role) => Some(role),
            StyleKey::EvenPageNumber => Some(Role::PageNumber),
            _ => None,
        }
    }
}

/// A row of the colophon.
pub(super) struct TableRow<'a> {
    /// Rule above.
    pub top: Option<Border>,
    /// Rule below.
    pub bottom: Option<Border>,
    /// White above and below the lines.
    pub padding: (i64, i64),
    /// Its text.
    pub paragraph: Para<'a>,
    /// How many lines that takes.
    pub lines: i64,
}

/// A piece of a paragraph's text.
#[derive(Clone, Debug)]
pub(super) enum Piece<'a> {
    /// A run, or as much of its text as this; with a size of its own where it had to be shrunk to
    /// fit its line.
    Run {
        run: &'a Run,
        text: &'a str,
        size: Option<Length>,
        /// Space between characters, twips, where it is not the paragraph's.
        spacing: Option<i64>,
    },
    /// A new line.
    Break,
    /// To the right edge.
    Tab,
}

/// Runs as pieces.
pub(super) fn pieces<'a>(
    runs: impl IntoIterator<Item = &'a Run>,
    size: Option<Length>,
) -> Vec<Piece<'a>> {
    let full = runs.into_iter().filter(|run| !run.text.is_empty());
    full.map(|run| Piece::Run { run, text: &run.text, size, spacing: None }).collect()
}

/// Text at the left and at the right of one line, the left one on so many lines.
pub(super) fn left_and_right<'a>(
    left: &'a [Node],
    right: &'a [Node],
    lines: usize,
) -> Vec<Piece<'a>> {
    let mut row = broken(pieces(runs_of(left), None), lines);
    let right = pieces(runs_of(right), None);
    if !right.is_empty() {
        row.push(Piece::Tab);
        row.extend(right);
    }
    row
}

/// Breaks a text into lines of at most so many characters, as even as they can be.
pub(super) fn broken<'a>(pieces: Vec<Piece<'a>>, lines: usize) -> Vec<Piece<'a>> {
    let length = |piece: &Piece<'_>| match piece {
        Piece::Run { text, .. } => text.chars().count(),
        _ => 0,
    };
    let whole: usize = pieces.iter().map(length).sum();
    let line = whole.div_ceil(lines.max(1)).max(1);
    let mut broken = Vec::new();
    let mut at = 0;
    for piece in pieces {
        let Piece::Run { run, mut text, size, spacing } = piece else {
            broken.push(piece);
            continue;
        };
        while let Some((cut, _)) = text.char_indices().nth(line - at) {
            let (head, rest) = text.split_at(cut);
            if !head.is_empty() {
                broken.push(Piece::Run { run, text: head, size, spacing });
            }
            broken.push(Piece::Break);
            (text, at) = (rest, 0);
        }
        at += text.chars().count();
        broken.push(Piece::Run { run, text, size, spacing });
    }
    broken
}
