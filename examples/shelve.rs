//! Fills an archive with issues that were never typeset, quickly, for measuring what reads it:
//!
//! ```text
//! cargo run --release --example shelve -- --count 10000 --year 2010 --per-year 500 --pdf FILE --out DIR
//! ```
//!
//! Each has about as much text as a bulletin of four pages, and the one PDF that is given.

#[path = "../tests/it/dice.rs"]
mod dice;
#[path = "../tests/it/generator.rs"]
mod generator;
#[path = "../tests/it/support/shelf.rs"]
mod shelf;

use std::path::PathBuf;
use std::process::ExitCode;

use dice::Dice;
use generator::words as w;
use hongtou::archive::{Folder, Item};

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(count) => {
            println!("{count}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<u32, String> {
    let (mut count, mut year, mut per_year) = (100_u32, 2010_i32, 250_u32);
    let (mut out, mut pdf) = (None, b"%PDF-1.7\n".to_vec());
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(format!("{name}: value missing"))?;
        let wrong = |error: &dyn std::fmt::Display| format!("{name} {value}: {error}");
        match name.as_str() {
            "--count" => count = value.parse().map_err(|error| wrong(&error))?,
            "--year" => year = value.parse().map_err(|error| wrong(&error))?,
            "--per-year" => per_year = value.parse().map_err(|error| wrong(&error))?,
            "--pdf" => pdf = std::fs::read(&value).map_err(|error| wrong(&error))?,
            "--out" => out = Some(PathBuf::from(&value)),
            _ => return Err(format!("{name}: unknown option")),
        }
    }
    let store = Folder::new(out.ok_or("--out DIR is missing")?);
    for index in 0..count {
        let (year, number) = (year + (index / per_year) as i32, 1 + index % per_year);
        let mut dice = Dice::new(u64::from(index));
        let items = (0..10).map(|place| item(&mut dice, place)).collect();
        shelf::put(&store, &shelf::entry("kuaibao", year, number, items), &pdf);
    }
    Ok(count)
}

/// An item of about 300 characters.
fn item(dice: &mut Dice, place: u32) -> Item {
    let unit = *dice.pick(w::UNITS);
    let headline = format!("{unit}{}{}", dice.pick(w::VERBS), dice.pick(w::OBJECTS));
    let mut text = String::new();
    while text.chars().count() < 300 {
        let (clause, verb, object): (&&str, &&str, &&str) =
            (dice.pick(w::CLAUSES), dice.pick(w::VERBS), dice.pick(w::OBJECTS));
        text.push_str(&format!("{clause}，{verb}{object}。"));
    }
    shelf::item(&headline, unit, *dice.pick(w::INDICATORS), &text, 1 + place / 3)
}
