//! `curl`: transfers by libcurl, as the session answers them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use mlua::{Function, LuaString, MultiValue, Value};

use super::{Request, answer, head};
use crate::api::{Call, Class, Registry, constants, plain, shown};

/// A transfer object.
#[derive(Default)]
struct CurlHandle {
    options: RefCell<BTreeMap<&'static str, Vec<Value>>>,
    closed: Cell<bool>,
    last: RefCell<Last>,
}

#[derive(Default)]
struct Last {
    url: String,
    status: u16,
    size: usize,
    content_type: Option<String>,
}

impl Class for CurlHandle {
    const NAME: &'static str = "curl_handle";
}

pub(super) fn register(api: &mut Registry) {
    api.function("curl.new", |call, (): ()| call.object(CurlHandle::default()));
    api.function("curl.escape", |call: &Call<'_>, text: LuaString| {
        let mut out = String::new();
        for byte in &*text.as_bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
                out.push(char::from(*byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        call.lua().create_string(out)
    });
    api.function("curl.unescape", |call: &Call<'_>, text: LuaString| {
        let bytes = super::super::httpsrv::unescaped(&text.as_bytes());
        // C takes what comes back for a text that ends at a byte 0.
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        call.lua().create_string(bytes.get(..end).unwrap_or_default())
    });
    api.method("setopt", setopt);
    api.method("perform", perform);
    api.method("getinfo", getinfo);
    api.method("reset", |call, this: &CurlHandle, (): ()| {
        open(call, this)?;
        this.options.borrow_mut().clear();
        Ok(())
    });
    api.method("close", |call, this: &CurlHandle, (): ()| {
        open(call, this)?;
        this.closed.set(true);
        Ok(())
    });
}

fn open(call: &Call<'_>, this: &CurlHandle) -> mlua::Result<()> {
    if this.closed.get() {
        return Err(call.raise(format!("bad argument #1 to '{}' (the handle is closed)", call.member())));
    }
    Ok(())
}

fn setopt(call: &Call<'_>, this: &CurlHandle, mut values: MultiValue) -> mlua::Result<bool> {
    open(call, this)?;
    let option = values.pop_front().unwrap_or(Value::Nil);
    let name = match &option {
        Value::Integer(number) => constants::name_of(*number),
        Value::Number(number) => constants::name_of(*number as i64),
        _ => None,
    };
    let name = name.and_then(|name| name.strip_prefix("curl.OPT_"));
    let Some(name) = name else {
        return Err(call.raise(format!("bad argument #1 to 'setopt' (unknown option {})", shown(&option))));
    };
    let Some(value) = values.front() else {
        return Err(call.raise(format!("bad argument #2 to 'setopt' (curl.OPT_{name} needs a value)")));
    };
    let api = call.frame().api();
    let group = |group: &str| api.group(group).any(|one| one.name.strip_prefix("curl.OPT_") == Some(name));
    let wanted = match value {
        Value::Boolean(_) => (!group("curl.boolean_option")).then_some("no boolean"),
        _ if group("curl.boolean_option") => Some("boolean expected"),
        Value::Nil | Value::Function(_) if group("curl.function_option") => None,
        _ if group("curl.function_option") => Some("function expected"),
        Value::Integer(_) | Value::Number(_) => None,
        _ if group("curl.number_option") => Some("number expected"),
        _ => None,
    };
    if let Some(wanted) = wanted.filter(|_| !group("curl.data_option")) {
        let got = value.type_name();
        return Err(call.raise(format!("bad argument #2 to 'setopt' (curl.OPT_{name}: {wanted}, got {got})")));
    }
    this.options.borrow_mut().insert(name, values.into_iter().collect());
    Ok(true)
}

impl CurlHandle {
    fn option(&self, name: &str) -> Option<Value> {
        self.options.borrow().get(name)?.first().filter(|value| !value.is_nil()).cloned()
    }

    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        match self.option(name)? {
            Value::String(text) => Some(text.as_bytes().to_vec()),
            other => Some(shown(&other).into_bytes()),
        }
    }

    fn is_on(&self, name: &str) -> bool {
        matches!(self.option(name), Some(Value::Boolean(true)))
    }

    fn function(&self, name: &str) -> Option<Function> {
        self.option(name)?.as_function().cloned()
    }

    fn method(&self) -> String {
        if let Some(custom) = self.bytes("CUSTOMREQUEST") {
            return plain(&custom);
        }
        let method = match () {
            () if self.is_on("NOBODY") => "HEAD",
            () if self.is_on("POST") || self.option("POSTFIELDS").is_some() => "POST",
            () if self.is_on("UPLOAD") || self.is_on("PUT") => "PUT",
            () => "GET",
        };
        method.to_owned()
    }
}

fn perform(call: &Call<'_>, this: &CurlHandle, (): ()) -> mlua::Result<MultiValue> {
    open(call, this)?;
    let Some(url) = this.bytes("URL") else { return failed(call, "No URL set!", "URL_MALFORMAT") };
    let url = plain(&url);
    let method = this.method();
    let body = this.bytes("POSTFIELDS").unwrap_or_default();
    *this.last.borrow_mut() = Last { url: url.clone(), ..Last::default() };
    let Some(answer) = answer(call, &Request { method: &method, url: &url, body: &body }) else {
        return failed(call, "the session has no answer", "COULDNT_CONNECT");
    };
    if let Some(failure) = &answer.failure {
        let timed_out = failure.to_ascii_lowercase().contains("timed out");
        let code = if timed_out { "OPERATION_TIMEDOUT" } else { "COULDNT_CONNECT" };
        return failed(call, failure, code);
    }
    let status = answer.status.unwrap_or(200);
    let content_type = answer.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    *this.last.borrow_mut() = Last {
        url,
        status,
        size: answer.body.bytes.len(),
        content_type: content_type.map(|(_, value)| value.clone()),
    };
    if let Some(takes) = this.function("HEADERFUNCTION") {
        let data = this.option("HEADERDATA").unwrap_or(Value::Nil);
        for line in head(&answer).into_iter().chain([String::new()]) {
            takes.call::<()>((&data, call.lua().create_string(format!("{line}\r\n"))?))?;
        }
    }
    if this.is_on("FAILONERROR") && status >= 400 {
        return failed(call, &format!("The requested URL returned error: {status}"), "HTTP_RETURNED_ERROR");
    }
    if method != "HEAD" && !answer.body.bytes.is_empty() {
        match this.function("WRITEFUNCTION") {
            Some(takes) => {
                let data = this.option("WRITEDATA").unwrap_or(Value::Nil);
                let piece = call.lua().create_string(&answer.body.bytes)?;
                let taken: Value = takes.call((data, piece))?;
                let all = match taken {
                    Value::Integer(taken) => usize::try_from(taken).ok() == Some(answer.body.bytes.len()),
                    Value::Number(taken) => taken == answer.body.bytes.len() as f64,
                    _ => false,
                };
                if !all {
                    return failed(call, "Failed writing received data to disk/application", "WRITE_ERROR");
                }
            }
            None => call.note(crate::report::What::Note {
                text:
                    "without curl.OPT_WRITEFUNCTION, libcurl writes the body to the server's standard output"
                        .to_owned(),
            }),
        }
    }
    Ok(MultiValue::from_iter([Value::Boolean(true)]))
}

/// nil, the text, and libcurl's code.
fn failed(call: &Call<'_>, text: &str, code: &str) -> mlua::Result<MultiValue> {
    let text = call.lua().create_string(text)?;
    Ok(MultiValue::from_iter([Value::Nil, Value::String(text), call.constant(&format!("curl.{code}"))]))
}

/// The numbers are those of libcurl's header, `CURLINFO_…`.
fn getinfo(call: &Call<'_>, this: &CurlHandle, info: i64) -> mlua::Result<MultiValue> {
    const EFFECTIVE_URL: i64 = 0x10_0001;
    const RESPONSE_CODE: i64 = 0x20_0002;
    const TOTAL_TIME: i64 = 0x30_0003;
    const SIZE_DOWNLOAD: i64 = 0x30_0008;
    const CONTENT_TYPE: i64 = 0x10_0012;
    open(call, this)?;
    let last = this.last.borrow();
    let value = match info {
        EFFECTIVE_URL => Value::String(call.lua().create_string(&last.url)?),
        RESPONSE_CODE => Value::Integer(i64::from(last.status)),
        TOTAL_TIME => Value::Integer(0),
        SIZE_DOWNLOAD => Value::Number(last.size as f64),
        CONTENT_TYPE => match &last.content_type {
            Some(kind) => Value::String(call.lua().create_string(kind)?),
            None => Value::Nil,
        },
        other => {
            call.unanswered(
                format!("curl_handle:getinfo({other})"),
                format!("[[api_answer]]\nfunction = \"c:getinfo\"\narguments = [{other}]\nreturns = [0]"),
            );
            return failed(call, "the session has no answer", "UNKNOWN_OPTION");
        }
    };
    Ok(MultiValue::from_iter([value]))
}

#[cfg(test)]
mod tests {
    use crate::api::tested;
    use crate::session::{Content, HttpAnswer, Session, Wanted};

    fn session() -> Session {
        let answer = HttpAnswer {
            url: Some(Wanted::Text("http://example.com/a".to_owned())),
            body: Content { bytes: "hello".into(), ..Content::default() },
            headers: [("Content-Type".to_owned(), "text/plain".to_owned())].into(),
            ..HttpAnswer::default()
        };
        Session { http_answer: vec![answer], ..Session::default() }
    }

    #[test]
    fn a_transfer_gives_headers_and_body_to_functions() {
        let said: String = tested::state_with(session()).eval(
            "require('curl') local seen, c = {}, curl.new()
             c:setopt(curl.OPT_URL, 'http://example.com/a')
             c:setopt(curl.OPT_HEADERFUNCTION, function(_, line) seen[#seen + 1] = line:gsub('%s+$', '') end)
             c:setopt(curl.OPT_WRITEDATA, 'mine')
             c:setopt(curl.OPT_WRITEFUNCTION, function(data, piece) seen[#seen + 1] = data .. ':' .. piece return #piece end)
             local ok = tostring(c:perform())
             seen[#seen + 1] = ok .. c:getinfo(0x200002)
             c:setopt(curl.OPT_WRITEFUNCTION, function() end)
             local _, error = c:perform()
             seen[#seen + 1] = error
             return table.concat(seen, '|')",
        );
        let wanted = "HTTP/1.1 200 OK|Content-Type: text/plain||mine:hello|true200|HTTP/1.1 200 OK|Content-Type: text/plain||Failed writing received data to disk/application";
        assert_eq!(said, wanted);
    }

    #[test]
    fn what_is_wrong_with_options_raises() {
        let state = tested::state_with(session());
        let error = |chunk: &str| state.error(&format!("require('curl') local c = curl.new() {chunk}"));
        assert!(error("c:setopt(12345, 1)").contains("unknown option"));
        assert!(error("c:setopt(curl.OPT_NOBODY, 1)").contains("boolean expected"));
        assert!(error("c:setopt(curl.OPT_WRITEFUNCTION, 'x')").contains("function expected"));
        assert!(error("c:setopt(curl.OPT_URL)").contains("needs a value"));
        assert!(error("c:close() c:perform()").contains("closed"));
    }

    #[test]
    fn an_unanswered_transfer_fails() {
        let state = tested::state_with(session());
        let said: String = state.eval(
            "require('curl') local c = curl.new() local _, first = c:perform()
             c:setopt(curl.OPT_URL, 'http://other.example/') c:setopt(curl.OPT_POSTFIELDS, 'x')
             local ok, text, code = c:perform()
             return first .. ' ' .. tostring(ok) .. ' ' .. text .. ' ' .. tostring(code == curl.COULDNT_CONNECT)",
        );
        assert_eq!(said, "No URL set! nil the session has no answer true");
        assert!(state.report().contains("POST http://other.example/"), "{}", state.report());
    }

    #[test]
    fn texts_are_escaped() {
        let said: String = tested::state()
            .eval("require('curl') return curl.escape('a b&ü') .. ' ' .. curl.unescape('a%20b%26+%00x')");
        assert_eq!(said, "a%20b%26%C3%BC a b&+");
    }
}
