//! Requests to the HTTP listener.

use std::collections::BTreeMap;

use mlua::Value;

use super::super::start::Run;
use crate::api::clock::Clock;
use crate::api::httpsrv::{Endpoints, HttpSession};
use crate::report::{HttpResponse, Step};

/// Sends the requests of the session.
pub(super) fn run(run: &mut Run<'_>) {
    let session = std::rc::Rc::clone(&run.session);
    for request in &session.http_request {
        if !run.is_alive() {
            return;
        }
        let client = Some(format!("{} {}", request.method, request.path));
        let endpoints = run.frame.part::<Endpoints>();
        let found = endpoints.borrow().find(&request.method, &request.path);
        let Some(endpoint) = found else {
            let known: Vec<String> = endpoints
                .borrow()
                .registered
                .iter()
                .map(|one| format!("{} {}", one.method.as_deref().unwrap_or("(all)"), one.path))
                .collect();
            let reason = match known.as_slice() {
                [] => "no script registers an endpoint".to_owned(),
                known => format!("no script registers this endpoint, only {}", known.join(", ")),
            };
            let callouts = vec![Run::nothing_ran("endpoint".to_owned(), reason)];
            let response = Some(own(404, "Not Found"));
            run.steps.push(Step { client, callouts, response, ..Step::default() });
            continue;
        };
        let Some(data) = run.object(HttpSession::new(request.clone())) else { return };
        let what = format!("endpoint {}", endpoint.path);
        let (called, result) = run.call_registered(what, &endpoint.function, Value::UserData(data.clone()));
        let given = data.borrow::<HttpSession>().ok().and_then(|session| session.response());
        let response = match (given, result) {
            (_, Err(_)) => own(500, "Internal Server Error"),
            (Some(given), Ok(_)) => given,
            (None, Ok(_)) => own(200, ""),
        };
        let mut callouts = vec![called];
        callouts.extend(run.run_due(Clock::now(&run.frame)));
        run.steps.push(Step { client, callouts, response: Some(response), ..Step::default() });
    }
}

/// An answer of the server's own.
fn own(status: u16, body: &str) -> HttpResponse {
    HttpResponse { status, headers: BTreeMap::new(), body: body.to_owned() }
}
