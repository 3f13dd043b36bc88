//! `hongtou recipients list`: what stands in the list, and what is wrong with it.

use std::path::Path;

use crate::cli::project::{Failure, Office};
use crate::cli::send::office;
use crate::cli::table;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Sources, render};

pub(super) fn run(
    named: Option<&Path>,
    office: Option<&Office>,
    terminal: &Terminal,
    sources: &mut Sources,
) -> Result<(), Failure> {
    let list = office::list(named, office, sources)?;
    terminal.warn(&render(sources, &list.findings, terminal.color()));
    let mut rows = Vec::new();
    for group in &list.directory.groups {
        for person in &group.people {
            rows.push(vec![
                group.label.chinese().to_owned(),
                group.name.value.clone(),
                person.unit.clone().unwrap_or_default(),
                person.name.clone().unwrap_or_default(),
                person.address.to_string(),
                table::formats(&person.formats),
            ]);
        }
    }
    let head = ["分送", "组", "单位", "姓名", "邮箱", "格式"];
    terminal.say(&table::plain(&head, &rows));
    let (groups, addresses) = (list.directory.groups.len(), list.directory.addresses());
    terminal.say(&format!("{}：{groups}组，{addresses}个邮箱", list.name));
    Ok(())
}
