//! Collects what happens while scripts run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Event, Fidelity, Place, What};

/// How often a function of the API was called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CallCount {
    /// The documented name.
    pub name: String,
    /// How calls were answered.
    pub fidelity: Fidelity,
    /// How often.
    pub count: u64,
}

/// Something that the session should have answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Unanswered {
    /// The call with its arguments.
    pub call: String,
    /// What to write into the session file.
    pub answer: String,
    /// The first line that asked.
    pub at: Option<Place>,
}

/// What happened so far.
#[derive(Debug, Default)]
pub struct Trace {
    events: Vec<Event>,
    unanswered: Vec<Unanswered>,
}

impl Trace {
    /// Adds an event.
    pub fn push(&mut self, at: Option<Place>, what: What) {
        if let What::Unanswered { call, answer } = &what
            && !self.unanswered.iter().any(|one| one.call == *call)
        {
            self.unanswered.push(Unanswered { call: call.clone(), answer: answer.clone(), at: at.clone() });
        }
        self.events.push(Event { at, what });
    }

    /// The events since the last time that they were taken.
    pub fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// The events that were not taken yet.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What the session should have answered, each once.
    #[must_use]
    pub fn unanswered(&self) -> &[Unanswered] {
        &self.unanswered
    }
}
