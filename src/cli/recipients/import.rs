//! `hongtou recipients import`: the people of a table into the list.

use std::path::Path;

use crate::cli::args::Import;
use crate::cli::files::{self, general};
use crate::cli::project::{Failure, Office};
use crate::cli::send::office;
use crate::cli::table;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Sources, render};
use crate::disk::{self, most};
use crate::mail::recipients::{self, Directory, Label, Row};

pub(super) fn run(
    arguments: &Import,
    named: Option<&Path>,
    office: Option<&Office>,
    terminal: &Terminal,
    sources: &mut Sources,
) -> Result<(), Failure> {
    let one = |finding: Diagnostic| Failure::environment(vec![finding]);
    let label = label(arguments)?;
    let Some(path) = office::file(named, office) else {
        let message = "名单写在 hongtou.yaml 里，导入不改那个文件";
        let help = "把“收件人（recipients）”下面的内容移到 recipients.yaml，再导入";
        return Err(one(general(Code::RecipientsLocked, message, help)));
    };
    // What is there is read first: nothing may be lost of it.
    let old = match disk::is_there(&path) {
        true => Some(list(&path, sources)?),
        false => None,
    };
    let name = arguments.file.display().to_string();
    let bytes = files::read_bytes(&arguments.file, most::TABLE).map_err(one)?;
    let text = recipients::decode(&bytes).map_err(|wrong| {
        one(general(wrong.code, format!("“{name}”：{}", wrong.message), wrong.help))
    })?;
    let file = sources.add(name, text);
    let known = old.as_ref().map(|(_, directory)| directory);
    let (rows, findings) =
        recipients::read_table(sources, file, known, label).map_err(Failure::content)?;
    terminal.warn(&render(sources, &findings, terminal.color()));
    let old = old.as_ref().map(|(text, directory)| (text.as_str(), directory));
    let merged = recipients::merge(old, rows).map_err(Failure::content)?;
    say(&merged.added, terminal);
    let (added, same) = (merged.added.len(), merged.same);
    let shown = path.display();
    if added == 0 {
        terminal.say(&format!("{shown}：表格里的{same}人都已在名单里，没有改动"));
    } else if arguments.dry_run {
        terminal.say(&format!("{shown}：会加{added}人，已有{same}人，没有写"));
    } else {
        files::write_whole(&path, merged.text.as_bytes()).map_err(one)?;
        terminal.say(&format!("{shown}：加了{added}人，已有{same}人不变"));
    }
    Ok(())
}

/// The label for groups of which nothing else tells it.
fn label(arguments: &Import) -> Result<Option<Label>, Failure> {
    let Some(written) = &arguments.label else { return Ok(None) };
    match Label::parse(written) {
        Some(label) => Ok(Some(label)),
        None => Err(Failure::usage(general(
            Code::UsageBadValue,
            format!("“--as”不能是“{written}”"),
            "可用的有：报、送、发、另寄",
        ))),
    }
}

/// The list that is there: its text and what it says.
fn list(path: &Path, sources: &mut Sources) -> Result<(String, Directory), Failure> {
    let text = files::read_text(path).map_err(|finding| Failure::environment(vec![finding]))?;
    let file = sources.add(path.display().to_string(), text.as_str());
    let (directory, _) = recipients::read(sources, file).map_err(Failure::environment)?;
    Ok((text, directory))
}

/// The people who are added.
fn say(added: &[Row], terminal: &Terminal) {
    let rows: Vec<Vec<String>> = added
        .iter()
        .map(|row| {
            vec![
                row.label.chinese().to_owned(),
                row.group.clone(),
                row.person.unit.clone().unwrap_or_default(),
                row.person.name.clone().unwrap_or_default(),
                row.person.address.to_string(),
                table::formats(&row.person.formats),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let head = ["分送", "组", "单位", "姓名", "邮箱", "格式"];
        terminal.say(&table::plain(&head, &rows));
    }
}
