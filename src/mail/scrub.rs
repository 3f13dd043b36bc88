//! Takes a password out of a text, in whatever form it stands there: as it is, in another case,
//! quoted, escaped, in percent, hex or base64, backwards, with blanks between its letters, alone or
//! within something longer, whole or cut.
//!
//! The text is looked at in several views (as it is, with escapes undone, its hex digits alone); in
//! each, every run of a few bytes that is also in the password is taken out. That covers any piece
//! of it, so nothing depends on where a server or a library cut what it repeats.

use std::collections::HashSet;
use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use encoding_rs::GB18030;

mod view;

use view::View;

/// What is put in its place.
const MASK: &str = "***";

/// The least bytes of a password, and of its base64, that are taken out; a shorter one as a whole.
const PIECE: usize = 4;
const PIECE_OF_BASE64: usize = 6;

/// A text without a password. `user` is who logs in with it.
pub(super) fn scrub(text: &str, user: &str, password: &str) -> String {
    if password.is_empty() || text.is_empty() {
        return text.to_owned();
    }
    let mut hidden = vec![false; text.len()];
    let plain = View::plain(text);
    let once = plain.unescaped();
    let twice = once.unescaped();
    let (written, encoded) = (written(password), encoded(user, password));
    let close = plain.close();
    for form in &written {
        close.each(&View::closed(form), PIECE, |place| hidden[place].fill(true));
    }
    for view in [&plain, &once, &twice] {
        for form in &written {
            view.each(form, PIECE, |place| hidden[place].fill(true));
        }
        for form in &encoded {
            // The rest of what is encoded with it says something too.
            view.each(form, PIECE_OF_BASE64, |place| hidden[run(text, place)].fill(true));
        }
    }
    let hex: String = password.bytes().map(|byte| format!("{byte:02x}")).collect();
    let digits = plain.digits();
    digits.each(hex.as_bytes(), 2 * PIECE, |place| hidden[place].fill(true));
    masked(text, &hidden)
}

/// The password as a text, as [`View::plain`] folds it; and as whoever takes its bytes for another
/// encoding sees it.
fn written(password: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![password.to_owned()];
    if !password.is_ascii() {
        forms.push(GB18030.decode_without_bom_handling(password.as_bytes()).0.into_owned());
        forms.push(password.bytes().map(char::from).collect());
    }
    let backwards: Vec<String> = forms.iter().map(|form| form.chars().rev().collect()).collect();
    forms.extend(backwards);
    forms.iter().map(|form| View::plain(form).bytes).collect()
}

/// The password in base64: as it is, as it goes on the line with the user's name, and as it looks
/// within anything else, for which it matters how many bytes stand before it.
fn encoded(user: &str, password: &str) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for engine in [STANDARD, URL_SAFE] {
        forms.push(engine.encode(password));
        forms.push(engine.encode(format!("\0{user}\0{password}")));
        forms.push(engine.encode(format!("{user}\0{user}\0{password}")));
        for (lead, skip) in [(0, 0), (1, 2), (2, 3)] {
            let bytes = [&[0; 2][..lead], password.as_bytes()].concat();
            let form = engine.encode(&bytes);
            // The last letter depends on what follows.
            let whole = bytes.len() / 3 * 4 + [0, 1, 2][bytes.len() % 3];
            forms.extend(form.get(skip..whole).filter(|form| form.len() > 3).map(str::to_owned));
        }
    }
    forms.iter().map(|form| form.to_ascii_lowercase().into_bytes()).collect()
}

/// A place and the letters of base64 around it.
fn run(text: &str, place: Range<usize>) -> Range<usize> {
    let letter = |c: char| c.is_ascii_alphanumeric() || "+/-_%".contains(c);
    let before = text[..place.start].trim_end_matches(letter).len();
    let after = text[place.end..].trim_start_matches(|c| letter(c) || c == '=').len();
    before..text.len() - after
}

fn masked(text: &str, hidden: &[bool]) -> String {
    let (mut out, mut within) = (String::new(), false);
    for (at, c) in text.char_indices() {
        match (hidden[at], within) {
            (true, false) => out.push_str(MASK),
            (true, true) => {}
            (false, _) => out.push(c),
        }
        within = hidden[at];
    }
    out
}

/// The pieces of a form that is not empty, each of `size` bytes, or the whole when it is shorter.
fn pieces(form: &[u8], size: usize) -> (HashSet<&[u8]>, usize) {
    let size = size.min(form.len());
    (form.windows(size).collect(), size)
}

#[cfg(test)]
mod tests;
