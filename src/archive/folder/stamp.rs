//! Whether bags came to a folder or went, without listing them.
//!
//! A folder's time changes when something is put into it, taken out or renamed in it: a new issue
//! changes that of its year, a new revision that of its issue. So it is enough to ask for the times
//! of these folders; the bags themselves are not opened. Most of the folders are those of issues,
//! and every question waits for them: the years are asked side by side.

use std::fs;
use std::io::ErrorKind;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

use super::Error;

/// The stamp of an archive in a folder.
pub(super) fn of(root: &Path) -> Result<String, Error> {
    let mut years = Vec::new();
    let mut hash = Sha256::new();
    for series in folders(root)? {
        series.add_to(&mut hash);
        for year in folders(&series.path)? {
            year.add_to(&mut hash);
            years.push(year.path);
        }
    }
    for digest in side_by_side(&years, |year| issues(year))? {
        hash.update(digest);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The names and times of the issues of a year.
fn issues(year: &Path) -> Result<[u8; 32], Error> {
    let mut hash = Sha256::new();
    for issue in folders(year)? {
        issue.add_to(&mut hash);
    }
    Ok(hash.finalize().into())
}

/// A folder and when something last came into it or went.
struct Timed {
    path: PathBuf,
    time: u128,
}

impl Timed {
    fn add_to(&self, hash: &mut Sha256) {
        let name = self.path.file_name().unwrap_or_default();
        hash.update(name.as_encoded_bytes());
        hash.update([0]);
        hash.update(self.time.to_le_bytes());
    }
}

/// The folders in a folder by name; none where there is none.
fn folders(folder: &Path) -> Result<Vec<Timed>, Error> {
    let fail = |error: &std::io::Error| Error::io(folder, error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fail(&error)),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| fail(&error))?;
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let metadata = entry.metadata().map_err(|error| fail(&error))?;
        let time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let time = time.map_or(0, |time| time.as_nanos());
        folders.push(Timed { path: entry.path(), time });
    }
    folders.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(folders)
}

/// What `work` makes of each, in their order; every processor takes a part of them.
fn side_by_side<T: Sync, R: Send>(
    all: &[T],
    work: impl Fn(&T) -> Result<R, Error> + Sync,
) -> Result<Vec<R>, Error> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let part = all.len().div_ceil(workers).max(1);
    thread::scope(|scope| {
        let parts = all.chunks(part).map(|part| scope.spawn(|| part.iter().map(&work).collect()));
        let parts: Vec<_> = parts.collect();
        let mut done = Vec::new();
        for part in parts {
            let part: Result<Vec<R>, Error> =
                part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            done.extend(part?);
        }
        Ok(done)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// However many processors there are: in order, each once, and a failure is not lost.
    #[test]
    fn work_side_by_side_keeps_its_order() {
        for length in [0, 1, 2, 7, 1000] {
            let numbers: Vec<usize> = (0..length).collect();
            let doubled = side_by_side(&numbers, |number| Ok(number * 2)).unwrap();
            assert_eq!(doubled, numbers.iter().map(|number| number * 2).collect::<Vec<_>>());
        }
        let fail = |number: &usize| match number {
            5 => Err(Error::Missing("5".to_owned())),
            number => Ok(*number),
        };
        assert!(side_by_side(&[1, 5, 3], fail).is_err());
    }
}
