//! `hongtou archive stats`.

use std::path::Path;

use chrono::NaiveDate;

use super::progress::{Progress, QUICK};
use super::{failure, index, period, which};
use crate::archive::period::{Period, span};
use crate::archive::stats::{self, Dimension, Question, Row, Statistics};
use crate::cli::args::{Archive, Listed, Per, Stats};
use crate::cli::project::{self, Failure};
use crate::cli::table::{self, Align};
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, files};
use crate::diagnostic::{Lines, Sources, render};

pub(super) fn run(
    arguments: &Archive,
    stats: &Stats,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let mut question = match question(stats) {
        Ok(question) => question,
        Err(message) => {
            terminal.warn(&format!("用法有错：{message}\n"));
            return Ok(Exit::Usage);
        }
    };
    let mut sources = Sources::default();
    match project::registry_near(Path::new(""), &mut sources) {
        Ok(registry) => question.registry = registry,
        Err(failure) => {
            // Its places are in files that only this command reads.
            terminal.warn(&render(&sources, &failure.findings, terminal.color()));
            return Ok(failure.exit);
        }
    }
    let asked = index::open(arguments)?;
    which::has_series(&asked.archive, &stats.when.series)?;
    let progress = Progress::new("更新索引", QUICK);
    let report = |done, total| progress.report(done, total);
    let counted = stats::count(&asked.archive, &asked.places, &report, &question);
    drop(progress);
    let counted = counted.map_err(|error| failure(&error))?;
    show(stats, &counted, terminal)?;
    Ok(index::say(&counted.warnings, terminal))
}

/// More columns than a terminal shows side by side.
const WIDE: usize = 20;

fn question(stats: &Stats) -> Result<Question, String> {
    let (per, by) = (dimension(stats.per), stats.by.map(dimension));
    let drawn = stats.chart.as_ref().is_none_or(|path| {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"))
    });
    if !drawn {
        return Err("图是SVG格式，“--chart”的文件名要以 .svg 结尾，如 统计.svg".to_owned());
    }
    if by == Some(per) {
        return Err("“--by”和“--per”不能相同".to_owned());
    }
    let period = match stats.year {
        Some(year) => Period {
            from: NaiveDate::from_ymd_opt(year, 1, 1),
            to: NaiveDate::from_ymd_opt(year, 12, 31),
        },
        None => period::of(&stats.when)?,
    };
    let series = stats.when.series.clone();
    Ok(Question { per, by, period, series, registry: Default::default() })
}

fn dimension(per: Per) -> Dimension {
    match per {
        Per::Unit => Dimension::Unit,
        Per::Section => Dimension::Section,
        Per::Ref => Dimension::Ref,
        Per::Month => Dimension::Month,
        Per::Year => Dimension::Year,
        Per::Series => Dimension::Series,
    }
}

fn show(stats: &Stats, counted: &Statistics, terminal: &Terminal) -> Result<(), Failure> {
    if let Some(path) = &stats.chart {
        let chart = stats::svg(counted, stats.title.as_deref());
        files::write_whole(path, chart.as_bytes())
            .map_err(|finding| Failure::environment(vec![finding]))?;
        terminal.warn(&format!("图已写到“{}”\n", path.display()));
    }
    match stats.results.format {
        Listed::Text => terminal.say(&text(counted, stats.title.as_deref())),
        Listed::Json => terminal.say_json(&serde_json::json!(counted)),
        Listed::Csv => {
            let (head, rows) = cells(counted, &counted.rows.iter().collect::<Vec<_>>());
            terminal.put(&table::csv(&head, rows));
        }
    }
    Ok(())
}

fn text(counted: &Statistics, title: Option<&str>) -> Lines {
    let title = title.map_or_else(|| stats::title(counted), str::to_owned);
    let mut text = Lines::new();
    [&title, &summary(counted), ""].into_iter().for_each(|line| text.line(line));
    let used: Vec<&Row> = match counted.per.is_time() {
        true => counted.rows.iter().collect(),
        false => counted.rows.iter().filter(|row| row.count > 0).collect(),
    };
    match used.is_empty() {
        true => text.line("这一时期没有可以统计的信息"),
        false => {
            let (head, rows) = cells(counted, &used);
            let left = ["单位", "栏目", "指标", "月份", "年份", "简报", "名称"];
            let align: Vec<Align> = head
                .iter()
                .map(|name| if left.contains(&name.as_str()) { Align::Left } else { Align::Right })
                .collect();
            text.lines_of(&table::aligned(&head, &rows, &align));
            if head.len() > WIDE {
                text.line("（列多：加 --year 只看一年，或加 --format csv 用Excel、WPS打开）");
            }
        }
    }
    text.line("");
    remarks(counted).iter().for_each(|line| text.line(line));
    text
}

fn summary(counted: &Statistics) -> String {
    let period = match (counted.from, counted.to) {
        (Some(from), Some(to)) => span(from, to) + "，",
        _ => String::new(),
    };
    let Statistics { issues, items, roundups, .. } = counted;
    let roundups =
        if *roundups > 0 { format!("（其中综合{roundups}条）") } else { String::new() };
    format!("{period}共{issues}期、{items}条信息{roundups}")
}

/// What stands under the table.
fn remarks(counted: &Statistics) -> Vec<String> {
    let what = counted.per.chinese();
    let named = |rows: Vec<&Row>| {
        let names = rows.iter().map(|row| label(row)).collect::<Vec<_>>().join("、");
        (rows.len(), names)
    };
    let mut remarks = Vec::new();
    let (count, names) = named(counted.unused().collect());
    if count > 0 {
        let verb =
            if counted.per == Dimension::Unit { "没有采用信息" } else { "没有佐证" };
        remarks.push(format!("{verb}的{what}（{count}个）：{names}"));
    }
    let (count, names) = named(counted.unregistered().collect());
    if count > 0 {
        remarks.push(format!("不在名录里的{what}（{count}个）：{names}"));
    }
    remarks.push(format!("注：{}。", counted.notes.join("；")));
    remarks
}

fn label(row: &Row) -> String {
    row.title.as_ref().map_or_else(|| row.name.clone(), |title| format!("{}{title}", row.name))
}

/// The table: head, rows, the sum.
fn cells(counted: &Statistics, rows: &[&Row]) -> (Vec<String>, Vec<Vec<String>>) {
    let Columns { rank, title, issues, roundup, registered } = Columns::of(counted);
    let percent = |thousandths: u32| format!("{}.{}%", thousandths / 10, thousandths % 10);
    let mut head = Vec::new();
    head.extend(rank.then(|| "名次".to_owned()));
    head.push(counted.per.chinese().to_owned());
    head.extend(title.then(|| "名称".to_owned()));
    head.extend(issues.then(|| "期数".to_owned()));
    head.extend(counted.columns.iter().map(|column| column.name.clone()));
    head.extend([counted.counted().to_owned(), "占比".to_owned()]);
    head.extend(roundup.then(|| "其中综合".to_owned()));
    head.extend(registered.then(|| "名录".to_owned()));
    let mut lines: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let mut line = Vec::new();
        line.extend(rank.then(|| row.rank.map_or(String::new(), |rank| rank.to_string())));
        line.push(row.name.clone());
        line.extend(title.then(|| row.title.clone().unwrap_or_default()));
        line.extend(issues.then(|| row.issues.unwrap_or(0).to_string()));
        line.extend(row.cells.iter().map(u32::to_string));
        line.extend([row.count.to_string(), percent(row.share(counted.total))]);
        line.extend(roundup.then(|| row.roundup.to_string()));
        line.extend(registered.then(|| match row.registered {
            Some(false) if !row.nameless => "不在".to_owned(),
            _ => String::new(),
        }));
        lines.push(line);
    }
    let mut sum = Vec::new();
    sum.extend(rank.then(String::new));
    sum.push("合计".to_owned());
    sum.extend(title.then(String::new));
    sum.extend(issues.then(|| counted.issues.to_string()));
    sum.extend(counted.columns.iter().map(|column| column.count.to_string()));
    let whole = if counted.total > 0 { "100.0%" } else { "0.0%" };
    sum.extend([counted.total.to_string(), whole.to_owned()]);
    sum.extend(
        roundup.then(|| counted.rows.iter().map(|row| row.roundup).sum::<u32>().to_string()),
    );
    sum.extend(registered.then(String::new));
    lines.push(sum);
    (head, lines)
}

/// Which columns a table has.
struct Columns {
    rank: bool,
    title: bool,
    issues: bool,
    roundup: bool,
    registered: bool,
}

impl Columns {
    fn of(counted: &Statistics) -> Columns {
        let any = |holds: fn(&Row) -> bool| counted.rows.iter().any(holds);
        Columns {
            rank: !counted.per.is_time(),
            title: any(|row| row.title.is_some()),
            issues: any(|row| row.issues.is_some()),
            roundup: counted.by.is_none(),
            registered: any(|row| row.registered == Some(false) && !row.nameless),
        }
    }
}
