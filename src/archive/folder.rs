//! Bags in a folder of the local file system: `ROOT/mtg-kuaibao/2019/155/r1/`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Error, Files, Holding, Store, stamp};

/// An archive in a folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The archive in this folder, which need not be there yet.
    pub fn new(root: impl Into<PathBuf>) -> Folder {
        Folder { root: root.into() }
    }

    fn place(&self, holding: &Holding) -> PathBuf {
        self.root.join(holding.to_string())
    }
}

impl Store for Folder {
    fn put_bag(&self, holding: &Holding, files: &Files) -> Result<(), Error> {
        let place = self.place(holding);
        let parent = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(parent).map_err(|error| Error::io(parent, &error))?;
        let aside = tempfile::Builder::new().prefix(".new-").tempdir_in(parent);
        let aside = aside.map_err(|error| Error::io(parent, &error))?;
        for (path, bytes) in files {
            let file = aside.path().join(path);
            let folder = file.parent().unwrap_or(parent);
            fs::create_dir_all(folder).map_err(|error| Error::io(folder, &error))?;
            fs::write(&file, bytes).map_err(|error| Error::io(&file, &error))?;
        }
        if place.exists() {
            return Err(Error::Exists(holding.clone()));
        }
        fs::rename(aside.path(), &place).map_err(|error| Error::io(&place, &error))
    }

    fn list(&self) -> Result<Vec<Holding>, Error> {
        let mut holdings = Vec::new();
        for series in folders(&self.root)? {
            for year in folders(&self.root.join(&series))? {
                for issue in folders(&self.root.join(&series).join(&year))? {
                    let folder = self.root.join(&series).join(&year).join(&issue);
                    let revisions = folders(&folder)?;
                    let paths = revisions.iter().map(|r| format!("{series}/{year}/{issue}/{r}"));
                    holdings.extend(paths.filter_map(|path| Holding::parse(&path)));
                }
            }
        }
        holdings.sort();
        Ok(holdings)
    }

    fn stamp(&self) -> Result<Option<String>, Error> {
        stamp::of(&self.root).map(Some)
    }

    fn files(&self, holding: &Holding) -> Result<Vec<String>, Error> {
        let place = self.place(holding);
        let mut files = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            let path = place.join(&folder);
            for entry in fs::read_dir(&path).map_err(|error| Error::io(&path, &error))? {
                let entry = entry.map_err(|error| Error::io(&path, &error))?;
                let name = format!("{folder}{}", entry.file_name().to_string_lossy());
                match entry.path().is_dir() {
                    true => folders.push(name + "/"),
                    false => files.push(name),
                }
            }
        }
        files.sort();
        Ok(files)
    }

    fn get(&self, holding: &Holding, path: &str) -> Result<Vec<u8>, Error> {
        let file = self.place(holding).join(path);
        fs::read(&file).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Error::Missing(format!("{holding}/{path}")),
            _ => Error::io(&file, &error),
        })
    }
}

/// The names of the folders in a folder; none where there is none.
fn folders(path: &Path) -> Result<Vec<String>, Error> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io(path, &error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Error::io(path, &error))?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}
