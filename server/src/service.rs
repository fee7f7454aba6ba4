//! The service around the protocol's: ends the process on `exit`, even while the client keeps the pipe open.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_service::Service;

/// Passes every message on and watches for `shutdown` and `exit`.
#[derive(Debug)]
pub(crate) struct Ending<S> {
    inner: S,
    shut_down: bool,
}

impl<S> Ending<S> {
    /// Wraps a service.
    pub(crate) fn new(inner: S) -> Self {
        Self { inner, shut_down: false }
    }
}

impl<S> Service<Request> for Ending<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Guarded<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match request.method() {
            "shutdown" => self.shut_down = true,
            // The protocol wants 1 where no `shutdown` came first.
            "exit" => {
                crate::execution::report_file::remove_all();
                std::process::exit(i32::from(!self.shut_down))
            }
            _ => {}
        }
        if let Some(answer) = crate::frames::answer(&request).or_else(|| unknown(&request)) {
            return Guarded { inner: None, id: None, answer: Some(answer) };
        }
        let id = request.id().cloned();
        Guarded {
            answer: None,
            inner: Some(Box::pin(self.inner.call(as_the_protocol_says(without_null(request))))),
            id,
        }
    }
}

/// The handling of a message: a panic in it answers the request with an error, and the server lives on.
#[derive(Debug)]
pub(crate) struct Guarded<F> {
    inner: Option<Pin<Box<F>>>,
    /// What is answered without a handling.
    answer: Option<Response>,
    id: Option<Id>,
}

impl<F, E> Future for Guarded<F>
where
    F: Future<Output = Result<Option<Response>, E>>,
{
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(inner) = self.inner.as_mut() else {
            return Poll::Ready(Ok(self.answer.take()));
        };
        match catch_unwind(AssertUnwindSafe(|| inner.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(done)) => {
                self.inner = None;
                Poll::Ready(done)
            }
            Err(_) => {
                // The state of the future is not to be looked at again, not even by its destructor.
                std::mem::forget(self.inner.take());
                let error = Error::internal_error();
                Poll::Ready(Ok(self.id.take().map(|id| Response::from_error(id, error))))
            }
        }
    }
}

/// The answer to a request whose method begins with `$/`. tower-lsp passes all of those over as it may notifications,
/// but a request is to be answered.
fn unknown(request: &Request) -> Option<Response> {
    let id = request.id().filter(|_| request.method().starts_with("$/"))?;
    Some(Response::from_error(id.clone(), Error::method_not_found()))
}

/// Some clients send `"params": null` where the protocol has no parameters, and `{}` or `[]` with `shutdown`.
fn without_null(request: Request) -> Request {
    let says_nothing = |parameters: &Value| parameters.is_null() || request.method() == "shutdown";
    if !request.params().is_some_and(says_nothing) {
        return request;
    }
    let (method, id, _) = request.into_parts();
    let request = Request::build(method);
    match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    }
}

/// lsp-types reads `workspace.diagnostic` of what a client can do; the protocol, and so every client, says
/// `workspace.diagnostics`.
fn as_the_protocol_says(request: Request) -> Request {
    if request.method() != "initialize" {
        return request;
    }
    let (method, id, parameters) = request.into_parts();
    let mut parameters = parameters.unwrap_or_default();
    if let Some(workspace) = parameters.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut)
        && let Some(diagnostics) = workspace.get("diagnostics").cloned()
    {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
    let request = Request::build(method).params(parameters);
    match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::Profile;

    #[test]
    fn a_client_that_asks_for_findings_again_is_known() {
        let said = json!({ "capabilities": { "workspace": { "diagnostics": { "refreshSupport": true } } } });
        let request = as_the_protocol_says(Request::build("initialize").id(1).params(said).finish());
        assert_eq!(request.id(), Some(&Id::Number(1)));
        let parameters = serde_json::from_value(request.params().unwrap().clone()).unwrap();
        assert!(Profile::of(&parameters).refreshes.diagnostics);
    }
}
