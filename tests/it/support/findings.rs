//! Findings for tests: which, where, and the advice.

use hongtou::diagnostic::{Diagnostic, Sources, to_json};

/// Each finding on a line: `issue.yaml:2:17 issue/bad-value`, then what it says and advises.
pub fn told(sources: &Sources, findings: &[Diagnostic]) -> String {
    let json: serde_json::Value = serde_json::from_str(&to_json(sources, findings)).unwrap();
    let mut told = String::new();
    for one in json.as_array().unwrap() {
        let text = |field: &str| one[field].as_str().unwrap_or_default();
        if !one["file"].is_null() {
            told += &format!("{}:{}:{} ", text("file"), one["line"], one["column"]);
        }
        told += &format!("{} {}；{}\n", text("code"), text("message"), text("help"));
    }
    told
}
