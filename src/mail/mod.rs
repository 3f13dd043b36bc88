//! Sends an issue to those who are printed at its foot, once each.

mod envelope;

pub use envelope::{Outgoing, Recipient};
