//! A line that shows how far work has come; only where a person sees it.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::diagnostic::harmless;

/// The bar; hidden until it is drawn.
pub(in crate::cli) struct Bar(ProgressBar);

impl Bar {
    /// Hidden; looks as indicatif's template says.
    pub(in crate::cli) fn new(template: &str) -> Bar {
        let bar = ProgressBar::hidden();
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Bar(bar)
    }

    /// Shows it from now on, with so much to do; nothing happens where no person sees it.
    pub(in crate::cli) fn draw(&self, total: usize) {
        if !io::stderr().is_terminal() || self.0.length() == Some(total as u64) {
            return;
        }
        self.0.set_length(total as u64);
        self.0.set_draw_target(ProgressDrawTarget::stderr());
    }

    /// What it is about, whatever is in it.
    pub(in crate::cli) fn message(&self, text: &str) {
        self.0.set_message(harmless(text).into_owned());
    }

    /// So much is done.
    pub(in crate::cli) fn position(&self, done: usize) {
        self.0.set_position(done as u64);
    }

    /// One more is done.
    pub(in crate::cli) fn step(&self) {
        self.0.inc(1);
    }

    /// Says something while the bar is out of the way.
    pub(in crate::cli) fn suspend<R>(&self, say: impl FnOnce() -> R) -> R {
        self.0.suspend(say)
    }

    /// Takes it away.
    pub(in crate::cli) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
