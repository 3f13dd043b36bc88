//! What an office's messages look like: its part of `mail` in `hongtou.yaml`.

use super::Purpose;
use super::template::{Field, Template};
use crate::archive::Entry;
use crate::diagnostic::{Code, Diagnostic, FileKind, Sources};
use crate::issue::keys;
use crate::mail::Wrong;
use crate::mail::address::Mailbox;
use crate::mail::recipients::{Format, formats, named};
use crate::mail::settings;
use crate::yaml::{Fields, Node, Reader};

const SUBJECT: &str = "{标题}";
const TEXT: &str = "\
{称呼}：

　　现送上《{刊名}》{期次}（{日期}），请查收附件。

本期内容：
{条目}

附件：{附件}

{单位}
{日期}
";

/// Most megabytes of a message: what nearly every server takes.
const MAX_SIZE: usize = 20;

/// What an office's messages look like.
#[derive(Clone, Debug)]
pub struct Style {
    /// Who sends them.
    pub sender: Option<Mailbox>,
    /// Where answers go; the contact printed at the foot when it is not set.
    pub reply_to: Option<Mailbox>,
    /// Template of the subject.
    pub subject: Template,
    /// Template of the text.
    pub text: Template,
    /// What everyone gets who asks for nothing else.
    pub formats: Vec<Format>,
    /// Name of the list in ASCII; made from series and sender when it is not set.
    pub list_id: Option<String>,
    /// Most bytes of a message.
    pub max_size: usize,
}

impl Default for Style {
    fn default() -> Style {
        // The templates of this file have no slips: a test says so.
        let template = |text| Template::parse(text).unwrap_or_else(|_| unreachable!());
        Style {
            sender: None,
            reply_to: None,
            subject: template(SUBJECT),
            text: template(TEXT),
            formats: vec![Format::Docx],
            list_id: None,
            max_size: MAX_SIZE << 20,
        }
    }
}

impl Style {
    /// Reads it from `mail` of `hongtou.yaml`.
    ///
    /// # Errors
    /// Everything that is wrong with the keys that messages need, and unknown keys.
    pub fn of(sources: &Sources, node: &Node) -> Result<Style, Vec<Diagnostic>> {
        // A finding shows its line, and a password may stand in it: that comes first and alone.
        if let Some(finding) = settings::password(sources, node) {
            return Err(vec![finding]);
        }
        let mut reader = Reader::new(sources, FileKind::Settings);
        let style = reader
            .fields(node, "邮件（mail）", keys::MAIL)
            .map(|fields| Style::read(&mut reader, &fields));
        reader.finish()?;
        style.ok_or_else(Vec::new)
    }

    fn read(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Style {
        let name = fields.read(reader, "sender_name", named);
        let mut style = Style {
            sender: fields.read(reader, "sender", mailbox),
            reply_to: fields.read(reader, "reply_to", mailbox),
            ..Style::default()
        };
        if let (Some(name), Some(sender)) = (name, &mut style.sender) {
            sender.name = Some(name);
        }
        if let Some(subject) = fields.read(reader, "subject", subject) {
            style.subject = subject;
        }
        if let Some(text) = fields.read(reader, "text", template) {
            style.text = text;
        }
        if let Some(formats) = fields.read(reader, "formats", formats) {
            style.formats = formats;
        }
        style.list_id = fields.read(reader, "list_id", list_id);
        if let Some(size) = fields.read(reader, "max_size", megabytes) {
            style.max_size = size;
        }
        style
    }

    /// Who sends: the setting; a draft or a test may also come from the address that answers go to.
    pub(super) fn sender(&self, entry: &Entry, purpose: Purpose) -> Option<Mailbox> {
        let draft = || self.reply(entry).filter(|_| purpose != Purpose::Deliver);
        self.sender.clone().or_else(draft)
    }

    /// Where answers go: the setting, else the first contact at the foot that is an address.
    pub(super) fn reply(&self, entry: &Entry) -> Option<Mailbox> {
        let contact = || entry.contact.iter().find_map(|text| Mailbox::parse(text).ok());
        self.reply_to.clone().or_else(contact)
    }
}

/// Says that there is no sender.
pub(super) fn no_sender() -> Diagnostic {
    Diagnostic::general(Code::MailNoSender, "没有设置发件人")
        .with_help("在 hongtou.yaml 里写：邮件: {发件人: 单位名称 <邮箱>, …}")
}

fn mailbox(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Mailbox> {
    let text = reader.text(node, what)?;
    match Mailbox::parse(&text) {
        Ok(mailbox) => Some(mailbox),
        Err(wrong) => {
            reader.report(wrong.at(text.span));
            None
        }
    }
}

fn template(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Template> {
    let text = reader.text(node, what)?;
    match Template::parse(&text) {
        Ok(template) => Some(template),
        Err(slips) => {
            for slip in slips {
                reader.report(slip.wrong.at(text.span).with_words(slip.words));
            }
            None
        }
    }
}

/// A subject is one line, and has no room for a list.
fn subject(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Template> {
    let text = reader.text(node, what)?;
    if text.contains('\n') {
        reader.error(
            Code::LineBreak(reader.kind()),
            text.span,
            format!("“{what}”只能有一行"),
            "写在一行里",
        );
        return None;
    }
    let template = template(reader, node, what)?;
    if template.has(Field::Items) {
        let finding = Wrong {
            code: Code::MailTemplate,
            message: format!("“{what}”里放不下“{{条目}}”"),
            help: "条目写在“正文（text）”里".to_owned(),
        };
        reader.report(finding.at(text.span));
        return None;
    }
    Some(template)
}

/// `mtg-kuaibao.mtg.gov.cn` (RFC 2919).
fn list_id(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<String> {
    let text = reader.text(node, what)?;
    let atom = |atom: &str| {
        !atom.is_empty() && atom.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    if text.len() > 200 || !text.contains('.') || !text.split('.').all(atom) {
        reader.error(
            Code::BadValue(reader.kind()),
            text.span,
            format!("“{what}”的写法不对"),
            "只用英文字母、数字、短横和点，如 mtg-kuaibao.example.cn",
        );
        return None;
    }
    Some(text.value)
}

/// A number of megabytes as bytes.
fn megabytes(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<usize> {
    let number = reader.integer::<usize>(node, what)?;
    if !(1..=150).contains(&number.value) {
        reader.error(
            Code::OutOfRange(reader.kind()),
            number.span,
            format!("“{what}”超出范围"),
            "写1至150的数，单位是MB",
        );
        return None;
    }
    Some(number.value << 20)
}
