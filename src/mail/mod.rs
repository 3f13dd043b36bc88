//! Sends an issue to those who are printed at its foot, once each.

mod address;
pub mod delivery;
mod envelope;
mod fault;
mod harmless;
pub mod journal;
pub mod message;
mod plan;
mod post;
pub mod recipients;
mod scrub;
mod secret;
pub mod settings;
pub mod smtp;
mod wrong;

pub use address::{Address, Mailbox};
pub use envelope::{Outgoing, Recipient};
pub use fault::{Answer, Fate, Fault, Reach, Reason};
pub use journal::{History, Journal};
pub use plan::{Plan, Planned, Selection, plan};
pub use post::Post;
pub use secret::{Login, Secret};
pub use settings::{Security, Settings};
pub use smtp::Smtp;
pub use wrong::Wrong;
