//! `Issue` + `Layout` → [`Document`]: every printed word with its role, in reading order. Here, and
//! only here, 155 becomes 第155期, and 一是 and （Ⅲ-58城市精细化管理） come to be.

mod document;

pub use document::*;
