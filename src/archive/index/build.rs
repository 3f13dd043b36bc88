//! Making an index, and bringing one up to date.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::lock::Lock;
use super::{Fault, Index, Progress, open_sealed, schema, write};
use crate::archive::{Archive, Holding};
use crate::disk;
use crate::scratch::{self, Draft, Readers};

/// More new revisions than this, and more than there are already, and all is built anew: without a
/// journal that is faster, and others can go on asking meanwhile.
const MANY: usize = 200;

/// How an index differs from its archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    None,
    /// Only the archive's stamp.
    Stamp,
    Bags {
        added: Vec<Holding>,
        removed: Vec<Holding>,
        /// How many revisions it has.
        known: usize,
    },
}

/// What there is to do. The archive is listed only when its stamp is another.
pub(super) fn change(connection: &Connection, archive: &Archive) -> Result<Change, Fault> {
    let stamp = archive.store().stamp().map_err(Fault::Archive)?;
    let unread = problems(connection)?;
    let kept: Option<String> = connection
        .query_row("SELECT value FROM meta WHERE key = 'stamp'", [], |row| row.get(0))
        .optional()?;
    if kept.is_some() && kept == stamp && unread.is_empty() {
        return Ok(Change::None);
    }
    let known = indexed(connection)?;
    let there: BTreeSet<Holding> =
        archive.holdings().map_err(Fault::Archive)?.into_iter().collect();
    // A bag that could not be read may have been put right.
    let unread: BTreeSet<Holding> = unread.into_iter().map(|(holding, _)| holding).collect();
    let still = |holding: &&Holding| unread.contains(holding) && archive.entry(holding).is_err();
    let added: Vec<Holding> =
        there.iter().filter(|h| !known.contains(h) && !still(h)).cloned().collect();
    let removed: Vec<Holding> =
        known.iter().chain(&unread).filter(|holding| !there.contains(holding)).cloned().collect();
    Ok(match added.is_empty() && removed.is_empty() {
        true if stamp == kept => Change::None,
        true => Change::Stamp,
        false => Change::Bags { added, removed, known: known.len() },
    })
}

fn indexed(connection: &Connection) -> Result<BTreeSet<Holding>, Fault> {
    let mut statement = connection.prepare("SELECT holding FROM issue")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut holdings = BTreeSet::new();
    for row in rows {
        let holding = Holding::parse(&row?).ok_or(Fault::Damaged("编号不对".to_owned()))?;
        holdings.insert(holding);
    }
    Ok(holdings)
}

/// The revisions that could not be read, and why.
pub(super) fn problems(connection: &Connection) -> Result<Vec<(Holding, String)>, Fault> {
    let mut statement = connection.prepare("SELECT holding, why FROM problem ORDER BY holding")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let mut problems = Vec::new();
    for row in rows {
        let (holding, why) = row?;
        let holding = Holding::parse(&holding).ok_or(Fault::Damaged("编号不对".to_owned()))?;
        problems.push((holding, why));
    }
    Ok(problems)
}

/// Brings the index up to date; `false` when it is better built anew.
pub(super) fn update(
    path: &Path,
    archive: &Archive,
    change: &Change,
    progress: Progress<'_>,
) -> Result<bool, Fault> {
    if let Change::Bags { added, known, .. } = change
        && added.len() > MANY.max(*known)
    {
        return Ok(false);
    }
    let lock = Lock::alone(path)?;
    let mut connection = open_sealed(path)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let stamp = archive.store().stamp().map_err(Fault::Archive)?;
    // Another process may have done it by now.
    if let Change::Bags { added, removed, .. } = self::change(&transaction, archive)? {
        for holding in removed.iter().chain(&added) {
            write::remove(&transaction, holding)?;
        }
        let total = added.len();
        write::put_all(&transaction, archive, &added, &|done| progress(done, total))?;
    }
    set_stamp(&transaction, stamp)?;
    transaction.commit()?;
    drop(connection);
    lock.seal(path)?;
    Ok(true)
}

fn set_stamp(connection: &Connection, stamp: Option<String>) -> Result<(), Fault> {
    connection.execute("DELETE FROM meta WHERE key = 'stamp'", [])?;
    if let Some(stamp) = stamp {
        connection.execute("INSERT INTO meta (key, value) VALUES ('stamp', ?)", [stamp])?;
    }
    Ok(())
}

/// Builds an index and puts it in its place.
pub(super) fn build(path: &Path, archive: &Archive, progress: Progress<'_>) -> Result<(), Fault> {
    disk::may_replace(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    create_private(folder)?;
    // An index is for all who read the archive. The lock on it says that somebody is still at it.
    let mut aside = Draft::new(folder, scratch::INDEX, Readers::Usual)?;
    drop(fill(&aside, archive, progress)?);
    aside.file().sync_all()?;
    let lock = Lock::alone(path)?;
    // The old one goes before its journal, the journal before the new one comes: at no moment does
    // a journal lie beside a file that is not its own.
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    for old in [path.as_os_str(), &journal] {
        match fs::remove_file(old) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    aside.settle(path)?;
    lock.seal(path)?;
    Ok(disk::sync_folder(folder)?)
}

/// Makes the folder of a cache, for its owner only: what is in an index is in the archive, and not
/// everyone may read that.
fn create_private(folder: &Path) -> Result<(), Fault> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    match folder.is_dir() || folder.as_os_str().is_empty() {
        true => Ok(()),
        false => Ok(builder.create(folder)?),
    }
}

/// Builds an index that is thrown away with its file.
pub(super) fn temporary(
    folder: &Path,
    archive: &Archive,
    progress: Progress<'_>,
) -> Result<Index, Fault> {
    let aside = Draft::new(folder, scratch::INDEX, Readers::Owner)?;
    let connection = fill(&aside, archive, progress)?;
    // Nobody else knows of it: a lock file beside it would only be left behind.
    Ok(Index { connection, _lock: Lock::none(), _temporary: Some(aside) })
}

fn fill(aside: &Draft, archive: &Archive, progress: Progress<'_>) -> Result<Connection, Fault> {
    let connection = schema::create_aside(aside.path())?;
    connection.execute_batch("BEGIN")?;
    // The stamp before the list: what comes in between is then found by the next question.
    let stamp = archive.store().stamp().map_err(Fault::Archive)?;
    let holdings = archive.holdings().map_err(Fault::Archive)?;
    let total = holdings.len();
    write::put_all(&connection, archive, &holdings, &|done| progress(done, total))?;
    set_stamp(&connection, stamp)?;
    connection.execute_batch("COMMIT; INSERT INTO words (words) VALUES ('optimize');")?;
    Ok(connection)
}
