//! The API in other tools' formats.

mod json;

pub use json::json;
