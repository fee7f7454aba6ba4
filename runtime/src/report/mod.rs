//! What happened in a run: one data structure, its JSON form, and text for people.

mod event;
mod sink;
mod trace;

pub use event::{Event, Fidelity, Place, What};
pub use sink::TraceSink;
pub use trace::{CallCount, Trace, Unanswered};
