//! What was expected of a session, compared with what became of it.
//!
//! | module | what it does |
//! |---|---|
//! | `check` | one expectation with its line: held, or what was there instead |
//! | `scope` | what an `expect` speaks of: the session, a message, a recipient |
//! | `replies`, `disposition`, `routing`, `envelope`, `headers`, `content`, `context`, `injected`, `printed`, `errors`, `calls`, `callouts`, `driven` | one kind of expectation each |
//! | `coverage` | what was executed of which script, over many runs |
//! | `lua` | tests that are written in Lua |
//! | `result` | the results of many tests, with their JSON form |

mod callouts;
mod calls;
mod check;
mod content;
mod context;
mod coverage;
mod disposition;
mod driven;
mod envelope;
mod errors;
mod headers;
mod injected;
pub mod lua;
mod printed;
mod replies;
mod result;
mod routing;
mod scope;
#[cfg(test)]
mod tests;

pub use check::{Check, Miss};
pub use coverage::{BranchCoverage, CalloutCoverage, Coverage, LineCoverage, ScriptCoverage, Share};
pub use result::{Against, Change, Outcome, TestKind, TestReport, TestResult, VERSION, json_schema};

use momentum_lua_stub_reader::Api;

use crate::engine::{self, Options, Policy};
use crate::report::{Report, StopReason};
use crate::session::{Expect, Session};
use check::Judge;
use scope::Scope;

/// Whether a session says what should become of it.
#[must_use]
pub fn expects(session: &Session) -> bool {
    session.expect.is_some()
        || session.messages.iter().any(|mail| {
            mail.expect.is_some() || mail.recipients.iter().any(|recipient| recipient.expect.is_some())
        })
        || session.command.iter().any(|command| command.expect.is_some())
        || session.http_request.iter().any(|request| request.expect.is_some())
        || session.hook.iter().any(|call| call.returns.is_some())
}

/// The options that a run needs for its report to hold everything that the session expects.
pub fn prepare(session: &Session, options: &mut Options) {
    let asks = |expect: &Expect| !expect.calls.is_empty() || !expect.not_called.is_empty();
    options.every_call |= expectations(session).iter().any(|(_, expect)| asks(expect));
}

/// Compares what a session expects with the report of its run. All expectations come back, in the order of their lines,
/// those that held as well.
///
/// An end of the run before its time (a crash, a limit, scripts that do not load) and errors that nothing caught are
/// checks that failed, unless the session says in `errors` which ones there are.
#[must_use]
pub fn evaluate(session: &Session, report: &Report, api: &Api) -> Vec<Check> {
    let mut judge = Judge::new(session, report, api);
    let all = expectations(session);
    for (scope, expect) in &all {
        replies::check(&mut judge, scope, &expect.replies);
        disposition::check(&mut judge, scope, expect.disposition);
        routing::check(&mut judge, scope, expect);
        envelope::check(&mut judge, scope, expect);
        headers::check(&mut judge, scope, &expect.headers);
        content::check(&mut judge, scope, expect);
        context::check(&mut judge, scope, &expect.context);
        injected::check(&mut judge, scope, expect.injected.as_deref());
        printed::check(&mut judge, scope, expect);
        errors::check(&mut judge, scope, expect.errors.as_deref());
        calls::check(&mut judge, scope, expect);
        callouts::check(&mut judge, scope, &expect.callouts);
    }
    driven::check(&mut judge);
    errors::check_none(&mut judge, all.iter().any(|(_, expect)| expect.errors.is_some()));
    judge.finish()
}

/// A session that was run and compared.
#[derive(Debug)]
pub struct Tried {
    /// What was expected.
    pub checks: Vec<Check>,
    /// What happened.
    pub report: Report,
    /// What was executed, where [`Options::coverage`] asks for it.
    pub coverage: Coverage,
}

impl Tried {
    /// Whether all expectations held.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.checks.iter().all(Check::passed)
    }
}

/// Runs a session and compares it with what it expects.
///
/// A run that counts what is executed takes more instructions. One that reaches a limit is made again without counting,
/// so that no verdict depends on it.
#[must_use]
pub fn run(policy: &Policy, session: &Session, options: &Options) -> Tried {
    let mut options = options.clone();
    prepare(session, &mut options);
    let mut report = engine::run(policy, session, &options);
    let coverage = Coverage::of(&report);
    if options.coverage && report.stopped.as_ref().is_some_and(|stop| stop.reason == StopReason::Limit) {
        options.coverage = false;
        report = engine::run(policy, session, &options);
    }
    let checks = evaluate(session, &report, &options.api);
    Tried { checks, report, coverage }
}

/// Every `expect` of mail in a session, with what it speaks of.
fn expectations(session: &Session) -> Vec<(Scope, &Expect)> {
    let mut all: Vec<(Scope, &Expect)> = Vec::new();
    all.extend(session.expect.as_ref().map(|expect| (Scope::session(), expect)));
    for (number, mail) in session.messages.iter().enumerate() {
        all.extend(mail.expect.as_deref().map(|expect| (Scope::message(number), expect)));
        for (place, recipient) in mail.recipients.iter().enumerate() {
            let expect = recipient.expect.as_deref();
            all.extend(expect.map(|expect| (Scope::recipient(number, place), expect)));
        }
    }
    all
}
