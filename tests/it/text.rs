//! The text engine through its public interface, with a measurer that needs no fonts.

mod fake;
mod issue155;
mod properties;
mod rules;
mod speed;
mod vectors;
