//! What an editor writes: the content model of one issue and its reader.

mod model;
pub mod normalize;

pub use model::*;
