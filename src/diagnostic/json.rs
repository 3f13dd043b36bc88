//! Findings for programs.

use serde_json::{Value, json};

use super::place::Texts;
use super::{Diagnostic, Severity, Sources, limited};

/// The findings as a JSON array: `code` (see [`Code`](super::Code)), `severity` (`error`, `warning`,
/// `info`), `message`, `file`, `line`, `column`, `end_line`, `end_column` (from 1, in characters),
/// `label`, `help`; a field that does not apply is null. Not all of a long list: see [`limited`].
pub fn to_json(sources: &Sources, findings: &[Diagnostic]) -> String {
    let texts = Texts::new(sources);
    let list: Vec<Value> = limited(findings).iter().map(|finding| one(&texts, finding)).collect();
    Value::Array(list).to_string()
}

fn one(texts: &Texts<'_>, finding: &Diagnostic) -> Value {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let sources = texts.sources();
    let mut object = json!({
        "code": finding.code.name(),
        "severity": severity,
        "message": sources.masked(&finding.message),
        "label": finding.label.as_ref().map(|label| sources.masked(label)),
        "help": finding.help.as_ref().map(|help| sources.masked(help)),
        "file": null,
        "line": null,
        "column": null,
        "end_line": null,
        "end_column": null,
    });
    if let Some((source, span)) = finding.place(sources) {
        let place = texts.place(span);
        object["file"] = json!(source.name);
        object["line"] = json!(place.line);
        object["column"] = json!(place.column);
        object["end_line"] = json!(place.last.0);
        object["end_column"] = json!(place.last.1);
    }
    object
}
