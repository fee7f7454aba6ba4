//! The language server over real pipes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "all of it is tests"
)]

mod client;
mod diagnostics;
mod lifecycle;
