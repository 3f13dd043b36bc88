//! Header values: ASCII, folded, nothing in them that could begin another header.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::message::header::{HeaderName, HeaderValue};

use crate::mail::address::Address;

/// Most characters of an encoded word (RFC 2047 §2), and of a line that has one.
const MAX_WORD: usize = 75;
const MAX_LINE: usize = 76;

const PREFIX: &str = "=?UTF-8?B?";
const SUFFIX: &str = "?=";

/// A header whose value is encoded already.
pub(super) fn raw(name: &'static str, value: String) -> HeaderValue {
    debug_assert!(value.is_ascii());
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)
}

/// Free text: as it is when it is short and plain ASCII, else in encoded words from beginning to
/// end, so that no space between them can be lost or gained.
pub(super) fn words(header: &str, text: &str) -> String {
    let text = one_line(text);
    let used = header.len() + ": ".len();
    let plain = text.chars().all(|c| c == ' ' || c.is_ascii_graphic()) && !text.contains("=?");
    if plain && used + text.len() <= MAX_LINE {
        return text;
    }
    encoded(&text, used)
}

/// `=?UTF-8?B?…?= <a@example.cn>`.
pub(super) fn mailbox(header: &str, name: Option<&str>, address: &Address) -> String {
    named(header, name, address.as_str()).unwrap_or_else(|| address.to_string())
}

/// A name, then what it names in angle brackets, on a line of its own where it would be too long.
pub(super) fn named(header: &str, name: Option<&str>, inside: &str) -> Option<String> {
    let name = Some(one_line(name?)).filter(|name| !name.is_empty())?;
    let used = header.len() + ": ".len();
    let safe = |c: char| c == ' ' || c.is_ascii_alphanumeric() || "-_".contains(c);
    let plain = name.chars().all(safe) && used + name.len() + 2 <= MAX_LINE;
    let name = if plain { format!("\"{name}\"") } else { encoded(&name, used) };
    let last = name.rsplit("\r\n").next().map_or(0, str::len);
    let first = if name.contains("\r\n") { 0 } else { used };
    let fold = if first + last + inside.len() + 3 > MAX_LINE { "\r\n " } else { " " };
    Some(format!("{name}{fold}<{inside}>"))
}

/// Encoded words of whole characters, a line each after the first; `used` columns of the first line
/// are taken.
pub(super) fn encoded(text: &str, used: usize) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let mut room = room(MAX_LINE.saturating_sub(used).min(MAX_WORD));
    for c in text.chars() {
        if word.len() + c.len_utf8() > room {
            finish(&mut out, &mut word);
            // A line that goes on begins with a space.
            room = self::room(MAX_WORD);
        }
        word.push(c);
    }
    finish(&mut out, &mut word);
    out
}

/// The bytes that an encoded word of this length can hold; one character always.
fn room(columns: usize) -> usize {
    (columns.saturating_sub(PREFIX.len() + SUFFIX.len()) / 4 * 3).max(4)
}

fn finish(out: &mut String, word: &mut String) {
    if word.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push_str("\r\n ");
    }
    out.push_str(PREFIX);
    out.push_str(&STANDARD.encode(&*word));
    out.push_str(SUFFIX);
    word.clear();
}

/// Line breaks and control characters have no place in a header, not even encoded.
fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}
