//! What stands between head and colophon: contents, note, title, sections, attachments.

use super::ledger::names;
use super::name::name;
use super::paragraphs::paragraphs;
use super::{Composer, Id, Kind, Node, Run, Stand, generated, markup, number, spread, values};
use crate::diagnostic::{Code, Diagnostic};
use crate::issue::{Attachment, Contents, Note, Section, Text};
use crate::layout::{BodyElement, Role};

impl Composer<'_> {
    /// The body's elements in the layout's order.
    pub(super) fn body(&mut self) -> Vec<Node> {
        let mut body = Vec::new();
        for element in &self.layout.order {
            match element {
                BodyElement::Contents => body.extend(self.contents()),
                BodyElement::EditorNote => {
                    let id = Id::new("editor_note");
                    body.extend(self.note(self.issue.editor_note.as_ref(), &id));
                }
                BodyElement::Title => body.extend(self.title()),
                BodyElement::Subtitle => {
                    let (id, subtitle) = (Id::new("subtitle"), self.issue.subtitle.as_ref());
                    body.extend(self.block(subtitle, id, Role::Subtitle, names::SUBTITLE));
                }
                BodyElement::Recipients => body.extend(self.recipients()),
                BodyElement::Sections => body.extend(self.sections()),
                BodyElement::Attachments => body.extend(self.attachments()),
            }
        }
        body
    }

    /// 本期要目 and its entries, a paragraph each.
    fn contents(&mut self) -> Option<Node> {
        let (role, field) = (Role::Contents, names::CONTENTS);
        let entries: Vec<Vec<Run>> = match &self.issue.contents {
            Contents::None => return None,
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
        let id = Id::new("contents");
        let mut list = Vec::new();
        if !heading.is_empty() {
            list.push(Node::words(id.field("title"), title, heading));
        }
        for (index, entry) in entries.into_iter().enumerate() {
            let form = self.layout.numbers.contents.as_ref();
            let number = form.map_or_else(String::new, |form| number::fill(form, index + 1));
            let mut runs = generated(role, &number, field);
            runs.extend(entry);
            list.push(Node::words(id.field("entries").at(index), role, runs));
        }
        Some(Node::group(id, Kind::Contents, list))
    }

    /// 编者按：…, the label run in with the first paragraph.
    fn note(&mut self, note: Option<&Note>, id: &Id) -> Option<Node> {
        let note = note?;
        let (role, field) = (Role::EditorNote, names::NOTE);
        let label = match &note.label {
            Some(label) => self.runs(label, Role::NoteLabel, field),
            None => generated(Role::NoteLabel, &self.layout.labels.editor_note, field),
        };
        let after = &self.layout.labels.editor_note_after;
        let label = self.labelled(Role::NoteLabel, label, after, field);
        let label = Node::words(id.field("label"), Role::NoteLabel, label).standing(Stand::Before);
        let mut nodes = vec![label.with_gap(self.has_gap(Role::NoteLabel))];
        for (index, text) in note.text.iter().enumerate() {
            let runs = self.runs(text, role, field);
            let runs = self.wrapped(role, runs, field);
            let text = Node::words(id.field("text").at(index), role, runs);
            nodes.push(text.standing(Stand::Begin(role)));
        }
        Some(Node::group(id.clone(), Kind::Note, nodes))
    }

    fn title(&mut self) -> Option<Node> {
        let text = self.issue.title.as_ref()?;
        let title = self.block(Some(text), Id::new("title"), Role::Title, names::TITLE)?;
        Some(title.in_outline(1, markup::title(text)))
    }

    /// A text as a paragraph of its own.
    fn block(
        &mut self,
        text: Option<&Text>,
        id: Id,
        role: Role,
        field: &'static str,
    ) -> Option<Node> {
        let mut runs = self.runs(text?, role, field);
        spread(self.layout, role, &mut runs);
        let runs = self.wrapped(role, runs, field);
        (!runs.is_empty()).then(|| Node::words(id, role, runs))
    }

    fn recipients(&mut self) -> Option<Node> {
        let (role, field) = (Role::Recipients, names::RECIPIENTS);
        let names = self.joined(&self.issue.recipients, role, field);
        let mut names = self.all_wrapped(role, names, field);
        let after = &self.layout.labels.recipients_after;
        let last = names.last_mut()?;
        if last.last().is_some_and(|run| !run.text.ends_with(after)) {
            last.extend(generated(role, after, field));
        }
        values(&Id::new("recipients"), role, names, Stand::Alone(role))
    }

    fn sections(&mut self) -> Vec<Node> {
        let issue = self.issue;
        let mut body = Vec::new();
        let items = issue.sections.iter().map(|section| section.items.len()).sum::<usize>();
        for (index, Section { title, note, items: list }) in issue.sections.iter().enumerate() {
            let id = Id::section(index);
            let heading = id.field("title");
            let mut nodes = Vec::new();
            nodes.extend(self.block(title.as_ref(), heading, Role::SectionTitle, names::SECTION));
            nodes.extend(self.note(note.as_ref(), &id.field("note")));
            let above = title.is_some() || issue.title.is_some();
            for (place, item) in list.iter().enumerate() {
                let mut node = self.item(item, Id::item(index, place));
                // A single article is called by its title, and found by it.
                let article = issue.title.as_ref();
                match article.filter(|_| items == 1 && item.headline.is_none()) {
                    Some(title) => node.name = Some(markup::title(title)),
                    None => {
                        let printed = || first_words(&node);
                        let name = name(item, &self.layout.labels.roundup_after, printed);
                        node = node.in_outline(if above { 2 } else { 1 }, name);
                    }
                }
                nodes.push(node);
            }
            let section = Node::group(id, Kind::Section, nodes);
            body.push(match title {
                Some(title) => section.in_outline(1, markup::plain(title)),
                None => section,
            });
        }
        body
    }

    /// 附件1 on a new side, its title, its text (GB/T 9704 §7.3.7).
    fn attachments(&mut self) -> Vec<Node> {
        let issue = self.issue;
        let mut body = Vec::new();
        for (index, Attachment { title, body: blocks }) in issue.attachments.iter().enumerate() {
            let id = Id::new("attachments").at(index);
            let numbers = &self.layout.numbers;
            let single = issue.attachments.len() == 1;
            let form = if single { &numbers.attachment_single } else { &numbers.attachment };
            let number = number::fill(form, index + 1);
            let runs = generated(Role::Attachment, &number, names::ATTACHMENT);
            let runs = self.wrapped(Role::Attachment, runs, names::ATTACHMENT);
            let mut nodes = vec![Node::words(id.field("label"), Role::Attachment, runs)];
            nodes.extend(self.block(
                Some(title),
                id.field("title"),
                Role::Title,
                names::ATTACHMENT,
            ));
            nodes.extend(self.blocks(blocks, &id));
            let name = format!("{number} {}", markup::title(title));
            let attachment = Node::group(id, Kind::Attachment, nodes);
            body.push(attachment.in_outline(1, name.trim().to_owned()));
        }
        body
    }
}

/// The first paragraph of an item.
fn first_words(item: &Node) -> String {
    paragraphs(std::slice::from_ref(item)).first().map(|first| first.text()).unwrap_or_default()
}

/// The headlines of an issue in order.
fn headlines(issue: &crate::issue::Issue) -> Vec<&Text> {
    let items = issue.sections.iter().flat_map(|section| &section.items);
    items.filter_map(|item| item.headline.as_ref()).collect()
}
