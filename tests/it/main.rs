//! The one integration test binary: through the public interface.

mod architecture;
mod generator;
