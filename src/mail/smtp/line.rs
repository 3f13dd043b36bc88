//! Opens the line: finds the server, checks who it is, logs in.

use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    Certificate, CertificateStore, SmtpConnection, TlsParameters,
};
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Response;

use super::answer::{self, Step};
use crate::mail::settings::{Security, Settings};
use crate::mail::{Fault, Login, Reach, Reason};

/// An open line, logged in.
pub(super) struct Line {
    pub(super) connection: SmtpConnection,
    /// Whether the server wants to know sizes beforehand.
    pub(super) sizes: bool,
    /// The largest message that it takes.
    pub(super) most: Option<usize>,
}

/// Whom to believe. With certificates of the office's own no other is believed: its server has one of
/// these.
pub(super) fn tls(server: &str, ca: Option<&[u8]>) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(server.to_owned());
    if let Some(pem) = ca {
        if !String::from_utf8_lossy(pem).contains("-----BEGIN CERTIFICATE-----") {
            return Err("里面没有证书（要PEM格式，有“-----BEGIN CERTIFICATE-----”一行）".to_owned());
        }
        let certificate = Certificate::from_pem(pem).map_err(|error| error.to_string())?;
        builder =
            builder.certificate_store(CertificateStore::None).add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|error| error.to_string())
}

/// Opens a line. Whatever breaks here concerns all messages.
pub(super) fn open(
    settings: &Settings,
    tls: Option<&TlsParameters>,
    login: Option<&Login>,
) -> Result<Line, Fault> {
    let opened = try_open(settings, tls, login);
    opened.map_err(|fault| match fault.reach {
        Reach::Later | Reach::Message => Fault { reach: Reach::Line, ..fault },
        Reach::Line | Reach::All => fault,
    })
}

fn try_open(
    settings: &Settings,
    tls: Option<&TlsParameters>,
    login: Option<&Login>,
) -> Result<Line, Fault> {
    let addresses = addresses(settings)?;
    let hello = ClientId::default();
    let at_once = tls.filter(|_| settings.security == Security::Smtps);
    let timeout = Some(settings.timeout);
    let mut connection = SmtpConnection::connect(&addresses[..], timeout, &hello, at_once, None)
        .map_err(|error| answer::fault(&error, Step::Greeting))?;
    if let (Security::Starttls, Some(tls)) = (settings.security, tls) {
        if !connection.can_starttls() {
            return Err(Fault::new(Reason::NoTls));
        }
        connection.starttls(tls, &hello).map_err(|error| answer::fault(&error, Step::Tls))?;
        nothing_left(&mut connection, settings)?;
    }
    // What must never happen, asked of the connection itself.
    if settings.security != Security::Plain && !connection.is_encrypted() {
        return Err(Fault::new(Reason::NoTls));
    }
    if let Some(login) = login {
        let credentials = Credentials::new(login.user.clone(), login.password.expose().to_owned());
        connection
            .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
            .map_err(|error| answer::fault(&error, Step::Login))?;
    }
    // Greeted once more: lettre keeps nothing of what the server says about sizes.
    let hello = connection.command(Ehlo::new(hello));
    let (sizes, most) = size(&hello.map_err(|error| answer::fault(&error, Step::Greeting))?);
    Ok(Line { connection, sizes, most })
}

/// Whoever sits on the line can put answers behind that to STARTTLS, in clear; lettre keeps them and
/// would take them for the server's, up to that to the message itself. After the answer to the second
/// EHLO nothing can be there; if only that answer was put in, the one to DATA will be another than
/// 354, and the message is not sent either.
fn nothing_left(connection: &mut SmtpConnection, settings: &Settings) -> Result<(), Fault> {
    const MOMENT: Duration = Duration::from_millis(10);
    let timed = connection.set_timeout(Some(MOMENT));
    let left = connection.read_response();
    let timed = timed.and_then(|()| connection.set_timeout(Some(settings.timeout)));
    timed.map_err(|error| Fault::system(Reason::Dropped, &error))?;
    let refused = left.as_ref().is_err_and(|error| error.status().is_some());
    if left.is_ok() || refused {
        let detail = "STARTTLS以后多出了不加密的答复，可能有人在线路上做手脚";
        return Err(Fault::because(Reason::TlsFailed, detail));
    }
    Ok(())
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
    match found.is_empty() {
        true => Err(Fault::new(Reason::NameNotFound)),
        false => Ok(found),
    }
}

/// Whether sizes are wanted, and the largest; 0 says that there is no limit.
fn size(hello: &Response) -> (bool, Option<usize>) {
    let said = hello.message().find_map(|line| {
        let mut words = line.split_ascii_whitespace();
        words.next().filter(|word| word.eq_ignore_ascii_case("SIZE"))?;
        Some(words.next().and_then(|most| most.parse().ok()))
    });
    (said.is_some(), said.flatten().filter(|most| *most > 0))
}
