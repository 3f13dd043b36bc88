//! The one binary of integration tests: each more would embed the fonts again.

mod text;
