//! `archive verify --against`: lines of ledgers that were written down elsewhere, given as they are
//! or in a file.

use std::path::Path;

use crate::archive::{Flaw, Mark};
use crate::cli::files::{self, general};
use crate::cli::project::Failure;
use crate::diagnostic::Code;

/// How much of a line that cannot be read is shown.
const SHOWN: usize = 40;

/// What was given.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) marks: Vec<Mark>,
    /// Lines of files that are none: nothing was compared for them, so they are findings.
    pub(super) unreadable: Vec<Flaw>,
}

/// Reads what was given, each a line or the name of a file.
///
/// # Errors
/// What is neither; a file that cannot be read.
pub(super) fn read(given: &[impl AsRef<Path>]) -> Result<Given, Failure> {
    let mut all = Given::default();
    for one in given.iter().map(AsRef::as_ref) {
        if let Some(mark) = one.to_str().and_then(Mark::parse) {
            all.marks.push(mark);
        } else if one.symlink_metadata().is_ok() {
            let text = files::read_text(one).map_err(|error| Failure::environment(vec![error]))?;
            all.add(&one.display().to_string(), &text);
        } else {
            let message =
                format!("“{}”不是登记簿的一行，也没有这个文件", shown(&one.to_string_lossy()));
            return Err(Failure::usage(general(Code::UsageBadValue, message, FORM)));
        }
    }
    Ok(all)
}

/// What a line looks like.
const FORM: &str = "照 hongtou archive verify 末尾显示的写，整行要加引号；\
                    短的如 mtg-kuaibao/2019#7:1f3a-9c2d-…，冒号后至少写16位";

impl Given {
    /// Takes the lines of a file; `#` begins a comment.
    fn add(&mut self, name: &str, text: &str) {
        let before = self.marks.len() + self.unreadable.len();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with(['#', '＃']) {
                continue;
            }
            match Mark::parse(line) {
                Some(mark) => self.marks.push(mark),
                None => self.unreadable.push(Flaw::unreadable(
                    format!("{name}:{}", index + 1),
                    format!("不是登记簿的一行，没有对照：“{}”；注释要以#开头", shown(line)),
                )),
            }
        }
        if self.marks.len() + self.unreadable.len() == before {
            self.unreadable.push(Flaw::unreadable(name, "里面没有登记簿的一行，什么都没有对照"));
        }
    }
}

fn shown(text: &str) -> String {
    match text.chars().count() > SHOWN {
        true => text.chars().take(SHOWN).chain(['…']).collect(),
        false => text.to_owned(),
    }
}
