//! Manifests: a digest and a path on each line, as `sha256sum` writes and checks them.

use super::Algorithm;
use crate::archive::Files;

/// A manifest, in the order of its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::archive) struct Manifest {
    /// Its lines.
    pub(in crate::archive) lines: Vec<Line>,
}

/// A file and its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::archive) struct Line {
    /// Hexadecimal.
    pub(in crate::archive) digest: String,
    /// Path in the bag.
    pub(in crate::archive) path: String,
}

impl Manifest {
    /// The manifest of these files.
    pub(in crate::archive) fn of(files: &Files, algorithm: Algorithm) -> Manifest {
        let line = |(path, bytes): (&String, &Vec<u8>)| Line {
            digest: algorithm.of(bytes),
            path: path.clone(),
        };
        Manifest { lines: files.iter().map(line).collect() }
    }

    /// As text.
    pub(in crate::archive) fn write(&self) -> String {
        let line = |line: &Line| format!("{}  {}\n", line.digest, encode(&line.path));
        self.lines.iter().map(line).collect()
    }

    /// Reads what RFC 8493 allows, not only what [`Self::write`] writes: any white space after the
    /// digest, capital digits, `*` before the path, CR LF.
    ///
    /// # Errors
    /// The number of the first line that is none.
    pub(in crate::archive) fn read(text: &str) -> Result<Manifest, usize> {
        let mut lines = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() {
                continue;
            }
            let (digest, path) = line.split_once([' ', '\t']).ok_or(index + 1)?;
            let path = path.trim_start_matches([' ', '\t', '*']);
            let hexadecimal = digest.bytes().all(|byte| byte.is_ascii_hexdigit());
            if digest.is_empty() || path.is_empty() || !hexadecimal {
                return Err(index + 1);
            }
            lines.push(Line { digest: digest.to_ascii_lowercase(), path: decode(path) });
        }
        Ok(Manifest { lines })
    }

    /// The digest of a file.
    pub(in crate::archive) fn digest(&self, path: &str) -> Option<&str> {
        self.lines.iter().find(|line| line.path == path).map(|line| line.digest.as_str())
    }
}

/// RFC 8493 §2.1.3: only what would break the lines is encoded, and what marks it.
fn encode(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

fn decode(path: &str) -> String {
    let path = path.replace("%0A", "\n").replace("%0a", "\n");
    path.replace("%0D", "\r").replace("%0d", "\r").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let line = |path: &str| Line { digest: "0a".repeat(32), path: path.to_owned() };
        let lines = ["data/甲 乙.pdf", "data/50%.pdf", "data/%0A.pdf", "bagit.txt"].map(line);
        let manifest = Manifest { lines: lines.to_vec() };
        assert_eq!(Manifest::read(&manifest.write()), Ok(manifest));
    }

    #[test]
    fn other_ways_to_write_a_line_are_read() {
        let read = Manifest::read("AB  *a\r\ncd\tb c\n").expect("a manifest");
        let lines: Vec<_> = read.lines.iter().map(|l| (&*l.digest, &*l.path)).collect();
        assert_eq!(lines, [("ab", "a"), ("cd", "b c")]);
        assert_eq!(Manifest::read("ab  a\nzz  b\n"), Err(2));
        assert_eq!(Manifest::read("ab\n"), Err(1));
    }
}
