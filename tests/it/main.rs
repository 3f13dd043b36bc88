//! Tests through the public interface: one binary, since each carries the fonts.

mod architecture;
mod archive;
mod archive_export;
#[cfg(unix)]
mod archive_index;
mod archive_search;
mod archive_stats;
mod bytes;
mod cli;
mod codes;
mod compose;
mod compose_fields;
mod compose_generated;
mod dice;
mod docx;
mod font;
#[cfg(unix)]
mod foreign;
mod fuzz;
mod fuzzed;
mod generator;
mod interrupt;
mod issue;
mod issue_config;
mod issue_findings;
mod issue_hostile;
mod issue_keys;
mod layout;
mod limits;
mod mail;
mod page;
#[cfg(unix)]
mod paths;
mod pdf;
mod post;
mod printed;
mod profiles;
mod support;
mod text;
mod tree;
mod verify;
mod verify_forged;
mod verify_hostile;
mod verify_versions;
