//! What happened in a run: one data structure, its JSON form, and text for people.

mod difference;
mod event;
mod outcome;
mod schema;
mod sink;
mod text;
mod trace;

pub use difference::{Difference, HeaderChange};
pub use event::{Event, Fidelity, Local, Place, What};
pub use outcome::{
    CalloutRun, Envelope, HttpResponse, Injected, MessageReport, RecipientReport, Reply, Report,
    ScriptReport, Step, Stop, StopReason, VERSION,
};
pub use schema::json_schema;
pub use sink::TraceSink;
pub use text::Detail;
pub use trace::{CallCount, Trace, Unanswered};
