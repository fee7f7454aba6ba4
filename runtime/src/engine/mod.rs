//! Runs a policy against a session: the phases in Momentum's order, hooks, and what becomes of each recipient.
//!
//! | module | what it does |
//! |---|---|
//! | `policy` | the scripts, and what the engine needs of the configuration |
//! | `registered` | the tables that scripts registered, with their callouts and hooks |
//! | `start` | a machine with the policy loaded, `init` done |
//! | `callouts` | one callout or hook in all scripts, in order: CONT, DONE, AGAIN, errors |
//! | `arguments` | what a hook is called with, by the classes of its parameters |
//! | `smtp` | the conversation with a client |
//! | `auth` | SMTP AUTH: hooks, schemes of scripts, the session |
//! | `relay` | who may send to domains that are not ours |
//! | `transmission` | messages that come over HTTP |
//! | `named` | names in a session that nothing has: answers for no function, hooks of nobody |
//! | `disposal` | from the choice of the binding to what the receiver says |
//! | `driven` | what the session asks for beside its messages: commands, requests, hooks by name, time |

mod arguments;
mod auth;
mod callouts;
mod disposal;
mod driven;
mod files;
mod named;
mod policy;
mod registered;
mod relay;
mod smtp;
mod start;
mod transmission;

use std::sync::Arc;

use momentum_lua_stub_reader::Api;

pub use policy::{Policy, Relaying, Script};

use crate::lowering::Purpose;
use crate::machine::Limits;
use crate::report::Report;
use crate::session::{Injection, Session};

/// How a run is to be made.
#[derive(Clone, Debug)]
pub struct Options {
    /// The stubs.
    pub api: Arc<Api>,
    /// What the run may use; the session's own limits go before these.
    pub limits: Limits,
    /// Every call of the API goes into the report, not only those that nothing models.
    pub every_call: bool,
    /// Count how often each line is executed.
    pub lines: bool,
    /// Count what is executed of which script, into the coverage of the report.
    pub coverage: bool,
    /// Tell the value of each condition among the events; not where what is executed is counted.
    pub conditions: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            api: Arc::new(momentum_lua_stubs::api().clone()),
            limits: Limits::default(),
            every_call: false,
            lines: false,
            coverage: false,
            conditions: false,
        }
    }
}

impl Options {
    /// The probes that scripts get.
    fn probes(&self) -> Option<Purpose> {
        if self.coverage {
            return Some(Purpose::Count);
        }
        self.conditions.then_some(Purpose::Tell)
    }
}

/// Runs a session. Whatever scripts do, the result is a report.
#[must_use]
pub fn run(policy: &Policy, session: &Session, options: &Options) -> Report {
    let mut run = match start::start(policy, session, options) {
        Ok(run) => run,
        Err(report) => return *report,
    };
    if run.is_alive() {
        match session.injection {
            Injection::Smtp if !session.has_client() => {}
            Injection::Smtp => smtp::run(&mut run),
            Injection::Http => transmission::run(&mut run),
        }
        driven::run(&mut run);
    }
    run.finish()
}

#[cfg(test)]
mod driven_tests;
#[cfg(test)]
mod tests;
