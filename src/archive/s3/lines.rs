//! Ledgers as objects: a line each, put where none is, `mtg-kuaibao/2019/ledger/000001.txt`. Whoever
//! puts a hundredth line puts a copy of the hundred beside it, so that reading a year takes few
//! requests; a copy that is missing is no harm.

use std::sync::PoisonError;

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::ObjectStoreExt;

use super::S3;
use crate::archive::{Error, LedgerId};

const FOLDER: &str = "ledger";

/// How many lines a copy has.
const BLOCK: usize = 100;

/// How many requests are under way at once.
const AT_ONCE: usize = 16;

/// The ledger that an object belongs to.
pub(super) fn of(name: &str) -> Option<LedgerId> {
    let (ledger, file) = name.rsplit_once('/')?;
    let number = file.strip_suffix(".txt")?;
    let plain = number.len() >= 6 && number.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    plain.then(|| LedgerId::parse(ledger.strip_suffix(FOLDER)?.strip_suffix('/')?))?
}

fn line(ledger: &LedgerId, number: usize) -> String {
    format!("{ledger}/{FOLDER}/{number:06}.txt")
}

/// The copy of the lines up to this one.
fn block(ledger: &LedgerId, last: usize) -> String {
    format!("{ledger}/{FOLDER}/{:06}-{last:06}.txt", last + 1 - BLOCK)
}

/// The lines that are there from the first on without a gap.
pub(super) fn read(s3: &S3, ledger: &LedgerId) -> Result<Vec<u8>, Error> {
    let there = s3.names(&format!("{ledger}/{FOLDER}"))?;
    let mut wanted = Vec::new();
    let mut number = 1;
    loop {
        let copy = block(ledger, number - 1 + BLOCK);
        if there.binary_search(&copy).is_ok() {
            wanted.push(copy);
            number += BLOCK;
            continue;
        }
        let one = line(ledger, number);
        if there.binary_search(&one).is_err() {
            break;
        }
        wanted.push(one);
        number += 1;
    }
    fetch(s3, &wanted)?;
    let known = s3.lines.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(wanted.iter().filter_map(|name| known.get(name)).flatten().copied().collect())
}

/// Brings those of the objects that are not known yet.
fn fetch(s3: &S3, wanted: &[String]) -> Result<(), Error> {
    let missing: Vec<&String> = {
        let known = s3.lines.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.iter().filter(|name| !known.contains_key(*name)).collect()
    };
    let requests = missing.into_iter().map(|name| async move {
        let bytes = s3.store.get(&s3.object(name)).await;
        let bytes = match bytes {
            Ok(found) => found.bytes().await,
            Err(error) => Err(error),
        };
        bytes
            .map(|bytes| (name.clone(), bytes.to_vec()))
            .map_err(|error| s3.wrong.say(name, &error))
    });
    let all = stream::iter(requests).buffered(AT_ONCE).try_collect::<Vec<_>>();
    let all = s3.runtime.block_on(all)?;
    s3.lines.lock().unwrap_or_else(PoisonError::into_inner).extend(all);
    Ok(())
}

/// Puts a line where none is; whether there was none.
pub(super) fn put(s3: &S3, ledger: &LedgerId, number: usize, text: &str) -> Result<bool, Error> {
    if !s3.put_new(&line(ledger, number), text.as_bytes().to_vec())? {
        return Ok(false);
    }
    if number.is_multiple_of(BLOCK) {
        let all = read(s3, ledger)?;
        let lines: Vec<&[u8]> = all.split_inclusive(|byte| *byte == b'\n').collect();
        if let Some(last) = lines.get(number - BLOCK..number) {
            s3.put_new(&block(ledger, number), last.concat())?;
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_of_a_ledger_are_known_by_their_names() {
        let ledger = LedgerId { series: "kuaibao".to_owned(), year: 2019 };
        assert_eq!(of(&line(&ledger, 7)), Some(ledger.clone()));
        assert_eq!(of(&block(&ledger, 200)), Some(ledger.clone()));
        assert_eq!(block(&ledger, 200), "kuaibao/2019/ledger/000101-000200.txt");
        for name in ["kuaibao/2019/155/r1.zip", "kuaibao/2019/ledger/x.txt", "a/ledger/000001.txt"]
        {
            assert_eq!(of(name), None, "{name}");
        }
    }
}
