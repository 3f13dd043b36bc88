//! The integration tests, in one binary: with the fonts embedded, each binary costs 65 MB.

mod issue;
