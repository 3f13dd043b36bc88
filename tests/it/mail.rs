//! The mail of an issue, through the public interface: who gets it, and what the message is.

mod addresses;
mod command;
mod import;
mod message;
mod plan;
mod post_box;
mod trust;
