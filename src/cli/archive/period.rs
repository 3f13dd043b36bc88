//! The period that a command line means.

use crate::archive::period::Period;
use crate::cli::args::When;

/// From the first day of `--from` to the last of `--to`.
///
/// # Errors
/// In words, when the end comes before the beginning.
pub(super) fn of(when: &When) -> Result<Period, String> {
    let period = Period {
        from: when.from.map(|moment| moment.first),
        to: when.to.map(|moment| moment.last),
    };
    match (period.from, period.to) {
        (Some(from), Some(to)) if to < from => {
            Err(format!("“--to”（{to}）在“--from”（{from}）之前"))
        }
        _ => Ok(period),
    }
}
