//! What lies in folders.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{Error, Folder, Holding, IssueId, LEDGER, LedgerId};

/// The names of the folders in a folder; none where there is none.
pub(super) fn folders(path: &Path) -> Result<Vec<String>, Error> {
    Ok(names(path)?.into_iter().filter(|(_, folder)| *folder).map(|(name, _)| name).collect())
}

/// What is in a folder, and whether it is a folder, in order; nothing where there is none.
fn names(path: &Path) -> Result<Vec<(String, bool)>, Error> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io(path, &error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Error::io(path, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(|error| Error::io(&entry.path(), &error))?;
        names.push((name, kind.is_dir()));
    }
    names.sort();
    Ok(names)
}

/// The files in a folder and all below it, in order.
pub(super) fn files(root: &Path) -> Result<Vec<String>, Error> {
    let mut files = Vec::new();
    let mut waiting = vec![String::new()];
    while let Some(folder) = waiting.pop() {
        for (name, is_folder) in names(&root.join(&folder))? {
            let path = format!("{folder}{name}");
            match is_folder {
                true => waiting.push(path + "/"),
                false => files.push(path),
            }
        }
    }
    files.sort();
    Ok(files)
}

/// What lies among the bags and is none of them. At the top may lie whatever the office likes; a
/// folder there is a bulletin's only when it has years.
pub(super) fn strangers(folder: &Folder) -> Result<Vec<String>, Error> {
    let mut strangers = Vec::new();
    for year in folder.years()? {
        for (name, is_folder) in names(&folder.root.join(year.to_string()))? {
            let path = format!("{year}/{name}");
            let Some(id) = IssueId::parse(&path).filter(|_| is_folder) else {
                strangers.extend((name != LEDGER || is_folder).then_some(path));
                continue;
            };
            let below = names(&folder.root.join(&path))?;
            let strange = |(name, is_folder): &(String, bool)| {
                !is_folder || Holding::parse(&format!("{id}/{name}")).is_none()
            };
            let below = below.iter().filter(|entry| strange(entry));
            strangers.extend(below.map(|(name, _)| format!("{id}/{name}")));
        }
    }
    let series: Vec<String> = folder.years()?.into_iter().map(|year| year.series).collect();
    for series in std::collections::BTreeSet::from_iter(series) {
        let below = names(&folder.root.join(&series))?;
        let paths = below.iter().map(|(name, is_folder)| (format!("{series}/{name}"), *is_folder));
        let strange = paths.filter(|(path, folder)| !folder || LedgerId::parse(path).is_none());
        strangers.extend(strange.map(|(path, _)| path));
    }
    strangers.sort();
    Ok(strangers)
}
