//! From a tree to an [`Issue`].

use super::content::{attachment, content, has_content, label_of, missing_content};
use super::forms::{classification, copy_number, count, date, document_number, references, year};
use super::words::{Kind, bare, is_text, line, names, paragraphs, piece};
use super::{
    Contact, Contents, Distribution, Imprint, Issue, IssueKind, Item, Masthead, Note, Numbering,
    NumberingScheme, Section, Staff, Text, keys,
};
use crate::diagnostic::{Code, Spanned};
use crate::yaml::{Fields, Node, Reader, Value};

/// The whole file. `None` when something that must be there is not; that has been reported.
pub(super) fn issue(reader: &mut Reader<'_>, root: &Node) -> Option<Issue> {
    if root.value == Value::Null {
        reader.error(
            Code::IssueNoContent,
            root.span,
            "文件是空的",
            "照样例填写，或复制一期旧的来改",
        );
        return None;
    }
    let fields = reader.fields(root, "文件", keys::ISSUE)?;
    fields.read(reader, "schema", schema);
    let masthead = fields.require(reader, "masthead", masthead);
    let number = fields.require(reader, "issue", numbering);
    let sections = sections(reader, &fields);
    let text = |reader: &mut Reader<'_>, name: &str| fields.read(reader, name, plain);
    let layout = text(reader, "layout");
    let classification = fields.read(reader, "classification", classification);
    let handling = text(reader, "handling");
    let urgency = fields.read(reader, "urgency", urgency);
    let copy_number = fields.read(reader, "copy_number", copy_number);
    let document_number = fields.read(reader, "document_number", document_number);
    let contents = fields.read(reader, "contents", contents).unwrap_or_default();
    let editor_note = fields.read(reader, "editor_note", note);
    let title = text(reader, "title");
    let subtitle = text(reader, "subtitle");
    let recipients = list(reader, &fields, "recipients");
    let attachments = fields.read(reader, "attachments", |reader, node, what| {
        reader.one_or_many(node, what, attachment)
    });
    let distribution = fields.read(reader, "distribution", distribution).unwrap_or_default();
    let imprint = fields.read(reader, "imprint", imprint).unwrap_or_default();
    let staff = fields.read(reader, "staff", staff).unwrap_or_default();
    let contact = fields.read(reader, "contact", contact).unwrap_or_default();
    // Only now: all of the file has been read, and everything wrong with it reported.
    Some(Issue {
        layout,
        masthead: masthead?,
        classification,
        handling,
        urgency,
        copy_number,
        number: number?,
        document_number,
        contents,
        editor_note,
        title,
        subtitle,
        recipients,
        sections,
        attachments: attachments.unwrap_or_default(),
        distribution,
        imprint,
        staff,
        contact,
    })
}

fn plain(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Text> {
    line(reader, node, what, Kind::Plain)
}

fn list(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &str) -> Vec<Text> {
    fields.read(reader, name, names).unwrap_or_default()
}

fn schema(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<()> {
    reader.choice(node, what, &[("bulletin/1", ())]).map(|_| ())
}

fn masthead(reader: &mut Reader<'_>, node: &Node, _: &str) -> Option<Masthead> {
    let fields = reader.fields(node, "报头（masthead）", keys::MASTHEAD)?;
    let name = fields.require(reader, "name", plain);
    // A text of two lines is two lines on the page.
    let owner = fields.read(reader, "owner", |reader, node, what| {
        let lists = reader.one_or_many(node, what, |reader, node, what| {
            let text = reader.text(node, what)?;
            let lines = text.value.lines().filter(|line| !line.trim().is_empty());
            let mut out = Vec::new();
            for written in lines {
                let piece =
                    super::words::place(reader, written.trim(), node.span, what, Kind::Plain)?;
                out.push(piece.whole());
            }
            Some(out)
        })?;
        Some(lists.into_iter().flatten().collect::<Vec<Text>>())
    });
    let subtitle = fields.read(reader, "subtitle", plain);
    Some(Masthead { owner: owner.unwrap_or_default(), name: name?, subtitle })
}

fn numbering(reader: &mut Reader<'_>, node: &Node, _: &str) -> Option<Numbering> {
    let fields = reader.fields(node, "本期（issue）", keys::NUMBERING)?;
    let number = fields.require(reader, "number", count);
    let office = fields.require(reader, "office", names);
    let day = fields.require(reader, "date", date);
    let scheme = fields.read(reader, "numbering", |reader, node, what| {
        use NumberingScheme::{Annual, Both, Cumulative};
        let words = [
            ("按年", Annual),
            ("累计", Cumulative),
            ("两者", Both),
            ("annual", Annual),
            ("cumulative", Cumulative),
            ("both", Both),
        ];
        reader.choice(node, what, &words)
    });
    let kind = fields.read(reader, "kind", |reader, node, what| {
        use IssueKind::{Regular, Special, Supplement};
        let words = [
            ("正刊", Regular),
            ("增刊", Supplement),
            ("专刊", Special),
            ("regular", Regular),
            ("supplement", Supplement),
            ("special", Special),
        ];
        reader.choice(node, what, &words)
    });
    let total = fields.read(reader, "total", count);
    let of_year = fields.read(reader, "year", year);
    let signer = list(reader, &fields, "signer");
    let number = number?;
    let regular = Spanned { value: IssueKind::Regular, span: number.span };
    Some(Numbering {
        total,
        year: of_year,
        scheme,
        kind: kind.unwrap_or(regular),
        office: office?,
        date: day?,
        signer,
        number,
    })
}

fn urgency(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Text> {
    let words = [("特急", ()), ("加急", ()), ("特提", ()), ("平急", ())];
    reader.choice(node, what, &words)?;
    reader.text(node, what)
}

/// `true`, `false`, or the entries themselves.
fn contents(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Contents> {
    if let Value::Sequence(_) = &node.value {
        return names(reader, node, what).map(Contents::List);
    }
    let words = [
        ("是", true),
        ("自动", true),
        ("true", true),
        ("否", false),
        ("不要", false),
        ("false", false),
    ];
    let wish = reader.choice(node, what, &words)?;
    Some(if wish.value { Contents::Automatic(wish.span) } else { Contents::None })
}

/// A text, a list of paragraphs, or {label, text}.
fn note(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Note> {
    if !matches!(node.value, Value::Mapping(_)) {
        return paragraphs(reader, node, what).map(|text| Note { label: None, text });
    }
    let fields = reader.fields(node, what, keys::NOTE)?;
    let label = fields.read(reader, "label", |reader, node, what| {
        piece(reader, node, what, Kind::Plain).map(|piece| label_of(&piece))
    });
    let text = fields.require(reader, "text", paragraphs);
    Some(Note { label, text: text? })
}

/// `sections`, `items` without sections, or the one article that stands at the top.
fn sections(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Section> {
    let article = article_key(fields);
    let mut ways = [fields.entry("sections"), fields.entry("items"), article].into_iter().flatten();
    let (first, second) = (ways.next(), ways.next());
    if let (Some(first), Some(second)) = (first, second) {
        reader.error(
            Code::ConflictingKeys(reader.kind()),
            second.key_span,
            format!("“{}”和“{}”只能写一个", first.key, second.key),
            "分栏目的写在“栏目（sections）”，不分栏目的各条写在“条目（items）”，全期一篇的写在最外层",
        );
    }
    if fields.has("sections") {
        return fields
            .read(reader, "sections", |reader, node, what| read_sections(reader, node, what))
            .unwrap_or_default();
    }
    let items = if fields.has("items") {
        fields.read(reader, "items", |reader, node, what| reader.list(node, what, item))
    } else if article.is_some() {
        article_of(reader, fields).map(|item| vec![item])
    } else if ["sections", "items"].iter().any(|name| fields.is_misspelt(name))
        || has_content(fields)
    {
        None
    } else {
        let span = reader.first_line(fields.span());
        reader.error(
            Code::IssueNoContent,
            span,
            "这一期没有内容",
            "写上“栏目（sections）”、“条目（items）”，或全期一篇的“文字（text）”、“正文（body）”",
        );
        None
    };
    vec![Section { title: None, note: None, items: items.unwrap_or_default() }]
}

/// The first key at the top that belongs to an article.
fn article_key<'n>(fields: &Fields<'n>) -> Option<&'n crate::yaml::Entry> {
    const ARTICLE: [&str; 13] = [
        "text",
        "paragraphs",
        "points",
        "roundup",
        "entries",
        "closing",
        "body",
        "lead",
        "figures",
        "tables",
        "refs",
        "source",
        "author",
    ];
    ARTICLE.iter().find_map(|name| fields.entry(name))
}

fn read_sections(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Vec<Section>> {
    let alone = matches!(&node.value, Value::Sequence(nodes) if nodes.len() == 1);
    reader.list(node, what, |reader, node, _| section(reader, node, alone))
}

/// A section may go without a title when it is the only one: then it is an issue without sections.
fn section(reader: &mut Reader<'_>, node: &Node, alone: bool) -> Option<Section> {
    let fields = reader.fields(node, "这个栏目", keys::SECTION)?;
    let heading = |reader: &mut Reader<'_>, node: &Node, what: &str| {
        piece(reader, node, what, Kind::Heading).map(|piece| bare(&piece, '【', '】'))
    };
    let title = if alone {
        fields.read(reader, "title", heading)
    } else {
        fields.require(reader, "title", heading)
    };
    let note = fields.read(reader, "note", note);
    let items = fields.require(reader, "items", |reader, node, what| reader.list(node, what, item));
    Some(Section { title, note, items: items? })
}

/// An item; one that is only a text may be written as such.
fn item(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Item> {
    if is_text(node) {
        let texts = paragraphs(reader, node, what)?;
        let body = texts.into_iter().map(super::Block::Paragraph).collect();
        return Some(Item { body, ..empty_item(node.span) });
    }
    let fields = reader.fields(node, "这一条", keys::ITEM)?;
    let headline = fields.read(reader, "headline", plain);
    let subheadline = fields.read(reader, "subheadline", plain);
    let category = fields.read(reader, "category", |reader, node, what| {
        piece(reader, node, what, Kind::Heading).map(|piece| bare(&piece, '【', '】'))
    });
    if let (Some(_), Some(category)) = (fields.entry("headline"), fields.entry("category")) {
        reader.error(
            Code::ConflictingKeys(reader.kind()),
            category.key_span,
            "“标题（headline）”和“分类（category）”只能写一个",
            "有标题的条目不写分类；简讯的条目只写分类",
        );
    }
    let item = item_of(reader, &fields);
    Some(Item { headline, subheadline, category, ..item? })
}

/// The one article of an issue that has no sections.
fn article_of(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Item> {
    item_of(reader, fields)
}

fn item_of(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Item> {
    let lead =
        fields.read(reader, "lead", |reader, node, what| line(reader, node, what, Kind::Running));
    let body = content(reader, fields);
    if !has_content(fields) && lead.is_none() {
        missing_content(reader, fields.span(), "这一条");
    }
    let unwrapped = |reader: &mut Reader<'_>, node: &Node, what: &str| {
        reader.one_or_many(node, what, |reader, node, what| {
            piece(reader, node, what, Kind::Plain).map(|piece| bare(&piece, '（', '）'))
        })
    };
    let references = fields.read(reader, "refs", references).unwrap_or_default();
    let source = fields.read(reader, "source", unwrapped).unwrap_or_default();
    let author = fields.read(reader, "author", unwrapped).unwrap_or_default();
    let body = body.unwrap_or_default();
    Some(Item { lead, body, references, source, author, ..empty_item(fields.span()) })
}

fn empty_item(span: crate::diagnostic::Span) -> Item {
    Item {
        headline: None,
        subheadline: None,
        category: None,
        lead: None,
        body: Vec::new(),
        references: Vec::new(),
        source: Vec::new(),
        author: Vec::new(),
        span,
    }
}

fn distribution(reader: &mut Reader<'_>, node: &Node, _: &str) -> Option<Distribution> {
    let fields = reader.fields(node, "分送（distribution）", keys::DISTRIBUTION)?;
    Some(Distribution {
        superiors: list(reader, &fields, "superiors"),
        peers: list(reader, &fields, "peers"),
        subordinates: list(reader, &fields, "subordinates"),
        extra: list(reader, &fields, "extra"),
        copies: fields.read(reader, "copies", count),
    })
}

fn imprint(reader: &mut Reader<'_>, node: &Node, _: &str) -> Option<Imprint> {
    let fields = reader.fields(node, "印发（imprint）", keys::IMPRINT)?;
    let office = fields.read(reader, "office", plain);
    Some(Imprint { office, date: fields.read(reader, "date", date) })
}

fn staff(reader: &mut Reader<'_>, node: &Node, _: &str) -> Option<Staff> {
    let fields = reader.fields(node, "编审（staff）", keys::STAFF)?;
    Some(Staff {
        editor: list(reader, &fields, "editor"),
        reviewer: list(reader, &fields, "reviewer"),
        approver: list(reader, &fields, "approver"),
        signer: list(reader, &fields, "signer"),
        proofreader: list(reader, &fields, "proofreader"),
    })
}

fn contact(reader: &mut Reader<'_>, node: &Node, _: &str) -> Option<Contact> {
    let fields = reader.fields(node, "联系方式（contact）", keys::CONTACT)?;
    Some(Contact {
        phone: list(reader, &fields, "phone"),
        email: list(reader, &fields, "email"),
        fax: list(reader, &fields, "fax"),
        address: fields.read(reader, "address", plain),
        postcode: fields.read(reader, "postcode", plain),
        website: fields.read(reader, "website", plain),
    })
}
