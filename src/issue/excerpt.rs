//! The part of `hongtou.yaml` that an issue takes over, as a `hongtou.yaml` of its own: to be kept
//! with the issue. The rest of that file (mail, recipients, what the issue overrides) is nobody's
//! business who gets it.

use super::{Config, keys, with_defaults};
use crate::diagnostic::{Diagnostic, FileId, FileKind, Sources};
use crate::yaml::edit::double_quoted;
use crate::yaml::{Entry, Key, Node, Reader, Value};

/// A `hongtou.yaml` with the defaults that an issue takes over; `None` when it takes none. The
/// issue means the same with it as with the whole file.
///
/// # Errors
/// What keeps the issue from being read as YAML.
pub fn in_force(
    sources: &Sources,
    file: FileId,
    config: Option<&Config>,
) -> Result<Option<String>, Vec<Diagnostic>> {
    let mut reader = Reader::new(sources, FileKind::Issue);
    let root = reader.parse(file);
    let root = super::finish(reader, root)?.0;
    let Some(config) = config else { return Ok(None) };
    let merged = with_defaults(root, Some(config));
    let taken = taken(&merged, config.file, keys::ISSUE);
    if taken.is_empty() {
        return Ok(None);
    }
    let mut text = String::from("# 本期用到的单位设置\ndefaults:");
    let taken = Node { value: Value::Mapping(taken), span: merged.span };
    write(sources, &taken, 2, &mut text);
    text.push('\n');
    Ok(Some(text))
}

/// The entries of a merged tree that come from the settings.
fn taken(merged: &Node, from: FileId, table: &'static [Key]) -> Vec<Entry> {
    let Value::Mapping(entries) = &merged.value else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        if entry.key_span.file == from {
            found.push(entry.clone());
            continue;
        }
        let key = table.iter().find(|key| key.names().any(|name| name == entry.key.trim()));
        let Some(table) = key.and_then(|key| keys::nested(key.name)) else { continue };
        let below = taken(&entry.value, from, table);
        if !below.is_empty() {
            let value = Node { value: Value::Mapping(below), span: entry.value.span };
            found.push(Entry { value, ..entry.clone() });
        }
    }
    found
}

/// A value after its key or dash, on lines of its own where it has several parts.
fn write(sources: &Sources, node: &Node, indent: usize, text: &mut String) {
    let new_line = format!("\n{}", " ".repeat(indent));
    match &node.value {
        Value::Null => text.push_str(" ~"),
        Value::Scalar { text: words, plain } => {
            text.push(' ');
            text.push_str(&scalar(sources, node, words, *plain));
        }
        Value::Sequence(nodes) if nodes.is_empty() => text.push_str(" []"),
        Value::Mapping(entries) if entries.is_empty() => text.push_str(" {}"),
        Value::Sequence(nodes) => {
            for node in nodes {
                text.push_str(&new_line);
                text.push('-');
                write(sources, node, indent + 2, text);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                text.push_str(&new_line);
                // A plain `~` or `- ` would be more than a text.
                text.push_str(&double_quoted(&entry.key));
                text.push(':');
                write(sources, &entry.value, indent + 2, text);
            }
        }
    }
}

/// As it was written where that stands on one line: 000017 keeps its zeros and stays without
/// quotes. Else in quotes.
fn scalar(sources: &Sources, node: &Node, words: &str, plain: bool) -> String {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    let written = sources.get(node.span.file).text.get(start..end).map(str::trim);
    match written {
        Some(written) if plain && written == words.trim() && !written.contains('\n') => {
            written.to_owned()
        }
        _ => double_quoted(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::{read_config, read_issue};

    const CONFIG: &str = "\
series: qs-kuaibao
mail: {server: smtp.example.cn, sender: 不可外传}
defaults: {layout: ./mine.yaml, masthead: {owner: '青山区：#1', name: 工作快报},
  issue: {office: [甲办, \"乙\\t办\"], 总期数: 0017}, contact: {phone: 01061806756, email: a@b.cn},
  分送: {报: [区委, 区政府], 发: [不在本期]}, staff: {editor: 张三}}
recipients: ./名单.yaml
";
    const ISSUE: &str = "\
issue: {number: 7, date: 2019-03-14}
distribution: {subordinates: [全区各单位]}
staff: ~
text: 近日，区民政局开展活动。
";

    /// The issue's tree with a `hongtou.yaml` under it, without places.
    fn tree(issue: &str, config: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.add("甲", issue);
        let config = sources.add("乙", config);
        let config = read_config(&sources, config).unwrap();
        let mut reader = Reader::new(&sources, FileKind::Issue);
        let root = reader.parse(file).unwrap();
        bare(&with_defaults(root, Some(&config)))
    }

    fn bare(node: &Node) -> String {
        match &node.value {
            Value::Null => "~".to_owned(),
            Value::Scalar { text, plain } => format!("{plain} {text:?}"),
            Value::Sequence(nodes) => {
                format!("[{}]", nodes.iter().map(bare).collect::<Vec<_>>().join(", "))
            }
            Value::Mapping(entries) => {
                let mut list: Vec<String> =
                    entries.iter().map(|e| format!("{}: {}", e.key, bare(&e.value))).collect();
                list.sort();
                format!("{{{}}}", list.join(", "))
            }
        }
    }

    fn excerpt(issue: &str, config: &str) -> Option<String> {
        let mut sources = Sources::default();
        let file = sources.add("甲", issue);
        let config = sources.add("乙", config);
        let config = read_config(&sources, config).unwrap();
        read_issue(&sources, file, Some(&config)).unwrap();
        in_force(&sources, file, Some(&config)).unwrap()
    }

    #[test]
    fn an_issue_means_the_same_with_the_excerpt() {
        let text = excerpt(ISSUE, CONFIG).expect("it takes some");
        // An issue that takes a default away finds none there.
        let without = |tree: String| tree.replace(", staff: ~", "");
        assert_eq!(without(tree(ISSUE, &text)), tree(ISSUE, CONFIG), "{text}");
        assert!(text.contains("0017") && !text.contains("\"0017\""), "{text}");
    }

    #[test]
    fn a_character_that_nobody_sees_is_kept_as_an_escape() {
        let config = "defaults: {masthead: {owner: \"青山\\x7F区\\u009F\", name: 工作快报}}";
        let issue = "issue: {number: 7, date: 2019-03-14, office: 甲}\ntext: 近日。\n";
        let mut sources = Sources::default();
        let file = sources.add("甲", issue);
        let settings = sources.add("乙", config);
        let settings = read_config(&sources, settings).unwrap();
        let text = in_force(&sources, file, Some(&settings)).unwrap().expect("it takes some");
        assert_eq!(tree(issue, &text), tree(issue, config), "{text}");
    }

    #[test]
    fn what_an_issue_does_not_take_is_not_in_it() {
        let text = excerpt(ISSUE, CONFIG).expect("it takes some");
        for word in ["smtp", "不可外传", "名单", "不在本期", "张三", "series"] {
            assert!(!text.contains(word), "{word} in\n{text}");
        }
        let whole = "masthead: {owner: 青山区, name: 工作快报}\nlayout: kuaibao\n".to_owned()
            + "issue: {number: 7, date: 2019-03-14, office: 甲}\ntext: 近日。\n";
        let config = "defaults: {masthead: {owner: 乙, name: 丙}, layout: jianbao}";
        assert_eq!(excerpt(&whole, config), None);
    }
}
