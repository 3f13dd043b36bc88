//! Reads `recipients.yaml`.

use std::collections::BTreeMap;

use super::{Directory, Group, Label, bare, finish, person};
use crate::diagnostic::{Code, Diagnostic, FileId, FileKind, Sources, Spanned};
use crate::issue::keys;
use crate::yaml::{Entry, Node, Reader, Value};

/// Reads the people of an office from a file of their own; warnings come beside them.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read(
    sources: &Sources,
    file: FileId,
) -> Result<(Directory, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut reader = Reader::new(sources, FileKind::Recipients);
    reader.set_hint(hint);
    let directory = reader.parse(file).and_then(|root| directory(&mut reader, &root));
    finish(reader, directory)
}

/// Reads them from `recipients` of `hongtou.yaml`.
///
/// # Errors
/// As [`read`].
pub fn read_node(
    sources: &Sources,
    node: &Node,
) -> Result<(Directory, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut reader = Reader::new(sources, FileKind::Recipients);
    reader.set_hint(hint);
    let directory = directory(&mut reader, node);
    finish(reader, directory)
}

/// What to say of a key that has no place where it stands.
fn hint(written: &str) -> Option<String> {
    let known = |table: &[crate::yaml::Key]| {
        table.iter().any(|key| key.names().any(|name| name == written))
    };
    if known(keys::EXCEPTIONS) {
        return Some(format!("“{written}”写在“例外（exceptions）”下面"));
    }
    (!known(keys::RECIPIENT) && !known(keys::RECIPIENTS))
        .then(|| "最外层只有“报”“送”“发”“另寄”“例外”；组名缩进两格，写在它们下面".to_owned())
        .filter(|_| crate::yaml::nearest(written, all_names()).is_none())
}

fn all_names() -> impl Iterator<Item = &'static str> {
    let tables = [keys::RECIPIENTS, keys::RECIPIENT, keys::EXCEPTIONS];
    tables.into_iter().flatten().flat_map(crate::yaml::Key::names)
}

fn directory(reader: &mut Reader<'_>, root: &Node) -> Option<Directory> {
    let fields = reader.fields(root, "分送名单", keys::RECIPIENTS)?;
    let mut directory = Directory {
        groups: Vec::new(),
        paper: Vec::new(),
        unprinted: Vec::new(),
        places: Vec::new(),
        place: reader.first_line(root.span),
    };
    for label in Label::ALL {
        let Some(entry) = fields.entry(label.key()) else { continue };
        directory.places.push((label, entry.key_span));
        if entry.value.value != Value::Null {
            groups(reader, label, entry, &mut directory.groups);
        }
    }
    if let Some(node) = fields.node("exceptions")
        && let Some(fields) = reader.fields(node, "例外（exceptions）", keys::EXCEPTIONS)
    {
        let mut names = |name| fields.read(reader, name, Reader::texts).unwrap_or_default();
        directory.paper = names("paper");
        directory.unprinted = names("unprinted");
    }
    if directory.groups.is_empty() && !reader.failed() {
        reader.error(
            Code::RecipientsNone,
            directory.place,
            "名单里一个收件人也没有",
            "在“报”“送”“发”下面写组名和邮箱，如“首都文明办: szwmb@example.cn”",
        );
    }
    agree(reader, &directory);
    Some(directory)
}

/// The groups under a label.
fn groups(reader: &mut Reader<'_>, label: Label, under: &Entry, groups: &mut Vec<Group>) {
    let Value::Mapping(entries) = &under.value.value else {
        let what = &under.key;
        let finding = Diagnostic::error(
            Code::WrongKind(reader.kind()),
            reader.first_line(under.value.span),
            format!("“{what}”下面应是组名，这里是{}", under.value.value.kind()),
        );
        let help = "另起一行，缩进两格，每行写“组名: 邮箱”，组名与简报末尾印的一样";
        reader.report(finding.with_help(help));
        return;
    };
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries {
        let name = entry.key.trim().to_owned();
        if let Some(earlier) = known.get(&bare(&name)) {
            // The same spelling twice is a duplicate key, which is reported as such.
            if *earlier != name {
                reader.error(
                    Code::RecipientsDuplicate,
                    entry.key_span,
                    format!("“{name}”和“{earlier}”是同一组"),
                    "并成一组，收件人写成列表（每人以“- ”开头）",
                );
            }
            continue;
        }
        if names_nothing(reader, entry, &name) {
            continue;
        }
        let people = reader
            .one_or_many(&entry.value, &name, |reader, node, what| person::read(reader, node, what))
            .unwrap_or_default();
        twice(reader, &people);
        known.insert(bare(&name), name.clone());
        let name = Spanned { value: name, span: entry.key_span };
        groups.push(Group { label, name, people });
    }
}

/// Reports a group without a name or without people.
fn names_nothing(reader: &mut Reader<'_>, entry: &Entry, name: &str) -> bool {
    if bare(name).is_empty() {
        reader.error(Code::RecipientsNoName, entry.key_span, "组没有名称", "写上简报末尾印的组名");
        return true;
    }
    if entry.value.value == Value::Null {
        reader.error(
            Code::RecipientsNone,
            entry.key_span,
            format!("“{name}”没有收件人"),
            "写上邮箱；只发纸质的，把组名写进“例外”的“只发纸质”",
        );
        return true;
    }
    false
}

/// Warns of an address that stands twice in one group.
fn twice(reader: &mut Reader<'_>, people: &[super::Person]) {
    let mut seen = std::collections::BTreeSet::new();
    for person in people {
        if !seen.insert(person.address.key()) && person.name.is_none() {
            let message = format!("邮箱“{}”在这一组里写了两次", person.address.value);
            let finding =
                Diagnostic::warning(Code::RecipientsDuplicate, person.address.span, message);
            reader.report(finding.with_help("只寄一封；多出的一行可以删去"));
        }
    }
}

/// Exceptions must not contradict the list.
fn agree(reader: &mut Reader<'_>, directory: &Directory) {
    let mut named: BTreeMap<String, &str> = BTreeMap::new();
    for group in &directory.groups {
        named.entry(bare(&group.name)).or_insert(&group.name.value);
    }
    for name in &directory.paper {
        if let Some(group) = named.get(&bare(name)) {
            reader.error(
                Code::RecipientsPaperOnly,
                name.span,
                format!("“{group}”只发纸质，名单里却有它的邮箱"),
                "要寄邮件就从“只发纸质”里删去，否则从名单里删去",
            );
        }
    }
    for name in &directory.unprinted {
        if !named.contains_key(&bare(name)) {
            let known = directory.groups.iter().map(|group| group.name.as_str());
            // Dear to find in a long list, and hardly read any more.
            let near = if reader.is_full() { None } else { crate::yaml::nearest(name, known) };
            let help = match near {
                Some(near) => format!("是否应为“{near}”？"),
                None => "名称应与名单里的组名一样".to_owned(),
            };
            reader.error(
                Code::RecipientsUnknownGroup,
                name.span,
                format!("名单里没有“{}”这一组", name.value),
                help,
            );
        }
    }
}
