//! Time, for delivery.

use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset};

use crate::mail::delivery::Clock;
use crate::mail::journal::Moment;

/// The machine's clock.
pub(super) struct Timer {
    start: Instant,
}

impl Timer {
    /// Starts now.
    pub(super) fn new() -> Timer {
        Timer { start: Instant::now() }
    }
}

impl Clock for Timer {
    /// In China there is one time, whatever the machine is set to; to the second.
    fn now(&self) -> Moment {
        const EAST: i32 = 8 * 60 * 60;
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let now = DateTime::from_timestamp(since.try_into().unwrap_or_default(), 0);
        let zone = FixedOffset::east_opt(EAST);
        let now = now.unwrap_or(DateTime::UNIX_EPOCH);
        zone.map_or_else(|| now.fixed_offset(), |zone| now.with_timezone(&zone))
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, time: Duration) {
        thread::sleep(time);
    }
}
