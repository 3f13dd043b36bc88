//! What was given and what was printed: nothing an editor wrote is lost without a word.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Span, Spanned};
use crate::issue::{Attachment, Block, Contents, Issue, IssueKind, Item, Note, Section, Text};
use crate::layout::{Field, Layout, Role};

/// The fields that no template of a layout names, in the editor's words.
pub(super) mod names {
    pub(crate) const TITLE: &str = "标题";
    pub(crate) const SUBTITLE: &str = "副题";
    pub(crate) const RECIPIENTS: &str = "主送";
    pub(crate) const CONTENTS: &str = "本期要目";
    pub(crate) const NOTE: &str = "按语";
    pub(crate) const SECTION: &str = "栏目";
    pub(crate) const HEADLINE: &str = "标题";
    pub(crate) const CATEGORY: &str = "分类";
    pub(crate) const LEAD: &str = "导语";
    pub(crate) const BODY: &str = "正文";
    pub(crate) const HEADING: &str = "层次标题";
    pub(crate) const POINTS: &str = "要点";
    pub(crate) const ROUNDUP: &str = "综合";
    pub(crate) const REFERENCES: &str = "指标";
    pub(crate) const SOURCE: &str = "来源";
    pub(crate) const AUTHOR: &str = "作者";
    pub(crate) const ATTACHMENT: &str = "附件";
}

/// Places that were printed, each with the field it was printed as.
#[derive(Default)]
pub(super) struct Ledger {
    printed: BTreeSet<(Span, &'static str)>,
}

impl Ledger {
    /// Notes that a text was printed.
    pub(super) fn printed(&mut self, span: Span, field: &'static str) {
        self.printed.insert((span, field));
    }

    /// An error for every field that was given and not printed; a list is named once.
    pub(super) fn unprinted(&self, issue: &Issue, layout: &Layout) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for Given { name: field, places } in Inventory::of(issue).given {
            let lost = places.into_iter().find(|place| !self.printed.contains(place));
            if let Some((span, _)) = lost {
                let message = format!("版式「{}」没有“{field}”的位置", layout.name);
                let help = format!(
                    "删去“{field}”，或换用印有“{field}”的版式（hongtou layouts 列出全部版式）"
                );
                findings
                    .push(Diagnostic::error(Code::IssueNotPrinted, span, message).with_help(help));
            }
        }
        findings
    }
}

/// Everything an editor gave that is to be printed.
struct Inventory {
    given: Vec<Given>,
}

/// One field that was given: what it is called, and its places with the names they are printed
/// under.
struct Given {
    name: &'static str,
    places: Vec<(Span, &'static str)>,
}

impl Inventory {
    /// Takes the issue apart. Every field is named, so that one added later cannot be forgotten.
    fn of(issue: &Issue) -> Inventory {
        let mut list = Inventory { given: Vec::new() };
        let Issue {
            // Chooses the looks, is no text.
            layout: _,
            masthead: _,
            classification: _,
            handling: _,
            urgency: _,
            copy_number: _,
            number: _,
            document_number: _,
            contents,
            editor_note,
            title,
            subtitle,
            recipients,
            sections,
            attachments,
            distribution: _,
            imprint: _,
            staff: _,
            contact: _,
        } = issue;
        list.head(issue);
        match contents {
            Contents::None => {}
            Contents::Automatic(span) => list.add(names::CONTENTS, [*span]),
            Contents::List(entries) => list.all(names::CONTENTS, entries),
        }
        list.note(editor_note.as_ref());
        list.one(names::TITLE, title.as_ref());
        list.one(names::SUBTITLE, subtitle.as_ref());
        list.all(names::RECIPIENTS, recipients);
        for Section { title, note, items } in sections {
            list.one(names::SECTION, title.as_ref());
            list.note(note.as_ref());
            items.iter().for_each(|item| list.item(item));
        }
        for Attachment { title, body } in attachments {
            list.one(names::ATTACHMENT, Some(title));
            list.blocks(body);
        }
        list.foot(issue);
        list
    }

    fn head(&mut self, issue: &Issue) {
        let masthead = &issue.masthead;
        self.all(Field::Owner.chinese(), &masthead.owner);
        self.one(Field::Name.chinese(), Some(&masthead.name));
        self.one(Field::MastheadSubtitle.chinese(), masthead.subtitle.as_ref());
        if let Some(classification) = &issue.classification {
            self.one(Field::Classification.chinese(), Some(&classification.level));
            self.one(Field::Period.chinese(), classification.period.as_ref());
        }
        self.one(Field::Handling.chinese(), issue.handling.as_ref());
        self.one(Field::Urgency.chinese(), issue.urgency.as_ref());
        self.one(Field::CopyNumber.chinese(), issue.copy_number.as_ref());
        let number = &issue.number;
        self.one(number_field(number.kind.value).chinese(), Some(&number.number));
        self.one(Field::Total.chinese(), number.total.as_ref());
        self.one(Field::Year.chinese(), number.year.as_ref());
        // `scheme` says how numbers run from issue to issue; it is no text.
        self.all(Field::Office.chinese(), &number.office);
        self.one(Field::Date.chinese(), Some(&number.date));
        self.all(Field::Signer.chinese(), &number.signer);
        if let Some(document) = &issue.document_number {
            // Three fields of a template, one thing to the editor.
            self.given.push(Given {
                name: Role::DocumentNumber.chinese(),
                places: vec![
                    (document.code.span, Field::DocumentCode.chinese()),
                    (document.year.span, Field::DocumentYear.chinese()),
                    (document.sequence.span, Field::DocumentSequence.chinese()),
                ],
            });
        }
    }

    fn foot(&mut self, issue: &Issue) {
        let distribution = &issue.distribution;
        self.all(Field::Superiors.chinese(), &distribution.superiors);
        self.all(Field::Peers.chinese(), &distribution.peers);
        self.all(Field::Subordinates.chinese(), &distribution.subordinates);
        self.all(Field::Extra.chinese(), &distribution.extra);
        self.one(Field::Copies.chinese(), distribution.copies.as_ref());
        self.one(Field::ImprintOffice.chinese(), issue.imprint.office.as_ref());
        self.one(Field::ImprintDate.chinese(), issue.imprint.date.as_ref());
        let staff = &issue.staff;
        self.all(Field::Editor.chinese(), &staff.editor);
        self.all(Field::Reviewer.chinese(), &staff.reviewer);
        self.all(Field::Approver.chinese(), &staff.approver);
        self.all(Field::StaffSigner.chinese(), &staff.signer);
        self.all(Field::Proofreader.chinese(), &staff.proofreader);
        let contact = &issue.contact;
        self.all(Field::Phone.chinese(), &contact.phone);
        self.all(Field::Email.chinese(), &contact.email);
        self.all(Field::Fax.chinese(), &contact.fax);
        self.one(Field::Address.chinese(), contact.address.as_ref());
        self.one(Field::Postcode.chinese(), contact.postcode.as_ref());
        self.one(Field::Website.chinese(), contact.website.as_ref());
    }

    fn item(&mut self, item: &Item) {
        let Item {
            headline,
            subheadline,
            category,
            lead,
            body,
            references,
            source,
            author,
            span: _,
        } = item;
        self.one(names::HEADLINE, headline.as_ref());
        self.one(names::SUBTITLE, subheadline.as_ref());
        self.one(names::CATEGORY, category.as_ref());
        self.one(names::LEAD, lead.as_ref());
        self.blocks(body);
        let references = references
            .iter()
            .flat_map(|reference| {
                [Some(reference.code.span), reference.title.as_ref().map(|title| title.span)]
            })
            .flatten();
        self.add(names::REFERENCES, references);
        self.all(names::SOURCE, source);
        self.all(names::AUTHOR, author);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => self.one(names::BODY, Some(text)),
                Block::Heading { text, .. } => self.one(names::HEADING, Some(text)),
                Block::Points(points) => {
                    for point in points {
                        self.one(names::POINTS, point.marker.as_ref());
                        self.one(names::POINTS, Some(&point.lead));
                        self.one(names::POINTS, point.text.as_ref());
                    }
                }
                Block::Roundup(roundup) => {
                    self.one(names::ROUNDUP, Some(&roundup.label));
                    for notice in &roundup.entries {
                        self.one(names::ROUNDUP, Some(&notice.unit));
                        self.one(names::ROUNDUP, Some(&notice.text));
                    }
                    self.one(names::ROUNDUP, roundup.closing.as_ref());
                }
                Block::Other { kind, text } => self.one(kind, Some(text)),
            }
        }
    }

    fn note(&mut self, note: Option<&Note>) {
        if let Some(note) = note {
            self.one(names::NOTE, note.label.as_ref());
            self.all(names::NOTE, &note.text);
        }
    }

    fn all(&mut self, field: &'static str, texts: &[Text]) {
        self.add(field, texts.iter().map(|text| text.span));
    }

    fn one<T>(&mut self, field: &'static str, value: Option<&Spanned<T>>) {
        self.add(field, value.map(|value| value.span));
    }

    fn add(&mut self, field: &'static str, spans: impl IntoIterator<Item = Span>) {
        let places: Vec<_> = spans.into_iter().map(|span| (span, field)).collect();
        if !places.is_empty() {
            self.given.push(Given { name: field, places });
        }
    }
}

/// The field that an issue's number prints as: 增刊 and 专刊 are numbered for themselves.
pub(super) fn number_field(kind: IssueKind) -> Field {
    match kind {
        IssueKind::Regular => Field::Number,
        IssueKind::Supplement => Field::Supplement,
        IssueKind::Special => Field::Special,
    }
}
