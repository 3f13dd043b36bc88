//! Sends an issue to those who are printed at its foot, once each.

pub mod delivery;
mod envelope;
mod fault;
pub mod journal;
mod post;
mod secret;
pub mod settings;
mod smtp;

pub use envelope::{Outgoing, Recipient};
pub use fault::{Answer, Fate, Fault, Reach, Reason};
pub use journal::{History, Journal};
pub use post::Post;
pub use secret::{Login, Secret};
pub use settings::{Security, Settings};
pub use smtp::Smtp;
