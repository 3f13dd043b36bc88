//! `hongtou archive add`: builds issues and keeps them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::plan::{self, Books, Plan};
use super::{failure, work};
use crate::archive::{Archive, IssueId, Kept};
use crate::cli::args::{Add, Shown};
use crate::cli::build::{count, shown, whole};
use crate::cli::project::Failure;
use crate::cli::report::with_findings;
use crate::cli::terminal::Terminal;
use crate::cli::{Exit, clock, interrupt};
use crate::diagnostic::{Code, Diagnostic, Sources, argument, render};

pub(super) fn run(
    archive: &Archive,
    arguments: &Add,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let books = Books::default();
    let mut run =
        Run { arguments, terminal, exits: Vec::new(), results: Vec::new(), notes: Vec::new() };
    let mut plans = run.check(archive, &books);
    run.know(archive, &plans)?;
    if run.exits.is_empty() {
        run.notes = archive.recover(clock::today()).map_err(|error| failure(&error))?;
        run.say_notes();
        remark(archive, &mut plans)?;
        run.keep(archive, &plans, &books);
    } else if arguments.files.len() > 1 {
        terminal.warn("先全部核对，有一期不行就都不存：这次什么都没有存\n");
    }
    Ok(run.finish())
}

struct Run<'a> {
    arguments: &'a Add,
    terminal: &'a Terminal,
    /// How each issue went.
    exits: Vec<Exit>,
    /// What is said to programs.
    results: Vec<Value>,
    /// What earlier runs left.
    notes: Vec<String>,
}

/// Says what is odd about numbers and dates beside the other issues.
fn remark(archive: &Archive, plans: &mut [Plan]) -> Result<(), Failure> {
    let newcomers: Vec<_> = plans.iter().filter_map(|plan| plan.newcomer.clone()).collect();
    let odd = archive.oddities(&newcomers).map_err(|error| failure(&error))?;
    let new = plans.iter_mut().filter(|plan| plan.newcomer.is_some());
    for (plan, odd) in new.zip(odd) {
        odd.iter().for_each(|oddity| plan.warn(oddity));
    }
    Ok(())
}

impl Run<'_> {
    /// Reads all issues; what is wrong is shown.
    fn check(&mut self, archive: &Archive, books: &Books) -> Vec<Plan> {
        let arguments = self.arguments;
        let mut plans: Vec<Plan> = Vec::new();
        let mut taken: BTreeMap<IssueId, String> = BTreeMap::new();
        work::each(
            "核对",
            &arguments.files,
            |input| plan::make(archive, arguments, input, books),
            |input, made, bar| match made {
                Ok(plan) => match taken.insert(plan.id.clone(), shown(input)) {
                    Some(other) => {
                        let message = format!("“{other}”和“{}”都是“{}”", shown(input), plan.id);
                        let finding = Diagnostic::general(Code::ArchiveSameIssue, message);
                        let finding = finding.with_help("检查两个文件的期号、刊别和日期");
                        let failure = Failure::content(vec![finding]);
                        bar.suspend(|| self.fail(&shown(input), &plan.sources, &failure));
                    }
                    None => plans.push(plan),
                },
                Err(refusal) => bar.suspend(|| {
                    self.fail(&shown(input), &refusal.sources, &refusal.failure);
                }),
            },
        );
        plans
    }

    /// Refuses an issue whose bulletin is another than that of the series it would be kept in: what
    /// is kept cannot be taken out. `--series` says that it is meant, as when a bulletin has a new
    /// name.
    fn know(&mut self, archive: &Archive, plans: &[Plan]) -> Result<(), Failure> {
        if self.arguments.series.is_some() || plans.is_empty() {
            return Ok(());
        }
        let mut last = BTreeMap::new();
        for holding in archive.holdings().map_err(|error| failure(&error))? {
            last.insert(holding.id.series.clone(), holding);
        }
        for plan in plans {
            let Some(holding) = last.get(&plan.id.series) else { continue };
            // What cannot be read is for `verify` to tell.
            let Ok(entry) = archive.entry(holding) else { continue };
            if entry.bulletin == plan.bulletin {
                continue;
            }
            let series = &plan.id.series;
            let message = format!(
                "刊名代号“{series}”下存的是《{}》，这一期是《{}》",
                entry.bulletin, plan.bulletin
            );
            let help = format!(
                "检查冠名和名称；另一份简报要有自己的代号（hongtou.yaml 的“刊名代号”）；\
                 同一份简报改了名，加上 --series {}",
                argument(series)
            );
            let finding = Diagnostic::general(Code::ArchiveOtherBulletin, message).with_help(help);
            self.fail(&shown(&plan.input), &plan.sources, &Failure::content(vec![finding]));
        }
        Ok(())
    }

    /// Builds several at once, and keeps one after the other in the order given: a run that is
    /// stopped leaves the first of them, and a ledger has the same order whatever the machine.
    fn keep(&mut self, archive: &Archive, plans: &[Plan], books: &Books) {
        let (arguments, date) = (self.arguments, clock::today());
        interrupt::remark("已存档的见“hongtou archive list”；再运行一次，接着存其余的");
        work::each(
            "存档",
            plans,
            |plan| plan.parcel(books),
            |plan, made: Result<_, Failure>, bar| {
                let kept = made.and_then(|(parcel, warnings)| {
                    let kept = archive.keep(&parcel, &plan.filing(arguments, date));
                    Ok((kept.map_err(|error| failure(&error))?, parcel.entry, warnings))
                });
                bar.suspend(|| match kept {
                    Ok((kept, entry, warnings)) => {
                        let findings = [plan.findings.as_slice(), &warnings].concat();
                        self.succeed(plan, &kept, &entry.title, entry.pages, &findings);
                    }
                    Err(failure) => self.fail(&shown(&plan.input), &plan.sources, &failure),
                });
            },
        );
    }

    fn say_notes(&self) {
        if self.arguments.results.format == Shown::Text {
            self.notes.iter().for_each(|note| self.terminal.warn(&format!("提示：{note}\n")));
        }
    }

    fn succeed(
        &mut self,
        plan: &Plan,
        kept: &Kept,
        title: &str,
        pages: u32,
        findings: &[Diagnostic],
    ) {
        self.exits.push(Exit::Done);
        let holding = kept.holding();
        if self.arguments.results.format == Shown::Json {
            let result = match kept {
                Kept::New(_) => "new",
                Kept::Corrected(_) => "corrected",
                Kept::Same(_) => "same",
                Kept::Entered(_) => "entered",
                Kept::SameContent(_) => "same-content",
            };
            let object = json!({
                "input": shown(&plan.input),
                "ok": true,
                "result": result,
                "holding": holding.to_string(),
                "title": title,
                "pages": pages,
            });
            self.results.push(with_findings(object, &plan.sources, findings));
            return;
        }
        self.terminal.warn(&render(&plan.sources, findings, self.terminal.color()));
        let became = match kept {
            Kept::New(_) => format!("已存档，{pages}页"),
            Kept::Corrected(_) => {
                format!("已存档，{pages}页；更正r{}，旧版保留", holding.revision - 1)
            }
            Kept::Same(_) => "已在存档，完全相同，不必再存".to_owned(),
            Kept::Entered(_) => "已在存档，完全相同；登记簿里没有它，已补登".to_owned(),
            Kept::SameContent(_) => {
                "已在存档，内容相同，不必再存；程序或字体与当时不同，现在排出的文件会有出入，\
                                     要用新文件时加上 --correction \"原因\""
                    .to_owned()
            }
        };
        self.terminal.say(&format!("{holding}：《{title}》{became}"));
    }

    fn fail(&mut self, input: &str, sources: &Sources, failure: &Failure) {
        self.exits.push(failure.exit);
        let findings = &failure.findings;
        if self.arguments.results.format == Shown::Json {
            let object = json!({ "input": input, "ok": false });
            self.results.push(with_findings(object, sources, findings));
            return;
        }
        self.terminal.warn(&render(sources, findings, self.terminal.color()));
        self.terminal.warn(&format!("“{input}”没有存档：{}\n", count(findings)));
    }

    fn finish(self) -> Exit {
        let exit = whole(&self.exits);
        if self.arguments.results.format == Shown::Json {
            let result =
                json!({ "exit": exit.word(), "notes": self.notes, "issues": self.results });
            self.terminal.say_json(&result);
        }
        exit
    }
}
