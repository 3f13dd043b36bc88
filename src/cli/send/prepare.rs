//! Brings together what a sending needs: the archived issue, the looks of messages, who gets them.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::{office, source};
use crate::archive::Entry;
use crate::cli::archive::{root, which};
use crate::cli::args::Sending;
use crate::cli::project::{Failure, Office};
use crate::diagnostic::{Diagnostic, Sources};
use crate::disk;
use crate::mail::message::{Files, Letter, Purpose, Style};
use crate::mail::{Address, Plan, Planned, Recipient, Selection, plan};

/// What a sending is made of.
pub(super) struct Prepared {
    /// The issue.
    pub(super) entry: Entry,
    /// What can be attached.
    pub(super) files: Files,
    /// Why it corrects the revision before it.
    reason: Option<String>,
    /// Whether it goes to the editor alone.
    pub(super) test: bool,
    /// What messages look like.
    pub(super) style: Style,
    /// The folder of the archive.
    pub(super) root: PathBuf,
    /// The settings of the office.
    pub(super) office: Option<Office>,
    /// Warnings so far.
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads the issue that is to be sent and what the office has set.
///
/// # Errors
/// Settings; an issue that is not archived or was changed since.
pub(super) fn prepare(arguments: &Sending, sources: &mut Sources) -> Result<Prepared, Failure> {
    let input = &arguments.file;
    let number = input.to_str().filter(|text| !disk::is_there(input) && which::is_number(text));
    // A number stands for no folder: the office is that of this one.
    let office = office::near(number.map_or(input, |_| Path::new("")), sources)?;
    let config = office.as_ref().map(|office| &office.config);
    let style = office::style(config, sources)?;
    let series = config.and_then(|config| config.series.as_ref()).map(|text| text.value.as_str());
    let archive = root::open(arguments.archive.as_deref(), sources)?;
    let kept = match (number, &arguments.test) {
        (Some(number), _) => source::numbered(number, series, &archive)?,
        (None, None) => source::archived(input, series, &archive, sources)?,
        (None, Some(_)) => source::made(input, series, &archive, sources)?,
    };
    let source::Kept { entry, files, reason, findings } = kept;
    let root = root::folder(arguments.archive.as_deref(), sources)?;
    let test = arguments.test.is_some();
    Ok(Prepared { entry, files, reason, test, style, root, office, findings })
}

impl Prepared {
    /// What all its messages share.
    pub(super) fn letter(&self, date: DateTime<FixedOffset>, purpose: Purpose) -> Letter<'_> {
        let Prepared { entry, files, reason, style, .. } = self;
        Letter { entry, style, files, reason: reason.as_deref(), date, purpose }
    }
}

/// Everyone who is to get it, whoever gets it in this run.
///
/// # Errors
/// As [`planned`].
pub(super) fn everyone(
    prepared: &Prepared,
    earlier: Vec<(Recipient, u32)>,
    sources: &mut Sources,
) -> Result<Plan, Failure> {
    picked(prepared, &[], &[], earlier, sources)
}

/// Who gets it. `earlier` has those who got an earlier revision, and which.
///
/// # Errors
/// The list, and whatever does not fit the printed distribution.
pub(super) fn planned(
    prepared: &Prepared,
    arguments: &Sending,
    earlier: Vec<(Recipient, u32)>,
    sources: &mut Sources,
) -> Result<Plan, Failure> {
    if let Some(address) = &arguments.test {
        return test(address, &prepared.style);
    }
    picked(prepared, &arguments.only, &arguments.except, earlier, sources)
}

fn picked(
    prepared: &Prepared,
    only: &[String],
    except: &[String],
    earlier: Vec<(Recipient, u32)>,
    sources: &mut Sources,
) -> Result<Plan, Failure> {
    let list = office::list(None, prepared.office.as_ref(), sources)?;
    let selection = Selection {
        only: only.to_vec(),
        except: except.to_vec(),
        formats: prepared.style.formats.clone(),
        earlier,
    };
    let mut plan = plan(&prepared.entry, &list.directory, &selection).map_err(Failure::content)?;
    plan.findings.splice(0..0, list.findings);
    Ok(plan)
}

/// One message, to the editor.
fn test(address: &str, style: &Style) -> Result<Plan, Failure> {
    let address =
        Address::parse(address).map_err(|wrong| Failure::environment(vec![wrong.general()]))?;
    let recipient = Recipient {
        address: address.to_string(),
        person: None,
        unit: None,
        groups: vec!["测试".to_owned()],
    };
    let formats = style.formats.clone();
    let planned = Planned { recipient, greeting: None, formats, correction: None };
    Ok(Plan { messages: vec![planned], findings: Vec::new() })
}
