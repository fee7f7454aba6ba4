//! One callout or hook in all scripts, in the order of the configuration.

use std::rc::Rc;
use std::time::Instant;

use mlua::{AnyUserData, Function, Table, Value};

use super::arguments::Given;
use super::registered::{Hook, Module};
use super::start::{Run, error_event, micros};
use crate::api::clock::Clock;
use crate::api::expand_macro::Subject;
use crate::api::{constants, schedule, shown};
use crate::report::{CalloutRun, Place, Step, What};
use crate::session::Phase;

/// How often a callout may answer VALIDATE_AGAIN. What it waits for is done at once here.
const MOST_CALLS: u32 = 50;

/// What the results of a callout mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// VALIDATE_CONT, VALIDATE_DONE, VALIDATE_AGAIN.
    Validation,
    /// The same without VALIDATE_AGAIN, and without a context: `validate_set_binding`.
    Binding,
    /// A hook: its results are the caller's affair.
    Hook,
    /// `init` and `deinit`.
    Setup,
}

/// What a callout did in all scripts.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) runs: Vec<CalloutRun>,
    /// A Lua error that nothing caught: the session answers 421.
    pub(super) failed: bool,
    /// The first values that hooks returned.
    pub(super) results: Vec<Value>,
}

impl Run<'_> {
    /// Calls a callout in each script that has it. A validation context among the arguments gives each script its
    /// `self` of the session.
    pub(super) fn callouts(&self, hook: &str, kind: Kind, arguments: &[Value]) -> Outcome {
        let mut outcome = Outcome::default();
        for module in &self.modules {
            if !self.is_alive() {
                break;
            }
            let Some(hook) = module.hook(hook) else { continue };
            let Some(function) = hook.function(module) else { continue };
            if !self.callout(module, hook, kind, &function, arguments, &mut outcome) {
                break;
            }
        }
        outcome
    }

    /// Calls a hook with what there is to hand to it.
    pub(super) fn hook(&self, name: &str, given: Given<'_>) -> Outcome {
        if !self.has(name) {
            return Outcome::default();
        }
        self.callouts(name, Kind::Hook, &self.arguments(name, given))
    }

    /// Whether any script has a callout or hook.
    pub(super) fn has(&self, hook: &str) -> bool {
        self.modules.iter().any(|module| module.hook(hook).is_some())
    }

    /// Calls it in one script; false where no further script is to be asked.
    fn callout(
        &self,
        module: &Module,
        hook: &Hook,
        kind: Kind,
        function: &Function,
        arguments: &[Value],
        outcome: &mut Outcome,
    ) -> bool {
        let before = self.frame.set_running(Some(Rc::clone(&hook.running)));
        let speaking_of = Subject::enter(&self.frame, arguments);
        let began = Instant::now();
        let mut calls = 0;
        let own = self.own_table(module, kind, arguments);
        let called = loop {
            calls += 1;
            let all = std::iter::once(Value::Table(own.clone())).chain(arguments.iter().cloned());
            let result = self.machine.call(function, all.collect::<mlua::MultiValue>());
            let again = matches!(&result, Ok(values) if kind == Kind::Validation
                && constant(values.front()) == Some("msys.core.VALIDATE_AGAIN"));
            if !again || calls == MOST_CALLS {
                break result;
            }
        };
        let elapsed = began.elapsed();
        self.elapsed.set(self.elapsed.get() + elapsed);
        self.frame.set_running(before);
        Subject::leave(&self.frame, speaking_of);
        let mut events = self.take_events();
        let at = hook.place_of(function);
        let (name, hook) = (&module.registered.name, hook.name());
        let mut go_on = true;
        let mut returned = Vec::new();
        match called {
            Err(error) => {
                self.note_end(&error);
                events.push(error_event(&error));
                outcome.failed = true;
                go_on = matches!(kind, Kind::Hook);
                self.log(&format!("scriptlet-00147: {hook} error: {error}"));
                self.log(&format!("scriptlet-00239: {name} error: {error}"));
            }
            Ok(values) => {
                returned = values.iter().map(shown_result).collect();
                let first = values.front().cloned().unwrap_or(Value::Nil);
                match (kind, constant(Some(&first))) {
                    (Kind::Hook | Kind::Setup, _) | (_, Some("msys.core.VALIDATE_CONT")) => {}
                    (_, Some("msys.core.VALIDATE_DONE")) => go_on = false,
                    (Kind::Validation, Some("msys.core.VALIDATE_AGAIN")) => {
                        let text = format!(
                            "{hook} still answers VALIDATE_AGAIN after {MOST_CALLS} calls, although nothing that it \
                             waited for is left to wait for; the run goes on as after VALIDATE_CONT"
                        );
                        events.push(crate::report::Event { at: None, what: What::Note { text } });
                    }
                    _ => {
                        self.log(&format!("scriptlet-00147: {hook} error: (null)"));
                        self.log(&format!("scriptlet-00239: {name} error: (null)"));
                        let got = returned.first().map_or("nothing", String::as_str);
                        let message = format!(
                            "{hook} returned {got}, which is no result that it may have: \
                             msys.core.VALIDATE_CONT was meant?"
                        );
                        let what = What::Error { message, traceback: Vec::new() };
                        events.push(crate::report::Event { at: at.clone(), what });
                    }
                }
                outcome.results.push(first);
            }
        }
        events.extend(schedule::forgotten_locks(&self.frame));
        outcome.runs.push(CalloutRun {
            callout: hook.to_owned(),
            script: name.clone(),
            at,
            returned,
            calls,
            events,
            elapsed_us: micros(elapsed),
        });
        outcome.runs.extend(self.run_due(Clock::now(&self.frame)));
        go_on
    }

    /// Runs timers and jobs that are due until then, each as a callout of its own; the clock goes with them.
    pub(super) fn run_due(&self, until: f64) -> Vec<CalloutRun> {
        let mut runs = Vec::new();
        while self.is_alive() && !schedule::is_idle(&self.frame) {
            let began = Instant::now();
            let ran = schedule::run_due(self.machine.lua(), &self.frame, until);
            let elapsed = began.elapsed();
            self.elapsed.set(self.elapsed.get() + elapsed);
            let mut events = self.take_events();
            let (callout, at) = match ran {
                Ok(Some(ran)) => (ran.what, ran.at),
                Ok(None) if events.is_empty() => break,
                Ok(None) => ("timers".to_owned(), None),
                Err(error) => {
                    let error = self.machine.error(&error);
                    self.note_end(&error);
                    events.push(error_event(&error));
                    ("beside the session".to_owned(), None)
                }
            };
            runs.push(CalloutRun {
                callout,
                script: self.script_of(at.as_ref()),
                at,
                returned: Vec::new(),
                calls: 1,
                events,
                elapsed_us: micros(elapsed),
            });
        }
        runs
    }

    /// The name of the module whose file a line is in; the file where there is none.
    pub(super) fn script_of(&self, at: Option<&Place>) -> String {
        let Some(at) = at else { return String::new() };
        let of_file = |module: &&Module| module.registered.at.as_ref().is_some_and(|one| one.file == at.file);
        let module = self.modules.iter().find(of_file);
        module.map_or_else(|| at.file.clone(), |module| module.registered.name.clone())
    }

    /// `self`: a table of the session where there is a validation context, else the registered table.
    fn own_table(&self, module: &Module, kind: Kind, arguments: &[Value]) -> Table {
        let of_session = kind == Kind::Validation
            || arguments.iter().any(|value| {
                matches!(value, Value::UserData(data) if data.is::<crate::api::vctx::ValidateContext>())
            });
        if !of_session {
            return module.registered.table.clone();
        }
        if let Some(own) = &*module.own.borrow() {
            return own.clone();
        }
        let made = self.machine.lua().create_table().and_then(|own| {
            let metatable = self.machine.lua().create_table()?;
            metatable.raw_set("__index", &module.registered.table)?;
            own.set_metatable(Some(metatable))?;
            Ok(own)
        });
        match made {
            Ok(own) => {
                *module.own.borrow_mut() = Some(own.clone());
                own
            }
            // No memory is left, which the call will meet as well.
            Err(_) => module.registered.table.clone(),
        }
    }

    /// Forgets the session's `self` of each script.
    pub(super) fn end_session(&self) {
        self.modules.iter().for_each(|module| {
            module.own.take();
        });
    }

    /// Adds a step without a reply.
    pub(super) fn step(&mut self, phase: Option<Phase>, message: Option<usize>, callouts: Vec<CalloutRun>) {
        self.steps.push(Step { phase, message, callouts, ..Step::default() });
    }

    /// A value that scripts hold.
    ///
    /// None when Lua has no memory left.
    pub(super) fn object<T: crate::api::Class>(&self, value: T) -> Option<AnyUserData> {
        self.frame.object(self.machine.lua(), value).ok()
    }
}

/// A result: constants by their names.
pub(super) fn shown_result(value: &Value) -> String {
    constant(Some(value)).map_or_else(|| shown(value), str::to_owned)
}

/// The constant that a number of ours is.
pub(super) fn constant(value: Option<&Value>) -> Option<&'static str> {
    match value? {
        Value::Integer(number) => constants::name_of(*number),
        Value::Number(number) if number.fract() == 0.0 => constants::name_of(*number as i64),
        _ => None,
    }
}
