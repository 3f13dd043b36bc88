//! The files inside a file (ISO 32000-1 §7.11.4).

use super::limits::{Error, within};
use super::pdf::{Dict, Document, Object};

/// Names and bytes, in the order of their names.
pub(super) type Attachments = Vec<(String, Vec<u8>)>;

/// Characters of a name that are kept.
const NAME: usize = 200;

/// Takes out the files below the catalog's tree of names; notes what is odd about them.
pub(super) fn attachments(
    document: &mut Document<'_>,
    root: &Dict,
) -> Result<(Attachments, Vec<&'static str>), Error> {
    let names = document.get(root, "Names")?.dict().unwrap_or_default();
    let tree = names.get(b"EmbeddedFiles".as_slice()).cloned().unwrap_or_default();
    let mut found = Found::default();
    found.gather(document, tree, 0)?;
    found.files.sort();
    if found.files.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        found.odd.push("重名的嵌入文件");
    }
    found.odd.sort_unstable();
    found.odd.dedup();
    Ok((found.files, found.odd))
}

#[derive(Default)]
struct Found {
    files: Attachments,
    odd: Vec<&'static str>,
}

impl Found {
    fn gather(
        &mut self,
        document: &mut Document<'_>,
        node: Object,
        depth: usize,
    ) -> Result<(), Error> {
        if depth > document.meter.limits.depth {
            return Err(Error::refused("嵌入文件的目录嵌套太深或有环，不核对".to_owned()));
        }
        let Some(node) = document.value(node)?.dict() else { return Ok(()) };
        let names = document.get(&node, "Names")?.array().unwrap_or_default();
        for spec in names.into_iter().skip(1).step_by(2) {
            within(self.files.len() + 1, document.meter.limits.attachments, "嵌入的文件")?;
            let spec = document.value(spec)?.dict().unwrap_or_default();
            let file = self.file(document, &spec)?;
            self.files.push(file);
        }
        for kid in document.get(&node, "Kids")?.array().unwrap_or_default() {
            self.gather(document, kid, depth + 1)?;
        }
        Ok(())
    }

    /// A file that cannot be read is one of no bytes: it is there.
    fn file(
        &mut self,
        document: &mut Document<'_>,
        spec: &Dict,
    ) -> Result<(String, Vec<u8>), Error> {
        let (name, old) = (document.get(spec, "UF")?, document.get(spec, "F")?);
        let embedded = document.get(spec, "EF")?.dict().unwrap_or_default();
        let mut streams = ["F", "UF"].map(|key| embedded.get(key.as_bytes()).cloned());
        // Of two that differ, programs take one or the other.
        if !same_name(&name, &old) || matches!(&streams, [Some(f), Some(uf)] if f != uf) {
            self.odd.push("有两个名字或两份内容的嵌入文件");
        }
        let (name, other) = (name.text(), old.text());
        let name = name.or(other).unwrap_or_default();
        let stream = streams[0].take().or(streams[1].take()).unwrap_or_default();
        let bytes = match document.value(stream)?.stream() {
            Some(stream) => {
                let unpacked = document.unpack(&stream);
                document.lenient(unpacked)?.unwrap_or_default()
            }
            None => {
                document.broken += 1;
                Vec::new()
            }
        };
        Ok((name.chars().take(NAME).collect(), bytes))
    }
}

/// Whether a name and the one for old programs, in whatever encoding, are the same.
fn same_name(name: &Object, old: &Object) -> bool {
    let (Some(text), Object::String(bytes)) = (name.text(), old) else { return true };
    old.text().as_ref() == Some(&text) || text.as_bytes() == bytes
}
