//! `calls` and `not_called`: functions of the API.

use super::check::{Judge, Miss};
use super::scope::Scope;
use crate::api::LONGEST_SHOWN;
use crate::report::What;
use crate::session::{CallWanted, Expect, Wanted};

/// A call that was made: the function and its arguments.
type Made<'r> = (&'r str, &'r [String]);

pub(super) fn check(judge: &mut Judge<'_>, scope: &Scope, expect: &Expect) {
    if expect.calls.is_empty() && expect.not_called.is_empty() {
        return;
    }
    let report = judge.report;
    let events = scope.runs(report).flat_map(|run| &run.events);
    let made: Vec<Made<'_>> = events
        .filter_map(|event| match &event.what {
            What::Call { name, arguments, .. } => Some((name.as_str(), arguments.as_slice())),
            _ => None,
        })
        .collect();
    for (place, wanted) in expect.calls.iter().enumerate() {
        let (function, arguments, times) = match wanted {
            CallWanted::Name(name) => (name.as_str(), &[][..], None),
            CallWanted::Call(call) => (call.function.as_str(), call.arguments.as_slice(), call.times),
        };
        let of_function: Vec<&Made<'_>> = made.iter().filter(|(name, _)| *name == function).collect();
        let count = of_function.iter().filter(|(_, given)| fit(arguments, given)).count();
        let holds = times.map_or(count > 0, |times| u64::try_from(count) == Ok(times));
        let misses = match unknown(judge, function) {
            Some(unknown) => vec![unknown],
            None if holds => Vec::new(),
            None => vec![missed(&of_function, count)],
        };
        let key = scope.key(&format!("calls[{}]", place + 1));
        judge.add(key, expected(function, arguments, times), misses);
    }
    for (place, function) in expect.not_called.iter().enumerate() {
        let misses = match unknown(judge, function) {
            Some(unknown) => vec![unknown],
            None => made
                .iter()
                .filter(|(name, _)| name == function)
                .map(|(name, given)| Miss::new(None, format!("{name}({})", given.join(", "))))
                .collect(),
        };
        let key = scope.key(&format!("not_called[{}]", place + 1));
        judge.add(key, format!("no call of {function}"), misses);
    }
}

/// A function that the API does not have would never be called, whatever scripts do.
fn unknown(judge: &Judge<'_>, function: &str) -> Option<Miss> {
    if judge.api.entry(function).is_some() {
        return None;
    }
    let near = function.rsplit_once([':', '.']).and_then(|(owner, member)| {
        let class = judge.api.class_of_receiver(owner).map_or(owner, |class| class.name.as_str());
        let near = judge.api.near_members(class, member).first().copied()?;
        let separator = function.get(owner.len()..owner.len() + 1)?;
        Some(format!(", did you mean `{owner}{separator}{near}`?"))
    });
    let near = near.unwrap_or_default();
    Some(Miss::new(None, format!("the API has no function `{function}`{near}")))
}

fn fit(wanted: &[Wanted], given: &[String]) -> bool {
    wanted.iter().enumerate().all(|(place, wanted)| {
        let given = given.get(place).filter(|given| *given != "nil").map(|given| plain(given));
        match (wanted, given.as_deref().and_then(|given| given.strip_suffix('…'))) {
            // A report holds the beginning of a long text.
            (Wanted::Text(wanted), Some(beginning)) if beginning.chars().count() >= LONGEST_SHOWN => {
                wanted.starts_with(beginning)
            }
            _ => wanted.fits_argument(given.as_deref()),
        }
    })
}

/// An argument as it prints: strings without their quotes.
fn plain(shown: &str) -> String {
    let Some(inner) = shown.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return shown.to_owned();
    };
    let mut out = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match (character, character == '\\') {
            (_, true) => match characters.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('t') => out.push('\t'),
                // Bytes that are no text stay as they are shown.
                Some('x') => out.push_str("\\x"),
                Some(other) => out.push(other),
                None => {}
            },
            (other, false) => out.push(other),
        }
    }
    out
}

fn expected(function: &str, arguments: &[Wanted], times: Option<u64>) -> String {
    let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    let with = if arguments.is_empty() { String::new() } else { format!(" with {}", arguments.join(", ")) };
    match times {
        None => format!("a call of {function}{with}"),
        Some(1) => format!("1 call of {function}{with}"),
        Some(times) => format!("{times} calls of {function}{with}"),
    }
}

fn missed(of_function: &[&Made<'_>], count: usize) -> Miss {
    const MOST: usize = 10;
    let mut miss = Miss::new(
        None,
        match (of_function.len(), count) {
            (0, _) => "it was not called".to_owned(),
            (1, 1) => "1 call".to_owned(),
            (all, count) if all == count => format!("{count} calls"),
            (1, _) => "it was called otherwise".to_owned(),
            (all, count) => format!("{count} of {all} calls are like this"),
        },
    );
    let shown = of_function.iter().map(|(name, given)| format!("+{name}({})", given.join(", ")));
    miss.difference = shown.take(MOST).collect();
    if of_function.len() > MOST {
        miss.difference.push(format!("… and {} more calls", of_function.len() - MOST));
    }
    miss
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_compared_as_they_print() {
        let text = |text: &str| Wanted::Text(text.to_owned());
        let given = ["\"a \\\"b\\\"\\n\"", "3", "true", "nil"].map(str::to_owned);
        assert!(fit(
            &[text("a \"b\"\n"), Wanted::Integer(3), Wanted::There(true), Wanted::There(false)],
            &given
        ));
        assert!(fit(&[], &given));
        let statement = "SELECT localpart FROM mailboxes WHERE ".repeat(20);
        let long = [crate::api::quoted(statement.as_bytes())];
        assert!(long[0].len() < statement.len() && fit(&[text(&statement)], &long));
        assert!(!fit(&[text(&statement.replace("mailboxes", "aliases"))], &long));
        assert!(!fit(&[text("a")], &given));
        assert!(!fit(&[Wanted::There(true), Wanted::There(true), Wanted::There(false)], &given));
    }
}
