//! What an official layout looks like: `layouts/*.yaml` as typed data. Nothing about looks is
//! written in code.

mod field;
mod model;
mod role;

pub use field::Field;
pub use model::*;
pub use role::Role;
