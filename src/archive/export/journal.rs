//! The journal of an export: a line before a file is written (`+`) and one after (`=`), each with
//! fingerprint and size. It is what says which files in the folder are ours; a run that was killed
//! leaves it longer, never wrong.

use std::collections::BTreeMap;

use super::PAGE;
use crate::archive::bag::sha256;

/// What the file is called.
pub(super) const NAME: &str = "hongtou-export.txt";

/// Its first line.
pub(super) const HEADER: &str = "hongtou archive export 1";

/// What a file was when it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) sha256: String,
    pub(super) size: u64,
}

impl Written {
    pub(super) fn of(bytes: &[u8]) -> Written {
        Written { sha256: sha256(bytes), size: bytes.len() as u64 }
    }
}

/// What is known of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// As it was written last.
    pub(super) done: Option<Written>,
    /// As it was to be written since: it may be so by now.
    pub(super) begun: Vec<Written>,
}

impl Known {
    /// What the file may be.
    pub(super) fn all(&self) -> impl Iterator<Item = &Written> {
        self.done.iter().chain(&self.begun)
    }

    /// Its lines.
    pub(super) fn lines(&self, path: &str) -> String {
        let done = self.done.iter().map(|written| line('=', path, written));
        done.chain(self.begun.iter().map(|written| line('+', path, written))).collect()
    }
}

/// The files of exports.
pub(super) type Files = BTreeMap<String, Known>;

/// The files that a journal lists; `None` when it is none.
pub(super) fn read(text: &str) -> Option<Files> {
    let mut lines = text.split_inclusive('\n');
    if lines.next()?.trim_end() != HEADER {
        return None;
    }
    let mut files = Files::new();
    for line in lines {
        // A line without its end was cut off: what it announces was not done.
        let Some(line) = line.strip_suffix('\n') else { break };
        let parts: Vec<&str> = line.splitn(4, ' ').collect();
        let (sign, written, path) = match parts.as_slice() {
            // Earlier versions announced the name alone.
            ["+", path] => ("+", None, path),
            [sign @ ("+" | "="), sha256, size, path] => {
                let Ok(size) = size.parse() else { continue };
                (*sign, Some(Written { sha256: (*sha256).to_owned(), size }), path)
            }
            _ => continue,
        };
        if !is_ours(path) {
            continue;
        }
        let known = files.entry((*path).to_owned()).or_default();
        match (sign, written) {
            ("=", written) => *known = Known { done: written, begun: Vec::new() },
            (_, written) => known.begun.extend(written),
        }
    }
    Some(files)
}

/// A whole journal of these files.
pub(super) fn write(files: &Files) -> String {
    let lines = files.iter().map(|(path, known)| known.lines(path));
    std::iter::once(format!("{HEADER}\n")).chain(lines).collect()
}

/// A line about a file.
pub(super) fn line(sign: char, path: &str, written: &Written) -> String {
    format!("{sign} {} {} {path}\n", written.sha256, written.size)
}

/// Whether an export writes such a path: a journal that was meddled with removes nothing else.
fn is_ours(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-./".contains(c);
    let inside = path == PAGE || path.starts_with("data/") || path.starts_with("pdf/");
    let upward = |part: &str| part.is_empty() || part.starts_with('.');
    inside && path.chars().all(plain) && !path.split('/').any(upward)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_that_was_cut_off_says_no_more_than_was_done() {
        let text = format!(
            "{HEADER}\n= ab 3 pdf/a/2019/1-r1.pdf\n+ data/2019-0.js\n+ ef 4 data/a.js\n= 12"
        );
        let files = read(&text).expect("a journal");
        assert!(files["pdf/a/2019/1-r1.pdf"].done.is_some());
        assert_eq!(files["data/2019-0.js"], Known::default());
        assert_eq!(files["data/a.js"].begun.len(), 1);
        assert!(read("something else\n").is_none());
    }

    #[test]
    fn a_file_that_is_written_again_may_be_the_old_one_or_the_new_one() {
        let text = format!("{HEADER}\n= ab 3 index.html\n+ cd 4 index.html\n");
        let files = read(&text).expect("a journal");
        let sizes: Vec<u64> = files["index.html"].all().map(|written| written.size).collect();
        assert_eq!(sizes, [3, 4]);
        assert_eq!(write(&files), text);
        let files = read(&format!("{text}= cd 4 index.html\n")).expect("a journal");
        assert_eq!(files["index.html"].all().count(), 1);
    }

    #[test]
    fn a_journal_names_no_file_of_others() {
        for path in ["../a", "pdf/../../a", "/etc/passwd", "a.txt", "pdf//a", "data/a b", "pdf/./a"]
        {
            assert!(!is_ours(path), "{path}");
        }
        for path in ["index.html", "data/2019-0a.js", "pdf/a/2019/s1-r1.pdf"] {
            assert!(is_ours(path), "{path}");
        }
    }
}
