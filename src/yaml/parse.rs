//! From the parser's events to a tree of [`Node`]s.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Entry, Node, Value, fold, syntax};
use crate::diagnostic::{Code, Diagnostic, FileId, Severity, Span};

/// Largest file that is read: 4 MB, some two hundred times a long issue.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Deepest nesting that is read; an issue needs 8.
pub const MAX_DEPTH: usize = 32;
/// Most values in one file, so that a hostile file cannot fill the memory.
pub const MAX_NODES: usize = 200_000;

/// Reads one document.
///
/// # Errors
/// A syntax error comes alone; duplicate keys, anchors, tags and second documents are reported
/// together.
pub fn parse(file: FileId, text: &str) -> Result<Node, Vec<Diagnostic>> {
    let (root, problems) = parse_with_problems(file, text).map_err(|error| vec![error])?;
    let failed = problems.iter().any(|problem| problem.severity == Severity::Error);
    if failed { Err(problems) } else { Ok(root) }
}

/// Reads one document as far as its syntax goes; what else is wrong with it comes beside the tree,
/// so that a reader can report it together with what it finds itself.
pub(super) fn parse_with_problems(
    file: FileId,
    text: &str,
) -> Result<(Node, Vec<Diagnostic>), Diagnostic> {
    if text.len() > MAX_BYTES {
        return Err(Diagnostic::error(
            Code::YamlTooLarge,
            Span { file, start: 0, end: 0 },
            format!("文件太大：{} MB，最多 {} MB", text.len() >> 20, MAX_BYTES >> 20),
        )
        .with_help("一期简报的文字通常不到 100 KB；请检查是否选错了文件"));
    }
    // The parser takes a byte order mark for content when it is asked for offsets in the whole
    // text, so it is cut off here and added to the offsets again.
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = Builder {
        file,
        text,
        offset: (text.len() - body.len()) as u32,
        end: text.len() as u32,
        open: Vec::new(),
        root: None,
        documents: 0,
        nodes: 0,
        problems: Vec::new(),
    };
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
    };
    for event in Parser::new_from_str_with_options(body, options) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => return Err(syntax::explain(&error, file, text, builder.offset)),
        };
        let span = builder.span(&span);
        builder.take(event, span)?;
        if builder.documents > 1 {
            break;
        }
    }
    let empty = Span { file, start: 0, end: 0 };
    let root = builder.root.unwrap_or(Node { value: Value::Null, span: empty });
    Ok((root, builder.problems))
}

/// A collection whose end has not come yet.
struct Open {
    span: Span,
    kind: Kind,
}

enum Kind {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, key: Option<(Key, Span)>, seen: BTreeMap<String, Span> },
}

enum Key {
    Text(String),
    /// A list or mapping as key: reported, its value is dropped.
    Refused,
}

struct Builder<'t> {
    file: FileId,
    text: &'t str,
    offset: u32,
    end: u32,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    nodes: usize,
    problems: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn span(&self, span: &granit_parser::Span) -> Span {
        let (start, end) =
            span.byte_range().map_or((0, 0), |range| (range.start as u32, range.end as u32));
        let start = (start + self.offset).min(self.end);
        Span { file: self.file, start, end: (end + self.offset).clamp(start, self.end) }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.problems.push(
                        Diagnostic::error(Code::YamlSecondDocument, span, "一个文件只能写一期")
                            .with_help("删去单独成行的“---”；另一期请另存为一个文件"),
                    );
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse(anchor, tag.is_some(), span);
                let mut node = self.scalar(&text, style, span);
                // 文字: &重要会议 is not empty too.
                if anchor > 0 && node.value == Value::Null {
                    node.value = Value::Scalar { text: "&".to_owned(), plain: false };
                }
                self.value(node)?;
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.problems.push(
                    Diagnostic::error(Code::YamlSign, span, "以“*”开头的文字要加引号")
                        .with_help("YAML 把开头的“*”当作引用；请给整段文字加上一对单引号：'…'"),
                );
                // What was written stands for itself: it is not missing too.
                let text = self.text.get(span.start as usize..span.end as usize).unwrap_or("*");
                let value = Value::Scalar { text: text.to_owned(), plain: false };
                self.value(Node { value, span })?;
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse(anchor, tag.is_some(), span);
                self.push(span, Kind::Sequence(Vec::new()))?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse(anchor, tag.is_some(), span);
                let kind = Kind::Mapping { entries: Vec::new(), key: None, seen: BTreeMap::new() };
                self.push(span, kind)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            _ => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Node {
        let plain = style == ScalarStyle::Plain;
        if plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
            return Node { value: Value::Null, span };
        }
        let slice = self.text.get(span.start as usize..span.end as usize).unwrap_or("");
        let folded = match style {
            ScalarStyle::Literal => None,
            _ => fold::close_folds(text, slice),
        };
        // The span of a block text runs to the next line of text.
        let end = span.start + slice.trim_end().len() as u32;
        if plain {
            self.warn_of_comment(span.end as usize);
        }
        let text = folded.unwrap_or_else(|| text.to_owned());
        Node { value: Value::Scalar { text, plain }, span: Span { end, ..span } }
    }

    /// `完成 #3 工程`: YAML takes the rest for a comment, and it would vanish from the page. A
    /// comment that is meant has a space after its sign.
    fn warn_of_comment(&mut self, end: usize) {
        // Only what matters of the rest is looked at: a line may be as long as the file.
        let rest = self.text.get(end..).unwrap_or("");
        let comment = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
        if !comment.starts_with('#') || comment.len() == rest.len() {
            return;
        }
        let rest = rest.lines().next().unwrap_or("");
        let comment = rest.trim_start();
        let eaten = comment.strip_prefix('#').and_then(|c| c.chars().next());
        if comment.len() < rest.len() && eaten.is_some_and(|c| !c.is_whitespace() && c != '#') {
            let start = (end + rest.len() - comment.len()) as u32;
            let span = Span { file: self.file, start, end: (end + rest.trim_end().len()) as u32 };
            self.problems.push(
                Diagnostic::warning(Code::YamlComment, span, "“#”后面的文字被当作注释，不会印出")
                    .with_help(
                        "要印出，请给整段文字加上一对单引号：'…'；确是注释，请在“#”后空一格",
                    ),
            );
        }
    }

    /// Anchors and tags: an editor who types `&` or `!` first means the character.
    fn refuse(&mut self, anchor: usize, tag: bool, span: Span) {
        if anchor > 0 {
            // The span is that of the text behind the mark.
            let before = self.text.get(..span.start as usize).unwrap_or("");
            let span = before.rfind('&').map_or(span, |at| Span {
                start: at as u32,
                end: at as u32 + 1,
                ..span
            });
            self.problems.push(
                Diagnostic::error(Code::YamlSign, span, "这里不能用“&”起头")
                    .with_help("YAML 把开头的“&”当作标记；请给整段文字加上一对单引号：'…'"),
            );
        }
        if tag {
            self.problems.push(
                Diagnostic::error(Code::YamlSign, span, "这里不能用半角“!”起头")
                    .with_help("YAML 把开头的“!”当作标记；请给整段文字加上一对单引号：'…'"),
            );
        }
    }

    fn push(&mut self, span: Span, kind: Kind) -> Result<(), Diagnostic> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Diagnostic::error(
                Code::YamlTooLarge,
                span,
                format!("嵌套太深：超过 {MAX_DEPTH} 层"),
            )
            .with_help("请检查缩进和括号"));
        }
        self.open.push(Open { span, kind });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Diagnostic> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        // The end event of a block collection lies at the start of the next line of text; the
        // last child ends where the editor sees the end.
        let (value, last) = match open.kind {
            Kind::Sequence(nodes) => {
                let last = nodes.last().map(|node| node.span.end);
                (Value::Sequence(nodes), last)
            }
            Kind::Mapping { entries, .. } => {
                let last = entries.last().map(|e| e.value.span.end.max(e.key_span.end));
                (Value::Mapping(entries), last)
            }
        };
        let flow = span.end > span.start;
        let end = if flow { span.end } else { last.unwrap_or(open.span.end) };
        let span = Span { end: end.max(open.span.start), ..open.span };
        self.value(Node { value, span })
    }

    /// Puts a finished value where it belongs.
    fn value(&mut self, node: Node) -> Result<(), Diagnostic> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Diagnostic::error(
                Code::YamlTooLarge,
                node.span,
                format!("内容太多：超过 {MAX_NODES} 项"),
            )
            .with_help("请检查是否选错了文件"));
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        match &mut open.kind {
            Kind::Sequence(nodes) => nodes.push(node),
            Kind::Mapping { entries, key, seen } => match key.take() {
                None => *key = Some(read_key(node, seen, &mut self.problems)),
                Some((Key::Refused, _)) => {}
                Some((Key::Text(key), key_span)) => {
                    entries.push(Entry { key, key_span, value: node });
                }
            },
        }
        Ok(())
    }
}

/// A key, checked; the second of two equal keys is reported and dropped.
fn read_key(
    node: Node,
    seen: &mut BTreeMap<String, Span>,
    problems: &mut Vec<Diagnostic>,
) -> (Key, Span) {
    let span = node.span;
    let text = match node.value {
        Value::Scalar { text, plain } if !(plain && text == "<<") => text,
        Value::Scalar { .. } => {
            problems.push(
                Diagnostic::error(Code::YamlMergeKey, span, "不支持合并键“<<”")
                    .with_help("各期共用的内容写进 hongtou.yaml 的“默认（defaults）”"),
            );
            return (Key::Refused, span);
        }
        other => {
            problems.push(
                Diagnostic::error(
                    Code::YamlBadKey,
                    span,
                    format!("键应为文字，这里是{}", other.kind()),
                )
                .with_help("写成“键: 值”；含有 [ ] { } 的文字要加引号"),
            );
            return (Key::Refused, span);
        }
    };
    if let Some(first @ ('\u{3000}' | '\u{a0}')) = text.chars().next() {
        let end = span.start + first.len_utf8() as u32;
        problems.push(
            Diagnostic::error(Code::YamlIndentation, Span { end, ..span }, "缩进里有全角空格")
                .with_help("缩进请用半角空格，每层两个"),
        );
        return (Key::Refused, span);
    }
    if seen.contains_key(&text) {
        problems.push(
            Diagnostic::error(Code::YamlDuplicateKey, span, format!("“{text}”写了两次"))
                .with_help("只留一个；要写多条内容，请用列表（每条以“- ”开头）"),
        );
        return (Key::Refused, span);
    }
    seen.insert(text.clone(), span);
    (Key::Text(text), span)
}
