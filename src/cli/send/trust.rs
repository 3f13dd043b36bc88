//! Whether a mail server may have the password. `hongtou.yaml` is looked for upward from the issue,
//! so it may be one that came with somebody's file: the first time, a person says yes to what it
//! names.

use sha2::{Digest, Sha256};

use super::confirmed::{Book, Server};
use crate::cli::files::{general, said};
use crate::cli::project::{Failure, Office};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Lines};
use crate::mail::{Security, Settings};

/// The server that settings name, with all that must be the same when it is used again. `pem`: the
/// office's own certificates.
///
/// # Errors
/// The folder of the settings cannot be found.
pub(super) fn server(
    office: &Office,
    settings: &Settings,
    user: &str,
    pem: Option<&[u8]>,
) -> Result<Server, Diagnostic> {
    let path = office.settings_file().map_err(|error| {
        general(Code::SettingsNotFound, "找不到 hongtou.yaml 所在的文件夹", said(&error))
    })?;
    let hexadecimal = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let security = match settings.security {
        Security::Smtps => "smtps",
        Security::Starttls => "starttls",
        Security::Plain => "plain",
    };
    Ok(Server {
        settings: match path.to_str() {
            Some(path) => path.to_owned(),
            // What is shown of such a name could be another's.
            None => {
                let bytes: String = hexadecimal(path.as_os_str().as_encoded_bytes());
                format!("{}（{bytes}）", path.display())
            }
        },
        server: settings.server.clone(),
        port: settings.port,
        security: security.to_owned(),
        user: user.to_owned(),
        ca: pem.map(|pem| hexadecimal(&Sha256::digest(pem))),
    })
}

/// Lets a server be used that was confirmed: before, by `--trust-server` for this run, or now by
/// whoever sits at the terminal.
///
/// # Errors
/// It was not; `named` is another.
pub(super) fn confirm(
    server: &Server,
    named: Option<&str>,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let one = |finding| Failure::environment(vec![finding]);
    if let Some(named) = named {
        return check(server, named).map_err(one);
    }
    let mut book = Book::open().map_err(one)?;
    if book.has(server) {
        return Ok(());
    }
    if !terminal.can_ask() {
        return Err(one(unconfirmed(server)));
    }
    terminal.warn(&question(server, book.before(server)));
    if !is_yes(&terminal.answer()) {
        return Err(one(general(
            Code::MailUnconfirmed,
            format!("没有确认发信服务器 {}，什么也没有发", server.address()),
            "服务器或用户不对，改 hongtou.yaml 里的“邮件（mail）”；要用它，再运行一次，回答“是”",
        )));
    }
    // It is a yes for this run even where it cannot be kept.
    if let Err(finding) = book.add(server) {
        let why = finding.help.unwrap_or_default();
        terminal.warn(&format!("注意：{}，下次还要问（{why}）\n", finding.message));
    }
    Ok(())
}

/// That the server is the one that was named on the command line.
///
/// # Errors
/// It is another.
pub(super) fn check(server: &Server, named: &str) -> Result<(), Diagnostic> {
    if server.address().eq_ignore_ascii_case(named.trim()) {
        return Ok(());
    }
    Err(general(
        Code::MailUnconfirmed,
        format!(
            "“--trust-server”写的是 {}，“{}”里的发信服务器却是 {}，什么也没有发",
            named,
            server.settings,
            server.address()
        ),
        "看清楚应当用哪一台：改这个选项，或改 hongtou.yaml",
    ))
}

fn unconfirmed(server: &Server) -> Diagnostic {
    let address = server.address();
    general(
        Code::MailUnconfirmed,
        format!(
            "“{}”里的发信服务器 {address}（用户“{}”）还没有确认过，什么也没有发",
            server.settings, server.user
        ),
        format!(
            "在终端里运行一次，看清楚后回答“是”；无人值守时加上 --trust-server {address}。\
             不认识这台服务器就不要发：这份设置可能是别人写的"
        ),
    )
}

/// What a person is to look at. Also what is shown before a password is typed. Nothing in it moves
/// the cursor or turns the direction of writing: what is confirmed must be what is seen.
pub(super) fn shown(server: &Server) -> Lines {
    let security = match server.security.as_str() {
        "smtps" => "一直加密（smtps）",
        "starttls" => "先连上再加密（starttls）",
        _ => "不加密，只在本机",
    };
    let mut lines = Lines::new();
    lines.line(&format!("  设置文件：{}", server.settings));
    lines.line(&format!("  服务器：{}，{security}", server.address()));
    lines.line(&format!("  用户：{}", server.user));
    if let Some(ca) = &server.ca {
        lines.line(&format!("  只认这份根证书：SHA-256 {ca}"));
    }
    lines
}

fn question(server: &Server, before: Option<&Server>) -> Lines {
    let mut lines = Lines::new();
    lines.line("这份设置里的发信服务器还没有确认过：");
    lines.lines_of(&shown(server));
    if let Some(before) = before {
        lines.line("注意：与上次确认的不同，上次是：");
        lines.lines_of(&shown(before));
    }
    lines.line("回答“是”，就把这个用户的密码和简报交给这台服务器，以后不再问；");
    lines.line("设置是别人发来的，或服务器不认识，直接按回车，什么也不发。");
    lines.line("用这台服务器吗？（是/否）");
    lines
}

fn is_yes(answer: &str) -> bool {
    ["是", "是的", "y", "yes"].contains(&answer.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> Server {
        let user = "office\u{202E}nc.live".to_owned();
        Server { user, ca: Some("ab12".to_owned()), ..Server::example() }
    }

    #[test]
    fn a_person_sees_all_that_is_confirmed() {
        let text = question(&server(), Some(&Server { port: 25, ..server() }));
        for words in
            ["/家/hongtou.yaml", "smtp.example.cn:465", "ab12", "上次是", "smtp.example.cn:25"]
        {
            assert!(text.contains(words), "{words}");
        }
        assert!(text.contains("office‹U+202E›nc.live") && !text.contains('\u{202E}'));
    }

    #[test]
    fn only_yes_is_yes() {
        for yes in ["是\n", " 是 \r\n", "y\n", "YES\n", "是"] {
            assert!(is_yes(yes), "{yes:?}");
        }
        for no in ["", "\n", "否\n", "n\n", "不是\n", "好\n", "\u{0}是\n"] {
            assert!(!is_yes(no), "{no:?}");
        }
    }

    #[test]
    fn the_flag_must_name_the_very_server() {
        assert!(check(&server(), "smtp.example.cn:465").is_ok());
        assert!(check(&server(), "SMTP.example.cn:465").is_ok());
        for other in ["smtp.example.cn", "smtp.example.cn:25", "example.cn:465", "*", ""] {
            assert!(check(&server(), other).unwrap_err().message.contains("却是"), "{other}");
        }
        let six = Server { server: "::1".to_owned(), ..server() };
        assert!(check(&six, "[::1]:465").is_ok());
    }
}
