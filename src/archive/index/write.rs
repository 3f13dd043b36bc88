//! From entries to rows.

use chrono::Datelike;
use rusqlite::{Connection, OptionalExtension, params};

use super::Fault;
use super::schema::checksum;
use super::terms::Terms;
use crate::archive::entry::{Entry, Item, Paragraph};
use crate::archive::words;
use crate::archive::{Archive, Error, Holding};

/// How many entries are in the memory at once.
const BATCH: usize = 200;

/// What can be filtered by, each a token of the column `tags`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::archive) enum Tag {
    Unit,
    Section,
    Reference,
    Series,
}

impl Tag {
    /// Its name in the table `name`; the first letter begins its tokens.
    pub fn key(self) -> &'static str {
        match self {
            Tag::Unit => "unit",
            Tag::Section => "section",
            Tag::Reference => "reference",
            Tag::Series => "bulletin",
        }
    }

    /// The token of a value.
    pub fn token(self, id: i64) -> String {
        format!("{}{id}", &self.key()[..1])
    }
}

/// The id of an item: by date first, so that the newest are found first without sorting.
pub(super) fn item_id(day: i32, issue: i64, position: usize) -> Result<i64, Fault> {
    match (0..1 << 21, 0..1 << 24, 0..1_usize << 16) {
        (days, issues, positions)
            if days.contains(&day) && issues.contains(&issue) && positions.contains(&position) =>
        {
            Ok((i64::from(day) << 40) | (issue << 16) | position as i64)
        }
        _ => Err(Fault::Unusable("超出索引能编号的范围".to_owned())),
    }
}

/// The issue of an item.
pub(in crate::archive) fn issue_of(item: i64) -> i64 {
    (item >> 16) & 0x00ff_ffff
}

/// The day of an item.
pub(in crate::archive) fn day_of(item: i64) -> i32 {
    i32::try_from(item >> 40).unwrap_or(i32::MAX)
}

/// The ids of all items of these days.
pub(in crate::archive) fn ids_of(first: i32, last: i32) -> (i64, i64) {
    (i64::from(first) << 40, (i64::from(last) + 1).saturating_mul(1 << 40) - 1)
}

/// Puts these revisions into the index; those that cannot be read are written down as such.
/// `progress` is told how many are done.
pub(super) fn put_all(
    connection: &Connection,
    archive: &Archive,
    holdings: &[Holding],
    progress: &dyn Fn(usize),
) -> Result<(), Fault> {
    for (index, batch) in holdings.chunks(BATCH).enumerate() {
        let mut entries = Vec::new();
        for holding in batch {
            match archive.entry(holding) {
                Ok(entry) if entry.holding() == *holding => entries.push(entry),
                Ok(entry) => {
                    problem(connection, holding, &format!("写的是“{}”", entry.holding()))?;
                }
                Err(Error::Missing(path)) => {
                    problem(connection, holding, &format!("缺少“{path}”"))?;
                }
                Err(error @ Error::Damaged { .. }) => {
                    problem(connection, holding, &error.to_string())?;
                }
                Err(error) => return Err(Fault::Archive(error)),
            }
        }
        // Full-text segments are built fastest in the order of ids.
        entries.sort_by_cached_key(|entry| (entry.date, entry.holding()));
        for entry in &entries {
            put(connection, entry)?;
        }
        progress((index * BATCH + batch.len()).min(holdings.len()));
    }
    Ok(())
}

fn problem(connection: &Connection, holding: &Holding, why: &str) -> Result<(), Fault> {
    let mut statement =
        connection.prepare_cached("INSERT OR REPLACE INTO problem (holding, why) VALUES (?, ?)")?;
    statement.execute([&holding.to_string(), why])?;
    Ok(())
}

fn put(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    let holding = entry.holding();
    let day = entry.date.num_days_from_ce();
    let head = Entry { items: Vec::new(), distribution: Vec::new(), ..entry.clone() };
    let facts = json(&head)?;
    connection
        .prepare_cached(
            "INSERT INTO issue (holding, day, latest, entry, checksum) VALUES (?, ?, 1, ?, ?)",
        )?
        .execute(params![holding.to_string(), day, facts, checksum(&facts)])?;
    let issue = connection.last_insert_rowid();
    for (position, item) in entry.items.iter().enumerate() {
        put_item(connection, item_id(day, issue, position)?, item, &entry.series)?;
    }
    settle_latest(connection, &holding)
}

fn put_item(connection: &Connection, id: i64, item: &Item, series: &str) -> Result<(), Fault> {
    let facts = json(&Item { paragraphs: Vec::new(), ..item.clone() })?;
    connection
        .prepare_cached("INSERT INTO item (id, facts, checksum) VALUES (?, ?, ?)")?
        .execute(params![id, facts, checksum(&facts)])?;
    let paragraphs = searched(item);
    let text = json(&paragraphs)?;
    connection
        .prepare_cached("INSERT INTO text (id, paragraphs, checksum) VALUES (?, ?, ?)")?
        .execute(params![id, text, checksum(&text)])?;
    let mut tags = vec![name(connection, Tag::Series, series)?];
    for unit in &item.units {
        tags.push(name(connection, Tag::Unit, unit)?);
    }
    if let Some(section) = &item.section {
        tags.push(name(connection, Tag::Section, section)?);
    }
    for reference in &item.references {
        tags.push(name(connection, Tag::Reference, &reference.code)?);
        if let Some(title) = &reference.title {
            // So that an indicator can be asked for by its words: `code title` names it too.
            let both = format!("{} {title}", reference.code);
            tags.push(name(connection, Tag::Reference, &both)?);
        }
    }
    let mut terms = Terms::default();
    for paragraph in &paragraphs {
        terms.add(&words::tokens(&paragraph.text));
    }
    connection
        .prepare_cached("INSERT INTO words (rowid, singles, pairs, tags) VALUES (?, ?, ?, ?)")?
        .execute(params![id, terms.singles(), terms.pairs(), tags.join(" ")])?;
    Ok(())
}

/// What is searched of an item: its paragraphs, and its title where they do not begin with it.
fn searched(item: &Item) -> Vec<Paragraph> {
    let mut paragraphs = item.paragraphs.clone();
    let text: String =
        paragraphs.iter().flat_map(|paragraph| words::folded(&paragraph.text)).collect();
    for title in [&item.category, &item.headline].into_iter().flatten() {
        if !text.contains(&words::folded(title).concat()) {
            let title = Paragraph { text: title.clone(), page: item.page, turns: Vec::new() };
            paragraphs.insert(0, title);
        }
    }
    paragraphs
}

/// The token of a name, numbered when it is met for the first time.
fn name(connection: &Connection, tag: Tag, value: &str) -> Result<String, Fault> {
    let known = connection
        .prepare_cached("SELECT id FROM name WHERE kind = ? AND value = ?")?
        .query_row([tag.key(), value], |row| row.get(0))
        .optional()?;
    let id = match known {
        Some(id) => id,
        None => {
            connection
                .prepare_cached("INSERT INTO name (kind, value) VALUES (?, ?)")?
                .execute([tag.key(), value])?;
            connection.last_insert_rowid()
        }
    };
    Ok(tag.token(id))
}

/// Takes a revision out.
pub(super) fn remove(connection: &Connection, holding: &Holding) -> Result<(), Fault> {
    let issue: Option<(i64, i32)> = connection
        .prepare_cached("SELECT id, day FROM issue WHERE holding = ?")?
        .query_row([holding.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((issue, day)) = issue {
        let (first, last) = (item_id(day, issue, 0)?, item_id(day, issue, (1 << 16) - 1)?);
        let mut statement = connection.prepare("SELECT id FROM item WHERE id BETWEEN ? AND ?")?;
        let items: Vec<i64> =
            statement.query_map([first, last], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for item in items {
            connection.prepare_cached("DELETE FROM words WHERE rowid = ?")?.execute([item])?;
        }
        connection.execute("DELETE FROM item WHERE id BETWEEN ? AND ?", [first, last])?;
        connection.execute("DELETE FROM text WHERE id BETWEEN ? AND ?", [first, last])?;
        connection.execute("DELETE FROM issue WHERE id = ?", [issue])?;
    }
    connection.execute("DELETE FROM problem WHERE holding = ?", [holding.to_string()])?;
    settle_latest(connection, holding)
}

/// Marks the last revision of an issue, and only that.
fn settle_latest(connection: &Connection, holding: &Holding) -> Result<(), Fault> {
    let mut statement =
        connection.prepare_cached("SELECT id, holding FROM issue WHERE holding BETWEEN ? AND ?")?;
    // All revisions lie between `…/r` and `…/s`.
    let range = [format!("{}/r", holding.id), format!("{}/s", holding.id)];
    let rows = statement.query_map(range, |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let mut revisions: Vec<(u32, i64)> = Vec::new();
    for row in rows {
        let (id, holding) = row?;
        revisions.extend(Holding::parse(&holding).map(|holding| (holding.revision, id)));
    }
    revisions.sort_unstable();
    let last = revisions.last().map(|(_, id)| *id);
    for (_, id) in revisions {
        connection
            .prepare_cached("UPDATE issue SET latest = ?2 WHERE id = ?1 AND latest <> ?2")?
            .execute(params![id, Some(id) == last])?;
    }
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Unusable(error.to_string()))
}
