//! `hongtou send status`: who has an issue, when, what the server said; who has not, and why.

use serde_json::{Value, json};

use super::{torn, unusable};
use crate::archive::IssueId;
use crate::cli::archive::{root, which};
use crate::cli::args::{Listed, Status};
use crate::cli::files::general;
use crate::cli::project::Failure;
use crate::cli::report::with_findings;
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, table};
use crate::diagnostic::{Code, Diagnostic, Sources, render};
use crate::mail::journal::{self, History, Moment, State};
use crate::mail::{Reason, Recipient};

const HEAD: [&str; 8] = ["单位", "姓名", "邮箱", "分送", "状态", "时间", "服务器的答复", "说明"];

pub(super) fn run(
    arguments: &Status,
    terminal: &Terminal,
    sources: &mut Sources,
) -> Result<Exit, Failure> {
    let root = root::folder(arguments.archive.as_deref(), sources)?;
    let found = which::find(&root::open(arguments.archive.as_deref(), sources)?, &arguments.which)?;
    let id = found.id;
    let history = journal::read(&root, &id).map_err(|error| unusable(&error))?.unwrap_or_default();
    let findings: Vec<Diagnostic> = torn(&history).into_iter().collect();
    let revisions = history.revisions();
    // Without one, the last that was sent.
    let wanted = arguments.which.revision.or(revisions.last().copied());
    let Some(revision) = wanted.filter(|revision| revisions.contains(revision)) else {
        let of_it = arguments.which.revision.map_or_else(String::new, |r| format!("第{r}版"));
        let help = "用“hongtou send 文件”发送；--revision 可看别的版";
        let message = format!("“{id}”{of_it}没有发送过");
        return Err(Failure::environment(vec![general(Code::MailNeverSent, message, help)]));
    };
    let report = history.report(revision);
    if arguments.results.format != Listed::Json {
        terminal.warn(&render(sources, &findings, terminal.color()));
    }
    match arguments.results.format {
        Listed::Text => text(&id, &history, revision, &report, terminal),
        Listed::Csv => {
            let rows = report.iter().map(|(recipient, state)| row(recipient, state).to_vec());
            terminal.put(&table::csv(&HEAD.map(str::to_owned), rows));
        }
        Listed::Json => {
            let state = json(&id, revision, &report);
            terminal.say_json(&with_findings(state, sources, &findings));
        }
    }
    Ok(Exit::Done)
}

fn text(
    id: &IssueId,
    history: &History,
    revision: u32,
    report: &[(Recipient, State)],
    terminal: &Terminal,
) {
    let rows: Vec<Vec<String>> = report.iter().map(|(r, state)| row(r, state).to_vec()).collect();
    terminal.say(&table::plain(&HEAD, &rows));
    let count = |of: fn(&State) -> bool| report.iter().filter(|(_, state)| of(state)).count();
    let mut counts = vec![format!("共{}位", report.len())];
    for (word, number) in [
        ("已寄到", count(|state| matches!(state, State::Sent { .. }))),
        ("没有寄成", count(|state| matches!(state, State::Failed { .. }))),
        ("不知道", count(|state| matches!(state, State::Unknown { .. }))),
        ("还没有寄", count(|state| matches!(state, State::Waiting | State::Left { .. }))),
    ] {
        if number > 0 {
            counts.push(format!("{word}{number}位"));
        }
    }
    let others: Vec<String> =
        history.revisions().iter().filter(|r| **r != revision).map(u32::to_string).collect();
    let others = match others.is_empty() {
        true => String::new(),
        false => format!("（还发过第{}版，用 --revision 看）", others.join("、")),
    };
    terminal.say(&format!("{id} 第{revision}版：{}{others}", counts.join("，")));
}

/// The cells of a recipient, under [`HEAD`].
fn row(recipient: &Recipient, state: &State) -> [String; 8] {
    let time = |at: &Moment| at.format("%Y-%m-%d %H:%M:%S").to_string();
    let (word, at, said, note) = match state {
        State::Waiting => {
            let note = "没有试：上次没有发到这里；再运行会寄".to_owned();
            ("还没有寄", String::new(), String::new(), note)
        }
        State::Left { at, reason, said } => {
            let title = reason.map_or("原因见服务器的答复", Reason::title);
            let note = format!("没有试：上次发送中途停下（{title}）；再运行会寄");
            ("还没有寄", time(at), said.clone().unwrap_or_default(), note)
        }
        State::Sent { at, answer } => ("已寄到", time(at), answer.clone(), String::new()),
        State::Unknown { at, said } => {
            let note = "送出后没有答复：问收件人，没有收到再用 --resend-unknown".to_owned();
            ("不知道", time(at), said.clone().unwrap_or_default(), note)
        }
        State::Failed { at, reason, said, later } => {
            let title = reason.map_or("失败", Reason::title);
            let note =
                if *later { format!("{title}；再运行会再试") } else { title.to_owned() };
            ("没有寄成", time(at), said.clone().unwrap_or_default(), note)
        }
    };
    [
        recipient.unit.clone().unwrap_or_default(),
        recipient.person.clone().unwrap_or_default(),
        recipient.address.clone(),
        recipient.groups.join("、"),
        word.to_owned(),
        at,
        said,
        note,
    ]
}

fn json(id: &IssueId, revision: u32, report: &[(Recipient, State)]) -> Value {
    let recipients: Vec<_> = report
        .iter()
        .map(|(recipient, state)| {
            let (word, at, said, reason, later) = match state {
                State::Waiting => ("waiting", None, None, None, None),
                State::Left { at, reason, said } => {
                    ("waiting", Some(at), said.as_ref(), reason.map(Reason::key), None)
                }
                State::Sent { at, answer } => ("sent", Some(at), Some(answer), None, None),
                State::Unknown { at, said } => ("unknown", Some(at), said.as_ref(), None, None),
                State::Failed { at, reason, said, later } => {
                    ("failed", Some(at), said.as_ref(), reason.map(Reason::key), Some(later))
                }
            };
            json!({
                "address": recipient.address, "person": recipient.person, "unit": recipient.unit,
                "groups": recipient.groups, "state": word, "at": at.map(Moment::to_rfc3339),
                "answer": said, "reason": reason, "later": later,
            })
        })
        .collect();
    json!({"issue": id.to_string(), "revision": revision, "recipients": recipients})
}
