//! What is said, and where: reports to standard output, findings to standard error.

use std::io::{self, IsTerminal, Write};

use super::args::Color;
use crate::scratch;

/// The terminal of this run.
pub(super) struct Terminal {
    color: bool,
    says_in_color: bool,
}

impl Terminal {
    /// Colours for findings: as asked, else where a person sees them and `NO_COLOR` is not set.
    pub(super) fn new(color: Color) -> Terminal {
        let on = |is_terminal: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && wanted(),
        };
        Terminal {
            color: on(io::stderr().is_terminal()),
            says_in_color: on(io::stdout().is_terminal()),
        }
    }

    /// Whether reports are shown in colours.
    pub(super) fn says_in_color(&self) -> bool {
        self.says_in_color
    }

    /// Bytes for a program, to standard output.
    pub(super) fn put(&self, bytes: &[u8]) {
        scratch::hold();
        let _ = io::stdout().lock().write_all(bytes);
    }

    /// Whether findings are shown in colours.
    pub(super) fn color(&self) -> bool {
        self.color
    }

    /// A line for the user, to standard output.
    pub(super) fn say(&self, line: &str) {
        scratch::hold();
        // Whoever closed the pipe has seen enough: no reason to fail.
        let _ = writeln!(io::stdout().lock(), "{line}");
    }

    /// Findings, already rendered, to standard error.
    pub(super) fn warn(&self, text: &str) {
        scratch::hold();
        let _ = write!(io::stderr().lock(), "{text}");
    }
}

/// What a program says that is being stopped, to standard error.
pub(super) fn last_word(text: &str) {
    let _ = write!(io::stderr().lock(), "{text}");
}

/// <https://no-color.org>: any value that is not empty.
fn wanted() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !set("NO_COLOR") && !dumb
}
