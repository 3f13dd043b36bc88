//! How a recipient is written in `recipients.yaml`.

use super::Person;
use crate::yaml::edit::double_quoted;

/// 城子街道 王芳 <wangfang@example.cn>, or the long form where that would not say the same.
pub(super) fn person(person: &Person) -> String {
    let word = |text: &Option<String>| {
        text.as_ref().is_none_or(|text| !text.contains(char::is_whitespace) && is_plain(text))
    };
    let short = person.formats.is_empty()
        && person.greeting.is_none()
        && (person.unit.is_some() || person.name.is_none())
        && word(&person.unit)
        && word(&person.name)
        && is_plain(person.address.as_str());
    let names = person.unit.iter().chain(&person.name).cloned().collect::<Vec<_>>().join(" ");
    match (short, names.is_empty()) {
        (true, true) => return person.address.to_string(),
        (true, false) => return format!("{names} <{}>", *person.address),
        _ => {}
    }
    let mut parts = Vec::new();
    let texts = [("单位", &person.unit), ("姓名", &person.name), ("称呼", &person.greeting)];
    for (key, text) in texts {
        parts.extend(text.as_ref().map(|text| format!("{key}: {}", scalar(text))));
    }
    parts.push(format!("邮箱: {}", scalar(person.address.as_str())));
    if !person.formats.is_empty() {
        let formats: Vec<&str> = person.formats.iter().map(|format| format.ending()).collect();
        parts.push(format!("格式: [{}]", formats.join(", ")));
    }
    format!("{{{}}}", parts.join(", "))
}

/// Whether YAML reads a text as it is, wherever it stands.
fn is_plain(text: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || "、（）·_-.@".contains(c);
    text.chars().all(safe) && text.starts_with(|c: char| c.is_alphanumeric() || c == '（')
}

/// As YAML reads it: in quotes where it has to be. `~` and `null` are alphabetic or not plain.
pub(super) fn scalar(text: &str) -> String {
    match is_plain(text) && !["null", "true", "false", "Null", "NULL"].contains(&text) {
        true => text.to_owned(),
        false => double_quoted(text),
    }
}
