//! Clears away what killed runs left: bags that were not finished, half a line of a ledger.

use std::fs;

use super::{Error, Folder, Tidied, ledger, lock, names, put};
use crate::archive::Store;
use crate::disk::{self, Make};

pub(super) fn run(folder: &Folder) -> Result<Option<Tidied>, Error> {
    if !folder.root.is_dir() {
        return Ok(Some(Tidied::default()));
    }
    let Some(guard) = lock::alone(folder)? else { return Ok(None) };
    let mut notes = unfinished(folder)?;
    notes.extend(half_lines(folder)?);
    Ok(Some(Tidied { guard, notes }))
}

fn unfinished(folder: &Folder) -> Result<Vec<String>, Error> {
    let aside = folder.root.join(put::ASIDE);
    let mut notes = Vec::new();
    for name in names::folders(&aside)? {
        let path = aside.join(&name);
        fs::remove_dir_all(&path).map_err(|error| Error::io(&path, &error))?;
        // Only what the program itself has named is spoken of as an issue.
        let Some(holding) = put::meant(&name) else { continue };
        if let Some(issue) = folder.place(&holding).parent() {
            // It goes only when it is empty: no revision was ever finished.
            let _ = fs::remove_dir(issue);
        }
        notes.push(format!("上次存“{holding}”时中断，没存完的文件已清除；存档未受影响"));
    }
    Ok(notes)
}

fn half_lines(folder: &Folder) -> Result<Vec<String>, Error> {
    let mut notes = Vec::new();
    for id in folder.ledgers()? {
        let bytes = folder.lines(&id)?;
        let whole = ledger::whole(&bytes);
        if whole == bytes.len() {
            continue;
        }
        let path = folder.ledger(&id);
        let cut = disk::own(&path, Make::Never)
            .and_then(|file| file.set_len(whole as u64).and_then(|()| file.sync_all()));
        cut.map_err(|error| Error::io(&path, &error))?;
        notes.push(format!("登记簿“{id}”末尾有上次没写完的半行，已清除"));
    }
    Ok(notes)
}
