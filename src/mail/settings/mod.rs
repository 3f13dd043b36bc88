//! The part of `mail` in `hongtou.yaml` that says how messages are delivered: which server, how the
//! line is guarded, who logs in. What they look like is read by `message`.

use std::net::IpAddr;
use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, FileKind, Sources, Spanned};
use crate::issue::keys::MAIL;
use crate::yaml::{Fields, Node, Reader, Value};

/// How the line to the server is guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (port 465).
    Smtps,
    /// TLS after the STARTTLS command (port 587).
    Starttls,
    /// Not at all: only to this machine itself.
    Plain,
}

/// Where the password is. Never in `hongtou.yaml`; what the environment has comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// Only in the environment.
    Environment,
    /// In a file that only its owner can read.
    File(Spanned<String>),
    /// With the system: Secret Service, Windows Credential Manager.
    Keyring,
}

/// The settings of an office for sending mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Name or address of the server.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How the line is guarded.
    pub security: Security,
    /// File with the only certificates that are trusted, when the server's is not signed by one that
    /// the system trusts; counted from the folder of `hongtou.yaml`.
    pub ca: Option<Spanned<String>>,
    /// The user's name at the server; without one nobody logs in.
    pub user: Option<String>,
    /// Where the password is.
    pub keeper: Keeper,
    /// Most messages in a minute.
    pub rate: Option<u32>,
    /// How often what failed for a while is tried again.
    pub retries: u32,
    /// The pause before the first time; each further one is twice as long.
    pub retry_pause: Duration,
    /// How long the server may be silent; ten times as long after a whole message, when it may be
    /// looking for viruses.
    pub timeout: Duration,
}

/// Reads the keys of `mail` that delivery needs.
///
/// # Errors
/// Everything that is wrong with them; a missing server.
pub fn read(sources: &Sources, node: &Node) -> Result<Settings, Vec<Diagnostic>> {
    // A finding shows its line, and the password may stand in the same one: it comes alone.
    if let Some(finding) = password(sources, node) {
        return Err(vec![finding]);
    }
    let mut reader = Reader::new(sources, FileKind::Settings);
    let settings = settings(&mut reader, node);
    reader.finish()?;
    settings.ok_or_else(|| {
        vec![Diagnostic::general(Code::Fault, "邮件设置读不出内容，原因不明（程序的错误）")]
    })
}

/// What to say when a password is written in `mail`: without the line, which would show it.
pub(super) fn password(sources: &Sources, node: &Node) -> Option<Diagnostic> {
    let Value::Mapping(entries) = &node.value else { return None };
    let key = MAIL.iter().find(|key| key.name == "password")?;
    let entry = entries.iter().find(|e| key.names().any(|name| name == e.key.trim()))?;
    let source = sources.get(entry.key_span.file);
    let before = source.text.get(..entry.key_span.start as usize).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let message = format!("“{}”第{line}行写了密码：密码不能写在设置文件里", source.name);
    Some(Diagnostic::general(Code::SettingsPassword, message).with_help(
        "删去这一行；用“hongtou send password”存进系统密码库（并写“系统密码库: 是”），\
         或写进只有自己能读的文件（写“密码文件: ./文件”），或放进环境变量 HONGTOU_SMTP_PASSWORD。\
         这个文件给别人看过的，还要换掉密码",
    ))
}

fn settings(reader: &mut Reader<'_>, node: &Node) -> Option<Settings> {
    let fields = reader.fields(node, "邮件（mail）", MAIL)?;
    let server = fields.require(reader, "server", host);
    let (security, port) = line(reader, &fields);
    if let (Some(Security::Plain), Some(server)) = (security, &server)
        && !is_loopback(server)
    {
        let node = fields.node("security").or(fields.node("server")).unwrap_or(node);
        let message = format!("到“{}”的连接不能不加密（plain）", server.value);
        let help = "写 starttls 或 smtps；plain 只能用于本机（localhost、127.0.0.1）";
        reader.error(Code::SettingsUnencrypted, node.span, message, help);
    }
    let keyring = fields.read(reader, "keyring", Reader::boolean).is_some_and(|yes| yes.value);
    let file = fields.read(reader, "password_file", Reader::text);
    if let (true, Some(file)) = (keyring, &file) {
        let help = "只留一个：密码在文件里，还是在系统密码库里";
        reader.error(
            Code::ConflictingKeys(reader.kind()),
            file.span,
            "“密码文件”和“系统密码库”只能写一个",
            help,
        );
    }
    let seconds = |fields: &Fields<'_>, reader: &mut Reader<'_>, name, range, or| {
        let read = fields.read(reader, name, |r, n, what| within(r, n, what, range));
        Duration::from_secs(read.unwrap_or(or).into())
    };
    Some(Settings {
        ca: fields.read(reader, "ca", Reader::text),
        user: fields.read(reader, "user", one_line),
        keeper: match file {
            Some(file) => Keeper::File(file),
            None if keyring => Keeper::Keyring,
            None => Keeper::Environment,
        },
        rate: fields.read(reader, "rate", |r, n, what| within(r, n, what, (1, 6000))),
        retries: fields
            .read(reader, "retries", |r, n, what| within(r, n, what, (0, 20)))
            .unwrap_or(4),
        retry_pause: seconds(&fields, reader, "retry_pause", (1, 3600), 60),
        timeout: seconds(&fields, reader, "timeout", (1, 600), 60),
        security: security?,
        port: port?,
        server: server?.value,
    })
}

/// Security and port: each follows from the other unless both are written.
fn line(reader: &mut Reader<'_>, fields: &Fields<'_>) -> (Option<Security>, Option<u16>) {
    const WORDS: &[(&str, Security)] = &[
        ("smtps", Security::Smtps),
        ("starttls", Security::Starttls),
        ("plain", Security::Plain),
        ("ssl", Security::Smtps),
        ("不加密", Security::Plain),
    ];
    let port = match fields.has("port") {
        true => fields.read(reader, "port", |r, n, what| within(r, n, what, (1, 65535))),
        false => Some(0),
    };
    let security = match fields.has("security") {
        true => fields.read(reader, "security", |r, n, what| r.choice(n, what, WORDS)),
        false if matches!(port, Some(0 | 465)) => {
            return (Some(Security::Smtps), Some(465));
        }
        false => return (Some(Security::Starttls), port.and_then(|port| port.try_into().ok())),
    };
    let security = security.map(|security| security.value);
    let usual = match security {
        Some(Security::Starttls) => 587,
        Some(Security::Plain) => 25,
        _ => 465,
    };
    let port = port.map(|port| if port == 0 { usual } else { port });
    (security, port.and_then(|port| port.try_into().ok()))
}

fn within(
    reader: &mut Reader<'_>,
    node: &Node,
    what: &str,
    (least, most): (u32, u32),
) -> Option<u32> {
    let number = reader.integer::<u32>(node, what)?;
    if !(least..=most).contains(&number.value) {
        let message = format!("“{what}”不能是{}", number.value);
        reader.error(
            Code::OutOfRange(reader.kind()),
            node.span,
            message,
            format!("写{least}到{most}之间的数"),
        );
        return None;
    }
    Some(number.value)
}

/// A name as a resolver takes it, or an IP address.
fn host(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Spanned<String>> {
    let text = reader.text(node, what)?;
    let good = text.value.parse::<IpAddr>().is_ok()
        || (text.value.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
            && text.value.len() <= 253
            && !text.value.starts_with(['.', '-']));
    if !good {
        let message = format!("“{what}”不是服务器的名字：{}", text.value);
        let help = "只写名字，如 smtp.163.com；端口另写“端口: …”，不写 smtp:// 之类";
        reader.error(Code::BadValue(reader.kind()), node.span, message, help);
        return None;
    }
    Some(text)
}

fn one_line(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<String> {
    let text = reader.text(node, what)?;
    if text.value.chars().any(char::is_control) {
        reader.error(
            Code::LineBreak(reader.kind()),
            node.span,
            format!("“{what}”里不能换行"),
            "写成一行",
        );
        return None;
    }
    Some(text.value)
}

/// Whether a server is this machine, by what it is called.
fn is_loopback(server: &str) -> bool {
    server.eq_ignore_ascii_case("localhost")
        || server.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
