//! What an official layout looks like: `layouts/*.yaml` as typed data. Nothing about looks is
//! written in code. `docs/layout-format.md` is the reference of the format.

mod bundled;
mod field;
mod keys;
mod model;
mod read;
mod role;
mod template;
mod units;
mod vocabulary;

#[cfg(test)]
mod tests;

pub use bundled::{bundled, bundled_names};
pub use field::Field;
pub use model::*;
pub use read::{read, read_bundled};
pub use role::Role;
