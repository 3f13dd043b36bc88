//! Commands and replies over one connection. What a reply means for the message is said here too,
//! before anything of it is kept.

use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::answer::{self, Step};
use super::reply::{self, Broken, Reply};
use super::stream::{Stream, Tls};
use super::watch::Watch;
use crate::mail::{Answer, Fault, Login, Reason};

/// A connection to a server.
pub(super) struct Dialogue {
    stream: BufReader<Stream>,
    watch: Watch,
    /// Whose password no reply may show.
    login: Option<Login>,
}

impl Dialogue {
    /// Connects to the first of these addresses that listens. `silence` is how long the server may
    /// say nothing, `total` how long all may take until [`Self::allow`] says otherwise.
    ///
    /// # Errors
    /// What the system says of the last address.
    pub(super) fn connect(
        addresses: &[SocketAddr],
        silence: Duration,
        total: Duration,
        login: Option<&Login>,
    ) -> io::Result<Dialogue> {
        let mut last = io::ErrorKind::NotFound.into();
        for address in addresses {
            match TcpStream::connect_timeout(address, silence) {
                Ok(tcp) => {
                    // The dot that ends a message is small and must not wait for company.
                    tcp.set_nodelay(true)?;
                    let mut watch = Watch::new(&tcp)?;
                    watch.begin(total)?;
                    let stream = Stream::Plain(tcp);
                    stream.set_silence(silence)?;
                    let login = login.cloned();
                    return Ok(Dialogue { stream: BufReader::new(stream), watch, login });
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Goes on within TLS. Nothing that was said in clear is taken along.
    ///
    /// # Errors
    /// Words in clear behind the answer, which anybody on the line can put there; TLS.
    pub(super) fn secure(self, tls: &Tls, step: Step) -> Result<Dialogue, Fault> {
        let Dialogue { stream, watch, login } = self;
        if !stream.buffer().is_empty() {
            let detail = "STARTTLS以后多出了不加密的答复，可能有人在线路上做手脚";
            return Err(Fault::because(Reason::TlsFailed, detail));
        }
        let Stream::Plain(tcp) = stream.into_inner() else {
            return Err(Fault::new(Reason::TlsFailed));
        };
        match Stream::secure(tcp, tls) {
            Ok(stream) => Ok(Dialogue { stream: BufReader::new(stream), watch, login }),
            Err(_) if watch.is_over() => Err(Fault::new(Reason::TimedOut)),
            Err(error) => Err(answer::broken(&Broken::Io(error), step)),
        }
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.stream.get_ref().is_encrypted()
    }

    /// How long the server may say nothing from now on.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn set_silence(&self, time: Duration) -> io::Result<()> {
        self.stream.get_ref().set_silence(time)
    }

    /// How long all that follows may take.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn allow(&mut self, time: Duration) -> io::Result<()> {
        self.watch.begin(time)
    }

    /// Nothing follows for now.
    pub(super) fn rest(&mut self) {
        self.watch.rest();
    }

    /// Sends a command and reads the reply, which may be 3xx.
    ///
    /// # Errors
    /// A refusal; no reply.
    pub(super) fn ask(&mut self, command: &str, step: Step) -> Result<Reply, Fault> {
        // No word of a stranger may be a command.
        if command.chars().any(char::is_control) {
            return Err(Fault::new(Reason::Unsendable));
        }
        if !self.stream.buffer().is_empty() {
            return Err(answer::broken(&Broken::Unasked, step));
        }
        let sent = self.send(format!("{command}\r\n").as_bytes());
        sent.map_err(|broken| answer::broken(&broken, step))?;
        self.hear(step)
    }

    /// Sends a command that must be done when it is answered.
    ///
    /// # Errors
    /// As [`Self::ask`]; any other reply than 2xx.
    pub(super) fn order(&mut self, command: &str, step: Step) -> Result<Reply, Fault> {
        let reply = self.ask(command, step)?;
        self.done(reply, step)
    }

    /// A reply that must be 2xx.
    ///
    /// # Errors
    /// Any other.
    pub(super) fn done(&self, reply: Reply, step: Step) -> Result<Reply, Fault> {
        match reply.is_done() {
            true => Ok(reply),
            false => Err(self.astray(&reply, step)),
        }
    }

    /// A reply of a kind that does not belong here: the two do not talk of the same thing.
    pub(super) fn astray(&self, reply: &Reply, step: Step) -> Fault {
        Fault::answered(answer::garbled(step), self.answer(reply))
    }

    /// Reads a reply.
    ///
    /// # Errors
    /// A refusal; no reply.
    pub(super) fn hear(&mut self, step: Step) -> Result<Reply, Fault> {
        let reply = self.read().map_err(|broken| answer::broken(&broken, step))?;
        match reply.is_refused() {
            true => {
                // What it means is told by all of it, not by what may be shown.
                let reason = answer::reason(step, reply.code, &reply.text());
                Err(Fault::answered(reason, self.answer(&reply)))
            }
            false => Ok(reply),
        }
    }

    /// Reads a reply, whatever it says.
    ///
    /// # Errors
    /// No reply.
    pub(super) fn read(&mut self) -> Result<Reply, Broken> {
        let read = reply::read(&mut self.stream);
        read.map_err(|broken| if self.watch.is_over() { late() } else { broken })
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn send(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let stream = self.stream.get_mut();
        let sent = stream.write_all(bytes).and_then(|()| stream.flush());
        sent.map_err(|error| if self.watch.is_over() { late() } else { Broken::Io(error) })
    }

    /// A reply to keep: without the password, then cut.
    pub(super) fn answer(&self, reply: &Reply) -> Answer {
        let text = reply.text();
        let text = self.login.as_ref().map_or(text.clone(), |login| login.scrub(&text));
        Answer::new(reply.code, &text)
    }
}

fn late() -> Broken {
    Broken::Io(io::ErrorKind::TimedOut.into())
}
