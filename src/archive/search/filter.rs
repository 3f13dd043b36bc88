//! From what a person names to what the index has.

use rusqlite::Connection;

use super::Query;
use crate::archive::index::{self, Fault, Tag};
use crate::archive::words;
use crate::yaml::nearest;

/// Tokens of the column `tags`, one of which an item must have.
pub(super) type Tokens = Vec<String>;

/// The filters of a query; else what is unknown, in words.
pub(super) fn resolve(
    connection: &Connection,
    query: &Query,
) -> Result<Result<Vec<Tokens>, Vec<String>>, Fault> {
    let mut filters = Vec::new();
    let mut unknown = Vec::new();
    for (tag, what, wanted) in [
        (Tag::Unit, "单位", &query.units),
        (Tag::Reference, "指标", &query.references),
        (Tag::Section, "栏目", &query.sections),
        (Tag::Series, "刊名代号", &query.series),
    ] {
        if wanted.is_empty() {
            continue;
        }
        let known = names(connection, tag)?;
        let mut tokens = Tokens::new();
        for name in wanted {
            tokens.extend(ids(tag, name, &known).into_iter().map(|id| tag.token(id)));
        }
        if tokens.is_empty() {
            unknown.push(said(what, wanted, &known));
        }
        tokens.sort();
        tokens.dedup();
        filters.push(tokens);
    }
    Ok(if unknown.is_empty() { Ok(filters) } else { Err(unknown) })
}

/// What the index knows of a kind.
pub(super) fn names(connection: &Connection, tag: Tag) -> Result<Vec<(i64, String)>, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT id, value FROM name WHERE kind = ? ORDER BY value")?;
    let rows = statement.query_map([tag.key()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The names that are meant: the one that is called so, else all that have these words in them.
/// Width and case make no difference; of indicators the code alone is enough.
fn ids(tag: Tag, wanted: &str, known: &[(i64, String)]) -> Vec<i64> {
    let wanted = words::folded(wanted);
    if wanted.is_empty() {
        return Vec::new();
    }
    let with = |holds: &dyn Fn(&[String]) -> bool| -> Vec<i64> {
        known.iter().filter(|(_, name)| holds(&words::folded(name))).map(|(id, _)| *id).collect()
    };
    let same = with(&|name| name == wanted);
    if !same.is_empty() || tag == Tag::Series {
        return same;
    }
    with(&|name| name.windows(wanted.len()).any(|part| part == wanted))
}

fn said(what: &str, wanted: &[String], known: &[(i64, String)]) -> String {
    let names = wanted.join("、");
    let near =
        wanted.iter().find_map(|name| nearest(name, known.iter().map(|(_, name)| name.as_str())));
    match near {
        Some(near) => format!("存档里没有{what}“{names}”；是否应为“{near}”？"),
        None => format!("存档里没有{what}“{names}”"),
    }
}

/// The full-text expression; `None` when everything is meant. Only tokens of our own making stand
/// in it, so nothing that a person types has a meaning there.
pub(super) fn expression(phrases: &[Vec<String>], filters: &[Tokens]) -> Option<String> {
    let phrases = phrases.iter().map(|phrase| index::phrase(phrase));
    let filters = filters.iter().map(|tokens| {
        let any: Vec<String> = tokens.iter().map(|token| format!("\"{token}\"")).collect();
        format!("tags : ({})", any.join(" OR "))
    });
    let all: Vec<String> = filters.chain(phrases).collect();
    if all.is_empty() { None } else { Some(all.join(" AND ")) }
}
