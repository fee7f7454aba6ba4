//! What people read is true: links lead somewhere, commands are taken, and print what the pages show.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of it is tests"
)]

mod commands;
mod links;
mod pages;
mod pipelines;
mod transcripts;
