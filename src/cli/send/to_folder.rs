//! `hongtou send --to-folder`: a file for each message, for offices that send with a program of
//! their own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, FixedOffset, NaiveTime};

use super::prepare::Prepared;
use crate::archive::Entry;
use crate::cli::files::{self, general};
use crate::cli::project::Failure;
use crate::diagnostic::{Code, Diagnostic, MOST};
use crate::disk;
use crate::mail::message::{Purpose, write};
use crate::mail::{Plan, Recipient};
use crate::scratch::DraftFolder;

/// Writes the messages, all or none: a folder made beside and renamed when the folder is new, else
/// each file whole. Files of an earlier run must be the same or are left alone.
///
/// # Errors
/// A message that cannot be written; a folder that has other files of these names.
pub(super) fn run(folder: &Path, prepared: &Prepared, plan: &Plan) -> Result<String, Failure> {
    let purpose = if prepared.test { Purpose::Test } else { Purpose::Draft };
    let letter = prepared.letter(date(&prepared.entry), purpose);
    let mut messages = Vec::new();
    let mut wrong = Vec::new();
    for (index, planned) in plan.messages.iter().enumerate() {
        match write(planned, &letter) {
            Ok(message) => {
                messages.push((name(index + 1, plan.messages.len(), &planned.recipient), message));
            }
            // No more than are shown: each is compared with all before it.
            Err(finding) if wrong.len() <= MOST && !wrong.contains(&finding) => wrong.push(finding),
            Err(_) => {}
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::environment(wrong));
    }
    let files: Vec<(&str, &[u8])> =
        messages.iter().map(|(name, message)| (name.as_str(), &*message.bytes)).collect();
    put(folder, &files)?;
    Ok(format!("{}：{}封邮件，没有发送，也不记入发送记录", folder.display(), files.len()))
}

/// The same each time: a draft gets its real date when it is sent.
fn date(entry: &Entry) -> DateTime<FixedOffset> {
    const EAST: i32 = 8 * 3600;
    let morning = entry.date.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default());
    let zone = FixedOffset::east_opt(EAST);
    match zone.and_then(|zone| morning.and_local_timezone(zone).single()) {
        Some(date) => date,
        None => morning.and_utc().fixed_offset(),
    }
}

/// 003-城子街道-王芳.eml: in the order of print, safe on every system.
fn name(number: usize, count: usize, recipient: &Recipient) -> String {
    let width = count.to_string().len().max(2);
    let names = [&recipient.unit, &recipient.person].into_iter().flatten();
    let mut stem: String = names.map(|name| format!("-{}", safe(name))).collect();
    if stem.is_empty() {
        stem = format!("-{}", safe(&recipient.address));
    }
    format!("{number:0width$}{stem}.eml")
}

/// Letters and digits of any script; a name of moderate length.
fn safe(name: &str) -> String {
    const KEPT: usize = 20;
    let kept = name.chars().filter(|c| c.is_alphanumeric() || "-_@.、".contains(*c)).take(KEPT);
    kept.collect::<String>().trim_end_matches('.').to_owned()
}

/// All files or none.
fn put(folder: &Path, messages: &[(&str, &[u8])]) -> Result<(), Failure> {
    let one = |finding: Diagnostic| Failure::environment(vec![finding]);
    let there = other_messages(folder, messages);
    if !there.is_empty() {
        let message = format!("“{}”里已有别的邮件：{}", folder.display(), there.join("、"));
        return Err(one(general(Code::MailFolder, message, "换一个空文件夹，或移走这些文件")));
    }
    let beside = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let wrong = |error: std::io::Error| {
        let message = format!("写不了文件夹“{}”", folder.display());
        one(general(Code::MailFolder, message, files::said(&error)))
    };
    fs::create_dir_all(beside).map_err(wrong)?;
    let aside = DraftFolder::new(beside).map_err(wrong)?;
    // A folder within, for the temporary one is closed to everyone else.
    let whole = aside.path().join("messages");
    fs::create_dir(&whole).map_err(wrong)?;
    for (name, bytes) in messages {
        files::write_whole(&whole.join(name), bytes).map_err(one)?;
    }
    if fs::rename(&whole, folder).is_ok() {
        return Ok(());
    }
    // The folder is there and not empty: what was written moves in, file by file. Stopped half-way,
    // the next run finds the same files and goes on.
    fs::create_dir_all(folder).map_err(wrong)?;
    for (name, _) in messages {
        fs::rename(whole.join(name), folder.join(name)).map_err(wrong)?;
    }
    Ok(())
}

/// Whether this file has these bytes. What is no file is not opened: a link may lead anywhere, a
/// pipe may never end.
fn is_the_same(path: &Path, bytes: &[u8]) -> bool {
    let there = fs::symlink_metadata(path);
    there.is_ok_and(|there| there.is_file() && there.len() == bytes.len() as u64)
        && disk::read(path, bytes.len() as u64).is_ok_and(|there| there == bytes)
}

/// Messages in the folder that are not exactly what would be written.
fn other_messages(folder: &Path, messages: &[(&str, &[u8])]) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let new: BTreeMap<&str, &[u8]> = messages.iter().copied().collect();
    let mut others: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "eml"))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| match new.get(name.as_str()) {
            Some(bytes) => !is_the_same(&folder.join(name), bytes),
            None => true,
        })
        .collect();
    others.sort();
    others.truncate(5);
    others
}
