//! What tests share.

pub mod docx;
#![allow(dead_code)]

pub mod pdf;
