//! A folder to run the command line in.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A small issue that has everything it needs.
pub const ISSUE: &str = "\
masthead: {owner: 青山区, name: 工作快报}
issue: {number: 7, date: 2019-03-14, office: 青山区办公室}
text: 近日，区民政局开展活动。
";

/// A folder to work in.
pub struct Desk {
    folder: TempDir,
    configuration: TempDir,
}

/// How a run ended.
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Desk {
        Desk { folder: TempDir::new().unwrap(), configuration: TempDir::new().unwrap() }
    }

    /// A desk with the small issue as `甲.yaml`.
    pub fn with_issue() -> Desk {
        let desk = Desk::new();
        desk.write("甲.yaml", ISSUE);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The user's own configuration, elsewhere.
    pub fn configuration(&self) -> &Path {
        self.configuration.path()
    }

    /// A command in this folder, with an environment that does not matter.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hongtou"));
        command.args(arguments).current_dir(self.folder.path());
        command.env_remove("NO_COLOR").stdin(Stdio::null());
        command.env_remove("HONGTOU_SMTP_USER").env_remove("HONGTOU_SMTP_PASSWORD");
        // Of Unix, of Windows.
        for name in ["XDG_CONFIG_HOME", "APPDATA"] {
            command.env(name, self.configuration.path());
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments).output().unwrap())
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ended {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        ended(child.wait_with_output().unwrap())
    }

    /// The names of the files in a folder, sorted; none when there is no folder.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

/// How a process ended.
pub fn ended(output: std::process::Output) -> Ended {
    Ended {
        code: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ended {
    #[track_caller]
    pub fn code(self, code: i32) -> Ended {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn says(self, words: &[&str]) -> Ended {
        for word in words {
            assert!(self.err.contains(word), "“{word}” is not in\n{}", self.err);
        }
        self
    }

    #[track_caller]
    pub fn reports(self, words: &[&str]) -> Ended {
        for word in words {
            assert!(self.out.contains(word), "“{word}” is not in\n{}", self.out);
        }
        self
    }
}
