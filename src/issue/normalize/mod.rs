//! Putting a text right without changing what it says.
//!
//! Only rules that cannot lose anything are applied (ids as in the proofreading table: N02 to
//! N25). The promise is the *skeleton*: Han, letters, digits and Roman numerals, in order, are the
//! same before and after, but for a fixed table of twins (full-width digits and letters, radicals,
//! canonical equivalents). It is checked on every text, and every change is logged with its place.
//!
//! Never NFKC: it would turn Ⅲ into III and （ into an ASCII parenthesis.

mod buffer;
mod marks;
mod spaces;
mod tables;

use std::ops::Range;

use crate::diagnostic::Code;
use buffer::Buffer;

/// Where a text stands: some rules hold only there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Running text and everything else.
    Text,
    /// Titles of sections and categories: two characters spread by a space are closed (N08).
    Heading,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The rule's id: N05.
    pub rule: &'static str,
    /// Bytes of the text as written.
    pub range: Range<usize>,
    /// What stood there (after earlier rules).
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// Something in a text that no rule may settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What kind it is.
    pub code: Code,
    /// Whether the text cannot be printed as it is.
    pub error: bool,
    /// Bytes of the text as written.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// A text put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized {
    /// The text.
    pub text: String,
    /// What was changed, rule after rule.
    pub edits: Vec<Edit>,
    /// What was not.
    pub problems: Vec<Problem>,
    /// For each byte of `text`, the byte of the written text that it comes from, and one more for
    /// the end.
    origin: Vec<usize>,
}

impl Normalized {
    /// The bytes of the written text that a part of the text comes from.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let last = self.origin.len() - 1;
        let start = self.origin[range.start.min(last)];
        start..self.origin[range.end.min(last)].max(start)
    }
}

/// Puts one paragraph right. Line breaks in it count as spaces.
pub fn normalize(written: &str, setting: Setting) -> Normalized {
    let mut buffer = Buffer::new(written);
    buffer.refuse_unprintable();
    buffer.canonical();
    buffer.invisible();
    buffer.twins();
    buffer.quotes();
    buffer.dashes();
    buffer.ellipses();
    buffer.interpuncts();
    buffer.ranges();
    buffer.spaces(setting);
    let out = buffer.finish();
    if skeleton(&out.text) == skeleton(written) {
        return out;
    }
    // A rule broke the promise: a fault of the program. The text is left as it was.
    let whole = 0..written.len();
    Normalized {
        text: written.to_owned(),
        edits: Vec::new(),
        problems: vec![Problem {
            code: Code::Fault,
            error: true,
            range: whole,
            message: "自动整理改动了文字内容，已停止".to_owned(),
            help: "这是程序的错误，请把这段文字报告给开发者",
        }],
        origin: (0..=written.len()).collect(),
    }
}

/// What a text says, twins made one: Han, letters, digits, Roman numerals, in order.
pub fn skeleton(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc()
        .map(|c| tables::twin(c).map_or(c, |(_, twin)| twin))
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests;
