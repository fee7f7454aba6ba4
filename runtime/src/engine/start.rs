//! A machine with the policy loaded.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::files::RunFiles;
use super::registered::Module;
use super::{Options, Policy};
use crate::api::adaptive::Adaptive;
use crate::api::config::Settings;
use crate::api::files::Written;
use crate::api::message::{Bindings, Sent};
use crate::api::modules::{Caller, Modules};
use crate::api::schedule::{self, Pools};
use crate::api::server::Server;
use crate::api::{Frame, clock::Clock};
use crate::lowering::Purpose;
use crate::machine::{Grants, Machine, ScriptError, ScriptErrorKind};
use crate::report::{
    CalloutRun, MessageReport, Place, Report, ScriptReport, Step, Stop, StopReason, Trace, TraceSink,
    VERSION, What,
};
use crate::session::Session;

/// A run: the machine, what is registered, and what happened so far.
pub(super) struct Run<'a> {
    pub(super) policy: &'a Policy,
    pub(super) session: Rc<Session>,
    pub(super) machine: Machine,
    pub(super) frame: Rc<Frame>,
    /// The registered tables in the order in which their callouts run.
    pub(super) modules: Vec<Module>,
    pub(super) steps: Vec<Step>,
    pub(super) messages: Vec<MessageReport>,
    pub(super) connection_context: BTreeMap<String, String>,
    pub(super) paniclog: RefCell<Vec<String>>,
    pub(super) elapsed: Cell<Duration>,
    load: Vec<CalloutRun>,
    stopped: RefCell<Option<Stop>>,
    scripts: Vec<ScriptReport>,
    lines: Rc<RefCell<Lines>>,
    probes: Option<Purpose>,
}

/// How often each line was executed, by script.
type Lines = BTreeMap<String, BTreeMap<u32, u64>>;

/// Makes the machine and loads the policy; the report says why where that fails.
pub(super) fn start<'a>(
    policy: &'a Policy,
    session: &Session,
    options: &Options,
) -> Result<Run<'a>, Box<Report>> {
    let session = Rc::new(session.clone());
    let trace = Rc::new(RefCell::new(Trace::default()));
    let written = Rc::new(RefCell::new(Written::default()));
    let made = machine(policy, &session, options, &trace, &written).and_then(|machine| {
        let api = options.api.clone();
        let frame = Frame::install(machine.lua(), api, Rc::clone(&session), trace);
        frame.map(|frame| (machine, frame)).map_err(|error| failed(error.to_string()))
    });
    let (machine, frame) = match made {
        Ok(made) => made,
        Err(error) => return Err(Box::new(without_a_machine(&session, &error))),
    };
    frame.note_every_call(options.every_call);
    let mut bindings = session.bindings.clone();
    bindings.extend(policy.bindings.iter().cloned());
    frame.set_part(written);
    let is_configured = policy.configuration.is_some();
    frame.set_part(Rc::new(RefCell::new(Bindings::of(bindings, is_configured))));
    if let Some((loaded, managed)) = policy.adaptive.clone() {
        let adaptive = frame.part::<Adaptive>();
        let mut adaptive = adaptive.borrow_mut();
        (adaptive.loaded, adaptive.managed) = (Some(loaded), managed);
    }
    frame.set_part(Rc::new(RefCell::new(Server { hostname: policy.hostname.clone() })));
    frame.set_part(Rc::new(RefCell::new(Settings::of(policy.configuration.clone()))));
    frame.set_part(Rc::new(RefCell::new(Pools { configured: policy.pools.clone() })));
    let mut run = Run {
        policy,
        session,
        machine,
        frame,
        modules: Vec::new(),
        steps: Vec::new(),
        messages: Vec::new(),
        connection_context: BTreeMap::new(),
        paniclog: RefCell::default(),
        elapsed: Cell::default(),
        load: Vec::new(),
        stopped: RefCell::default(),
        scripts: Vec::new(),
        lines: Rc::default(),
        probes: options.probes(),
    };
    run.put_probes();
    if options.lines {
        run.count_lines();
    }
    run.load();
    Ok(run)
}

fn machine(
    policy: &Policy,
    session: &Rc<Session>,
    options: &Options,
    trace: &Rc<RefCell<Trace>>,
    written: &Rc<RefCell<Written>>,
) -> Result<Machine, ScriptError> {
    let limits = options.limits.clone().with(&session.limits);
    let grants = Grants {
        files: Rc::new(RunFiles {
            written: Rc::clone(written),
            session: Rc::clone(session),
            policy: Rc::clone(&policy.files),
        }),
        lua_path: policy.lua_path.clone(),
        environment: BTreeMap::new(),
        seed: session.random_seed,
        time: Some(session.clock.seconds()),
    };
    let machine = Machine::new(limits, grants, TraceSink(Rc::clone(trace)))?;
    let globals = machine.lua().globals();
    let tables = ["_TLS", "_OSTLS"]
        .map(|name| machine.lua().create_table().and_then(|table| globals.raw_set(name, table)));
    tables.into_iter().collect::<mlua::Result<()>>().map_err(|error| failed(error.to_string()))?;
    Ok(machine)
}

fn failed(message: String) -> ScriptError {
    ScriptError { kind: ScriptErrorKind::Raised, message, file: None, line: None, traceback: Vec::new() }
}

fn without_a_machine(session: &Session, error: &ScriptError) -> Report {
    Report {
        version: VERSION,
        scripts: Vec::new(),
        injection: session.injection,
        invented: session.invented.clone(),
        load: Vec::new(),
        steps: Vec::new(),
        messages: Vec::new(),
        injected: Vec::new(),
        connection_context: BTreeMap::new(),
        paniclog: Vec::new(),
        unanswered: Vec::new(),
        calls: Vec::new(),
        stopped: Some(stop(error, StopReason::Limit)),
        lines: BTreeMap::new(),
        elapsed_us: 0,
        command: None,
        coverage: Vec::new(),
    }
}

fn stop(error: &ScriptError, otherwise: StopReason) -> Stop {
    Stop {
        reason: match error.kind {
            ScriptErrorKind::Crash => StopReason::Crash,
            ScriptErrorKind::Deadlock => StopReason::Deadlock,
            ScriptErrorKind::Limit(_) => StopReason::Limit,
            ScriptErrorKind::Exit(_) => StopReason::Exit,
            ScriptErrorKind::Syntax | ScriptErrorKind::Raised => otherwise,
        },
        message: error.message.clone(),
        at: place_of(error),
        traceback: error.traceback.clone(),
    }
}

/// The line that an error names.
pub(super) fn place_of(error: &ScriptError) -> Option<Place> {
    Some(Place { file: error.file.clone()?, line: error.line? })
}

impl Run<'_> {
    /// Whether scripts still run: nothing crashed, and no limit was reached.
    pub(super) fn is_alive(&self) -> bool {
        self.stopped.borrow().is_none()
    }

    /// Ends the run where an error of a script does.
    pub(super) fn note_end(&self, error: &ScriptError) {
        if !matches!(error.kind, ScriptErrorKind::Raised | ScriptErrorKind::Syntax) {
            self.stopped.borrow_mut().get_or_insert_with(|| stop(error, StopReason::NotLoaded));
        }
    }

    fn refuse_configuration(&self, error: &ScriptError) {
        self.stopped.borrow_mut().get_or_insert_with(|| stop(error, StopReason::NotLoaded));
        self.log(
            "Module 'scriptlet' instance 'scriptlet' initialization failed while preparing to commit. \
             Consult your vendor.",
        );
    }

    /// Adds a line to the paniclog.
    pub(super) fn log(&self, text: &str) {
        let line = format!("{:.0}:{text}", Clock::now(&self.frame).floor());
        self.paniclog.borrow_mut().push(line);
    }

    /// The events since the last time, those of them that are lines of the paniclog written there.
    pub(super) fn take_events(&self) -> Vec<crate::report::Event> {
        let events = self.frame.trace().take();
        for event in &events {
            match &event.what {
                What::Print { text } => self.log(&format!("scriptlet: {text}")),
                What::Paniclog { text } => self.log(text),
                _ => {}
            }
        }
        events
    }

    /// Has what the probes of scripts tell put where it belongs.
    fn put_probes(&self) {
        let put = match self.probes {
            None => return,
            Some(Purpose::Count) => self.machine.cover(),
            Some(Purpose::Tell) => self.machine.tell_conditions(|lua, condition| {
                if let Some(frame) = Frame::of(lua) {
                    frame.note_condition(lua, condition);
                }
            }),
        };
        if let Err(error) = put {
            self.note_end(&error);
        }
    }

    /// Counts the lines that are executed from here on.
    fn count_lines(&self) {
        let lines = Rc::clone(&self.lines);
        let counted = self.machine.on_line(move |file, line| {
            let mut lines = lines.borrow_mut();
            match lines.get_mut(file) {
                Some(of_file) => *of_file.entry(line).or_default() += 1,
                None => drop(lines.insert(file.to_owned(), BTreeMap::from([(line, 1)]))),
            }
        });
        if let Err(error) = counted {
            self.note_end(&error);
        }
    }

    /// Runs the scripts, and `init` of what they register.
    fn load(&mut self) {
        let policy = self.policy;
        for script in &policy.scripts {
            let began = Instant::now();
            let result = script.chunk(self.probes).map_err(Clone::clone).and_then(|chunk| {
                let function = self.machine.load_chunk(chunk)?;
                self.machine.call(&function, ())
            });
            self.elapsed.set(self.elapsed.get() + began.elapsed());
            let mut events = self.take_events();
            if let Err(error) = &result {
                events.push(error_event(error));
                self.log(&format!("scriptlet: {error}"));
            }
            self.load.push(CalloutRun {
                callout: "load".to_owned(),
                script: script.stanza.clone().unwrap_or_else(|| script.file.clone()),
                at: None,
                returned: Vec::new(),
                calls: 1,
                events,
                elapsed_us: micros(began.elapsed()),
            });
            let known = self.frame.part::<Modules>().borrow().registered.len();
            self.adopt(script, known);
            if let Err(error) = result {
                self.note_end(&error);
                self.refuse_configuration(&error);
                return;
            }
        }
        let due = self.run_due(Clock::now(&self.frame));
        self.load.extend(due);
        self.load.extend(super::named::answers(self));
        self.load.extend(super::named::constants(self));
        self.init();
    }

    /// Takes over what a script registered. Under which name it did makes no difference to what runs: pages contradict
    /// each other there, and tests of the server that are published get answers from a script whose stanza has another
    /// name.
    fn adopt(&mut self, script: &super::Script, known: usize) {
        let modules = self.frame.part::<Modules>();
        let modules = modules.borrow();
        let registered = modules.registered.get(self.modules.len()..known).unwrap_or_default();
        for one in registered {
            self.scripts.push(ScriptReport {
                name: one.name.clone(),
                file: script.file.clone(),
                hooks: one.hooks.clone(),
            });
            self.modules.push(Module::new(self.machine.lua(), &self.frame, one.clone()));
        }
        if registered.is_empty() {
            self.scripts.push(ScriptReport {
                name: script.stanza.clone().unwrap_or_default(),
                file: script.file.clone(),
                hooks: Vec::new(),
            });
        }
        let never_called: Vec<_> =
            registered.iter().flat_map(|one| super::named::never_called(self, one)).collect();
        if let Some(run) = self.load.last_mut() {
            run.events.extend(never_called);
        }
        let of_server = || registered.iter().filter(|one| one.by == Caller::Scriptlet);
        if let (Some(stanza), Some(first), Some(run)) =
            (&script.stanza, of_server().next(), self.load.last_mut())
            && of_server().all(|one| one.name != *stanza)
        {
            let mut names: Vec<String> = of_server().map(|one| format!("`{}`", one.name)).collect();
            names.dedup();
            let text = format!(
                "the script stanza is called `{stanza}`, and the script registers as {}: the names should match. Its \
                 callouts run here, and messages of the server speak of the registered name; the documentation says \
                 so on one page, and on another that such a script does not run",
                names.join(" and ")
            );
            run.events.push(crate::report::Event { at: first.at.clone(), what: What::Note { text } });
        }
    }

    /// `init` of each module: any result but true makes the configuration fail.
    fn init(&mut self) {
        let outcome = self.callouts("init", super::callouts::Kind::Setup, &[]);
        let of_init = |run: &&CalloutRun| run.callout == "init";
        let refused = outcome
            .runs
            .iter()
            .filter(of_init)
            .find(|run| run.returned.first().is_none_or(|one| one != "true"));
        let message = refused.map(|run| format!("`init` of {} did not return true", run.script));
        self.load.extend(outcome.runs);
        if let Some(message) = message {
            self.refuse_configuration(&failed(message));
            return;
        }
        let outcome = self.callouts("rsrc_setup", super::callouts::Kind::Setup, &[]);
        self.load.extend(outcome.runs);
    }

    /// The report of what happened.
    pub(super) fn finish(mut self) -> Report {
        if self.is_alive() {
            let outcome = self.callouts("deinit", super::callouts::Kind::Setup, &[]);
            if !outcome.runs.is_empty() {
                self.step(None, None, outcome.runs);
            }
        }
        let pending = schedule::pending(&self.frame);
        if self.is_alive() && !pending.is_empty() {
            let run = CalloutRun {
                callout: "still to come".to_owned(),
                script: String::new(),
                at: None,
                returned: Vec::new(),
                calls: 0,
                events: pending,
                elapsed_us: 0,
            };
            self.step(None, None, vec![run]);
        }
        // What happened outside of any callout.
        self.take_events();
        let unanswered = self.frame.trace().unanswered().to_vec();
        let mut invented = self.session.invented.clone();
        invented.extend(self.frame.part::<Bindings>().borrow().invented());
        Report {
            version: VERSION,
            scripts: self.scripts,
            injection: self.session.injection,
            invented,
            load: self.load,
            steps: self.steps,
            messages: self.messages,
            injected: Sent::take(&self.frame),
            connection_context: self.connection_context,
            paniclog: self.paniclog.into_inner(),
            unanswered,
            calls: self.frame.calls(),
            stopped: self.stopped.into_inner(),
            lines: self.lines.take(),
            elapsed_us: micros(self.elapsed.get()),
            command: None,
            coverage: self.machine.covered(),
        }
    }
}

/// An error of a script as an event.
pub(super) fn error_event(error: &ScriptError) -> crate::report::Event {
    let (message, traceback) = (error.message.clone(), error.traceback.clone());
    let what = match error.kind {
        ScriptErrorKind::Crash => What::Crash { message, traceback },
        _ => What::Error { message, traceback },
    };
    crate::report::Event { at: place_of(error), what }
}

pub(super) fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
