//! The keys of a mapping: which it has, what is unknown, what is missing.

use super::{Entry, Key, Node, Reader, Value, nearest};
use crate::diagnostic::{Code, Diagnostic, FileKind, Span};

/// So many keys can be told beside where a misplaced one belongs.
const SHORT: usize = 5;

/// The entries of one mapping, matched with the keys it may have. Made by [`Reader::fields`], which
/// reports unknown keys, keys written twice under two names, and keys without a value.
#[derive(Debug)]
pub struct Fields<'n> {
    what: String,
    kind: FileKind,
    span: Span,
    /// Whether the editor writes the canonical names, to be answered in kind.
    canonical: bool,
    keys: &'static [Key],
    /// Beside `keys`.
    found: Vec<Option<&'n Entry>>,
    /// Beside `keys`: those that an unknown key seems to be, misspelt. That has been said.
    meant: Vec<bool>,
}

impl Reader<'_> {
    /// The keys of a mapping. Unknown keys, one key under two names and empty values are reported
    /// here; `what` names the mapping: 报头（masthead）.
    pub fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        keys: &'static [Key],
    ) -> Option<Fields<'n>> {
        match &node.value {
            Value::Mapping(entries) => Some(Fields::new(self, node, entries, what, keys)),
            Value::Null => self.empty(node, &format!("“{what}”没有内容"), "填写内容，或删去这一行"),
            _ => self.other_kind(node, what, "一组“键: 值”"),
        }
    }
}

impl<'n> Fields<'n> {
    fn new(
        reader: &mut Reader<'_>,
        node: &'n Node,
        entries: &'n [Entry],
        what: &str,
        keys: &'static [Key],
    ) -> Fields<'n> {
        let mut fields = Fields {
            what: what.to_owned(),
            kind: reader.kind(),
            span: node.span,
            canonical: entries.first().is_some_and(|entry| entry.key.is_ascii()),
            keys,
            found: vec![None; keys.len()],
            meant: vec![false; keys.len()],
        };
        for entry in entries {
            fields.place(reader, entry);
        }
        fields
    }

    fn place(&mut self, reader: &mut Reader<'_>, entry: &'n Entry) {
        let written = entry.key.trim();
        let Some(index) = self.keys.iter().position(|key| key.names().any(|name| name == written))
        else {
            // What was meant is dear to find, and nobody reads so many.
            let report = match reader.is_full() {
                true => self.no_such(entry),
                false => self.unknown(entry, reader.hint),
            };
            reader.report(report);
            return;
        };
        let key = &self.keys[index];
        if let Some(earlier) = self.found[index] {
            reader.report(
                Diagnostic::error(
                    Code::YamlDuplicateKey,
                    entry.key_span,
                    format!("“{}”和“{}”是同一项，只能写一次", earlier.key, entry.key),
                )
                .with_help("留一个，删去另一个；要写多条内容，请用列表（每条以“- ”开头）"),
            );
        } else if matches!(entry.value.value, Value::Null) {
            reader.report(
                Diagnostic::error(
                    Code::EmptyValue(reader.kind()),
                    entry.key_span,
                    format!("“{}”没有内容", entry.key),
                )
                .with_help(format!(
                    "填写{}，或删去这一行",
                    key.aliases.first().unwrap_or(&key.name)
                )),
            );
            // Found all the same: it is not missing too.
            self.found[index] = Some(entry);
        } else {
            self.found[index] = Some(entry);
        }
    }

    fn no_such(&self, entry: &Entry) -> Diagnostic {
        let key = super::shorten(&entry.key);
        Diagnostic::error(
            Code::UnknownKey(self.kind),
            entry.key_span,
            format!("{}没有“{key}”这一项", self.what),
        )
    }

    fn unknown(&mut self, entry: &Entry, hint: fn(&str) -> Option<String>) -> Diagnostic {
        let report = self.no_such(entry);
        let keys = self.keys;
        let known = || keys.iter().map(Key::display).collect::<Vec<_>>().join("、");
        let part = part_of(entry.key.trim(), keys);
        if let Some(help) = hint(entry.key.trim()) {
            if let Some(name) = part {
                return self.meant(report, name, &format!("不是的话，{help}"));
            }
            let short = self.keys.len() <= SHORT;
            let here =
                if short { format!("；这里可用的有：{}", known()) } else { String::new() };
            return report.with_help(help + &here);
        }
        let near = nearest(&entry.key, self.keys.iter().flat_map(Key::names));
        let Some(name) = near.or(part) else {
            return report.with_help(format!("可用的有：{}", known()));
        };
        self.meant(report, name, "")
    }

    /// Names the key that was meant.
    fn meant(&mut self, report: Diagnostic, name: &str, more: &str) -> Diagnostic {
        for (key, meant) in self.keys.iter().zip(&mut self.meant) {
            *meant |= key.names().any(|other| other == name);
        }
        report.with_help(format!("是否应为“{name}”？{more}"))
    }

    /// The mapping's own place.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What the mapping is, as in messages.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The entry with this canonical name, if it is there (perhaps with an empty value, which has
    /// been reported).
    ///
    /// # Panics
    /// In debug builds, when `name` is not among the keys: a slip of the program, not of the file.
    pub fn entry(&self, name: &str) -> Option<&'n Entry> {
        let index = self.keys.iter().position(|key| key.name == name);
        debug_assert!(index.is_some(), "{name} is not a key of {}", self.what);
        self.found[index?]
    }

    /// Whether the key is there.
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// Whether a key that is not there seems to be an unknown one, misspelt: that has been reported,
    /// and that the key is missing need not be.
    pub fn is_misspelt(&self, name: &str) -> bool {
        let index = self.keys.iter().position(|key| key.name == name);
        index.is_some_and(|index| self.meant[index] && self.found[index].is_none())
    }

    /// The value of a key that is there and not empty.
    pub fn node(&self, name: &str) -> Option<&'n Node> {
        self.entry(name).map(|entry| &entry.value).filter(|node| node.value != super::Value::Null)
    }

    /// Reads a value that may be absent. `read` gets the key as the editor wrote it, for messages.
    pub fn read<'s, T>(
        &self,
        reader: &mut Reader<'s>,
        name: &str,
        read: impl FnOnce(&mut Reader<'s>, &'n Node, &str) -> Option<T>,
    ) -> Option<T> {
        let entry = self.entry(name)?;
        if entry.value.value == super::Value::Null {
            return None;
        }
        read(reader, &entry.value, &entry.key)
    }

    /// Reads a value that must be there; reports it missing otherwise.
    pub fn require<'s, T>(
        &self,
        reader: &mut Reader<'s>,
        name: &str,
        read: impl FnOnce(&mut Reader<'s>, &'n Node, &str) -> Option<T>,
    ) -> Option<T> {
        if !self.has(name) {
            self.missing(reader, name);
        }
        self.read(reader, name, read)
    }

    /// Reports a key as missing, unless it [is misspelt](Self::is_misspelt).
    pub fn missing(&self, reader: &mut Reader<'_>, name: &str) {
        if self.is_misspelt(name) {
            return;
        }
        let Some(key) = self.keys.iter().find(|key| key.name == name) else { return };
        let chinese = key.aliases.first().filter(|_| !self.canonical);
        let name = chinese.unwrap_or(&key.name);
        // The whole mapping may be long: its first line is enough to show where.
        reader.report(
            Diagnostic::error(
                Code::MissingKey(reader.kind()),
                reader.first_line(self.span),
                format!("{}缺少“{}”", self.what, key.display()),
            )
            .with_help(format!("加上一行“{name}: …”")),
        );
    }
}

/// The one Chinese name of a key here that lacks a character or two at the end of what was written,
/// or has them more: 栏目 for 栏目名, 印发机关名 for 印发机关. What fits two keys alike says nothing.
fn part_of(written: &str, keys: &'static [Key]) -> Option<&'static str> {
    const MOST: usize = 2;
    let length = |text: &str| text.chars().count();
    if written.is_ascii() || length(written) < 2 {
        return None;
    }
    let mut best: Option<(usize, usize, &'static str)> = None;
    let mut tied = false;
    for (index, key) in keys.iter().enumerate() {
        for name in key.names().filter(|name| !name.is_ascii() && length(name) >= 2) {
            let apart = length(name).abs_diff(length(written));
            if apart > MOST || !(name.starts_with(written) || written.starts_with(name)) {
                continue;
            }
            match best {
                Some((least, _, _)) if apart > least => {}
                Some((least, other, _)) if apart == least => tied |= other != index,
                _ => (best, tied) = (Some((apart, index, name)), false),
            }
        }
    }
    best.filter(|_| !tied).map(|(_, _, name)| name)
}
