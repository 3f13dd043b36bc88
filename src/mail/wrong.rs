//! What is wrong with a text whose place the reader knows.

use crate::diagnostic::{Code, Diagnostic, Span};

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What kind of mistake it is.
    pub code: Code,
    /// What is wrong (Chinese, one sentence, no final stop).
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Wrong {
    pub(super) fn new<T>(
        code: Code,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Result<T, Wrong> {
        Err(Wrong { code, message: message.into(), help: help.into() })
    }

    /// As a finding.
    pub fn at(self, span: Span) -> Diagnostic {
        Diagnostic::error(self.code, span, self.message).with_help(self.help)
    }

    /// As a finding that concerns no place of a file.
    pub fn general(self) -> Diagnostic {
        Diagnostic::general(self.code, self.message).with_help(self.help)
    }
}
