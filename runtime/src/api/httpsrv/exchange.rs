//! Requests and answers as C reads and writes them: `msys.core.ec_httpsrv_request_…` and `…_response_…`.
//!
//! What C returns through a pointer is a further result; before it stands 1, or 0 where the request has nothing of the
//! kind.

use mlua::{AnyUserData, LuaString, UserDataRef};

use super::HttpSession;
use crate::api::accept::SocketAddress;
use crate::api::ec_string::EcString;
use crate::api::{Call, Registry, json, plain, xml};
use crate::machine;
use crate::report::What;
use crate::session::Endpoint;

type Session = UserDataRef<HttpSession>;

pub(super) fn register(api: &mut Registry) {
    requests(api);
    answers(api);
}

fn requests(api: &mut Registry) {
    api.function("msys.core.ec_httpsrv_request_method_get", |_, this: Session| {
        Ok(this.request.method.clone())
    });
    api.function("msys.core.ec_httpsrv_request_username_get", |_, this: Session| {
        Ok(this.request.user.clone())
    });
    // Clients of the session have no certificates.
    api.function("msys.core.ec_httpsrv_request_subject_cn_get", |_, _: Session| Ok(None::<String>));
    api.function("msys.core.ec_httpsrv_request_header_get", |_, (this, name): (Session, LuaString)| {
        let value = this.header(&name.to_string_lossy()).map(str::to_owned);
        Ok((i32::from(value.is_some()), value))
    });
    api.function("msys.core.ec_httpsrv_request_content_type_get", |_, this: Session| {
        let Some(value) = this.header("Content-Type") else { return Ok((0, None, None)) };
        let mut parts = value.split(';').map(str::trim);
        let content_type = parts.next().map(str::to_owned);
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
        });
        Ok((1, content_type, charset))
    });
    api.function("msys.core.ec_httpsrv_request_data_get_string", |call, this: Session| {
        let body = this.request.body.bytes.clone();
        machine::charge(call.lua(), body.len() as u64)?;
        Ok((1, call.object(EcString::new(body.to_vec()))?))
    });
    api.function("msys.core.ec_httpsrv_request_data_get_json", |call, this: Session| {
        let object = json::parsed(call, &this.request.body.bytes)?;
        Ok((i32::from(object.is_some()), object))
    });
    api.function("msys.core.ec_httpsrv_request_data_get_xml", |call, this: Session| {
        let document = xml::parsed(call, &this.request.body.bytes)?;
        Ok((i32::from(document.is_some()), document))
    });
    api.function("msys.core.ec_httpsrv_request_peer_address", |call, this: Session| {
        let client = this.request.client.unwrap_or(call.session().connection.client);
        call.object(SocketAddress(client))
    });
    api.function("msys.core.ec_httpsrv_request_local_address", |call, this: Session| {
        let client = this.request.client.unwrap_or(call.session().connection.client);
        let listener = call.session().connection.listener;
        call.object(SocketAddress(listener.unwrap_or(Endpoint { port: super::PORT, ..client })))
    });
}

fn answers(api: &mut Registry) {
    api.function(
        "msys.core.ec_httpsrv_response_status_set",
        |call, (this, code, message): (Session, u16, Option<LuaString>)| {
            let body = message.map(|message| plain(&message.as_bytes())).unwrap_or_default();
            note(call, code, &body);
            this.answer(|response| {
                response.status = code;
                if !body.is_empty() {
                    response.body = body;
                }
            });
            Ok(0)
        },
    );
    for (path, code) in [
        ("msys.core.ec_httpsrv_response_status_ok", 200),
        ("msys.core.ec_httpsrv_response_status_denied", 403),
        ("msys.core.ec_httpsrv_response_status_not_found", 404),
        ("msys.core.ec_httpsrv_response_status_error", 500),
    ] {
        api.function(path, move |call, (this, mimetype): (Session, Option<String>)| {
            note(call, code, "");
            this.answer(|response| {
                response.status = code;
                response.headers.extend(mimetype.map(|mimetype| ("Content-Type".to_owned(), mimetype)));
            });
            Ok(0)
        });
    }
    api.function(
        "msys.core.ec_httpsrv_response_header_set",
        |_, (this, name, value): (Session, LuaString, LuaString)| {
            let (name, value) = (plain(&name.as_bytes()), plain(&value.as_bytes()));
            this.answer(|response| {
                response.headers.retain(|known, _| !known.eq_ignore_ascii_case(&name));
                response.headers.insert(name, value);
            });
            Ok(0)
        },
    );
    api.function(
        "msys.core.ec_httpsrv_response_append",
        |call, (this, bytes, length): (Session, LuaString, Option<usize>)| {
            let bytes = bytes.as_bytes();
            let taken = bytes.get(..length.unwrap_or(bytes.len())).ok_or_else(|| {
                call.crash(format!("{} was told to take more than the text has", call.name()))
            })?;
            this.append(call, taken)
        },
    );
    api.function("msys.core.ec_httpsrv_response_printf", |call, (this, text): (Session, LuaString)| {
        let text = String::from_utf8_lossy(&text.as_bytes()).replace("%%", "%");
        this.append(call, text.as_bytes())
    });
    api.function(
        "msys.core.ec_httpsrv_response_string",
        |call, (this, text): (Session, UserDataRef<EcString>)| this.replace(call, &text.bytes()),
    );
    api.function("msys.core.ec_httpsrv_response_json", |call, (this, object): (Session, AnyUserData)| {
        this.replace(call, &json::text_of(call, &object)?)
    });
    api.function("msys.core.ec_httpsrv_response_xml", |call, (this, document): (Session, AnyUserData)| {
        this.replace(call, &xml::text_of(call, &document)?)
    });
    api.function("msys.core.ec_httpsrv_response_flush", |_, (_, _): (Session, Option<i64>)| Ok(0));
}

impl HttpSession {
    fn append(&self, call: &Call<'_>, bytes: &[u8]) -> mlua::Result<i32> {
        let text = plain(bytes);
        self.held.borrow_mut().grow(call.lua(), text.len())?;
        self.answer(|response| response.body.push_str(&text));
        Ok(0)
    }

    fn replace(&self, call: &Call<'_>, bytes: &[u8]) -> mlua::Result<i32> {
        self.answer(|response| response.body.clear());
        self.append(call, bytes)
    }
}

fn note(call: &Call<'_>, code: u16, body: &str) {
    call.note(What::Set {
        property: "response".to_owned(),
        before: None,
        after: Some(format!("{code} {body}").trim_end().to_owned()),
    });
}
