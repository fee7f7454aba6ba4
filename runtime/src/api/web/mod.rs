//! HTTP requests of scripts, which the session answers.

mod client;
mod curl;

use super::{Call, Registry, plain, text};
use crate::session::{Equality, HttpAnswer};

pub(super) fn register(api: &mut Registry) {
    client::register(api);
    curl::register(api);
}

/// A request as it would be sent.
struct Request<'r> {
    method: &'r str,
    url: &'r str,
    body: &'r [u8],
}

/// The answer of the session. None where it has none: the report then says how to add it.
fn answer(call: &Call<'_>, request: &Request<'_>) -> Option<HttpAnswer> {
    let body = plain(request.body);
    let fits = |answer: &&HttpAnswer| {
        answer.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(request.method))
            && answer.url.as_ref().is_none_or(|wanted| wanted.fits(Some(request.url), Equality::Exact))
            && answer.request_body.as_ref().is_none_or(|wanted| wanted.fits(Some(&body), Equality::Exact))
    };
    let found = call.session().http_answer.iter().find(fits).cloned();
    if found.is_none() {
        let url = text::quoted(request.url.as_bytes());
        call.unanswered(
            format!("{} {} ({})", request.method, request.url, call.name()),
            format!(
                "[[http_answer]]\nmethod = \"{}\"\nurl = {url}\nstatus = 200\nbody = \"\"  # or: failure = \"connection timed out\"",
                request.method
            ),
        );
    }
    found
}

/// The words of a status (RFC 9110).
const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

/// The status line and the headers of an answer, as they come over the wire, without line ends.
fn head(answer: &HttpAnswer) -> Vec<String> {
    let status = answer.status.unwrap_or(200);
    let first = format!("HTTP/1.1 {status} {}", reason(status));
    let headers = answer.headers.iter().map(|(name, value)| format!("{name}: {value}"));
    std::iter::once(first.trim_end().to_owned()).chain(headers).collect()
}
