//! The tree as scripts see it.

use crate::api::message::{EcMessage, Ids};
use crate::api::tested;
use crate::message::Message;
use crate::session::Session;

const MIXED: &[u8] = b"From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ngr=FCn\r\n--b\r\nContent-Type: application/pdf; name=x.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff\x00raw\r\n--b--\r\nepilogue\r\n";

fn run(chunk: &str) -> (tested::State, Result<String, String>) {
    let state = tested::state();
    let connection = Session::default().connection.client;
    let message = EcMessage {
        content: Message::from_bytes(MIXED).into(),
        ..EcMessage::empty(Ids::of(&state.frame), connection, connection)
    };
    let message = state.object(message);
    state.lua.globals().set("msg", message).unwrap();
    let chunk = format!("require('msys.extended.message') require('msys.core')\n{chunk}");
    let ok = state.eval::<(bool, mlua::LuaString)>(&format!(
        "local f = function() {chunk}\n end local ok, said = pcall(f) return ok, tostring(said)"
    ));
    let said = crate::api::plain(&ok.1.as_bytes());
    (state, if ok.0 { Ok(said) } else { Err(said) })
}

fn eval(chunk: &str) -> String {
    run(chunk).1.unwrap()
}

#[test]
fn the_tree_is_walked_by_thread_and_links() {
    let said = eval(
        "local part, said = msg:mime(), {}
        while part do
          local ct = part:content_type()
          table.insert(said, ct.mimetype .. ' ' .. tostring(ct.encoding) .. ' ' .. tostring(ct.filename) .. ' ' .. tostring(ct.is_attachment))
          part = part.thread
        end
        return table.concat(said, '; ')",
    );
    assert_eq!(
        said,
        "multipart/mixed nil nil nil; text/plain quoted-printable nil nil; application/pdf base64 x.pdf true"
    );
    let said = eval(
        "local top = msg:mime()
        local first = top.parts
        return tostring(first.parent == top) .. tostring(first.next.next) .. tostring(first == first.next)
          .. tostring(top.next) .. top.boundary .. tostring(first.encoding == msys.core.EC_MIME_TE_QUOTED_PRINTABLE)
          .. first:text() .. tostring(top:text())",
    );
    assert_eq!(said, "truenilfalsenilbtruegrünnil");
}

#[test]
fn offsets_are_those_of_the_message() {
    let said = eval("local p = msg:mime().parts return msg:raw():sub(p.body_start + 1, p.body_end)");
    assert_eq!(said, "gr=FCn");
}

#[test]
fn a_read_only_tree_raises() {
    for change in
        ["part:header('X', '1')", "part:text('x')", "part:unlink()", "part:addLastChild(part.parts)"]
    {
        let error = run(&format!("local part = msg:mime()\n {change}")).1.unwrap_err();
        assert!(error.contains("read-only tree") && error.contains("test.lua:"), "{error}");
    }
}

#[test]
fn headers_of_parts_are_set_and_deleted_by_nil() {
    let (state, said) = run("local part = msg:mime(false).parts
        part:header('X-Part', 'grün')
        part:header('Content-Transfer-Encoding', nil)
        return part:header('X-Part')[1] .. #part:header('Content-Transfer-Encoding') .. msg:raw()");
    let said = said.unwrap();
    assert!(said.starts_with("grün0From: a@example.com\r\n"), "{said}");
    assert!(said.contains("charset=iso-8859-1\r\nX-Part: =?utf-8?"), "{said}");
    assert!(state.report().contains("X-Part of part 1"), "{}", state.report());
}

#[test]
fn what_nobody_touches_stays_byte_for_byte() {
    let (state, said) = run("msg:mime(false).parts:text('new', 'text/html') return 'done'");
    assert_eq!(said.unwrap(), "done");
    let after: mlua::LuaString = state.eval("return (msg:raw())");
    let after = after.as_bytes().to_vec();
    assert!(after.ends_with(&MIXED[MIXED.len() - 90..]), "{after:?}");
    assert!(after.starts_with(&MIXED[..70]), "{after:?}");
}

#[test]
fn parts_are_made_added_inserted_and_taken_out() {
    let (state, said) = run("local top = msg:mime(false)
        local note = msg:makePart('text/plain', 'hello', msys.core.EC_MIME_TE_8BIT)
        local box = msg:makeContainer('multipart/alternative', 'inner')
        assert(box:addFirstChild(note))
        assert(top:addLastChild(box))
        local last = msg:makePart('text/html', '<p>')
        last:insertAfter(note)
        top.parts:unlink()
        assert(note:addLastChild(last) == false)
        return (msg:raw())");
    let said = said.unwrap_or_else(|error| panic!("{error}"));
    assert!(!said.contains("gr=FCn"), "{said}");
    assert!(
        said.contains("--inner\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\nhello\r\n--inner\r\nContent-Type: text/html")
            && said.ends_with("\r\n--inner--\r\n\r\n--b--\r\nepilogue\r\n"),
        "{said}"
    );
    let report = state.report();
    assert!(
        report.contains("multipart/mixed(application/pdf, multipart/alternative(text/plain, text/html))"),
        "{report}"
    );
    assert!(report.contains("msgpart:addLastChild fails: the part is no container"), "{report}");
}

#[test]
fn a_part_cannot_be_put_into_itself_nor_the_top_taken_out() {
    let error = run("local top = msg:mime(false) top:unlink()").1.unwrap_err();
    assert!(error.contains("the top part of a message stays where it is"), "{error}");
    let said = eval(
        "local box = msg:makeContainer('multipart/mixed')
        return tostring(box:addLastChild(box))",
    );
    assert_eq!(said, "false");
}

#[test]
fn boundaries_are_new_and_differ() {
    let said = eval(
        "local a, b = msg:makeBoundary(), msg:makeBoundary(msg:mime())
        return tostring(a ~= b and not msg:raw():find(a, 1, true))",
    );
    assert_eq!(said, "true");
}

#[test]
fn wrong_arguments_are_told() {
    let error = run("msg:makePart('text/plain', {})").1.unwrap_err();
    assert!(error.contains("a string or an io_object is needed"), "{error}");
    let error = run("msg:makePart('text/plain', 'x', 99)").1.unwrap_err();
    assert!(error.contains("99 is no transfer encoding"), "{error}");
    let error = run("msg:mime(false).parts:header('X', 'y', 'instead')").1.unwrap_err();
    assert!(error.contains("`instead` is no mode"), "{error}");
}
