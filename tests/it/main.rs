//! The one integration test binary: through the public interface.

mod docx;
mod support;
//! Tests through the public interface: one binary, since each carries the fonts.

mod architecture;
mod font;
mod generator;
mod pdf;
mod support;
mod text;
