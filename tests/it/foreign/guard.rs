//! The door is the only one: nothing but `cli/terminal` prints, and what it is given is made of its
//! own lines.

use std::fs;
use std::path::{Path, PathBuf};

/// Every source file but the door's.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut sources) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_owned();
                sources.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources.retain(|(name, _)| !name.starts_with("cli/terminal") && *name != *"cli/terminal.rs");
    assert!(sources.len() > 100, "no sources");
    sources
}

fn forbid(words: &[&str], why: &str, but: &[&str]) {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        if but.iter().any(|but| name == Path::new(but)) {
            continue;
        }
        // What unit tests print is for whoever runs them.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in lines {
            let found = words.iter().filter(|word| line.contains(**word));
            wrong.extend(found.map(|_| format!("{}: {}", name.display(), line.trim())));
        }
    }
    assert!(wrong.is_empty(), "{why}:\n{}", wrong.join("\n"));
}

#[test]
fn nothing_but_the_door_prints() {
    let ways = [
        "print!(",
        "println!(",
        "dbg!(",
        "stdout()",
        "stderr()",
        "io::stdout",
        "io::stderr",
        "rpassword",
        "indicatif",
        ".print()",
        ".exit()",
        "/dev/tty",
    ];
    forbid(&ways, "printed past cli/terminal", &[]);
    // Whoever is stopped ends where it is; nothing else may, for something may be left to say.
    forbid(&["process::exit"], "ended past the exit codes", &["cli/interrupt.rs"]);
}

/// A text is said as one line. JSON has a way of its own, in which values stay what they are.
#[test]
fn json_goes_through_its_own_door() {
    forbid(
        &["say(&json", "say(&to_json", "say(&serde_json", ".say(&result.to_string", ".say(&object"],
        "JSON said as a text",
        &[],
    );
}

/// Lines that are not made harmless on their way in are put together in few places, each looked at.
#[test]
fn lines_of_ones_own_making_are_few() {
    let may =
        ["diagnostic/render.rs", "diagnostic/foreign.rs", "cli/usage.rs", "cli/archive/search.rs"];
    for (name, text) in sources() {
        let name = name.to_string_lossy().replace('\\', "/");
        assert!(may.contains(&&*name) || !text.contains("Lines::ours("), "{name}");
    }
}
