//! Texts of the title block and of the colophon: `- office: "{office}"`.

use super::context::Context;
use crate::diagnostic::{Code, FileKind, Spanned};
use crate::layout::{Field, Role, Slot, TemplatePart};
use crate::yaml::{Entry, Node, Value};

/// Fields that an issue can give; the others have a place only in number forms and page numbers.
fn fields() -> Vec<Field> {
    let special = [Field::Page, Field::Arabic, Field::Han, Field::Text];
    Field::ALL.iter().copied().filter(|field| !special.contains(field)).collect()
}

/// What may stand in the title block or the colophon.
const ROLES: &[Role] = &[
    Role::Classification,
    Role::CopyNumber,
    Role::Urgency,
    Role::Handling,
    Role::MastheadOwner,
    Role::MastheadName,
    Role::MastheadSubtitle,
    Role::IssueNumber,
    Role::DocumentNumber,
    Role::Office,
    Role::Date,
    Role::Signer,
    Role::DistributionLabel,
    Role::DistributionNames,
    Role::Copies,
    Role::Staff,
    Role::Contact,
    Role::Imprint,
];

/// A list of slots; an absent one is empty.
pub(super) fn slots(cx: &mut Context<'_>, node: Option<&Node>, what: &str) -> Option<Vec<Slot>> {
    let Some(node) = node else { return Some(Vec::new()) };
    let Value::Sequence(nodes) = &node.value else {
        cx.reader.wrong_kind(node, what, "列表（每条以“- ”开头）");
        return None;
    };
    let slots: Vec<Option<Slot>> = nodes
        .iter()
        .map(|node| match &node.value {
            Value::Mapping(entries) if entries.len() == 1 => slot(cx, &entries[0]),
            _ => {
                let span = cx.reader.first_line(node.span);
                let help = "如“- office: \"{office}\"”";
                cx.error(
                    Code::BadValue(FileKind::Layout),
                    span,
                    format!("“{what}”的每一条应为“角色: 文字”"),
                    help,
                );
                None
            }
        })
        .collect();
    slots.into_iter().collect()
}

/// One `role: text`, or `role:` with a list of texts of which the first that fits is printed.
pub(super) fn slot(cx: &mut Context<'_>, entry: &Entry) -> Option<Slot> {
    let role = cx.role(&entry.key, entry.key_span, "版式");
    let text = texts(cx, &entry.value, &entry.key);
    let role = role?;
    if !ROLES.contains(&role) {
        let names: Vec<&str> = ROLES.iter().map(|role| role.key()).collect();
        cx.error(
            Code::LayoutUnknownRole,
            entry.key_span,
            format!("“{}”不能放在报头或报尾", entry.key),
            format!("可用的有：{}", names.join("、")),
        );
        return None;
    }
    cx.roles.push(Spanned { value: role, span: entry.key_span });
    Some(Slot { role, text: text? })
}

/// A slot whose role goes without saying: `label: 报：`.
pub(super) fn implied(cx: &mut Context<'_>, node: &Node, what: &str, role: Role) -> Option<Slot> {
    cx.roles.push(Spanned { value: role, span: cx.reader.first_line(node.span) });
    Some(Slot { role, text: texts(cx, node, what)? })
}

fn texts(cx: &mut Context<'_>, node: &Node, what: &str) -> Option<Vec<crate::layout::Template>> {
    let allowed = fields();
    let forms: Vec<Option<Vec<_>>> = match &node.value {
        Value::Sequence(nodes) if !nodes.is_empty() => {
            nodes.iter().map(|node| cx.templates(node, what, &allowed)).collect()
        }
        _ => vec![cx.templates(node, what, &allowed)],
    };
    let forms: Vec<_> = forms.into_iter().collect::<Option<Vec<_>>>()?.concat();
    if forms.is_empty() {
        cx.error(
            Code::EmptyValue(FileKind::Layout),
            node.span,
            format!("“{what}”没有内容"),
            "填写文字，或删去这一行",
        );
        return None;
    }
    for part in forms.iter().flat_map(|form| &form.parts) {
        if let TemplatePart::Field(field) = part {
            cx.fields.insert(*field);
        }
    }
    Some(forms)
}
