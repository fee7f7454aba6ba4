//! A session that expects something.

use momentum_lua_runtime::report::{Report, What};
use momentum_lua_runtime::testing::{self, Check, Coverage, Outcome, TestKind, TestResult};

use super::policy::Policies;
use super::protocol::{Job, Said};
use crate::paths::WorkingDirectory;
use crate::problem::{Print as _, Problem};

/// Runs a session; one that expects nothing is none of the tests.
pub(super) fn run(
    job: &Job,
    policies: &mut Policies,
    here: &WorkingDirectory,
    say: &mut dyn FnMut(Said),
) -> Coverage {
    let unusable = |say: &mut dyn FnMut(Said), problems: &[Problem]| {
        problems.iter().for_each(|problem| say(Said::Problem(problem.rendered())));
        Coverage::default()
    };
    let (mut session, problems) = match crate::session::read(&job.file, here, &job.unsaved) {
        Ok(read) => read,
        Err(problem) => return unusable(say, &[problem]),
    };
    if !problems.is_empty() {
        return unusable(say, &problems);
    }
    let name = session.description.clone().unwrap_or_else(|| job.shown.clone());
    if !testing::expects(&session) || !job.wants(&name) {
        return Coverage::default();
    }
    let loaded = match policies.of(job, session.policy.as_deref(), here) {
        Ok(loaded) => loaded,
        Err(problems) => return unusable(say, &problems),
    };
    session.limits = job.limits.clone().or(session.limits);
    let limit = loaded.options.limits.clone().with(&session.limits).wall_clock;
    let mut result = TestResult::unended(&job.shown, 1, &name, TestKind::Session);
    result.policy = Some(loaded.shown.clone());
    // A run that counts may be made twice.
    let limit_ms = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX).saturating_mul(2);
    say(Said::Begin { unended: Box::new(result.clone()), limit_ms });
    let began = std::time::Instant::now();
    let options = momentum_lua_runtime::engine::Options { coverage: job.coverage, ..loaded.options.clone() };
    let tried = testing::run(&loaded.policy, &session, &options);
    result.elapsed_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    if tried.passed() {
        result.outcome = Outcome::Passed;
    } else {
        result.notes = notes(&tried.report, &tried.checks);
    }
    result.verdict = tried.report.verdict();
    result.checks = tried.checks;
    say(Said::Done(Box::new(result)));
    tried.coverage
}

/// What helps to find out why a session did not go as expected, and is not among what was compared.
fn notes(report: &Report, checks: &[Check]) -> Vec<String> {
    let steps = report.steps.iter().flat_map(|step| &step.callouts);
    let events = report.load.iter().chain(steps).flat_map(|run| &run.events);
    let told = |message: &str| {
        checks.iter().flat_map(|check| &check.misses).any(|miss| miss.actual.contains(message))
    };
    let mut notes: Vec<String> = events
        .filter_map(|event| {
            let at = event.at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
            match &event.what {
                What::Error { message, .. } if !told(message) => Some(format!("{at}error: {message}")),
                What::Crash { message, .. } if !told(message) => {
                    Some(format!("{at}crash of the server: {message}"))
                }
                _ => None,
            }
        })
        .collect();
    for one in &report.unanswered {
        let at = one.at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
        notes.push(format!("{at}not answered by the session: {}", one.call));
    }
    notes.dedup();
    notes
}
