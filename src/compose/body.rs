//! What stands between head and colophon: contents, note, title, sections, attachments.

use super::flow::{Flow, bookmark, paragraph};
use super::ledger::names;
use super::{Composer, Paragraph, Run, generated, markup, number, spread};
use crate::diagnostic::{Code, Diagnostic};
use crate::issue::{Attachment, Block, Contents, Item, Note, Section, Text};
use crate::layout::{BodyElement, Role};

impl Composer<'_> {
    /// The body's elements in the layout's order.
    pub(super) fn body(&mut self) -> Vec<Paragraph> {
        let mut body = Vec::new();
        for element in &self.layout.order {
            match element {
                BodyElement::Contents => body.extend(self.contents()),
                BodyElement::EditorNote => body.extend(self.note(self.issue.editor_note.as_ref())),
                BodyElement::Title => body.extend(self.title()),
                BodyElement::Subtitle => {
                    let subtitle = self.issue.subtitle.as_ref();
                    body.extend(self.block(subtitle, Role::Subtitle, names::SUBTITLE));
                }
                BodyElement::Recipients => body.extend(self.recipients()),
                BodyElement::Sections => body.extend(self.sections()),
                BodyElement::Attachments => body.extend(self.attachments()),
            }
        }
        body
    }

    /// 本期要目 and its entries, a paragraph each.
    fn contents(&mut self) -> Vec<Paragraph> {
        let (role, field) = (Role::Contents, names::CONTENTS);
        let entries: Vec<Vec<Run>> = match &self.issue.contents {
            Contents::None => return Vec::new(),
            Contents::List(entries) => {
                entries.iter().map(|entry| self.runs(entry, role, field)).collect()
            }
            Contents::Automatic(span) => {
                self.ledger.printed(*span, field);
                let headlines = headlines(self.issue);
                if headlines.is_empty() {
                    let message = "没有可以列入“本期要目”的标题";
                    let help = "给条目加上“标题”，或逐条写出要目，或删去“本期要目”";
                    self.findings.push(
                        Diagnostic::error(Code::IssueEmptyContents, *span, message).with_help(help),
                    );
                }
                headlines.iter().map(|text| self.runs(text, role, field)).collect()
            }
        };
        let title = Role::ContentsTitle;
        let mut heading = generated(title, &self.layout.labels.contents, field);
        spread(self.layout, title, &mut heading);
        let heading = self.wrapped(title, heading, field);
        let mut list = Vec::new();
        if !heading.is_empty() {
            list.push(paragraph(title, heading, None));
        }
        for (index, entry) in entries.into_iter().enumerate() {
            let form = self.layout.numbers.contents.as_ref();
            let number = form.map_or_else(String::new, |form| number::fill(form, index + 1));
            let mut runs = generated(role, &number, field);
            runs.extend(entry);
            list.push(paragraph(role, runs, None));
        }
        list
    }

    /// 编者按：…, the label run in with the first paragraph.
    fn note(&mut self, note: Option<&Note>) -> Vec<Paragraph> {
        let Some(note) = note else { return Vec::new() };
        let (role, field) = (Role::EditorNote, names::NOTE);
        let label = match &note.label {
            Some(label) => self.runs(label, Role::NoteLabel, field),
            None => generated(Role::NoteLabel, &self.layout.labels.editor_note, field),
        };
        let after = &self.layout.labels.editor_note_after;
        let label = self.labelled(Role::NoteLabel, label, after, field);
        let mut flow = Flow::new(None);
        flow.run_in(label, self.gap(Role::NoteLabel, field));
        for text in &note.text {
            let runs = self.runs(text, role, field);
            let runs = self.wrapped(role, runs, field);
            flow.paragraph(role, runs);
        }
        flow.finish()
    }

    fn title(&mut self) -> Vec<Paragraph> {
        let mut title = self.block(self.issue.title.as_ref(), Role::Title, names::TITLE);
        if let Some(text) = &self.issue.title {
            bookmark(&mut title, 1, markup::title(text));
        }
        title
    }

    /// A text as a paragraph of its own.
    fn block(&mut self, text: Option<&Text>, role: Role, field: &'static str) -> Vec<Paragraph> {
        let Some(text) = text else { return Vec::new() };
        let mut runs = self.runs(text, role, field);
        spread(self.layout, role, &mut runs);
        let runs = self.wrapped(role, runs, field);
        if runs.is_empty() { Vec::new() } else { vec![paragraph(role, runs, None)] }
    }

    fn recipients(&mut self) -> Vec<Paragraph> {
        let (role, field) = (Role::Recipients, names::RECIPIENTS);
        let names = self.joined(&self.issue.recipients, role, field);
        let runs = self.labelled(role, names, &self.layout.labels.recipients_after, field);
        if runs.is_empty() { Vec::new() } else { vec![paragraph(role, runs, None)] }
    }

    fn sections(&mut self) -> Vec<Paragraph> {
        let issue = self.issue;
        let mut body = Vec::new();
        let mut index = 0;
        let items = issue.sections.iter().map(|section| section.items.len()).sum::<usize>();
        for Section { title, note, items: list } in &issue.sections {
            let mut heading = self.block(title.as_ref(), Role::SectionTitle, names::SECTION);
            if let Some(title) = title {
                bookmark(&mut heading, 1, markup::plain(title));
            }
            body.extend(heading);
            body.extend(self.note(note.as_ref()));
            let above = title.is_some() || issue.title.is_some();
            for item in list {
                let mut paragraphs = self.item(item, index);
                let named = name(item, &self.layout.labels.roundup_after);
                // A single article is found by its title: its first words say no more.
                if named.is_some() || issue.title.is_none() || items > 1 {
                    let text = named.unwrap_or_else(|| beginning(&paragraphs));
                    bookmark(&mut paragraphs, if above { 2 } else { 1 }, text);
                }
                body.extend(paragraphs);
                index += 1;
            }
        }
        body
    }

    /// 附件1 on a new side, its title, its text (GB/T 9704 §7.3.7).
    fn attachments(&mut self) -> Vec<Paragraph> {
        let issue = self.issue;
        let mut body = Vec::new();
        for (index, Attachment { title, body: blocks }) in issue.attachments.iter().enumerate() {
            let numbers = &self.layout.numbers;
            let single = issue.attachments.len() == 1;
            let form = if single { &numbers.attachment_single } else { &numbers.attachment };
            let number = number::fill(form, index + 1);
            let runs = generated(Role::Attachment, &number, names::ATTACHMENT);
            let runs = self.wrapped(Role::Attachment, runs, names::ATTACHMENT);
            let mut flow = Flow::new(None);
            flow.block(Role::Attachment, runs);
            let mut heading = self.runs(title, Role::Title, names::ATTACHMENT);
            spread(self.layout, Role::Title, &mut heading);
            let heading = self.wrapped(Role::Title, heading, names::ATTACHMENT);
            flow.block(Role::Title, heading);
            self.blocks(blocks, &mut flow);
            let mut paragraphs = flow.finish();
            if let Some(first) = paragraphs.first_mut() {
                first.new_page = true;
            }
            let name = format!("{number} {}", markup::title(title));
            bookmark(&mut paragraphs, 1, name.trim().to_owned());
            body.extend(paragraphs);
        }
        body
    }
}

/// The headlines of an issue in order.
fn headlines(issue: &crate::issue::Issue) -> Vec<&Text> {
    let items = issue.sections.iter().flat_map(|section| &section.items);
    items.filter_map(|item| item.headline.as_ref()).collect()
}

/// What an item is called: its headline, else its category, else its round-up and first unit.
fn name(item: &Item, roundup_after: &str) -> Option<String> {
    if let Some(text) = &item.headline {
        return Some(markup::title(text));
    }
    if let Some(text) = &item.category {
        return Some(markup::plain(text));
    }
    item.body.iter().find_map(|block| match block {
        Block::Roundup(roundup) => {
            let label = &roundup.label.value;
            let unit = roundup.entries.first().map(|notice| &notice.unit.value);
            let name = unit.map_or(label.clone(), |unit| format!("{label}{roundup_after}{unit}"));
            Some(markup::plain(&name))
        }
        _ => None,
    })
}

/// The first words of a text: to its first pause or stop, twenty characters at most.
fn beginning(paragraphs: &[Paragraph]) -> String {
    const MOST: usize = 20;
    let Some(first) = paragraphs.first() else { return String::new() };
    let text = first.text();
    let end = |c: char| matches!(c, '，' | '。' | '；' | '：' | '？' | '！');
    let clause = text.split(end).find(|clause| !clause.trim().is_empty()).unwrap_or("").trim();
    if clause.chars().count() > MOST {
        clause.chars().take(MOST).chain("……".chars()).collect()
    } else {
        clause.to_owned()
    }
}
