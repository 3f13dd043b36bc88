//! One line of a journal.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::mail::Recipient;

/// The version of the format; a program that does not know it must not send by the journal.
pub(super) const VERSION: u32 = 2;

/// The version from which on a journal has a mark.
pub(super) const MARKED: u32 = 2;

/// One line: when, which revision, what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// When it was written.
    pub at: DateTime<FixedOffset>,
    /// The revision of the issue.
    pub revision: u32,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Event {
    /// The journal begins.
    Journal {
        /// The version of the format.
        version: u32,
        /// The issue: `mtg-kuaibao/2019/155`.
        issue: String,
    },
    /// Who is to get the revision: in place of any earlier list.
    Due {
        /// Everyone, those who have it too.
        recipients: Vec<Recipient>,
    },
    /// Everything was sent to the server but the end, which comes next.
    Ending {
        /// The address.
        to: String,
        /// Message-ID.
        id: String,
    },
    /// The server took it.
    Sent {
        /// The address.
        to: String,
        /// What it said: 250 2.0.0 Ok: queued as …
        answer: String,
    },
    /// The server did not take it.
    Failed {
        /// The address.
        to: String,
        /// [`crate::mail::Reason::key`].
        reason: String,
        /// What the server or the system said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said: Option<String>,
        /// Whether it may work later.
        later: bool,
    },
    /// The run stopped before it came to these: why.
    Stopped {
        /// The addresses that were not tried.
        left: Vec<String>,
        /// [`crate::mail::Reason::key`].
        reason: String,
        /// What the server or the system said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said: Option<String>,
    },
    /// The end was sent, and no answer came.
    Unknown {
        /// The address.
        to: String,
        /// What the system said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said: Option<String>,
    },
}
