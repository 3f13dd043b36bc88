//! Writes issues of the tests' generator to a folder, for checks with programs from outside:
//!
//! ```text
//! cargo run --example generate -- --seed 1 --count 40 --out DIR
//! cargo run --example generate -- --per-year 500 --count 10000 --out DIR   (of one bulletin)
//! cargo run --example generate -- --lines 60 --out DIR      (1 to 60 lines of text)
//! cargo run --example generate -- --wild 40 --out DIR       (all that the format allows)
//! ```

#[path = "../tests/it/dice.rs"]
mod dice;
#[path = "../tests/it/generator.rs"]
mod generator;

use std::path::PathBuf;
use std::process::ExitCode;

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

fn run(mut arguments: impl Iterator<Item = String>) -> Result<u64, String> {
    let (mut seed, mut count, mut out) = (1, 40, None);
    let (mut lines, mut per_year, mut wild) = (None, None, None);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(format!("{name}: value missing"))?;
        let number = || value.parse::<u64>().map_err(|error| format!("{name} {value}: {error}"));
        match name.as_str() {
            "--seed" => seed = number()?,
            "--count" => count = number()?,
            "--lines" => lines = Some(number()?),
            "--wild" => wild = Some(number()?),
            "--per-year" => per_year = Some(number()?.max(1)),
            "--out" => out = Some(PathBuf::from(value)),
            _ => return Err(format!("{name}: unknown option")),
        }
    }
    let out = out.ok_or("--out DIR is missing")?;
    std::fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    let write = |name: String, text: String| {
        let path = out.join(name);
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    };
    if let Some(lines) = lines {
        for n in 1..=lines {
            write(format!("lines-{n:03}.yaml"), generator::lines(n as usize))?;
        }
        return Ok(lines);
    }
    if let Some(count) = wild {
        for seed in seed..seed + count {
            write(format!("wild-{seed:05}.yaml"), generator::wild::issue(seed, false))?;
        }
        return Ok(count);
    }
    if let Some(per_year) = per_year {
        for index in 0..count {
            let text = generator::of_bulletin(index, per_year);
            write(format!("issue-{index:05}.yaml"), text)?;
        }
        return Ok(count);
    }
    for seed in seed..seed + count {
        write(format!("generated-{seed:05}.yaml"), generator::issue(seed))?;
    }
    Ok(count)
}
