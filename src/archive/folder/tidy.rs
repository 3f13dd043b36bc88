//! Clears away what killed runs left: bags that were not finished, half a line of a ledger.

use std::fs;

use super::{Error, Folder, Tidied, ledger, lock, names, put};
use crate::archive::Store;
use crate::disk::{self, Make, nofollow};

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
    // What a link leads to is not of this archive, whatever it is called.
    if !nofollow::is_folder(&aside).map_err(|error| Error::io(&aside, &error))? {
        return Ok(notes);
    }
    for name in names::folders(&aside)? {
        let path = aside.join(&name);
        // Only what is named and filled as the program does it was left by a run of it.
        let meant = put::meant(&name).filter(|_| put::is_begun_bag(&path).unwrap_or(false));
        let Some(holding) = meant else {
            let path = path.display();
            notes.push(format!("“{path}”不像是程序留下的，没有动；没有用的话请删除"));
            continue;
        };
        // Links inside are removed, not followed.
        fs::remove_dir_all(&path).map_err(|error| Error::io(&path, &error))?;
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
