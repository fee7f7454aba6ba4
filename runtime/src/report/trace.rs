//! Collects what happens while scripts run.

use rustc_hash::FxHashMap;
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
    /// The conditions among the events, by their sites.
    conditions: FxHashMap<(u32, usize), Asked>,
}

/// A condition among the events.
#[derive(Debug, Default)]
struct Asked {
    /// How many events it has.
    told: usize,
    /// The last of them.
    last: usize,
}

/// How many values of a condition a callout's events tell; the others are counted.
const MOST_VALUES: usize = 12;

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

    /// Adds that a condition had a value. The same as the time before is counted there; from the 13th value on, all are.
    /// Says whether there is an event more.
    pub fn ask(&mut self, site: (u32, usize), at: Place, what: What) -> bool {
        let asked = self.conditions.entry(site).or_default();
        let last = self.events.get_mut(asked.last).filter(|_| asked.told > 0);
        if let (
            Some(Event {
                what: What::Condition { value: before, locals: had, times, untold, last: at_last, .. },
                ..
            }),
            What::Condition { value, locals, .. },
        ) = (last, &what)
        {
            if *untold == 0 && before == value && had == locals {
                *times += 1;
                return false;
            }
            if asked.told == MOST_VALUES {
                *untold += 1;
                *at_last = Some(value.clone());
                return false;
            }
        }
        (asked.told, asked.last) = (asked.told + 1, self.events.len());
        self.events.push(Event { at: Some(at), what });
        true
    }

    /// The events since the last time that they were taken.
    pub fn take(&mut self) -> Vec<Event> {
        self.conditions.clear();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lowering::BranchKind;

    fn asked(trace: &mut Trace, value: &str) -> bool {
        let what = What::Condition {
            kind: BranchKind::While,
            text: "more()".to_owned(),
            value: value.to_owned(),
            holds: true,
            locals: Vec::new(),
            times: 1,
            untold: 0,
            last: None,
        };
        trace.ask((0, 0), Place { file: "a.lua".to_owned(), line: 1 }, what)
    }

    fn told(trace: &mut Trace) -> Vec<String> {
        let shown = |event: &Event| match &event.what {
            What::Condition { value, times, untold, last, .. } => {
                format!("{value}*{times}+{untold}{}", last.as_deref().unwrap_or_default())
            }
            other => format!("{other:?}"),
        };
        trace.take().iter().map(shown).collect()
    }

    #[test]
    fn values_of_a_condition_are_counted_where_they_are_the_same_or_many() {
        let mut trace = Trace::default();
        for value in ["true", "true", "nil", "true"] {
            asked(&mut trace, value);
        }
        assert_eq!(told(&mut trace), ["true*2+0", "nil*1+0", "true*1+0"]);
        let more: Vec<bool> = (0..20).map(|value| asked(&mut trace, &value.to_string())).collect();
        assert_eq!(more.iter().filter(|more| **more).count(), 12);
        let told = told(&mut trace);
        assert_eq!(told.last().map(String::as_str), Some("11*1+819"));
        assert_eq!(told.len(), 12);
    }
}
