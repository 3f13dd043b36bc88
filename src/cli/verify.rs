//! `hongtou verify`: whether PDF files are what `build` writes from their source.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{Shown, Verify};
use super::project::{self, Failure, Opened};
use super::report::with_findings;
use super::terminal::Terminal;
use super::{Exit, files};
use crate::build::Source;
use crate::diagnostic::{Code, Diagnostic, Lines, Sources, render};
use crate::disk::most;
use crate::verify::{self, File, Report, Verdict};

pub(super) fn run(arguments: &Verify, terminal: &Terminal) -> Exit {
    if arguments.source.is_some() && arguments.files.len() > 1 {
        terminal.warn("用法有错：“--source”只能核对一个PDF，请一个一个核对\n");
        return Exit::Usage;
    }
    let mut exits = Vec::new();
    let mut results = Vec::new();
    for path in &arguments.files {
        let mut sources = Sources::default();
        let outcome = check(arguments, path, &mut sources);
        let shown = path.display().to_string();
        exits.push(match &outcome {
            Ok(report) => exit(report),
            Err(failure) => failure.exit,
        });
        if arguments.results.format == Shown::Json {
            results.push(outcome_json(&shown, &outcome, &sources));
            continue;
        }
        match outcome {
            Ok(report) => terminal.say(&said(&shown, arguments, &report)),
            Err(failure) => {
                terminal.warn(&render(&sources, &failure.findings, terminal.color()));
                terminal.warn(&format!("“{shown}”没有核对\n"));
            }
        }
    }
    if arguments.results.format == Shown::Json {
        terminal.say_json(&json!({ "files": results }));
    }
    whole(&exits)
}

/// How the run ended when its files ended so: what is different comes before what is not known.
fn whole(exits: &[Exit]) -> Exit {
    let order = [Exit::Partly, Exit::Content, Exit::Environment];
    order.into_iter().find(|exit| exits.contains(exit)).unwrap_or(Exit::Done)
}

/// What cannot be known here could be known elsewhere: with that version, with those fonts.
fn exit(report: &Report) -> Exit {
    match report.verdict {
        Verdict::Same => Exit::Done,
        Verdict::Different => Exit::Partly,
        Verdict::Older | Verdict::Newer | Verdict::Unknown => Exit::Environment,
    }
}

fn check(arguments: &Verify, path: &Path, sources: &mut Sources) -> Result<Report, Failure> {
    let one = |finding| Failure::environment(vec![finding]);
    let bytes = files::read_bytes(path, most::PDF).map_err(one)?;
    let file = verify::read(bytes).map_err(|error| {
        let message = format!("“{}”{error}", path.display());
        one(files::general(Code::PdfUnreadable, message, error.help))
    })?;
    let given = arguments.source.as_deref().map(|source| project::open(source, sources));
    let source = given.transpose()?.map(|Opened { source, .. }| source);
    // Fonts of the command line only: settings that lie beside a file may have come with it, and
    // would choose what is read here.
    compare(&file, source.as_ref(), &arguments.fonts.font_path)
}

fn compare(file: &File, source: Option<&Source>, fonts: &[PathBuf]) -> Result<Report, Failure> {
    let book = project::font_book(fonts)?;
    verify::verify(file, source, &book).map_err(|findings| {
        // Their places are in texts that were read anew; what they say is enough here.
        let bare = findings.into_iter().map(|finding| Diagnostic { span: None, ..finding });
        Failure::content(bare.collect())
    })
}

fn said(file: &str, arguments: &Verify, report: &Report) -> Lines {
    let source = match &arguments.source {
        Some(source) => format!("“{}”", source.display()),
        None => "嵌入的源文件".to_owned(),
    };
    let verdict = match report.verdict {
        Verdict::Same => format!("一致：与{source}排出的文字相同，字节相同"),
        Verdict::Different => format!("不一致：与{source}排出的不同"),
        Verdict::Older => other("旧", report),
        Verdict::Newer => other("新", report),
        Verdict::Unknown => "不能断定".to_owned(),
    };
    // A name that looks like one of these lines is not taken for the verdict.
    let marked = file.contains('：') || file.split(char::is_whitespace).any(str::is_empty);
    let mut lines = Lines::new();
    lines.line(&match marked {
        true => format!("“{file}”：{verdict}"),
        false => format!("{file}：{verdict}"),
    });
    report.notes.iter().for_each(|note| lines.line(&format!("  {note}")));
    lines
}

/// The verdict on a file that another version made.
fn other(age: &str, report: &Report) -> String {
    let what = match (report.text, report.drawn) {
        (Some(true), Some(true)) => "文字和画法相同，字节不能比较",
        (Some(true), _) => "文字相同，画法不同，不能断定是版本不同还是被改动过",
        (Some(false), _) => "文字不同，不能断定是版本不同还是被改动过",
        (None, _) => "不能断定",
    };
    let maker = report.maker.as_deref().unwrap_or("hongtou");
    format!("由{age}版本（{maker}）生成：{what}")
}

fn outcome_json(file: &str, outcome: &Result<Report, Failure>, sources: &Sources) -> Value {
    let same = |known: Option<bool>| match known {
        Some(true) => "same",
        Some(false) => "different",
        None => "unknown",
    };
    match outcome {
        Ok(report) => json!({
            "file": file,
            "result": match report.verdict {
                Verdict::Same => "same",
                Verdict::Different => "different",
                Verdict::Older => "older",
                Verdict::Newer => "newer",
                Verdict::Unknown => "unknown",
            },
            "maker": report.maker,
            "text": same(report.text),
            "bytes": same(report.bytes),
            "drawing": same(report.drawn),
            "notes": report.notes,
        }),
        Err(failure) => {
            let object = json!({ "file": file, "result": "error" });
            with_findings(object, sources, &failure.findings)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_different_comes_first() {
        use Exit::{Content, Done, Environment, Partly};
        assert_eq!(whole(&[Done, Done]), Done);
        assert_eq!(whole(&[Done, Environment]), Environment);
        assert_eq!(whole(&[Environment, Partly, Done]), Partly);
        assert_eq!(whole(&[Content, Environment]), Content);
    }
}
