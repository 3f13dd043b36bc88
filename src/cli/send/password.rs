//! `hongtou send password`: puts the password for the mail server into the system's keyring.

use std::path::Path;

use super::confirmed::{Book, Server};
use super::login::{self, keyring};
use super::{deliver, office, trust};
use crate::cli::args::Password;
use crate::cli::files::{general, said};
use crate::cli::project::{Failure, Office};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Code, Sources};
use crate::mail::Settings;
use crate::mail::settings::Keeper;

pub(super) fn run(
    arguments: &Password,
    terminal: &Terminal,
    sources: &mut Sources,
) -> Result<(), Failure> {
    let one = |finding| Failure::environment(vec![finding]);
    let office = office::near(Path::new(""), sources)?;
    let settings = deliver::settings(office.as_ref(), sources)?;
    let Some(user) = login::user(&settings) else {
        let help = "在 hongtou.yaml 的“邮件（mail）”里写“用户: 用户名”，一般就是发件地址";
        return Err(one(general(Code::MailNoUser, "没有写发信的用户名", help)));
    };
    let account = login::account(&settings, &user);
    let server = server(office.as_ref(), &settings, &user)?;
    if arguments.forget {
        // The yes goes with the password, and whether or not there was one.
        Book::open().and_then(|mut book| book.forget(&server)).map_err(one)?;
        keyring::forget(&account).map_err(one)?;
        terminal.say(&format!("已从系统密码库删去“{account}”的密码"));
        return Ok(());
    }
    if let Some(named) = &arguments.trust_server {
        trust::check(&server, named).map_err(one)?;
    }
    // Whoever types the password sees what it is for, and so says yes to it. What another program
    // gives is a yes only with the server's name.
    let seen = terminal.can_ask();
    if seen {
        terminal.warn(&trust::shown(&server));
    }
    let question = format!("“{user}”在{}的密码或授权码（不显示）：", settings.server);
    let password = terminal
        .ask_secret(&question)
        .map_err(|error| one(general(Code::MailNoPassword, "读不到密码", said(&error))))?;
    if password.is_empty() {
        return Err(one(general(
            Code::MailNoPassword,
            "没有写密码，密码库里的没有动",
            "再运行一次",
        )));
    }
    keyring::set(&account, &password).map_err(one)?;
    terminal.say(&format!("已存进系统密码库：“{account}”"));
    if seen || arguments.trust_server.is_some() {
        Book::open().and_then(|mut book| book.add(&server)).map_err(one)?;
    } else {
        terminal.say(&format!("第一次发送时还要确认服务器 {}", server.address()));
    }
    if settings.keeper != Keeper::Keyring {
        terminal.say("还要在 hongtou.yaml 的“邮件（mail）”里写“系统密码库: 是”，发送时才会用它");
    }
    Ok(())
}

/// The server that the password is for.
fn server(office: Option<&Office>, settings: &Settings, user: &str) -> Result<Server, Failure> {
    let one = |finding| Failure::environment(vec![finding]);
    let Some(office) = office else {
        return Err(one(general(Code::SettingsNotFound, "没有 hongtou.yaml", "先写好它")));
    };
    let pem = deliver::certificates(settings, &office.folder).map_err(one)?;
    trust::server(office, settings, user, pem.as_deref()).map_err(one)
}
