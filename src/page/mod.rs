//! `Document` → [`Pages`]: lines on the grid, what stays together, the colophon at the foot.

mod pages;

pub use pages::*;
