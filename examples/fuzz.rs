//! Hostile inputs for every reader, as many as are asked for; see `tests/it/fuzz/mod.rs`.

#[path = "../tests/it/dice.rs"]
mod dice;
#[path = "../tests/it/fuzz/mod.rs"]
mod fuzz;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use fuzz::{Plan, Tally, run};

fn main() -> ExitCode {
    let plan = match plan(std::env::args().skip(1)) {
        Ok(plan) => plan,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    // A panic is counted, kept and told of once, in the end.
    std::panic::set_hook(Box::new(|_| {}));
    let tallies = run(&plan);
    println!("reader       executions  crashes  slowest ms  (input)");
    let mut crashed = 0;
    for Tally { reader, executions, crashes, slowest: (time, number) } in &tallies {
        let slowest = time.as_millis();
        println!("{reader:<12} {executions:>10}  {:>7}  {slowest:>10}  ({number})", crashes.len());
        crashed += crashes.len();
    }
    for tally in &tallies {
        for (number, what) in tally.crashes.iter().take(20) {
            println!("{}, input {number}: {what}", tally.reader);
        }
    }
    if crashed > 0 {
        println!("{crashed} inputs kept in {}", plan.crashes.display());
        return ExitCode::FAILURE;
    }
    let total: u64 = tallies.iter().map(|tally| tally.executions).sum();
    if total == 0 { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

fn plan(mut arguments: impl Iterator<Item = String>) -> Result<Plan, String> {
    let mut plan = Plan {
        seed: 1,
        executions: u64::MAX >> 8,
        time: None,
        from: 0,
        only: None,
        crashes: std::env::temp_dir().join("hongtou-crashes"),
        longest: Duration::from_secs(10),
    };
    let mut bounded = false;
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(format!("{name}: value missing"))?;
        let number = || value.parse::<u64>().map_err(|error| format!("{name} {value}: {error}"));
        match name.as_str() {
            "--seed" => plan.seed = number()?,
            "--executions" => (plan.executions, bounded) = (number()?, true),
            "--seconds" => (plan.time, bounded) = (Some(Duration::from_secs(number()?)), true),
            "--from" => plan.from = number()?,
            "--longest" => plan.longest = Duration::from_secs(number()?),
            "--reader" => plan.only = Some(value),
            "--crashes" => plan.crashes = PathBuf::from(value),
            _ => return Err(format!("{name}: no such option")),
        }
    }
    if bounded { Ok(plan) } else { Err("--executions N or --seconds N".to_owned()) }
}
