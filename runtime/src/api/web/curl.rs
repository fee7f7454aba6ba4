//! `curl`: transfers by libcurl, as the session answers them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use mlua::{Function, LuaString, MultiValue, Value};

use super::{Request, answer, head};
use crate::api::{Call, Class, Registry, constants, plain, shown};
use crate::report::What;

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
    sent: usize,
    size: usize,
    header_size: usize,
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
    api.method("close", |_, this: &CurlHandle, (): ()| {
        this.closed.set(true);
        Ok(())
    });
}

fn open(call: &Call<'_>, this: &CurlHandle) -> mlua::Result<()> {
    if this.closed.get() {
        return Err(call.raise("attempt to use closed curl object"));
    }
    Ok(())
}

fn setopt(call: &Call<'_>, this: &CurlHandle, mut values: MultiValue) -> mlua::Result<bool> {
    open(call, this)?;
    let given = values.len();
    let option = values.pop_front().unwrap_or(Value::Nil);
    let Some(number) = whole(&option) else { return Err(bad(call, 1, "number expected", &option)) };
    let Some(value) = values.front().cloned() else {
        let text = format!("Invalid number of arguments {} to `setopt' method", given + 1);
        return Err(call.raise(text));
    };
    let name = constants::name_of(number).and_then(|name| name.strip_prefix("curl.OPT_"));
    let Some((name, kind)) = name.and_then(|name| Some((name, Kind::of(call, name)?))) else {
        return Err(call.raise(format!("Not supported curl option {number}")));
    };
    let values: Vec<Value> = match kind {
        Kind::Switch if matches!(value, Value::Boolean(_)) => vec![value],
        Kind::Switch => return Err(call.raise("bad argument #2 to 'setopt' (boolean value expected)")),
        Kind::Function if matches!(value, Value::Nil | Value::Function(_)) => vec![value],
        Kind::Function => return Err(bad(call, 2, "function expected", &value)),
        Kind::Number => match call.lua().coerce_number(value.clone())? {
            Some(number) => vec![Value::Number(number.trunc())],
            None => return Err(bad(call, 2, "number expected", &value)),
        },
        Kind::List => list(call, values)?,
        Kind::Data => vec![value],
        Kind::Text => match &value {
            Value::Nil | Value::String(_) | Value::Integer(_) | Value::Number(_) => vec![value],
            // C asks Lua for a text, and gets none.
            other => {
                let text = format!("a {} clears curl.OPT_{name}: it takes a text", other.type_name());
                call.note(What::Note { text });
                vec![Value::Nil]
            }
        },
    };
    this.options.borrow_mut().insert(name, values);
    Ok(true)
}

/// What an option takes.
enum Kind {
    Switch,
    Number,
    Text,
    List,
    Function,
    Data,
}

impl Kind {
    fn of(call: &Call<'_>, name: &str) -> Option<Self> {
        let kinds = [
            ("curl.boolean_option", Self::Switch),
            ("curl.number_option", Self::Number),
            ("curl.string_option", Self::Text),
            ("curl.list_option", Self::List),
            ("curl.function_option", Self::Function),
            ("curl.data_option", Self::Data),
        ];
        let api = call.frame().api();
        let holds =
            |group: &str| api.group(group).any(|one| one.name.strip_prefix("curl.OPT_") == Some(name));
        kinds.into_iter().find(|(group, _)| holds(group)).map(|(_, kind)| kind)
    }
}

/// The lines of a list, one argument each; nil among them counts for nothing.
fn list(call: &Call<'_>, values: MultiValue) -> mlua::Result<Vec<Value>> {
    let mut lines = Vec::new();
    for (place, value) in values.into_iter().enumerate() {
        match value {
            Value::Nil => {}
            Value::String(_) | Value::Integer(_) | Value::Number(_) => lines.push(value),
            other => return Err(bad(call, place + 2, "string expected", &other)),
        }
    }
    Ok(lines)
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Number(number) => Some(*number as i64),
        _ => None,
    }
}

fn bad(call: &Call<'_>, place: usize, wanted: &str, got: &Value) -> mlua::Error {
    let (member, got) = (call.member(), got.type_name());
    call.raise(format!("bad argument #{place} to '{member}' ({wanted}, got {got})"))
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
    let Some(url) = this.bytes("URL") else {
        return failed(call, "URL using bad/illegal format or missing URL", "URL_MALFORMAT");
    };
    let url = plain(&url);
    let method = this.method();
    let body = this.bytes("POSTFIELDS").unwrap_or_default();
    *this.last.borrow_mut() = Last { url: url.clone(), sent: body.len(), ..Last::default() };
    let Some(answer) = answer(call, &Request { method: &method, url: &url, body: &body }) else {
        return failed(call, "the session has no answer", "COULDNT_CONNECT");
    };
    if let Some(failure) = &answer.failure {
        let timed_out = failure.to_ascii_lowercase().contains("timed out");
        let code = if timed_out { "OPERATION_TIMEOUTED" } else { "COULDNT_CONNECT" };
        return failed(call, failure, code);
    }
    let status = answer.status.unwrap_or(200);
    let content_type = answer.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    *this.last.borrow_mut() = Last {
        url,
        status,
        sent: body.len(),
        size: answer.body.bytes.len(),
        // Each line ends in CRLF, and an empty one ends the headers.
        header_size: head(&answer).iter().map(|line| line.len() + 2).sum::<usize>() + 2,
        content_type: content_type.map(|(_, value)| value.clone()),
    };
    if let Some(takes) = this.function("HEADERFUNCTION") {
        let data = this.option("HEADERDATA").unwrap_or(Value::Nil);
        for line in head(&answer).into_iter().chain([String::new()]) {
            takes.call::<()>((&data, call.lua().create_string(format!("{line}\r\n"))?))?;
        }
    }
    if this.is_on("FAILONERROR") && status >= 400 {
        return failed(call, "HTTP response code said error", "HTTP_RETURNED_ERROR");
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
            None => call.note(What::Note {
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

/// What is known of the last transfer. Time stands still during it, and nothing is redirected.
fn getinfo(call: &Call<'_>, this: &CurlHandle, info: Value) -> mlua::Result<MultiValue> {
    /// The kinds of results, by the bits of libcurl's header that tell them: text, number, list.
    const KINDS: [i64; 4] = [0x10_0000, 0x20_0000, 0x30_0000, 0x40_0000];
    open(call, this)?;
    let Some(number) = whole(&info) else { return Err(bad(call, 1, "number expected", &info)) };
    if !KINDS.contains(&(number & 0xf0_0000)) {
        return failed(call, &format!("unknown CURLINFO type: {number}"), "BAD_FUNCTION_ARGUMENT");
    }
    let name = constants::name_in(call.frame().api(), "curl.info", number).unwrap_or_default();
    let last = this.last.borrow();
    let value = match name.trim_start_matches("curl.INFO_") {
        "EFFECTIVE_URL" => Value::String(call.lua().create_string(&last.url)?),
        "RESPONSE_CODE" => Value::Integer(i64::from(last.status)),
        "TOTAL_TIME" | "NAMELOOKUP_TIME" | "CONNECT_TIME" | "PRETRANSFER_TIME" | "STARTTRANSFER_TIME"
        | "REDIRECT_TIME" | "REDIRECT_COUNT" => Value::Integer(0),
        "SIZE_DOWNLOAD" | "CONTENT_LENGTH_DOWNLOAD" => Value::Number(last.size as f64),
        "SIZE_UPLOAD" | "CONTENT_LENGTH_UPLOAD" => Value::Number(last.sent as f64),
        "HEADER_SIZE" => Value::Number(last.header_size as f64),
        "CONTENT_TYPE" => match &last.content_type {
            Some(kind) => Value::String(call.lua().create_string(kind)?),
            None => Value::Nil,
        },
        "PRIVATE" => Value::Nil,
        _ => {
            let asked = if name.is_empty() { number.to_string() } else { name };
            call.unanswered(
                format!("c:getinfo({asked})"),
                format!("[[api_answer]]\nfunction = \"c:getinfo\"\narguments = [{number}]\nreturns = [0]"),
            );
            return failed(call, "the session has no answer", "UNKNOWN_TELNET_OPTION");
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
    fn the_status_and_the_rest_are_asked_for_by_name() {
        let state = tested::state_with(session());
        let said: String = state.eval(
            "require('curl') local c = curl.new()
             c:setopt(curl.OPT_URL, 'http://example.com/a') c:setopt(curl.OPT_POSTFIELDS, 'abc')
             c:setopt(curl.OPT_WRITEFUNCTION, function(_, piece) return #piece end) c:perform()
             local said = {}
             for name in ('RESPONSE_CODE EFFECTIVE_URL SIZE_DOWNLOAD SIZE_UPLOAD HEADER_SIZE CONTENT_TYPE TOTAL_TIME'):gmatch('%S+') do
               said[#said + 1] = tostring(c:getinfo(curl['INFO_' .. name]))
             end
             local none, error, code = c:getinfo(curl.INFO_NONE)
             said[#said + 1] = tostring(none) .. ' ' .. error .. ' ' .. tostring(code == curl.BAD_FUNCTION_ARGUMENT)
             said[#said + 1] = tostring(c:getinfo(curl.INFO_NUM_CONNECTS)) .. curl._NAME
             return table.concat(said, '|')",
        );
        let wanted = "200|http://example.com/a|5|3|45|text/plain|0|nil unknown CURLINFO type: 0 true|nilcurl";
        assert_eq!(said, wanted);
        assert!(state.report().contains("c:getinfo(curl.INFO_NUM_CONNECTS)"), "{}", state.report());
    }

    #[test]
    fn what_is_wrong_with_options_raises() {
        let state = tested::state_with(session());
        for (chunk, part) in [
            ("c:setopt(12345, 1)", "Not supported curl option 12345"),
            ("c:setopt('URL', 1)", "bad argument #1 to 'setopt' (number expected, got string)"),
            ("c:setopt(curl.OPT_NOBODY, 1)", "bad argument #2 to 'setopt' (boolean value expected)"),
            ("c:setopt(curl.OPT_WRITEFUNCTION, 'x')", "(function expected, got string)"),
            ("c:setopt(curl.OPT_TIMEOUT, 'soon')", "(number expected, got string)"),
            ("c:setopt(curl.OPT_HTTPHEADER, { 'A: b' })", "#2 to 'setopt' (string expected, got table)"),
            ("c:setopt(curl.OPT_HTTPHEADER, 'A: b', false)", "#3 to 'setopt' (string expected, got boolean)"),
            ("c:setopt(curl.OPT_URL)", "Invalid number of arguments 2 to `setopt' method"),
            ("c:getinfo('RESPONSE_CODE')", "bad argument #1 to 'getinfo' (number expected, got string)"),
            ("c:close() c:perform()", "attempt to use closed curl object"),
        ] {
            let error = state.error(&format!("require('curl') local c = curl.new() {chunk}"));
            assert!(error.contains(part), "{chunk}: {error}");
        }
    }

    #[test]
    fn what_c_takes_for_something_else_is_taken() {
        let state = tested::state_with(session());
        let said: String = state.eval(
            "require('curl') local c = curl.new()
             c:setopt(curl.OPT_TIMEOUT, '5') c:setopt(curl.OPT_HTTPHEADER, 'A: b', nil, 7) c:setopt(curl.OPT_HTTPHEADER, nil)
             c:setopt(curl.OPT_URL, 'http://example.com/a') c:setopt(curl.OPT_URL, {})
             local _, error = c:perform()
             c:close()
             return error .. ' ' .. select('#', c:close())",
        );
        assert_eq!(said, "URL using bad/illegal format or missing URL 0");
        assert!(state.report().contains("a table clears curl.OPT_URL"), "{}", state.report());
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
        assert_eq!(said, "URL using bad/illegal format or missing URL nil the session has no answer true");
        assert!(state.report().contains("POST http://other.example/"), "{}", state.report());
    }

    #[test]
    fn texts_are_escaped() {
        let said: String = tested::state()
            .eval("require('curl') return curl.escape('a b&ü') .. ' ' .. curl.unescape('a%20b%26+%00x')");
        assert_eq!(said, "a%20b%26%C3%BC a b&+");
    }
}
