//! SMTP AUTH: who decides whether the credentials are right.
//!
//! In this order: `core_pre_esmtp_auth`, `ac_auth_perform_auth`, the scheme that a script registered, the session.

use mlua::{MultiValue, Value};

use super::arguments::Given;
use super::callouts::{Kind, Outcome, constant};
use super::smtp::{About, Connection, answer, own};
use super::start::{Run, error_event};
use crate::api::auth::Schemes;
use crate::api::ec_string::EcString;
use crate::api::schedule;
use crate::report::{CalloutRun, Reply};
use crate::session::{AuthAttempt, AuthResult, Phase};

/// The client logs in.
pub(super) fn run(run: &mut Run<'_>, connection: &mut Connection, attempt: &AuthAttempt) {
    let mut outcomes = Vec::new();
    let mut chosen = None;
    let outcome = run.hook("core_pre_esmtp_auth", connection.given(None));
    let settled = outcome.results.iter().find_map(|result| match decided(result) {
        // This one may not say that nobody knows.
        Some(AuthResult::TemporaryFailure) => None,
        other => other,
    });
    outcomes.push(outcome);
    let result = settled
        .or_else(|| by_ac_auth(run, connection, attempt, &mut outcomes, &mut chosen))
        .or_else(|| by_scheme(run, attempt, &mut outcomes))
        .unwrap_or(attempt.result);
    let (status, number, usual) = match result {
        AuthResult::Success => ("pass", 0, own(235, "2.7.0 Authentication successful")),
        AuthResult::Failure => ("fail", 1, own(535, "5.7.8 Authentication credentials invalid")),
        AuthResult::TemporaryFailure => ("error", 2, own(454, "4.7.0 Temporary authentication failure")),
    };
    for (name, value) in [("auth_name", attempt.mechanism.as_str()), ("auth_status", status)] {
        connection.conn.set(name.as_bytes(), value.as_bytes());
    }
    if result == AuthResult::Success {
        // The user that AUTH established: nobody, where it failed.
        connection.conn.set(b"auth_user", attempt.user.as_bytes());
    }
    let given = Given { number: Some(number), ..connection.given(None) };
    outcomes.push(run.hook("core_validate_auth", given));
    let about = About::phase(Phase::Auth).client(format!("AUTH {}", attempt.mechanism));
    answer(run, connection, about, outcomes, Some(chosen.unwrap_or(usual)));
}

/// What one of the constants `EC_AUTH_*` says.
fn decided(result: &Value) -> Option<AuthResult> {
    match constant(Some(result))? {
        "msys.core.EC_AUTH_OK" => Some(AuthResult::Success),
        "msys.core.EC_AUTH_FAIL" => Some(AuthResult::Failure),
        "msys.core.EC_AUTH_ERROR" => Some(AuthResult::TemporaryFailure),
        _ => None,
    }
}

/// The hooks of the module `ac_auth`; the first script that answers decides.
fn by_ac_auth(
    run: &Run<'_>,
    connection: &Connection,
    attempt: &AuthAttempt,
    outcomes: &mut Vec<Outcome>,
    chosen: &mut Option<Reply>,
) -> Option<AuthResult> {
    const HOOK: &str = "ac_auth_perform_auth";
    if !run.has(HOOK) {
        return None;
    }
    let lua = run.machine.lua();
    let response = run.object(EcString::new(""))?;
    let text = |text: &str| lua.create_string(text).map_or(Value::Nil, Value::String);
    let accept = Value::UserData(connection.accept.clone());
    let arguments =
        [text(&attempt.user), text(&attempt.password), accept.clone(), Value::UserData(response.clone())];
    let outcome = run.callouts(HOOK, Kind::Hook, &arguments);
    let result = outcome.results.iter().find_map(decided);
    outcomes.push(outcome);
    let written =
        response.borrow::<EcString>().map(|text| crate::api::plain(&text.bytes())).unwrap_or_default();
    *chosen = reply_of(&written);
    if result != Some(AuthResult::Success) {
        let arguments = [text(&attempt.user), accept, Value::UserData(response)];
        outcomes.push(run.callouts("ac_auth_log_auth_failure", Kind::Hook, &arguments));
    }
    result
}

/// A code with its text, as a script writes it into the response.
fn reply_of(written: &str) -> Option<Reply> {
    let (code, text) = written.trim_end().split_at_checked(3)?;
    let code: u16 = code.parse().ok().filter(|code| (200..600).contains(code))?;
    Some(own(code, text.trim_start_matches([' ', '-'])))
}

/// The scheme that a script registered; of several the first. Which one a listener asks for stands in its
/// configuration, which a script alone does not have.
fn by_scheme(run: &Run<'_>, attempt: &AuthAttempt, outcomes: &mut Vec<Outcome>) -> Option<AuthResult> {
    let schemes = run.frame.part::<Schemes>();
    let (name, scheme) = schemes.borrow().registered.first().cloned()?;
    let Ok(Value::Function(function)) = scheme.get::<Value>("authenticate") else { return None };
    let lua = run.machine.lua();
    let text = |text: &str| lua.create_string(text).map_or(Value::Nil, Value::String);
    let parameters = lua.create_table().map_or(Value::Nil, Value::Table);
    let arguments = MultiValue::from_iter([
        Value::Table(scheme),
        text(""),
        parameters,
        text(&attempt.user),
        text(&attempt.password),
    ]);
    let called = run.machine.call(&function, arguments);
    let mut outcome = Outcome::default();
    let mut events = run.take_events();
    let mut returned = Vec::new();
    let result = match called {
        Ok(values) => {
            returned = values.iter().map(super::callouts::shown_result).collect();
            // What is none of the three results cannot let anybody in.
            values.front().and_then(decided).or(Some(AuthResult::TemporaryFailure))
        }
        Err(error) => {
            run.note_end(&error);
            run.log(&format!("scriptlet: {error}"));
            events.push(error_event(&error));
            outcome.failed = true;
            Some(AuthResult::TemporaryFailure)
        }
    };
    let at = schedule::place_of(&function);
    outcome.runs.push(CalloutRun {
        callout: format!("authenticate of {name}"),
        script: run.script_of(at.as_ref()),
        at,
        returned,
        calls: 1,
        events,
        elapsed_us: 0,
    });
    outcomes.push(outcome);
    result
}
