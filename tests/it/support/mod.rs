//! What tests share.
#![allow(dead_code)]

pub mod desk;
pub mod docx;
pub mod entries;
pub mod findings;
pub mod forge;
pub mod pages;
pub mod pdf;
pub mod shelf;
pub mod smtp;
