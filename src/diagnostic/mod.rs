//! What is wrong, where, and what to do: the one way the program speaks about bad input.
//!
//! Messages are Simplified Chinese, for the editor. A [`Diagnostic`] points into one of the
//! [`Sources`] by byte offsets; lines and columns (in characters) are worked out when it is shown.

mod code;
mod foreign;
mod hidden;
mod json;
mod limit;
mod place;
mod render;
mod system;

pub use code::{Code, FileKind};
pub use foreign::{Lines, argument, brief, harmless, is_hidden, json};
pub use json::to_json;
pub use limit::{Count, Findings, MOST, limited};
pub use render::render;
pub use system::{plain, system};

/// A place in one of the [`Sources`]: byte offsets, half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Which file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Index of a file in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// One file's name (as the user gave it) and text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name to show.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// The files read in one run, in order of reading.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    hidden: hidden::Hidden,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(Source { name: name.into(), text: text.into() });
        FileId(self.files.len() as u32 - 1)
    }

    /// The file with this id.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Should be looked at; the page is made all the same.
    Warning,
    /// No page can be made.
    Error,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake it is.
    pub code: Code,
    /// How grave.
    pub severity: Severity,
    /// What is wrong (Chinese, one sentence, no final stop).
    pub message: String,
    /// Where; `None` when it concerns no place of a file.
    pub span: Option<Span>,
    /// The words within the place that are meant, when whoever found them knows the value but not
    /// its source: a character that no font has.
    pub words: Option<Box<str>>,
    /// A few words beside the caret.
    pub label: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether the help ends with lines of ours, and is harmless already.
    pub example: bool,
    /// For the last of a long list: how many it stands for that are not listed ([`limited`]).
    pub left: Option<Box<Count>>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { span: Some(span), ..Diagnostic::general(code, message) }
    }

    /// A warning at a place.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, span, message).as_warning()
    }

    /// A remark at a place.
    pub fn info(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Info, ..Diagnostic::error(code, span, message) }
    }

    /// An error that concerns no place of a file.
    pub fn general(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: None,
            words: None,
            label: None,
            help: None,
            example: false,
            left: None,
        }
    }

    /// The same as a warning.
    pub fn as_warning(self) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..self }
    }

    /// Points to these words within the place, if they stand there as they are.
    pub fn with_words(mut self, words: impl Into<String>) -> Diagnostic {
        self.words = Some(words.into().into());
        self
    }

    /// The place to show: that of the words, if they are found, else the whole.
    fn place<'a>(&self, sources: &'a Sources) -> Option<(&'a Source, Span)> {
        let span = self.span?;
        let source = sources.get(span.file);
        let (start, end) = (span.start as usize, span.end as usize);
        let found = self.words.as_deref().and_then(|words| {
            let at = start + source.text.get(start..end)?.find(words)?;
            Some(Span { start: at as u32, end: (at + words.len()) as u32, ..span })
        });
        Some((source, found.unwrap_or(span)))
    }

    /// Adds what to do.
    pub fn with_help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds what may be written instead, in lines of its own: ours, so nothing foreign is in it.
    pub fn with_example(mut self, example: &'static str) -> Diagnostic {
        let help = self.help.take().unwrap_or_default();
        self.help = Some(format!("{}\n{example}", harmless(&help)));
        self.example = true;
        self
    }

    /// Adds words beside the caret.
    pub fn with_label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }
}

#[cfg(test)]
mod tests;
