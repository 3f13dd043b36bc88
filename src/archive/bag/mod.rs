//! Bags after RFC 8493: what is kept under `data/`, and the tag files that say what it is.

mod digest;
pub(super) mod info;
mod manifest;

pub(super) use digest::{Algorithm, sha256};
pub(super) use info::{Facts, Superseded};
pub(super) use manifest::Manifest;

use chrono::NaiveDate;

use super::{Error, Files, Holding, Store};

/// What makes a folder a bag.
pub(super) const DECLARATION: &str = "bagit.txt";

/// What [`DECLARATION`] says.
pub(super) const DECLARED: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// What the bag says of itself.
pub(super) const INFO: &str = "bag-info.txt";

/// The tag manifest whose digest stands for the whole bag: it has the digest of every other tag
/// file, and with the manifest that of every file of the payload.
pub(super) const SEAL: &str = "tagmanifest-sha256.txt";

/// The name of a payload manifest.
pub(super) fn manifest(algorithm: Algorithm) -> String {
    format!("manifest-{}.txt", algorithm.name())
}

/// The name of a tag manifest.
pub(super) fn tag_manifest(algorithm: Algorithm) -> String {
    format!("tagmanifest-{}.txt", algorithm.name())
}

/// Reads the payload manifest of a bag.
///
/// # Errors
/// What the place says; [`Error::Damaged`] when it is none.
pub(super) fn read_manifest(
    store: &dyn Store,
    holding: &Holding,
    algorithm: Algorithm,
) -> Result<Manifest, Error> {
    let name = manifest(algorithm);
    let bytes = store.get(holding, &name)?;
    let read = std::str::from_utf8(&bytes).ok().and_then(|text| Manifest::read(text).ok());
    read.ok_or_else(|| Error::Damaged {
        path: format!("{holding}/{name}"),
        why: "不是校验清单".to_owned(),
    })
}

/// The day that a bag says it was filed; `None` when it says none that can be read.
pub(super) fn filed(store: &dyn Store, holding: &Holding) -> Option<NaiveDate> {
    let bytes = store.get(holding, INFO).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    info::values(&text, info::DATE).first()?.parse().ok()
}

/// A bag of a payload: all its files.
pub(super) fn pack(payload: Files, facts: &Facts, sm3: bool) -> Files {
    let mut algorithms = vec![Algorithm::Sha256];
    algorithms.extend(sm3.then_some(Algorithm::Sm3));
    let mut tags = Files::new();
    tags.insert(DECLARATION.to_owned(), DECLARED.as_bytes().to_vec());
    tags.insert(INFO.to_owned(), facts.write(&payload).into_bytes());
    for algorithm in &algorithms {
        tags.insert(manifest(*algorithm), Manifest::of(&payload, *algorithm).write().into_bytes());
    }
    let seals: Vec<(String, Vec<u8>)> = algorithms
        .iter()
        .map(|one| (tag_manifest(*one), Manifest::of(&tags, *one).write().into_bytes()))
        .collect();
    let mut files = payload;
    files.extend(tags);
    files.extend(seals);
    files
}
