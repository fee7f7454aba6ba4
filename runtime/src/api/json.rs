//! `json`: JSON texts as objects that scripts read and change.

mod encode;
mod node;
mod object;
mod parse;
mod write;

use mlua::{AnyUserData, LuaString, MultiValue, Value};

use super::{Call, Registry};
use crate::machine;
use crate::report::What;
use node::Node;
use object::JsonObject;

pub(super) fn register(api: &mut Registry) {
    api.function("json.decode", decode);
    // The engine has one function for both.
    api.function("json.encode", encode);
    api.function("json.new", encode);
    api.function("json.strerror", |_, code: i64| Ok(parse::words(code).unwrap_or("unknown error")));
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
        Ok(node) => call.object(JsonObject::new(Some(node))).map(Some),
        Err((problem, offset)) => {
            let words = parse::words(problem.code()).unwrap_or_default();
            let text = format!("{}: {words} at offset {offset}", call.name());
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

/// A value as JSON; an empty object without one.
fn encode(call: &Call<'_>, values: MultiValue) -> mlua::Result<AnyUserData> {
    let node = match values.front() {
        Some(value) => encode::node(call, value)?,
        None => Some(Node::object(call.lua())?),
    };
    call.object(JsonObject::new(node))
}

/// The object; or nil, the code, and the same in words.
fn decode(call: &Call<'_>, text: LuaString) -> mlua::Result<MultiValue> {
    let bytes = text.as_bytes();
    machine::charge(call.lua(), bytes.len() as u64)?;
    match parse::parse(call.lua(), &bytes)? {
        Ok(node) => Ok(MultiValue::from_iter([Value::UserData(call.object(JsonObject::new(Some(node)))?)])),
        Err((problem, offset)) => {
            let words = parse::words(problem.code()).unwrap_or_default();
            let message = call.lua().create_string(format!("{words} at offset {offset}"))?;
            Ok(MultiValue::from_iter([Value::Nil, Value::Integer(problem.code()), Value::String(message)]))
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
            "local obj = json.decode([[{\"foo\": \"b/r\"}]])\n\
             obj.int = 4\n obj.arr = json.encode({ 0, 1.5, 3 })\n obj.foo = obj.foo\n obj.none = json.new()\n\
             obj.all = json.decode('[]')\n obj.large = 4294967296\n\
             return tostring(obj)",
        );
        assert_eq!(
            said,
            "{ \"foo\": \"b\\/r\", \"int\": 4, \"arr\": [ 0, 1.500000, 3 ], \"none\": { }, \"all\": [ ], \"large\": 4294967296.000000 }"
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
    fn integers_come_out_with_32_bits() {
        let state = state();
        let said: String = state.eval(
            "local json = require('json')\n\
             local o = json.decode('[3000000000, -3000000000, 99999999999999999999, 3e9]')\n\
             return o[1] .. ' ' .. o[2] .. ' ' .. o[3] .. ' ' .. o[4] .. ' ' .. tostring(o)",
        );
        assert_eq!(
            said,
            "2147483647 -2147483648 2147483647 3000000000 [ 3000000000, -3000000000, 9223372036854775807, 3000000000.000000 ]"
        );
        assert!(state.report().contains("3000000000 in a JSON text comes out as 2147483647"));
    }

    #[test]
    fn what_is_no_json_gives_nil_a_code_and_words() {
        let state = state();
        let said = |text: &str| -> String {
            state.eval(&format!(
                "local json = require('json')\n\
                 local object, code, message = json.decode({text:?})\n\
                 assert(object == nil and json.strerror(code) .. message:match(' at offset.*') == message)\n\
                 return code .. ' ' .. message"
            ))
        };
        for (text, wanted) in [
            ("", "1 continue at offset 0"),
            ("42", "1 continue at offset 2"),
            ("true", "1 continue at offset 4"),
            ("null ", "0 success at offset 5"),
            ("{\"a\": 1", "1 continue at offset 7"),
            ("[1] // end", "1 continue at offset 10"),
            ("{\"a\" 1}", "10 object property name separator ':' expected at offset 5"),
            ("[1 2]", "8 array value separator ',' expected at offset 3"),
            ("[nux]", "5 null expected at offset 3"),
            ("{a: 1}", "9 quoted object property name expected at offset 1"),
            ("{\"a\": 1 \"b\"}", "11 object value separator ',' expected at offset 8"),
            ("\"a\\q\"", "12 invalid string sequence at offset 3"),
            ("[--1]", "7 number expected at offset 4"),
            ("[trux]", "6 boolean expected at offset 4"),
            ("/ 1", "13 expected comment at offset 1"),
            ("[,]", "4 unexpected character at offset 1"),
        ] {
            assert_eq!(said(text), wanted, "{text}");
        }
        assert_eq!(said(&"[".repeat(33)), "2 nesting too deep at offset 32");
        let others: String = state.eval(
            "local json = require('json')\n\
             return tostring(json.ERROR_DEPTH == 2 and json.ERROR_PARSE_COMMENT == 13) .. json.strerror(14) .. json.strerror(-1) .. json.strerror(5)",
        );
        assert_eq!(others, "trueunknown errorunknown errornull expected");
    }

    #[test]
    fn more_than_json_is_taken() {
        let said: String = eval(
            "local out = {}\n\
             for _, text in ipairs({ '{\"a\":1} xyz', '[1,2,]', \"{'a':'b'}\", '[TRUE, Null, 1-2, 1.5.2]', '/* one */ [1, // two\\n 2]', '42 ', '\"x\"' }) do\n\
               out[#out + 1] = tostring(json.decode(text))\n\
             end\n\
             return table.concat(out, '|') .. tostring(json.decode(('['):rep(32) .. (']'):rep(32)) ~= nil)",
        );
        assert_eq!(
            said,
            "{ \"a\": 1 }|[ 1, 2 ]|{ \"a\": \"b\" }|[ true, null, 1, 1.500000 ]|[ 1, 2 ]|42|\"x\"true"
        );
    }

    #[test]
    fn tables_become_arrays_or_objects() {
        let said: String = eval(
            "local function s(v) return tostring(json.encode(v)) end\n\
             return s({1, nil, 3}) .. s({}) .. s({a = {b = true}}) .. s({[2] = 'x'}) .. s(42) .. s('\"\\\\') .. s(false) .. s(1.5) .. tostring(json.new({7})) .. tostring(json.encode())",
        );
        assert_eq!(
            said,
            "[ 1 ]{ }{ \"a\": { \"b\": true } }{ \"2\": \"x\" }42\"\\\"\\\\\"false1.500000[ 7 ]{ }"
        );
    }

    #[test]
    fn what_has_no_json_raises() {
        for (value, part) in [
            ("nil", "cannot assign values of type nil"),
            ("print", "cannot assign values of type function"),
            ("{ a = print }", "cannot assign values of type function"),
            ("{ coroutine.create(print) }", "cannot assign values of type thread"),
            ("{ msys.core.string_new() }", "(libjson:json_object* expected, got userdata)"),
            ("{ [true] = 1 }", "would crash the server"),
        ] {
            let error = state().error(&format!("local json = require('json')\n json.encode({value})"));
            assert!(error.contains(part), "{value}: {error}");
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
             return tostring(o) .. tostring(o.a == inner)",
        );
        assert_eq!(said, "{ \"a\": { \"x\": 1, \"y\": 2 }, \"7\": [ \"list\" ] }true");
    }

    #[test]
    fn arrays_take_numbers_from_1() {
        let state = state();
        let said: String = state.eval(
            "local json = require('json')\n local a = json.encode({1})\n a[3] = 'x'\n a['1'] = 0\n return tostring(a) .. tostring(a[9]) .. a[1.5]",
        );
        assert_eq!(said, "[ 0, null, \"x\" ]nil0");
        for (bad, part) in [
            ("a[0] = 1", "lua array semantics are that index operations are 1-based"),
            ("a.x = 1", "json array index must be numeric"),
            ("a[1] = nil", "cannot delete from json arrays"),
            ("a[1] = print", "cannot assign values of type function"),
            ("return a.x", "number expected, got string"),
            ("require('json').encode(4).x = 1", "cannot assign to this type of json object"),
        ] {
            let error = state.error(&format!("local a = require('json').encode({{1}})\n {bad}"));
            assert!(error.contains(part) && error.contains("test.lua:2:"), "{bad}: {error}");
        }
        let error = state.error("local a = require('json').encode({1})\n a[1e12] = 1");
        assert!(error.contains("of memory were wanted"), "{error}");
    }

    #[test]
    fn a_for_loop_goes_over_fields_and_elements() {
        let said: String = eval(
            "local out = {}\n\
             local o = json.decode('{\"b\": 1, \"a\": null, \"c\": \"x\"}')\n\
             for k, v in o do out[#out + 1] = k .. '=' .. tostring(v) o[k] = nil end\n\
             for i, v in json.decode('[5, 6, null, 7]') do out[#out + 1] = i .. '=' .. v end\n\
             for k in json.encode(42) do out[#out + 1] = 'never' end\n\
             return table.concat(out, ' ') .. tostring(o)",
        );
        assert_eq!(said, "b=1 a=nil c=x 1=5 2=6{ }");
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
        assert_eq!(said, "{ }");
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
