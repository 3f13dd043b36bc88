//! A few words exchanged within a text that stands on several lines.

use super::marks::Style;
use super::scalar::shows;

/// Where in a value written over several lines a few words must be exchanged so that it says `new`:
/// the other lines stay as they are broken. `None` when that cannot be told.
pub(super) fn patch(
    source: &str,
    style: Style,
    old: &str,
    new: &str,
) -> Option<(std::ops::Range<usize>, String)> {
    let offsets = align(source, style, old)?;
    let (before, after): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let shorter = before.len().min(after.len());
    let front = (0..shorter).take_while(|i| before[*i] == after[*i]).count();
    let same = |i: &usize| before[before.len() - 1 - i] == after[after.len() - 1 - i];
    let back = (0..shorter - front).take_while(same).count();
    let words: String = after[front..after.len() - back].iter().collect();
    if !words.chars().all(shows) || style == Style::Double && words.contains(['"', '\\']) {
        return None;
    }
    let words = if style == Style::Single { words.replace('\'', "''") } else { words };
    // A line break just behind the words stays; one among them goes.
    let last = before.len() - back;
    let end = match before[front..last].last() {
        None | Some(' ' | '\n') => offsets[last],
        Some('\'') if style == Style::Single => offsets[last - 1] + 2,
        Some(c) => offsets[last - 1] + c.len_utf8(),
    };
    Some((offsets[front]..end, words))
}

/// Where in its source each character of a value stands, and where the value ends. Line breaks and
/// what stands around them count for the space they are read as, or for nothing between two Chinese
/// characters. `None` when there are escapes.
fn align(source: &str, style: Style, value: &str) -> Option<Vec<usize>> {
    let quote = usize::from(matches!(style, Style::Single | Style::Double));
    let mut at = quote;
    let mut offsets = Vec::new();
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let rest = source.get(at..)?;
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        if rest[..blank].contains('\n') {
            offsets.push(at);
            at += blank;
            match c {
                ' ' => continue,
                '\n' => {
                    while chars.next_if_eq(&'\n').is_some() {
                        offsets.push(at);
                    }
                    continue;
                }
                _ => *offsets.last_mut()? = at,
            }
        } else {
            offsets.push(at);
        }
        let rest = source.get(at..)?;
        let doubled = c == '\'' && style == Style::Single;
        let escape = c == '\\' && style == Style::Double;
        if escape || !rest.starts_with(c) || doubled && !rest.starts_with("''") {
            return None;
        }
        at += if doubled { 2 } else { c.len_utf8() };
    }
    offsets.push(at);
    Some(offsets)
}
