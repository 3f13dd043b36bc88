//! Tests through the public interface: one binary, since each carries the fonts.

mod architecture;
mod font;
mod generator;
mod text;
//! Tests through the public interface, in one binary: each executable carries 64 MB of fonts.

mod pdf;
mod support;
