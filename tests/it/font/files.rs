//! The files in `fonts/` are those that were published.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")
}

#[test]
fn the_bundled_fonts_are_as_published() {
    let sums = fs::read_to_string(folder().join("SHA256SUMS")).unwrap();
    let mut named = Vec::new();
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let digest = Sha256::digest(fs::read(folder().join(name)).unwrap());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, sum, "{name}");
        named.push(name.to_owned());
    }
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut fonts: Vec<String> = names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| name.ends_with(".ttf"))
        .collect();
    fonts.sort();
    named.sort();
    assert_eq!(fonts, named, "every font has its sum");
}

/// The OFL asks that its text goes with the fonts.
#[test]
fn every_licence_is_there() {
    for name in ["LXGWWenKaiGBLite", "ZhuqueFangsong", "NotoSC", "LiberationSerif"] {
        let path = folder().join("licenses").join(format!("OFL-{name}.txt"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("SIL OPEN FONT LICENSE Version 1.1"), "{name}");
    }
}
