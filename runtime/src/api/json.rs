//! `json`: JSON texts as objects that scripts read and change.

mod encode;
mod node;
mod object;
mod parse;
mod write;

use mlua::{AnyUserData, LuaString, MultiValue, Value};

use super::{Call, Registry, constants};
use crate::machine;
use crate::report::What;
use node::Node;
use object::JsonObject;
use parse::Problem;

pub(super) fn register(api: &mut Registry) {
    api.function("json.decode", decode);
    api.function("json.encode", |call, value: Value| {
        let node = encode::node(call, &value)?;
        call.object(JsonObject::new(node))
    });
    api.function("json.new", |call, (): ()| {
        let node = Node::object(call.lua())?;
        call.object(JsonObject::new(Some(node)))
    });
    api.function("json.strerror", |_, code: i64| {
        let name = constants::name_of(code).and_then(|name| name.strip_prefix("json."));
        Ok(name.and_then(Problem::of_constant).map_or("unknown error", Problem::words))
    });
    api.function("json.addref", |_, object: AnyUserData| {
        if let Ok(object) = object.borrow::<JsonObject>() {
            object.add_owner();
        }
        Ok(true)
    });
    api.function("json.free", |_, object: AnyUserData| {
        if let Ok(object) = object.borrow::<JsonObject>() {
            object.free();
        }
        Ok(())
    });
    object::register(api);
}

/// The object that a text is; none for a text that is no JSON.
pub(super) fn parsed(call: &Call<'_>, text: &[u8]) -> mlua::Result<Option<AnyUserData>> {
    machine::charge(call.lua(), text.len() as u64)?;
    match parse::parse(call.lua(), text)? {
        Ok(node) => call.object(JsonObject::new(node)).map(Some),
        Err((problem, offset)) => {
            let text = format!("{}: {} at offset {offset}", call.name(), problem.words());
            call.note(What::Note { text });
            Ok(None)
        }
    }
}

/// The text of an object.
pub(super) fn text_of(call: &Call<'_>, object: &AnyUserData) -> mlua::Result<Vec<u8>> {
    let object = object.borrow::<JsonObject>();
    let object = object
        .map_err(|_| call.crash(format!("{} was given something that is no json_object", call.name())))?;
    let text = write::text(call.lua(), object.get(call)?)?;
    text.ok_or_else(|| call.raise("the JSON object is nested too deeply to be written"))
}

/// The object; or nil, the code, and the same in words.
fn decode(call: &Call<'_>, text: LuaString) -> mlua::Result<MultiValue> {
    let bytes = text.as_bytes();
    machine::charge(call.lua(), bytes.len() as u64)?;
    match parse::parse(call.lua(), &bytes)? {
        Ok(node) => Ok(MultiValue::from_iter([Value::UserData(call.object(JsonObject::new(node))?)])),
        Err((problem, offset)) => {
            let message = format!("{} at offset {offset}", problem.words());
            Ok(MultiValue::from_iter([
                Value::Nil,
                call.constant(&format!("json.{}", problem.constant())),
                Value::String(call.lua().create_string(message)?),
            ]))
        }
    }
}

#[cfg(test)]
mod tests {
    use mlua::FromLuaMulti;

    use crate::api::tested::state;

    /// What a chunk returns that has the module as a local.
    fn eval<R: FromLuaMulti>(chunk: &str) -> R {
        state().eval(&format!("local json = require('json')\n{chunk}"))
    }

    #[test]
    fn texts_become_objects_and_texts_again() {
        let said: String = eval(
            "local obj = json.decode([[{\"foo\": \"bar\"}]])\n\
             obj.int = 4\n obj.arr = json.encode({ 0, 1, 3 })\n\
             return tostring(obj)",
        );
        assert_eq!(
            said,
            "{\n  \"arr\": [\n    0,\n    1,\n    3\n  ],\n  \"foo\": \"bar\",\n  \"int\": 4\n}"
        );
    }

    #[test]
    fn values_come_out_as_lua_s_own() {
        let said: String = eval(
            "local o = json.decode([=[ {\"n\": -1.5e2, \"t\": true, \"z\": null, \"s\": \"\\u00e4\\ud83d\\ude00\\n\", \"o\": {\"a\": [1, [2]]} } ]=])\n\
             return o.n .. '|' .. tostring(o.t) .. '|' .. tostring(o.z) .. '|' .. o.s .. '|' .. o.o.a[2][1] .. '|' .. #o.o.a .. '|' .. #o .. '|' .. tostring(o.missing)",
        );
        assert_eq!(said, "-150|true|nil|ä😀\n|2|2|0|nil");
    }

    #[test]
    fn what_is_no_json_gives_nil_a_code_and_words() {
        let state = state();
        let said: String = state.eval(
            "local json = require('json')\n\
             local out = {}\n\
             for _, text in ipairs({ '', '{\"a\" 1}', '[1 2]', 'nul', '{a: 1}', '{\"a\": 1 \"b\"}', '\"a\\\\q\"', '1.', 'tru', '/ 1', '[1] x' }) do\n\
               local object, code, message = json.decode(text)\n\
               assert(object == nil and json.strerror(code) .. message:match(' at offset.*') == message)\n\
               out[#out + 1] = message\n\
             end\n\
             return table.concat(out, '|')",
        );
        assert_eq!(
            said,
            "unexpected end of data at offset 0|object property name separator ':' expected at offset 5|\
             array value separator ',' expected at offset 3|null expected at offset 3|\
             quoted object property name expected at offset 1|object value separator ',' expected at offset 8|\
             invalid string sequence at offset 3|number expected at offset 2|boolean expected at offset 3|\
             expected comment at offset 1|unexpected character at offset 4"
        );
        let deep: String = state.eval(
            "local json = require('json')\n local _, code = json.decode(('['):rep(5000))\n\
             return tostring(code == json.ERROR_DEPTH) .. json.strerror(5) .. json.strerror(json.ERROR_DEPTH)",
        );
        assert_eq!(deep, "trueunknown errornesting too deep");
    }

    #[test]
    fn comments_are_passed_over() {
        let said: f64 = state().eval("return require('json').decode('/* one */ [1, // two\\n 2]')[2]");
        assert_eq!(said, 2.0);
    }

    #[test]
    fn tables_become_arrays_or_objects() {
        let said: String = eval(
            "local function s(v) return (tostring(json.encode(v)):gsub('%s+', '')) end\n\
             return s({1, nil, 3}) .. s({}) .. s({a = {b = true}}) .. s({[2] = 'x', y = 1}) .. s(42) .. s('\"\\\\') .. s(false) .. s(1.5) .. s(json.new())",
        );
        assert_eq!(said, "[1]{}{\"a\":{\"b\":true}}{\"2\":\"x\",\"y\":1}42\"\\\"\\\\\"false1.5{}");
    }

    #[test]
    fn what_has_no_json_raises() {
        for (value, part) in [
            ("nil", "nil"),
            ("print", "function"),
            ("{ a = print }", "function"),
            ("{ coroutine.create(print) }", "thread"),
            ("{ msys.core.string_new() }", "ec_string"),
        ] {
            let error = state().error(&format!("local json = require('json')\n json.encode({value})"));
            assert!(error.contains(&format!("a {part} cannot be a JSON value")), "{value}: {error}");
        }
        let error = state().error("local json = require('json')\n local t = {}\n t.t = t\n json.encode(t)");
        assert!(error.contains("nested too deeply"), "{error}");
    }

    #[test]
    fn fields_are_set_and_removed_and_shared() {
        let said: String = eval(
            "local o, inner = json.new(), json.new()\n\
             o.a = inner\n inner.x = 1\n o[7] = { 'list' }\n o.gone = 1\n o.gone = nil\n\
             o.a.y = 2\n\
             return (tostring(o):gsub('%s+', '')) .. tostring(o.a == inner)",
        );
        assert_eq!(said, "{\"7\":[\"list\"],\"a\":{\"x\":1,\"y\":2}}true");
    }

    #[test]
    fn arrays_take_numbers_from_1() {
        let state = state();
        let said: String = state.eval(
            "local json = require('json')\n local a = json.encode({1})\n a[3] = 'x'\n a[1] = 0\n return (tostring(a):gsub('%s+', '')) .. tostring(a[9])",
        );
        assert_eq!(said, "[0,null,\"x\"]nil");
        for bad in ["a[0] = 1", "a.x = 1", "a[1.5] = 1", "a[1] = nil", "a[1] = print", "return a.x"] {
            let error = state.error(&format!("local a = require('json').encode({{1}})\n {bad}"));
            assert!(error.contains("test.lua:2:"), "{bad}: {error}");
        }
        let error = state.error("local a = require('json').encode({1})\n a[1e12] = 1");
        assert!(error.contains("of memory were wanted"), "{error}");
    }

    #[test]
    fn a_for_loop_goes_over_fields_and_elements() {
        let said: String = eval(
            "local out = {}\n\
             for k, v in json.decode('{\"b\": 1, \"a\": null, \"c\": \"x\"}') do out[#out + 1] = k .. '=' .. tostring(v) end\n\
             for i, v in json.decode('[5, 6]') do out[#out + 1] = i .. '=' .. v end\n\
             return table.concat(out, ' ')",
        );
        assert_eq!(said, "a=nil b=1 c=x 1=5 2=6");
    }

    #[test]
    fn an_object_does_not_contain_itself() {
        let error = state()
            .error("local json = require('json')\n local a, b = json.new(), json.new()\n a.b = b\n b.a = a");
        assert!(error.contains("contain itself"), "{error}");
    }

    #[test]
    fn one_free_too_many_would_crash() {
        let said: String = eval("local o = json.new()\n json.addref(o)\n json.free(o)\n return tostring(o)");
        assert_eq!(said, "{}");
        let error =
            state().error("local json = require('json')\n local o = json.new()\n json.free(o)\n o.x = 1");
        assert!(error.contains("would crash the server"), "{error}");
    }

    #[test]
    fn deep_and_wide_objects_stay_within_the_limits() {
        let deep = state().error(
            "local json = require('json')\n local o = json.new()\n\
             for i = 1, 400 do local outer = json.new() outer.x = o o = outer end\n tostring(o)",
        );
        assert!(deep.contains("nested too deeply"), "{deep}");
        let wide = state().error(
            "local json = require('json')\n local o = json.encode({('x'):rep(100)})\n\
             for i = 1, 60 do o = json.encode({o, o}) end\n tostring(o)",
        );
        assert!(wide.contains("stopped"), "{wide}");
    }
}
