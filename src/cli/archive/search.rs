//! `hongtou archive search`.

use serde_json::{Value, json};

use super::progress::{Progress, QUICK};
use super::{failure, index, period, which};
use crate::archive::search::{self, Excerpt, Found, Hit, Query};
use crate::cli::Exit;
use crate::cli::args::{Archive, Listed, Search};
use crate::cli::project::Failure;
use crate::cli::table;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Lines, harmless};

/// How many hits are shown as text unless something is said.
const SHOWN: usize = 20;

/// What stands around a mark on a terminal: bold red.
const COLOR: (&str, &str) = ("\u{1b}[1;31m", "\u{1b}[0m");

pub(super) fn run(
    arguments: &Archive,
    search: &Search,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let query = match query(search) {
        Ok(query) => query,
        Err(message) => {
            terminal.warn(&format!("用法有错：{message}\n"));
            return Ok(Exit::Usage);
        }
    };
    let asked = index::open(arguments)?;
    which::has_series(&asked.archive, &search.when.series)?;
    let progress = Progress::new("更新索引", QUICK);
    let report = |done, total| progress.report(done, total);
    let found = search::search(&asked.archive, &asked.places, &report, &query);
    drop(progress);
    let found = found.map_err(|error| failure(&error))?;
    match search.results.format {
        Listed::Text => terminal.say(&text(&found, terminal.says_in_color())),
        Listed::Json => terminal.say_json(&to_json(&found)),
        Listed::Csv => terminal.put(&to_csv(&found)),
    }
    Ok(index::say(&found.notes, terminal))
}

fn query(search: &Search) -> Result<Query, String> {
    let shown = match search.results.format {
        Listed::Text => Some(SHOWN),
        Listed::Json | Listed::Csv => None,
    };
    Ok(Query {
        words: search.words.clone(),
        units: search.unit.clone(),
        references: search.reference.clone(),
        sections: search.section.clone(),
        series: search.when.series.clone(),
        period: period::of(&search.when)?,
        all_revisions: search.all_revisions,
        limit: search.limit.map_or(shown, |limit| Some(limit).filter(|limit| *limit > 0)),
    })
}

fn text(found: &Found, color: bool) -> Lines {
    let mut text = Lines::new();
    if found.hits.is_empty() {
        text.line("没有找到");
        found.hints.iter().for_each(|hint| text.line(&format!("  {hint}")));
        return text;
    }
    for hit in &found.hits {
        hit_text(&mut text, hit, found.bulletins > 1, color);
    }
    let total = match found.more {
        true => format!("{}条以上", found.total),
        false => format!("{}条", found.total),
    };
    let rest = match found.total > found.hits.len() {
        true => format!("，这里是最近的{}条（--limit 0 列出全部）", found.hits.len()),
        false => String::new(),
    };
    text.line(&format!("共{total}{rest}"));
    text
}

/// ```text
/// 2019-03-14  第155期  第3页  文明道德风尚培育
///   本刊综合  区民政局、区民防局  Ⅲ-17志愿服务活动
///     区民政局：……开展「志愿服务」活动。
/// ```
fn hit_text(text: &mut Lines, hit: &Hit, with_bulletin: bool, color: bool) {
    let bulletin = if with_bulletin { hit.bulletin.as_str() } else { "" };
    let revision = hit.revision().map_or(String::new(), |revision| format!("（第{revision}版）"));
    let state = if hit.superseded { "（已被更正）" } else { "" };
    let section = hit.section.as_deref().unwrap_or("");
    let subject = format!("{bulletin}{}{revision}{state}", hit.subject);
    let head = format!("{}  {subject}  第{}页  {section}", hit.date, hit.page);
    let references: Vec<String> = hit.references.iter().map(reference).collect();
    let parts = [hit.name.clone(), hit.units.join("、"), references.join("、")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    text.line(head.trim_end());
    text.line(&format!("  {}", parts.join("  ")));
    for excerpt in &hit.excerpts {
        text.lines_of(&Lines::ours(format!("    {}\n", marked(excerpt, color))));
    }
}

fn reference(reference: &crate::archive::Reference) -> String {
    format!("{}{}", reference.code, reference.title.as_deref().unwrap_or(""))
}

/// The sentence, harmless, with the words marked: by colour, else by corner brackets.
fn marked(excerpt: &Excerpt, color: bool) -> String {
    let (open, close) = if color { COLOR } else { ("「", "」") };
    let (mut text, mut piece) = (String::new(), String::new());
    for (at, c) in excerpt.text.chars().enumerate() {
        if excerpt.marks.iter().any(|(start, _)| *start == at) {
            text.push_str(&harmless(&std::mem::take(&mut piece)));
            text.push_str(open);
        }
        piece.push(c);
        if excerpt.marks.iter().any(|(_, end)| *end == at + 1) {
            text.push_str(&harmless(&std::mem::take(&mut piece)));
            text.push_str(close);
        }
    }
    text + &harmless(&piece)
}

fn to_json(found: &Found) -> Value {
    json!({
        "total": found.total,
        "more": found.more,
        "hits": found.hits,
        "hints": found.hints,
    })
}

fn to_csv(found: &Found) -> Vec<u8> {
    let head =
        ["日期", "刊名", "期号", "版次", "页", "栏目", "条目", "单位", "指标", "句子", "存档位置"];
    let rows = found.hits.iter().map(|hit| {
        let references: Vec<String> = hit.references.iter().map(reference).collect();
        let sentences: Vec<&str> = hit.excerpts.iter().map(|one| one.text.as_str()).collect();
        vec![
            hit.date.to_string(),
            hit.bulletin.clone(),
            hit.subject.clone(),
            hit.revision().unwrap_or(1).to_string(),
            hit.page.to_string(),
            hit.section.clone().unwrap_or_default(),
            hit.name.clone(),
            hit.units.join("、"),
            references.join("、"),
            sentences.join(" "),
            hit.issue.clone(),
        ]
    });
    table::csv(&head.map(str::to_owned), rows)
}
