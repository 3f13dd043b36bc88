//! The modules of the library, and the files that what they name is defined in.

use std::collections::BTreeMap;
use std::path::{Path as FilePath, PathBuf};

use super::source::Source;

/// A module: its names from the root of the library on.
pub type Module = Vec<String>;

/// All modules that are files.
pub struct Modules(BTreeMap<Module, Source>);

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Module(Module),
    /// Something that the file of a module defines.
    Item(Module),
    /// Of the standard library or another crate.
    Foreign,
}

impl Modules {
    /// Of files and their texts, each by its path in `src/`.
    pub fn new(sources: Vec<(PathBuf, String)>) -> Modules {
        let read = |(path, text): (PathBuf, String)| Some((module(&path)?, Source::read(&text)));
        Modules(sources.into_iter().filter_map(read).collect())
    }

    /// The edges: each from a module's file to the one that defines what is used there, with the
    /// path that is written.
    ///
    /// # Errors
    /// Paths that lead nowhere: what reads them is no longer up to how they are written.
    pub fn edges(&self) -> Result<Vec<(Module, Module, String)>, Vec<String>> {
        let (mut edges, mut lost) = (Vec::new(), Vec::new());
        for (module, source) in &self.0 {
            let imported = source.imports.iter().map(|(_, path)| path);
            for path in imported.chain(&source.globs).chain(&source.paths) {
                let found = self.means(module, path, 0);
                if found.is_empty() {
                    lost.push(format!("{}: {}", module.join("::"), path.join("::")));
                }
                edges.extend(found.into_iter().filter_map(|meaning| match meaning {
                    Meaning::Module(used) | Meaning::Item(used) => {
                        Some((module.clone(), used, path.join("::")))
                    }
                    Meaning::Foreign => None,
                }));
            }
        }
        if lost.is_empty() { Ok(edges) } else { Err(lost) }
    }

    /// What a path means that is written in a module; nothing if it leads nowhere. One name may
    /// be a module and a function.
    fn means(&self, module: &Module, path: &[String], depth: usize) -> Vec<Meaning> {
        let Some((first, rest)) = path.split_first() else {
            return vec![Meaning::Module(module.clone())];
        };
        let start = match first.as_str() {
            "crate" | "hongtou" => vec![Meaning::Module(Vec::new())],
            "self" => vec![Meaning::Module(module.clone())],
            "super" => {
                let parent = module.split_last().map(|(_, parent)| parent.to_vec());
                parent.map(Meaning::Module).into_iter().collect()
            }
            // What is neither here nor imported is of another crate, or local to a function.
            name => match self.named(module, name, depth) {
                found if found.is_empty() => vec![Meaning::Foreign],
                found => found,
            },
        };
        start.into_iter().flat_map(|start| self.follow(start, rest, depth)).collect()
    }

    /// What the rest of a path means, from where its beginning leads.
    fn follow(&self, start: Meaning, rest: &[String], depth: usize) -> Vec<Meaning> {
        let (Meaning::Module(module), Some((name, further))) = (&start, rest.split_first()) else {
            return vec![start];
        };
        if name == "super" {
            return self.means(module, rest, depth);
        }
        let found = self.named(module, name, depth);
        found.into_iter().flat_map(|next| self.follow(next, further, depth)).collect()
    }

    /// What a name means in a module.
    fn named(&self, module: &Module, name: &str, depth: usize) -> Vec<Meaning> {
        // Modules that import all of each other would be gone through for ever.
        if depth > 16 {
            return Vec::new();
        }
        let Some(source) = self.0.get(module) else { return Vec::new() };
        let mut found = Vec::new();
        let child: Module = module.iter().cloned().chain([name.to_owned()]).collect();
        if self.0.contains_key(&child) {
            found.push(Meaning::Module(child));
        }
        if source.items.iter().any(|item| item == name) {
            found.push(Meaning::Item(module.clone()));
        }
        // `use clock;` of another crate has the name that it binds: it is not looked up by it.
        let imported = source
            .imports
            .iter()
            .filter(|(as_name, path)| as_name == name && (path.len() > 1 || path[0] != name));
        found.extend(imported.flat_map(|(_, path)| self.means(module, path, depth + 1)));
        if found.is_empty() && source.perhaps.iter().any(|item| item == name) {
            found.push(Meaning::Item(module.clone()));
        }
        if found.is_empty() {
            for glob in &source.globs {
                for meaning in self.means(module, glob, depth + 1) {
                    if let Meaning::Module(of) = meaning {
                        found.extend(self.named(&of, name, depth + 1));
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }
}

/// The module of a file: `page::head` of `page/head.rs`, `page` of `page/mod.rs`.
fn module(path: &FilePath) -> Option<Module> {
    let mut names: Module =
        path.with_extension("").iter().map(|name| name.to_string_lossy().into_owned()).collect();
    match names.last()?.as_str() {
        "main" => return None,
        "mod" | "lib" => drop(names.pop()),
        _ => {}
    }
    Some(names)
}

mod tests {
    use super::*;

    fn edges(files: &[(&str, &str)]) -> Result<Vec<String>, Vec<String>> {
        let files = files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned()));
        let edges = Modules::new(files.collect()).edges()?;
        let mut edges: Vec<String> = edges
            .iter()
            .map(|(user, used, _)| format!("{} {}", user.join("/"), used.join("/")))
            .collect();
        edges.sort();
        edges.dedup();
        Ok(edges)
    }

    /// What `a/b.rs` has leads to these files.
    fn leads(text: &str, to: &[&str]) {
        let files = [
            ("lib.rs", "pub mod a;\npub mod z;"),
            ("z.rs", "pub struct Z;\npub mod inner { pub fn f() {} }"),
            (
                "a/mod.rs",
                "mod b;\nmod c;\npub mod d;\nuse d::D;\npub use c::*;\npub(crate) struct A;",
            ),
            ("a/b.rs", text),
            ("a/c.rs", "pub use super::d::{D as E, d};\npub struct C;\nrows! { Row }"),
            (
                "a/d/mod.rs",
                "pub enum D { One }\npub fn d() {}\nmacro_rules! m { () => { pub struct M; } }",
            ),
        ];
        let found: Vec<String> = edges(&files).unwrap().into_iter().collect();
        let found = found.iter().filter_map(|edge| edge.strip_prefix("a/b "));
        assert_eq!(found.collect::<Vec<_>>(), to, "{text}");
    }

    #[test]
    fn paths_lead_to_the_file_that_defines_what_they_name() {
        leads("use super::c::C;", &["a/c"]);
        leads("use super::{A, C};", &["a", "a/c"]);
        leads("use crate::{a::{d::{self, M}, Row}, z::Z as Other};", &["a/c", "a/d", "z"]);
        // Re-exports, imports that a child sees, all names of a module.
        leads("use super::E;", &["a/d"]);
        leads("use super::D;", &["a/d"]);
        leads("use super::d::*;", &["a/d"]);
        leads("use super::c;\nfn f() -> c::E { c::d() }", &["a/c", "a/d"]);
        leads("fn f(c: char) { super::d(); crate::z::inner::f::<u8>(); }", &["a/d", "z"]);
        leads("impl From<super::D> for u8 {}\nconst ONE: super::D = super::D::One;", &["a/d"]);
        leads("pub mod keys { pub use super::super::super::z; }", &["z"]);
        leads("mod keys { use super::super::C; }", &["a/c"]);
    }

    #[test]
    fn texts_comments_tests_and_other_crates_lead_nowhere() {
        leads("//! super::c::C\n/* super::c */ const A: &str = \"super::c\\\" super::c\";", &[]);
        leads("const A: (&str, char) = (r#\"\" super::c \"#, '\"'); fn f<'a>(_: &'a u8) {}", &[]);
        leads(
            "#[cfg(test)]\nuse super::C;\n#[cfg(all(test, unix))]\nmod tests { use super::*; }",
            &[],
        );
        leads("use std::fmt;\nuse serde::{Serialize, de::Error as _};\nfmt::Display;", &[]);
    }

    #[test]
    fn a_path_that_leads_nowhere_is_said() {
        let lost = edges(&[("lib.rs", ""), ("a.rs", "use crate::b::B;\nuse self::c::C;")]);
        assert_eq!(lost.unwrap_err(), ["a: crate::b::B", "a: self::c::C"]);
    }
}
