//! The service around the protocol's: ends the process on `exit`, even while the client keeps the pipe open.

use std::task::{Context, Poll};

use tower_lsp::jsonrpc::Request;
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

impl<S: Service<Request>> Service<Request> for Ending<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match request.method() {
            "shutdown" => self.shut_down = true,
            // The protocol wants 1 where no `shutdown` came first.
            "exit" => std::process::exit(i32::from(!self.shut_down)),
            _ => {}
        }
        self.inner.call(without_null(request))
    }
}

/// Some clients send `"params": null` where the protocol has no parameters.
fn without_null(request: Request) -> Request {
    if request.params().is_none_or(|parameters| !parameters.is_null()) {
        return request;
    }
    let (method, id, _) = request.into_parts();
    let request = Request::build(method);
    match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    }
}
