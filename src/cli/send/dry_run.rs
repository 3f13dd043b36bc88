//! `hongtou send --dry-run`: who would get what.

use super::prepare::Prepared;
use crate::cli::table;
use crate::mail::{Plan, Planned};

/// The table and the line that counts.
pub(super) fn lines(prepared: &Prepared, plan: &Plan) -> Vec<String> {
    let head = ["单位", "姓名", "邮箱", "分送", "附件"];
    let rows: Vec<Vec<String>> = plan.messages.iter().map(row).collect();
    let mut lines: Vec<String> = table::plain(&head, &rows).lines().map(str::to_owned).collect();
    let count = plan.messages.len();
    lines.push(format!(
        "{}（第{}版）：共{count}封，没有发送",
        prepared.entry.title, prepared.entry.revision
    ));
    lines
}

fn row(planned: &Planned) -> Vec<String> {
    let recipient = &planned.recipient;
    let mut files = table::formats(&planned.formats);
    if planned.correction.is_some() {
        files.push_str("（更正）");
    }
    vec![
        recipient.unit.clone().unwrap_or_default(),
        recipient.person.clone().unwrap_or_default(),
        recipient.address.clone(),
        recipient.groups.join("、"),
        files,
    ]
}
