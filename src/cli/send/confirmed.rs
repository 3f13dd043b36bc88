//! Which mail servers somebody has said yes to, for which settings: a file of the user's own, never
//! one that lies beside an issue.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::files::{general, said};
use crate::diagnostic::{Code, Diagnostic};
use crate::disk::{self, most};

/// What the file is called, in the program's folder of the user's configuration.
const NAME: &str = "mail-servers.json";

/// Raised when the file is another.
const VERSION: u32 = 1;

/// A server for the settings that name it. What differs in anything is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Server {
    /// The `hongtou.yaml`, by its real place.
    pub(super) settings: String,
    pub(super) server: String,
    pub(super) port: u16,
    /// How the line is guarded.
    pub(super) security: String,
    /// Who logs in.
    pub(super) user: String,
    /// SHA-256 of the certificates that it is known by, when they are the office's own.
    pub(super) ca: Option<String>,
}

impl Server {
    /// Name and port, as `--trust-server` takes them.
    pub(super) fn address(&self) -> String {
        match self.server.contains(':') {
            true => format!("[{}]:{}", self.server, self.port),
            false => format!("{}:{}", self.server, self.port),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    servers: Vec<Server>,
}

/// The servers that were confirmed.
pub(super) struct Book {
    path: PathBuf,
    servers: Vec<Server>,
}

impl Book {
    /// The book of this user; an empty one where nothing was confirmed yet.
    ///
    /// # Errors
    /// There is no place for one; it cannot be read; others may write it.
    pub(super) fn open() -> Result<Book, Diagnostic> {
        match folder(|name| std::env::var_os(name)) {
            Some(folder) => Book::at(&folder.join(NAME)),
            None => Err(general(
                Code::MailConfirmations,
                "不知道你的设置文件夹在哪里，确认过的发信服务器没有地方记",
                format!(
                    "设置环境变量 {}，写完整的路径",
                    if cfg!(windows) { "APPDATA" } else { "HOME" }
                ),
            )),
        }
    }

    /// The book in this file.
    ///
    /// # Errors
    /// As [`Book::open`].
    pub(super) fn at(path: &Path) -> Result<Book, Diagnostic> {
        let name = path.display();
        let path = path.to_owned();
        let wrong = |error: io::Error| {
            general(
                Code::MailConfirmations,
                format!("读不了“{name}”（确认过的发信服务器）"),
                said(&error),
            )
        };
        let file = match disk::open(&path, most::OWN) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Book { path, servers: Vec::new() });
            }
            Err(error) => return Err(wrong(error)),
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = file.metadata().map_or(0o777, |meta| meta.permissions().mode());
            if mode & 0o022 != 0 {
                return Err(general(
                    Code::MailConfirmations,
                    format!("“{name}”（确认过的发信服务器）别人也能改（权限{:o}）", mode & 0o777),
                    format!(
                        "先看里面的服务器认不认识，再运行“chmod 600 {name}”；或删去它，重新确认"
                    ),
                ));
            }
        }
        let bytes = disk::bounded(file, most::OWN).map_err(wrong)?;
        match serde_json::from_slice::<File>(&bytes) {
            Ok(File { version: VERSION, servers }) => Ok(Book { path, servers }),
            _ => Err(general(
                Code::MailConfirmations,
                format!("“{name}”（确认过的发信服务器）读不懂"),
                "删去它，再确认一次发信的服务器",
            )),
        }
    }

    /// Whether exactly this one was confirmed.
    pub(super) fn has(&self, server: &Server) -> bool {
        self.servers.contains(server)
    }

    /// What was confirmed for these settings and this user before, when it was another.
    pub(super) fn before(&self, server: &Server) -> Option<&Server> {
        self.servers.iter().find(|known| same(known, server) && *known != server)
    }

    /// Writes down that this one is confirmed, in place of what was confirmed for these settings
    /// and this user before.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn add(&mut self, server: &Server) -> Result<(), Diagnostic> {
        self.servers.retain(|known| !same(known, server));
        self.servers.push(server.clone());
        self.write()
    }

    /// Takes back what was confirmed for these settings and this user.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn forget(&mut self, server: &Server) -> Result<(), Diagnostic> {
        if !self.servers.iter().any(|known| same(known, server)) {
            return Ok(());
        }
        self.servers.retain(|known| !same(known, server));
        self.write()
    }

    /// All of it or nothing, for its owner alone.
    fn write(&self) -> Result<(), Diagnostic> {
        let put = || -> io::Result<()> {
            let folder = self.path.parent().unwrap_or(Path::new("."));
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            {
                use std::os::unix::fs::DirBuilderExt;
                builder.mode(0o700);
            }
            builder.create(folder)?;
            disk::may_replace(&self.path)?;
            // What is made so is its owner's alone.
            let mut file = tempfile::Builder::new().prefix(".hongtou-").tempfile_in(folder)?;
            let all = File { version: VERSION, servers: self.servers.clone() };
            let mut text = serde_json::to_string_pretty(&all)?;
            text.push('\n');
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&self.path).map_err(|error| error.error)?;
            disk::sync_folder(folder)
        };
        put().map_err(|error| {
            let message = format!("“{}”（确认过的发信服务器）写不了", self.path.display());
            general(Code::MailConfirmations, message, said(&error))
        })
    }
}

/// Whether two stand for the same settings and user.
fn same(one: &Server, other: &Server) -> bool {
    (&one.settings, &one.user) == (&other.settings, &other.user)
}

/// The program's folder of the user's configuration. A path that is not whole would lead to where
/// the program is called, so it counts for nothing.
fn folder(environment: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let path = |name| environment(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = match cfg!(windows) {
        true => path("APPDATA"),
        false => path("XDG_CONFIG_HOME").or_else(|| path("HOME").map(|home| home.join(".config"))),
    };
    base.map(|base| base.join("hongtou"))
}

#[cfg(test)]
impl Server {
    /// A server for tests.
    pub(super) fn example() -> Server {
        Server {
            settings: "/家/hongtou.yaml".to_owned(),
            server: "smtp.example.cn".to_owned(),
            port: 465,
            security: "smtps".to_owned(),
            user: "office".to_owned(),
            ca: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_exactly_what_was_confirmed_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("深/hongtou").join(NAME);
        assert!(!Book::at(&path).unwrap().has(&Server::example()));
        Book::at(&path).unwrap().add(&Server::example()).unwrap();
        let book = Book::at(&path).unwrap();
        assert!(book.has(&Server::example()));
        let changes: [fn(&mut Server); 6] = [
            |s| s.settings = "/别处/hongtou.yaml".to_owned(),
            |s| s.server = "smtp.example.com".to_owned(),
            |s| s.port = 587,
            |s| s.security = "starttls".to_owned(),
            |s| s.user = "other".to_owned(),
            |s| s.ca = Some("ab".to_owned()),
        ];
        for change in changes {
            let mut other = Server::example();
            change(&mut other);
            assert!(!book.has(&other), "{other:?}");
        }
        // A change that is confirmed takes the place of what was before: going back asks again.
        let moved = Server { port: 587, ..Server::example() };
        let mut book = Book::at(&path).unwrap();
        assert_eq!(book.before(&moved), Some(&Server::example()));
        book.add(&moved).unwrap();
        let mut book = Book::at(&path).unwrap();
        assert!(book.has(&moved) && !book.has(&Server::example()));
        book.forget(&Server::example()).unwrap();
        assert!(!Book::at(&path).unwrap().has(&moved));
    }

    #[cfg(unix)]
    #[test]
    fn the_book_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hongtou").join(NAME);
        Book::at(&path).unwrap().add(&Server::example()).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o620)).unwrap();
        let said = Book::at(&path).err().unwrap();
        assert!(said.message.contains("别人也能改") && said.help.unwrap().contains("chmod 600"));
    }

    #[test]
    fn a_book_that_cannot_be_read_confirms_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        for text in ["", "{", "[]", "{\"version\": 2, \"servers\": []}"] {
            fs::write(&path, text).unwrap();
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            }
            assert!(Book::at(&path).err().unwrap().message.contains("读不懂"), "{text}");
        }
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(Book::at(&path).err().unwrap().message.contains("读不了"));
    }

    #[cfg(unix)]
    #[test]
    fn the_book_lies_with_the_user_and_nowhere_else() {
        let with = |all: &'static [(&str, &str)]| {
            folder(move |name| all.iter().find(|(n, _)| *n == name).map(|(_, v)| v.into()))
        };
        assert_eq!(with(&[("HOME", "/家")]).unwrap(), Path::new("/家/.config/hongtou"));
        let both = with(&[("HOME", "/家"), ("XDG_CONFIG_HOME", "/设")]);
        assert_eq!(both.unwrap(), Path::new("/设/hongtou"));
        assert_eq!(with(&[("HOME", "."), ("XDG_CONFIG_HOME", "设")]), None);
        assert_eq!(with(&[]), None);
    }
}
