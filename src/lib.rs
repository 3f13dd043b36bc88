//! hongtou (红头) turns the YAML content of one issue of an official Chinese bulletin into the issue
//! itself: laid out as GB/T 9704-2012 asks, as PDF and as DOCX.
//!
//! Data flows one way; `docs/architecture.md` has the picture and a test guards it.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod archive;
pub mod build;
pub mod cli;
pub mod compose;
pub mod diagnostic;
pub mod disk;
pub mod docx;
pub mod flow;
pub mod font;
pub mod issue;
pub mod layout;
pub mod mail;
pub mod page;
pub mod pdf;
pub mod scratch;
pub mod text;
pub mod unit;
pub mod verify;
pub mod yaml;
