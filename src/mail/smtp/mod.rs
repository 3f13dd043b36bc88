//! The server, command by command: so that it is known for every message whether its end was sent,
//! and whether that was answered.

mod answer;
mod dialogue;
mod line;
pub mod reply;
mod stream;
mod text;
mod watch;

use std::io;
use std::time::Duration;

use lettre::Address;

use super::{Answer, Fate, Fault, Login, Outgoing, Post, Reason, Security, Settings};
use answer::Step;
use dialogue::Dialogue;
use line::Line;
use reply::Broken;
use stream::Tls;
use text::Stuffing;

/// How much of a message goes to the connection at once.
const PIECE: usize = 64 * 1024;

/// While the server looks at a whole message it may be silent this many times longer.
const PATIENCE: u32 = 10;

/// All that is said besides the message may take this many times the silence that is borne.
const TALK: u32 = 5;

/// The slowest line over which a message is sent, in bytes a second.
const SLOWEST: u64 = 4096;

/// What the first command shows when an open line is one no longer.
const GONE: &[Reason] = &[Reason::Dropped, Reason::TimedOut, Reason::TooManyConnections];

/// The server of an office. The line to it is opened for the first message, used for the others, and
/// opened anew when it broke.
pub struct Smtp {
    settings: Settings,
    login: Option<Login>,
    tls: Option<Tls>,
    line: Option<Line>,
    total: Option<Duration>,
}

impl Smtp {
    /// A server that is not spoken to yet. `ca` (PEM) are the certificates to trust instead of the
    /// system's.
    ///
    /// # Errors
    /// Certificates that cannot be used.
    pub fn new(
        settings: Settings,
        login: Option<Login>,
        ca: Option<&[u8]>,
    ) -> Result<Smtp, String> {
        let tls = match settings.security {
            Security::Plain => None,
            Security::Smtps | Security::Starttls => Some(Tls::new(&settings.server, ca)?),
        };
        Ok(Smtp { settings, login, tls, line: None, total: None })
    }

    /// With another time for opening the line, for a message, for a goodbye than follows from the
    /// settings: each takes this long at most.
    #[must_use]
    pub fn within(self, total: Duration) -> Smtp {
        Smtp { total: Some(total), ..self }
    }

    /// How long a message of this length may take, with all that is said about it.
    fn time(&self, length: usize) -> Duration {
        let sending = Duration::from_secs(length as u64 / SLOWEST);
        self.total.unwrap_or(self.settings.timeout * (TALK + PATIENCE) + sending)
    }

    /// Opens the line and logs in, unless it is open.
    fn connect(&mut self) -> Result<&mut Line, Fault> {
        let line = match self.line.take() {
            Some(line) => line,
            None => {
                let time = self.total.unwrap_or(self.settings.timeout * TALK);
                line::open(&self.settings, self.tls.as_ref(), self.login.as_ref(), time)?
            }
        };
        Ok(self.line.insert(line))
    }

    /// Says who sends, on an open line. One that was open before may be gone without anybody's
    /// fault, or take no more messages: a new one will do then.
    fn begin(&mut self, from: &Address, length: usize) -> Result<&mut Line, Fault> {
        if self.line.is_some() {
            match self.mail(from, length) {
                Err(fault) if GONE.contains(&fault.reason) => self.line = None,
                Err(fault) => return Err(fault),
                Ok(()) => return self.connect(),
            }
        }
        self.mail(from, length)?;
        self.connect()
    }

    fn mail(&mut self, from: &Address, length: usize) -> Result<(), Fault> {
        let time = self.time(length);
        let line = self.connect()?;
        if let Some(most) = line.most.filter(|most| length > *most) {
            let detail = format!("邮件{length}字节，服务器最多收{most}字节");
            return Err(Fault::because(Reason::TooLarge, detail));
        }
        let timed = line.dialogue.allow(time);
        timed.map_err(|error| Fault::system(Reason::Dropped, &error))?;
        let size = if line.sizes { format!(" SIZE={length}") } else { String::new() };
        line.dialogue.order(&format!("MAIL FROM:<{from}>{size}"), Step::Sender).map(drop)
    }

    fn attempt(
        &mut self,
        message: &Outgoing,
        before_end: &mut dyn FnMut() -> io::Result<()>,
    ) -> Result<Answer, Fault> {
        let addresses = (message.from.parse::<Address>(), message.recipient.address.parse());
        let (Ok(from), Ok(to)) = addresses else { return Err(Fault::new(Reason::Unsendable)) };
        let to: Address = to;
        // Neither 8BITMIME nor SMTPUTF8 is needed for what is ASCII, so every server will do.
        let ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let bytes = &message.bytes;
        if !ascii(&from) || !ascii(&to) || !bytes.is_ascii() || !text::is_sendable(bytes) {
            return Err(Fault::new(Reason::Unsendable));
        }
        let timeout = self.settings.timeout;
        let dialogue = &mut self.begin(&from, bytes.len())?.dialogue;
        dialogue.order(&format!("RCPT TO:<{to}>"), Step::Recipient)?;
        let go = dialogue.ask("DATA", Step::Data)?;
        if go.code != 354 {
            return Err(dialogue.astray(&go, Step::Data));
        }
        let slow = dialogue.set_silence(timeout * PATIENCE);
        let result = transfer(dialogue, bytes, before_end);
        let _ = slow.and_then(|()| dialogue.set_silence(timeout));
        result
    }

    /// Whether the line can be used for the next message: after an answer it can, after silence or
    /// out of step it cannot.
    fn usable(&mut self, fault: &Fault) -> bool {
        const ASTRAY: &[Reason] = &[Reason::NotSmtp, Reason::NoAnswer, Reason::Garbled];
        let answered = fault.answer.as_ref().is_some_and(|answer| answer.code != 421);
        match &mut self.line {
            Some(line) if answered && !ASTRAY.contains(&fault.reason) => {
                line.dialogue.order("RSET", Step::Sender).is_ok()
            }
            Some(_) => matches!(fault.reason, Reason::TooLarge | Reason::Unsendable),
            None => false,
        }
    }
}

impl Post for Smtp {
    fn deliver(
        &mut self,
        message: &Outgoing,
        before_end: &mut dyn FnMut() -> io::Result<()>,
    ) -> Result<Answer, Fault> {
        let result = self.attempt(message, before_end).map_err(|fault| {
            if !self.usable(&fault) {
                self.line = None;
            }
            let scrub = |text| self.login.as_ref().map(|login| login.scrub(text));
            let detail = fault.detail.as_deref().map(|text| scrub(text).unwrap_or(text.to_owned()));
            Fault { detail, ..fault }
        });
        // Nobody waits while the journal is written or a rate is kept.
        if let Some(line) = &mut self.line {
            line.dialogue.rest();
        }
        result
    }

    fn close(&mut self) {
        if let Some(mut line) = self.line.take() {
            let time = self.total.unwrap_or(self.settings.timeout);
            // Said for politeness: whether it is heard changes nothing.
            if line.dialogue.allow(time).is_ok() {
                let _ = line.dialogue.ask("QUIT", Step::Sender);
            }
        }
    }
}

/// Sends the text of a message: all of it, then `before_end`, then the dot that makes the server
/// take it. Without the dot a server must throw away what it got (RFC 5321, 4.1.1.4), so until
/// `before_end` has returned, the message is certainly not sent, even if this process is killed.
fn transfer(
    dialogue: &mut Dialogue,
    message: &[u8],
    before_end: &mut dyn FnMut() -> io::Result<()>,
) -> Result<Answer, Fault> {
    let mut stuffing = Stuffing::new();
    // The end brings a line end of its own.
    for piece in message.strip_suffix(b"\r\n").unwrap_or(message).chunks(PIECE) {
        let sent = dialogue.send(&stuffing.piece(piece));
        sent.map_err(|broken| answer::broken(&broken, Step::End))?;
    }
    before_end().map_err(|error| Fault::system(Reason::Journal, &error))?;
    // From here on the server may have it.
    let reply = dialogue.send(text::END).and_then(|()| dialogue.read());
    let reply = reply.map_err(|broken| unanswered(&broken))?;
    let answer = dialogue.answer(&reply);
    if reply.is_done() {
        return Ok(answer);
    }
    if reply.is_refused() {
        let reason = answer::reason(Step::End, reply.code, &reply.text());
        return Err(Fault::answered(reason, answer));
    }
    Err(Fault { fate: Fate::Unknown, ..Fault::answered(Reason::NoAnswer, answer) })
}

/// The end was sent, and nothing that can be understood came back.
fn unanswered(broken: &Broken) -> Fault {
    let why = answer::broken(broken, Step::End);
    let detail = why.detail.unwrap_or_else(|| why.reason.title().to_owned());
    Fault { fate: Fate::Unknown, ..Fault::because(Reason::NoAnswer, detail) }
}
