//! Texts: normalised, checked, and traced back to where they were written.

use std::ops::Range;

use super::Text;
use super::normalize::{Normalized, Setting, normalize};
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::yaml::{Node, Reader, Value, shorten};

/// Longest text of one field or paragraph, in characters; some twenty pages.
pub const MAX_CHARS: usize = 20_000;

/// What kind of text a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text: `**…**` is emphasis.
    Running,
    /// Names, titles, addresses.
    Plain,
    /// Titles whose two characters may be spread (N08).
    Heading,
}

/// A normalised text that knows where each part of it was written.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    words: Normalized,
    span: Span,
    /// Whether the span's bytes are the text as written, so that parts have spans of their own.
    exact: bool,
}

impl Piece {
    pub fn as_str(&self) -> &str {
        &self.words.text
    }

    pub fn whole(&self) -> Text {
        Text { value: self.words.text.clone(), span: self.span }
    }

    /// A part of the text, white space at its ends left out.
    pub fn part(&self, range: Range<usize>) -> Text {
        let part = &self.words.text[range.clone()];
        let start = range.start + part.len() - part.trim_start().len();
        let value = part.trim().to_owned();
        let span = self.span_of(start..start + value.len());
        Text { value, span }
    }

    /// Where a part of the text was written; the whole, when that cannot be told.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        if !self.exact {
            return self.span;
        }
        let origin = self.words.origin(range);
        offset(self.span, origin)
    }
}

fn offset(span: Span, range: Range<usize>) -> Span {
    let (start, end) = (span.start + range.start as u32, span.start + range.end as u32);
    Span { start, end, ..span }
}

/// A text on one line.
pub(super) fn piece(reader: &mut Reader<'_>, node: &Node, what: &str, kind: Kind) -> Option<Piece> {
    let text = reader.text(node, what)?;
    if text.value.contains('\n') {
        reader.error(
            Code::LineBreak(reader.kind()),
            reader.first_line(node.span),
            format!("“{what}”只能写一段，这里有换行"),
            "合成一段；长文字要分几行写时，用“>”而不用“|”",
        );
        return None;
    }
    place(reader, &text.value, node.span, what, kind)
}

/// A text on one line, as the model has it.
pub(super) fn line(reader: &mut Reader<'_>, node: &Node, what: &str, kind: Kind) -> Option<Text> {
    piece(reader, node, what, kind).map(|piece| piece.whole())
}

/// Names: one text or a list of them.
pub(super) fn names(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Vec<Text>> {
    parted(reader, node, what)?;
    reader.one_or_many(node, what, |reader, node, what| line(reader, node, what, Kind::Plain))
}

/// Reports names that YAML takes for one, because what parts them is no mark of YAML's: a full-width
/// comma between brackets, lines without dashes. `None` when there were such.
pub(super) fn parted(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<()> {
    let brackets = || {
        let source = &reader.sources().get(node.span.file).text;
        source.get(node.span.start as usize..).is_some_and(|text| text.starts_with('['))
    };
    let joined = |node: &Node| matches!(&node.value, Value::Scalar { text, plain: true } if text.contains('，'));
    let (message, span, help) = match &node.value {
        Value::Sequence(nodes) if brackets() => {
            let node = nodes.iter().find(|node| joined(node));
            let span = node.and_then(|node| find(reader, node.span, "，"));
            let message = format!("“{what}”里的逗号是全角的，两条连成了一条");
            (message, span, "各条之间写半角逗号加空格：[甲, 乙]；确是一条的，加上引号")
        }
        Value::Scalar { plain: true, .. } => {
            let source = &reader.sources().get(node.span.file).text;
            let text = source.get(node.span.start as usize..node.span.end as usize);
            let lines = text.is_some_and(|text| text.trim_end().contains('\n'));
            let span = lines.then(|| reader.first_line(node.span));
            let message = format!("“{what}”的几行连成了一条");
            (message, span, "每条前面加“- ”；确是一条的，写在一行里")
        }
        _ => return Some(()),
    };
    let Some(span) = span else { return Some(()) };
    reader.error(Code::IssueJoinedList, span, message, help);
    None
}

/// Running text of one or several paragraphs: a text, whose line breaks part paragraphs, or a list
/// of texts.
pub(super) fn paragraphs(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Vec<Text>> {
    let lists = reader.one_or_many(node, what, |reader, node, what| {
        let text = reader.text(node, what)?;
        Some(split_lines(reader, &text.value, node.span, what))
    })?;
    Some(lists.into_iter().flatten().collect())
}

/// So many lines of a text that are not found as they are, and no more are looked for.
const LOST: usize = 20;

fn split_lines(reader: &mut Reader<'_>, text: &str, span: Span, what: &str) -> Vec<Text> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut rest = span;
    let mut lost = 0;
    let mut out = Vec::new();
    for (index, written) in lines.iter().enumerate() {
        // What is written otherwise (with escapes) is looked for to the end of the text.
        let here = if lost < LOST { find(reader, rest, written) } else { None };
        match here {
            Some(here) => rest.start = here.end,
            None => lost += 1,
        }
        let Some(piece) = place_at(reader, written, (span, here), what, Kind::Running) else {
            continue;
        };
        if index + 1 < lines.len() && !ends_paragraph(piece.as_str()) {
            let end = piece.words.text.len();
            let start = piece.words.text.char_indices().next_back().map_or(0, |(at, _)| at);
            reader.report(
                Diagnostic::warning(
                    Code::IssueParagraphBreak,
                    piece.span_of(start..end),
                    "这一段没有句末标点就换行了",
                )
                .with_help("换行就是另起一段；一段要分几行写时，用“>”而不用“|”"),
            );
        }
        out.push(piece.whole());
    }
    out
}

fn ends_paragraph(text: &str) -> bool {
    text.trim_end_matches("**").ends_with(['。', '！', '？', '；', '：', '…', '”', '’', '）', '.'])
}

/// Where a text stands verbatim within a place.
fn find(reader: &Reader<'_>, span: Span, written: &str) -> Option<Span> {
    let source = &reader.sources().get(span.file).text;
    let slice = source.get(span.start as usize..span.end as usize)?;
    let at = slice.find(written)?;
    Some(offset(span, at..at + written.len()))
}

/// Normalises a text and reports what its rules report.
pub(super) fn place(
    reader: &mut Reader<'_>,
    written: &str,
    span: Span,
    what: &str,
    kind: Kind,
) -> Option<Piece> {
    let found = || find(reader, span, written);
    // A text that is too long is not looked for.
    let found = if written.len() > 4 * MAX_CHARS { None } else { found() };
    place_at(reader, written, (span, found), what, kind)
}

/// As [`place`], for a text that was looked for already: the place of the whole value, and its own.
fn place_at(
    reader: &mut Reader<'_>,
    written: &str,
    (whole, found): (Span, Option<Span>),
    what: &str,
    kind: Kind,
) -> Option<Piece> {
    let span = found.unwrap_or(whole);
    let count = written.chars().count();
    if count > MAX_CHARS {
        reader.error(
            Code::TooLong(reader.kind()),
            reader.first_line(span),
            format!("“{what}”太长：{count} 字，最多 {MAX_CHARS} 字"),
            "分成几段或几条",
        );
        return None;
    }
    let setting = if kind == Kind::Heading { Setting::Heading } else { Setting::Text };
    let words = normalize(written, setting);
    let piece = Piece { words, span, exact: found.is_some() };
    for problem in &piece.words.problems {
        let span = if piece.exact {
            offset(piece.span, problem.range.clone())
        } else {
            reader.first_line(piece.span)
        };
        let message = format!("“{what}”里{}", problem.message);
        let severity = if problem.error { Severity::Error } else { Severity::Warning };
        let report = Diagnostic { severity, ..Diagnostic::error(problem.code, span, message) };
        reader.report(report.with_help(problem.help));
    }
    if piece.as_str().is_empty() {
        reader.error(
            Code::EmptyValue(reader.kind()),
            span,
            format!("“{what}”没有内容"),
            "填写文字，或删去这一行",
        );
        return None;
    }
    check_emphasis(reader, &piece, what, kind);
    Some(piece)
}

fn check_emphasis(reader: &mut Reader<'_>, piece: &Piece, what: &str, kind: Kind) {
    let places: Vec<usize> = piece.as_str().match_indices("**").map(|(at, _)| at).collect();
    let Some(last) = places.last().copied() else { return };
    let span = piece.span_of(last..last + 2);
    if kind != Kind::Running {
        reader.error(
            Code::IssueEmphasis,
            span,
            format!("“{what}”里不能用强调记号“**”"),
            "删去“**”；字体由版式决定",
        );
    } else if places.len() % 2 == 1 {
        reader.error(
            Code::IssueEmphasis,
            span,
            format!("“{what}”里的强调记号“**”不成对"),
            "写成 **要强调的文字**",
        );
    }
}

/// A mapping key as a text: the unit of `区民政局: 文字`.
pub(super) fn key(reader: &mut Reader<'_>, key: &str, span: Span, what: &str) -> Option<Piece> {
    place(reader, key.trim(), span, what, Kind::Plain)
}

/// Takes off marks that the layout prints, when an editor typed them too: 【】 of a section, （） of
/// a source, ： of a label.
pub(super) fn bare(piece: &Piece, open: char, close: char) -> Text {
    let text = piece.as_str();
    let mut range = 0..text.len();
    if text.starts_with(open) && text.ends_with(close) && text.matches(open).count() == 1 {
        range = open.len_utf8()..text.len() - close.len_utf8();
    }
    let inner = text[range.clone()].trim_end_matches(['：', ':']);
    if inner.trim().is_empty() {
        return piece.whole();
    }
    piece.part(range.start..range.start + inner.len())
}

/// Reports a text that does not have the form it must have.
pub(super) fn bad_form(
    reader: &mut Reader<'_>,
    span: Span,
    what: &str,
    found: &str,
    help: impl Into<String>,
) {
    reader.error(
        Code::BadValue(reader.kind()),
        span,
        format!("“{what}”不能是“{}”", shorten(found)),
        help,
    );
}

/// Whether a value is one text.
pub(super) fn is_text(node: &Node) -> bool {
    matches!(node.value, Value::Scalar { .. })
}
