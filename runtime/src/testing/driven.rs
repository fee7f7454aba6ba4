//! What hooks should return, console commands print, and endpoints answer.

use super::check::{Found, Judge, Miss, shown as quoted};
use crate::report::Step;
use crate::session::{Equality, Value};

pub(super) fn check(judge: &mut Judge<'_>) {
    commands(judge);
    requests(judge);
    hooks(judge);
}

/// The steps with a name, in the order of the session.
fn named<'r>(judge: &Judge<'r>, name: &str, earlier: usize) -> Option<&'r Step> {
    judge.report.steps.iter().filter(|step| step.client.as_deref() == Some(name)).nth(earlier)
}

fn commands(judge: &mut Judge<'_>) {
    let session = judge.session;
    for (place, command) in session.command.iter().enumerate() {
        let Some(wanted) = command.expect.as_ref().and_then(|expect| expect.output.as_ref()) else {
            continue;
        };
        let earlier = session.command.iter().take(place).filter(|one| one.line == command.line).count();
        let step = named(judge, &format!("console> {}", command.line), earlier);
        let output = step.and_then(|step| step.output.clone());
        let found = output.map(|text| Found { of: None, text: Some(text) }).into_iter().collect();
        let key = format!("command[{}].expect.output", place + 1);
        judge.texts(key, wanted, Equality::Lines, found, "no script answers this command");
    }
}

fn requests(judge: &mut Judge<'_>) {
    let session = judge.session;
    for (place, request) in session.http_request.iter().enumerate() {
        let Some(wanted) = &request.expect else { continue };
        let same =
            |one: &&crate::session::HttpRequest| (&one.method, &one.path) == (&request.method, &request.path);
        let earlier = session.http_request.iter().take(place).filter(same).count();
        let step = named(judge, &format!("{} {}", request.method, request.path), earlier);
        let response = step.and_then(|step| step.response.clone());
        let key = |name: &str| format!("http_request[{}].expect.{name}", place + 1);
        let none = || Miss::new(None, "no answer: the run ended before");
        if let Some(status) = wanted.status {
            let miss = match &response {
                None => Some(none()),
                Some(response) if response.status != status => {
                    Some(Miss::new(None, format!("{}: {}", response.status, quoted(Some(&response.body)))))
                }
                Some(_) => None,
            };
            judge.add(key("status"), status.to_string(), miss.into_iter().collect());
        }
        for (name, wanted) in &wanted.headers {
            let value = response.as_ref().and_then(|response| {
                let mut headers = response.headers.iter();
                headers.find(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
            });
            let found = response.as_ref().map(|_| Found { of: None, text: value });
            let key = key(&format!("headers.{name}"));
            judge.texts(key, wanted, Equality::Exact, found.into_iter().collect(), "no answer");
        }
        if let Some(wanted) = &wanted.body {
            let found = response.map(|response| Found { of: None, text: Some(response.body) });
            judge.texts(key("body"), wanted, Equality::Lines, found.into_iter().collect(), "no answer");
        }
    }
}

fn hooks(judge: &mut Judge<'_>) {
    let session = judge.session;
    for (place, call) in session.hook.iter().enumerate() {
        let Some(wanted) = &call.returns else { continue };
        let name = format!("hook {}", call.name);
        let earlier = session.hook.iter().take(place).filter(|one| one.name == call.name).count();
        let step = named(judge, &name, earlier);
        let returned: Vec<&str> = step
            .iter()
            .flat_map(|step| &step.callouts)
            .map(|run| run.returned.first().map_or("nil", String::as_str))
            .collect();
        let mut misses: Vec<Miss> = returned
            .iter()
            .filter(|returned| !is(wanted, returned))
            .map(|returned| Miss::new(None, *returned))
            .collect();
        if returned.is_empty() {
            misses.push(Miss::new(None, "no script has this hook, or the run ended before"));
        }
        judge.add(format!("hook[{}].returns", place + 1), shown(wanted), misses);
    }
}

/// Compares with a value as the report shows it; constants by their names.
fn is(wanted: &Value, returned: &str) -> bool {
    match wanted {
        Value::Bool(false) => matches!(returned, "nil" | "false"),
        Value::Text(text) => {
            *returned == *shown(wanted)
                || returned == text
                || returned.strip_prefix("msys.core.") == Some(text)
        }
        _ => shown(wanted) == returned,
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => value.to_string(),
        Value::Text(text) => crate::api::quoted(text.as_bytes()),
        Value::List(values) => {
            format!("{{ {} }}", values.iter().map(shown).collect::<Vec<_>>().join(", "))
        }
        Value::Table(values) => {
            let entry = |(name, value): (&String, &Value)| format!("{name} = {}", shown(value));
            format!("{{ {} }}", values.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}
