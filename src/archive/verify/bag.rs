//! A bag against its manifests, its manifests against their manifest, what it says of itself
//! against where it lies.

use std::collections::{BTreeMap, BTreeSet};

use super::{Flaws, Seen, Wrong};
use crate::archive::bag::{self, Algorithm, Manifest, info};
use crate::archive::{Archive, DATA, Entry, Error, Holding};

/// The digests of each file of a bag, in the order of the algorithms.
type Digests = BTreeMap<String, Vec<String>>;

/// A bag that is looked at.
struct Bag<'a> {
    archive: &'a Archive,
    holding: &'a Holding,
    digests: Digests,
    flaws: Flaws,
}

pub(super) fn look(archive: &Archive, holding: &Holding) -> Seen {
    let mut bag = Bag { archive, holding, digests: Digests::new(), flaws: Flaws::of(holding) };
    let mut seen = Seen::default();
    let files = match archive.store.files(holding) {
        Ok(files) => files,
        Err(error) => {
            bag.flaws.error(&error);
            seen.flaws = bag.flaws.found;
            return seen;
        }
    };
    seen.files = files.len();
    let used = algorithms(&files);
    for path in &files {
        match bag.digests(path, &used) {
            Ok(digests) => drop(bag.digests.insert(path.clone(), digests)),
            Err(error) => bag.flaws.error(&error),
        }
    }
    seen.seal = bag.digests.get(bag::SEAL).and_then(|digests| digests.first().cloned());
    for (index, algorithm) in used.iter().enumerate() {
        bag.check_manifests(*algorithm, index);
    }
    bag.check_declaration();
    bag.check_info();
    if let Some(entry) = bag.check_entry() {
        seen.number(&entry);
    }
    seen.flaws = bag.flaws.found;
    seen
}

/// SHA-256 always; SM3 where there is any of its manifests.
fn algorithms(files: &[String]) -> Vec<Algorithm> {
    let mut used = vec![Algorithm::Sha256];
    let named = [bag::manifest(Algorithm::Sm3), bag::tag_manifest(Algorithm::Sm3)];
    used.extend(files.iter().any(|file| named.contains(file)).then_some(Algorithm::Sm3));
    used
}

/// Whether a file belongs to the payload.
fn is_payload(path: &str) -> bool {
    path.starts_with(DATA)
}

/// Whether a file is a tag file that tag manifests list: all but themselves.
fn is_tag(path: &str) -> bool {
    !is_payload(path) && !Algorithm::ALL.iter().any(|one| bag::tag_manifest(*one) == path)
}

impl Bag<'_> {
    fn digests(&self, path: &str, algorithms: &[Algorithm]) -> Result<Vec<String>, Error> {
        let file = self.archive.store.open(self.holding, path)?;
        let name = format!("{}/{path}", self.holding);
        Algorithm::of_stream(algorithms, file).map_err(|error| Error::io(name.as_ref(), &error))
    }

    /// A small file as text.
    fn text(&mut self, path: &str) -> Option<String> {
        if !self.digests.contains_key(path) {
            return None;
        }
        let bytes = match self.archive.store.get(self.holding, path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.flaws.error(&error);
                return None;
            }
        };
        let text = String::from_utf8(bytes).ok();
        if text.is_none() {
            self.flaws.add(Wrong::Changed, format!("“{path}”不是文本，被改动过"));
        }
        text
    }

    fn check_manifests(&mut self, algorithm: Algorithm, index: usize) {
        let names = [bag::manifest(algorithm), bag::tag_manifest(algorithm)];
        for (name, belongs) in names.iter().zip([is_payload, is_tag]) {
            if !self.digests.contains_key(name) {
                self.flaws.add(Wrong::Missing, format!("少了校验清单“{name}”"));
                continue;
            }
            let Some(text) = self.text(name) else { continue };
            match Manifest::read(&text) {
                Ok(manifest) => {
                    // Nothing has the digest of a manifest of tag files: its every byte is known.
                    if manifest.write() != text {
                        let message = format!("校验清单“{name}”的写法被改动过");
                        self.flaws.add(Wrong::Changed, message);
                    }
                    self.check_manifest(name, &manifest, index, belongs);
                }
                Err(line) => {
                    let message = format!("校验清单“{name}”第{line}行读不懂，被改动过");
                    self.flaws.add(Wrong::Changed, message);
                }
            }
        }
    }

    /// The files that belong into a manifest against its lines.
    fn check_manifest(
        &mut self,
        name: &str,
        manifest: &Manifest,
        index: usize,
        belongs: fn(&str) -> bool,
    ) {
        let mut listed = BTreeSet::new();
        for line in &manifest.lines {
            let path = line.path.as_str();
            if !listed.insert(path) {
                self.flaws.add(Wrong::Extra, format!("“{name}”里“{path}”写了两次"));
                continue;
            }
            let Some(digests) = self.digests.get(path) else {
                self.flaws.add(Wrong::Missing, format!("少了文件“{path}”（见“{name}”）"));
                continue;
            };
            if digests[index] == line.digest {
                continue;
            }
            match manifest.lines.iter().find(|other| other.digest == digests[index]) {
                Some(other) => self.flaws.add(
                    Wrong::Reordered,
                    format!("文件“{path}”的内容成了“{}”的（与“{name}”不符）", other.path),
                ),
                None => self
                    .flaws
                    .add(Wrong::Changed, format!("文件“{path}”被改动过（与“{name}”不符）")),
            }
        }
        if !manifest.lines.is_sorted_by(|one, next| one.path <= next.path) {
            self.flaws.add(Wrong::Reordered, format!("“{name}”的行调换过次序"));
        }
        let extra = self.digests.keys().filter(|path| belongs(path) && !listed.contains(&***path));
        for path in extra.cloned().collect::<Vec<_>>() {
            self.flaws.add(Wrong::Extra, format!("多出文件“{path}”（“{name}”里没有）"));
        }
    }

    fn check_declaration(&mut self) {
        match self.text(bag::DECLARATION) {
            Some(text) if text == bag::DECLARED => {}
            Some(_) => {
                let message = format!("“{}”不是BagIt 1.0的说明", bag::DECLARATION);
                self.flaws.add(Wrong::Changed, message);
            }
            // Where a file is missing that a manifest lists, that has been said.
            None => {}
        }
    }

    /// What the bag says of itself: which one it is, how large, what it corrects.
    fn check_info(&mut self) {
        let Some(text) = self.text(bag::INFO) else { return };
        let first = |label: &str| info::values(&text, label).first().map(|text| (*text).to_owned());
        let name = self.holding.to_string();
        match first(info::IDENTIFIER) {
            Some(said) if said == name => {}
            said => {
                let said = said.unwrap_or_else(|| "没有写".to_owned());
                let message = format!("放错了地方：“{}”里写的是“{said}”", bag::INFO);
                self.flaws.add(Wrong::Reordered, message);
            }
        }
        let revision = self.holding.revision;
        let superseded = first(info::SUPERSEDES);
        if revision == 1 && superseded.is_none() {
            return;
        }
        let before = Holding { id: self.holding.id.clone(), revision: revision.saturating_sub(1) };
        if superseded != Some(before.to_string()) {
            let message = format!("“{}”里没有写明更正的是“{before}”", bag::INFO);
            self.flaws.add(Wrong::Changed, message);
            return;
        }
        // A revision that is not there is named elsewhere.
        let Ok(seal) = self.archive.store.get(&before, bag::SEAL) else { return };
        if first(info::SUPERSEDED_SEAL) != Some(bag::sha256(&seal)) {
            let message = format!("所更正的“{before}”已不是更正时的样子（指纹不符）");
            self.flaws.add(Wrong::Changed, message);
        }
    }

    /// What the issue says of itself against where it lies and what lies beside it.
    fn check_entry(&mut self) -> Option<Entry> {
        let entry = match self.archive.entry(self.holding) {
            Ok(entry) => entry,
            // That it is missing or changed has been said; this is for one that was packed so.
            Err(error) => {
                if self.flaws.found.is_empty() {
                    self.flaws.error(&error);
                }
                return None;
            }
        };
        if entry.holding() != *self.holding {
            let message = format!("放错了地方：条目“issue.json”里写的是“{}”", entry.holding());
            self.flaws.add(Wrong::Reordered, message);
        }
        for ending in ["pdf", "docx"] {
            let path = format!("{DATA}{}.{ending}", entry.stem);
            if !self.digests.contains_key(&path)
                && !self.flaws.found.iter().any(|flaw| flaw.message.contains(&path))
            {
                self.flaws.add(Wrong::Missing, format!("少了文件“{path}”（见“issue.json”）"));
            }
        }
        Some(entry)
    }
}
