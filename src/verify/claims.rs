//! What a file says of its making, and whether that hangs together. None of it is believed where it
//! would turn a difference into a doubt without the reader being told.

use super::reader::File;
use crate::build::{self, PROGRAM, Recipe, Record};
use crate::diagnostic::brief;

/// What version a file names, beside that of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// This one, or none.
    This,
    Older,
    Newer,
}

/// What a file says of its making.
pub(super) struct Claims {
    pub(super) version: Version,
    /// Program and version that it names, when it is another version.
    pub(super) maker: Option<String>,
    pub(super) recipe: Option<Recipe>,
    pub(super) record: Option<Record>,
    /// What no version of this program writes, in the user's words.
    pub(super) wrong: Vec<String>,
}

impl Claims {
    pub(super) fn of(file: &File) -> Claims {
        let record = file.attachment(build::RECORD).and_then(Record::read);
        let producer = file.producer.as_deref().unwrap_or("");
        let creator = file.creator.as_deref().unwrap_or("");
        let named = record.as_ref().map_or(producer, |record| &record.program);
        let mut wrong = Vec::new();
        if producer.is_empty() {
            wrong.push("文件没有写明由哪个程序生成：被别的程序重新保存过，或被改动过".to_owned());
        } else if relation(producer).is_none() {
            wrong.push(format!("文件被别的程序（{}）重新保存过", brief(producer)));
        } else if named != producer {
            let (producer, named) = (brief(producer), brief(named));
            wrong.push(format!("文件自称由{producer}生成，嵌入的记录说是{named}：被改动过"));
        }
        let version = relation(named).unwrap_or(Version::This);
        let said = Recipe::parse(creator);
        if let Some(record) = &record
            && record.options != creator
        {
            wrong.push("文件写明的生成方式与嵌入的记录不同：被改动过".to_owned());
        } else if said.is_none() && version == Version::This {
            wrong.push("文件没有写明是怎样生成的，可能不是hongtou生成的".to_owned());
        }
        let recipe = said.or_else(|| Recipe::parse(&record.as_ref()?.options));
        let maker = (version != Version::This).then(|| named.to_owned());
        Claims { version, maker, recipe, record, wrong }
    }

    /// Whether the file names this program as its writer.
    pub(super) fn own(file: &File) -> bool {
        file.producer.as_deref().and_then(relation).is_some()
    }

    /// What follows when another version made the file.
    pub(super) fn doubts(&self) -> Vec<String> {
        let other = |maker: &String| {
            format!(
                "文件由{maker}生成，本程序是{PROGRAM}：不同版本排出的字节可以不同，请用原版本核对"
            )
        };
        let mut doubts: Vec<String> = self.maker.iter().map(other).collect();
        if self.recipe.is_none() && self.version != Version::This {
            doubts.push("本版本看不懂文件写明的生成方式，按默认方式核对".to_owned());
        }
        doubts
    }
}

/// How a version that is named stands to this one; `None` for what is no version of this program.
fn relation(named: &str) -> Option<Version> {
    let (named, own) = (numbers(named)?, numbers(PROGRAM)?);
    Some(match named.cmp(&own) {
        std::cmp::Ordering::Less => Version::Older,
        std::cmp::Ordering::Equal => Version::This,
        std::cmp::Ordering::Greater => Version::Newer,
    })
}

/// The numbers of `hongtou 0.2.0`, written just so.
fn numbers(program: &str) -> Option<[u32; 3]> {
    let mut parts = program.strip_prefix("hongtou ")?.split('.');
    let mut number = || {
        let part = parts.next()?;
        let sane = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        let number = part.parse().ok().filter(|_| sane)?;
        (part == u32::to_string(&number)).then_some(number)
    };
    let numbers = [number()?, number()?, number()?];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(relation(PROGRAM), Some(Version::This));
        assert_eq!(relation("hongtou 0.1.0"), Some(Version::Older));
        assert_eq!(relation("hongtou 0.10.0"), Some(Version::Newer));
        for other in [
            "",
            "hongtou",
            "hongtou 1",
            "hongtou 1.2.3.4",
            "hongtou 0.01.0",
            "Word 0.1.0",
            "hongtou 0.1.99999",
        ] {
            assert_eq!(relation(other), None, "{other}");
        }
    }
}
