//! `msys.http.client`.

use std::cell::RefCell;

use mlua::{LuaString, MultiValue, Table, Value};

use super::{Request, answer, head, reason};
use crate::api::{Call, Class, Registry, Text, shown};
use crate::machine::Held;

/// A client of a script, with the last answer.
#[derive(Default)]
struct HttpClient {
    headers: RefCell<Vec<Vec<u8>>>,
    held: RefCell<Held>,
    last: RefCell<Last>,
}

/// What a header takes beside its text.
const HEADER: usize = 48;

#[derive(Default)]
struct Last {
    status: u16,
    description: String,
    headers: Vec<String>,
    body: Vec<u8>,
}

impl Class for HttpClient {
    const NAME: &'static str = "http_client";
}

/// The methods that a client sends.
const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

pub(super) fn register(api: &mut Registry) {
    api.function("msys.http.client.new", |call, (): ()| call.object(HttpClient::default()));
    api.method("set_header", |call, this: &HttpClient, header: Option<LuaString>| {
        match header {
            Some(header) => {
                let header = header.as_bytes();
                this.held.borrow_mut().grow(call.lua(), header.len() + HEADER)?;
                this.headers.borrow_mut().push(header.to_vec());
            }
            None => {
                this.headers.borrow_mut().clear();
                *this.held.borrow_mut() = Held::default();
            }
        }
        Ok(())
    });
    // Nothing takes any time here.
    api.method("set_timeout", |_, _: &HttpClient, _: Option<f64>| Ok(()));
    api.method("do_request", do_request);
    api.method("get_status", |call, this: &HttpClient, (): ()| {
        let last = this.last.borrow();
        Ok((i64::from(last.status), call.lua().create_string(&last.description)?))
    });
    api.method("get_body", |call, this: &HttpClient, (): ()| {
        call.lua().create_string(&this.last.borrow().body)
    });
    api.method("get_headers", |call, this: &HttpClient, (): ()| {
        call.lua().create_sequence_from(this.last.borrow().headers.iter().cloned())
    });
    api.method("parse_headers", |call, _: &HttpClient, lines: Table| parse_headers(call, &lines));
}

fn do_request(
    call: &Call<'_>,
    this: &HttpClient,
    (Text(method), Text(url), data): (Text, Text, Value),
) -> mlua::Result<MultiValue> {
    let method = method.to_ascii_uppercase();
    if !METHODS.contains(&method.as_str()) {
        return Err(call.raise(format!(
            "bad argument #1 to 'do_request' (`{method}` is none of {})",
            METHODS.join(", ")
        )));
    }
    let body = match &data {
        Value::Nil if method == "GET" => Vec::new(),
        Value::Nil => {
            return Err(call.raise(format!("bad argument #3 to 'do_request' ({method} needs data)")));
        }
        Value::String(data) => data.as_bytes().to_vec(),
        Value::Integer(_) | Value::Number(_) => shown(&data).into_bytes(),
        other => {
            let got = other.type_name();
            return Err(call.raise(format!("bad argument #3 to 'do_request' (string expected, got {got})")));
        }
    };
    let request = Request { method: &method, url: &url, body: &body };
    let last = match answer(call, &request) {
        None => Last { description: "the session has no answer".to_owned(), ..Last::default() },
        Some(answer) => match &answer.failure {
            Some(failure) => Last { description: failure.clone(), ..Last::default() },
            None => {
                let status = answer.status.unwrap_or(200);
                let body = answer.body.bytes.to_vec();
                Last { status, description: reason(status).to_owned(), headers: head(&answer), body }
            }
        },
    };
    let status = i64::from(last.status);
    *this.last.borrow_mut() = last;
    Ok(MultiValue::from_iter([Value::Integer(status)]))
}

/// Lines as names and values; a status line is passed over.
fn parse_headers(call: &Call<'_>, lines: &Table) -> mlua::Result<Table> {
    let parsed = call.lua().create_table()?;
    for line in lines.sequence_values::<LuaString>() {
        let line = line?;
        let line = line.as_bytes();
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = line.split_at(colon);
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        parsed.raw_set(call.lua().create_string(name)?, call.lua().create_string(value)?)?;
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use crate::api::tested;
    use crate::session::{HttpAnswer, Session, Wanted};

    fn session() -> Session {
        let answer = HttpAnswer {
            method: Some("POST".to_owned()),
            url: Some(Wanted::Text("http://api.example/check".to_owned())),
            request_body: Some(Wanted::Text("anna".to_owned())),
            status: Some(503),
            headers: [("Retry-After".to_owned(), "30".to_owned())].into(),
            ..HttpAnswer::default()
        };
        let down = HttpAnswer {
            url: Some(Wanted::Text("http://down.example/".to_owned())),
            failure: Some("connection timed out".to_owned()),
            ..HttpAnswer::default()
        };
        Session { http_answer: vec![answer, down], ..Session::default() }
    }

    #[test]
    fn the_session_answers_requests() {
        let state = tested::state_with(session());
        let said: String = state.eval(
            "require('msys.http.client') local c = msys.http.client.new()
             c:set_timeout(5) c:set_header('Content-Type: text/plain')
             c:do_request('POST', 'http://api.example/check', 'anna')
             local code, text = c:get_status()
             local headers = c:parse_headers(c:get_headers())
             local out = code .. ' ' .. text .. ' ' .. headers['Retry-After'] .. ' [' .. c:get_body() .. ']'
             c:do_request('GET', 'http://down.example/')
             return out .. ' ' .. table.concat({ c:get_status() }, ' ')",
        );
        assert_eq!(said, "503 Service Unavailable 30 [] 0 connection timed out");
    }

    #[test]
    fn an_unanswered_request_says_how_to_answer_it() {
        let state = tested::state_with(session());
        let code: i64 = state.eval(
            "require('msys.http.client') local c = msys.http.client.new() c:do_request('PUT', 'http://x.example/', 'y') return (c:get_status())",
        );
        assert_eq!(code, 0);
        let report = state.report();
        assert!(
            report.contains(r#"[[http_answer]]\nmethod = \"PUT\"\nurl = \"http://x.example/\""#),
            "{report}"
        );
        let head = "require('msys.http.client') local c = msys.http.client.new() ";
        assert!(
            state
                .error(&format!("{head} c:do_request('POST', 'http://x.example/')"))
                .contains("POST needs data")
        );
        assert!(state.error(&format!("{head} c:do_request('PATCH', 'x', 'y')")).contains("none of GET"));
        assert!(state.error(&format!("{head} c:do_request('GET')")).contains("would crash the server"));
    }

    #[test]
    fn headers_count_as_memory() {
        let add = "require('msys.http.client') local c, header = msys.http.client.new(), 'X: ' .. ('x'):rep(1000000)
             for i = 1, 200 do c:set_header(header)";
        let error = tested::state().error(&format!("{add} end"));
        assert!(error.contains("memory"), "{error}");
        let well: bool = tested::state().eval(&format!("{add} c:set_header() end return true"));
        assert!(well);
    }
}
