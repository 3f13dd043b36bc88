//! Who logs in at the mail server: from the environment, a file or the system's keyring.

use std::path::Path;

use crate::cli::files::general;
use crate::diagnostic::{Code, Diagnostic, Sources, system};
use crate::disk::{self, most};
use crate::mail::settings::Keeper;
use crate::mail::{Login, Secret, Settings};

/// Names of the environment. What it says comes before the settings.
const USER: &str = "HONGTOU_SMTP_USER";
const PASSWORD: &str = "HONGTOU_SMTP_PASSWORD";

/// The user and the password; `None` when the office names no user. Paths count from `folder`.
///
/// # Errors
/// A password that cannot be had.
pub(super) fn login(settings: &Settings, folder: &Path) -> Result<Option<Login>, Diagnostic> {
    let Some(user) = user(settings) else { return Ok(None) };
    let password = match (environment(PASSWORD), &settings.keeper) {
        (Some(password), _) => password,
        (None, Keeper::File(path)) => read(&folder.join(path.as_str()))
            .map_err(|f| Diagnostic { span: Some(path.span), ..f })?,
        (None, Keeper::Keyring) => keyring::get(&account(settings, &user))?,
        (None, Keeper::Environment) => return Err(none(&user)),
    };
    Ok(Some(Login { user, password: Secret::new(password) }))
}

/// The password that the environment has, known before anything is read.
pub(super) fn hide_environment(sources: &mut Sources) {
    if let Some(password) = environment(PASSWORD) {
        sources.hide_word(&password);
    }
}

/// Who logs in.
pub(super) fn user(settings: &Settings) -> Option<String> {
    environment(USER).or_else(|| settings.user.clone())
}

/// What a password is called in the keyring: one for each user of each server.
pub(super) fn account(settings: &Settings, user: &str) -> String {
    format!("{user} {}", settings.server)
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn none(user: &str) -> Diagnostic {
    general(
        Code::MailNoPassword,
        format!("没有“{user}”的发信密码"),
        format!(
            "三种办法选一种：在 hongtou.yaml 的“邮件（mail）”里写“系统密码库: 是”，再运行“hongtou send password”；\
             写进只有自己能读的文件，用“密码文件: ./文件”指明；放进环境变量 {PASSWORD}"
        ),
    )
}

/// The first line of a file that others cannot read.
fn read(path: &Path) -> Result<String, Diagnostic> {
    let name = path.display();
    let wrong = |error: std::io::Error| {
        general(
            Code::MailPasswordFile,
            format!("读不了密码文件“{name}”：{}", system(&error)),
            "检查“密码文件（password_file）”的路径和权限",
        )
    };
    let file = disk::open(path, most::PASSWORD).map_err(wrong)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Of the file that is open: what has this name may be another one by now.
        let mode = file.metadata().map_or(0o777, |meta| meta.permissions().mode());
        if mode & 0o077 != 0 {
            return Err(general(
                Code::MailPasswordFile,
                format!("密码文件“{name}”别人也能读（权限{:o}）", mode & 0o777),
                format!(
                    "运行“chmod 600 {}”，只留自己能读写",
                    crate::diagnostic::argument(&name.to_string())
                ),
            ));
        }
    }
    let text = String::from_utf8(disk::bounded(file, most::PASSWORD).map_err(wrong)?).ok();
    let text = text.as_deref().map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
    let password = text.and_then(|text| text.lines().next()).unwrap_or_default();
    if password.is_empty() || password.contains('\0') {
        let help = "第一行写密码，不写别的；存为UTF-8";
        return Err(general(Code::MailPasswordFile, format!("密码文件“{name}”里没有密码"), help));
    }
    Ok(password.to_owned())
}

/// The system's keyring: Secret Service, Windows Credential Manager.
pub(super) mod keyring {
    use crate::cli::files::general;
    use crate::diagnostic::{Code, Diagnostic};

    /// Under which all passwords of this program are.
    #[cfg(feature = "keyring")]
    const SERVICE: &str = "hongtou";

    /// Reads a password.
    ///
    /// # Errors
    /// There is none; the keyring is locked or not there.
    pub(in crate::cli::send) fn get(account: &str) -> Result<String, Diagnostic> {
        entry(account, |entry| entry.get_password())
    }

    /// Keeps a password in place of an earlier one.
    ///
    /// # Errors
    /// The keyring is locked or not there.
    pub(in crate::cli::send) fn set(account: &str, password: &str) -> Result<(), Diagnostic> {
        entry(account, |entry| entry.set_password(password))
    }

    /// Takes a password away.
    ///
    /// # Errors
    /// There is none; the keyring is locked or not there.
    pub(in crate::cli::send) fn forget(account: &str) -> Result<(), Diagnostic> {
        entry(account, |entry| entry.delete_credential())
    }

    #[cfg(feature = "keyring")]
    fn entry<T>(
        account: &str,
        act: impl FnOnce(&::keyring::v1::Entry) -> ::keyring::v1::Result<T>,
    ) -> Result<T, Diagnostic> {
        use ::keyring::v1::{Entry, Error};

        Entry::new(SERVICE, account).and_then(|entry| act(&entry)).map_err(|error| match error {
            Error::NoEntry => general(
                Code::MailNoPassword,
                format!("系统密码库里没有“{account}”的密码"),
                "运行“hongtou send password”存一次",
            ),
            error => {
                // The store says more when it was never reached.
                let why = match Entry::store_status() {
                    Err(first) => first.to_string(),
                    Ok(()) => error.to_string(),
                };
                general(
                    Code::MailKeyring,
                    format!("用不了系统密码库：{why}"),
                    "解开密码库的锁再试；这台机器没有密码库时，用“密码文件（password_file）”或环境变量",
                )
            }
        })
    }

    #[cfg(not(feature = "keyring"))]
    struct Nothing;

    #[cfg(not(feature = "keyring"))]
    impl Nothing {
        fn get_password(&self) -> Result<String, ()> {
            Err(())
        }
        fn set_password(&self, _: &str) -> Result<(), ()> {
            Err(())
        }
        fn delete_credential(&self) -> Result<(), ()> {
            Err(())
        }
    }

    #[cfg(not(feature = "keyring"))]
    fn entry<T>(_: &str, act: impl FnOnce(&Nothing) -> Result<T, ()>) -> Result<T, Diagnostic> {
        act(&Nothing).map_err(|()| {
            general(
                Code::MailKeyring,
                "这个程序没有编入系统密码库",
                "用“密码文件（password_file）”或环境变量 HONGTOU_SMTP_PASSWORD",
            )
        })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_password_file_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("密码");
        let write = |text: &str, mode| {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            read(&path)
        };
        assert_eq!(write("天书 s3cret \r\n第二行", 0o600).unwrap(), "天书 s3cret ");
        for mode in [0o644, 0o640, 0o604] {
            let said = write("s3cret", mode).unwrap_err();
            assert!(
                said.message.contains("别人也能读") && said.help.unwrap().contains("chmod 600")
            );
        }
        assert!(write("\n", 0o600).unwrap_err().message.contains("没有密码"));
        assert!(read(&folder.path().join("无")).unwrap_err().message.contains("读不了"));
    }
}
