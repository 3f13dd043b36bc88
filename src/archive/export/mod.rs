//! The archive as a web page: a list by year, a search, the PDF files. It needs no server, so it
//! works from a file share, and no network. What the page shows is data in scripts, a file or more
//! for each year, which the page loads when it needs them.

mod data;
mod journal;
mod own;
mod page;
mod place;
mod source;
mod years;

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Archive, Error};
use place::Place;
use source::Source;
use years::Index;

/// What the page is called.
const PAGE: &str = "index.html";

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// How many issues the page lists.
    pub issues: usize,
    /// How many PDF files there are, those of corrected issues too.
    pub files: usize,
    /// How many of them were copied now; the others were there.
    pub copied: usize,
    /// What stands in the folder under names of ours and was not removed.
    pub left: Vec<Left>,
}

/// Something under a name of ours that is not what we wrote: it is never removed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// The name.
    pub path: PathBuf,
    /// What it is called now, when a file of ours needed the name.
    pub kept: Option<PathBuf>,
}

/// What keeps an export from being made. The export that was there before is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportError {
    /// There is something in the folder that no export wrote.
    Foreign(PathBuf),
    /// Where a file or a folder of ours should be is a link, or something else.
    Link(PathBuf),
    /// Another export writes to the folder.
    Busy(PathBuf),
    /// There is nothing to show.
    Empty,
    /// What is wrong with the archive, all of it.
    Archive(Vec<Error>),
    /// What the system says.
    Io(Error),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExportError::Foreign(path) => {
                write!(f, "“{}”不是导出的网页，不能覆盖", path.display())
            }
            ExportError::Link(path) => {
                write!(f, "“{}”是链接或别的东西，不是导出的文件或文件夹", path.display())
            }
            ExportError::Busy(path) => write!(f, "另一个程序正在往“{}”导出", path.display()),
            ExportError::Empty => write!(f, "存档里还没有简报"),
            ExportError::Archive(errors) => {
                let lines: Vec<String> = errors.iter().map(Error::to_string).collect();
                write!(f, "{}", lines.join("\n"))
            }
            ExportError::Io(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for ExportError {}

/// Writes the web page of an archive to a folder: a new one, an empty one, or one that an export
/// wrote. `progress` is told how many of how many issues are done.
///
/// The page appears, or changes, when all that it needs is there: `index.html` comes last and names
/// its data by their content. The same archive gives the same bytes.
///
/// # Errors
/// All that is wrong with the archive; a folder that is not for this; what the system says.
pub fn export(
    archive: &Archive,
    folder: &Path,
    title: Option<&str>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Exported, ExportError> {
    let years = years::of(archive)?;
    if years.is_empty() {
        return Err(ExportError::Empty);
    }
    let mut place = Place::open(folder)?;
    let made = fill(archive, &years, title, &mut place, progress);
    match made {
        Ok(exported) => place.finish().map(|left| Exported { left, ..exported }),
        Err(error) => {
            place.abandon();
            Err(error)
        }
    }
}

fn fill(
    archive: &Archive,
    years: &years::Years,
    title: Option<&str>,
    place: &mut Place,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Exported, ExportError> {
    let total = years.values().map(Vec::len).sum();
    let mut exported = Exported::default();
    let mut index = Index::default();
    let mut wrong = Vec::new();
    for (year, shelf) in years {
        let mut issues = Vec::new();
        for kept in shelf {
            match one(archive, kept, place, &mut exported) {
                Ok(entry) => {
                    exported.issues += 1;
                    issues.push(index.issue(entry, kept));
                }
                // One damaged bag is no reason to leave the others unread: all are named at once.
                Err(ExportError::Archive(errors)) => wrong.extend(errors),
                Err(other) => return Err(other),
            }
            progress(exported.issues + wrong.len(), total);
        }
        if wrong.is_empty() {
            index.year(*year, issues, place)?;
        }
    }
    if !wrong.is_empty() {
        return Err(ExportError::Archive(wrong));
    }
    place.put(PAGE, page::html(title, &index).as_bytes())?;
    Ok(exported)
}

/// Copies the PDF files of an issue, and reads what its latest revision says of itself.
fn one(
    archive: &Archive,
    kept: &years::Kept,
    place: &mut Place,
    exported: &mut Exported,
) -> Result<super::Entry, ExportError> {
    for revision in kept.revisions() {
        let (name, holding) = (kept.pdf(revision), kept.at(revision));
        let source = Source::open(archive, &holding)?;
        let (path, sha256) = source.pdf()?;
        exported.files += 1;
        if !place.keeps(&name, sha256) {
            place.put(&name, &source.read(path)?)?;
            exported.copied += 1;
        }
    }
    Source::open(archive, &kept.latest)?.entry()
}
