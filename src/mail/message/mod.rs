//! The message: one for each recipient, the same each time it is written.

mod body;
mod file;
mod header;
mod id;
mod style;
mod template;

use chrono::{DateTime, FixedOffset};
use lettre::message::header::Headers;
use lettre::message::{MultiPart, SinglePart};

use super::address::{Address, Mailbox};
use super::envelope::Outgoing;
use super::plan::Planned;
use super::recipients::Format;
use crate::archive::Entry;
use crate::diagnostic::{Code, Diagnostic};

pub use id::id;
pub use style::Style;
pub use template::Template;

/// What all messages of one sending share.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// The archived issue.
    pub entry: &'a Entry,
    /// What the office's messages look like.
    pub style: &'a Style,
    /// What can be attached.
    pub files: &'a Files,
    /// Why it corrects the revision before it.
    pub reason: Option<&'a str>,
    /// When it is sent.
    pub date: DateTime<FixedOffset>,
    /// What it is for.
    pub purpose: Purpose,
}

/// The files of an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// The Word document.
    pub docx: Option<Vec<u8>>,
    /// The PDF.
    pub pdf: Option<Vec<u8>>,
}

impl Files {
    /// The file of a format.
    pub fn get(&self, format: Format) -> Option<&[u8]> {
        match format {
            Format::Docx => self.docx.as_deref(),
            Format::Pdf => self.pdf.as_deref(),
        }
    }
}

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It goes to its recipient.
    Deliver,
    /// It goes to the editor, who wants to see it.
    Test,
    /// It lies in a folder until another program sends it.
    Draft,
}

/// Writes a message.
///
/// # Errors
/// No sender, a file that is not there, a message that is too large.
pub fn write(planned: &Planned, letter: &Letter<'_>) -> Result<Outgoing, Diagnostic> {
    let sender = letter.style.sender(letter.entry, letter.purpose);
    let sender = &sender.ok_or_else(style::no_sender)?;
    let to = Address::parse(&planned.recipient.address).map_err(|wrong| wrong.general())?;
    let id = match letter.purpose {
        Purpose::Test => id::test(letter, sender, &to),
        _ => id(&letter.entry.holding(), sender, to.as_str()),
    };
    let parts = parts(planned, letter, &id)?;
    let mut bytes = headers(planned, letter, sender, &to, &id).to_string().into_bytes();
    bytes.extend(parts.formatted());
    if bytes.len() > letter.style.max_size {
        return Err(too_large(bytes.len(), letter.style.max_size));
    }
    let from = sender.address.as_str().to_owned();
    Ok(Outgoing { recipient: planned.recipient.clone(), from, id, bytes })
}

/// The headers of the whole.
fn headers(
    planned: &Planned,
    letter: &Letter<'_>,
    sender: &Mailbox,
    to: &Address,
    id: &str,
) -> Headers {
    let Letter { entry, style, .. } = letter;
    let mut headers = Headers::new();
    let mut set = |name, value: String| headers.insert_raw(header::raw(name, value));
    set("Date", letter.date.to_rfc2822());
    set("From", header::mailbox("From", sender.name.as_deref(), &sender.address));
    let name = recipient_name(planned);
    set("To", header::mailbox("To", name.as_deref(), to));
    if let Some(reply) = style.reply(entry) {
        set("Reply-To", header::mailbox("Reply-To", reply.name.as_deref(), &reply.address));
    }
    set("Subject", header::words("Subject", &subject(planned, letter)));
    set("Message-ID", format!("<{id}>"));
    if let (Some(revision), Purpose::Deliver | Purpose::Draft) =
        (planned.correction, letter.purpose)
    {
        // The correction stands beside what it corrects.
        let earlier = crate::archive::Holding { revision, ..entry.holding() };
        let earlier = format!("<{}>", self::id(&earlier, sender, to.as_str()));
        set("In-Reply-To", earlier.clone());
        set("References", earlier);
    }
    let list = style.list_id.clone();
    let list = list.unwrap_or_else(|| format!("{}.{}", entry.series, sender.address.domain()));
    let bulletin = Some(entry.bulletin.as_str());
    let name = header::named("List-Id", bulletin, &list);
    set("List-Id", name.unwrap_or_else(|| format!("<{list}>")));
    // No “I am on holiday” for every issue; failures are still reported.
    set("Auto-Submitted", "auto-generated".to_owned());
    set("X-Auto-Response-Suppress", "OOF, AutoReply".to_owned());
    set("Precedence", "list".to_owned());
    set("Content-Language", "zh-CN".to_owned());
    if letter.purpose == Purpose::Draft {
        // Outlook opens it as a draft that can be sent.
        set("X-Unsent", "1".to_owned());
    }
    set("MIME-Version", "1.0".to_owned());
    headers
}

/// Text in two forms, then the files.
fn parts(planned: &Planned, letter: &Letter<'_>, id: &str) -> Result<MultiPart, Diagnostic> {
    let body = body::body(planned, letter);
    let part =
        |kind: &str, text: String| -> SinglePart { file::text(kind, &text.replace('\n', "\r\n")) };
    let text = MultiPart::alternative()
        .boundary(id::boundary("text", id))
        .singlepart(part("plain", body.plain()))
        .singlepart(part("html", body.html()));
    let mut mixed = MultiPart::mixed().boundary(id::boundary("files", id)).multipart(text);
    for format in &planned.formats {
        let Some(bytes) = letter.files.get(*format) else {
            return Err(missing(planned, *format));
        };
        mixed = mixed.singlepart(file::attached(&file_name(letter.entry, *format), *format, bytes));
    }
    Ok(mixed)
}

/// 门头沟区创建全国文明城市工作快报第155期.docx.
fn file_name(entry: &Entry, format: Format) -> String {
    format!("{}.{}", entry.stem, format.ending())
}

/// 【测试】【更正】, then the office's template.
pub(super) fn subject(planned: &Planned, letter: &Letter<'_>) -> String {
    let test = if letter.purpose == Purpose::Test { "【测试】" } else { "" };
    let correction = if planned.correction.is_some() { "【更正】" } else { "" };
    let words = letter.style.subject.fill(|field| body::word(field, planned, letter));
    format!("{test}{correction}{words}")
}

/// 城子街道 王芳, before the address.
fn recipient_name(planned: &Planned) -> Option<String> {
    let recipient = &planned.recipient;
    let names: Vec<&str> =
        [&recipient.unit, &recipient.person].into_iter().flatten().map(String::as_str).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

fn missing(planned: &Planned, format: Format) -> Diagnostic {
    let (address, ending) = (&planned.recipient.address, format.ending().to_uppercase());
    Diagnostic::general(Code::MailNoFile, format!("“{address}”要{ending}，这一期没有{ending}"))
        .with_help(format!("重新存档并生成{ending}，或在名单里去掉这个格式"))
}

fn too_large(size: usize, most: usize) -> Diagnostic {
    const MEGABYTE: f64 = (1 << 20) as f64;
    let message =
        format!("邮件有{:.1} MB，超过上限{:.0} MB", size as f64 / MEGABYTE, most as f64 / MEGABYTE);
    Diagnostic::general(Code::MailTooLarge, message)
        .with_help("只附DOCX，或在 hongtou.yaml 的“邮件（mail）”里提高“大小上限（max_size）”")
}
