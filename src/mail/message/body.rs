//! The words of a message, as plain text and as HTML.

use chrono::Datelike;

use super::template::Field;
use super::{Letter, Purpose, file_name};
use crate::archive::markup::escape;
use crate::archive::{Entry, Item};
use crate::mail::plan::Planned;

/// Stands for the list of items until the lines are known. No YAML text can have it.
const ITEMS: char = '\0';

/// Stands for a field that is empty: its line falls away.
const EMPTY: char = '\u{1}';

/// A message's words in order.
pub(super) struct Body<'a> {
    blocks: Vec<Block>,
    entry: &'a Entry,
}

enum Block {
    /// What the message is, when it is not an ordinary one.
    Notice(String),
    /// A line; empty between paragraphs.
    Line(String),
    /// The list of items.
    Items,
}

/// The words for a recipient: what each field of a template means.
pub(super) fn word(field: Field, planned: &Planned, letter: &Letter<'_>) -> String {
    let entry = letter.entry;
    match field {
        Field::Title => entry.title.clone(),
        Field::Bulletin => entry.bulletin.clone(),
        Field::Number => entry.number.to_string(),
        Field::Issue => entry.subject.clone(),
        Field::Date => {
            let date = entry.date;
            format!("{}年{}月{}日", date.year(), date.month(), date.day())
        }
        Field::Items => ITEMS.to_string(),
        Field::Greeting => greeting(planned),
        Field::Office => entry.offices.join("、"),
        Field::Files => {
            let names = planned.formats.iter().map(|format| file_name(entry, *format));
            names.collect::<Vec<_>>().join("、")
        }
        Field::Contact => entry.contact.join("、"),
        Field::Reason => {
            let reason = letter.reason.filter(|_| planned.correction.is_some());
            reason.unwrap_or_default().to_owned()
        }
    }
}

/// 城子街道 王芳.
fn greeting(planned: &Planned) -> String {
    let recipient = &planned.recipient;
    match &planned.greeting {
        Some(greeting) => greeting.clone(),
        None => super::recipient_name(planned).unwrap_or_else(|| recipient.address.clone()),
    }
}

/// Puts the words of a message together.
pub(super) fn body<'a>(planned: &Planned, letter: &Letter<'a>) -> Body<'a> {
    let mut blocks = Vec::new();
    if letter.purpose == Purpose::Test {
        blocks.push(Block::Notice("这是测试邮件，只寄给编辑本人，不是正式发送。".to_owned()));
    }
    if let Some(revision) = planned.correction {
        blocks.push(Block::Notice(format!(
            "更正：本件是{}的第{}版，请代替此前收到的第{revision}版。",
            letter.entry.subject, letter.entry.revision
        )));
    }
    let text = letter.style.text.fill(|field| match (field, word(field, planned, letter)) {
        (Field::Items, word) => word,
        (_, word) if word.is_empty() => EMPTY.to_string(),
        // In one line each: an issue's words may come from anywhere.
        (_, word) => word.replace(['\n', '\r', EMPTY, ITEMS], " "),
    });
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for line in text.trim_end().split('\n') {
        let line = line.trim_end();
        if line.contains(EMPTY) {
            continue;
        }
        blocks.push(match line.trim().chars().eq([ITEMS]) {
            true => Block::Items,
            false => Block::Line(line.replace(ITEMS, &in_line(letter.entry))),
        });
    }
    Body { blocks, entry: letter.entry }
}

/// The items within a line.
fn in_line(entry: &Entry) -> String {
    entry.items.iter().map(name).collect::<Vec<_>>().join("；")
}

/// What an item is called; without a headline, with the units it comes from. A round-up is called
/// by a unit already.
fn name(item: &Item) -> String {
    match (&item.headline, item.units.as_slice()) {
        (None, units) if !units.is_empty() && !item.roundup => {
            format!("{}（{}）", item.name, units.join("、"))
        }
        _ => item.name.clone(),
    }
}

/// The items by section.
fn sections(entry: &Entry) -> Vec<(Option<&str>, Vec<String>)> {
    let mut sections: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for item in &entry.items {
        let section = item.section.as_deref();
        match sections.last_mut() {
            Some((last, names)) if *last == section => names.push(name(item)),
            _ => sections.push((section, vec![name(item)])),
        }
    }
    sections
}

impl Body<'_> {
    /// As plain text, lines ended by LF.
    pub(super) fn plain(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match block {
                Block::Notice(text) => out.push_str(&format!("【{text}】\n\n")),
                Block::Line(line) => out.push_str(&format!("{line}\n")),
                Block::Items => {
                    for (section, names) in sections(self.entry) {
                        if let Some(section) = section {
                            out.push_str(&format!("【{section}】\n"));
                        }
                        for (index, name) in names.iter().enumerate() {
                            out.push_str(&format!("{}. {name}\n", index + 1));
                        }
                    }
                }
            }
        }
        out
    }

    /// As HTML that every mail program shows: paragraphs and lists, styles in line, nothing to
    /// fetch.
    pub(super) fn html(&self) -> String {
        let mut out = String::from(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n",
        );
        out.push_str(&format!("<title>{}</title>\n</head>\n", escape(&self.entry.title)));
        out.push_str(
            "<body style=\"margin:0;padding:16px;color:#222222;background-color:#ffffff;\
             font-family:'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',SimSun,sans-serif;\
             font-size:16px;line-height:1.8\">\n",
        );
        for paragraph in self.blocks.split(|block| matches!(block, Block::Line(l) if l.is_empty()))
        {
            self.paragraph(paragraph, &mut out);
        }
        out.push_str("</body>\n</html>\n");
        out
    }

    /// The lines between two empty ones; notices and lists stand by themselves.
    fn paragraph(&self, blocks: &[Block], out: &mut String) {
        let mut lines: Vec<String> = Vec::new();
        for block in blocks {
            match block {
                Block::Line(line) => lines.push(self.linked(line)),
                Block::Notice(text) => {
                    flush(&mut lines, out);
                    out.push_str(&format!(
                        "<p style=\"margin:0 0 16px 0;padding:8px 12px;color:#c00000;\
                         border:1px solid #c00000\"><strong>{}</strong></p>\n",
                        escape(text)
                    ));
                }
                Block::Items => {
                    flush(&mut lines, out);
                    self.items(out);
                }
            }
        }
        flush(&mut lines, out);
    }

    fn items(&self, out: &mut String) {
        for (section, names) in sections(self.entry) {
            if let Some(section) = section {
                out.push_str(&format!(
                    "<p style=\"margin:8px 0 0 0;color:#c00000\"><strong>{}</strong></p>\n",
                    escape(section)
                ));
            }
            out.push_str("<ol style=\"margin:0 0 8px 0;padding-left:32px\">\n");
            for name in names {
                out.push_str(&format!("<li style=\"margin:0\">{}</li>\n", escape(&name)));
            }
            out.push_str("</ol>\n");
        }
    }

    /// A line in which the contact addresses can be clicked.
    fn linked(&self, line: &str) -> String {
        let mut html = escape(line);
        for contact in &self.entry.contact {
            if let Ok(address) = crate::mail::Address::parse(contact) {
                let shown = escape(contact);
                let link = format!(
                    "<a href=\"mailto:{}\" style=\"color:#0b5cad\">{shown}</a>",
                    escape(address.as_str())
                );
                html = html.replace(&shown, &link);
            }
        }
        html
    }
}

fn flush(lines: &mut Vec<String>, out: &mut String) {
    if !lines.is_empty() {
        out.push_str(&format!("<p style=\"margin:0 0 12px 0\">{}</p>\n", lines.join("<br>\n")));
        lines.clear();
    }
}
