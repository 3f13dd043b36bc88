//! What a source file says, as far as its modules matter: which items and modules it defines, what
//! it imports, which paths it writes. Comments, texts and unit tests are no part of it.

use std::fs;
use std::path::{Path as FilePath, PathBuf};

use super::tokens::{tokens, without_tests};

/// A source file.
#[derive(Debug, Default)]
pub struct Source {
    /// Names that it defines: types, functions, constants, macros, modules within the file.
    pub items: Vec<String>,
    /// Names in calls of macros, which may define them.
    pub perhaps: Vec<String>,
    /// Its imports, by the name that each has here.
    pub imports: Vec<(String, Path)>,
    /// What it imports all names of.
    pub globs: Vec<Path>,
    /// Paths of two names and more that stand in its code.
    pub paths: Vec<Path>,
}

/// `super::rows::Row`, name by name.
pub type Path = Vec<String>;

/// Keywords that a name of an item follows.
const DEFINES: [&str; 9] =
    ["fn", "struct", "enum", "trait", "type", "const", "static", "union", "mod"];

impl Source {
    /// Reads a file.
    pub fn read(text: &str) -> Source {
        let tokens = without_tests(&tokens(text));
        let mut source = Source::default();
        // What each brace that is open is of.
        let mut open: Vec<Brace> = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let depth = open.iter().filter(|brace| **brace == Brace::Module).count();
            let top = open.is_empty() || open.contains(&Brace::Rules);
            let next = tokens.get(at + 1).map_or("", |next| next);
            match *token {
                "{" => open.push(brace(&tokens[..at])),
                "}" => drop(open.pop()),
                "use" if is_name(next) || next == "{" || next == "::" => {
                    let mut tree = Tree { tokens: &tokens, at: at + 1, depth, source: &mut source };
                    tree.read(Vec::new());
                    at = tree.at;
                    continue;
                }
                "macro_rules" if next == "!" => {
                    source.items.extend(tokens.get(at + 2).map(|name| (*name).to_owned()));
                }
                // `mod name;` is a file of its own.
                "mod" if tokens.get(at + 2) == Some(&";") => {}
                token if top && DEFINES.contains(&token) && is_name(next) => {
                    source.items.push(next.to_owned());
                }
                token if token.starts_with(char::is_uppercase) && open.contains(&Brace::Call) => {
                    source.perhaps.push(token.to_owned());
                }
                token if is_name(token) && next == "::" && !follows_path(&tokens[..at]) => {
                    let path = path(&tokens[at..]);
                    if path.len() > 1 {
                        source.paths.push(within(path, depth));
                    }
                }
                _ => {}
            }
            at += 1;
        }
        source
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Brace {
    /// A module within the file.
    Module,
    /// A macro, which may define items where it is called.
    Rules,
    /// The call of a macro.
    Call,
    Other,
}

/// What a brace is of that these tokens stand before.
fn brace(before: &[&str]) -> Brace {
    match before {
        [.., "macro_rules", "!", _] => Brace::Rules,
        [.., "mod", _] => Brace::Module,
        [.., name, "!"] if is_name(name) => Brace::Call,
        _ => Brace::Other,
    }
}

fn follows_path(before: &[&str]) -> bool {
    matches!(before.last(), Some(&("::" | ".")))
}

/// The names of a path from its first on.
fn path(tokens: &[&str]) -> Path {
    let mut path = Vec::new();
    let mut rest = tokens;
    while let [name, after @ ..] = rest
        && is_name(name)
    {
        path.push((*name).to_owned());
        match after {
            ["::", further @ ..] => rest = further,
            _ => break,
        }
    }
    path
}

/// A path in a module within a file, as one of the file itself.
fn within(mut path: Path, depth: usize) -> Path {
    let up = path.iter().take_while(|name| *name == "super").count().min(depth);
    path[..up].fill("self".to_owned());
    path
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The tree of an import.
struct Tree<'a> {
    tokens: &'a [&'a str],
    at: usize,
    depth: usize,
    source: &'a mut Source,
}

impl Tree<'_> {
    fn next(&mut self) -> &str {
        self.at += 1;
        self.tokens.get(self.at - 1).expect("an import ends")
    }

    /// Reads one branch, up to the sign behind it.
    fn read(&mut self, mut path: Path) {
        let mut alias = None;
        loop {
            match self.next() {
                "::" => {}
                "as" => alias = Some(self.next().to_owned()),
                "*" => {
                    self.source.globs.push(within(path, self.depth));
                    self.at += 1;
                    return;
                }
                "{" => {
                    while self.tokens[self.at] != "}" {
                        self.read(path.clone());
                        if self.tokens[self.at - 1] == "}" {
                            self.at -= 1;
                        }
                    }
                    self.at += 2;
                    return;
                }
                ";" | "," | "}" => break,
                name => path.push(name.to_owned()),
            }
        }
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let path = within(path, self.depth);
        if let Some(name) = alias.or(path.last().cloned()) {
            self.source.imports.push((name, path));
        }
    }
}

/// Every source file but those of tests, by its path in `src/`.
pub fn sources() -> Vec<(PathBuf, String)> {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = fs::read_to_string(&path).unwrap();
                sources.push((path.strip_prefix(&root).unwrap().to_owned(), text));
            }
        }
    }
    assert!(sources.len() > 10, "no sources");
    sources
}
