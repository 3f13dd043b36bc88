//! The integration tests, in one binary: with the fonts embedded, each binary costs 65 MB.

mod issue;
mod issue_config;
mod issue_findings;
mod issue_hostile;
mod issue_keys;
