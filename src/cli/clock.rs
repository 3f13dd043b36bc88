//! The day it is.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Days, NaiveDate};

/// Today in China: one time for the whole country, whatever the machine is set to.
pub(super) fn today() -> NaiveDate {
    const EAST: u64 = 8 * 60 * 60;
    const DAY: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let epoch = DateTime::UNIX_EPOCH.date_naive();
    epoch.checked_add_days(Days::new((since + EAST) / DAY)).unwrap_or(epoch)
}
