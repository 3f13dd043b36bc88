//! Templates of a layout filled with the fields of an issue.

use super::ledger::number_field;
use super::{Composer, Id, Node, Run, Stand, generated, number, values};
use crate::diagnostic::{Span, Spanned};
use crate::issue::Text;
use crate::layout::{Field, Role, Slot, Template, TemplatePart};

/// One value of a field.
struct Value {
    text: String,
    span: Span,
    link: Option<String>,
}

impl Composer<'_> {
    /// What a slot says: its first template whose fields the issue has; nothing when there is none.
    pub(super) fn slot(&mut self, slot: &Slot, id: &Id) -> Option<Node> {
        let template = self.choose(slot)?;
        self.fill(slot.role, template, None, id)
    }

    /// The lines of a slot on lines of its own: joint owners have a line each, unless the
    /// template says more of the issue than its owner.
    pub(super) fn slot_lines(&mut self, slot: &Slot, id: &Id) -> Vec<Node> {
        let Some(template) = self.choose(slot) else { return Vec::new() };
        let owners = self.issue.masthead.owner.len();
        if owners > 1 && fields(template).all(|field| field == Field::Owner) {
            let line = |owner| self.fill(slot.role, template, Some(owner), &id.at(owner));
            return (0..owners).filter_map(line).collect();
        }
        self.fill(slot.role, template, None, id).into_iter().collect()
    }

    /// The slots of one side of a row, parted by an ideographic space.
    pub(super) fn side(&mut self, slots: &[Slot], id: &Id) -> Vec<Node> {
        let mut side: Vec<Node> = Vec::new();
        for (index, slot) in slots.iter().enumerate() {
            let Some(mut text) = self.slot(slot, &id.at(index)) else { continue };
            if let Some(runs) = text.first_runs().filter(|_| !side.is_empty()) {
                runs.splice(0..0, generated(slot.role, "\u{3000}", slot.role.chinese()));
            }
            side.push(text);
        }
        side
    }

    fn choose<'s>(&self, slot: &'s Slot) -> Option<&'s Template> {
        slot.text
            .iter()
            .find(|template| fields(template).all(|field| !self.values(field).is_empty()))
    }

    /// Fills a template; `only` picks one of several values.
    fn fill(
        &mut self,
        role: Role,
        template: &Template,
        only: Option<usize>,
        id: &Id,
    ) -> Option<Node> {
        let named = fields(template).next().map_or(role.chinese(), Field::chinese);
        // The first part and, of a field with several values, one more for each after the first.
        let mut parts = vec![Vec::new()];
        let mut last = 0;
        for part in &template.parts {
            match part {
                TemplatePart::Words(words) => parts[last].extend(generated(role, words, named)),
                TemplatePart::Field(field) => {
                    let list = self.value_runs(role, *field, only);
                    for (index, runs) in list.into_iter().enumerate() {
                        if index > 0 {
                            parts.push(Vec::new());
                            last += 1;
                        }
                        parts[last].extend(runs);
                    }
                }
            }
        }
        let parts = self.all_wrapped(role, parts, named);
        values(id, role, parts, Stand::With)
    }

    /// The values of a field, the layout's joiner after each but the last.
    fn value_runs(&mut self, role: Role, field: Field, only: Option<usize>) -> Vec<Vec<Run>> {
        let name = field.chinese();
        let list = self.values(field).into_iter().enumerate();
        let list = list.filter(|(index, _)| only.is_none_or(|only| only == *index));
        let list: Vec<Value> = list.map(|(_, value)| value).collect();
        let last = list.len().saturating_sub(1);
        let mut all = Vec::with_capacity(list.len());
        for (index, Value { text, span, link }) in list.into_iter().enumerate() {
            let mut runs = if link.is_some() {
                self.ledger.printed(span, name);
                let span = Some(span);
                let (field, emphasis, new_line) = (name, false, false);
                vec![Run { role, text, span, field, emphasis, new_line, link }]
            } else {
                self.runs(&Spanned { value: text, span }, role, name)
            };
            if index < last {
                runs.extend(generated(role, &self.layout.labels.joiner, name));
            }
            all.push(runs);
        }
        all
    }

    /// What the issue says of a field.
    fn values(&self, field: Field) -> Vec<Value> {
        let issue = self.issue;
        let number = &issue.number;
        match field {
            Field::Owner => all(&issue.masthead.owner),
            Field::Name => one(Some(&issue.masthead.name)),
            Field::MastheadSubtitle => one(issue.masthead.subtitle.as_ref()),
            Field::Classification => {
                one(issue.classification.as_ref().map(|classification| &classification.level))
            }
            Field::Period => one(issue.classification.as_ref().and_then(|c| c.period.as_ref())),
            Field::Handling => one(issue.handling.as_ref()),
            Field::Urgency => one(issue.urgency.as_ref()),
            Field::CopyNumber => one(issue.copy_number.as_ref()),
            Field::Number | Field::Supplement | Field::Special => {
                shown((field == number_field(number.kind.value)).then_some(&number.number))
            }
            Field::Total => shown(number.total.as_ref()),
            Field::Year => shown(number.year.as_ref()),
            Field::Office => all(&number.office),
            Field::Date => self.date(Some(&number.date)),
            Field::Signer => all(&number.signer),
            Field::DocumentCode => one(issue.document_number.as_ref().map(|number| &number.code)),
            Field::DocumentYear => shown(issue.document_number.as_ref().map(|number| &number.year)),
            Field::DocumentSequence => {
                shown(issue.document_number.as_ref().map(|number| &number.sequence))
            }
            Field::Superiors => all(&issue.distribution.superiors),
            Field::Peers => all(&issue.distribution.peers),
            Field::Subordinates => all(&issue.distribution.subordinates),
            Field::Extra => all(&issue.distribution.extra),
            Field::Copies => shown(issue.distribution.copies.as_ref()),
            Field::ImprintOffice => one(issue.imprint.office.as_ref()),
            Field::ImprintDate => self.date(issue.imprint.date.as_ref()),
            Field::Editor => all(&issue.staff.editor),
            Field::Reviewer => all(&issue.staff.reviewer),
            Field::Approver => all(&issue.staff.approver),
            Field::StaffSigner => all(&issue.staff.signer),
            Field::Proofreader => all(&issue.staff.proofreader),
            Field::Email => linked(&issue.contact.email, mailto),
            Field::Phone => linked(&issue.contact.phone, tel),
            Field::Fax => all(&issue.contact.fax),
            Field::Address => one(issue.contact.address.as_ref()),
            Field::Postcode => one(issue.contact.postcode.as_ref()),
            Field::Website => linked(issue.contact.website.as_slice(), web),
            Field::Page | Field::Arabic | Field::Han | Field::Text => Vec::new(),
        }
    }

    fn date(&self, date: Option<&Spanned<chrono::NaiveDate>>) -> Vec<Value> {
        let form = &self.layout.numbers.date;
        date.map(|date| Value { text: number::date(form, date.value), span: date.span, link: None })
            .into_iter()
            .collect()
    }
}

fn fields(template: &Template) -> impl Iterator<Item = Field> {
    template.parts.iter().filter_map(|part| match part {
        TemplatePart::Field(field) => Some(*field),
        TemplatePart::Words(_) => None,
    })
}

fn all(texts: &[Text]) -> Vec<Value> {
    linked(texts, |_| None)
}

fn one(text: Option<&Text>) -> Vec<Value> {
    text.map_or_else(Vec::new, |text| all(std::slice::from_ref(text)))
}

fn shown<T: ToString>(value: Option<&Spanned<T>>) -> Vec<Value> {
    value
        .map(|value| Value { text: value.value.to_string(), span: value.span, link: None })
        .into_iter()
        .collect()
}

fn linked(texts: &[Text], link: fn(&str) -> Option<String>) -> Vec<Value> {
    texts
        .iter()
        .map(|text| Value { text: text.value.clone(), span: text.span, link: link(&text.value) })
        .collect()
}

fn mailto(address: &str) -> Option<String> {
    address.contains('@').then(|| format!("mailto:{address}"))
}

/// A number to dial (RFC 3966): 010-61806756转801 is `tel:010-61806756;ext=801`.
fn tel(phone: &str) -> Option<String> {
    let (number, extension) = phone.split_once('转').unwrap_or((phone, ""));
    let digits = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_digit() || *c == '-' || *c == '+').collect()
    };
    let (number, extension) = (digits(number), digits(extension));
    if number.is_empty() {
        None
    } else if extension.is_empty() {
        Some(format!("tel:{number}"))
    } else {
        Some(format!("tel:{number};ext={extension}"))
    }
}

fn web(address: &str) -> Option<String> {
    let whole = address.starts_with("http://") || address.starts_with("https://");
    Some(if whole { address.to_owned() } else { format!("http://{address}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_can_be_dialled() {
        assert_eq!(tel("61806756").as_deref(), Some("tel:61806756"));
        assert_eq!(tel("（010）61806756").as_deref(), Some("tel:01061806756"));
        assert_eq!(tel("010-61806756转801").as_deref(), Some("tel:010-61806756;ext=801"));
        assert_eq!(tel("值班室"), None);
    }

    #[test]
    fn websites_lead_to_an_address() {
        assert_eq!(web("www.bjmtg.gov.cn").as_deref(), Some("http://www.bjmtg.gov.cn"));
        assert_eq!(web("https://a.cn").as_deref(), Some("https://a.cn"));
    }
}
