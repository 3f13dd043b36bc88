//! The text of an item, an article or an attachment: paragraphs, points, round-ups, headings.

use super::words::{Kind, Piece, bad_form, bare, is_text, key, line, paragraphs, piece};
use super::{Block, Notice, Point, Roundup, Text, keys};
use crate::diagnostic::{Code, Span};
use crate::yaml::{Entry, Fields, Node, Reader, Value};

/// The fields that hold the text; at most one of them.
const WAYS: [&str; 5] = ["text", "paragraphs", "points", "roundup", "body"];

/// Whether a mapping has a text, or was meant to have one under a key that is misspelt.
pub(super) fn has_content(fields: &Fields<'_>) -> bool {
    let mut names = WAYS.iter().chain(&["entries", "closing", "figures", "tables"]);
    names.any(|name| fields.has(name) || fields.is_misspelt(name))
}

/// The text of a mapping. `None` when it has none, or none that can be read.
pub(super) fn content(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Vec<Block>> {
    let used: Vec<&Entry> = WAYS.iter().filter_map(|name| fields.entry(name)).collect();
    if let [first, second, ..] = used.as_slice() {
        reader.error(
            Code::ConflictingKeys(reader.kind()),
            second.key_span,
            format!("“{}”和“{}”只能写一个", first.key, second.key),
            "要混排段落、要点和小标题，都写进“正文（body）”的列表里",
        );
        return None;
    }
    let has_roundup = fields.has("roundup");
    for name in ["entries", "closing"] {
        if let Some(entry) = fields.entry(name).filter(|_| !has_roundup) {
            reader.error(
                Code::MissingKey(reader.kind()),
                entry.key_span,
                format!("“{}”要和“综合（roundup）”一起写", entry.key),
                "加上一行“综合: 本刊综合”",
            );
        }
    }
    let mut blocks = text_of(reader, fields).unwrap_or_default();
    for (name, kind) in [("figures", "图"), ("tables", "表")] {
        let others = fields.read(reader, name, paragraphs).unwrap_or_default();
        blocks.extend(others.into_iter().map(|text| Block::Other { kind, text }));
    }
    Some(blocks).filter(|blocks| !blocks.is_empty())
}

fn text_of(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Vec<Block>> {
    if fields.has("roundup") {
        return roundup(reader, fields).map(|roundup| vec![Block::Roundup(roundup)]);
    }
    for name in ["text", "paragraphs"] {
        if fields.has(name) {
            let texts = fields.read(reader, name, paragraphs)?;
            return Some(texts.into_iter().map(Block::Paragraph).collect());
        }
    }
    if fields.has("points") {
        return fields.read(reader, "points", points).map(|points| vec![Block::Points(points)]);
    }
    fields.read(reader, "body", body)
}

/// `body`: a text, or a list of paragraphs and one-key mappings.
fn body(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Vec<Block>> {
    let lists = reader.one_or_many(node, what, |reader, node, what| match &node.value {
        Value::Mapping(_) => block(reader, node),
        _ => {
            let texts = paragraphs(reader, node, what)?;
            Some(texts.into_iter().map(Block::Paragraph).collect())
        }
    })?;
    Some(lists.into_iter().flatten().collect())
}

/// An element of `body` that is a mapping: one key says what it is.
fn block(reader: &mut Reader<'_>, node: &Node) -> Option<Vec<Block>> {
    let fields = reader.fields(node, "正文（body）的这一项", keys::BLOCK)?;
    const KINDS: [&str; 9] = [
        "paragraph",
        "heading1",
        "heading2",
        "heading3",
        "heading4",
        "points",
        "quote",
        "figure",
        "table",
    ];
    let mut used = KINDS.iter().filter_map(|name| fields.entry(name).map(|entry| (*name, entry)));
    let first = used.next();
    let second = used
        .next()
        .map(|(_, entry)| entry)
        .or_else(|| ["roundup", "entries", "closing"].iter().find_map(|name| fields.entry(name)));
    if let (Some((_, first)), Some(second)) = (first, second) {
        reader.error(
            Code::ConflictingKeys(reader.kind()),
            second.key_span,
            format!("“{}”和“{}”要分成两条", first.key, second.key),
            "正文的列表里每条只写一种内容，各以“- ”开头",
        );
        return None;
    }
    let Some((name, _)) = first else {
        if !["roundup", "entries", "closing"].iter().any(|name| fields.has(name)) {
            // Unknown keys have been reported; nothing at all has not.
            if matches!(&node.value, Value::Mapping(entries) if entries.is_empty()) {
                reader.error(
                    Code::IssueNoContent,
                    node.span,
                    "正文（body）的这一项没有内容",
                    "填写内容，或删去它",
                );
            }
            return None;
        }
        return roundup(reader, &fields).map(|roundup| vec![Block::Roundup(roundup)]);
    };
    let other = |kind| move |text| Block::Other { kind, text };
    match name {
        "points" => fields.read(reader, name, points).map(|points| vec![Block::Points(points)]),
        "paragraph" => {
            let texts = fields.read(reader, name, paragraphs)?;
            Some(texts.into_iter().map(Block::Paragraph).collect())
        }
        "quote" | "figure" | "table" => {
            let kind = match name {
                "quote" => "引文",
                "figure" => "图",
                _ => "表",
            };
            let texts = fields.read(reader, name, paragraphs)?;
            Some(texts.into_iter().map(other(kind)).collect())
        }
        _ => {
            let level = name.bytes().last().map_or(1, |digit| digit - b'0');
            let text = fields.read(reader, name, |reader, node, what| {
                let piece = piece(reader, node, what, Kind::Plain)?;
                check_heading(reader, &piece, what, level);
                Some(piece.whole())
            })?;
            Some(vec![Block::Heading { level, text }])
        }
    }
}

/// The number of a heading is made by the layout (GB/T 9704 §7.3.3): 一、（一）1.（1）.
fn check_heading(reader: &mut Reader<'_>, piece: &Piece, what: &str, level: u8) {
    let text = piece.as_str();
    let numeral = |text: &str| {
        text.chars()
            .take_while(|c| "一二三四五六七八九十".contains(*c) || c.is_ascii_digit())
            .map(char::len_utf8)
            .sum::<usize>()
    };
    let length = match level {
        1 => Some(numeral(text)).filter(|n| *n > 0 && text[*n..].starts_with('、')).map(|n| n + 3),
        3 => Some(numeral(text))
            .filter(|n| *n > 0 && text[*n..].starts_with(['.', '．', '、']))
            .filter(|n| !text[n + 1..].starts_with(|c: char| c.is_ascii_digit()))
            .map(|n| n + text[n..].chars().next().map_or(1, char::len_utf8)),
        _ => text.strip_prefix('（').and_then(|rest| {
            let n = numeral(rest);
            (n > 0 && rest[n..].starts_with('）')).then_some(n + 6)
        }),
    };
    if let Some(length) = length {
        reader.error(
            Code::IssueOwnNumber,
            piece.span_of(0..length),
            format!("“{what}”的序号“{}”由程序加", &text[..length]),
            "删去序号，只写标题文字",
        );
    }
}

/// `points`: 一是 二是 are the program's.
fn points(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Vec<Point>> {
    reader.list(node, what, point)
}

fn point(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Point> {
    if let Value::Mapping(_) = &node.value {
        let fields = reader.fields(node, "要点（points）的这一条", keys::POINT)?;
        let marker = fields.read(reader, "marker", plain);
        let lead = fields.require(reader, "lead", |reader, node, what| {
            let piece = piece(reader, node, what, Kind::Running)?;
            check_point(reader, &piece, what);
            Some(piece.whole())
        });
        let text = fields
            .read(reader, "text", |reader, node, what| line(reader, node, what, Kind::Running));
        return Some(Point { marker, lead: lead?, text });
    }
    let piece = piece(reader, node, what, Kind::Running)?;
    check_point(reader, &piece, what);
    let text = piece.as_str();
    let end = first_sentence(text);
    let lead = piece.part(0..end);
    let rest = piece.part(end..text.len());
    Some(Point { marker: None, lead, text: Some(rest).filter(|rest| !rest.value.is_empty()) })
}

fn check_point(reader: &mut Reader<'_>, piece: &Piece, what: &str) {
    let text = piece.as_str();
    let numeral: usize =
        text.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).map(char::len_utf8).sum();
    if numeral > 0 && text[numeral..].starts_with('是') {
        let end = numeral + '是'.len_utf8();
        reader.error(
            Code::IssueOwnNumber,
            piece.span_of(0..end),
            format!("“{what}”的“{}”由程序加", &text[..end]),
            "删去它；要用别的序次语（首先、第一），写成 {序次语: 首先，, 要点句: …, 文字: …}",
        );
    }
}

/// Bytes of the first sentence: up to and with 。！？； outside quotation marks and brackets. A text
/// that begins with `**…**` has its first sentence there, if a sentence ends in it.
pub(super) fn first_sentence(text: &str) -> usize {
    let mut depth = 0usize;
    let mut emphasis = false;
    let mut ended = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        if c == '*' && next == Some('*') {
            chars.next();
            emphasis = !emphasis;
            if !emphasis && ended && depth == 0 {
                return at + 2;
            }
            continue;
        }
        match c {
            '“' | '‘' | '（' | '(' | '《' | '〈' | '【' | '〔' | '「' | '『' | '［' => {
                depth += 1
            }
            '”' | '’' | '）' | ')' | '》' | '〉' | '】' | '〕' | '」' | '』' | '］' => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        ended = is_end(c);
        if ended && depth == 0 && !emphasis && !next.is_some_and(is_end) {
            return at + c.len_utf8();
        }
    }
    text.len()
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；')
}

/// `roundup: 本刊综合` with `entries` and `closing` beside it.
fn roundup(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Roundup> {
    let label = fields.require(reader, "roundup", |reader, node, what| {
        piece(reader, node, what, Kind::Plain).map(|piece| label_of(&piece))
    });
    let entries = fields.require(reader, "entries", notices);
    let closing = fields
        .read(reader, "closing", |reader, node, what| line(reader, node, what, Kind::Running));
    Some(Roundup { label: label?, entries: entries?, closing })
}

/// A label without the colon that the layout prints.
pub(super) fn label_of(piece: &Piece) -> Text {
    bare(piece, '【', '】')
}

/// `entries`: a mapping of units and texts, or a list of such, or of {unit, text}.
fn notices(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Vec<Notice>> {
    if let Value::Mapping(entries) = &node.value {
        return Some(pairs(reader, entries, what));
    }
    let lists = reader.list(node, what, |reader, node, what| match &node.value {
        Value::Mapping(entries) if !is_record(entries) => Some(pairs(reader, entries, what)),
        Value::Mapping(_) => record(reader, node).map(|notice| vec![notice]),
        Value::Scalar { text, .. } => {
            let help = "每条写成“单位: 文字”，冒号用半角、后面空一格";
            bad_form(reader, reader.first_line(node.span), what, text, help);
            None
        }
        _ => {
            reader.wrong_kind(node, what, "“单位: 文字”");
            None
        }
    })?;
    Some(lists.into_iter().flatten().collect())
}

fn is_record(entries: &[Entry]) -> bool {
    let known = |name: &str| keys::NOTICE.iter().any(|key| key.names().any(|n| n == name));
    entries.iter().any(|entry| known(entry.key.trim()))
}

fn record(reader: &mut Reader<'_>, node: &Node) -> Option<Notice> {
    let fields = reader.fields(node, "单位条目（entries）的这一条", keys::NOTICE)?;
    let unit = fields.require(reader, "unit", |reader, node, what| {
        piece(reader, node, what, Kind::Plain).map(|piece| label_of(&piece))
    });
    let text = fields
        .require(reader, "text", |reader, node, what| line(reader, node, what, Kind::Running));
    Some(Notice { unit: unit?, text: text? })
}

fn pairs(reader: &mut Reader<'_>, entries: &[Entry], what: &str) -> Vec<Notice> {
    let mut out = Vec::new();
    for entry in entries {
        let unit = key(reader, &entry.key, entry.key_span, what).map(|piece| label_of(&piece));
        let text = line(reader, &entry.value, &entry.key, Kind::Running);
        if let (Some(unit), Some(text)) = (unit, text) {
            out.push(Notice { unit, text });
        }
    }
    out
}

fn plain(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Text> {
    line(reader, node, what, Kind::Plain)
}

/// An attachment: its title, or a mapping of title and text.
pub(super) fn attachment(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
) -> Option<super::Attachment> {
    if is_text(node) {
        return Some(super::Attachment { title: plain(reader, node, what)?, body: Vec::new() });
    }
    let fields = reader.fields(node, "附件（attachments）的这一项", keys::ATTACHMENT)?;
    let title = fields.require(reader, "title", plain);
    let body = content(reader, &fields).unwrap_or_default();
    Some(super::Attachment { title: title?, body })
}

/// Reports a mapping without a text.
pub(super) fn missing_content(reader: &mut Reader<'_>, span: Span, what: &str) {
    let span = reader.first_line(span);
    reader.error(
        Code::IssueNoContent,
        span,
        format!("{what}没有内容"),
        "写上文字（text）、段落（paragraphs）、要点（points）、综合（roundup）或正文（body）之一",
    );
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn the_first_sentence_ends_outside_quotes_and_brackets() {
        let split = |text: &'static str| text.split_at(first_sentence(text));
        assert_eq!(split("甲，乙。丙。"), ("甲，乙。", "丙。"));
        assert_eq!(split("推行“甲。乙”制；丙"), ("推行“甲。乙”制；", "丙"));
        assert_eq!(split("行吗？！好"), ("行吗？！", "好"));
        assert_eq!(split("**三是整合。**分类。"), ("**三是整合。**", "分类。"));
        assert_eq!(split("**整合**力量。分类。"), ("**整合**力量。", "分类。"));
        assert_eq!(split("没有句号"), ("没有句号", ""));
        assert_eq!(split("“没有配对。后面"), ("“没有配对。后面", ""));
    }
}
