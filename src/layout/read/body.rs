//! `order`, `item`, `numbers` and `labels`: the text between title block and colophon.

use super::context::Context;
use crate::diagnostic::{Code, FileKind, Spanned};
use crate::layout::{
    BodyElement, Field, ItemLayout, ItemPart, Labels, Numbers, Role, Template, TemplatePart, keys,
};
use crate::yaml::{Fields, Node, Value};

const ELEMENTS: &[(&str, BodyElement)] = &[
    ("contents", BodyElement::Contents),
    ("editor-note", BodyElement::EditorNote),
    ("title", BodyElement::Title),
    ("subtitle", BodyElement::Subtitle),
    ("recipients", BodyElement::Recipients),
    ("sections", BodyElement::Sections),
    ("attachments", BodyElement::Attachments),
    ("本期要目", BodyElement::Contents),
    ("编者按", BodyElement::EditorNote),
    ("标题", BodyElement::Title),
    ("副标题", BodyElement::Subtitle),
    ("主送机关", BodyElement::Recipients),
    ("栏目", BodyElement::Sections),
    ("附件", BodyElement::Attachments),
];

const PARTS: &[(&str, ItemPart)] = &[
    ("category", ItemPart::Category),
    ("headline", ItemPart::Headline),
    ("subheadline", ItemPart::Subheadline),
    ("lead", ItemPart::Lead),
    ("body", ItemPart::Body),
    ("reference", ItemPart::References),
    ("source", ItemPart::Source),
    ("author", ItemPart::Author),
    ("条目分类", ItemPart::Category),
    ("条目标题", ItemPart::Headline),
    ("条目副题", ItemPart::Subheadline),
    ("导语", ItemPart::Lead),
    ("正文", ItemPart::Body),
    ("测评指标", ItemPart::References),
    ("供稿单位", ItemPart::Source),
    ("作者", ItemPart::Author),
];

/// Roles that the text of every issue may have, whatever the layout places.
const TEXT: &[Role] = &[
    Role::Point,
    Role::Body,
    Role::Heading1,
    Role::Heading2,
    Role::Heading3,
    Role::Heading4,
    Role::Roundup,
    Role::Unit,
    Role::Emphasis,
];

/// A list of words without repeats.
fn list<T: Copy + PartialEq>(
    cx: &mut Context<'_>,
    node: &Node,
    words: &[(&str, T)],
) -> Option<Vec<Spanned<T>>> {
    let read =
        cx.reader.list(node, "order", |reader, node, what| reader.choice(node, what, words))?;
    let whole = matches!(&node.value, Value::Sequence(nodes) if nodes.len() == read.len());
    let mut twice = false;
    for (index, element) in read.iter().enumerate() {
        if read[..index].iter().any(|earlier| earlier.value == element.value) {
            cx.error(Code::LayoutTwice, element.span, "“order”里写了两次", "只留一个");
            twice = true;
        }
    }
    (whole && !twice).then_some(read)
}

pub(super) fn order(cx: &mut Context<'_>, node: &Node) -> Option<Vec<BodyElement>> {
    let elements = list(cx, node, ELEMENTS)?;
    for element in &elements {
        let roles: &[Role] = match element.value {
            BodyElement::Contents => &[Role::ContentsTitle, Role::Contents],
            BodyElement::EditorNote => &[Role::NoteLabel, Role::EditorNote],
            BodyElement::Title => &[Role::Title],
            BodyElement::Subtitle => &[Role::Subtitle],
            BodyElement::Recipients => &[Role::Recipients],
            BodyElement::Sections => &[Role::SectionTitle],
            BodyElement::Attachments => &[Role::Attachment, Role::Title],
        };
        cx.roles.extend(roles.iter().map(|role| Spanned { value: *role, span: element.span }));
    }
    let elements: Vec<BodyElement> = elements.into_iter().map(|element| element.value).collect();
    if !elements.contains(&BodyElement::Sections) {
        cx.error(
            Code::LayoutNoPlace,
            node.span,
            "“order”里没有“sections”",
            "各条内容都在栏目里，必须写明它的位置",
        );
        return None;
    }
    Some(elements)
}

pub(super) fn item(cx: &mut Context<'_>, node: &Node) -> Option<ItemLayout> {
    const RUN_IN: &[(&str, bool)] = &[("接排", true), ("另行", false), ("分段", false)];
    let fields = cx.mapping(node, "条目（item）", keys::ITEM)?;
    let order = cx.need(&fields, "order").and_then(|node| parts(cx, node));
    let mut run_in = |name: &str| {
        let node = cx.need(&fields, name)?;
        cx.reader.choice(node, name, RUN_IN).map(|choice| choice.value)
    };
    let headline_run_in = run_in("headline");
    let points_run_in = run_in("points");
    let roundup_run_in = run_in("roundup");
    let tail_run_in = run_in("tail");
    Some(ItemLayout {
        order: order?,
        headline_run_in: headline_run_in?,
        points_run_in: points_run_in?,
        roundup_run_in: roundup_run_in?,
        tail_run_in: tail_run_in?,
    })
}

fn parts(cx: &mut Context<'_>, node: &Node) -> Option<Vec<ItemPart>> {
    let parts = list(cx, node, PARTS)?;
    let body = parts.iter().find(|part| part.value == ItemPart::Body);
    let Some(body) = body else {
        cx.error(Code::LayoutNoPlace, node.span, "“order”里没有“body”", "正文的位置必须写明");
        return None;
    };
    cx.roles.extend(TEXT.iter().map(|role| Spanned { value: *role, span: body.span }));
    for part in &parts {
        let role = match part.value {
            ItemPart::Category => Role::Category,
            ItemPart::Headline => Role::Headline,
            ItemPart::References => Role::Reference,
            ItemPart::Source => Role::Source,
            ItemPart::Author => Role::Author,
            ItemPart::Lead => Role::Lead,
            ItemPart::Subheadline | ItemPart::Body => continue,
        };
        cx.roles.push(Spanned { value: role, span: part.span });
    }
    Some(parts.into_iter().map(|part| part.value).collect())
}

pub(super) fn numbers(cx: &mut Context<'_>, node: &Node) -> Option<Numbers> {
    let fields = cx.mapping(node, "序号（numbers）", keys::NUMBERS)?;
    let point = need_number(cx, &fields, "point");
    let headings = cx.need(&fields, "headings").and_then(|node| headings(cx, node));
    let date = cx.need(&fields, "date").and_then(|node| date(cx, node));
    let contents = match fields.node("contents") {
        Some(node) => number(cx, node, "contents").map(Some),
        None => Some(None),
    };
    let attachment = need_number(cx, &fields, "attachment");
    let single = cx.need(&fields, "attachment-single").and_then(|node| {
        let words = cx.words(node, "attachment-single")?;
        Some(Template { parts: vec![TemplatePart::Words(words)] })
    });
    Some(Numbers {
        point: point?,
        headings: headings?,
        date: date?,
        contents: contents?,
        attachment: attachment?,
        attachment_single: single?,
    })
}

fn need_number(cx: &mut Context<'_>, fields: &Fields<'_>, name: &str) -> Option<Template> {
    let node = cx.need(fields, name)?;
    number(cx, node, name)
}

/// A form over `{han}` or `{arabic}`.
fn number(cx: &mut Context<'_>, node: &Node, what: &str) -> Option<Template> {
    let form = cx.template(node, what, &[Field::Han, Field::Arabic])?;
    if form.parts.iter().any(|part| matches!(part, TemplatePart::Field(_))) {
        return Some(form);
    }
    cx.error(
        Code::LayoutTemplate,
        node.span,
        format!("“{what}”里没有数"),
        "写明“{han}”（一、二）或“{arabic}”（1、2）",
    );
    None
}

fn headings(cx: &mut Context<'_>, node: &Node) -> Option<[Template; 4]> {
    let Value::Sequence(nodes) = &node.value else {
        cx.reader.wrong_kind(node, "headings", "列表（每条以“- ”开头）");
        return None;
    };
    if nodes.len() != 4 {
        cx.error(
            Code::BadValue(FileKind::Layout),
            node.span,
            "“headings”应有四级",
            "依次为一、（一）1.（1）的写法",
        );
        return None;
    }
    let forms: Vec<Option<Template>> =
        nodes.iter().map(|node| number(cx, node, "headings")).collect();
    let forms: Option<Vec<Template>> = forms.into_iter().collect();
    <[Template; 4]>::try_from(forms?).ok()
}

/// A form over the year, month and day; what stands between is printed as it is.
fn date(cx: &mut Context<'_>, node: &Node) -> Option<String> {
    let form = cx.words(node, "date")?;
    for name in ["{year}", "{month}", "{day}"] {
        if form.matches(name).count() != 1 {
            cx.error(
                Code::LayoutTemplate,
                node.span,
                format!("“date”里应有一个“{name}”"),
                "写成“{year}年{month}月{day}日”",
            );
            return None;
        }
    }
    let words = form.replace("{year}", "").replace("{month}", "").replace("{day}", "");
    if words.contains(['{', '}', '[', ']']) {
        cx.error(
            Code::LayoutTemplate,
            node.span,
            "“date”里有多余的括号",
            "只能用“{year}”“{month}”“{day}”",
        );
        return None;
    }
    Some(form)
}

pub(super) fn labels(cx: &mut Context<'_>, node: &Node) -> Option<Labels> {
    let fields = cx.mapping(node, "字样（labels）", keys::LABELS)?;
    let mut words = |name: &str| cx.need(&fields, name).and_then(|node| cx.words(node, name));
    let contents = words("contents");
    let editor_note = words("editor-note");
    let editor_note_after = words("editor-note-after");
    let roundup_after = words("roundup-after");
    let unit_after = words("unit-after");
    let recipients_after = words("recipients-after");
    let joiner = words("joiner");
    let reference_gap = words("reference-gap");
    Some(Labels {
        contents: contents?,
        editor_note: editor_note?,
        editor_note_after: editor_note_after?,
        roundup_after: roundup_after?,
        unit_after: unit_after?,
        recipients_after: recipients_after?,
        joiner: joiner?,
        reference_gap: reference_gap?,
    })
}
