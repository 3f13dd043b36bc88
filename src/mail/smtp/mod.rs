//! The server, over lettre's connection, command by command: so that it is known for every message
//! whether its end was sent, and whether that was answered.

mod answer;
mod line;

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use lettre::Address;
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::MailParameter;

use super::{Answer, Fate, Fault, Login, Outgoing, Post, Reason, Security, Settings};
use answer::Step;
use line::Line;

/// How much of a message goes to the connection at once.
const PIECE: usize = 64 * 1024;

/// While the server looks at a whole message it may be silent this many times longer.
const PATIENCE: u32 = 10;

/// What the first command shows when an open line is one no longer.
const GONE: &[Reason] = &[Reason::Dropped, Reason::TimedOut, Reason::TooManyConnections];

/// The server of an office. The line to it is opened for the first message, used for the others, and
/// opened anew when it broke.
pub struct Smtp {
    settings: Settings,
    login: Option<Login>,
    tls: Option<TlsParameters>,
    line: Option<Line>,
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
            Security::Smtps | Security::Starttls => Some(line::tls(&settings.server, ca)?),
        };
        Ok(Smtp { settings, login, tls, line: None })
    }

    /// Opens the line and logs in, unless it is open.
    fn connect(&mut self) -> Result<&mut Line, Fault> {
        let line = match self.line.take() {
            Some(line) => line,
            None => line::open(&self.settings, self.tls.as_ref(), self.login.as_ref())?,
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
        let line = self.connect()?;
        if let Some(most) = line.most.filter(|most| length > *most) {
            let detail = format!("邮件{length}字节，服务器最多收{most}字节");
            return Err(Fault::because(Reason::TooLarge, detail));
        }
        let size = line.sizes.then_some(MailParameter::Size(length));
        let command = Mail::new(Some(from.clone()), size.into_iter().collect());
        let said = line.connection.command(command);
        said.map(drop).map_err(|error| answer::fault(&error, Step::Sender))
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
        if !ascii(&from) || !ascii(&to) || !message.bytes.is_ascii() {
            return Err(Fault::new(Reason::Unsendable));
        }
        let timeout = self.settings.timeout;
        let connection = &mut self.begin(&from, message.bytes.len())?.connection;
        let said = |error, step| answer::fault(&error, step);
        connection.command(Rcpt::new(to, Vec::new())).map_err(|e| said(e, Step::Recipient))?;
        let go = connection.command(Data).map_err(|error| said(error, Step::Data))?;
        if !go.has_code(354) {
            return Err(Fault::answered(Reason::NotSmtp, answer::answer(&go)));
        }
        let slow = connection.set_timeout(Some(timeout * PATIENCE));
        let result = transfer(connection, &message.bytes, before_end);
        let _ = slow.and_then(|()| connection.set_timeout(Some(timeout)));
        result
    }
}

impl Post for Smtp {
    fn deliver(
        &mut self,
        message: &Outgoing,
        before_end: &mut dyn FnMut() -> io::Result<()>,
    ) -> Result<Answer, Fault> {
        let mut fault = match self.attempt(message, before_end) {
            Ok(answer) => return Ok(answer),
            Err(fault) => fault,
        };
        if let (Some(login), Some(answer)) = (&self.login, &mut fault.answer) {
            answer.text = login.scrub(&answer.text);
        }
        // After an answer the line can go on; after silence, or out of step, it cannot.
        let answered = fault.answer.as_ref().is_some_and(|answer| answer.code != 421)
            && !matches!(fault.reason, Reason::NotSmtp | Reason::NoAnswer);
        let usable = match &mut self.line {
            Some(line) if answered => line.connection.command(Rset).is_ok(),
            Some(_) => matches!(fault.reason, Reason::TooLarge | Reason::Unsendable),
            None => false,
        };
        if !usable {
            self.line = None;
        }
        Err(fault)
    }

    fn close(&mut self) {
        if let Some(mut line) = self.line.take() {
            // Said for politeness: whether it is heard changes nothing.
            let _ = line.connection.command(Quit);
        }
    }
}

/// What ended a message before its end.
struct Unwritten(io::Error);

/// Sends the text of a message: all of it, then `before_end`, then the dot that makes the server
/// take it. Without the dot a server must throw away what it got (RFC 5321, 4.1.1.4), so until
/// `before_end` has returned, the message is certainly not sent, even if this process is killed.
fn transfer(
    connection: &mut SmtpConnection,
    message: &[u8],
    before_end: &mut dyn FnMut() -> io::Result<()>,
) -> Result<Answer, Fault> {
    // The connection puts a line end before the dot.
    let mut pieces = message.strip_suffix(b"\r\n").unwrap_or(message).chunks(PIECE);
    let ended = Cell::new(false);
    let pieces = std::iter::from_fn(|| {
        let piece = pieces.next();
        if piece.is_none() {
            match before_end() {
                Ok(()) => ended.set(true),
                // lettre sends the dot after the last piece whatever happens. Unwinding is the only
                // way past it; where that is not possible (panic = "abort") the process ends, which
                // is as good: the line breaks without the dot.
                Err(error) => resume_unwind(Box::new(Unwritten(error))),
            }
        }
        piece
    });
    let result = catch_unwind(AssertUnwindSafe(|| connection.message_iter(pieces)));
    match result {
        Ok(Ok(response)) if (200..300).contains(&u16::from(response.code())) => {
            Ok(answer::answer(&response))
        }
        Ok(Ok(response)) => Err(Fault {
            fate: Fate::Unknown,
            ..Fault::answered(Reason::NoAnswer, answer::answer(&response))
        }),
        Ok(Err(error)) => {
            let fault = answer::fault(&error, Step::End);
            match fault.answer.is_none() && ended.get() {
                true => Err(Fault {
                    reason: Reason::NoAnswer,
                    reach: Reason::NoAnswer.reach(),
                    fate: Fate::Unknown,
                    detail: Some(fault.reason.title().to_owned()),
                    ..fault
                }),
                false => Err(fault),
            }
        }
        Err(payload) => match payload.downcast::<Unwritten>() {
            Ok(unwritten) => Err(Fault::system(Reason::Journal, &unwritten.0)),
            Err(payload) => resume_unwind(payload),
        },
    }
}
