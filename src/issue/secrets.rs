//! Where a password may stand in `hongtou.yaml`. None should; but until it is taken out, no finding
//! about whatever line may show it.

use super::keys::MAIL;
use crate::diagnostic::{FileId, Sources};
use crate::yaml::{Node, Value, parse};

/// What a key that holds a password is called, by those who do not use ours.
const WORDS: &[&str] =
    &["password", "passwd", "passphrase", "pwd", "secret", "token", "密码", "口令", "授权码"];

/// Hides every line of a settings file in which a password may stand, and the password itself. The
/// file need not be YAML: its lines are looked at before it is read.
pub fn hide_passwords(sources: &mut Sources, file: FileId) {
    let text = sources.get(file).text.clone();
    let lines: Vec<&str> = text.split('\n').collect();
    for (index, line) in lines.iter().enumerate() {
        if let Some(value) = password(line) {
            let last = index + more(line, value, &lines[index + 1..]);
            sources.hide(file, index + 1..=last + 1);
            sources.hide_word(value.trim_matches(['"', '\'', ',', '}', ' ']));
        }
    }
    // What a key is called may be written with escapes.
    if let Ok(root) = parse(file, &text) {
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        walk(sources, &root, &|at| ends.partition_point(|end| *end < at as usize) + 1);
    }
}

/// How many of the lines after that of a key its value goes on over: those that stand deeper, and
/// the first when nothing stands behind the key.
fn more(line: &str, value: &str, after: &[&str]) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let least = indent(line);
    let deeper = |line: &&&str| line.trim().is_empty() || indent(line) > least;
    let deep = after.iter().take_while(deeper).count();
    match value.is_empty() || value.starts_with('#') {
        true => deep.max(1),
        false => deep,
    }
}

/// The rest of a line behind the key of a password, if there is one in it.
fn password(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.strip_prefix('?').is_some_and(is_password) {
        return Some("");
    }
    line.char_indices().filter(|(_, c)| ":：=＝".contains(*c)).find_map(|(at, c)| {
        let key = line[..at].rsplit(['{', '[', ',', '，', ':', '：']).next()?;
        is_password(key).then(|| line[at + c.len_utf8()..].trim())
    })
}

fn is_password(key: &str) -> bool {
    let key = key.trim_matches([' ', '\t', '"', '\'', '-', '#']).to_lowercase();
    let says = |name: &str| key == name.to_lowercase();
    // password_file, 系统密码库: where it is, not what it is.
    let other = MAIL.iter().any(|of| of.name != "password" && of.names().any(says));
    !other && WORDS.iter().any(|word| key.contains(word))
}

/// Goes through what was read; `line` is the line of a byte.
fn walk(sources: &mut Sources, node: &Node, line: &dyn Fn(u32) -> usize) {
    match &node.value {
        Value::Mapping(entries) => {
            for entry in entries {
                if is_password(&entry.key) {
                    let (key, value) = (entry.key_span, entry.value.span);
                    sources.hide(key.file, line(key.start)..=line(value.end.max(key.end) - 1));
                    hide_words(sources, &entry.value);
                }
                walk(sources, &entry.value, line);
            }
        }
        Value::Sequence(nodes) => nodes.iter().for_each(|node| walk(sources, node, line)),
        Value::Null | Value::Scalar { .. } => {}
    }
}

fn hide_words(sources: &mut Sources, node: &Node) {
    match &node.value {
        Value::Scalar { text, .. } => sources.hide_word(text),
        Value::Sequence(nodes) => nodes.iter().for_each(|node| hide_words(sources, node)),
        Value::Mapping(entries) => {
            entries.iter().for_each(|entry| hide_words(sources, &entry.value));
        }
        Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Span, render};

    /// Every line of a text as a finding about it shows it.
    fn shown(text: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.add("hongtou.yaml", text);
        hide_passwords(&mut sources, file);
        let mut start = 0;
        let findings: Vec<Diagnostic> = text
            .split_inclusive('\n')
            .map(|line| {
                let span = Span { file, start, end: start + 1 };
                start += line.len() as u32;
                Diagnostic::error(Code::Fault, span, "不对")
            })
            .collect();
        render(&sources, &findings, false).to_string()
    }

    #[test]
    fn no_finding_shows_a_password_of_the_settings() {
        for text in [
            "邮件:\n  服务器: a\n  密码: 天书-s3cret\n  端口: 25\n",
            "邮件: {服务器: a, 授权码: 天书-s3cret, 端口: 25}\n",
            "mail:\n  \"password\" : 'x s3cret'\n",
            "mail:\n  PassWord： s3cret\n",
            "mail:\n  smtp_passwd: s3cret\n",
            "mail:\n  password: >\n    a\n\n    s3cret\n  port: 25\n",
            "mail:\n  password:\n    s3cret\n",
            "{mail: {password:\ns3cret}}\n",
            "mail:\n  ? password\n  : s3cret\n",
            "mail:\n  password: [a,\n    s3cret]\n",
            "mail:\n  \"pass\\u0077ord\": s3cret\n",
            "mail:\n  # password: s3cret\n",
            "  密码: s3cret\n坏: [\n",
            "密码=s3cret",
            "mail:\n  user: s3cret\n  password: s3cret\n",
        ] {
            let said = shown(text);
            assert!(!said.contains("s3cret") && said.contains("不显示"), "{text}{said}");
        }
    }

    #[test]
    fn other_lines_are_shown() {
        let text = "邮件:\n  密码文件: ./密码\n  系统密码库: 是\n  keyring: 是\n  password_file: x\n\
                    简报: 关于密码的通知\n";
        let said = shown(text);
        assert!(!said.contains("不显示"), "{said}");
        let said = shown("邮件:\n  密码: 天书-s3cret\n  端口: 25\n");
        assert!(said.contains("端口: 25") && said.contains("hongtou.yaml:2:1"), "{said}");
    }
}
