//! `docs/architecture.md` is law: the modules use each other as its table says.

mod circles;
mod modules;
mod source;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use hongtou::layout::Role;

use source::sources;

const DOCUMENT: &str = include_str!("../../docs/architecture.md");
const LIBRARY: &str = include_str!("../../src/lib.rs");

type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn modules_use_each_other_as_the_table_says() {
    let table = table(DOCUMENT);
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(module) = module_of(&path) else { continue };
        for used in uses(&text) {
            if used != module && !table[&module].contains(&used) {
                wrong.push(format!("{}: {module} uses {used}", path.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "edges that docs/architecture.md does not have:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_table_has_every_module_and_no_other() {
    let declared: BTreeSet<String> = LIBRARY
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    let table = table(DOCUMENT);
    assert_eq!(table.keys().cloned().collect::<BTreeSet<_>>(), declared);
    for (module, uses) in &table {
        assert!(uses.is_subset(&declared), "{module} uses a module that is not there: {uses:?}");
    }
}

#[test]
fn data_flows_one_way() {
    let mut table = table(DOCUMENT);
    // Take away what uses nothing that is left, until nothing is left.
    while !table.is_empty() {
        let done: Vec<String> = table
            .iter()
            .filter(|(_, uses)| uses.iter().all(|used| !table.contains_key(used)))
            .map(|(module, _)| module.clone())
            .collect();
        assert!(!done.is_empty(), "a circle among {:?}", table.keys());
        done.iter().for_each(|module| drop(table.remove(module)));
    }
}

#[test]
fn only_the_command_line_reads_clock_and_environment() {
    let clock = ["std::env", "SystemTime", "Instant::now", "Utc::now", "Local::now", "RandomState"];
    forbid(&clock, &["cli"]);
}

#[test]
fn only_those_whose_job_it_is_touch_files() {
    forbid(
        &["std::fs", "fs::read", "File::open", "File::create"],
        &["cli", "disk", "font", "scratch", "archive", "mail"],
    );
}

/// A pipe or a device in place of a file is refused in one place, so nothing may open a file past
/// it. What only ever makes a new file (`create_new`) opens none.
#[test]
fn files_are_opened_in_one_place() {
    const WAYS: [&str; 9] = [
        "File::open",
        "File::options",
        "File::create(",
        "OpenOptions",
        "fs::read(",
        "fs::read_to_string",
        "fs::write(",
        "fs::copy(",
        "fs::{read",
    ];
    // An export writes to a folder that others may write to, by rules of its own.
    forbid_in(&WAYS, |path| path.starts_with("disk") || path.starts_with("archive/export"));
    // SQLite opens its file itself, after it was looked at.
    forbid_in(&["Connection::open"], |path| path == Path::new("archive/index/schema.rs"));
}

#[test]
fn the_document_lists_the_roles() {
    let rows: Vec<_> = DOCUMENT.lines().skip_while(|line| *line != "## Roles").collect();
    let listed: Vec<(String, String)> = rows
        .iter()
        .filter_map(|line| cells(line))
        .filter(|cells| cells[0].starts_with('`'))
        .map(|cells| (cells[0].trim_matches('`').to_owned(), cells[1].clone()))
        .collect();
    let roles: Vec<(String, String)> =
        Role::ALL.iter().map(|role| (role.key().to_owned(), role.chinese().to_owned())).collect();
    assert_eq!(listed, roles);
}

fn forbid(words: &[&str], but: &[&str]) {
    forbid_in(words, |path| module_of(path).is_none_or(|module| but.contains(&module.as_str())));
}

/// Forbids words in every source but these.
fn forbid_in(words: &[&str], but: impl Fn(&Path) -> bool) {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if but(&path) {
            continue;
        }
        let code = code(&text);
        let found = words.iter().filter(|word| code.contains(**word));
        wrong.extend(found.map(|word| format!("{}: {word}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The table of modules: each with those it may use.
fn table(document: &str) -> Graph {
    let rows = document.lines().skip_while(|line| *line != "## Modules");
    let rows = rows.skip(1).take_while(|line| !line.starts_with("## "));
    let table: Graph = rows
        .filter_map(cells)
        .filter(|cells| cells[0].starts_with('`'))
        .map(|cells| {
            let uses = cells[2].split(',').map(|name| name.trim().to_owned());
            let uses = uses.filter(|name| name != "–").collect();
            (cells[0].trim_matches('`').to_owned(), uses)
        })
        .collect();
    assert!(table.len() > 5, "no table of modules in docs/architecture.md");
    table
}

/// The three cells of a row.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let cells: Vec<String> = inner.split(" | ").map(|cell| cell.trim().to_owned()).collect();
    (cells.len() == 3).then_some(cells)
}

/// The module of a file: `page` of `page/pages.rs` and `unit` of `unit.rs`.
fn module_of(path: &Path) -> Option<String> {
    let first = path.components().next()?.as_os_str().to_string_lossy().into_owned();
    let module = first.strip_suffix(".rs").unwrap_or(&first);
    (!["lib", "main"].contains(&module)).then(|| module.to_owned())
}

/// The modules that a source uses.
fn uses(text: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let code = code(text);
    for (at, _) in code.match_indices("crate::") {
        // `$crate::` and `xcrate::` are other things.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(group_heads(group)),
            None => used.extend(name(rest)),
        }
    }
    used
}

/// The first names of a group: `page` and `unit` of `{page::{A, b::C}, unit::D}`.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut head, mut heads) = (0, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => head = true,
            c if head && !c.is_whitespace() => {
                heads.extend(name(&group[at..]));
                head = false;
            }
            _ => {}
        }
    }
    heads
}

/// The name at the beginning of a path, when it is a module's.
fn name(path: &str) -> Option<String> {
    let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(path.len());
    let name = &path[..end];
    name.starts_with(|c: char| c.is_ascii_lowercase()).then(|| name.to_owned())
}

/// A source without comments and without its unit tests, which stand last.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let tests = lines.peek().is_some_and(|next| {
            let next = next.trim_start();
            next.starts_with("mod ") && next.ends_with('{')
        });
        if ["#[cfg(test)]", "#[cfg(all(test, unix))]"].contains(&line.trim()) && tests {
            break;
        }
        if !line.trim_start().starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        uses(text).into_iter().collect()
    }

    #[test]
    fn every_way_to_name_a_module_is_seen() {
        assert_eq!(found("use crate::unit::Length;"), ["unit"]);
        assert_eq!(
            found("use crate::{\n    page::{Pages, Rule},\n    unit::Length,\n};"),
            ["page", "unit"]
        );
        assert_eq!(found("let x: crate::text::Fit = crate::font::new();"), ["font", "text"]);
        assert_eq!(found("pub(crate) use crate::cli;"), ["cli"]);
    }

    #[test]
    fn comments_and_unit_tests_make_no_edge() {
        assert_eq!(found("/// See [`crate::pdf::write`].\nfn f() {}"), [""; 0]);
        assert_eq!(
            found("fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::pdf::x;\n}"),
            [""; 0]
        );
        assert_eq!(found("#[cfg(test)]\nuse crate::pdf::x;"), ["pdf"]);
    }

    #[test]
    fn the_table_is_read() {
        let table = table(DOCUMENT);
        assert!(table["compose"].contains("layout") && !table["compose"].contains("page"));
        assert!(table["text"].contains("unit") && table["unit"].is_empty());
    }
}
