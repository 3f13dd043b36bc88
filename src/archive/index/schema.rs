//! What the file of an index looks like, and whether a file is one.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::Fault;
use crate::disk;

/// Raised whenever tables, tokens or numbering change: an index of another version is built anew.
pub(super) const VERSION: i64 = 2;

/// `HTix`, so that another program's database is not taken for an index.
const APPLICATION: i64 = 0x4854_6978;

/// Items are found by `words` (contentless: only the tokens are kept) and shown from `item` and
/// `text`. `check` is [`checksum`] of the text beside it. `name` numbers what can be filtered by.
const SCHEMA: &str = "\
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE issue (
    id INTEGER PRIMARY KEY, holding TEXT NOT NULL UNIQUE, day INTEGER NOT NULL,
    latest INTEGER NOT NULL, entry TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE INDEX superseded ON issue (id) WHERE NOT latest;
CREATE TABLE item (id INTEGER PRIMARY KEY, facts TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE text (id INTEGER PRIMARY KEY, paragraphs TEXT NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE name (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, value));
CREATE TABLE problem (holding TEXT PRIMARY KEY, why TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    singles, pairs, tags, content = '', contentless_delete = 1, tokenize = 'ascii');
";

/// Makes the tables in an empty database.
pub(super) fn create(connection: &Connection) -> Result<(), Fault> {
    connection.execute_batch(SCHEMA)?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(())
}

/// Whether a file is there. SQLite itself would wait for a pipe in its place, or in that of a file
/// that it keeps beside it: it looks for these when it opens one.
pub(super) fn is_there(path: &Path) -> Result<bool, Fault> {
    for ending in ["-journal", "-wal", "-shm"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(ending);
        disk::is_file(beside.as_ref())?;
    }
    Ok(disk::is_file(path)?)
}

/// Opens a file that is there and is an index of this version. The whole is not read: what is
/// wrong inside shows when it is met.
pub(super) fn open(path: &Path) -> Result<Connection, Fault> {
    // SQLite would go through a link and write there; so a new one takes the link's place.
    if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(Fault::Damaged("是链接或别的东西，不是文件".to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    settle(&connection)?;
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if pragma("application_id")? != APPLICATION {
        return Err(Fault::Damaged("不是本程序的索引".to_owned()));
    }
    let version = pragma("user_version")?;
    if version != VERSION {
        return Err(Fault::Version(version));
    }
    let (pages, size) = (pragma("page_count")?, pragma("page_size")?);
    let bytes = fs::metadata(path).map(|file| file.len()).unwrap_or(0);
    if u64::try_from(pages * size) != Ok(bytes) {
        return Err(Fault::Damaged("长度不对".to_owned()));
    }
    if tables(&connection)? != *expected()? {
        return Err(Fault::Damaged("缺少索引的内容".to_owned()));
    }
    Ok(connection)
}

/// What holds for every connection: a file that was tampered with must do no harm.
fn settle(connection: &Connection) -> Result<(), Fault> {
    connection.busy_timeout(std::time::Duration::from_secs(60))?;
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -32000;",
    )?;
    Ok(())
}

/// A new database at this place, to be filled and then renamed: nobody else sees it, so it needs no
/// journal.
pub(super) fn create_aside(path: &Path) -> Result<Connection, Fault> {
    let connection = Connection::open(path)?;
    settle(&connection)?;
    connection.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;",
    )?;
    create(&connection)?;
    Ok(connection)
}

fn tables(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut statement = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name, sql")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The tables as they must be.
fn expected() -> Result<&'static Vec<String>, Fault> {
    static EXPECTED: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    if let Some(tables) = EXPECTED.get() {
        return Ok(tables);
    }
    let connection = Connection::open_in_memory()?;
    create(&connection)?;
    let made = tables(&connection)?;
    Ok(EXPECTED.get_or_init(|| made))
}

/// FNV-1a: against bits that fell over on the disk, not against people.
pub(super) fn checksum(text: &str) -> i64 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let hash = text
        .bytes()
        .fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash.cast_signed()
}

/// The text, when it is the one that was written.
pub(in crate::archive) fn checked(text: String, sum: i64) -> Result<String, Fault> {
    if checksum(&text) == sum {
        Ok(text)
    } else {
        Err(Fault::Damaged("内容被改动".to_owned()))
    }
}
