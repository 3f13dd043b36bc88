//! `hongtou send password`: puts the password for the mail server into the system's keyring.

use std::path::Path;

use super::login::{self, keyring};
use super::office;
use crate::cli::args::Password;
use crate::cli::files::{general, said};
use crate::cli::project::Failure;
use crate::cli::terminal::Terminal;
use crate::diagnostic::Sources;
use crate::mail::settings::Keeper;

pub(super) fn run(
    arguments: &Password,
    terminal: &Terminal,
    sources: &mut Sources,
) -> Result<(), Failure> {
    let one = |finding| Failure::environment(vec![finding]);
    let office = office::near(Path::new(""), sources)?;
    let settings = super::deliver::settings(office.as_ref(), sources)?;
    let Some(user) = login::user(&settings) else {
        let help = "在 hongtou.yaml 的“邮件（mail）”里写“用户: 用户名”，一般就是发件地址";
        return Err(one(general("没有写发信的用户名", help)));
    };
    let account = login::account(&settings, &user);
    if arguments.forget {
        keyring::forget(&account).map_err(one)?;
        terminal.say(&format!("已从系统密码库删去“{account}”的密码"));
        return Ok(());
    }
    let question = format!("“{user}”在{}的密码或授权码（不显示）：", settings.server);
    let password =
        terminal.ask_secret(&question).map_err(|error| one(general("读不到密码", said(&error))))?;
    if password.is_empty() {
        return Err(one(general("没有写密码，密码库里的没有动", "再运行一次")));
    }
    keyring::set(&account, &password).map_err(one)?;
    terminal.say(&format!("已存进系统密码库：“{account}”"));
    if settings.keeper != Keeper::Keyring {
        terminal.say("还要在 hongtou.yaml 的“邮件（mail）”里写“系统密码库: 是”，发送时才会用它");
    }
    Ok(())
}
