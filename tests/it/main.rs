//! Tests through the public interface: one binary, since each carries the fonts.

mod architecture;
mod compose;
mod compose_fields;
mod font;
mod generator;
