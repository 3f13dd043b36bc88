//! Writes `Pages` as PDF.
