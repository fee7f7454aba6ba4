//! What the session asks for beside its messages: commands, requests, hooks by name, time that goes on.

mod commands;
mod hooks;
mod requests;

use std::time::Instant;

use mlua::{Function, MultiValue, Value};

use super::start::{Run, error_event, micros};
use crate::api::clock::Clock;
use crate::api::schedule;
use crate::machine::ScriptError;
use crate::report::{CalloutRun, Event, Place, Step, What};

/// Does all of it, in this order.
pub(super) fn run(run: &mut Run<'_>) {
    commands::run(run);
    requests::run(run);
    hooks::run(run);
    advance(run);
}

/// Lets time go on.
fn advance(run: &mut Run<'_>) {
    let seconds = run.session.advance as f64;
    if seconds <= 0.0 || !run.is_alive() {
        return;
    }
    let until = Clock::now(&run.frame) + seconds;
    let callouts = run.run_due(until);
    Clock::set(run.machine.lua(), &run.frame, until);
    let client = Some(format!("{seconds} s go by"));
    run.steps.push(Step { client, callouts, ..Step::default() });
}

impl Run<'_> {
    /// Calls a function that a script registered for something other than a callout.
    fn call_registered(
        &self,
        what: String,
        function: &Function,
        argument: Value,
    ) -> (CalloutRun, Result<MultiValue, ScriptError>) {
        let began = Instant::now();
        let result = self.machine.call(function, argument);
        let elapsed = began.elapsed();
        self.elapsed.set(self.elapsed.get() + elapsed);
        let mut events: Vec<Event> = self.frame.trace().take();
        for event in &events {
            if let What::Paniclog { text } = &event.what {
                self.log(text);
            }
        }
        if let Err(error) = &result {
            self.note_end(error);
            self.log(&format!("scriptlet: {error}"));
            events.push(error_event(error));
        }
        events.extend(schedule::forgotten_locks(&self.frame));
        let at: Option<Place> = schedule::place_of(function);
        let run = CalloutRun {
            callout: what,
            script: self.script_of(at.as_ref()),
            at,
            returned: match &result {
                Ok(values) => values.iter().map(super::callouts::shown_result).collect(),
                Err(_) => Vec::new(),
            },
            calls: 1,
            events,
            elapsed_us: micros(elapsed),
        };
        (run, result)
    }

    /// A step in which nothing ran, for this reason.
    fn nothing_ran(what: String, reason: String) -> CalloutRun {
        CalloutRun {
            callout: what,
            script: String::new(),
            at: None,
            returned: Vec::new(),
            calls: 0,
            events: vec![Event { at: None, what: What::Note { text: reason } }],
            elapsed_us: 0,
        }
    }
}
