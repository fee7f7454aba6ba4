//! Arguments of library functions, and the words for wrong ones.

use mlua::{Error, Lua, LuaString, MultiValue, Value};

use super::number;
use crate::machine::error::raise;

/// The arguments of a call.
pub(in crate::machine) struct Arguments<'a> {
    pub(in crate::machine) lua: &'a Lua,
    function: &'static str,
    values: MultiValue,
}

impl<'a> Arguments<'a> {
    /// The arguments of a call of `function`.
    pub(in crate::machine) fn new(lua: &'a Lua, function: &'static str, values: MultiValue) -> Self {
        Self { lua, function, values }
    }

    /// How many there are.
    pub(in crate::machine) fn len(&self) -> usize {
        self.values.len()
    }

    /// The argument at `index`, from 1; `None` if it is not given.
    pub(in crate::machine) fn get(&self, index: usize) -> Option<&Value> {
        self.values.get(index.checked_sub(1)?)
    }

    /// Whether the argument is nil or not given.
    pub(in crate::machine) fn is_nil(&self, index: usize) -> bool {
        self.get(index).is_none_or(Value::is_nil)
    }

    /// The error for a wrong argument: `bad argument #1 to 'find' (…)`.
    pub(in crate::machine) fn error(&self, index: usize, what: &str) -> Error {
        let method =
            self.lua.inspect_stack(0, |frame| frame.names().name_what == Some("method")).unwrap_or(false);
        let function = self.function;
        match (method, index) {
            (true, 1) => raise(self.lua, format!("calling '{function}' on bad self ({what})")),
            (true, _) => raise(self.lua, format!("bad argument #{} to '{function}' ({what})", index - 1)),
            (false, _) => raise(self.lua, format!("bad argument #{index} to '{function}' ({what})")),
        }
    }

    /// The error for an argument of the wrong type.
    pub(in crate::machine) fn expected(&self, index: usize, what: &str) -> Error {
        let got = self.get(index).map_or("no value", Value::type_name);
        let got = if got == "integer" { "number" } else { got };
        self.error(index, &format!("{what} expected, got {got}"))
    }

    /// A string; a number counts as its text.
    pub(in crate::machine) fn string(&self, index: usize) -> mlua::Result<LuaString> {
        match self.get(index) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(value) => match number::of_value(value) {
                Some(number) => self.lua.create_string(number::to_text(number)),
                None => Err(self.expected(index, "string")),
            },
            None => Err(self.expected(index, "string")),
        }
    }

    /// A number; a string that reads as one counts as that.
    pub(in crate::machine) fn number(&self, index: usize) -> mlua::Result<f64> {
        self.get(index).and_then(number::coerced).ok_or_else(|| self.expected(index, "number"))
    }

    /// A whole number, cut towards zero.
    pub(in crate::machine) fn integer(&self, index: usize) -> mlua::Result<i64> {
        self.number(index).map(number::truncated)
    }

    /// As [`Arguments::integer`], with a value for nil and nothing.
    pub(in crate::machine) fn integer_or(&self, index: usize, default: i64) -> mlua::Result<i64> {
        if self.is_nil(index) { Ok(default) } else { self.integer(index) }
    }
}
