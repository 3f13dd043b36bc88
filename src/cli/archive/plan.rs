//! What `archive add` is to keep: every issue read, put into words and set once, before the first
//! is kept, so that what can be found wrong is found in time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::archive::{
    Archive, Entry, Filing, Holding, IssueId, Newcomer, Oddity, Parcel, Standing,
};
use crate::build::{self, Composed, EmbedRecipe, Options, Recipe, Source, WordFonts};
use crate::cli::args::Add;
use crate::cli::project::{self, Failure, Opened};
use crate::cli::{files, purpose};
use crate::diagnostic::{Code, Diagnostic, Sources, Span};
use crate::font::FontBook;
use crate::issue::Issue;

/// Font books by the paths they were made of, each made once.
#[derive(Default)]
pub(super) struct Books(Mutex<BTreeMap<Vec<PathBuf>, Arc<FontBook>>>);

impl Books {
    fn get(&self, paths: &[PathBuf]) -> Result<Arc<FontBook>, Failure> {
        let mut books = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(book) = books.get(paths) {
            return Ok(book.clone());
        }
        let book = project::font_book(paths)?;
        Ok(books.entry(paths.to_owned()).or_insert(Arc::new(book)).clone())
    }
}

/// An issue that can be kept.
pub(super) struct Plan {
    pub(super) input: PathBuf,
    pub(super) id: IssueId,
    /// What is looked at beside its neighbours; `None` when it is there already.
    pub(super) newcomer: Option<Newcomer>,
    places: Places,
    /// Name of the bulletin, without the number.
    pub(super) bulletin: String,
    source: Source,
    fonts: Vec<PathBuf>,
    docx: WordFonts,
    sm3: bool,
    /// Warnings, with the texts that they point into.
    pub(super) sources: Sources,
    pub(super) findings: Vec<Diagnostic>,
}

/// Where an issue says what its neighbours say too.
#[derive(Clone, Copy)]
struct Places {
    number: Span,
    date: Span,
    total: Option<Span>,
}

/// Why an issue cannot be kept, with the texts that the findings point into.
pub(super) struct Refusal {
    pub(super) sources: Sources,
    pub(super) failure: Failure,
}

/// Reads an issue and sees whether it can be kept.
pub(super) fn make(
    archive: &Archive,
    arguments: &Add,
    input: &Path,
    books: &Books,
) -> Result<Plan, Refusal> {
    let mut sources = Sources::default();
    match check(archive, arguments, input, books, &mut sources) {
        Ok(plan) => Ok(Plan { sources, ..plan }),
        Err(failure) => Err(Refusal { sources, failure }),
    }
}

fn check(
    archive: &Archive,
    arguments: &Add,
    input: &Path,
    books: &Books,
    sources: &mut Sources,
) -> Result<Plan, Failure> {
    refuse_products(input)?;
    let opened = project::open(input, sources)?;
    let Opened { issue, layout, source, mut fonts, docx, series, sm3, mut findings } = opened;
    let mut composed = build::compose(&issue, layout).map_err(Failure::content)?;
    findings.append(&mut composed.findings);
    let mut paths = arguments.fonts.font_path.clone();
    paths.append(&mut fonts);
    let id = IssueId::of(&series_of(arguments, series)?, &issue);
    // Pages alone: they show a character that no font has.
    composed.finish(&*books.get(&paths)?, &Options::default()).map_err(Failure::content)?;
    let standing = stands(archive, arguments, &id, &source)?;
    let newcomer = match standing {
        Standing::Same(_) => None,
        Standing::Absent => Some(Newcomer::of(&id, &issue, true)),
        _ => Some(Newcomer::of(&id, &issue, false)),
    };
    let docx = purpose::word_fonts(&arguments.docx, docx);
    let docx = docx.map_err(Failure::usage)?;
    Ok(Plan {
        input: input.to_owned(),
        id,
        newcomer,
        places: Places {
            number: issue.number.number.span,
            date: issue.number.date.span,
            total: issue.number.total.as_ref().map(|total| total.span),
        },
        bulletin: composed.document.metadata.bulletin.clone(),
        source,
        fonts: paths,
        docx,
        sm3: arguments.sm3 || sm3,
        sources: Sources::default(),
        findings,
    })
}

/// A PDF or a DOCX is made of an issue, and is none.
fn refuse_products(input: &Path) -> Result<(), Failure> {
    let ending = input.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let kind = match ending.to_ascii_lowercase().as_str() {
        "pdf" => "PDF",
        "docx" | "doc" | "wps" => "Word文档",
        _ => return Ok(()),
    };
    let message = format!("“{}”是{kind}，不是简报的内容", input.display());
    let help = "存档要写简报的YAML文件，如 155.yaml；PDF和DOCX由程序生成，一起存入";
    Err(Failure::environment(vec![files::general(Code::FileNoIssue, message, help)]))
}

fn series_of(arguments: &Add, office: Option<String>) -> Result<String, Failure> {
    arguments.series.clone().or(office).ok_or_else(|| {
        let message = "不知道刊名代号，存档里没有地方放";
        let help = "在 hongtou.yaml 里写一行“刊名代号: mtg-kuaibao”（小写英文字母，一份简报一个代号），\
                    或加上 --series mtg-kuaibao";
        Failure::environment(vec![files::general(Code::ArchiveNoSeries, message, help)])
    })
}

/// Refuses what the archive would refuse, before anything is kept.
fn stands(
    archive: &Archive,
    arguments: &Add,
    id: &IssueId,
    source: &Source,
) -> Result<Standing, Failure> {
    use crate::archive::Error;
    let standing = archive.standing(id, source).map_err(|error| super::failure(&error))?;
    let error = match (standing.clone(), &arguments.correction) {
        (Standing::Different(latest), None) => Error::Differs(latest),
        (Standing::Superseded { old, latest }, None) => Error::Superseded { old, latest },
        (Standing::Absent, Some(_)) => Error::NothingToCorrect(id.clone()),
        _ => return Ok(standing),
    };
    Err(super::failure(&error))
}

impl Plan {
    /// Warns of something odd.
    pub(super) fn warn(&mut self, oddity: &Oddity) {
        let Places { number, date, total } = self.places;
        let (code, span, help) = match oddity {
            Oddity::Gap { .. } => {
                (Code::ArchiveGap, number, "缺的期以后可以补存；期号没有写错就不必理会")
            }
            Oddity::Number(_) => (Code::ArchiveOddNumber, number, "检查期号、年度和编号方式"),
            Oddity::Early(..) | Oddity::Late(..) => (
                Code::ArchiveOddDate,
                date,
                "检查日期和期号；日期写错了，改好再存一次，加上 --correction \"原因\"",
            ),
            Oddity::Total(..) => (
                Code::ArchiveOddTotal,
                total.unwrap_or(number),
                "检查总期号；写错了，改好再存一次，加上 --correction \"原因\"",
            ),
        };
        self.findings.push(Diagnostic::warning(code, span, oddity.to_string()).with_help(help));
    }

    /// Makes the files: what is to be kept, and warnings of what they cannot be.
    pub(super) fn parcel(&self, books: &Books) -> Result<(Parcel, Vec<Diagnostic>), Failure> {
        let recipe = Recipe { embed: Some(EmbedRecipe::default()), ..Recipe::default() };
        let options = Options {
            pdf: Some(recipe),
            docx: Some(self.docx),
            source: Some(self.source.clone()),
            draft: false,
        };
        let (issue, composed) = self.compose().map_err(Failure::content)?;
        let product = composed.finish(&*books.get(&self.fonts)?, &options);
        let product = product.map_err(Failure::content)?;
        let holding = Holding { id: self.id.clone(), revision: 1 };
        let entry = Entry::new(&holding, &issue, &composed.document, &product.pages);
        match (product.pdf, product.docx, product.record) {
            (Some(pdf), Some(docx), Some(record)) => {
                let source = self.source.clone();
                Ok((Parcel { entry, pdf, docx, source, record }, product.findings))
            }
            _ => Err(Failure::content(vec![Diagnostic::general(
                Code::Fault,
                "没有生成全部文件（程序的错误）",
            )])),
        }
    }

    /// The issue in words, from the very texts that are kept.
    fn compose(&self) -> Result<(Issue, Composed), Vec<Diagnostic>> {
        let (issue, layout, _) = self.source.read(&mut Sources::default())?;
        let composed = build::compose(&issue, layout)?;
        Ok((issue, composed))
    }

    /// How it is filed.
    pub(super) fn filing(&self, arguments: &Add, date: chrono::NaiveDate) -> Filing {
        Filing { date, sm3: self.sm3, correction: arguments.correction.clone() }
    }
}
