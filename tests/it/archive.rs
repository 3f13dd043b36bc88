//! The archive, as real processes.

mod add;
mod entry;
mod faults;
mod ledger;
#[cfg(unix)]
mod links;
mod neighbours;
mod read;
mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::desk::{Desk, ISSUE};

/// Where the small issue lies once it is kept.
const FIRST: &str = "archive/kb/2019/7/r1";

/// A desk whose office calls its bulletin `kb`, with the small issue as `甲.yaml`.
fn office() -> Desk {
    let desk = Desk::with_issue();
    desk.write("hongtou.yaml", "series: kb\n");
    desk
}

/// A desk with the small issue in its archive.
fn kept() -> Desk {
    let desk = office();
    desk.run(&["archive", "add", "甲.yaml"]).code(0);
    desk
}

/// The small issue with another number.
fn numbered(number: u32) -> String {
    ISSUE.replace("number: 7", &format!("number: {number}"))
}

/// Every file below a folder with its bytes; folders without files too.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut tree = BTreeMap::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                tree.insert(name + "/", Vec::new());
                waiting.push(path);
            } else {
                tree.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    tree
}
