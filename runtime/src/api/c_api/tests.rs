//! The functions by their C names.

use crate::api::message::{EcMessage, Ids, Sent};
use crate::api::tested::{self, State};
use crate::api::vctx::ValidateContext;
use crate::message::Message;
use crate::session::Session;

fn state() -> State {
    let state = tested::state();
    let connection = Session::default().connection.client;
    let message = state.object(EcMessage {
        content: Message::from_bytes(
            &b"Subject: x\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nf\xfcr\r\n"[..],
        )
        .into(),
        mailfrom: "a@example.com".to_owned().into(),
        rcptto: "b@example.org".to_owned().into(),
        ..EcMessage::empty(Ids::of(&state.frame), connection, connection)
    });
    state.lua.globals().set("msg", message).unwrap();
    state.lua.globals().set("vctx", state.object(ValidateContext::default())).unwrap();
    state.call::<()>(
        "core = require('msys.core')\n require('msys.extended.message') require('msys.extended.vctx')",
        (),
    );
    state
}

#[test]
fn context_variables_are_walked_set_and_deleted() {
    let state = state();
    let said: String = state.eval(
        "local M = core.ECMESS_CTX_MESS
         core.ec_message_context_set(msg, M, 'a', '1') core.ec_message_context_set(msg, M, 'b', '2')
         local names, key = {}, core.ec_message_context_firstkey(msg, M)
         while key do table.insert(names, key) key = core.ec_message_context_nextkey(msg, M, key) end
         local there, value = core.ec_message_context_exists_and_get(msg, M, 'b')
         local gone = core.ec_message_context_delete(msg, M, 'a')
         core.validate_context_set(vctx, core.VCTX_CONN, 'c', '3')
         return table.concat(names) .. there .. value .. gone .. core.ec_message_context_exists(msg, M, 'a')
           .. core.ec_message_context_get(msg, M, 'none') .. vctx:get(core.VCTX_CONN, 'c')",
    );
    assert_eq!(said, "ab12103");
    assert!(state.report().contains("\"name\":\"a\""), "{}", state.report());
}

#[test]
fn the_envelope_is_read_and_set() {
    let state = state();
    let said: String = state.eval(
        "local l, d = core.string_new(), core.string_new()
         local ok, null = core.ec_message_get_envelope2(msg, core.EC_MSG_ENV_FROM, l, d)
         core.ec_message_set_rcptto(msg, 'c@example.netXX', 13, 0)
         core.ec_message_set_code(msg, 550, 'no')
         local r = core.string_new()
         core.ec_message_get_routing_domain2(msg, r)
         return tostring(l) .. '|' .. tostring(d) .. '|' .. null .. '|' .. core.ec_message_get_rcptto(msg)
           .. '|' .. core.ec_message_get_code(msg) .. '|' .. tostring(r)",
    );
    assert_eq!(said, "a|example.com|0|c@example.net|550 no|example.net");
    let error = state.error("core.ec_message_set_mailfrom(msg, 'ab', 3, 0)");
    assert!(error.contains("would crash the server"), "{error}");
}

#[test]
fn addresses_are_valid_or_not() {
    let state = state();
    let said: String = state.eval(
        "local m, l, d = core.string_new(), core.string_new(), core.string_new()
         local function v(a) return core.is_valid_email(a, m, l, d) end
         return v('Ann <a.b@example.com>') .. tostring(l) .. tostring(d) .. v('no') .. v('a@') .. v('a@[192.0.2.1]') .. v('a@b..c')",
    );
    assert_eq!(said, "1a.bexample.com0010");
}

#[test]
fn messages_are_written_out_copied_and_queued() {
    let state = state();
    let said: String = state.eval(
        "local s = core.string_new()
         core.ec_message_render_headers_to_string(msg, s, 0)
         local copy = core.ec_message_copy(msg)
         copy:header('Subject', 'y')
         core.ec_internal_inject(copy, nil)
         local part, text = core.ec_message_get_first_part(msg, 0), core.string_new()
         core.ec_message_extract_part_to_string(part, text, 'utf-8')
         return tostring(s):sub(1, 10) .. core.ec_message_get_message_size(msg) .. tostring(text)
           .. core.smtp_error_classify('550 5.1.1 no such user', 'x', nil)",
    );
    assert_eq!(said, "Subject: x65für\r\n10");
    let sent = Sent::take(&state.frame);
    assert_eq!((sent.len(), sent[0].envelope.recipients[0].as_str()), (1, "b@example.org"));
}

#[test]
fn words_and_recipients() {
    let state = state();
    let said: String = state.eval(
        "local s, t = core.string_new(), core.string_new()
         core.rfc2047_utf8_encode_to_string('grün', #'grün', s)
         core.rfc2047_utf8_decode_to_string(tostring(s), #tostring(s), t)
         core.stringwrite(t, '!', 1)
         core.validate_context_add_rcpt(vctx, 'x@example.com', 1) core.validate_context_add_rcpt(vctx, 'X@example.com', 1)
         core.validate_context_set_code(vctx, 550, 'no')
         return tostring(t) .. #vctx:recipient_list() .. core.validate_context_remove_rcpt(vctx, 'x@example.com') .. vctx.code",
    );
    assert_eq!(said, "grün!11550");
}
