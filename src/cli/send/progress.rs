//! What a sending says while it goes on, and in the end.

use std::time::Duration;

use super::prepare::Prepared;
use crate::cli::terminal::{Bar, Terminal};
use crate::mail::delivery::{Progress, Summary};
use crate::mail::journal::State;
use crate::mail::{Fault, Plan, Reason, Recipient};

/// Shows what happens: a bar where a person sees it, and lines for what does not go well.
pub(super) struct Watcher<'t> {
    bar: Bar,
    terminal: &'t Terminal,
}

impl<'t> Watcher<'t> {
    /// Says what begins.
    pub(super) fn new(prepared: &Prepared, all: usize, to: usize, terminal: &'t Terminal) -> Self {
        let (title, revision) = (&prepared.entry.title, prepared.entry.revision);
        let done = match all - to {
            0 => String::new(),
            done => format!("，另{done}位不再寄"),
        };
        terminal.say(&format!("{title}（第{revision}版）：寄给{to}位{done}"));
        let bar = Bar::new("{bar:30} {pos}/{len}  {msg}");
        bar.draw(to);
        Watcher { bar, terminal }
    }

    /// Shows a step.
    pub(super) fn see(&mut self, progress: Progress<'_>) {
        match progress {
            Progress::Sent(recipient, _) => {
                self.bar.message(&name(recipient));
                self.bar.step();
            }
            Progress::Failed(recipient, fault, again) => {
                let more = if again { "；过一会再试" } else { "" };
                self.line(&format!("{}：{fault}{more}", name(recipient)));
            }
            Progress::Unknown(recipient, fault) => {
                self.line(&format!("{}：{fault}", name(recipient)));
            }
            Progress::NoLine(fault) => {
                self.line(&fault.to_string());
                self.line(&format!("  怎么改：{}", fault.reason.help()));
            }
            Progress::Waiting(pause, count) => {
                let pause = words(pause);
                self.line(&format!(
                    "等{pause}再试{count}位；可以按 Ctrl-C 停下，以后再运行会接着发"
                ));
            }
        }
    }

    fn line(&self, text: &str) {
        self.bar.suspend(|| self.terminal.warn(&format!("{text}\n")));
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish();
    }
}

fn words(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds < 120 => format!("{seconds}秒"),
        seconds => format!("{}分钟", seconds / 60),
    }
}

/// 城子街道 王芳 <a@b.cn>.
pub(super) fn name(recipient: &Recipient) -> String {
    let names = [&recipient.unit, &recipient.person].into_iter().flatten();
    names.map(|name| format!("{name} ")).collect::<String>() + "<" + &recipient.address + ">"
}

/// A line for each of those who may have it: a person must find out.
pub(super) fn unknown(
    plan: &Plan,
    state: &dyn Fn(&Recipient) -> State,
    resent: bool,
) -> Vec<String> {
    if resent {
        return Vec::new();
    }
    let of = |recipient: &Recipient| match state(recipient) {
        State::Unknown { at, .. } => {
            let at = at.format("%Y-%m-%d %H:%M:%S");
            Some(format!("  {}：{at}送出，没有答复", name(recipient)))
        }
        _ => None,
    };
    plan.messages.iter().filter_map(|planned| of(&planned.recipient)).collect()
}

/// When everyone has it, or may have it.
pub(super) fn nothing_to_do(prepared: &Prepared, plan: &Plan, unknown: usize) -> String {
    let (title, revision) = (&prepared.entry.title, prepared.entry.revision);
    let have = plan.messages.len() - unknown;
    match unknown {
        0 => format!("{title}（第{revision}版）：{have}位都已寄到，没有要寄的"),
        _ => format!("{title}（第{revision}版）：{have}位已寄到，没有要寄的；{}", ask(unknown)),
    }
}

fn ask(count: usize) -> String {
    format!("{count}位不知道收到没有，先问他们；没有收到，再用 --resend-unknown 补寄：")
}

/// How it ended. `earlier` are the lines of those whose fate an earlier run left unknown.
pub(super) fn summary(summary: &Summary, earlier: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let failed = summary.failed.len() + summary.left.len();
    let mut counts = vec![format!("寄到{}位", summary.sent.len())];
    if failed > 0 {
        counts.push(format!("没有寄成{failed}位"));
    }
    let unknown = summary.unknown.len() + earlier.len();
    if unknown > 0 {
        counts.push(format!("不知道{unknown}位"));
    }
    lines.push(counts.join("，"));
    if let Some(fault) = &summary.stopped {
        lines.push(format!("停下了：{fault}"));
        lines.push(format!("  怎么办：{}", fault.reason.help()));
    }
    lines.extend(failures(&summary.failed));
    if unknown > 0 {
        lines.push(ask(unknown));
        let said = summary.unknown.iter().map(|(r, fault)| format!("  {}：{fault}", name(r)));
        lines.extend(said);
        lines.extend_from_slice(earlier);
    }
    lines
}

/// Those that failed, under what can be done about it.
fn failures(failed: &[(Recipient, Fault)]) -> Vec<String> {
    let mut lines = Vec::new();
    for reason in Reason::ALL {
        let of_it: Vec<_> = failed.iter().filter(|(_, fault)| fault.reason == *reason).collect();
        if of_it.is_empty() {
            continue;
        }
        lines.push(format!("{}（{}位）：", reason.title(), of_it.len()));
        for (recipient, fault) in of_it {
            let said = fault.said().map_or_else(String::new, |said| format!("：{said}"));
            lines.push(format!("  {}{said}", name(recipient)));
        }
        lines.push(format!("  怎么办：{}", reason.help()));
    }
    lines
}
