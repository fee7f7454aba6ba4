//! The front end: errors, recovery, the tree, and input of any kind.

#![allow(clippy::print_stdout, clippy::panic, clippy::unwrap_used, reason = "all of it is tests")]

mod any_input;
mod errors;
mod invariants;
mod literals;
mod mutations;
mod operators;
mod print;
mod recovery;
mod scripts;
