//! Hostile input for every reader: mutated samples, in this process, from a seed.
//!
//! What holds of any input: no reader panics, none takes long, none finds more than is shown, and
//! reading twice says the same twice. Shared by `cargo test`, which runs a few of each reader, and
//! by the example `fuzz`, which runs as many as it is told:
//!
//! ```text
//! cargo run --release --example fuzz -- --executions 1000000 --seed 1
//! cargo run --release --example fuzz -- --seconds 60 --seed 7 --crashes DIR
//! cargo run --release --example fuzz -- --reader pdf --from 4711 --executions 1   (one again)
//! ```
#![allow(dead_code)] // the tests and the example use different parts

pub mod corpus;
pub mod mutate;
pub mod readers;
pub mod watch;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hongtou::diagnostic::MOST;
use readers::{READERS, Reader, Seen};
use watch::Watch;

use crate::dice::Dice;

/// What to run.
pub struct Plan {
    /// The seed of everything.
    pub seed: u64,
    /// How many inputs, all readers together.
    pub executions: u64,
    /// How long at most.
    pub time: Option<Duration>,
    /// The first input of each reader: to run one again.
    pub from: u64,
    /// Only this reader.
    pub only: Option<String>,
    /// Where inputs go that a reader did not stand.
    pub crashes: PathBuf,
    /// How long one input may take.
    pub longest: Duration,
}

/// How it went with one reader.
pub struct Tally {
    /// Its name.
    pub reader: &'static str,
    /// How many inputs it read.
    pub executions: u64,
    /// What went wrong: the number of the input, and what.
    pub crashes: Vec<(u64, String)>,
    /// The slowest, and its number.
    pub slowest: (Duration, u64),
}

/// Runs a plan.
pub fn run(plan: &Plan) -> Vec<Tally> {
    let start = Instant::now();
    let chosen: Vec<&Reader> =
        READERS.iter().filter(|r| plan.only.as_ref().is_none_or(|only| r.name == only)).collect();
    let weight: u64 = chosen.iter().map(|reader| reader.weight).sum();
    let watch = Watch::new(plan.crashes.clone(), plan.longest);
    let mut tallies = Vec::new();
    let mut done = 0;
    for reader in chosen {
        done += reader.weight;
        let until = plan.time.map(|time| start + time.mul_f64(done as f64 / weight as f64));
        let count = (plan.executions * reader.weight).div_ceil(weight.max(1));
        tallies.push(one(plan, reader, count, until, &watch));
    }
    tallies
}

fn one(plan: &Plan, reader: &Reader, count: u64, until: Option<Instant>, watch: &Watch) -> Tally {
    let corpus = (reader.corpus)();
    assert!(!corpus.is_empty(), "{} has nothing to begin with", reader.name);
    let mut tally = Tally {
        reader: reader.name,
        executions: 0,
        crashes: Vec::new(),
        slowest: (Duration::ZERO, 0),
    };
    for number in plan.from..plan.from.saturating_add(count) {
        if until.is_some_and(|until| Instant::now() > until) {
            break;
        }
        let input = input(plan.seed, reader, number, &corpus);
        watch.begin(reader.name, number, &input);
        let begin = Instant::now();
        let said = check(reader, &input);
        let took = begin.elapsed();
        watch.end();
        tally.executions += 1;
        if took > tally.slowest.0 {
            tally.slowest = (took, number);
        }
        if let Err(what) = said {
            save(&plan.crashes, reader.name, number, &input);
            tally.crashes.push((number, what));
        }
    }
    tally
}

/// The input with this number: the same on every machine.
pub fn input(seed: u64, reader: &Reader, number: u64, corpus: &[Vec<u8>]) -> Vec<u8> {
    let name =
        reader.name.bytes().fold(seed, |hash, byte| hash.wrapping_mul(131) + u64::from(byte));
    let mut dice = Dice::new(name ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mutate::mutated(&mut dice, reader.grammar, corpus, reader.most)
}

/// Whether a reader stands an input.
///
/// # Errors
/// What it did.
pub fn check(reader: &Reader, input: &[u8]) -> Result<(), String> {
    let read = || catch_unwind(AssertUnwindSafe(|| (reader.read)(input)));
    let panicked = |payload: Box<dyn std::any::Any + Send>| {
        let text = payload.downcast_ref::<String>().cloned();
        let text = text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        format!("panicked: {}", text.unwrap_or_default())
    };
    let first: Seen = read().map_err(panicked)?;
    if first.findings > MOST + 1 {
        return Err(format!("{} findings", first.findings));
    }
    let again = read().map_err(panicked)?;
    if first != again {
        return Err("says something else the second time".to_owned());
    }
    Ok(())
}

/// Keeps an input; its name says who did not stand it.
fn save(folder: &Path, reader: &str, number: u64, input: &[u8]) {
    let kept = fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join(format!("{reader}-{number}")), input));
    if let Err(error) = kept {
        eprintln!("{}: {error}", folder.display());
    }
}
