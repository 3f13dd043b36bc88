//! Sends an issue to those who are printed at its foot, once each.

mod address;
mod envelope;
pub mod message;
mod plan;
pub mod recipients;
mod wrong;

pub use address::{Address, Mailbox};
pub use envelope::{Outgoing, Recipient};
pub use plan::{Plan, Planned, Selection, plan};
pub use wrong::Wrong;
