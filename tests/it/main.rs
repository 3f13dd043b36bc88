//! Tests through the public interface, in one binary: each executable carries 64 MB of fonts.

mod pdf;
mod support;
