//! `printed` and `not_printed`: lines of `print`.

use super::check::{Judge, Miss, shown};
use super::scope::Scope;
use crate::report::What;
use crate::session::{Equality, Expect, Wanted};

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, expect: &Expect) {
    if expect.printed.is_empty() && expect.not_printed.is_empty() {
        return;
    }
    let events = scope.runs(judge.report).flat_map(|run| &run.events);
    let lines: Vec<&str> = events
        .filter_map(|event| match &event.what {
            What::Print { text } => Some(text.as_str()),
            _ => None,
        })
        .flat_map(str::lines)
        .collect();
    in_order(judge, &|place| scope.key(&format!("printed[{place}]")), &expect.printed, &lines);
    for (place, wanted) in expect.not_printed.iter().enumerate() {
        let found = lines.iter().filter(|line| wanted.fits(Some(line), Equality::Exact));
        let misses = found.map(|line| Miss::new(None, shown(Some(line)))).collect();
        judge.add(
            scope.key(&format!("not_printed[{}]", place + 1)),
            format!("no such line: {wanted}"),
            misses,
        );
    }
}

/// Finds lines in their order; others may stand between them.
fn in_order(judge: &mut Judge<'_>, key: &dyn Fn(usize) -> String, wanted: &[Wanted], lines: &[&str]) {
    let mut from = 0;
    for (place, wanted) in wanted.iter().enumerate() {
        let rest = lines.get(from..).unwrap_or_default();
        let found = rest.iter().position(|line| wanted.fits(Some(line), Equality::Exact));
        let misses = match found {
            Some(at) => {
                from += at + 1;
                Vec::new()
            }
            None => vec![missed(rest, from > 0)],
        };
        judge.add(key(place + 1), format!("a line that is {wanted}"), misses);
    }
}

/// What was printed instead.
fn missed(lines: &[&str], behind_another: bool) -> Miss {
    const MOST: usize = 10;
    let behind = if behind_another { " behind the line before" } else { "" };
    if lines.is_empty() {
        return Miss::new(None, format!("nothing was printed{behind}"));
    }
    let mut miss = Miss::new(None, format!("these lines were printed{behind}"));
    miss.difference = lines.iter().take(MOST).map(|line| format!("+{line}")).collect();
    if lines.len() > MOST {
        miss.difference.push(format!("… and {} more lines", lines.len() - MOST));
    }
    miss
}
