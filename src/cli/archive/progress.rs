//! A line that shows how far long work has come; only where a person sees it.

use crate::cli::terminal::Bar;

/// Work of fewer issues shows nothing, where an issue takes no time to speak of.
pub(super) const QUICK: usize = 200;
/// The same where an issue takes its time: it is built, or all its bytes are read.
pub(super) const SLOW: usize = 4;

/// A bar that appears with the first report of work that is long enough, and is gone when dropped.
pub(super) struct Progress {
    bar: Bar,
    least: usize,
}

impl Progress {
    /// `what` as 建索引; `least` as [`QUICK`].
    pub(super) fn new(what: &str, least: usize) -> Progress {
        let bar = Bar::new("{msg} {bar:30} {pos}/{len}期，还需{eta}");
        bar.message(what);
        Progress { bar, least }
    }

    /// So many of so many are done.
    pub(super) fn report(&self, done: usize, total: usize) {
        if total < self.least {
            return;
        }
        self.bar.draw(total);
        self.bar.position(done);
    }

    /// Says something while the bar is out of the way.
    pub(super) fn suspend<R>(&self, say: impl FnOnce() -> R) -> R {
        self.bar.suspend(say)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish();
    }
}
