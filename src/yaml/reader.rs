//! Walks a tree and collects everything that is wrong with it.

use std::str::FromStr;

use super::{Node, Value, nearest, parse, syntax};
use crate::diagnostic::{Code, Diagnostic, FileId, FileKind, Findings, Sources, Span, Spanned};

/// Reads values out of [`Node`]s. A method that finds something wrong reports it, returns `None`
/// and lets the caller go on, so that all errors of a file are seen together; [`Reader::finish`]
/// hands them over at the end.
///
/// The `what` of the methods is the value's name in messages: the key as the editor wrote it.
#[derive(Debug)]
pub struct Reader<'s> {
    sources: &'s Sources,
    kind: FileKind,
    reports: Findings,
    pub(super) hint: fn(&str) -> Option<String>,
}

impl<'s> Reader<'s> {
    /// A reader of these files, which are of this kind.
    pub fn new(sources: &'s Sources, kind: FileKind) -> Reader<'s> {
        Reader { sources, kind, reports: Findings::default(), hint: |_| None }
    }

    /// Sets what to say of a key that is unknown where it stands, above all where it belongs. It
    /// comes before a guess at the key that was meant.
    pub fn set_hint(&mut self, hint: fn(&str) -> Option<String>) {
        self.hint = hint;
    }

    /// What kind of file is read, for codes.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The files.
    pub fn sources(&self) -> &'s Sources {
        self.sources
    }

    /// Parses a file. `None` after a syntax error, which is reported; duplicate keys, anchors and
    /// the like are reported too, but the tree is there to go on with.
    pub fn parse(&mut self, file: FileId) -> Option<Node> {
        match parse::parse_with_problems(file, &self.sources.get(file).text) {
            Ok((root, problems)) => {
                problems.into_iter().for_each(|problem| self.reports.push(problem));
                Some(root)
            }
            Err(error) => {
                self.reports.push(error);
                None
            }
        }
    }

    /// Adds a finding.
    pub fn report(&mut self, finding: Diagnostic) {
        self.reports.push(finding);
    }

    /// Adds an error.
    pub fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report(Diagnostic::error(code, span, message).with_help(help));
    }

    /// Whether there was an error so far.
    pub fn failed(&self) -> bool {
        self.reports.failed()
    }

    /// Whether there are more findings already than are shown.
    pub fn is_full(&self) -> bool {
        self.reports.is_full()
    }

    /// The findings in the order of the files, as many as are shown: `Ok` when there are only
    /// warnings.
    ///
    /// # Errors
    /// When at least one finding is an error, all of them.
    pub fn finish(self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let failed = self.failed();
        let findings = self.reports.finish();
        if failed { Err(findings) } else { Ok(findings) }
    }

    /// The first line of a place.
    pub fn first_line(&self, span: Span) -> Span {
        if self.is_full() {
            // Hardly shown any more, and a line may be as long as the file.
            return Span { end: span.start, ..span };
        }
        let text = &self.sources.get(span.file).text;
        let slice = text.get(span.start as usize..span.end as usize).unwrap_or("");
        let line = slice.lines().next().unwrap_or("").trim_end();
        Span { end: span.start + line.len() as u32, ..span }
    }

    /// Reports a value of the wrong kind; `wanted` as 文字 or 列表.
    pub fn wrong_kind(&mut self, node: &Node, what: &str, wanted: &str) {
        let span = self.first_line(node.span);
        let found = node.value.kind();
        let mut report = Diagnostic::error(
            Code::WrongKind(self.kind),
            span,
            format!("“{what}”应为{wanted}，这里是{found}"),
        );
        let slip = match &node.value {
            Value::Scalar { text, .. } => syntax::slip_help(text),
            _ => None,
        };
        report.help = Some(slip.map_or_else(|| kind_help(&node.value, wanted), str::to_owned));
        self.report(report);
    }

    /// Reports that there is nothing to read.
    pub(super) fn empty<T>(&mut self, node: &Node, message: &str, help: &str) -> Option<T> {
        self.error(Code::EmptyValue(self.kind), node.span, message, help);
        None
    }

    /// Reports a value of the wrong kind: there is nothing to read.
    pub(super) fn other_kind<T>(&mut self, node: &Node, what: &str, wanted: &str) -> Option<T> {
        self.wrong_kind(node, what, wanted);
        None
    }

    /// Any scalar as text, white space at both ends taken off. Empty texts are reported.
    pub fn text(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar { text, .. } if !text.trim().is_empty() => {
                Some(Spanned { value: text.trim().to_owned(), span: node.span })
            }
            Value::Scalar { .. } | Value::Null => {
                self.empty(node, &format!("“{what}”没有内容"), "填写文字，或删去这一行")
            }
            _ => self.other_kind(node, what, "文字"),
        }
    }

    /// A list; `read` reads each element. `None` only when it is no list or has no element.
    pub fn list<'n, T>(
        &mut self,
        node: &'n Node,
        what: &str,
        mut read: impl FnMut(&mut Reader<'s>, &'n Node, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        match &node.value {
            Value::Sequence(nodes) if !nodes.is_empty() => {
                Some(nodes.iter().filter_map(|node| read(self, node, what)).collect())
            }
            Value::Sequence(_) => {
                self.empty(node, &format!("“{what}”是空的列表"), "填写内容，或删去这一行")
            }
            _ => self.other_kind(node, what, "列表（每条以“- ”开头）"),
        }
    }

    /// One value or a list of them.
    pub fn one_or_many<'n, T>(
        &mut self,
        node: &'n Node,
        what: &str,
        mut read: impl FnMut(&mut Reader<'s>, &'n Node, &str) -> Option<T>,
    ) -> Option<Vec<T>> {
        match &node.value {
            Value::Sequence(_) => self.list(node, what, read),
            _ => read(self, node, what).map(|value| vec![value]),
        }
    }

    /// One text or a list of them.
    pub fn texts(&mut self, node: &Node, what: &str) -> Option<Vec<Spanned<String>>> {
        self.one_or_many(node, what, |reader, node, what| reader.text(node, what))
    }

    /// A whole number that `T` can hold, quoted or not.
    pub fn integer<T: FromStr>(&mut self, node: &Node, what: &str) -> Option<Spanned<T>> {
        let text = self.text(node, what)?;
        let digits = text.value.strip_prefix('-').unwrap_or(&text.value);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            self.error(
                Code::BadValue(self.kind),
                node.span,
                format!("“{what}”应为整数，这里是“{}”", shorten(&text.value)),
                "只写阿拉伯数字（半角），不加其他字",
            );
            return None;
        }
        match text.value.parse() {
            Ok(value) => Some(Spanned { value, span: node.span }),
            Err(_) => {
                self.error(
                    Code::OutOfRange(self.kind),
                    node.span,
                    format!("“{what}”超出范围"),
                    "请检查数字",
                );
                None
            }
        }
    }

    /// A decimal number.
    pub fn number(&mut self, node: &Node, what: &str) -> Option<Spanned<f64>> {
        let text = self.text(node, what)?;
        let shape = text.value.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
        match text.value.parse::<f64>() {
            Ok(value) if shape && value.is_finite() => Some(Spanned { value, span: node.span }),
            _ => {
                self.error(
                    Code::BadValue(self.kind),
                    node.span,
                    format!("“{what}”应为数字，这里是“{}”", shorten(&text.value)),
                    "只写阿拉伯数字（半角），小数点用“.”",
                );
                None
            }
        }
    }

    /// 是 or 否, also `true` and `false`.
    pub fn boolean(&mut self, node: &Node, what: &str) -> Option<Spanned<bool>> {
        self.choice(node, what, &[("是", true), ("否", false), ("true", true), ("false", false)])
    }

    /// One of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        node: &Node,
        what: &str,
        words: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.text(node, what)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(Spanned { value: *value, span: node.span });
        }
        let help = match nearest(&text.value, words.iter().map(|(word, _)| *word)) {
            Some(word) => format!("是否应为“{word}”？"),
            None => {
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                format!("可用的有：{}", words.join("、"))
            }
        };
        self.error(
            Code::BadValue(self.kind),
            node.span,
            format!("“{what}”不能是“{}”", shorten(&text.value)),
            help,
        );
        None
    }
}

/// What to do about a value of the wrong kind.
fn kind_help(found: &Value, wanted: &str) -> String {
    let help = match found {
        Value::Mapping(entries) if wanted.contains("列表") && !entries.is_empty() => {
            // Almost always the one element of a list, without its dash.
            let key = &entries[0].key;
            return format!("在“{key}”前加“- ”，同一条的其他各行和“{key}”左边对齐");
        }
        _ if wanted.contains("列表") => "每条另起一行，以“- ”开头；短的可写成 [甲, 乙]",
        Value::Sequence(_) if wanted.contains("键: 值") => "去掉开头的“- ”，每行写一项“键: 值”",
        _ if wanted.contains("键: 值") => "另起一行，缩进两格，每行写一项“键: 值”",
        Value::Mapping(_) => "文字里有半角冒号加空格时，给整段文字加上引号，或改用全角冒号",
        _ => "只写一个，不用列表",
    };
    help.to_owned()
}

/// The beginning of a text, for messages.
pub fn shorten(text: &str) -> String {
    const KEPT: usize = 20;
    let mut short: String = text.chars().take(KEPT).collect();
    if text.chars().nth(KEPT).is_some() {
        short.push('…');
    }
    short.replace(['\n', '\r'], " ")
}
