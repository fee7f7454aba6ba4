//! `msys.httpsrv`: endpoints of the HTTP listener, and the requests that come to them.

mod exchange;

use std::cell::RefCell;
use std::collections::BTreeMap;

use mlua::{Function, LuaString, UserDataRef, Value};

use super::dictionary::Dictionary;
use super::{Call, Class, Registry, dict, plain};
use crate::machine::Held;
use crate::report::{HttpResponse, Place, What};
use crate::session::HttpRequest;

/// An endpoint that a script registered.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The method; none for all.
    pub method: Option<String>,
    /// What paths begin with, without a slash at its end.
    pub path: String,
    /// What answers.
    pub function: Function,
    /// The line that registered it.
    pub at: Option<Place>,
}

/// The endpoints that scripts registered.
#[derive(Debug, Default)]
pub struct Endpoints {
    /// In the order of their registration.
    pub registered: Vec<Endpoint>,
}

impl Endpoints {
    /// The endpoint for a request: that of the longest path; one for the method goes before one for all of them.
    #[must_use]
    pub fn find(&self, method: &str, path: &str) -> Option<Endpoint> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let fits = |endpoint: &&Endpoint| {
            endpoint.method.as_ref().is_none_or(|one| one.eq_ignore_ascii_case(method))
                && path
                    .strip_prefix(endpoint.path.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let rank = |endpoint: &&Endpoint| (endpoint.path.len(), endpoint.method.is_some());
        self.registered.iter().filter(fits).max_by_key(rank).cloned()
    }
}

/// A request, and the answer so far.
#[derive(Debug)]
pub struct HttpSession {
    request: HttpRequest,
    response: RefCell<Option<HttpResponse>>,
    /// What the body takes that was put together piece by piece.
    held: RefCell<Held>,
}

/// The port of the listener where the session names none.
const PORT: u16 = 80;

impl Class for HttpSession {
    const NAME: &'static str = "ec_httpsrv_session";
}

impl HttpSession {
    /// A request that came in.
    #[must_use]
    pub fn new(request: HttpRequest) -> Self {
        Self { request, response: RefCell::default(), held: RefCell::default() }
    }

    /// The answer, if a script gave one.
    pub fn response(&self) -> Option<HttpResponse> {
        self.response.borrow().clone()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.request.headers.iter();
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Changes the answer, which begins with the status 200.
    fn answer(&self, change: impl FnOnce(&mut HttpResponse)) {
        let mut response = self.response.borrow_mut();
        let fresh = || HttpResponse { status: 200, headers: BTreeMap::new(), body: String::new() };
        change(response.get_or_insert_with(fresh));
    }
}

/// The address of a request, taken apart.
#[derive(Debug)]
struct UrlDetails {
    url: String,
    host: Option<String>,
    port: u16,
}

impl Class for UrlDetails {
    const NAME: &'static str = "ec_url_details";
}

impl UrlDetails {
    fn path(&self) -> &str {
        self.url.split(['?', '#']).next().unwrap_or_default()
    }

    fn query(&self) -> Option<&str> {
        let (_, query) = self.url.split_once('?')?;
        Some(query.split('#').next().unwrap_or_default())
    }
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.httpsrv.register", add_endpoint);
    api.method("request_url_get", |call, this: &HttpSession, (): ()| url_of(call, this));
    api.method("response_status_set_std", |call, this: &HttpSession, given: Answer| {
        answer(call, this, given)
    });
    type Session = UserDataRef<HttpSession>;
    api.function("msys.core.ec_httpsrv_request_url_get", |call, this: Session| url_of(call, &this));
    api.function(
        "msys.core.ec_httpsrv_response_status_set_std",
        |call, (this, code, message, mimetype): (Session, u16, LuaString, Option<String>)| {
            answer(call, &this, (code, message, mimetype)).map(|()| 0)
        },
    );
    exchange::register(api);

    api.field("url", |_, this: &UrlDetails| Ok(this.url.clone()));
    api.field("scheme", |_, _: &UrlDetails| Ok("http"));
    api.field("host", |_, this: &UrlDetails| Ok(this.host.clone()));
    api.field("port", |_, this: &UrlDetails| Ok(this.port));
    api.field("path", |_, this: &UrlDetails| Ok(this.path().to_owned()));
    api.field("raw_query", |_, this: &UrlDetails| Ok(this.query().map(str::to_owned)));
    api.field("query", |call, this: &UrlDetails| {
        this.query().map(|query| call.lua().create_string(decoded(query))).transpose()
    });
    api.field("fragment", |_, this: &UrlDetails| {
        Ok(this.url.split_once('#').map(|(_, fragment)| fragment.to_owned()))
    });
    api.field("attrs", |call, this: &UrlDetails| {
        let Some(query) = this.query().filter(|query| !query.is_empty()) else { return Ok(Value::Nil) };
        let attributes = Dictionary::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            attributes.set(&decoded(name), &decoded(value));
        }
        dict::create(call, attributes).map(Value::UserData)
    });
}

fn add_endpoint(
    call: &Call<'_>,
    (method, path, function): (Option<String>, String, Function),
) -> mlua::Result<()> {
    let path = path.trim_end_matches('/').to_owned();
    call.part::<Endpoints>().borrow_mut().registered.push(Endpoint {
        method,
        path,
        function,
        at: call.place(),
    });
    Ok(())
}

fn url_of(call: &Call<'_>, session: &HttpSession) -> mlua::Result<mlua::AnyUserData> {
    let host = session.header("Host").map(|value| value.split(':').next().unwrap_or_default().to_owned());
    let port = call.session().connection.listener.map_or(PORT, |listener| listener.port);
    call.object(UrlDetails { url: session.request.path.clone(), host, port })
}

type Answer = (u16, LuaString, Option<String>);

fn answer(call: &Call<'_>, session: &HttpSession, (status, body, mimetype): Answer) -> mlua::Result<()> {
    let body = plain(&body.as_bytes());
    call.note(What::Set {
        property: "response".to_owned(),
        before: None,
        after: Some(format!("{status} {body}")),
    });
    session.answer(|response| {
        response.status = status;
        response.headers.extend(mimetype.map(|mimetype| ("Content-Type".to_owned(), mimetype)));
        response.body = body;
    });
    Ok(())
}

/// A piece of a query, `%41+b` as `A b`.
fn decoded(text: &str) -> Vec<u8> {
    unescaped(text.replace('+', " ").as_bytes())
}

/// A text without its escapes, `%41` as `A`; what is no escape stays.
pub(super) fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut bytes = text.iter().copied();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let mut rest = bytes.clone();
        match (byte, digit(rest.next()), digit(rest.next())) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                bytes = rest;
            }
            (byte, ..) => out.push(byte),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tested;

    #[test]
    fn queries_are_decoded() {
        assert_eq!(decoded("a%20b+c%4"), b"a b c%4");
        assert_eq!(decoded("%e2%82%ac%zz%"), "€%zz%".as_bytes());
    }

    #[test]
    fn the_longest_path_answers() {
        let state = tested::state();
        let _: () = state.eval(
            "require('msys.httpsrv')
             msys.httpsrv.register('GET', '/site/', print) msys.httpsrv.register(nil, '/site/a', print)
             msys.httpsrv.register('POST', '/site/a', print)",
        );
        let endpoints = state.frame.part::<Endpoints>();
        let found = |method, path| endpoints.borrow().find(method, path).map(|one| (one.path, one.method));
        assert_eq!(found("GET", "/site?x=1"), Some(("/site".to_owned(), Some("GET".to_owned()))));
        assert_eq!(found("GET", "/site/a/b"), Some(("/site/a".to_owned(), None)));
        assert_eq!(found("POST", "/site/a"), Some(("/site/a".to_owned(), Some("POST".to_owned()))));
        assert_eq!(found("POST", "/site"), None);
        assert_eq!(found("GET", "/sites"), None);
    }

    fn request(path: &str, headers: &[(&str, &str)], body: &str) -> HttpSession {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        HttpSession::new(HttpRequest {
            method: "POST".to_owned(),
            path: path.to_owned(),
            headers: headers.collect(),
            body: crate::session::Content { bytes: body.to_owned().into(), ..Default::default() },
            client: Some("10.0.0.9:4000".parse().unwrap()),
            user: Some("operator".to_owned()),
            expect: None,
        })
    }

    #[test]
    fn c_functions_read_the_request() {
        let state = tested::state();
        let headers = [("X-Token", "t1"), ("Content-Type", "application/json; charset=\"utf-8\"")];
        let session = state.object(request("/site", &headers, r#"{"a": 7}"#));
        let said: String = state.call(
            "local s, core = ..., msys.core
             local seen = { core.ec_httpsrv_request_method_get(s), core.ec_httpsrv_request_username_get(s) }
             local function add(...) for i = 1, select('#', ...) do seen[#seen + 1] = tostring((select(i, ...))) end end
             add(core.ec_httpsrv_request_header_get(s, 'x-token'))
             add(core.ec_httpsrv_request_header_get(s, 'X-None'))
             add(core.ec_httpsrv_request_content_type_get(s))
             add(core.ec_httpsrv_request_data_get_string(s))
             local rc, object = core.ec_httpsrv_request_data_get_json(s)
             add(rc, object.a)
             add(core.ec_httpsrv_request_data_get_xml(s))
             add(core.ec_httpsrv_request_peer_address(s), core.ec_httpsrv_request_local_address(s))
             return table.concat(seen, ' ')",
            session,
        );
        assert_eq!(
            said,
            "POST operator 1 t1 0 nil 1 application/json utf-8 1 {\"a\": 7} 1 7 0 nil 10.0.0.9:4000 10.0.0.9:80"
        );
    }

    #[test]
    fn c_functions_put_an_answer_together() {
        let state = tested::state();
        let session = state.object(request("/site", &[], ""));
        let _: () = state.call(
            "local s, core = ..., msys.core
             core.ec_httpsrv_response_append(s, 'one ', 4)
             core.ec_httpsrv_response_printf(s, 'two: 100 %%')
             core.ec_httpsrv_response_header_set(s, 'x-hits', '1')
             core.ec_httpsrv_response_header_set(s, 'X-Hits', '2')
             core.ec_httpsrv_response_status_not_found(s, 'text/plain')
             core.ec_httpsrv_response_flush(s, 1)",
            session.clone(),
        );
        let response = || session.borrow::<HttpSession>().unwrap().response().unwrap();
        let headers = [("Content-Type", "text/plain"), ("X-Hits", "2")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let wanted = HttpResponse { status: 404, headers: headers.into(), body: "one two: 100 %".to_owned() };
        assert_eq!(response(), wanted);
        let _: () = state.call(
            "local json, s = require('json'), ...
             msys.core.ec_httpsrv_response_json(s, json.encode({ 1, 2 })) msys.core.ec_httpsrv_response_status_ok(s)",
            session.clone(),
        );
        assert_eq!((response().status, response().body.as_str()), (200, "[ 1, 2 ]"));
        let error = state.error("msys.core.ec_httpsrv_response_append(...)");
        assert!(error.contains("ec_httpsrv_response_append"), "{error}");
    }

    #[test]
    fn a_handler_reads_the_address_and_answers() {
        let state = tested::state();
        let session = state.object(request("/site?b=2%202&a=1", &[("Host", "mta.example:8080")], ""));
        let said: String = state.call(
            "require('msys.extended.httpsrv') local session = ...
             local url = session:request_url_get()
             local i, seen = msys.core.dict_iter2(url.attrs), {}
             repeat local rc, k, v = msys.core.dict_next(url.attrs, i) if rc != 0 then seen[#seen + 1] = k .. '=' .. v end until rc == 0
             session:response_status_set_std(201, 'made', 'text/plain')
             return url.url .. ' ' .. url.path .. ' ' .. url.host .. ' ' .. table.concat(seen, ' ')",
            session.clone(),
        );
        assert_eq!(said, "/site?b=2%202&a=1 /site mta.example b=2 2 a=1");
        let response = session.borrow::<HttpSession>().unwrap().response().unwrap();
        assert_eq!((response.status, response.body.as_str()), (201, "made"));
    }
}
