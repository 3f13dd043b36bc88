//! 名录: the units an office counts and the indicators it must show evidence for.

use std::collections::{BTreeMap, BTreeSet};

use super::forms::references;
use super::words::{Kind, bad_form, key, line, names};
use super::{Reference, Text, keys};
use crate::diagnostic::{Code, Diagnostic, FileId, FileKind, Sources};
use crate::yaml::{Entry, Node, Reader, Value};

/// Units and indicators, in the order of writing.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    /// Those that send in items.
    pub units: Vec<Unit>,
    /// Those that items count for.
    pub indicators: Vec<Reference>,
}

/// A unit under all its names.
#[derive(Clone, Debug)]
pub struct Unit {
    /// By which it is counted.
    pub name: Text,
    /// Other names that mean it.
    pub aliases: Vec<Text>,
}

/// Reads `registries` of `hongtou.yaml` where it is not the path of a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_registry(sources: &Sources, node: &Node) -> Result<Registry, Vec<Diagnostic>> {
    let mut reader = Reader::new(sources, FileKind::Settings);
    let registry = registry(&mut reader, node);
    super::finish(reader, registry).map(|(registry, _)| registry)
}

/// Reads a file of its own with the same content.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_registry_file(sources: &Sources, file: FileId) -> Result<Registry, Vec<Diagnostic>> {
    let mut reader = Reader::new(sources, FileKind::Settings);
    let registry = reader.parse(file).and_then(|root| registry(&mut reader, &root));
    super::finish(reader, registry).map(|(registry, _)| registry)
}

fn registry(reader: &mut Reader<'_>, node: &Node) -> Option<Registry> {
    let fields = reader.fields(node, "名录（registries）", keys::REGISTRIES)?;
    let units = fields.read(reader, "units", |reader, node, what| reader.list(node, what, unit));
    let registry = Registry {
        units: units.unwrap_or_default(),
        indicators: fields.read(reader, "indicators", references).unwrap_or_default(),
    };
    check_units(reader, &registry.units);
    check_indicators(reader, &registry.indicators);
    Some(registry)
}

/// `区民政局`, `区城管执法局: [区城管局]`, or {name, aliases}.
fn unit(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<Unit> {
    match &node.value {
        Value::Mapping(entries) if !is_record(entries) => {
            let [entry] = entries.as_slice() else {
                let help = "每个单位另起一行，以“- ”开头";
                bad_form(reader, reader.first_line(node.span), what, "几个单位连写", help);
                return None;
            };
            let name = key(reader, &entry.key, entry.key_span, what)?.whole();
            Some(Unit { name, aliases: names(reader, &entry.value, "别名")? })
        }
        Value::Mapping(_) => {
            let fields = reader.fields(node, "单位（units）", keys::UNIT)?;
            let name = fields.require(reader, "name", |reader, node, what| {
                line(reader, node, what, Kind::Plain)
            });
            let aliases = fields.read(reader, "aliases", names).unwrap_or_default();
            Some(Unit { name: name?, aliases })
        }
        _ => {
            let name = line(reader, node, what, Kind::Plain)?;
            Some(Unit { name, aliases: Vec::new() })
        }
    }
}

fn is_record(entries: &[Entry]) -> bool {
    let known = |name: &str| keys::UNIT.iter().any(|key| key.names().any(|n| n == name));
    entries.iter().any(|entry| known(entry.key.trim()))
}

/// One name means one unit.
fn check_units(reader: &mut Reader<'_>, units: &[Unit]) {
    let mut seen: BTreeMap<&str, &Text> = BTreeMap::new();
    for unit in units {
        for name in std::iter::once(&unit.name).chain(&unit.aliases) {
            match seen.get(name.value.as_str()) {
                Some(owner) => reader.error(
                    Code::SettingsRegisteredTwice,
                    name.span,
                    format!("“{}”在名录里已有，属于“{}”", name.value, owner.value),
                    "一个名称只能属于一个单位，删去一处",
                ),
                None => drop(seen.insert(&name.value, &unit.name)),
            }
        }
    }
}

fn check_indicators(reader: &mut Reader<'_>, indicators: &[Reference]) {
    let mut seen = BTreeSet::new();
    for indicator in indicators {
        if !seen.insert(&indicator.code.value) {
            let message = format!("指标“{}”在名录里已有", indicator.code.value);
            reader.error(Code::SettingsRegisteredTwice, indicator.code.span, message, "删去一处");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Registry, String> {
        let mut sources = Sources::default();
        let file = sources.add("名录.yaml", text);
        read_registry_file(&sources, file).map_err(|findings| {
            let said = |one: Diagnostic| {
                let span = one.span.expect("a place");
                let text = &sources.get(span.file).text;
                let line = text[..span.start as usize].matches('\n').count() + 1;
                format!("{line} {}", one.code)
            };
            findings.into_iter().map(said).collect::<Vec<_>>().join("\n")
        })
    }

    #[test]
    fn units_are_written_in_three_ways_and_in_chinese() {
        let text = "\
单位:
  - 区民政局
  - 区城管执法局: [区城管局, 区城管执法监察局]
  - {名称: 区规划国土分局, 别名: 区规土分局}
指标: [Ⅲ-17 志愿服务活动, Ⅲ-58: 城市精细化管理, Ⅱ-13]
";
        let registry = read(text).unwrap();
        let units: Vec<(&str, usize)> =
            registry.units.iter().map(|u| (u.name.as_str(), u.aliases.len())).collect();
        assert_eq!(units, [("区民政局", 0), ("区城管执法局", 2), ("区规划国土分局", 1)]);
        let codes: Vec<&str> = registry.indicators.iter().map(|i| i.code.as_str()).collect();
        assert_eq!(codes, ["Ⅲ-17", "Ⅲ-58", "Ⅱ-13"]);
        assert!(registry.indicators[2].title.is_none());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let text = "units:\n  - 甲局\n  - 乙局: [甲局]\n  - {name: 丙局, alias: 丁局}\nindicators: [Ⅲ-1, Ⅲ-1, 城市]\n";
        let said = read(text).unwrap_err();
        for words in [
            "3 settings/registered-twice",
            "4 settings/unknown-key",
            "5 settings/registered-twice",
            "5 settings/bad-value",
        ] {
            assert!(said.contains(words), "{words} not in\n{said}");
        }
    }
}
