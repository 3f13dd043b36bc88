//! Why an edit was not made.

use std::fmt;

use super::path::{Path, Step};
use crate::diagnostic::{Code, Diagnostic, Span};

/// What stood in the way of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// The text is no YAML that hongtou reads, as it stands.
    Unreadable,
    /// There is no value at the address.
    NotThere,
    /// The value is of another kind than the operation needs: no list, no mapping.
    WrongKind,
    /// The mapping has that key.
    KeyTaken,
    /// A value was to be moved into itself.
    IntoItself,
    /// A comment would be lost.
    Comment,
    /// The changed text would not say what was asked for, or not be read at all.
    NotKept,
}

impl Why {
    /// For the one finding; a text that cannot be read has findings of its own.
    fn code(self) -> Code {
        match self {
            Why::Unreadable => Code::YamlSyntax,
            Why::NotThere => Code::EditNotThere,
            Why::WrongKind => Code::EditWrongKind,
            Why::KeyTaken => Code::EditKeyTaken,
            Why::IntoItself => Code::EditIntoItself,
            Why::Comment => Code::EditComment,
            Why::NotKept => Code::EditNotKept,
        }
    }
}

/// An edit that was not made; the text stays as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What stood in the way.
    pub why: Why,
    /// For the editor: what is wrong, where, what to do.
    pub findings: Vec<Diagnostic>,
}

impl Refused {
    pub(super) fn unreadable(findings: Vec<Diagnostic>) -> Refused {
        Refused { why: Why::Unreadable, findings }
    }

    fn one(why: Why, span: Span, message: String, help: &str) -> Refused {
        Refused {
            why,
            findings: vec![Diagnostic::error(why.code(), span, message).with_help(help)],
        }
    }

    pub(super) fn not_there(path: &Path, span: Span) -> Refused {
        let message = format!("找不到“{path}”，没有改动");
        Refused::one(Why::NotThere, span, message, "文件可能已在别处改过；请重新打开再改")
    }

    pub(super) fn step_not_there(step: &Step, span: Span) -> Refused {
        let message = format!("这里没有“{step}”，没有改动");
        Refused::one(Why::NotThere, span, message, "文件可能已在别处改过；请重新打开再改")
    }

    pub(super) fn wrong_kind(path: &Path, wanted: &str, found: &str, span: Span) -> Refused {
        let message = format!("“{path}”应为{wanted}，这里是{found}，没有改动");
        Refused::one(Why::WrongKind, span, message, "请换一处，或先改这一处的写法")
    }

    pub(super) fn key_taken(key: &str, span: Span) -> Refused {
        let message = format!("这里已有“{key}”，没有改动");
        Refused::one(Why::KeyTaken, span, message, "换一个名称，或直接修改已有的那一项")
    }

    pub(super) fn into_itself(path: &Path, span: Span) -> Refused {
        let message = format!("不能把“{path}”移到它自己里面，没有改动");
        Refused::one(Why::IntoItself, span, message, "请换一处")
    }

    pub(super) fn comment(path: &Path, span: Span) -> Refused {
        let message = format!("“{path}”带有注释，移过去会丢失，没有改动");
        Refused::one(
            Why::Comment,
            span,
            message,
            "先删去注释，或先把方括号、花括号里的内容改成每条一行",
        )
    }

    pub(super) fn unfollowed(span: Span) -> Refused {
        let message = "这份文件的写法特别，不能自动修改".to_owned();
        Refused::one(Why::NotKept, span, message, "请在文件里直接修改这一处；键都写成“键: 值”")
    }

    pub(super) fn not_kept(path: &Path, span: Span, mut reasons: Vec<Diagnostic>) -> Refused {
        // Places of the reasons are places in a text that nobody has.
        let message = match reasons.first_mut() {
            Some(reason) => {
                format!("“{path}”这样改，文件就读不回来：{}", std::mem::take(&mut reason.message))
            }
            None => format!("“{path}”这样改，读回来的就不是原意，没有改动"),
        };
        Refused::one(Why::NotKept, span, message, "请在文件里直接修改这一处")
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.findings.iter().map(|f| f.message.as_str()).collect();
        f.write_str(&messages.join("；"))
    }
}

impl std::error::Error for Refused {}
