//! Parts of a message: texts and attached files, base64 throughout.

use std::error::Error;

use lettre::message::header::{ContentTransferEncoding, Header, HeaderName, HeaderValue};
use lettre::message::{Body, SinglePart};

use super::header;
use crate::mail::recipients::Format;

/// A text, its lines ended by CRLF.
pub(super) fn text(kind: &str, text: &str) -> SinglePart {
    part(Type(format!("text/{kind}; charset=utf-8")), None, text.as_bytes())
}

/// An attached file. Its name stands twice, for each program reads one of the two: RFC 2231 in the
/// disposition (Thunderbird, Apple Mail, new Outlook), RFC 2047 in the type (QQ Mail, Foxmail, old
/// Outlook).
pub(super) fn attached(name: &str, format: Format, bytes: &[u8]) -> SinglePart {
    let kind = match format {
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Format::Pdf => "application/pdf",
    };
    let kind = Type(format!("{kind};\r\n name=\"{}\"", header::encoded(name, " name=\"\"".len())));
    let disposition = format!("attachment;\r\n filename*=UTF-8''{}", percent(name));
    part(kind, Some(Disposition(disposition)), bytes)
}

fn part(kind: Type, disposition: Option<Disposition>, bytes: &[u8]) -> SinglePart {
    let mut builder = SinglePart::builder().header(kind);
    if let Some(disposition) = disposition {
        builder = builder.header(disposition);
    }
    let bytes = bytes.to_vec();
    match Body::new_with_encoding(bytes, ContentTransferEncoding::Base64) {
        Ok(body) => builder.body(body),
        // Base64 takes any bytes.
        Err(bytes) => builder.body(bytes),
    }
}

/// RFC 2231 §4, in one piece: not every program puts pieces together.
fn percent(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A Content-Type whose parameters are written already.
#[derive(Clone)]
struct Type(String);

/// A Content-Disposition whose parameters are written already.
#[derive(Clone)]
struct Disposition(String);

macro_rules! written {
    ($type:ident, $name:literal) => {
        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
                Ok($type(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                header::raw($name, self.0.clone())
            }
        }
    };
}

written!(Type, "Content-Type");
written!(Disposition, "Content-Disposition");
