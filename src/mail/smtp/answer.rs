//! What went wrong, from the server's answer or the system's error.

use std::error::Error as _;
use std::io::{self, ErrorKind};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Response;
use rustls::CertificateError;

use crate::mail::{Answer, Fault, Reason};

/// The longest text of an answer that is kept.
const LONGEST: usize = 400;

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Connecting, up to the first answer to EHLO.
    Greeting,
    /// STARTTLS and all that follows up to the second EHLO.
    Tls,
    /// AUTH.
    Login,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The message and the dot.
    End,
}

/// An answer to keep.
pub(super) fn answer(response: &Response) -> Answer {
    let lines: Vec<&str> = response.message().collect();
    Answer { code: response.code().into(), text: tidy(&lines.join(" ")) }
}

/// In one line, without what a terminal would obey, not endless.
fn tidy(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().chars().take(LONGEST).collect()
}

/// What an error means.
pub(super) fn fault(error: &Error, step: Step) -> Fault {
    if let Some(code) = error.status() {
        let text = error.source().map(ToString::to_string).unwrap_or_default();
        let answer = Answer { code: code.into(), text: tidy(&text) };
        return Fault::answered(reason(step, &answer), answer);
    }
    if error.is_client() {
        let reason = if step == Step::Login { Reason::NoLogin } else { Reason::Unsendable };
        return Fault::because(reason, error);
    }
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(error) = inner.downcast_ref::<io::Error>() {
            return system(error, step);
        }
        if let Some(error) = inner.downcast_ref::<rustls::Error>() {
            return tls(error);
        }
        source = inner.source();
    }
    // lettre's word for the end of the line where an answer should be.
    let ended = error.source().is_some_and(|source| source.to_string() == "incomplete response");
    match (ended, step) {
        (true, _) => Fault::new(Reason::Dropped),
        (false, Step::Tls) => Fault::because(Reason::TlsFailed, error),
        (false, _) => Fault::because(Reason::NotSmtp, error),
    }
}

fn system(error: &io::Error, step: Step) -> Fault {
    if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return tls(error);
    }
    let reason = match error.kind() {
        // A read that waited too long, on Unix and on Windows.
        ErrorKind::WouldBlock | ErrorKind::TimedOut => Reason::TimedOut,
        ErrorKind::ConnectionRefused => Reason::ConnectionRefused,
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
            Reason::Unreachable
        }
        ErrorKind::InvalidData => Reason::NotSmtp,
        ErrorKind::UnexpectedEof if step == Step::Tls => Reason::TlsFailed,
        _ => Reason::Dropped,
    };
    match reason {
        Reason::ConnectionRefused | Reason::TimedOut => Fault::new(reason),
        _ => Fault::system(reason, error),
    }
}

fn tls(error: &rustls::Error) -> Fault {
    let rustls::Error::InvalidCertificate(bad) = error else {
        return Fault::because(Reason::TlsFailed, error);
    };
    let reason = match bad {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            Reason::CertificateExpired
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Reason::CertificateNotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Reason::CertificateWrongName
        }
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            Reason::CertificateUntrusted
        }
        // A certificate that signed itself: an authority's, used by a server.
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            Reason::CertificateUntrusted
        }
        _ => Reason::CertificateBad,
    };
    Fault::because(reason, error)
}

/// What a refusal means: by its code, its enhanced code (RFC 3463) where there is one, and a few
/// words that servers agree on.
fn reason(step: Step, answer: &Answer) -> Reason {
    let text = answer.text.to_ascii_lowercase();
    let enhanced = text.split_ascii_whitespace().next().unwrap_or_default();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match (step, answer.code) {
        // About one message; whether others can be sent, a new line will show.
        (Step::Recipient | Step::Data | Step::End, 421) => Reason::Busy,
        (_, 421) => Reason::TooManyConnections,
        (Step::Greeting, 400..=499) => Reason::TooManyConnections,
        (Step::Greeting, _) => Reason::Shut,
        (Step::Tls, _) => Reason::TlsFailed,
        (Step::Login, 400..=499) => Reason::LoginLater,
        (Step::Login, 502..=504) => Reason::NoLogin,
        (Step::Login, _) => Reason::WrongPassword,
        (Step::Sender | Step::Recipient, 530) => Reason::LoginRequired,
        (Step::Sender | Step::Recipient, 500..=599)
            if says(&[
                "authentication required",
                "authentication is required",
                "auth first",
                "need auth",
                "login first",
            ]) =>
        {
            Reason::LoginRequired
        }
        (_, 450 | 451) => Reason::Greylisted,
        (_, 452) => Reason::NoRoom,
        (_, 400..=499) if enhanced == "4.2.2" => Reason::NoRoom,
        (_, 400..=499) => Reason::Busy,
        (_, _) if enhanced == "5.2.2" => Reason::MailboxFull,
        (_, 552) if step != Step::Recipient || says(&["size", "large"]) => Reason::TooLarge,
        (_, _) if enhanced == "5.3.4" || enhanced == "5.2.3" => Reason::TooLarge,
        (Step::Sender, _) => Reason::SenderRefused,
        (Step::Recipient, 552) => Reason::MailboxFull,
        (Step::Recipient, _) if enhanced.starts_with("5.1.") => Reason::NoSuchUser,
        (Step::Recipient, _) if enhanced.starts_with("5.7.") || says(&["relay"]) => {
            Reason::RecipientRefused
        }
        (Step::Recipient, 550 | 551 | 553) => Reason::NoSuchUser,
        (Step::Recipient, _) => Reason::RecipientRefused,
        (_, 550 | 554) => Reason::ContentRefused,
        _ => Reason::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_real_servers_are_understood() {
        use Step::*;
        for (step, code, text, expected) in [
            (Greeting, 421, "4.7.0 Too many connections", Reason::TooManyConnections),
            (Greeting, 554, "5.7.1 No SMTP service here", Reason::Shut),
            (
                Login,
                535,
                "5.7.8 Error: authentication failed: authentication failure",
                Reason::WrongPassword,
            ),
            (
                Login,
                535,
                "Login Fail. Please enter your authorization code to login",
                Reason::WrongPassword,
            ),
            (Login, 550, "User has no permission", Reason::WrongPassword),
            (Login, 454, "4.7.0 Temporary authentication failure", Reason::LoginLater),
            (Sender, 530, "5.7.0 Must issue a STARTTLS command first", Reason::LoginRequired),
            (Sender, 553, "authentication is required,163 smtp", Reason::LoginRequired),
            (Sender, 553, "Mail from must equal authorized user", Reason::SenderRefused),
            (Sender, 552, "5.3.4 Message size exceeds fixed limit", Reason::TooLarge),
            (Sender, 451, "4.3.0 Try again", Reason::Greylisted),
            (Recipient, 450, "4.2.0 Greylisted, see http://postgrey", Reason::Greylisted),
            (Recipient, 452, "4.2.2 Mailbox full", Reason::NoRoom),
            (Recipient, 552, "5.2.2 Over quota", Reason::MailboxFull),
            (Recipient, 552, "Mailbox quota exceeded", Reason::MailboxFull),
            (
                Recipient,
                550,
                "5.1.1 <a@b>: Recipient address rejected: User unknown",
                Reason::NoSuchUser,
            ),
            (Recipient, 550, "Invalid User", Reason::NoSuchUser),
            (Recipient, 554, "5.7.1 <a@b>: Relay access denied", Reason::RecipientRefused),
            (End, 552, "5.3.4 Message too big", Reason::TooLarge),
            (End, 554, "DT:SPM 163 smtp", Reason::ContentRefused),
            (End, 451, "4.7.1 Greylisting in action", Reason::Greylisted),
            (End, 421, "4.3.2 shutting down", Reason::Busy),
            (Data, 503, "5.5.1 bad sequence", Reason::Refused),
        ] {
            let answer = Answer { code, text: text.into() };
            assert_eq!(reason(step, &answer), expected, "{step:?} {answer}");
        }
    }

    #[test]
    fn an_answer_is_one_harmless_line() {
        assert_eq!(tidy(" a\u{1b}[2J\r\nb "), "a [2J  b");
        assert_eq!(tidy(&"长".repeat(1000)).chars().count(), LONGEST);
    }
}
