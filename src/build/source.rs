//! The texts that an issue is made of, complete: what is kept inside a PDF, so that the same file
//! can be made of it again.

use super::{Composed, compose};
use crate::diagnostic::{Code, Diagnostic, Sources};
use crate::issue::{self, Issue};
use crate::layout::{self, Layout};
use crate::pdf::{Attachment, Relationship};

/// Names of the files inside a PDF: taken out into a folder, they are an issue that can be built.
pub const ISSUE: &str = "issue.yaml";
/// See [`ISSUE`].
pub const CONFIG: &str = "hongtou.yaml";
/// See [`ISSUE`].
pub const LAYOUT: &str = "layout.yaml";
/// See [`ISSUE`].
pub const RECORD: &str = "build.json";

const YAML: &str = "application/yaml";

/// The texts of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The issue's file, byte for byte.
    pub issue: Vec<u8>,
    /// What it takes over from its office's `hongtou.yaml`, and nothing else of that file.
    pub config: Option<String>,
    /// The layout's file.
    pub layout: String,
    /// The layout's name.
    pub layout_name: String,
}

impl Source {
    /// Reads the texts and puts the issue into words.
    ///
    /// # Errors
    /// What is wrong with them: nothing, when they made an issue before.
    pub fn compose(&self, sources: &mut Sources) -> Result<Composed, Vec<Diagnostic>> {
        let (issue, layout, findings) = self.read(sources)?;
        let mut composed = compose(&issue, layout)?;
        composed.findings.splice(0..0, findings);
        Ok(composed)
    }

    /// Reads the texts; warnings come beside what they say.
    ///
    /// # Errors
    /// As [`Self::compose`].
    pub fn read(
        &self,
        sources: &mut Sources,
    ) -> Result<(Issue, Layout, Vec<Diagnostic>), Vec<Diagnostic>> {
        let Some(text) = text(&self.issue) else {
            return Err(vec![Diagnostic::general(Code::FileEncoding, "源文件不是UTF-8编码的文本")]);
        };
        let file = sources.add(ISSUE, text);
        let config = match &self.config {
            Some(text) => {
                let file = sources.add(CONFIG, text.as_str());
                Some(issue::read_config(sources, file)?)
            }
            None => None,
        };
        let (issue, findings) = issue::read_issue(sources, file, config.as_ref())?;
        let file = sources.add(LAYOUT, self.layout.as_str());
        let layout = layout::read(sources, file, &self.layout_name)?;
        Ok((issue, layout, findings))
    }

    /// The texts as files to be put into a PDF.
    pub(super) fn attachments(&self) -> Vec<Attachment> {
        let file = |name: &str, description: &str, bytes: &[u8]| Attachment {
            name: name.to_owned(),
            mime: YAML.to_owned(),
            description: description.to_owned(),
            bytes: bytes.to_vec(),
            relationship: Relationship::Source,
        };
        let config = self.config.as_deref().map(str::as_bytes);
        let mut files = vec![file(ISSUE, "本期源文件", &self.issue)];
        files.extend(config.map(|bytes| file(CONFIG, "本期用到的单位设置", bytes)));
        files.push(file(LAYOUT, "本期所用的版式", self.layout.as_bytes()));
        files
    }

    /// The texts in files taken out of a PDF; `None` when they are not all there.
    pub fn from_files(files: &[(String, Vec<u8>)], layout_name: &str) -> Option<Source> {
        let bytes = |name: &str| files.iter().find(|file| file.0 == name).map(|file| &file.1);
        let utf8 = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).ok();
        Some(Source {
            issue: bytes(ISSUE)?.clone(),
            config: match bytes(CONFIG) {
                Some(bytes) => Some(utf8(bytes)?),
                None => None,
            },
            layout: utf8(bytes(LAYOUT)?)?,
            layout_name: layout_name.to_owned(),
        })
    }
}

/// The text of a file: UTF-8, without the mark that some editors put at the beginning.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}
