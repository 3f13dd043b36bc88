//! What the parts of the reader share: values with units and limits, templates, and a record of
//! what the layout uses, for the checks at the end.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::diagnostic::{Code, FileKind, Span, Spanned};
use crate::layout::units::{self, Wrong};
use crate::layout::{Field, Role, Template, template};
use crate::unit::Length;
use crate::yaml::{Fields, Key, Node, Reader, Value, nearest};

/// The reader of one layout.
pub(super) struct Context<'s> {
    pub reader: Reader<'s>,
    /// Roles that the layout prints, where it says so.
    pub roles: Vec<Spanned<Role>>,
    /// Colours that it names.
    pub inks: Vec<Spanned<String>>,
    /// Fields that have a place.
    pub fields: BTreeSet<Field>,
}

/// A length between two bounds, both given in millimetres.
pub(super) fn mm(range: RangeInclusive<f64>) -> RangeInclusive<Length> {
    Length::from_mm(*range.start())..=Length::from_mm(*range.end())
}

impl<'s> Context<'s> {
    pub fn new(reader: Reader<'s>) -> Context<'s> {
        Context { reader, roles: Vec::new(), inks: Vec::new(), fields: BTreeSet::new() }
    }

    pub fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.reader.error(code, span, message, help);
    }

    pub fn mapping<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        keys: &'static [Key],
    ) -> Option<Fields<'n>> {
        self.reader.fields(node, what, keys)
    }

    /// The value of a key that must be there.
    pub fn need<'n>(&mut self, fields: &Fields<'n>, name: &str) -> Option<&'n Node> {
        if !fields.has(name) {
            fields.missing(&mut self.reader, name);
        }
        fields.node(name)
    }

    /// A scalar read by one of the parsers of [`units`].
    pub fn scalar<T>(
        &mut self,
        node: &Node,
        what: &str,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Option<Spanned<T>> {
        let text = self.reader.text(node, what)?;
        match parse(&text.value) {
            Ok(value) => Some(Spanned { value, span: node.span }),
            Err(wrong) => {
                self.error(
                    Code::BadValue(FileKind::Layout),
                    node.span,
                    format!("“{what}”{}", colon(&wrong.message)),
                    wrong.help,
                );
                None
            }
        }
    }

    pub fn length(
        &mut self,
        node: &Node,
        what: &str,
        range: RangeInclusive<Length>,
    ) -> Option<Spanned<Length>> {
        let length = self.scalar(node, what, units::length)?;
        // Bounds in the unit that was written.
        let Value::Scalar { text, .. } = &node.value else { return None };
        if range.contains(&length.value) {
            return Some(length);
        }
        self.error(
            Code::OutOfRange(FileKind::Layout),
            node.span,
            format!("“{what}”超出合理范围"),
            format!("应在{}至{}之间", show_as(*range.start(), text), show_as(*range.end(), text)),
        );
        None
    }

    /// Thousandths of an em within bounds given in the same.
    pub fn ems(
        &mut self,
        node: &Node,
        what: &str,
        range: RangeInclusive<i64>,
    ) -> Option<Spanned<i64>> {
        let ems = self.scalar(node, what, units::ems)?;
        if range.contains(&ems.value) {
            return Some(ems);
        }
        let (least, most) = (*range.start() as f64 / 1000.0, *range.end() as f64 / 1000.0);
        self.error(
            Code::OutOfRange(FileKind::Layout),
            node.span,
            format!("“{what}”超出合理范围"),
            format!("应在{least}字至{most}字之间"),
        );
        None
    }

    pub fn rows(&mut self, node: &Node, what: &str, most: u32) -> Option<Spanned<u32>> {
        let rows = self.scalar(node, what, units::rows)?;
        if rows.value <= most {
            return Some(rows);
        }
        self.error(
            Code::OutOfRange(FileKind::Layout),
            node.span,
            format!("“{what}”超出合理范围"),
            format!("最多{most}行"),
        );
        None
    }

    /// A number of things.
    pub fn count(
        &mut self,
        node: &Node,
        what: &str,
        range: RangeInclusive<u32>,
    ) -> Option<Spanned<u32>> {
        let count = self.reader.integer::<u32>(node, what)?;
        if range.contains(&count.value) {
            return Some(count);
        }
        self.error(
            Code::OutOfRange(FileKind::Layout),
            node.span,
            format!("“{what}”不能是{}", count.value),
            format!("应在{}至{}之间", range.start(), range.end()),
        );
        None
    }

    /// Words that may be none: `""`.
    pub fn words(&mut self, node: &Node, what: &str) -> Option<String> {
        match &node.value {
            Value::Scalar { text, .. } if text.chars().any(char::is_control) => {
                self.error(
                    Code::LineBreak(FileKind::Layout),
                    node.span,
                    format!("“{what}”里有换行或控制字符"),
                    "写在一行里",
                );
                None
            }
            Value::Scalar { text, .. } if text.chars().count() > MAX_WORDS => {
                self.error(
                    Code::TooLong(FileKind::Layout),
                    node.span,
                    format!("“{what}”太长"),
                    format!("最多{MAX_WORDS}字"),
                );
                None
            }
            Value::Scalar { text, .. } => Some(text.clone()),
            _ => {
                self.reader.wrong_kind(node, what, "文字");
                None
            }
        }
    }

    pub fn ink(&mut self, node: &Node, what: &str) -> Option<String> {
        let name = self.reader.text(node, what)?;
        self.inks.push(name.clone());
        Some(name.value)
    }

    /// A template without optional parts.
    pub fn template(&mut self, node: &Node, what: &str, allowed: &[Field]) -> Option<Template> {
        let text = self.template_text(node, what)?;
        self.report_wrong(node.span, what, template::parse(&text, allowed))
    }

    /// A template with its optional parts: several forms, the fullest first.
    pub fn templates(
        &mut self,
        node: &Node,
        what: &str,
        allowed: &[Field],
    ) -> Option<Vec<Template>> {
        let text = self.template_text(node, what)?;
        self.report_wrong(node.span, what, template::parse_optional(&text, allowed))
    }

    fn template_text(&mut self, node: &Node, what: &str) -> Option<String> {
        // `{owner}` without quotes is a mapping to YAML.
        if let Value::Mapping(entries) = &node.value
            && let [entry] = entries.as_slice()
            && entry.value.value == Value::Null
        {
            self.error(
                Code::LayoutTemplate,
                node.span,
                format!("“{what}”以花括号开头，要加引号"),
                format!("写成“\"{{{}}}\"”", entry.key),
            );
            return None;
        }
        self.words(node, what)
    }

    fn report_wrong<T>(&mut self, span: Span, what: &str, result: Result<T, Wrong>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.error(
                    Code::LayoutTemplate,
                    span,
                    format!("“{what}”{}", colon(&wrong.message)),
                    wrong.help,
                );
                None
            }
        }
    }

    /// A role by its English or Chinese name.
    pub fn role(&mut self, name: &str, span: Span, what: &str) -> Option<Role> {
        let role = Role::from_key(name);
        if role.is_none() {
            let names = Role::ALL.iter().flat_map(|role| [role.key(), role.chinese()]);
            let help = nearest(name, names).map_or_else(
                || {
                    let all: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
                    format!("可用的有：{}", all.join("、"))
                },
                |name| format!("是否应为“{name}”？"),
            );
            self.error(Code::LayoutUnknownRole, span, format!("{what}没有“{name}”这个角色"), help);
        }
        role
    }

    /// The one key of a mapping such as `- rule: …`, which says what it is.
    pub fn one_of<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        keys: &'static [Key],
    ) -> Option<(&'static str, &'n Node)> {
        let fields = self.reader.fields(node, what, keys)?;
        let mut found = keys.iter().filter(|key| fields.has(key.name));
        let first = found.next();
        if let Some(key) = found.next() {
            let span = fields.entry(key.name).map_or(node.span, |entry| entry.key_span);
            self.error(
                Code::ConflictingKeys(FileKind::Layout),
                span,
                format!("{what}只能是一种"),
                "每种另起一条，以“- ”开头",
            );
            return None;
        }
        if node.value == Value::Mapping(Vec::new()) {
            let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            self.error(
                Code::EmptyValue(FileKind::Layout),
                node.span,
                format!("{what}没有内容"),
                format!("可用的有：{}", names.join("、")),
            );
        }
        let name = first?.name;
        fields.node(name).map(|node| (name, node))
    }
}

/// Longest text of a layout.
const MAX_WORDS: usize = 200;

/// Messages that do not begin with a verb get a colon after the key: “text”：没有…….
fn colon(message: &str) -> String {
    let verb = ["缺少", "不是"].iter().any(|start| message.starts_with(start));
    if verb { message.to_owned() } else { format!("：{message}") }
}

/// A length for messages.
pub(super) fn show(length: Length) -> String {
    let mm = (length.mm() * 100.0).round() / 100.0;
    format!("{mm}mm")
}

/// A length for messages, in points when it was written in points or as a 字号.
fn show_as(length: Length, written: &str) -> String {
    if written.ends_with("pt") || written.ends_with('磅') || units::named_size(written).is_some() {
        format!("{}pt", (length.pt() * 10.0).round() / 10.0)
    } else {
        show(length)
    }
}
