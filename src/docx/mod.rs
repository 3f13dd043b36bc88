//! Writes a `Document` as a real Word document.
