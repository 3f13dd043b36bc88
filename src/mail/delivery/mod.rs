//! Delivers messages, each once: what the journal says was delivered is not sent again, what failed
//! for a while is tried again, and every step is in the journal before the next is taken.

use std::collections::VecDeque;
use std::time::Duration;

use super::journal::{Event, Journal, Line, Moment, State};
use crate::diagnostic::system;

use super::{Answer, Fate, Fault, Outgoing, Post, Reach, Reason, Recipient};

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(30 * 60);

/// So many failures of the line in a row are no accident: it is left alone for a while. And so many
/// messages whose fate is unknown: one more would be one more to ask about.
const IN_A_ROW: u32 = 3;

/// Time, as the command line has it.
pub trait Clock {
    /// The time of day, for the journal.
    fn now(&self) -> Moment;
    /// Time since some moment, which never goes back.
    fn elapsed(&self) -> Duration;
    /// Waits.
    fn sleep(&self, time: Duration);
}

/// How fast, how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Most messages in a minute.
    pub rate: Option<u32>,
    /// How often what failed for a while is tried again.
    pub retries: u32,
    /// The pause before the first time; each further one is twice as long.
    pub pause: Duration,
}

/// What happens, for whoever watches.
#[derive(Clone, Copy, Debug)]
pub enum Progress<'a> {
    /// The server took a message.
    Sent(&'a Recipient, &'a Answer),
    /// It did not; whether it is tried again in this run.
    Failed(&'a Recipient, &'a Fault, bool),
    /// Nobody knows.
    Unknown(&'a Recipient, &'a Fault),
    /// No line to the server.
    NoLine(&'a Fault),
    /// A pause before so many messages are tried again.
    Waiting(Duration, usize),
}

/// How a run ended. Together the four lists hold everyone who was to get a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Who got it in this run.
    pub sent: Vec<Recipient>,
    /// Who did not, and why.
    pub failed: Vec<(Recipient, Fault)>,
    /// Of whom nobody knows.
    pub unknown: Vec<(Recipient, Fault)>,
    /// Who was not even tried.
    pub left: Vec<Recipient>,
    /// Why it ended before all were tried.
    pub stopped: Option<Fault>,
}

impl Summary {
    /// Whether everyone has it.
    pub fn is_complete(&self) -> bool {
        self.failed.is_empty() && self.unknown.is_empty() && self.left.is_empty()
    }
}

/// Everything that a run needs.
pub struct Delivery<'a> {
    /// The revision.
    pub revision: u32,
    /// Makes a message, or says why it cannot.
    pub write: &'a dyn Fn(&Recipient) -> Result<Outgoing, String>,
    /// The way to the server.
    pub post: &'a mut dyn Post,
    /// Who got what.
    pub journal: &'a mut Journal,
    /// Time.
    pub clock: &'a dyn Clock,
    /// How fast, how often.
    pub rules: Rules,
    /// Who watches.
    pub watch: &'a mut dyn FnMut(Progress<'_>),
}

/// Someone who is to get a message.
struct Item {
    recipient: Recipient,
    tries: u32,
    fault: Option<Fault>,
}

/// Who still needs it: not those who have it, nor, unless they are to get it once more on purpose,
/// those who may have it.
pub fn needs(state: &State, resend_unknown: bool) -> bool {
    match state {
        State::Sent { .. } => false,
        State::Unknown { .. } => resend_unknown,
        State::Waiting | State::Left { .. } | State::Failed { .. } => true,
    }
}

impl Delivery<'_> {
    /// Delivers to those who still need it.
    pub fn run(mut self, to: &[Recipient], resend_unknown: bool) -> Summary {
        let history = self.journal.history();
        let mut queue: VecDeque<Item> = to
            .iter()
            .filter(|r| needs(&history.state(self.revision, &r.address), resend_unknown))
            .map(|r| Item { recipient: r.clone(), tries: 0, fault: None })
            .collect();
        let mut summary = Summary::default();
        summary.stopped = self.rounds(&mut queue, &mut summary);
        self.post.close();
        for Item { recipient, fault, .. } in queue {
            match fault {
                Some(fault) => summary.failed.push((recipient, fault)),
                None => summary.left.push(recipient),
            }
        }
        self.note_left(&summary);
        summary
    }

    /// Writes down why some were not tried, for whoever asks later. A journal that cannot be written
    /// is the reason itself then, and has been told.
    fn note_left(&mut self, summary: &Summary) {
        let Some(fault) = summary.stopped.as_ref().filter(|_| !summary.left.is_empty()) else {
            return;
        };
        let event = Event::Stopped {
            left: summary.left.iter().map(|recipient| recipient.address.clone()).collect(),
            reason: fault.reason.key().to_owned(),
            said: fault.said(),
        };
        let _ = self.journal.write(Line { at: self.clock.now(), revision: self.revision, event });
    }

    /// Goes through the queue until it is empty or there is no use in going on: the fault says why.
    fn rounds(&mut self, queue: &mut VecDeque<Item>, summary: &mut Summary) -> Option<Fault> {
        let mut pause = self.rules.pause;
        // Pauses since the last message that the server took.
        let mut pauses = 0;
        loop {
            let before = summary.sent.len();
            let no_line = match self.round(queue, summary) {
                End::Stopped(fault) => return Some(fault),
                End::NoLine(fault) => Some(fault),
                End::Through => None,
            };
            if queue.is_empty() {
                return None;
            }
            if summary.sent.len() > before {
                (pauses, pause) = (0, self.rules.pause);
            }
            if pauses >= self.rules.retries {
                return no_line;
            }
            pauses += 1;
            // Whatever is open would be closed by the server meanwhile.
            self.post.close();
            if let Some(fault) = &no_line {
                (self.watch)(Progress::NoLine(fault));
            }
            (self.watch)(Progress::Waiting(pause, queue.len()));
            self.clock.sleep(pause);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Tries everyone in the queue once. Those who are to be tried again are in it afterwards.
    fn round(&mut self, queue: &mut VecDeque<Item>, summary: &mut Summary) -> End {
        let (mut again, mut silent, mut end) = (VecDeque::new(), 0, End::Through);
        while let Some(item) = queue.pop_front() {
            let began = self.clock.elapsed();
            match self.one(&item.recipient) {
                Ok(answer) => {
                    (self.watch)(Progress::Sent(&item.recipient, &answer));
                    summary.sent.push(item.recipient);
                    silent = 0;
                }
                Err(fault) => {
                    // 421 ends the line as silence does.
                    let goes_on = fault.answer.as_ref().is_some_and(|answer| answer.code != 421);
                    silent = if goes_on { 0 } else { silent + 1 };
                    let put_back = fault.fate == Fate::NotSent
                        && matches!(fault.reach, Reach::All | Reach::Line);
                    if put_back {
                        queue.push_front(item);
                    } else {
                        self.settle(item, &fault, &mut again, summary);
                    }
                    end = after(fault, silent);
                    if !matches!(end, End::Through) {
                        break;
                    }
                }
            }
            self.keep_to_rate(began, queue.is_empty());
        }
        queue.append(&mut again);
        end
    }

    /// Puts someone who was tried in vain where they belong.
    fn settle(
        &mut self,
        mut item: Item,
        fault: &Fault,
        again: &mut VecDeque<Item>,
        summary: &mut Summary,
    ) {
        if fault.fate == Fate::Unknown {
            (self.watch)(Progress::Unknown(&item.recipient, fault));
            summary.unknown.push((item.recipient, fault.clone()));
            return;
        }
        item.tries += 1;
        let more = fault.reach == Reach::Later && item.tries <= self.rules.retries;
        (self.watch)(Progress::Failed(&item.recipient, fault, more));
        match more {
            true => again.push_back(Item { fault: Some(fault.clone()), ..item }),
            false => summary.failed.push((item.recipient, fault.clone())),
        }
    }

    /// One message, with its lines in the journal.
    fn one(&mut self, recipient: &Recipient) -> Result<Answer, Fault> {
        let message = (self.write)(recipient);
        let message = message.map_err(|why| Fault::because(Reason::Unsendable, why))?;
        let to = &recipient.address;
        let Delivery { post, journal, clock, revision, .. } = self;
        let line = |event| Line { at: clock.now(), revision: *revision, event };
        let mut ended = false;
        let result = post.deliver(&message, &mut || {
            let ending = Event::Ending { to: to.clone(), id: message.id.clone() };
            journal.write(line(ending)).map(|()| ended = true)
        });
        let event = match &result {
            Ok(answer) => Event::Sent { to: to.clone(), answer: answer.to_string() },
            Err(fault) if fault.fate == Fate::Unknown => {
                Event::Unknown { to: to.clone(), said: fault.said() }
            }
            // Not this message's failure but everyone's: it is said once, in the end.
            Err(fault) if !ended && matches!(fault.reach, Reach::All | Reach::Line) => {
                return result;
            }
            Err(fault) => Event::Failed {
                to: to.clone(),
                reason: fault.reason.key().to_owned(),
                said: fault.said(),
                later: fault.reach != Reach::Message,
            },
        };
        match journal.write(line(event)) {
            Ok(()) => result,
            // The journal knows of the end and not of the answer: as good as none, and it stays so.
            Err(error) => {
                let said =
                    result.map_or_else(|fault| fault.to_string(), |answer| answer.to_string());
                let detail = format!("{}；服务器的答复是：{said}", system(&error));
                let fate = if ended { Fate::Unknown } else { Fate::NotSent };
                Err(Fault { fate, ..Fault::because(Reason::Journal, detail) })
            }
        }
    }

    /// Waits until the next message may begin.
    fn keep_to_rate(&self, began: Duration, last: bool) {
        let Some(rate) = self.rules.rate.filter(|_| !last) else { return };
        let each = Duration::from_secs(60) / rate.max(1);
        let passed = self.clock.elapsed().saturating_sub(began);
        if let Some(rest) = each.checked_sub(passed).filter(|rest| !rest.is_zero()) {
            self.clock.sleep(rest);
        }
    }
}

/// How a round ended.
enum End {
    /// Everyone was tried.
    Through,
    /// There is no line: later perhaps.
    NoLine(Fault),
    /// Nothing can be sent.
    Stopped(Fault),
}

/// What a failure means for the round; `silent` of them in a row ended the line.
fn after(fault: Fault, silent: u32) -> End {
    match (fault.reach, fault.fate) {
        (Reach::All, _) => End::Stopped(fault),
        (Reach::Line, _) => End::NoLine(fault),
        (_, Fate::Unknown) if silent >= IN_A_ROW => End::Stopped(fault),
        (Reach::Later, Fate::NotSent) if silent >= IN_A_ROW => End::NoLine(fault),
        _ => End::Through,
    }
}

#[cfg(test)]
mod tests;
