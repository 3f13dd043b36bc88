//! One recipient: `城子街道 王芳 <wangfang@example.cn>`, or 单位, 姓名, 邮箱, 格式 each by itself.

use super::{Format, Person};
use crate::diagnostic::{Code, Spanned};
use crate::issue::keys;
use crate::mail::Wrong;
use crate::mail::address::{Address, Mailbox, display_name};
use crate::yaml::{Node, Reader, Value};

/// The words for formats.
const FORMATS: &[(&str, Format)] = &[
    ("docx", Format::Docx),
    ("pdf", Format::Pdf),
    ("DOCX", Format::Docx),
    ("PDF", Format::Pdf),
    ("word", Format::Docx),
    ("Word", Format::Docx),
];

/// Reads one recipient.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Person> {
    if matches!(node.value, Value::Mapping(_)) {
        return fields(reader, node, what);
    }
    let text = reader.text(node, what)?;
    match short(&text) {
        Ok((unit, name, address)) => {
            let address = Spanned { value: address, span: text.span };
            Some(Person { unit, name, greeting: None, address, formats: Vec::new() })
        }
        Err(wrong) => {
            reader.report(wrong.at(text.span));
            None
        }
    }
}

/// `单位 姓名 <邮箱>`, `单位 <邮箱>`, an address alone.
fn short(text: &str) -> Result<(Option<String>, Option<String>, Address), Wrong> {
    let Mailbox { name, address } = Mailbox::parse(text)?;
    let name = name.unwrap_or_default();
    let mut words = name.split_whitespace().map(str::to_owned);
    let (unit, person, more) = (words.next(), words.next(), words.next());
    if more.is_some() {
        return Wrong::new(
            Code::RecipientsPerson,
            format!("“{name}”里分不清单位和姓名"),
            "写成“单位 姓名 <邮箱>”，或分开写：{单位: …, 姓名: …, 邮箱: …}",
        );
    }
    Ok((unit, person, address))
}

fn fields(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Person> {
    let fields = reader.fields(node, &format!("“{what}”的收件人"), keys::RECIPIENT)?;
    let mut name = |key| fields.read(reader, key, named);
    let (unit, person, greeting) = (name("unit"), name("person"), name("greeting"));
    let formats = fields.read(reader, "formats", formats).unwrap_or_default();
    let address = fields.require(reader, "address", |reader, node, what| {
        let text = reader.text(node, what)?;
        match Address::parse(&text) {
            Ok(value) => Some(Spanned { value, span: text.span }),
            Err(wrong) => {
                reader.report(wrong.at(text.span));
                None
            }
        }
    })?;
    Some(Person { unit, name: person, greeting, address, formats })
}

/// The name of a unit or a person.
pub(in crate::mail) fn named(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<String> {
    let text = reader.text(node, what)?;
    match display_name(&text) {
        Ok(name) => Some(name),
        Err(wrong) => {
            reader.report(wrong.at(text.span));
            None
        }
    }
}

/// `docx`, `[docx, pdf]`, also `docx、pdf` on one line.
pub(in crate::mail) fn formats(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
) -> Option<Vec<Format>> {
    let mut formats = match &node.value {
        Value::Scalar { text, .. } => {
            let parsed = parse_formats(text);
            if let Err(wrong) = &parsed {
                reader.report(wrong.clone().at(node.span));
            }
            parsed.ok()?
        }
        _ => reader
            .list(node, what, |reader, node, what| reader.choice(node, what, FORMATS))?
            .into_iter()
            .map(|format| format.value)
            .collect(),
    };
    formats.sort_unstable();
    formats.dedup();
    Some(formats)
}

/// Formats on one line.
///
/// # Errors
/// A word that is none.
pub(in crate::mail) fn parse_formats(text: &str) -> Result<Vec<Format>, Wrong> {
    let words = text.split(['、', '，', ',', '；', ';', '+', '/', ' ', '　', '和']);
    let words = words.map(str::trim).filter(|word| !word.is_empty());
    let mut formats = words
        .map(|word| match FORMATS.iter().find(|(name, _)| *name == word) {
            Some((_, format)) => Ok(*format),
            None => Wrong::new(
                Code::RecipientsPerson,
                format!("格式不能是“{word}”"),
                "可用的有：docx、pdf",
            ),
        })
        .collect::<Result<Vec<Format>, Wrong>>()?;
    formats.sort_unstable();
    formats.dedup();
    if formats.is_empty() {
        return Wrong::new(Code::RecipientsPerson, "没有写格式", "可用的有：docx、pdf");
    }
    Ok(formats)
}
