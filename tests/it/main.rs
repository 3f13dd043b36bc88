//! The one integration test binary: through the public interface.

mod architecture;
mod generator;
//! Tests through the public interface: one binary, since each carries the fonts.

mod font;
