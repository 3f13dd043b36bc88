//! Tests through the public interface: one binary, since each carries the fonts.

mod layout;
