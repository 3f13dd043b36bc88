//! Tests through the public interface: one binary, since each carries the fonts.

mod architecture;
mod docx;
mod font;
mod generator;
mod issue;
mod layout;
mod pdf;
mod support;
mod text;
//! The integration tests, in one binary: with the fonts embedded, each binary costs 65 MB.

mod issue;
