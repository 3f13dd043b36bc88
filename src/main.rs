//! The program; everything is in the library.

use std::process::ExitCode;

/// zlib-rs asks for blocks on a boundary of 64 bytes, one for each page of a PDF. glibc cuts them out
/// of larger ones, keeps the cuttings, and can never use the place again: a PDF of 5000 pages needs
/// 50 MB and took 870.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    hongtou::cli::main()
}
