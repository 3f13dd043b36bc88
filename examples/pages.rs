//! Lays issues out as far as their pages and holds the promise of page breaking against each:
//! the tests' generator, tame and wild, in every bundled layout and one that is unlike them, with
//! the colophon anywhere or on an even page.
//!
//! ```text
//! cargo run --release --example pages -- --seed 1 --count 20000
//! ```
//!
//! Every issue is written as DOCX too, which asks for page breaks by other widths. Prints what had
//! to give way and what was refused, how often, and the first seed of each; fails when a promise is
//! broken or a refusal is unfounded.

#[path = "../tests/it/dice.rs"]
mod dice;
#[path = "../tests/it/generator.rs"]
mod generator;
#[path = "../tests/it/support/pages.rs"]
#[allow(dead_code)]
mod pages;
#[path = "../tests/it/page/promise.rs"]
mod promise;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use hongtou::docx;
use hongtou::layout::Layout;
use hongtou::page::{self, Adjusted};

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// How often something was found, and the first seed that showed it.
type Tally = BTreeMap<String, (u64, u64)>;

fn run(mut arguments: impl Iterator<Item = String>) -> Result<bool, String> {
    let (mut seed, mut count) = (1, 1000);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(format!("{name}: value missing"))?;
        let number = || value.parse::<u64>().map_err(|error| format!("{name} {value}: {error}"));
        match name.as_str() {
            "--seed" => seed = number()?,
            "--count" => count = number()?,
            _ => return Err(format!("{name}: unknown option")),
        }
    }
    let layouts = layouts();
    pages::fonts();
    let (tally, next) = (Mutex::new(Tally::new()), AtomicU64::new(seed));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= seed + count {
                        return;
                    }
                    let (name, layout) = &layouts[(at % layouts.len() as u64) as usize];
                    let found = look(at, name, layout);
                    let mut tally = tally.lock().expect("no thread panics while it counts");
                    for one in found {
                        let entry = tally.entry(one).or_insert((0, at));
                        *entry = (entry.0 + 1, entry.1.min(at));
                    }
                }
            });
        }
    });
    let tally = tally.into_inner().map_err(|error| error.to_string())?;
    for (found, (times, first)) in &tally {
        println!("{times:8}  seed {first:8}  {found}");
    }
    Ok(!tally.keys().any(|found| found.starts_with(BROKEN)))
}

fn layouts() -> Vec<(&'static str, Layout)> {
    let mut layouts = Vec::new();
    for name in ["kuaibao", "jianbao", "xinxi", "b5"] {
        for even in [false, true] {
            let mut layout = if name == "b5" { pages::b5() } else { pages::bundled(name) };
            layout.colophon.even_page = even;
            layouts.push((name, layout));
        }
    }
    layouts
}

const BROKEN: &str = "BROKEN";

/// What is to be said of the issue of a seed; numbers left out, so that like counts with like.
fn look(seed: u64, name: &str, layout: &Layout) -> Vec<String> {
    let few_slots = name == "b5";
    let tame = seed % 5 == 4 && !few_slots;
    let yaml = if tame { generator::issue(seed) } else { generator::wild::issue(seed, few_slots) };
    let composed = pages::compose(&yaml, layout.clone());
    let options = docx::Options::default();
    if let Err(error) = docx::write(&composed.document, &composed.layout, &options) {
        return vec![format!("{BROKEN}: {error}")];
    }
    let without_numbers =
        |text: &String| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    match page::paginate(&composed.document, &composed.layout, pages::fonts()) {
        Ok(set) => {
            let broken = promise::broken(&composed.document, &composed.layout, &set);
            let broken = broken.iter().map(|one| format!("{BROKEN}: {one}"));
            let usual = |one: &&Adjusted| {
                matches!(
                    one,
                    Adjusted::Tighter(_) | Adjusted::Looser(_) | Adjusted::EmptyRows { .. }
                )
            };
            let rare = set.report.adjustments.iter().filter(|one| !usual(one));
            let rare = rare.map(|one| without_numbers(&format!("{one:?}")));
            let mut found: Vec<String> = broken.chain(rare).collect();
            found.push("set".to_owned());
            found
        }
        Err(findings) => {
            let unfounded = promise::unfounded(&findings);
            let unfounded = unfounded.iter().map(|one| format!("{BROKEN}: {one}"));
            let refused = findings.iter().map(|one| format!("refused: {}", one.message));
            unfounded.chain(refused.map(|one| without_numbers(&one))).collect()
        }
    }
}
