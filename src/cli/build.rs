//! `hongtou build`: issues to PDF and DOCX.
//!
//! All issues are read and put into words before the first file is written, so that two that would
//! take the same file are found in time. An issue with errors does not keep the others from being
//! made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{Build, Format, Shown};
use super::project::{self, Failure, Opened};
use super::terminal::Terminal;
use super::{Exit, files, purpose, report};
use crate::build::{self, Composed, Options, Product, Source, WordFonts};
use crate::diagnostic::{Count, Diagnostic, Sources, render};
use crate::font::FontBook;

/// Where files go unless the user says otherwise.
const OUTPUT: &str = "out";

pub(super) fn run(arguments: &Build, terminal: &Terminal) -> Exit {
    if let Some(message) = purpose::contradiction(arguments) {
        terminal.warn(&format!("用法有错：{message}\n"));
        return Exit::Usage;
    }
    let mut run =
        Run { arguments, terminal, fonts: BTreeMap::new(), exits: Vec::new(), results: Vec::new() };
    let jobs: Vec<Job> = arguments.files.iter().filter_map(|input| run.prepare(input)).collect();
    if let Some(message) = clash(&jobs, arguments) {
        terminal.warn(&format!("用法有错：{message}\n"));
        return Exit::Usage;
    }
    for job in jobs {
        run.make(job);
    }
    run.finish()
}

/// An issue that was read and put into words.
struct Job {
    input: PathBuf,
    sources: Sources,
    composed: Composed,
    source: Source,
    fonts: Vec<PathBuf>,
    docx: WordFonts,
}

impl Job {
    /// The files that are to be made.
    fn files(&self, arguments: &Build) -> Vec<(Format, PathBuf)> {
        let folder = arguments.output.as_deref().unwrap_or(Path::new(OUTPUT));
        let stem = &self.composed.document.metadata.stem;
        let file = |format| {
            let name = match format {
                Format::Pdf => format!("{stem}{}.pdf", purpose::mark(arguments)),
                Format::Docx => format!("{stem}{}.docx", purpose::draft_mark(arguments)),
            };
            (format, folder.join(name))
        };
        purpose::formats(arguments).into_iter().map(file).collect()
    }
}

/// Two issues that would take one file. Names are compared as Windows does, without case.
fn clash(jobs: &[Job], arguments: &Build) -> Option<String> {
    let mut taken: BTreeMap<String, &Job> = BTreeMap::new();
    for job in jobs {
        for (_, file) in job.files(arguments) {
            let name = file.display().to_string();
            if let Some(other) = taken.insert(name.to_lowercase(), job) {
                return Some(format!(
                    "“{}”和“{}”会写成同一个文件“{name}”，什么都没有写。\
                     检查冠名、名称和期号，或分开生成到不同的文件夹",
                    other.input.display(),
                    job.input.display()
                ));
            }
        }
    }
    None
}

/// One run of the command.
struct Run<'a> {
    arguments: &'a Build,
    terminal: &'a Terminal,
    /// Font books by the paths they were made of.
    fonts: BTreeMap<Vec<PathBuf>, FontBook>,
    /// How each issue went.
    exits: Vec<Exit>,
    /// What is said to programs.
    results: Vec<Value>,
}

impl Run<'_> {
    /// Reads an issue and puts it into words; errors are shown.
    fn prepare(&mut self, input: &Path) -> Option<Job> {
        let mut sources = Sources::default();
        let opened = project::open(input, &mut sources).and_then(|opened| {
            let Opened { issue, layout, source, fonts, docx, findings, .. } = opened;
            let mut composed = build::compose(&issue, layout).map_err(Failure::content)?;
            composed.findings.splice(0..0, findings);
            let docx = purpose::word_fonts(&self.arguments.docx, docx).map_err(Failure::usage)?;
            Ok((composed, source, fonts, docx))
        });
        match opened {
            Ok((composed, source, fonts, docx)) => {
                let mut paths = self.arguments.fonts.font_path.clone();
                paths.extend(fonts);
                let input = input.to_owned();
                Some(Job { input, sources, composed, source, fonts: paths, docx })
            }
            Err(failure) => {
                self.fail(input, &sources, failure);
                None
            }
        }
    }

    /// Makes the files of an issue.
    fn make(&mut self, job: Job) {
        let files = job.files(self.arguments);
        match self.product(&job).and_then(|product| {
            write(&files, &product)?;
            Ok(product)
        }) {
            Ok(product) => self.succeed(&job, files, &product),
            Err(failure) => self.fail(&job.input, &job.sources, failure),
        }
    }

    fn product(&mut self, job: &Job) -> Result<Product, Failure> {
        let wanted = purpose::formats(self.arguments);
        let recipe = || purpose::recipe(self.arguments, job.docx);
        let options = Options {
            pdf: wanted.contains(&Format::Pdf).then(recipe),
            docx: wanted.contains(&Format::Docx).then_some(job.docx),
            source: Some(job.source.clone()),
            draft: self.arguments.draft,
        };
        let fonts = self.book(&job.fonts)?;
        job.composed.finish(fonts, &options).map_err(Failure::content)
    }

    fn book(&mut self, paths: &[PathBuf]) -> Result<&FontBook, Failure> {
        if !self.fonts.contains_key(paths) {
            let book = project::font_book(paths)?;
            self.fonts.insert(paths.to_owned(), book);
        }
        Ok(&self.fonts[paths])
    }

    fn succeed(&mut self, job: &Job, files: Vec<(Format, PathBuf)>, product: &Product) {
        self.exits.push(Exit::Done);
        let files: Vec<PathBuf> = files.into_iter().map(|(_, file)| file).collect();
        let findings = &[&*job.composed.findings, &product.findings].concat();
        if self.arguments.results.format == Shown::Json {
            let (input, pages) = (shown(&job.input), Some(&product.pages));
            let with_lines = self.arguments.report;
            let result = report::json(&input, &files, pages, with_lines, &job.sources, findings);
            self.results.push(result);
            return;
        }
        self.terminal.warn(&render(&job.sources, findings, self.terminal.color()));
        let docx = product.docx.as_ref().filter(|_| job.docx.embed.is_some()).map(Vec::len);
        self.terminal.say(&report::summary(&files, &product.pages, docx));
        if self.arguments.report {
            report::lines(&product.pages, self.terminal);
        }
    }

    fn fail(&mut self, input: &Path, sources: &Sources, failure: Failure) {
        self.exits.push(failure.exit);
        let findings = &failure.findings;
        if self.arguments.results.format == Shown::Json {
            self.results.push(report::json(&shown(input), &[], None, false, sources, findings));
            return;
        }
        self.terminal.warn(&render(sources, findings, self.terminal.color()));
        let input = shown(input);
        self.terminal.warn(&format!("“{input}”没有生成：{}\n", count(findings)));
    }

    fn finish(self) -> Exit {
        let exit = whole(&self.exits);
        if self.arguments.results.format == Shown::Json {
            let result = json!({ "exit": exit.word(), "issues": self.results });
            self.terminal.say_json(&result);
        }
        exit
    }
}

/// How the run ended when its issues ended so: in part when some were made and some were not.
pub(super) fn whole(exits: &[Exit]) -> Exit {
    let done = exits.contains(&Exit::Done);
    let failed = exits.iter().any(|exit| *exit != Exit::Done);
    match (done, failed) {
        (_, false) => Exit::Done,
        (true, true) => Exit::Partly,
        (false, true) if exits.contains(&Exit::Usage) => Exit::Usage,
        (false, true) if exits.contains(&Exit::Environment) => Exit::Environment,
        (false, true) => Exit::Content,
    }
}

fn write(files: &[(Format, PathBuf)], product: &Product) -> Result<(), Failure> {
    for (format, file) in files {
        let bytes = match format {
            Format::Pdf => &product.pdf,
            Format::Docx => &product.docx,
        };
        if let Some(bytes) = bytes {
            files::write_whole(file, bytes)
                .map_err(|finding| Failure::environment(vec![finding]))?;
        }
    }
    Ok(())
}

/// How many errors there are.
pub(super) fn count(findings: &[Diagnostic]) -> String {
    let count = Count::of(findings);
    match (count.errors, count.warnings) {
        (errors, 0) => format!("{errors}个错误"),
        (errors, warnings) => format!("{errors}个错误，{warnings}个警告"),
    }
}

/// The name of an input as the user knows it.
pub(super) fn shown(input: &Path) -> String {
    if input == Path::new("-") { project::STDIN.to_owned() } else { input.display().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_as_its_issues_did() {
        use Exit::{Content, Done, Environment, Partly, Usage};
        assert_eq!(whole(&[Done, Done]), Done);
        assert_eq!(whole(&[Done, Content]), Partly);
        assert_eq!(whole(&[Content, Content]), Content);
        assert_eq!(whole(&[Content, Environment]), Environment);
        assert_eq!(whole(&[Content, Usage]), Usage);
    }
}
