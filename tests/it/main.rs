//! Tests through the public interface: one binary, since each carries the fonts.

mod architecture;
mod compose;
mod compose_fields;
mod compose_generated;
mod docx;
mod font;
mod generator;
mod issue;
mod layout;
mod pdf;
mod support;
mod text;
