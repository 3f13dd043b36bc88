//! `hongtou send`: the delivery itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::prepare::Prepared;
use super::progress::{self, Watcher};
use super::timer::Timer;
use super::{login, trust, unusable};
use crate::cli::Exit;
use crate::cli::args::Sending;
use crate::cli::files::{self, general};
use crate::cli::project::{Failure, Office};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, MOST, Sources, system};
use crate::disk::most;
use crate::mail::delivery::{Clock, Delivery, Rules, needs};
use crate::mail::journal::{Event, Journal, Line};
use crate::mail::message::{Letter, Purpose, write};
use crate::mail::{Outgoing, Plan, Planned, Post, Recipient, Settings, Smtp, settings};

/// How the office's messages are delivered.
///
/// # Errors
/// No settings; what is wrong with them.
pub(super) fn settings(office: Option<&Office>, sources: &Sources) -> Result<Settings, Failure> {
    match office.and_then(|office| office.config.mail.as_ref()) {
        Some(node) => settings::read(sources, node).map_err(Failure::environment),
        None => Err(Failure::environment(vec![general(
            Code::MailNoServer,
            "没有设置发信的服务器",
            "在 hongtou.yaml 里写：邮件: {服务器: smtp.163.com, 端口: 465, 发件人: …, 用户: …}；\
             没有服务器可用时，用“--to-folder 文件夹”写成邮件文件",
        )])),
    }
}

/// Delivers to everyone in the plan who does not have it yet.
///
/// # Errors
/// Settings, password, journal; a message that cannot be written. Nothing was sent then.
pub(super) fn run(
    arguments: &Sending,
    prepared: &Prepared,
    plan: &Plan,
    everyone: &Plan,
    terminal: &Terminal,
    sources: &mut Sources,
) -> Result<Exit, Failure> {
    let settings = settings(prepared.office.as_ref(), sources)?;
    let rules = Rules {
        rate: arguments.limit_rate.or(settings.rate),
        retries: arguments.retries.unwrap_or(settings.retries),
        pause: settings.retry_pause,
    };
    let clock = Timer::new();
    let letter = prepared.letter(clock.now(), Purpose::Deliver);
    let holding = prepared.entry.holding();
    let mut journal = Journal::open(&prepared.root, &holding.id, clock.now());
    let journal = journal.as_mut().map_err(|error| unusable(error))?;
    let before = journal.history().clone();
    let state = |recipient: &Recipient| before.state(holding.revision, &recipient.address);
    let to: Vec<&Planned> = plan
        .messages
        .iter()
        .filter(|planned| needs(&state(&planned.recipient), arguments.resend_unknown))
        .collect();
    let unknown = progress::unknown(plan, &state, arguments.resend_unknown);
    if to.is_empty() {
        terminal.say(&progress::nothing_to_do(prepared, plan, unknown.len()));
        unknown.iter().for_each(|line| terminal.say(line));
        return Ok(if unknown.is_empty() { Exit::Done } else { Exit::Partly });
    }
    check(&to, &letter)?;
    let mut post = post(arguments, prepared, settings, terminal, sources)?;
    note_due(journal, everyone, holding.revision, &clock).map_err(Failure::environment)?;
    let planned: BTreeMap<&Recipient, &Planned> =
        to.iter().map(|planned| (&planned.recipient, *planned)).collect();
    let recipients: Vec<Recipient> = to.iter().map(|planned| planned.recipient.clone()).collect();
    let mut watcher = Watcher::new(prepared, plan.messages.len(), to.len(), terminal);
    let delivery = Delivery {
        revision: holding.revision,
        write: &|recipient| {
            planned
                .get(recipient)
                .ok_or_else(String::new)
                .and_then(|planned| write(planned, &letter).map_err(|finding| finding.message))
        },
        post: &mut post,
        journal,
        clock: &clock,
        rules,
        watch: &mut |progress| watcher.see(progress),
    };
    let summary = delivery.run(&recipients, arguments.resend_unknown);
    watcher.finish();
    progress::summary(&summary, &unknown).iter().for_each(|line| terminal.say(line));
    let some = !summary.sent.is_empty() || to.len() < plan.messages.len();
    Ok(match (&summary.stopped, summary.is_complete() && unknown.is_empty()) {
        (None, true) => Exit::Done,
        (Some(_), _) if !some && summary.unknown.is_empty() && summary.failed.is_empty() => {
            Exit::Environment
        }
        _ => Exit::Partly,
    })
}

/// One message to the editor, kept out of the journal.
///
/// # Errors
/// Settings, password; whatever keeps it from being delivered.
pub(super) fn test(
    arguments: &Sending,
    prepared: &Prepared,
    plan: &Plan,
    terminal: &Terminal,
    sources: &mut Sources,
) -> Result<Exit, Failure> {
    let settings = settings(prepared.office.as_ref(), sources)?;
    let letter = prepared.letter(Timer::new().now(), Purpose::Test);
    let one = |finding| Failure::environment(vec![finding]);
    let mut post = post(arguments, prepared, settings, terminal, sources)?;
    for planned in &plan.messages {
        let message: Outgoing = write(planned, &letter).map_err(one)?;
        let sent = post.deliver(&message, &mut || Ok(()));
        post.close();
        let answer = sent.map_err(|fault| {
            one(general(Code::MailDelivery, fault.to_string(), fault.reason.help()))
        })?;
        let address = &planned.recipient.address;
        terminal
            .say(&format!("测试邮件已寄给“{address}”（服务器的答复：{answer}），没有记入发送记录"));
    }
    Ok(Exit::Done)
}

/// The way to the office's server, not open yet. No password is fetched for one that nobody has
/// said yes to.
fn post(
    arguments: &Sending,
    prepared: &Prepared,
    settings: Settings,
    terminal: &Terminal,
    sources: &mut Sources,
) -> Result<Smtp, Failure> {
    let one = |finding| Failure::environment(vec![finding]);
    let folder = prepared.office.as_ref().map_or_else(PathBuf::new, |office| office.folder.clone());
    let pem = certificates(&settings, &folder).map_err(one)?;
    let (named, user) = (arguments.trust_server.as_deref(), login::user(&settings));
    if let Some(office) = &prepared.office
        && (user.is_some() || named.is_some())
    {
        let user = user.unwrap_or_default();
        let server = trust::server(office, &settings, &user, pem.as_deref()).map_err(one)?;
        trust::confirm(&server, named, terminal)?;
    }
    let login = login::login(&settings, &folder).map_err(one)?;
    if let Some(login) = &login {
        // Wherever else it stands in the settings.
        sources.hide_word(login.password.expose());
    }
    let ca = settings.ca.clone();
    Smtp::new(settings, login, pem.as_deref()).map_err(|why| {
        let finding = general(
            Code::MailCertificate,
            format!("根证书用不了：{why}"),
            "向管理员要PEM格式的根证书",
        );
        one(Diagnostic { span: ca.map(|path| path.span), ..finding })
    })
}

/// The certificates that the office's server is known by, when they are the office's own.
///
/// # Errors
/// The file cannot be read.
pub(super) fn certificates(
    settings: &Settings,
    folder: &Path,
) -> Result<Option<Vec<u8>>, Diagnostic> {
    let Some(path) = &settings.ca else { return Ok(None) };
    let pem = files::read_bytes(&folder.join(path.as_str()), most::CERTIFICATES);
    pem.map(Some).map_err(|finding| Diagnostic { span: Some(path.span), ..finding })
}

/// Writes every message once before any is sent, so that a message that cannot be written stops
/// nothing half-way.
fn check(to: &[&Planned], letter: &Letter<'_>) -> Result<(), Failure> {
    let mut wrong: Vec<Diagnostic> = Vec::new();
    for finding in to.iter().filter_map(|planned| write(planned, letter).err()) {
        if !wrong.contains(&finding) {
            wrong.push(finding);
        }
        if wrong.len() > MOST {
            break;
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::environment(wrong)) }
}

/// Writes down who is to get it, unless that is there already: `status` can say then who has not.
fn note_due(
    journal: &mut Journal,
    everyone: &Plan,
    revision: u32,
    clock: &Timer,
) -> Result<(), Vec<Diagnostic>> {
    let recipients: Vec<Recipient> =
        everyone.messages.iter().map(|planned| planned.recipient.clone()).collect();
    if journal.history().due(revision) == recipients {
        return Ok(());
    }
    let line = Line { at: clock.now(), revision, event: Event::Due { recipients } };
    journal.write(line).map_err(|error| {
        let message = format!("发送记录“{}”写不下去：{}", journal.path().display(), system(&error));
        vec![general(
            Code::MailJournal,
            message,
            "检查存档所在的磁盘满没满、能不能写；什么也没有发",
        )]
    })
}
