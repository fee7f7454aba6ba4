//! Commands on the console.

use mlua::Value;

use super::super::start::Run;
use crate::api::clock::Clock;
use crate::api::control::{self, Controls};
use crate::report::{Step, What};

/// Gives the commands of the session.
pub(super) fn run(run: &mut Run<'_>) {
    let session = std::rc::Rc::clone(&run.session);
    for command in &session.command {
        if !run.is_alive() {
            return;
        }
        let client = Some(format!("console> {}", command.line));
        let controls = run.frame.part::<Controls>();
        let found = controls.borrow().find(&command.line);
        let Some(control) = found else {
            let known: Vec<String> =
                controls.borrow().registered.iter().map(|one| format!("`{}`", one.prefix)).collect();
            let reason = match known.as_slice() {
                [] => "no script registers a command: the server itself would answer".to_owned(),
                known => format!("no script registers this command, only {}", known.join(", ")),
            };
            let callouts = vec![Run::nothing_ran("command".to_owned(), reason)];
            run.steps.push(Step { client, callouts, ..Step::default() });
            continue;
        };
        let Ok(construct) = control::construct(run.machine.lua(), &run.frame, &command.line) else { return };
        let what = format!("command {}", control.prefix);
        let (called, _) = run.call_registered(what, &control.function, Value::UserData(construct));
        let lines: Vec<&str> = called
            .events
            .iter()
            .filter_map(|event| match &event.what {
                What::Print { text } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let output = Some(lines.join("\n"));
        let mut callouts = vec![called];
        callouts.extend(run.run_due(Clock::now(&run.frame)));
        run.steps.push(Step { client, callouts, output, ..Step::default() });
    }
}
