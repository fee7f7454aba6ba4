//! `errors`: what nothing caught, and what ended the run.

use super::check::{Judge, Miss, shown};
use super::scope::Scope;
use crate::report::{Report, What};
use crate::session::{Equality, Wanted};

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, wanted: Option<&[Wanted]>) {
    let Some(wanted) = wanted else { return };
    let errors = errors(scope, judge.report);
    let fits = errors.len() == wanted.len()
        && wanted.iter().zip(&errors).all(|(wanted, error)| wanted.fits(Some(error), Equality::Exact));
    let misses = if fits {
        Vec::new()
    } else if errors.is_empty() {
        vec![Miss::new(None, "no error")]
    } else {
        errors.iter().map(|error| Miss::new(None, shown(Some(error)))).collect()
    };
    let expected = match wanted {
        [] => "no error".to_owned(),
        wanted => wanted.iter().map(ToString::to_string).collect::<Vec<_>>().join(", then "),
    };
    judge.add(scope.key("errors"), expected, misses);
}

/// Where nothing is said of errors there must be none.
pub(super) fn check_none(judge: &mut Judge<'_>, is_said: bool) {
    let errors = errors(&Scope::session(), judge.report);
    if is_said || errors.is_empty() {
        return;
    }
    let misses = errors.into_iter().map(|error| Miss::new(None, error)).collect();
    judge.add(String::new(), "no error: the session names none in `errors`", misses);
}

/// `FILE:LINE: MESSAGE` of each error, in order.
fn errors(scope: &Scope, report: &Report) -> Vec<String> {
    let placed = |at: Option<&crate::report::Place>, message: &str| match at {
        Some(at) => format!("{at}: {message}"),
        None => message.to_owned(),
    };
    let events = scope.runs(report).flat_map(|run| &run.events);
    let mut errors: Vec<String> = events
        .filter_map(|event| match &event.what {
            What::Error { message, .. } | What::Crash { message, .. } => {
                Some(placed(event.at.as_ref(), message))
            }
            _ => None,
        })
        .collect();
    // What ended the run outside of any callout, such as an `init` that does not return true.
    let stopped = report.stopped.as_ref().map(|stop| placed(stop.at.as_ref(), &stop.message));
    errors.extend(stopped.filter(|stopped| scope.is_session() && !errors.contains(stopped)));
    errors
}
