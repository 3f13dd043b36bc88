//! No circle between sibling files or modules: of two that need each other neither can be read, or
//! changed, alone.
//!
//! An edge goes to the file that defines what is used, whatever re-exports stand between. A module
//! may use what the `mod.rs` of those around it define, and is used by these.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Module, Modules};
use super::source::sources;

/// For each module, its parts with those that they use, each with one place that does.
type Parts = BTreeMap<Module, BTreeMap<String, BTreeMap<String, String>>>;

#[test]
fn siblings_stand_in_no_circle() {
    let modules = Modules::new(sources());
    let parts = parts(&modules.edges().unwrap_or_else(|lost| panic!("lead nowhere: {lost:#?}")));
    let mut said = String::new();
    for (module, parts) in &parts {
        for circle in circles(parts) {
            said.push_str(&format!("{}: {}\n", module.join("/"), circle.join(" ")));
            for (part, used) in parts.iter().filter(|(part, _)| circle.contains(part)) {
                for (_, place) in used.iter().filter(|(used, _)| circle.contains(used)) {
                    said.push_str(&format!("    {part}: {place}\n"));
                }
            }
        }
    }
    assert!(said.is_empty(), "circles:\n{said}");
}

/// The edges between the parts of each module.
fn parts(edges: &[(Module, Module, String)]) -> Parts {
    let mut parts = Parts::new();
    for (user, used, path) in edges {
        let shared = user.iter().zip(used).take_while(|(one, other)| one == other).count();
        // What stands around another, or in it, is no sibling of it.
        if let (Some(from), Some(to)) = (user.get(shared), used.get(shared)) {
            let of = parts.entry(user[..shared].to_vec()).or_default();
            let place = format!("{} has {path}", user.join("/"));
            of.entry(from.clone()).or_default().entry(to.clone()).or_insert(place);
        }
    }
    parts
}

/// The circles: parts that reach each other, in order.
fn circles(parts: &BTreeMap<String, BTreeMap<String, String>>) -> BTreeSet<Vec<String>> {
    let reached = |from: &String| {
        let (mut reached, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(part) = next.pop() {
            let used = parts.get(part).into_iter().flat_map(BTreeMap::keys);
            next.extend(used.filter(|used| reached.insert((*used).clone())));
        }
        reached
    };
    let all: BTreeMap<&String, BTreeSet<String>> =
        parts.keys().map(|part| (part, reached(part))).collect();
    let circle = |part: &String| {
        let others = all[part]
            .iter()
            .filter(|other| all.get(other).is_some_and(|reached| reached.contains(part)));
        others.cloned().collect::<Vec<_>>()
    };
    parts.keys().map(circle).filter(|circle| !circle.is_empty()).collect()
}

mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_however_long() {
        let edge = |user: &str, used: &str| {
            let names = |path: &str| path.split('/').map(str::to_owned).collect::<Module>();
            (names(user), names(used), String::new())
        };
        let edges = [
            edge("m/a", "m/b/x"),
            edge("m/b/y", "m/c"),
            edge("m/c", "m/a"),
            // Neither what leads away from a circle nor what a module has for all its parts.
            edge("m/c", "m/d"),
            edge("m/b/x", "m/b"),
            edge("m", "m/a"),
            edge("m/a", "m"),
        ];
        let parts = parts(&edges);
        let found = parts.iter().flat_map(|(of, parts)| {
            circles(parts).into_iter().map(|circle| (of.join("/"), circle.join(" ")))
        });
        assert_eq!(found.collect::<Vec<_>>(), [("m".to_owned(), "a b c".to_owned())]);
    }
}
