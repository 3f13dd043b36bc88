//! What tests share.

pub mod docx;
