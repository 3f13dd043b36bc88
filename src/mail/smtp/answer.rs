//! What went wrong, from the server's reply or the system's error.

use std::io::{self, ErrorKind};

use rustls::CertificateError;

use super::reply::Broken;
use crate::mail::{Fault, Reach, Reason};

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Connecting, up to the answer to EHLO.
    Greeting,
    /// STARTTLS and all that follows up to the answer to the second EHLO.
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

/// What it means that there is no reply. When a message is already under way, silence is about this
/// message, and the others must not wait for it: a server may look for its recipient for long.
pub(super) fn broken(broken: &Broken, step: Step) -> Fault {
    let fault = match (broken, broken.why()) {
        (Broken::Io(error), _) => system(error, step),
        // Said before it was asked on a line that was open already: 421 before it is closed.
        (Broken::Unasked, Some(why)) if step == Step::Sender => {
            Fault::because(Reason::Dropped, why)
        }
        (_, Some(why)) => Fault::because(garbled(step), why),
        (_, None) => Fault::new(Reason::Dropped),
    };
    let of_message = matches!(step, Step::Recipient | Step::Data | Step::End);
    let reach = if of_message && fault.reach == Reach::Line { Reach::Later } else { fault.reach };
    Fault { reach, ..fault }
}

/// What it means that a reply cannot be understood. Up to the login it is no server of mail; later
/// it is, and something is wrong with this message or this line.
pub(super) fn garbled(step: Step) -> Reason {
    match step {
        Step::Greeting | Step::Login => Reason::NotSmtp,
        Step::Tls => Reason::TlsFailed,
        Step::Sender | Step::Recipient | Step::Data | Step::End => Reason::Garbled,
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
pub(super) fn reason(step: Step, code: u16, text: &str) -> Reason {
    let text = text.to_ascii_lowercase();
    let enhanced = text.split_ascii_whitespace().next().unwrap_or_default();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match (step, code) {
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
            assert_eq!(reason(step, code, text), expected, "{step:?} {code} {text}");
        }
    }
}
