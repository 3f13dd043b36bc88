//! The one integration test binary: through the public interface.

mod docx;
mod support;
