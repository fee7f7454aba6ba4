//! The language server over real pipes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "all of it is tests"
)]

mod agreement;
mod client;
mod code_action;
mod completion;
mod diagnostics;
mod invariants;
mod lifecycle;
mod navigation;
mod reading;
mod robustness;
mod run;
mod test;
mod typing;
mod workspace;
