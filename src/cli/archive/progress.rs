//! A line that shows how far long work has come; only where a person sees it.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this many steps shows nothing.
const SHORT: usize = 200;

/// A bar that appears with the first report of work that is long enough, and is gone when dropped.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// `what` as 建索引.
    pub(super) fn new(what: &'static str) -> Progress {
        let bar = ProgressBar::hidden();
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}期，还需{eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what);
        Progress { bar }
    }

    /// So many of so many are done.
    pub(super) fn report(&self, done: usize, total: usize) {
        if total < SHORT || !io::stderr().is_terminal() {
            return;
        }
        if self.bar.length() != Some(total as u64) {
            self.bar.set_length(total as u64);
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
