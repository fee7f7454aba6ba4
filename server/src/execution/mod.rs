//! Running policy from the editor: what is run, in a child process, and what stays of it.
//!
//! ```text
//! command ─▶ plan (which policy, which sessions, the texts as they stand) ─▶ child (momentum-lua run) ─▶ result ─▶ hints, findings, report
//! ```
//!
//! A run never touches the analysis: only its plan and its result are jobs in the queue.

pub(crate) mod child;
pub(crate) mod command;
pub(crate) mod notes;
pub(crate) mod plan;
pub(crate) mod report_file;
pub(crate) mod result;
pub(crate) mod runs;
pub(crate) mod test;

pub(crate) use command::RunArguments;
pub(crate) use result::{Ran, Results, RunResult};
pub(crate) use test::Tests;
