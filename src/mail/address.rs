//! Mail addresses, read strictly: what is typed here ends up in an envelope and in headers.

use std::fmt;

use super::Wrong;
use crate::diagnostic::{Code, is_hidden};

/// Most bytes before the `@` and in all (RFC 5321 §4.5.3.1).
const MAX_LOCAL: usize = 64;
const MAX_ADDRESS: usize = 254;

/// Most characters of a display name.
const MAX_NAME: usize = 100;

/// A mail address in ASCII; its domain in lower case, international names as `xn--`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    text: String,
    at: usize,
}

/// An address with the name that stands before it: `区委办公室 <qwb@example.cn>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// The name, on one line.
    pub name: Option<String>,
    /// The address.
    pub address: Address,
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// What is wrong with it, for whoever typed it.
    pub fn parse(written: &str) -> Result<Address, Wrong> {
        let written = written.trim_matches([' ', '\t', '\u{3000}']);
        only_one(written)?;
        apart(written)?;
        visible(written)?;
        half_width(written)?;
        let Some((local, domain)) = written.split_once('@') else {
            let help = "邮箱的样子如 zhangsan@163.com";
            return Wrong::new(
                Code::MailAddress,
                format!("“{}”不是邮箱，没有“@”", short(written)),
                help,
            );
        };
        check_local(written, local)?;
        let domain = domain_of(written, domain)?;
        let text = format!("{local}@{domain}");
        if text.len() > MAX_ADDRESS {
            return Wrong::new(
                Code::MailAddress,
                format!("邮箱“{}”太长", short(written)),
                "请检查是否写错",
            );
        }
        Ok(Address { text, at: local.len() })
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// The same for all ways to write one mailbox: capitals make no other.
    pub fn key(&self) -> String {
        self.text.to_ascii_lowercase()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Mailbox {
    /// Reads `名称 <邮箱>` or an address alone.
    ///
    /// # Errors
    /// As [`Address::parse`]; a name that could be taken for an address.
    pub fn parse(written: &str) -> Result<Mailbox, Wrong> {
        let written = written.trim();
        if let Some(bracket) = written.chars().find(|c| "＜＞〈〉《》".contains(*c)) {
            let half: String = written
                .chars()
                .map(|c| match c {
                    '＜' | '〈' | '《' => '<',
                    '＞' | '〉' | '》' => '>',
                    c => c,
                })
                .collect();
            let help = format!("用半角的“<”和“>”：{}", short(&half));
            return Wrong::new(
                Code::MailAddress,
                format!("邮箱要写在半角的“<”“>”里，这里是“{bracket}”"),
                help,
            );
        }
        let Some((name, rest)) = written.split_once('<') else {
            if written.contains('>') {
                return Wrong::new(Code::MailAddress, "有“>”没有“<”", "写成“名称 <邮箱>”");
            }
            return Ok(Mailbox { name: None, address: Address::parse(written)? });
        };
        let Some((address, after)) = rest.split_once('>') else {
            return Wrong::new(Code::MailAddress, "有“<”没有“>”", "写成“名称 <邮箱>”");
        };
        if !after.trim().is_empty() {
            let help = "写成“名称 <邮箱>”；一处只写一个邮箱，几个人分几行写";
            return Wrong::new(
                Code::MailAddress,
                format!("“>”后面多出“{}”", short(after.trim())),
                help,
            );
        }
        let address = Address::parse(address)?;
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|n| n.strip_suffix('"')).unwrap_or(name).trim();
        let name = if name.is_empty() { None } else { Some(display_name(name)?) };
        Ok(Mailbox { name, address })
    }
}

/// What nobody sees: in an address and its name not even marks that choose a form may stand.
fn unseen(c: char) -> bool {
    is_hidden(c) || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// A name that may stand before an address.
///
/// # Errors
/// Line breaks and invisible characters; what could be taken for an address.
pub(super) fn display_name(written: &str) -> Result<String, Wrong> {
    let name = written.trim_matches([' ', '\u{3000}']);
    if let Some(c) = name.chars().find(|c| "<>@＜＞＠".contains(*c)) {
        let help = "单位和姓名里只写名称，邮箱写在“邮箱”里";
        return Wrong::new(Code::MailAddress, format!("“{}”里不能有“{c}”", short(name)), help);
    }
    if name.contains(['\n', '\r']) {
        return Wrong::new(Code::MailAddress, format!("“{}”里有换行", short(name)), "写在一行里");
    }
    if let Some(c) = name.chars().find(|c| unseen(*c)) {
        return Wrong::new(
            Code::MailAddress,
            format!("“{}”里有看不见的字符 U+{:04X}", short(name), c as u32),
            "删去重新输入，不要粘贴",
        );
    }
    if name.chars().count() > MAX_NAME {
        return Wrong::new(
            Code::MailAddress,
            format!("“{}”太长", short(name)),
            format!("不超过{MAX_NAME}字"),
        );
    }
    Ok(name.to_owned())
}

/// Refuses lists of addresses and whatever could smuggle one in.
fn only_one(written: &str) -> Result<(), Wrong> {
    if written.is_empty() {
        return Wrong::new(Code::MailAddress, "没有邮箱", "填写邮箱，如 zhangsan@163.com");
    }
    let several = written.contains([',', ';', '，', '；', '、', '\n', '\r'])
        || written.matches(['@', '＠']).count() > 1;
    if several {
        let help = "一处只写一个邮箱，几个人分几行写";
        return Wrong::new(Code::MailAddress, format!("“{}”不是一个邮箱", short(written)), help);
    }
    if let Some(c) = written.chars().find(|c| "\"'\\()<>[]:`".contains(*c)) {
        let help = "只写邮箱本身，如 zhangsan@163.com";
        return Wrong::new(
            Code::MailAddress,
            format!("邮箱“{}”里不能有“{c}”", short(written)),
            help,
        );
    }
    Ok(())
}

/// Refuses an address behind a name without the brackets that tell them apart.
fn apart(written: &str) -> Result<(), Wrong> {
    let Some((name, address)) = written.rsplit_once(char::is_whitespace) else { return Ok(()) };
    // A name in Latin letters may as well be the beginning of the address: zhang san@163.com.
    if !address.contains('@') || name.is_ascii() {
        return Ok(());
    }
    let mut help = format!("邮箱写在尖括号里：{} <{}>", short(name.trim()), short(address));
    if let Err(wrong) = Address::parse(address) {
        help.push_str(&format!("；{}", wrong.help));
    }
    Wrong::new(Code::MailAddress, format!("“{}”里的名称和邮箱没有分开", short(written)), help)
}

/// Refuses spaces, control characters and what no screen shows.
fn visible(written: &str) -> Result<(), Wrong> {
    if written.chars().any(|c| c.is_whitespace()) {
        let help = "删去空格；一处只写一个邮箱，几个人分几行写";
        return Wrong::new(Code::MailAddress, format!("邮箱“{}”里有空格", short(written)), help);
    }
    match written.chars().find(|c| unseen(*c)) {
        Some(c) => Wrong::new(
            Code::MailAddress,
            format!("邮箱“{}”里有看不见的字符 U+{:04X}", short(written), c as u32),
            "删去重新输入，不要粘贴",
        ),
        None => Ok(()),
    }
}

/// Refuses what an input method left in full width.
fn half_width(written: &str) -> Result<(), Wrong> {
    let full = |c: char| ('！'..='～').contains(&c) || "。．".contains(c);
    let Some(found) = written.chars().find(|c| full(*c)) else { return Ok(()) };
    let half: String = written
        .chars()
        .map(|c| match c {
            '。' => '.',
            c if full(c) => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect();
    Wrong::new(
        Code::MailAddress,
        format!("邮箱“{}”里的“{found}”是全角的", short(written)),
        format!("改用半角：{}", short(&half)),
    )
}

fn check_local(written: &str, local: &str) -> Result<(), Wrong> {
    let shown = short(written);
    if local.is_empty() {
        return Wrong::new(
            Code::MailAddress,
            format!("邮箱“{shown}”的“@”前面没有名称"),
            "请检查是否写错",
        );
    }
    if let Some(c) = local.chars().find(|c| !c.is_ascii()) {
        return Wrong::new(
            Code::MailAddress,
            format!("邮箱“{shown}”的“@”前面有“{c}”"),
            "“@”前面只能是英文字母和数字：多数邮件系统送不到别的地址",
        );
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if let Some(c) = local.chars().find(|c| !allowed(*c)) {
        return Wrong::new(
            Code::MailAddress,
            format!("邮箱“{shown}”里不能有“{c}”"),
            "请检查是否写错",
        );
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        let help = "点不能在开头、在“@”前，也不能连写";
        return Wrong::new(Code::MailAddress, format!("邮箱“{shown}”里的点不对"), help);
    }
    if local.len() > MAX_LOCAL {
        return Wrong::new(
            Code::MailAddress,
            format!("邮箱“{shown}”的“@”前面太长"),
            "不超过64个字符",
        );
    }
    Ok(())
}

/// The domain in ASCII.
fn domain_of(written: &str, domain: &str) -> Result<String, Wrong> {
    let shown = short(written);
    let wrong = |help: &str| {
        Wrong::new(
            Code::MailAddress,
            format!("邮箱“{shown}”的“@”后面不是邮件服务器的名称"),
            help.to_owned(),
        )
    };
    if domain.is_empty() || domain.starts_with('.') || domain.ends_with('.') {
        return wrong("“@”后面如 163.com，开头和末尾没有点");
    }
    let Ok(ascii) = idna::domain_to_ascii_strict(domain) else {
        return wrong("“@”后面只用字母、数字、短横和点，如 163.com");
    };
    // A name alone is this computer or a slip: zhangsan@163.
    let Some((_, last)) = ascii.rsplit_once('.') else {
        if ascii == "localhost" {
            return Ok(ascii);
        }
        return wrong("“@”后面要写全，如 163.com");
    };
    if last.bytes().all(|b| b.is_ascii_digit()) {
        return wrong("写服务器的名称，不写IP地址");
    }
    Ok(ascii)
}

/// The beginning of what was written, on one line.
fn short(written: &str) -> String {
    const KEPT: usize = 40;
    let mut short: String =
        written.chars().take(KEPT).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if written.chars().nth(KEPT).is_some() {
        short.push('…');
    }
    short
}
