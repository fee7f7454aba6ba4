//! From the reports of a run to what is said at each line.

use std::path::PathBuf;

use momentum_lua_runtime::report::{CalloutRun, Event, Place, Report, StopReason, What};
use rustc_hash::FxHashMap;

use super::result::Ran;

/// Something that happened at a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineNote {
    /// The line, from 1.
    pub(crate) line: u32,
    /// The session, by its place in the run.
    pub(crate) session: usize,
    /// What happened, on one line.
    pub(crate) text: String,
}

/// What a run says against a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineProblem {
    /// The line, from 1.
    pub(crate) line: u32,
    /// The sessions in which it happened, by their places in the run.
    pub(crate) sessions: Vec<usize>,
    /// What kind it is.
    pub(crate) kind: ProblemKind,
    /// In words.
    pub(crate) message: String,
    /// The calls that led there, innermost first: file, line, what was called.
    pub(crate) calls: Vec<(PathBuf, u32, String)>,
}

/// What kind of problem a run met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    /// A Lua error that nothing caught.
    Error,
    /// The server would have crashed.
    Crash,
    /// A limit of the run, or a script that does not load.
    Stopped,
    /// A call wanted an answer that the session does not have.
    Unanswered,
}

impl ProblemKind {
    /// The code that it is shown under.
    pub(crate) fn code(self) -> &'static str {
        match self {
            ProblemKind::Error => "run/error",
            ProblemKind::Crash => "run/crash",
            ProblemKind::Stopped => "run/stopped",
            ProblemKind::Unanswered => "run/unanswered",
        }
    }
}

/// What happened in a file.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// In the order in which it happened.
    pub(crate) notes: Vec<LineNote>,
    /// Each once.
    pub(crate) problems: Vec<LineProblem>,
}

impl Notes {
    /// What happened in each file.
    pub(crate) fn of(ran: &[Ran], absolute: &dyn Fn(&str) -> PathBuf) -> FxHashMap<PathBuf, Self> {
        let mut reader = Reader { files: FxHashMap::default(), absolute, session: 0 };
        for (session, ran) in ran.iter().enumerate() {
            reader.session = session;
            if let Ok(report) = &ran.outcome {
                reader.report(report);
            }
        }
        reader.files
    }
}

struct Reader<'a> {
    files: FxHashMap<PathBuf, Notes>,
    absolute: &'a dyn Fn(&str) -> PathBuf,
    session: usize,
}

impl Reader<'_> {
    fn report(&mut self, report: &Report) {
        for script in &report.scripts {
            // A script in which nothing happens was run all the same.
            self.files.entry((self.absolute)(&script.file)).or_default();
        }
        let steps = report.steps.iter().flat_map(|step| &step.callouts);
        for run in report.load.iter().chain(steps) {
            self.callout(run);
        }
        if let Some(stop) = &report.stopped {
            let kind = match stop.reason {
                StopReason::Crash => ProblemKind::Crash,
                StopReason::Exit => return,
                StopReason::NotLoaded | StopReason::Deadlock | StopReason::Limit => ProblemKind::Stopped,
            };
            self.problem(stop.at.as_ref(), kind, &stop.message, &stop.traceback);
        }
    }

    fn callout(&mut self, run: &CalloutRun) {
        for event in &run.events {
            self.event(event, run);
        }
        let failed =
            run.events.iter().any(|event| matches!(event.what, What::Error { .. } | What::Crash { .. }));
        if run.callout == "load" || (failed && run.returned.is_empty()) {
            return;
        }
        let returned: Vec<&str> =
            run.returned.iter().map(|value| value.strip_prefix("msys.core.").unwrap_or(value)).collect();
        let returned = if returned.is_empty() { "nothing".to_owned() } else { returned.join(", ") };
        let again = if run.calls > 1 { format!(" (call {})", run.calls) } else { String::new() };
        self.note(run.at.as_ref(), format!("→ {returned}{again}"));
    }

    fn event(&mut self, event: &Event, run: &CalloutRun) {
        let at = event.at.as_ref();
        match &event.what {
            What::Error { message, traceback } => {
                self.problem(at.or(run.at.as_ref()), ProblemKind::Error, message, traceback);
            }
            What::Crash { message, traceback } => {
                self.problem(at.or(run.at.as_ref()), ProblemKind::Crash, message, traceback);
            }
            What::Unanswered { call, answer } => {
                let message =
                    format!("the session has no answer to {call}; it would stand there as:\n{answer}");
                self.problem(at, ProblemKind::Unanswered, &message, &[]);
            }
            what => {
                if let Some(text) = said(what) {
                    self.note(at, text);
                }
            }
        }
    }

    fn note(&mut self, at: Option<&Place>, text: String) {
        let Some(at) = at else { return };
        let session = self.session;
        let notes = &mut self.files.entry((self.absolute)(&at.file)).or_default().notes;
        notes.push(LineNote { line: at.line, session, text: one_line(&text) });
    }

    fn problem(&mut self, at: Option<&Place>, kind: ProblemKind, message: &str, traceback: &[String]) {
        let Some(at) = at else { return };
        let calls = traceback.iter().filter_map(|frame| self.call(frame)).collect();
        let session = self.session;
        let problems = &mut self.files.entry((self.absolute)(&at.file)).or_default().problems;
        // The end of a run tells of its last error again.
        let known = problems.iter_mut().find(|known| known.line == at.line && known.message == message);
        match known {
            Some(known) if known.sessions.contains(&session) => {}
            Some(known) => known.sessions.push(session),
            None => problems.push(LineProblem {
                line: at.line,
                sessions: vec![session],
                kind,
                message: message.to_owned(),
                calls,
            }),
        }
    }

    /// `FILE:LINE: in function 'f'`
    fn call(&self, frame: &str) -> Option<(PathBuf, u32, String)> {
        let (place, what) = frame.split_once(": ")?;
        let (file, line) = place.rsplit_once(':')?;
        Some(((self.absolute)(file), line.parse().ok()?, what.to_owned()))
    }
}

/// What is worth a few words at the line's end.
fn said(what: &What) -> Option<String> {
    let or_nothing = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    Some(match what {
        What::Print { text } => format!("\"{text}\""),
        What::Reply { code, text, disconnect } => {
            format!("{code} {text}{}", if *disconnect { ", and the connection ends" } else { "" })
        }
        What::Context { dictionary, name, after, .. } => match after {
            Some(after) => format!("{dictionary} {name} = {after}"),
            None => format!("{dictionary} {name} deleted"),
        },
        What::Header { name, after, .. } => match after.as_slice() {
            [] => format!("{name}: deleted"),
            values => format!("{name}: {}", values.join(" | ")),
        },
        What::Set { property, after, .. } => format!("{property} = {}", or_nothing(after)),
        What::Tarpit { seconds } => format!("the client waits {seconds} s"),
        What::Slept { seconds } => format!("{seconds} s pass"),
        What::Discarded { reason } => format!("discarded: {reason}"),
        What::Recipients { added, removed } => {
            let added = added.iter().map(|one| format!("+{one}"));
            let all: Vec<String> = added.chain(removed.iter().map(|one| format!("-{one}"))).collect();
            format!("recipients {}", all.join(" "))
        }
        What::Injected { .. } => "a message is injected".to_owned(),
        _ => return None,
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use momentum_lua_runtime::engine::{Options, Policy, run};
    use momentum_lua_runtime::session::invented;

    fn notes(script: &str) -> Notes {
        let report = run(&Policy::of_script("a.lua", script.as_bytes()), &invented(), &Options::default());
        let ran = Ran {
            session: None,
            name: "made up".into(),
            policy: PathBuf::from("a.lua"),
            outcome: Ok(report),
        };
        let mut files = Notes::of(&[ran], &|name: &str| PathBuf::from(name));
        files.remove(&PathBuf::from("a.lua")).unwrap()
    }

    #[test]
    fn what_happens_stands_at_its_line() {
        let notes = notes(
            "local mod = {}\nfunction mod:validate_connect(accept, vctx)\n  print(\"hello\", 1)\n  vctx:set_code(550, \"no\")\n\
             return msys.core.VALIDATE_CONT\nend\nmsys.registerModule(\"m\", mod)\n",
        );
        let found: Vec<(u32, &str)> =
            notes.notes.iter().map(|note| (note.line, note.text.as_str())).collect();
        assert_eq!(found, [(3, "\"hello 1\""), (4, "550 no"), (2, "→ VALIDATE_CONT")]);
        assert!(notes.problems.is_empty());
    }

    #[test]
    fn an_error_stands_where_it_was_raised() {
        let notes = notes(
            "local mod = {}\nlocal function deep(x)\n  return x.y\nend\nfunction mod:validate_connect()\n  deep(nil)\n\
             return msys.core.VALIDATE_CONT\nend\nmsys.registerModule(\"m\", mod)\n",
        );
        let [problem] = &notes.problems[..] else { panic!("{:?}", notes.problems) };
        assert_eq!((problem.line, problem.kind), (3, ProblemKind::Error));
        assert_eq!(problem.calls.first().map(|call| call.1), Some(3));
        assert!(notes.notes.is_empty(), "{:?}", notes.notes);
    }
}
