//! Opens the line: finds the server, checks who it is, logs in.

use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::answer::{self, Step};
use super::dialogue::Dialogue;
use super::reply::{Broken, Reply};
use super::stream::Tls;
use crate::mail::settings::{Security, Settings};
use crate::mail::{Fault, Login, Reach, Reason};

/// As which this machine introduces itself: it seldom has a name that the server could look up.
const HELLO: &str = "EHLO [127.0.0.1]";

/// The most addresses of one name that are tried.
const MOST_ADDRESSES: usize = 8;

/// An open line, logged in.
pub(super) struct Line {
    pub(super) dialogue: Dialogue,
    /// Whether the server wants to know sizes beforehand.
    pub(super) sizes: bool,
    /// The largest message that it takes.
    pub(super) most: Option<usize>,
}

/// Opens a line within a time. Whatever breaks here concerns all messages.
///
/// # Errors
/// Why there is no line.
pub(super) fn open(
    settings: &Settings,
    tls: Option<&Tls>,
    login: Option<&Login>,
    time: Duration,
) -> Result<Line, Fault> {
    let opened = try_open(settings, tls, login, time);
    opened.map_err(|fault| match fault.reach {
        Reach::Later | Reach::Message => Fault { reach: Reach::Line, ..fault },
        Reach::Line | Reach::All => fault,
    })
}

fn try_open(
    settings: &Settings,
    tls: Option<&Tls>,
    login: Option<&Login>,
    time: Duration,
) -> Result<Line, Fault> {
    let addresses = addresses(settings)?;
    let dialogue = Dialogue::connect(&addresses, settings.timeout, time, login);
    let mut dialogue =
        dialogue.map_err(|error| answer::broken(&Broken::Io(error), Step::Greeting))?;
    if let (Security::Smtps, Some(tls)) = (settings.security, tls) {
        dialogue = dialogue.secure(tls, Step::Greeting)?;
    }
    let greeting = dialogue.hear(Step::Greeting)?;
    dialogue.done(greeting, Step::Greeting)?;
    let mut hello = dialogue.order(HELLO, Step::Greeting)?;
    if let (Security::Starttls, Some(tls)) = (settings.security, tls) {
        if offered(&hello, "STARTTLS").is_none() {
            return Err(Fault::new(Reason::NoTls));
        }
        dialogue.order("STARTTLS", Step::Tls)?;
        dialogue = dialogue.secure(tls, Step::Tls)?;
        // What was offered in clear, anybody may have written.
        hello = dialogue.order(HELLO, Step::Tls)?;
    }
    // What must never happen, asked of the connection itself.
    if settings.security != Security::Plain && !dialogue.is_encrypted() {
        return Err(Fault::new(Reason::NoTls));
    }
    if let Some(login) = login {
        log_in(&mut dialogue, &hello, login)?;
    }
    let size = offered(&hello, "SIZE");
    // 0 says that there is no limit.
    let most = size.as_ref().and_then(|words| words.first()?.parse().ok()).filter(|most| *most > 0);
    Ok(Line { dialogue, sizes: size.is_some(), most })
}

/// Logs in: PLAIN (RFC 4616) where it is offered, else LOGIN, as older servers want it.
fn log_in(dialogue: &mut Dialogue, hello: &Reply, login: &Login) -> Result<(), Fault> {
    const GO_ON: u16 = 334;
    let offers = offered(hello, "AUTH").unwrap_or_default();
    let offers = |name: &str| offers.iter().any(|offer| offer.eq_ignore_ascii_case(name));
    let (user, password) = (&login.user, login.password.expose());
    let mut reply;
    if offers("PLAIN") {
        let words = STANDARD.encode(format!("\0{user}\0{password}"));
        reply = dialogue.ask(&format!("AUTH PLAIN {words}"), Step::Login)?;
        // Some hear the words only when they have asked for them.
        if reply.code == GO_ON {
            reply = dialogue.ask(&words, Step::Login)?;
        }
    } else if offers("LOGIN") {
        reply = dialogue.ask("AUTH LOGIN", Step::Login)?;
        for words in [user.as_str(), password] {
            if reply.code != GO_ON {
                return Err(dialogue.astray(&reply, Step::Login));
            }
            reply = dialogue.ask(&STANDARD.encode(words), Step::Login)?;
        }
    } else {
        return Err(Fault::new(Reason::NoLogin));
    }
    dialogue.done(reply, Step::Login).map(drop)
}

/// The words behind a keyword of EHLO; `None` when it is not offered. Older servers write
/// `AUTH=LOGIN` beside `AUTH LOGIN`.
fn offered(hello: &Reply, keyword: &str) -> Option<Vec<String>> {
    let mut found = None;
    // The first line is the server's name.
    for line in hello.lines.iter().skip(1) {
        let mut words = line.split([' ', '\t', '=']).filter(|word| !word.is_empty());
        if words.next().is_some_and(|word| word.eq_ignore_ascii_case(keyword)) {
            found.get_or_insert_with(Vec::new).extend(words.map(str::to_owned));
        }
    }
    found
}

/// Where the server is; in clear only on this machine, whatever its name says.
fn addresses(settings: &Settings) -> Result<Vec<SocketAddr>, Fault> {
    let found = (settings.server.as_str(), settings.port).to_socket_addrs();
    let mut found: Vec<SocketAddr> =
        found.map_err(|error| Fault::system(Reason::NameNotFound, &error))?.collect();
    if settings.security == Security::Plain {
        found.retain(|address| address.ip().is_loopback());
        if found.is_empty() {
            return Err(Fault::new(Reason::NotLoopback));
        }
    }
    found.truncate(MOST_ADDRESSES);
    match found.is_empty() {
        true => Err(Fault::new(Reason::NameNotFound)),
        false => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_offers_is_understood() {
        let lines =
            ["mail AUTH PLAIN", "PIPELINING", "AUTH=LOGIN PLAIN", "auth LOGIN", "SIZE 73400320"];
        let hello = Reply { code: 250, lines: lines.map(str::to_owned).to_vec() };
        assert_eq!(offered(&hello, "AUTH").unwrap(), ["LOGIN", "PLAIN", "LOGIN"]);
        assert_eq!(offered(&hello, "SIZE").unwrap(), ["73400320"]);
        assert_eq!(offered(&hello, "STARTTLS"), None);
        assert_eq!(offered(&hello, "PIPELINING").unwrap(), [""; 0]);
    }
}
