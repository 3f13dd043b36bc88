//! What tests share.
#![allow(dead_code)]

pub mod docx;
pub mod pages;
pub mod pdf;
