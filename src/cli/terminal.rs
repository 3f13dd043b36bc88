//! What is said, and where: reports to standard output, findings to standard error.
//!
//! The last door. Nothing else in the crate prints, and nothing passes here that a terminal would
//! obey but line feeds and colours of our own. One text is one line, whatever is in it: a line feed
//! in a name cannot begin another. Lines that belong together come as [`Lines`].

mod bar;

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal, Read, Write};

pub(super) use bar::Bar;

use super::args::Color;
use crate::diagnostic::{Lines, harmless, json};
use crate::disk::most;
use crate::scratch;

/// What can be said.
pub(super) trait Sayable {
    /// As it may reach a terminal, with the line feeds that end its lines.
    fn shown(&self) -> Cow<'_, str>;
}

impl Sayable for str {
    /// One line; its end may be there already.
    fn shown(&self) -> Cow<'_, str> {
        Cow::Owned(harmless(self.strip_suffix('\n').unwrap_or(self)).into_owned() + "\n")
    }
}

impl Sayable for String {
    fn shown(&self) -> Cow<'_, str> {
        self.as_str().shown()
    }
}

impl Sayable for Lines {
    fn shown(&self) -> Cow<'_, str> {
        self.shown()
    }
}

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

    /// Whether findings are shown in colours.
    pub(super) fn color(&self) -> bool {
        self.color
    }

    /// A line, or several, for the user, to standard output.
    pub(super) fn say<T: Sayable + ?Sized>(&self, what: &T) {
        scratch::hold();
        // Whoever closed the pipe has seen enough: no reason to fail.
        let _ = io::stdout().lock().write_all(what.shown().as_bytes());
    }

    /// Values in one line, with a tab between them.
    pub(super) fn say_row(&self, values: &[&str]) {
        scratch::hold();
        let values: Vec<Cow<'_, str>> = values.iter().map(|value| harmless(value)).collect();
        let _ = writeln!(io::stdout().lock(), "{}", values.join("\t"));
    }

    /// A result for programs, to standard output: in one line, and as harmless to a terminal as any
    /// other, for somebody may look at it.
    pub(super) fn say_json(&self, value: &serde_json::Value) {
        scratch::hold();
        let _ = writeln!(io::stdout().lock(), "{}", json(&value.to_string()));
    }

    /// A table of [`csv`](super::table::csv), to standard output. Its cells are harmless already; of
    /// what is hidden only the mark at the beginning and the ends of lines pass.
    pub(super) fn put(&self, table: &[u8]) {
        scratch::hold();
        let text = String::from_utf8_lossy(table);
        let (mark, text) = match text.strip_prefix('\u{feff}') {
            Some(text) => ("\u{feff}", text),
            None => ("", &*text),
        };
        let lines = text.split("\r\n").map(|line| harmless(line)).collect::<Vec<_>>();
        let _ = write!(io::stdout().lock(), "{mark}{}", lines.join("\r\n"));
    }

    /// A line, or findings, to standard error.
    pub(super) fn warn<T: Sayable + ?Sized>(&self, what: &T) {
        scratch::hold();
        let _ = io::stderr().lock().write_all(what.shown().as_bytes());
    }

    /// Whether a person sees a question and can answer it; a pipe does neither.
    pub(super) fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// A line that a person types; empty when there is none, or one without end.
    pub(super) fn answer(&self) -> String {
        line_of(io::stdin().lock())
    }

    /// Asks for what must not be seen: typed by a person without being shown, or the first line of
    /// what another program gives.
    ///
    /// # Errors
    /// There is neither a person nor a line.
    pub(super) fn ask_secret(&self, question: &str) -> io::Result<String> {
        if io::stdin().is_terminal() {
            return rpassword::prompt_password(harmless(question));
        }
        let mut line = String::new();
        io::stdin().lock().take(most::PASSWORD).read_line(&mut line)?;
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

/// What is read of an answer.
const ANSWER: u64 = 1024;

fn line_of(input: impl BufRead) -> String {
    let mut line = String::new();
    let read = input.take(ANSWER).read_line(&mut line);
    if read.is_ok() { line } else { String::new() }
}

/// Has a fault of the program told through the door too: its words may hold what was read.
pub(super) fn guard_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let mut lines = Lines::new();
        lines.line("程序出了内部错误，请把下面的话和所用的文件发给开发者：");
        panic.to_string().lines().for_each(|line| lines.line(line));
        let trace = std::backtrace::Backtrace::capture();
        if trace.status() == std::backtrace::BacktraceStatus::Captured {
            trace.to_string().lines().for_each(|line| lines.line(line));
        }
        let _ = io::stderr().lock().write_all(lines.shown().as_bytes());
    }));
}

/// What a program says that is being stopped, to standard error, below what the terminal shows of
/// the key that stopped it.
pub(super) fn last_words(lines: &[&str]) {
    let said: String = lines.iter().map(|line| line.shown()).collect();
    let _ = write!(io::stderr().lock(), "\n{said}");
}

/// <https://no-color.org>: any value that is not empty.
fn wanted() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !set("NO_COLOR") && !dumb
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_without_end_is_not_waited_for() {
        assert_eq!(line_of(&b"yes\nno\n"[..]), "yes\n");
        assert_eq!(line_of(io::BufReader::new(io::repeat(b' '))).len() as u64, ANSWER);
    }

    #[test]
    fn one_text_is_one_line() {
        for (text, shown) in [
            ("", "\n"),
            ("甲", "甲\n"),
            ("甲\n", "甲\n"),
            ("甲\n\n", "甲‹U+000A›\n"),
            ("甲\n甲.pdf：一致\n", "甲‹U+000A›甲.pdf：一致\n"),
            ("\u{1b}[1;31m甲", "‹U+001B›[1;31m甲\n"),
        ] {
            assert_eq!(Sayable::shown(text), shown);
        }
    }
}
